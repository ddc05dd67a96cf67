"""A new catalogue comes to a desk: read, checked, shown with its differences, and put into use all or not at all.

Versions only rise. The bytes of every version a desk worked by are kept, so that an old dossier is always read by the
rules under which it was received.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.catalogue_changes import Change, changes, unreadable
from desk_app.domain.catalogue_layer import laid_version, lay_editions, national_version
from desk_app.domain.condition import DataProblem
from desk_app.domain.errors import DeskError, Failed, Refused
from desk_app.domain.overlay import Overlay, overlay_from_json
from desk_app.domain.session import Role
from desk_app.domain.unit import UnitProfile
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import catalogue as catalogue_query
from desk_app.storage.queries.catalogue import LayerRow
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.catalogue_facts import CatalogueActivated
from sync.protocol.codec import from_body
from sync.protocol.parcel import Parcel, ParcelError, open_parcel

_MEDIA = "application/vnd.mot-cua.catalogue+json"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parcel that may be put into use, and what it would change. ``overlay``: of province or commune, else None."""

    parcel: Parcel
    changes: tuple[Change, ...]
    overlay: Overlay | None
    tariffs: tuple[tuple[str, int | None, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ActivateParcel:
    """Put the parcel with these bytes into use."""

    id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class InForce:
    """What a desk works by: the national catalogue and the layers over it."""

    catalogue: Catalogue
    layers: tuple[Overlay, ...]


def in_force(desk: Desk, shipped: bytes, catalogue: Catalogue, known: Catalogue | None = None) -> InForce:
    """The version in force: the last one activated, or the one that came with the program when that is newer.

    ``catalogue`` is ``shipped`` as loaded. Keeps the shipped bytes too. A kept version that cannot be read any more is
    passed over: the desk works by the one that came with the program. The commune's own versions lie over it.
    ``known``: what was in force before; it is answered again when it still is, so that nothing is built anew.
    """
    with desk.store.write("", desk.officer.id) as tx:
        keep(tx, catalogue.version, shipped)
        rows = catalogue_query.layers(tx)
        national = rows.get("national")
        layers = tuple(o for name in ("province", "commune") if (o := _overlay(tx, rows.get(name))) is not None)
        kept = tx.blob(national.sha256) if national and national.serial > catalogue.serial else None
        found = _readable(kept) or catalogue
        data = kept if kept is not None and found is not catalogue else shipped
        commune = next((o for o in layers if o.editions), None)
        if known is not None and known.version == laid_version(found.version, commune):
            return InForce(known, layers)
        return InForce(_with_editions(tx, found, data, commune), layers)


def _readable(data: bytes | None) -> Catalogue | None:
    try:
        return load_catalogue(data) if data is not None else None
    except DeskError:
        return None


def _with_editions(tx: WriteTx, national: Catalogue, data: bytes, commune: Overlay | None) -> Catalogue:
    """The national catalogue under the commune's own versions; made once and kept, so that old papers are read by it."""
    if commune is None:
        return national
    kept = at_version(tx, laid_version(national.version, commune))
    if kept is not None:
        return kept
    laid = lay_editions(data, commune)
    found = _readable(laid.data)
    if found is None or unreadable(found):
        return national
    keep(tx, laid.version, laid.data)
    return found


def inspect(desk: Desk, raw: bytes) -> Waiting:
    """Read a parcel without changing anything.

    Refuses: DM-15 damaged or not signed by the office we trust, DM-16 not newer than what is in use, DM-17 for another
    unit, DM-01 content that cannot be used.
    """
    with desk.store.read() as tx:
        return _inspect(desk, tx, raw)


def activate(desk: Desk, command: ActivateParcel) -> CatalogueActivated:
    """Put a parcel into use; on any refusal nothing has changed. The same command twice is once.

    Refuses what ``inspect`` refuses. Only a head may.
    """
    desk.officer.require(Role.HEAD)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return activated_before(tx)
        tx.use_line(desk.line_kind)
        fact = put_into_use(desk, tx, command.raw)
    desk.wake_sync()
    return fact


def put_into_use(desk: Desk, tx: WriteTx, raw: bytes) -> CatalogueActivated:
    """The step of ``activate`` inside a transaction; refuses what ``inspect`` refuses."""
    parcel = _inspect(desk, tx, raw).parcel
    previous = catalogue_query.layers(tx).get(parcel.layer)
    fact = CatalogueActivated(
        version=parcel.version,
        serial=parcel.serial,
        sha256=keep(tx, _kept_as(parcel), parcel.body),
        key=parcel.key,
        activated_at=stamp(desk.now()),
        layer=parcel.layer,
        previous=previous.version if previous else desk.catalogue.version if parcel.layer == "national" else "",
    )
    tx.append(fact)
    tx.set_setting(f"catalogue-parcel:{parcel.layer}", tx.put_blob(raw, _MEDIA))
    return fact


def parcel_in_use(tx: ReadTx, layer: str) -> bytes | None:
    """The signed bytes of the layer in force, to be carried to the office's other desks; None: never activated here."""
    sha = tx.setting(f"catalogue-parcel:{layer}")
    return tx.blob(sha) if sha else None


def trusted_keys(tx: ReadTx, profile: UnitProfile) -> dict[str, str]:
    """Who may sign which layer: what the enrolment said comes first, then what its centre told first (pinned).

    The commune's own layer: the key its head named.
    """
    told: dict[str, str] = json.loads(tx.setting("catalogue-told-keys") or "{}")
    return {**told, **catalogue_query.named_keys(tx), **profile.catalogue_keys}


def national_bytes(desk: Desk, tx: ReadTx) -> bytes:
    """The compiled catalogue under the commune's layer. Raises Failed DM-01 when it is not kept here."""
    sha = tx.setting(_key(national_version(desk.catalogue.version)))
    data = tx.blob(sha) if sha else None
    if data is None:
        raise Failed("DM-01", reason="không còn bản gốc của danh mục")
    return data


def at_version(tx: ReadTx, version: str) -> Catalogue | None:
    """An earlier version this desk worked by; None when its bytes are not here (any more)."""
    sha = tx.setting(_key(version))
    data = tx.blob(sha) if sha else None
    if data is None:
        return None
    try:
        return load_catalogue(data)
    except DeskError:
        return None


def _inspect(desk: Desk, tx: ReadTx, raw: bytes) -> Waiting:
    profile = desk.profile(tx)
    try:
        parcel = open_parcel(raw, trusted_keys(tx, profile))
    except ParcelError as error:
        raise Refused("DM-15") from error
    if parcel.unit and parcel.unit != profile.code:
        raise Refused("DM-17", unit=parcel.unit)
    current = catalogue_query.layers(tx).get(parcel.layer)
    serial = current.serial if current else 0
    if parcel.layer == "national":
        serial = max(serial, desk.catalogue.serial)
    if parcel.serial <= serial:
        raise Refused("DM-16", version=parcel.version, serial=serial)
    on = desk.now().date()
    if parcel.layer == "national":
        national = _national(parcel)
        commune = next((o for o in desk.layers if o.editions), None)
        laid = _readable(lay_editions(parcel.body, commune).data) if commune else None
        return Waiting(parcel, changes(desk.catalogue, laid or national, on), None)
    overlay = _read_overlay(parcel)
    tariffs = tuple((name, profile.tariffs.get(name), amount) for name, amount in sorted(overlay.tariffs.items()))
    return Waiting(parcel, _edited(desk, tx, overlay), overlay, tuple(t for t in tariffs if t[1] != t[2]))


def _edited(desk: Desk, tx: ReadTx, overlay: Overlay) -> tuple[Change, ...]:
    """What the commune's own versions would change. Refuses DM-01 when the whole could not be read any more."""
    if overlay.layer != "commune" or not (overlay.editions or any(o.editions for o in desk.layers)):
        return ()
    new = load_catalogue(lay_editions(national_bytes(desk, tx), overlay).data)
    bad = unreadable(new)
    if bad:
        raise Refused("DM-01", reason=f"không đọc được thủ tục {', '.join(bad[:3])}")
    return changes(desk.catalogue, new, desk.now().date())


def _national(parcel: Parcel) -> Catalogue:
    found = load_catalogue(parcel.body)
    bad = unreadable(found)
    if bad:
        raise Refused("DM-01", reason=f"không đọc được thủ tục {', '.join(bad[:3])}")
    if (found.version, found.serial) != (parcel.version, parcel.serial):
        raise Refused("DM-01", reason="số bản trong danh mục khác số bản trên bao gói")
    return found


def _read_overlay(parcel: Parcel) -> Overlay:
    try:
        found = overlay_from_json(parcel.body, parcel.layer)
    except DataProblem as problem:
        raise Refused("DM-01", reason=str(problem)) from problem
    if found.version != parcel.version:
        raise Refused("DM-01", reason="số bản trong danh mục khác số bản trên bao gói")
    return found


def _overlay(tx: ReadTx, row: LayerRow | None) -> Overlay | None:
    data = tx.blob(row.sha256) if row is not None else None
    if row is None or data is None:
        return None
    try:
        return overlay_from_json(data, row.layer)
    except DataProblem:
        return None


def keep(tx: WriteTx, version: str, data: bytes) -> str:
    """Keep the bytes of a version for ever, under its name; answers their SHA-256."""
    kept = tx.setting(_key(version))
    if kept is not None:
        return kept
    sha = tx.put_blob(data, _MEDIA)
    tx.set_setting(_key(version), sha)
    return sha


def _kept_as(parcel: Parcel) -> str:
    """Layers count their own versions: the name says whose it is."""
    return parcel.version if parcel.layer == "national" else f"{parcel.layer}/{parcel.version}"


def _key(version: str) -> str:
    return f"catalogue-bytes:{version}"


def activated_before(tx: WriteTx) -> CatalogueActivated:
    """The answer of a command that was carried out before."""
    envelope = tx.prior[-1].envelope
    fact = from_body(envelope.kind, envelope.v, envelope.body)
    assert isinstance(fact, CatalogueActivated)
    return fact
