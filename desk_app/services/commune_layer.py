"""The commune's own layer of the catalogue: made here, signed with the key of this desk, put into use like any other.

One desk of an office edits: its head names the key once, and the office's other desks trust it by that fact. Whoever
the enrolment trusts for the layer comes before it. The serial is the day and a count, so it rises across desks too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from desk_app.domain.agency import Place
from desk_app.domain.errors import Refused
from desk_app.domain.overlay import FORMAT, Overlay
from desk_app.domain.unit import UnitProfile
from desk_app.services.catalogue_delivery import put_into_use, trusted_keys
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import catalogue as catalogue_query
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.catalogue_facts import CatalogueActivated, CatalogueKeyNamed
from sync.protocol.parcel import seal_parcel
from sync.protocol.sign import public_key

LAYER: Final = "commune"
_SEED: Final = "commune-catalogue-seed"


def of_commune(desk: Desk) -> Overlay | None:
    """The commune's layer in use, None while there is none."""
    return next((layer for layer in desk.layers if layer.layer == LAYER), None)


def data_in_use(tx: ReadTx) -> dict[str, Any]:
    """The data of the layer in use; without one, of an empty layer."""
    row = catalogue_query.layers(tx).get(LAYER)
    raw = tx.blob(row.sha256) if row is not None else None
    found: Any = json.loads(raw) if raw is not None else {}
    return dict(found) if isinstance(found, Mapping) else {}


def require_key(tx: ReadTx, profile: UnitProfile) -> None:
    """Refuses: DM-41 the level above keeps the commune's layer, DM-42 another desk of the office edits it."""
    trusted = trusted_keys(tx, profile).get(LAYER, "")
    if not trusted or trusted == _own_key(tx):
        return
    raise Refused("DM-41" if profile.catalogue_keys.get(LAYER) == trusted else "DM-42")


def take_over(desk: Desk, command: str) -> CatalogueKeyNamed:
    """From now on this desk edits the commune's layer; the other desk keeps what it has but signs no more.

    Refuses: DM-41.
    """
    with desk.store.write(command, desk.officer.id) as tx:
        profile = desk.profile(tx)
        if profile.catalogue_keys.get(LAYER):
            raise Refused("DM-41")
        tx.use_line(desk.line_kind)
        fact = CatalogueKeyNamed(public_key(_seed(desk, tx)), stamp(desk.now()))
        if not tx.prior:
            tx.append(fact)
    desk.wake_sync()
    return fact


def put_changed(desk: Desk, tx: WriteTx, changed: Mapping[str, Any]) -> CatalogueActivated:
    """The layer with ``changed`` keys becomes the newer version in use, inside the caller's transaction.

    All or nothing: it is signed, read again with the key that is trusted, and only then used. Refuses: DM-41, DM-42,
    DM-48 the desk has not seen the layer in use, and what ``catalogue_delivery.inspect`` refuses.
    """
    profile = desk.profile(tx)
    require_key(tx, profile)
    row, seen = catalogue_query.layers(tx).get(LAYER), of_commune(desk)
    if row is not None and (seen is None or seen.version != row.version):
        raise Refused("DM-48")
    seed = _seed(desk, tx)
    if trusted_keys(tx, profile).get(LAYER) != public_key(seed):
        tx.append(CatalogueKeyNamed(public_key(seed), stamp(desk.now())))
    serial = _next_serial(desk, tx)
    version = f"xa-{str(serial)[:8]}.{serial % 100}"
    kept = {key: value for key, value in {**data_in_use(tx), **changed}.items() if value not in (None, {}, [])}
    data = {
        **kept,
        "format": FORMAT,
        "layer": LAYER,
        "over": ["national", "province"],
        "unit": profile.code,
        "serial": serial,
        "version": version,
    }
    body = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return put_into_use(desk, tx, seal_parcel(seed, LAYER, profile.code, serial, version, body))


def places_data(unit: str, places: Mapping[str, Place]) -> list[dict[str, Any]]:
    """The places of one unit in the layer's data form, without those that say nothing."""
    told = [p for p in places.values() if p.address or p.phone or p.hours or p.name]
    agencies = [
        {"agency": p.agency, "name": p.name, "address": p.address, "phone": p.phone, "hours": p.hours} for p in told
    ]
    return [{"unit": unit, "agencies": agencies}] if agencies else []


def _next_serial(desk: Desk, tx: ReadTx) -> int:
    row = catalogue_query.layers(tx).get(LAYER)
    today = int(f"{desk.now():%Y%m%d}") * 100 + 1
    return max(today, row.serial + 1 if row is not None else 0)


def _own_key(tx: ReadTx) -> str:
    kept = tx.setting(_SEED)
    return public_key(bytes.fromhex(kept)) if kept else ""


def _seed(desk: Desk, tx: WriteTx) -> bytes:
    """The desk's key for the layer; made when it is first wanted, it never leaves the encrypted file."""
    kept = tx.setting(_SEED)
    if kept:
        return bytes.fromhex(kept)
    seed = desk.ids.random_bytes(32)
    tx.set_setting(_SEED, seed.hex())
    return seed
