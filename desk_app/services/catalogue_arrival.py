"""Catalogues that came by sync: checked at once, shown with their differences, in use when a head says so or next morning.

A parcel waits beside the catalogue in force, so nothing changes under a dossier that is being taken in. What cannot be
used here is remembered by its serial and not fetched again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from desk_app.domain.errors import DeskError
from desk_app.services import catalogue_delivery, commune_layer
from desk_app.services.catalogue_delivery import Waiting
from desk_app.services.desk import Desk, local_time, stamp
from desk_app.storage.queries import catalogue as catalogue_query
from desk_app.storage.transaction import ReadTx
from sync.protocol.parcel import LAYERS, MAX_BYTES

STALE: Final = timedelta(days=7)
_ACTOR: Final = "sync"
_ASKED, _KEYS, _GIVEN = "catalogue-asked", "catalogue-told-keys", "catalogue-given"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A parcel that waits. ``raw``: its signed bytes; ``waiting``: what it would change; ``since``: local time."""

    raw: bytes
    waiting: Waiting
    since: datetime


def serials(desk: Desk) -> dict[str, int]:
    """The highest serial of each layer that is in use, waits or was refused here."""
    with desk.store.read() as tx:
        used = catalogue_query.layers(tx)
        found = {layer: used[layer].serial if layer in used else 0 for layer in LAYERS}
        found["national"] = max(found["national"], desk.catalogue.serial)
        for layer in LAYERS:
            waits, refused = _entry(tx, layer), _refused(tx, layer)
            other_keys = refused.get("keys") != _keys_known(desk, tx)  # who was a stranger then may be trusted now
            passed = 0 if refused.get("code") == "DM-15" and other_keys else int(refused.get("serial", 0))
            found[layer] = max(found[layer], int(waits.get("serial", 0)), passed)
    return found


def told(desk: Desk, at: str, keys: Mapping[str, str]) -> None:
    """The centre said at ``at`` (UTC) that nothing newer is there, and whose keys sign its layers.

    A key that the enrolment did not name is kept when it is told first, and never changed by being told again.
    """
    with desk.store.write("", _ACTOR) as tx:
        known = json.loads(tx.setting(_KEYS) or "{}")
        fresh = {layer: key for layer, key in keys.items() if layer in ("national", "province") and layer not in known}
        if fresh:
            tx.set_setting(_KEYS, json.dumps({**known, **fresh}, sort_keys=True))
        tx.set_setting(_ASKED, at)


def keep_waiting(desk: Desk, raw: bytes) -> Waiting:
    """Check a parcel and let it wait. Refuses what ``catalogue_delivery.inspect`` refuses; then nothing is kept."""
    waiting = catalogue_delivery.inspect(desk, raw)
    parcel = waiting.parcel
    with desk.store.write("", _ACTOR) as tx:
        sha = tx.put_blob(raw, "application/vnd.mot-cua.parcel")
        entry = {"serial": parcel.serial, "sha256": sha, "since": stamp(desk.now())}
        tx.set_setting(_name(parcel.layer), json.dumps(entry, sort_keys=True))
    return waiting


def refuse(desk: Desk, layer: str, serial: int, code: str) -> None:
    """Remember what cannot be used here, with the message code that says why."""
    if layer in LAYERS:
        with desk.store.write("", _ACTOR) as tx:
            entry = {"serial": serial, "code": code, "keys": _keys_known(desk, tx)}
            tx.set_setting(f"catalogue-refused:{layer}", json.dumps(entry))


def arrived(desk: Desk) -> Arrived | None:
    """The parcel that waits, the highest layer first; None: nothing waits that is newer than what is in use."""
    for raw, since in _waiting(desk):
        try:
            return Arrived(raw, catalogue_delivery.inspect(desk, raw), since)
        except DeskError:
            continue  # put into use meanwhile, or a newer one came by stick
    return None


def take_overnight(desk: Desk) -> tuple[str, ...]:
    """At the first log-in of a day: what has waited since the day before is put into use. Answers the versions."""
    taken = []
    for raw, since in _waiting(desk):
        if since.date() >= desk.now().date():
            continue
        with desk.store.write(f"overnight:{sha256(raw).hexdigest()}", desk.officer.id) as tx:
            if tx.prior:
                continue
            tx.use_line(desk.line_kind)
            try:
                taken.append(catalogue_delivery.put_into_use(desk, tx, raw).version)
            except DeskError:
                continue
    return tuple(taken)


def _waiting(desk: Desk) -> list[tuple[bytes, datetime]]:
    """What waits, by layer, and since when; a layer whose use has overtaken it is left out."""
    with desk.store.read() as tx:
        used = catalogue_query.layers(tx)
        entries = [(layer, _entry(tx, layer)) for layer in LAYERS]
        beyond = [e for layer, e in entries if e and int(e["serial"]) > (used[layer].serial if layer in used else 0)]
        found = [(tx.blob(str(e["sha256"])), datetime.fromisoformat(str(e["since"]))) for e in beyond]
    return [(raw, since) for raw, since in found if raw is not None]


def is_stale(desk: Desk) -> datetime | None:
    """Since when (local) nobody could ask for a newer catalogue, once that is too long ago; None: all is well.

    A desk that never asked is one without a centre: it is told nothing.
    """
    with desk.store.read() as tx:
        asked = tx.setting(_ASKED)
    if not asked:
        return None
    at = datetime.fromisoformat(asked)
    return local_time(at) if desk.clock.now_utc() - at > STALE else None


def to_give(desk: Desk) -> bytes | None:
    """The commune's own layer, signed here, while the centre does not hold it."""
    with desk.store.read() as tx:
        raw = catalogue_delivery.parcel_in_use(tx, commune_layer.LAYER)
        if raw is None or len(raw) > MAX_BYTES or tx.setting(_GIVEN) == sha256(raw).hexdigest():
            return None
    return raw


def given(desk: Desk, raw: bytes) -> None:
    """The centre holds these bytes, or will never take them."""
    with desk.store.write("", _ACTOR) as tx:
        tx.set_setting(_GIVEN, sha256(raw).hexdigest())


def _name(layer: str) -> str:
    return f"catalogue-waiting:{layer}"


def _entry(tx: ReadTx, layer: str) -> dict[str, str | int]:
    found: dict[str, str | int] = json.loads(tx.setting(_name(layer)) or "{}")
    return found


def _keys_known(desk: Desk, tx: ReadTx) -> str:
    keys = catalogue_delivery.trusted_keys(tx, desk.profile(tx))
    return sha256(json.dumps(keys, sort_keys=True).encode()).hexdigest()


def _refused(tx: ReadTx, layer: str) -> dict[str, str | int]:
    found: dict[str, str | int] = json.loads(tx.setting(f"catalogue-refused:{layer}") or "{}")
    return found
