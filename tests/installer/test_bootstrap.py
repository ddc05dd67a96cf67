"""The installer on machines that are not as one would wish: it says what is wrong and what to do."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEVELS = ("desk", "centre", "dev")


def _lay(folder: Path) -> Path:
    """A checkout whose locks ask for nothing; its centre tells how it was started."""
    shutil.copytree(ROOT / "installer", folder / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    _ask_for(folder, "")
    centre = folder / "sync" / "centre"
    centre.mkdir(parents=True)
    (centre / "main.py").write_text(
        "import os, sys\nprint('started', sys.argv[1:], os.getcwd())\nsys.exit(7)\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh checkout in a path with spaces and Vietnamese letters."""
    return _lay(tmp_path / "Một Cửa (bản thử)")


@pytest.fixture(scope="module")
def _once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = _lay(tmp_path_factory.mktemp("installed") / "Một Cửa (đã cài)")
    first = _bootstrap(folder, "centre", "--", "--port", "0")
    assert first.returncode == 7, first.stderr
    assert first.stdout.startswith("started ['--port', '0']")
    assert str(folder.parent) in first.stdout
    assert "Lần đầu trên máy này" in first.stderr
    return folder


@pytest.fixture
def installed(_once: Path) -> Iterator[Path]:
    """A checkout that has been started before; put right again after the test."""
    stamp = _once / ".venv" / "desk-installed.json"
    good = stamp.read_text(encoding="utf-8")
    yield _once
    stamp.write_text(good, encoding="utf-8")
    _ask_for(_once, "")


def _bootstrap(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(folder / "installer" / "bootstrap.py"), *words],
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        cwd=folder.parent,
        check=False,
    )


def _ask_for(folder: Path, requirement: str) -> None:
    for level in LEVELS:
        (folder / "installer" / "locks" / f"{level}.txt").write_text(requirement, encoding="utf-8")


@pytest.mark.slow
def test_the_second_start_only_starts(installed: Path) -> None:
    second = _bootstrap(installed, "centre")
    assert second.returncode == 7
    assert second.stdout.startswith("started ['serve']")
    assert second.stderr == ""


@pytest.mark.slow
def test_an_interrupted_installation_is_made_anew(installed: Path) -> None:
    (installed / ".venv" / "desk-installed.json").write_text("{", encoding="utf-8")
    (installed / ".venv" / "left-over").write_text("")
    again = _bootstrap(installed, "centre")
    assert again.returncode == 7, again.stderr
    assert "làm lại từ đầu" in again.stderr
    assert not (installed / ".venv" / "left-over").exists()


@pytest.mark.slow
def test_an_environment_without_its_python_is_mended(installed: Path) -> None:
    interpreter = installed / ".venv" / "bin" / "python"
    interpreter.unlink()
    interpreter.symlink_to("/nowhere/python3")
    assert _bootstrap(installed, "centre").returncode == 7


@pytest.mark.slow
def test_a_moved_checkout_gets_an_environment_of_its_new_place(installed: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(installed, tmp_path / "Chuyển chỗ", symlinks=True)
    after = _bootstrap(moved, "centre")
    assert after.returncode == 7, after.stderr
    assert str(moved) in (moved / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")


@pytest.mark.slow
def test_changed_locks_are_installed_before_anything_starts(installed: Path) -> None:
    _ask_for(installed, "# another lock\n")
    changed = _bootstrap(installed, "centre")
    assert changed.returncode == 7
    assert "Đang cài các gói" in changed.stderr
    assert _bootstrap(installed, "centre").stderr == ""


@pytest.mark.slow
def test_without_network_it_says_that_only_the_first_time_needs_it(installed: Path) -> None:
    _ask_for(installed, "requests==2.34.2 --hash=sha256:" + "0" * 64 + "\n")
    away = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    away |= {"PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1"}
    stopped = _bootstrap(installed, "centre", **away)
    assert stopped.returncode == 1
    assert "Không có mạng" in stopped.stderr
    assert "no network" in stopped.stderr
    assert "Traceback" not in stopped.stderr


@pytest.mark.slow
def test_a_package_that_is_not_the_locked_one_is_refused(installed: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "kho" / "thing-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"PK\x05\x06" + bytes(18))
    _ask_for(installed, "thing==1.0 --hash=sha256:" + "0" * 64 + "\n")
    local = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent)}
    stopped = _bootstrap(installed, "centre", **local)
    assert stopped.returncode == 1
    assert "không đúng dấu khóa" in stopped.stderr


def test_a_checkout_that_cannot_be_written_says_where_to_go(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "installer"))
    import environment
    import words

    monkeypatch.setattr(environment, "ROOT", checkout / "installer" / "bootstrap.py")  # a file is no place to write in
    monkeypatch.setattr(environment, "VENV", checkout / "none")
    with pytest.raises(words.Stop) as stopped:
        environment.ensure("desk")
    assert "Không ghi được" in stopped.value.vietnamese
    assert "read-only" in stopped.value.english


def test_an_old_python_can_read_the_first_file_and_hears_what_it_needs(tmp_path: Path) -> None:
    source = (ROOT / "installer" / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))
    (tmp_path / "bootstrap.py").write_text(source.replace("NEEDED = (3, 11)", "NEEDED = (9, 0)"), encoding="utf-8")
    old = subprocess.run(
        [sys.executable, str(tmp_path / "bootstrap.py"), "run"], capture_output=True, encoding="utf-8", check=False
    )
    assert old.returncode == 2
    assert "Cần Python 3.11" in old.stderr
    assert "Python 3.11 or newer is needed" in old.stderr


def test_help_names_every_verb_and_a_wrong_one_is_refused() -> None:
    shown = _bootstrap(ROOT, "--help")
    assert shown.returncode == 0
    for verb in ("run", "test", "check", "bench", "gallery", "soak", "centre", "lock"):
        assert f"  {verb} " in shown.stdout
    assert _bootstrap(ROOT, "fly").returncode == 2


def test_locks_name_hashes_and_no_address_and_agree_with_each_other() -> None:
    pinned: dict[str, str] = {}
    for level in LEVELS:
        text = (ROOT / "installer" / "locks" / f"{level}.txt").read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert lines
        assert text.count("--hash=sha256:") >= len(lines)
        for line in lines:
            name, _, version = line.partition("==")
            assert pinned.setdefault(name, version.split(" ")[0]) == version.split(" ")[0]
    assert pinned["pyside6-essentials"] == "6.11.3"


def test_missing_system_packages_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "installer"))
    import debian
    import words

    if not shutil.which("dpkg-query"):
        pytest.skip("this machine is no Debian")
    assert debian.missing(["dpkg", "never-there|base-files"]) == []
    assert debian.missing(["desk-no-such-package"]) == ["desk-no-such-package"]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(words.Stop) as stopped:
        debian.ensure(["desk-no-such-package"])
    assert "sudo apt-get install --no-install-recommends desk-no-such-package" in stopped.value.vietnamese
    debian.ensure(["desk-no-such-package"], needed=False)


@pytest.mark.slow
def test_two_terminals_at_once_make_one_environment(checkout: Path) -> None:
    command = [sys.executable, str(checkout / "installer" / "bootstrap.py"), "centre"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(2)]
    end = time.monotonic() + 120
    assert [one.wait(timeout=max(1, end - time.monotonic())) for one in both] == [7, 7]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.read().startswith("started")
        one.stdout.close()
