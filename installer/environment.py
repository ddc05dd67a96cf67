"""The checkout's own Python environment, `.venv`: made once, trusted by a stamp, mended when it is broken.

The stamp is written last and names the locks, the interpreter and the place. No stamp, or another one, means: not
finished, moved, or made for other locks. So an interrupted installation is never taken for a good one, and the second
start costs a few file reads.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import debian
from words import Stop, tell

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "installer" / "locks"
VENV = ROOT / ".venv"
# Each level holds the ones before it; the locks are resolved so that they agree.
LEVELS = ("desk", "centre", "dev")

_NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "Failed to resolve",
    "Temporary failure in name resolution",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ProxyError",
    "Connection refused",
    "Connection to",
    "from versions: none",
)


def python() -> Path:
    """The interpreter inside the environment."""
    return VENV / "Scripts" / "python.exe" if sys.platform == "win32" else VENV / "bin" / "python"


def ensure(level: str) -> Path:
    """The environment with everything of `level` and the levels before it; returns its interpreter.

    Stops with words when the folder cannot be written, the network is away, or a package is not what the lock says.
    """
    if _ready(level):
        return python()
    _check_writable()
    with _alone():
        if _ready(level):  # another terminal finished it meanwhile
            return python()
        if _stamp().get("place") != _place() or not python().exists():
            _create()
        _stamp_file().unlink(missing_ok=True)
        _install(level)
        _stamp_file().write_text(json.dumps({"level": level, "locks": _fingerprint(), "place": _place()}))
    return python()


def _ready(level: str) -> bool:
    stamp = _stamp()
    return (
        stamp.get("place") == _place()
        and stamp.get("locks") == _fingerprint()
        and LEVELS.index(stamp.get("level", LEVELS[0])) >= LEVELS.index(level)
        and python().exists()
    )


def _stamp_file() -> Path:
    return VENV / "desk-installed.json"


def _stamp() -> dict[str, str]:
    try:
        stamp = json.loads(_stamp_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and stamp.get("level", LEVELS[0]) in LEVELS else {}


def _place() -> str:
    return f"{VENV} {sys.version_info[0]}.{sys.version_info[1]} {sys.platform}"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for level in LEVELS:
        # Git may check text out with other line ends; that is no other lock.
        digest.update((LOCKS / f"{level}.txt").read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _check_writable() -> None:
    probe = ROOT / f".write-probe-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as refused:
        raise Stop(
            f"Không ghi được vào thư mục {ROOT}. Chép cả thư mục vào nơi ghi được (ví dụ ổ đĩa của máy) rồi chạy lại.",
            f"the folder is read-only ({refused.strerror}); copy it to a place where you may write, then run again",
        ) from refused


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One installation at a time; the second terminal waits for the first instead of mixing files with it."""
    with (ROOT / ".venv.lock").open("a+b") as handle:
        waited = False
        while not _locked(handle.fileno()):
            if not waited:
                tell("Một cửa sổ khác đang cài đặt; chờ xong…", "another terminal is installing; waiting for it")
                waited = True
            time.sleep(0.3)
        yield  # closing the file gives the lock back


def _locked(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _create() -> None:
    if VENV.exists():
        tell("Môi trường cũ hỏng hoặc cài dở; làm lại từ đầu.", "the environment is broken; making it anew")
        _remove()
    if importlib.util.find_spec("ensurepip") is None:
        debian.ensure(debian.VENV)
    tell("Lần đầu trên máy này: đang chuẩn bị, khoảng một phút…", "first time here: preparing, about a minute")
    # A child of its own: Debian's ensurepip may have arrived only a moment ago.
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stop(
            f"Không tạo được môi trường Python tại {VENV}. Kiểm tra chỗ trống trên ổ đĩa rồi chạy lại.\n"
            + (done.stderr or done.stdout).strip()[-1500:],
            "the Python environment could not be made; check free space and the words above, then run again",
        )


def _remove() -> None:
    try:
        shutil.rmtree(VENV)
    except OSError as refused:
        raise Stop(
            f"Không xóa được {VENV}: {refused.strerror}. Đóng các cửa sổ Một Cửa Desk đang mở rồi chạy lại.",
            "the old environment is in use; close the running desk, then run again",
        ) from refused


def _install(level: str) -> None:
    tell("Đang cài các gói đã khóa phiên bản…", f"installing the locked packages ({level})")
    log = VENV / "install.log"
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            [
                *(
                    str(python()),
                    "-m",
                    "pip",
                    "install",
                    "--progress-bar=off",
                    "--require-hashes",
                    "--only-binary=:all:",
                ),
                # Compiling every module costs more than compiling, at the first start, the few that are used.
                *("--no-compile", "--no-deps", "--disable-pip-version-check", "--no-input"),
                *("--requirement", str(LOCKS / f"{level}.txt")),
            ],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=clean_environment(),
            check=False,
        )
    if done.returncode == 0:
        return
    words = log.read_text(encoding="utf-8", errors="replace")
    print(words.strip()[-1500:], file=sys.stderr)
    raise _why(words, log)


def _why(words: str, log: Path) -> Stop:
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in words:
        return Stop(
            "Gói tải về không đúng dấu khóa, nên không cài. Đừng dùng mạng này; báo người phát hành phần mềm.",
            "a downloaded package is not the one that was locked; nothing was installed. Try another network",
        )
    if "No space left" in words:
        return Stop(
            "Ổ đĩa đầy, chưa cài xong. Cần trống khoảng 1 GB; dọn bớt rồi chạy lại.",
            "the disk is full; free about 1 GB, then run again",
        )
    if any(sign in words for sign in _NO_NETWORK):
        return Stop(
            "Không có mạng nên chưa cài được (chỉ lần đầu mới cần mạng). Nối mạng rồi chạy lại; phần đã tải vẫn dùng.",
            "no network: only the installation needs it. Connect, then run again; what was downloaded is kept",
        )
    return Stop(
        f"Chưa cài xong các gói. Chạy lại lệnh này; nếu vẫn thế, gửi tệp {log} cho người hỗ trợ.",
        f"the packages could not be installed; run again, and if it stays, send {log} to support",
    )


def clean_environment() -> dict[str, str]:
    """The surroundings for a child: UTF-8 everywhere, and no other Python's folders leaking in."""
    leaking = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    return {**{k: v for k, v in os.environ.items() if k not in leaking}, "PYTHONUTF8": "1"}
