"""Copies that can be trusted: made through SQLite's backup API, opened again, counted, checked page by page.

A raw copy of a file in use lacks its write-ahead log; so nobody copies the file any other way.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_app.domain.errors import Failed
from desk_app.storage.connection import connect
from desk_app.storage.errors import DiskErrors, translate

_PAGES = 2000  # a copied portion, so that the lock is let go in between


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """A checked copy: where, how large, how many records and people it holds."""

    path: Path
    size_bytes: int
    records: int
    subjects: int


def copy_to(source: Any, target: Path, key: bytes) -> BackupCopy:
    """Copy an open connection into a new file under the same key, then open and check that file.

    The copy gets its name only when it is whole. Raises Failed DL-15 when it does not hold what the original holds.
    """
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(target.name + ".part")
    _remove(part)
    try:
        copy = connect(part, key)
        try:
            source.backup(copy, pages=_PAGES)
        finally:
            copy.close()
        counted = check(part, key)
        expected = _count(source)
        if counted[:1] < expected[:1]:
            raise Failed("DL-15")
        _sync(part)
        part.replace(target)
    except DiskErrors as error:
        _remove(part)
        raise translate(error) from error
    return BackupCopy(target, target.stat().st_size, *counted)


def check(path: Path, key: bytes) -> tuple[int, int]:
    """Records and subjects of a closed file; raises Failed DL-15 when a page or an index is wrong."""
    connection = connect(path, key)
    try:
        faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if faults or connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Failed("DL-15")
        found = _count(connection)
        connection.execute("PRAGMA journal_mode = DELETE")
        return found
    finally:
        connection.close()


def restore(backup: Path, target: Path, key: bytes) -> BackupCopy:
    """Put a copy back as a new file; never over an existing one. The witness will notice that it is older."""
    source = connect(backup, key, read_only=True)
    try:
        return copy_to(source, target, key)
    finally:
        source.close()


def _count(connection: Any) -> tuple[int, int]:
    records = connection.execute("SELECT count(*) FROM record").fetchone()[0]
    return records, connection.execute("SELECT count(*) FROM subject").fetchone()[0]


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)
