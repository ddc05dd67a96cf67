"""The stick itself: a file is written beside its name, flushed, read again and compared, and only then has its name.

Only our own file names are looked at, only up to a size; nothing on a stick is ever run or followed.
"""

from __future__ import annotations

import errno
import os
import shutil
from hashlib import sha256
from pathlib import Path

from sync.protocol.bundle import MOST_BYTES, is_ours


class NoRoom(OSError):
    """The stick is full. ``need`` and ``free`` in bytes."""

    def __init__(self, need: int, free: int) -> None:
        super().__init__(errno.ENOSPC, "no room")
        self.need, self.free = need, free


def put(folder: Path, name: str, data: bytes) -> Path:
    """Write a file to a stick; it is there, whole and read again, when this returns. Raises NoRoom, OSError."""
    if not is_ours(name):
        raise ValueError(name)
    free = shutil.disk_usage(folder).free
    if free < len(data) + 65_536:
        raise NoRoom(len(data), free)
    target, part = folder / name, folder / f"{name}.part"
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _compare(part, data)
        part.replace(target)
        _sync_folder(folder)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return target


def _compare(part: Path, data: bytes) -> None:
    if sha256(part.read_bytes()).digest() != sha256(data).digest():
        raise OSError(errno.EIO, "what was read is not what was written")


def found(folder: Path, kind: str) -> list[Path]:
    """Our files of a kind (QUAY, TRALOI) in the top folder of a stick, the newest name last."""
    names = sorted(p.name for p in folder.iterdir() if is_ours(p.name) and p.name.startswith(kind + "-"))
    return [folder / name for name in names if _plain(folder / name)]


def get(file: Path) -> bytes:
    """The bytes of one of our files. Raises OSError."""
    if not _plain(file):
        raise OSError(errno.EFBIG, "not a plain file of our size")
    return file.read_bytes()


def _plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink() and file.stat().st_size <= MOST_BYTES


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder can't be opened there; the rename is flushed with the file system
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some sticks' file systems can't
            raise
    finally:
        os.close(descriptor)
