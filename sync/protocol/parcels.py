"""How a signed catalogue comes to a desk: what is newer, then its bytes piece by piece, deflated.

The centre only carries; whether a parcel may be used is decided by its own signature at the desk (``parcel.py``). The
answer itself is signed by the centre, so it also proves until when nothing newer was there.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sync.protocol.parcel import MAX_BYTES, ParcelError

PIECE: Final = 192 << 10  # bytes of one piece before base64
MOST_WHOLE: Final = 2 << 20  # packed bytes of a parcel that goes onto a stick in one answer
MOST_GIVEN: Final = 600 << 10  # a commune's own layer that travels up in one request, deflated


@dataclass(frozen=True, slots=True)
class ParcelRequest:
    """``have``: serial by layer that the desk holds. ``want``: SHA-256 of a parcel, from ``offset`` of its packed bytes.

    ``give``: the commune's own layer for the office's other desks, packed and in base64, "" = none; ``give_size``: of
    the whole, in bytes. ``whole``: by stick, where nobody can ask again, the first offer comes in one piece.
    """

    p: str
    unit: str
    station: str
    line: int
    have: Mapping[str, int]
    want: str = ""
    offset: int = 0
    give: str = ""
    give_size: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ParcelOffer:
    """A parcel that is newer than what the desk holds. ``size`` of the whole, ``packed`` of what travels, in bytes."""

    layer: str
    serial: int
    version: str
    sha256: str
    size: int
    packed: int


@dataclass(frozen=True, slots=True)
class ParcelAnswer:
    """``offers``, in the order of the layers; ``data``: a piece of ``want`` in base64. ``keys``: who signs a layer.

    ``at``: when nothing else was there, UTC. ``taken``: the given layer is held here now.
    """

    ok: str
    request: str
    at: str
    offers: tuple[ParcelOffer, ...] = ()
    want: str = ""
    offset: int = 0
    data: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    taken: bool = False


def pack_parcel(raw: bytes) -> bytes:
    """What travels."""
    return zlib.compress(raw, 9)


def unpack_parcel(packed: bytes, size: int) -> bytes:
    """The parcel of exactly ``size`` bytes; raises ParcelError, also for a bomb, before it has grown."""
    if not 0 < size <= MAX_BYTES:
        raise ParcelError("too large")
    inflate = zlib.decompressobj()
    try:
        raw = inflate.decompress(packed, size + 1)
    except zlib.error as error:
        raise ParcelError("not deflated") from error
    if len(raw) != size or not inflate.eof:
        raise ParcelError("another size")
    return raw
