"""What goes over by stick: the very requests that would go over the net, each with its signature, and their answers.

So whatever is idempotent over the net is so by stick, in any order with it. A container is one line of JSON that names
hash and size of every part, then the parts; the line is signed, the whole is in a lockbox.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sync.protocol.canonical import Value
from sync.protocol.messages import MessageError, as_value, decode

BUNDLE: Final = "desk-bundle/1"
RETURN: Final = "desk-return/1"
MOST_BYTES: Final = 1 << 30  # FAT32 would take 4 GiB; memory would not
MOST_PARTS: Final = 20_000
_NAME = re.compile(r"(QUAY|TRALOI)-[0-9A-Za-z.-]{1,20}-Q[0-9]{1,2}-[0-9]{6}\.age")


@dataclass(frozen=True, slots=True)
class Part:
    """A request: where it goes, whose line signs it, the signature, hash and size of its body."""

    path: str
    line: str
    signature: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BundleManifest:
    """First line of a bundle. ``no`` counts the bundles of a station."""

    p: str
    unit: str
    station: str
    line: int
    no: int
    made_at: str
    records: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: hash of the request it is for, HTTP status, hash and size of the answer."""

    request: str
    status: int
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ReturnManifest:
    """First line of a return. ``bundle``: SHA-256 of the first line of the bundle it answers."""

    p: str
    unit: str
    station: str
    no: int
    bundle: str
    made_at: str
    replies: tuple[Reply, ...]


def join(manifest: bytes, parts: Sequence[bytes]) -> bytes:
    """A container."""
    return b"\n".join((manifest, b"".join(parts)))


def split(raw: bytes, shape: type[BundleManifest] | type[ReturnManifest]) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The first line and the parts with their hashes, all of them whole. Raises MessageError; signatures come after."""
    line, newline, rest = raw.partition(b"\n")
    if not newline or len(raw) > MOST_BYTES:
        raise MessageError("not a container")
    manifest = decode(shape, line)
    named = manifest.parts if isinstance(manifest, BundleManifest) else manifest.replies
    if len(named) > MOST_PARTS or any(part.size < 0 for part in named) or sum(p.size for p in named) != len(rest):
        raise MessageError("sizes")
    found: list[tuple[str, bytes]] = []
    start = 0
    for part in named:
        body = rest[start : start + part.size]
        start += part.size
        if sha256(body).hexdigest() != part.sha256:
            raise MessageError("a part is not the one named")
        found.append((part.sha256, body))
    return line, found


def file_name(kind: str, unit: str, station_no: int, no: int) -> str:
    """``QUAY-99012-Q2-000007.age`` out, ``TRALOI-…`` back: the only names that are ever looked at on a stick."""
    return f"{kind}-{unit}-Q{station_no}-{no:06d}.age"


def is_ours(name: str) -> bool:
    """Whether a file on a stick is one of ours by its name."""
    return _NAME.fullmatch(name) is not None


def check_digits(data: bytes) -> str:
    """Two groups of four digits that stand on the paper slip and on both screens."""
    n = int.from_bytes(sha256(data).digest()[:8], "big") % 10**8
    return f"{n // 10_000:04d} {n % 10_000:04d}"


def manifest_value(manifest: BundleManifest | ReturnManifest) -> dict[str, Value]:
    return dict(as_value(manifest))
