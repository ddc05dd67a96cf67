"""One desk at a time in a data folder, and who that is.

The lock is the operating system's, so it is gone with the process however that ends; the text beside it only says whom
to ask.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from pathlib import Path
from types import TracebackType

from desk_app.domain.errors import Refused

# Far behind the text: Windows hides locked bytes from other readers.
_LOCKED_BYTE = 1 << 20


class FolderLock:
    """Hold `folder` as long as the `with` block lasts. Refused HT-02: another desk has it open (`holder`, `pid`)."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "desk.lock"
        self._descriptor = -1

    def __enter__(self) -> FolderLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock at once or refuse with who has it; taking it twice is the same as once."""
        if self._descriptor >= 0:
            return
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o660)
        try:
            _lock(descriptor)
        except OSError as taken:
            os.close(descriptor)
            holder = self._holder()
            raise Refused("HT-02", holder=holder["who"], pid=holder["pid"]) from taken
        text = json.dumps({"who": f"{_user()}@{platform.node()}", "pid": str(os.getpid())})
        os.ftruncate(descriptor, 0)
        os.write(descriptor, text.encode())
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the folder back. The file stays: removing it would let two desks lock two files of one name."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _holder(self) -> dict[str, str]:
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
            return {"who": str(told["who"]), "pid": str(told["pid"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {"who": "?", "pid": "?"}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account entry, no variables
        return "?"


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
