"""Room on the disk: how much is left, and a ballast to throw out when nothing is left.

A full disk must never stop the day close. The ballast is 50 MB of real blocks that are given back in that moment.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from desk_app.domain.errors import Failed

BALLAST_BYTES = 50 * 1024 * 1024
WARN_BYTES = 500 * 1024 * 1024
_BLOCK = bytes(1024 * 1024)


def free_bytes(folder: Path) -> int:
    """What an ordinary user can still write on the disk that holds `folder`."""
    return shutil.disk_usage(folder).free


def space_warning(folder: Path) -> Failed | None:
    """HT-01 with the free megabytes when the disk is nearly full, else nothing. Nothing is refused here."""
    free = free_bytes(folder)
    return Failed("HT-01", n=free // (1024 * 1024)) if free < WARN_BYTES else None


class Ballast:
    """A file that holds room for the hour when the disk is full."""

    def __init__(self, folder: Path, size_bytes: int = BALLAST_BYTES) -> None:
        self._file = folder / "ballast.bin"
        self._size = size_bytes

    @property
    def held(self) -> bool:
        """Whether the whole room is held."""
        return self._file.exists() and self._file.stat().st_size >= self._size

    def hold(self) -> bool:
        """Take the room if it is not held; False, and nothing left behind, when the disk has none to spare."""
        if self.held:
            return True
        try:
            if free_bytes(self._file.parent) < 2 * self._size:
                return False
            with self._file.open("wb") as out:
                for start in range(0, self._size, len(_BLOCK)):
                    out.write(_BLOCK[: self._size - start])
                out.flush()
                os.fsync(out.fileno())
        except OSError:
            self._file.unlink(missing_ok=True)
            return False
        return True

    def release(self) -> int:
        """Give the room back; returns the bytes that became free."""
        freed = self._file.stat().st_size if self._file.exists() else 0
        self._file.unlink(missing_ok=True)
        return freed
