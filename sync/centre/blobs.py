"""Scans at the centre: chunks are appended in order, the whole is checked by its hash and is unchangeable from then on.

The row in the database is locked while a chunk is written, and moves only after the bytes are on the disk: a crash in
between repeats a chunk at the same place.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sync.centre.database import Db
from sync.centre.refuse import Refused
from sync.protocol.blob import MOST_BYTES, BlobAnswer, BlobPart
from sync.protocol.codes import BAD_REQUEST, TOO_LARGE
from sync.protocol.messages import SYNC

_NAME = re.compile("[0-9a-f]{64}")
_UNIT = re.compile("[0-9A-Za-z.-]{1,20}")


class BlobStore(Protocol):
    """Where the bytes lie. Names are checked before they come here."""

    def write(self, unit: str, name: str, offset: int, data: bytes) -> None:
        """Write at ``offset`` of what is being received; durable when it returns."""

    def digest(self, unit: str, name: str) -> str:
        """SHA-256 of what was received so far."""

    def finish(self, unit: str, name: str) -> None:
        """It is whole: it may never change again."""

    def drop(self, unit: str, name: str) -> None:
        """Forget what was received so far."""


class FolderBlobs:
    """Files under ``root``: ``unit/ab/abcd….part`` while they come, without the ending when whole (read only)."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, unit: str, name: str) -> Path:
        return self._root / unit / name[:2] / name

    def _part(self, unit: str, name: str) -> Path:
        return self.path(unit, name).with_suffix(".part")

    def write(self, unit: str, name: str, offset: int, data: bytes) -> None:
        part = self._part(unit, name)
        part.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.truncate(offset)
            file.seek(offset)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def digest(self, unit: str, name: str) -> str:
        digest = sha256()
        with self._part(unit, name).open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        return digest.hexdigest()

    def finish(self, unit: str, name: str) -> None:
        whole = self.path(unit, name)
        part = self._part(unit, name)
        if part.exists():
            part.chmod(0o400)
            part.replace(whole)

    def drop(self, unit: str, name: str) -> None:
        self._part(unit, name).unlink(missing_ok=True)


def take_part(
    db: Db, store: BlobStore, station: UUID, body: bytes, part: BlobPart, chunk: bytes, at: datetime
) -> BlobAnswer:
    """Take a chunk, or say how far it has come. Raises Refused."""
    if not _NAME.fullmatch(part.sha256) or not _UNIT.fullmatch(part.unit) or part.size < 1 or part.offset < 0:
        raise Refused(BAD_REQUEST)
    if part.size > MOST_BYTES:
        raise Refused(TOO_LARGE)
    key = (part.unit, part.sha256)
    db.execute(
        "INSERT INTO blob (unit, sha256, size, station, at) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (*key, part.size, station, at),
    )
    row = db.execute("SELECT size, got, complete FROM blob WHERE unit = %s AND sha256 = %s FOR UPDATE", key).fetchone()
    assert row is not None
    size, got, complete = int(row[0]), int(row[1]), bool(row[2])

    def answer(why: str = "") -> BlobAnswer:
        return BlobAnswer(SYNC, sha256(body).hexdigest(), part.sha256, got, complete, why)

    if complete or not chunk:
        return answer()
    if size != part.size or part.offset + len(chunk) > size:
        return answer("size")
    if part.offset != got:
        return answer("offset")
    store.write(*key, got, chunk)
    got += len(chunk)
    why = ""
    if got == size:
        if store.digest(*key) == part.sha256:
            store.finish(*key)
            complete = True
        else:
            store.drop(*key)
            got, why = 0, "hash"
    db.execute("UPDATE blob SET got = %s, complete = %s WHERE unit = %s AND sha256 = %s", (got, complete, *key))
    return answer(why)
