"""A catalogue on its way: a signed header in one line, then the compiled bytes. Travels by net or by stick, unchanged.

``desk-parcel/1``: canonical JSON header with ``sig``, line feed, body. The signature covers the header, the header the
SHA-256 of the body; so neither can be swapped, and an older parcel is known by its serial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sync.protocol.canonical import CanonicalError, Value, canonical, parse
from sync.protocol.sign import public_key, sign, verify

FORMAT: Final = "desk-parcel/1"
PURPOSE: Final = "desk-sync/1 catalogue"
MAX_BYTES: Final = 20_000_000
LAYERS: Final = ("national", "province", "commune")
_MAX_HEADER: Final = 4_000


class ParcelError(ValueError):
    """Not a parcel, damaged on the way, or signed by a key that is not trusted for its layer."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """``layer`` and ``unit`` say for whom ("" = every unit); ``serial`` only rises within a layer; ``key`` signed it."""

    layer: str
    unit: str
    serial: int
    version: str
    key: str
    body: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()


def seal_parcel(seed: bytes, layer: str, unit: str, serial: int, version: str, body: bytes) -> bytes:
    """The bytes to carry. Raises ValueError for a layer that does not exist or a serial below 1."""
    if layer not in LAYERS or serial < 1:
        raise ValueError("layer or serial")
    header: dict[str, Value] = {
        "format": FORMAT,
        "layer": layer,
        "unit": unit,
        "serial": serial,
        "version": version,
        "key": public_key(seed),
        "sha256": sha256(body).hexdigest(),
        "size": len(body),
    }
    return canonical({**header, "sig": sign(seed, PURPOSE, canonical(header))}) + b"\n" + body


def open_parcel(raw: bytes, trusted: Mapping[str, str]) -> Parcel:
    """The parcel, when the key trusted for its layer signed exactly these bytes. Raises ParcelError."""
    if len(raw) > MAX_BYTES:
        raise ParcelError("too large")
    line, found, body = raw[: _MAX_HEADER + 1].partition(b"\n")
    if not found:
        raise ParcelError("no header")
    body = raw[len(line) + 1 :]
    try:
        value = parse(line)
    except CanonicalError as error:
        raise ParcelError("header is not canonical") from error
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        raise ParcelError("another format")
    header = {k: v for k, v in value.items() if k != "sig"}
    layer, unit, serial, version, key, digest, size, signature = (
        value.get(k) for k in ("layer", "unit", "serial", "version", "key", "sha256", "size", "sig")
    )
    texts = all(isinstance(x, str) for x in (layer, unit, version, key, digest, signature))
    if not texts or type(serial) is not int or serial < 1 or layer not in LAYERS or not version:
        raise ParcelError("header lacks something")
    if key != trusted.get(str(layer)):
        raise ParcelError("signed by a key that is not trusted")
    if not verify(str(key), PURPOSE, canonical(header), str(signature)):
        raise ParcelError("signature does not hold")
    if size != len(body) or sha256(body).hexdigest() != digest:
        raise ParcelError("body was changed or cut")
    return Parcel(str(layer), str(unit), serial, str(version), str(key), body)
