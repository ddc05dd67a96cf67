"""Signed catalogues at the centre: published by a command, offered to every desk, carried between desks of an office.

Serials only rise; what is older than what is held changes nothing. The centre signs no catalogue.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sync.centre.clock import stamp
from sync.centre.database import Db
from sync.centre.online import announce
from sync.centre.refuse import Refused
from sync.protocol.canonical import CanonicalError, parse
from sync.protocol.codes import BAD_REQUEST, TOO_LARGE
from sync.protocol.messages import SYNC
from sync.protocol.parcel import LAYERS, MAX_BYTES, Parcel, ParcelError, open_parcel
from sync.protocol.parcels import (
    MOST_GIVEN,
    MOST_WHOLE,
    PIECE,
    ParcelAnswer,
    ParcelOffer,
    ParcelRequest,
    pack_parcel,
    unpack_parcel,
)

_OWN = "commune"


def publish(db: Db, raw: bytes, at: datetime) -> Parcel:
    """Hold a signed parcel for the desks and tell them. Raises ValueError unless it is whole and newer.

    A layer keeps the key it began with; another one is taken after ``forget_key`` only.
    """
    parcel = read_parcel(raw)
    row = db.execute(
        "SELECT serial, key FROM parcel WHERE layer = %s AND unit = %s FOR UPDATE", (parcel.layer, parcel.unit)
    ).fetchone()
    if row is not None and row[0] >= parcel.serial:
        raise ValueError(f"serial: {row[0]} is published already, {parcel.serial} is not newer")
    if row is not None and row[1] not in ("", parcel.key):
        raise ValueError("key: this layer was signed by another key before")
    _hold(db, parcel, raw, at)
    for (unit,) in db.execute("SELECT unit FROM unit WHERE %s IN ('', unit)", (parcel.unit,)).fetchall():
        if parcel.layer == "national":
            announce(db, unit, "catalogue", parcel.serial, sha256(raw).hexdigest(), len(raw), at)
    return parcel


def read_parcel(raw: bytes) -> Parcel:
    """A whole parcel by the key it names; whether that key is trusted is for the desk. Raises ValueError."""
    if len(raw) > MAX_BYTES:
        raise ValueError("file: too large for a catalogue")
    try:
        header = parse(raw.partition(b"\n")[0])
    except CanonicalError as error:
        raise ValueError("file: not a signed catalogue") from error
    key = header.get("key") if isinstance(header, Mapping) else None
    try:
        return open_parcel(raw, dict.fromkeys(LAYERS, str(key)))
    except ParcelError as error:
        raise ValueError(f"file: {error}") from error


def parcels(db: Db, body: bytes, request: ParcelRequest, at: datetime) -> ParcelAnswer:
    """What is newer than what the desk holds, or a piece of it; takes what it gives. Raises Refused."""
    taken = _take(db, request, at) if request.give else False
    digest = sha256(body).hexdigest()
    if request.want:
        return _piece(db, digest, request, at)
    rows = db.execute(
        "SELECT DISTINCT ON (layer) layer, serial, version, sha256, size, length(packed), key FROM parcel"
        " WHERE unit IN ('', %s) ORDER BY layer, serial DESC",
        (request.unit,),
    ).fetchall()
    by_layer = {row[0]: row for row in rows}
    offers = tuple(
        ParcelOffer(*by_layer[layer][:6])
        for layer in LAYERS
        if layer in by_layer and by_layer[layer][1] > request.have.get(layer, 0)
    )
    keys = {layer: row[6] for layer, row in by_layer.items() if layer != _OWN}
    answer = ParcelAnswer(SYNC, digest, stamp(at), offers, keys=keys, taken=taken)
    if not request.whole or not offers or offers[0].packed > MOST_WHOLE:
        return answer
    row = db.execute(
        "SELECT packed FROM parcel WHERE sha256 = %s AND unit IN ('', %s)", (offers[0].sha256, request.unit)
    ).fetchone()
    data = b64encode(bytes(row[0])).decode("ascii") if row is not None else ""
    return replace(answer, want=offers[0].sha256, data=data)


def _piece(db: Db, digest: str, request: ParcelRequest, at: datetime) -> ParcelAnswer:
    if request.offset < 0:
        raise Refused(BAD_REQUEST)
    row = db.execute(
        "SELECT substring(packed FROM %s FOR %s) FROM parcel WHERE sha256 = %s AND unit IN ('', %s)",
        (request.offset + 1, PIECE, request.want, request.unit),
    ).fetchone()
    data = b64encode(bytes(row[0])).decode("ascii") if row is not None else ""
    return ParcelAnswer(SYNC, digest, stamp(at), want=request.want, offset=request.offset, data=data)


def _take(db: Db, request: ParcelRequest, at: datetime) -> bool:
    """A desk gives the commune's own layer: held when it is whole, of its own office, and newer."""
    try:
        packed = b64decode(request.give, validate=True)
        if len(packed) > MOST_GIVEN:
            raise Refused(TOO_LARGE)
        raw = unpack_parcel(packed, request.give_size)
        parcel = read_parcel(raw)
    except (Base64Error, ParcelError, ValueError) as error:
        raise Refused(BAD_REQUEST) from error
    if parcel.layer != _OWN or parcel.unit != request.unit:
        raise Refused(BAD_REQUEST)
    row = db.execute(
        "SELECT serial FROM parcel WHERE layer = %s AND unit = %s FOR UPDATE", (parcel.layer, parcel.unit)
    ).fetchone()
    if row is None or row[0] < parcel.serial:
        _hold(db, parcel, raw, at)
    return True


def _hold(db: Db, parcel: Parcel, raw: bytes, at: datetime) -> None:
    db.execute(
        "INSERT INTO parcel (layer, unit, serial, version, key, sha256, size, packed, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (unit, layer) DO UPDATE SET"
        " serial = excluded.serial, version = excluded.version, key = excluded.key, sha256 = excluded.sha256,"
        " size = excluded.size, packed = excluded.packed, at = excluded.at WHERE parcel.serial < excluded.serial",
        (
            parcel.layer, parcel.unit, parcel.serial, parcel.version, parcel.key, sha256(raw).hexdigest(), len(raw),
            pack_parcel(raw), at,
        ),
    )  # fmt: skip
