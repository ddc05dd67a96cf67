"""Scans and other large things: sent in chunks after the records, found by their hash, resumed where the centre stands.

A request is one line of JSON and the chunk behind it; without a chunk it only asks. Both ways are signed, so no proxy
can claim that a scan arrived. (So a POST, where HTTP alone would have HEAD and PATCH.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.protocol.messages import MessageError, decode, encode

MOST_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class BlobPart:
    """``size`` bytes named by ``sha256``; the chunk that follows begins at ``offset``."""

    p: str
    unit: str
    station: str
    line: int
    sha256: str
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class BlobAnswer:
    """``offset``: how much the centre holds; ``complete``: all of it, and the hash is right.

    ``why``: "" or hash (what was sent is not what its name says; begin again), size, offset (send from ``offset``).
    """

    ok: str
    request: str
    sha256: str
    offset: int
    complete: bool
    why: str = ""


def encode_part(part: BlobPart, chunk: bytes) -> bytes:
    """The body of a request."""
    return encode(part) + b"\n" + chunk


def decode_part(body: bytes) -> tuple[BlobPart, bytes]:
    """The two halves of a body. Raises MessageError."""
    head, newline, chunk = body.partition(b"\n")
    if not newline:
        raise MessageError("no chunk")
    return decode(BlobPart, head), chunk
