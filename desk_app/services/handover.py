"""From the desk to the settling agency: one list, one signature, every dossier with its own step.

Dossiers taken in before 15:00 go the same day, later ones at the start of the next (61/2018/NĐ-CP Điều 18).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain import dossier_life
from desk_app.domain.errors import Refused
from desk_app.domain.lifecycle import Move
from desk_app.services.desk import Desk, stamp
from desk_app.services.life import known
from desk_app.storage.queries import life as life_query
from desk_app.storage.rows import DossierRow
from desk_app.storage.transaction import WriteTx
from sync.protocol.codec import from_body
from sync.protocol.dossier_facts import DossierHandedOver, HandoverListed

HAND_OVER_BY_HOUR = 15


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give these dossiers to one agency. ``taker``: who signs for them, "" when not known yet."""

    id: str
    dossiers: tuple[str, ...]
    agency: str
    taker: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The list that was made (``paper`` to print) and how many dossiers stand on it."""

    handover: str
    paper: str
    count: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier at the desk: which agency settles it, and whether it has to leave today."""

    row: DossierRow
    procedure_name: str
    agency: str
    today: bool


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """What was taken in and not handed over, the oldest first, with the agency that the catalogue names."""
    with desk.store.read() as tx:
        rows = life_query.to_hand_over(tx)
    now = desk.now()
    return tuple(
        Waiting(row, desk.procedure_name(row.procedure), settling_agency(desk, row), _leaves_today(row, now))
        for row in rows
    )


def settling_agency(desk: Desk, row: DossierRow) -> str:
    """Who settles it: the agency it was handed to, before that the one of the catalogue, "" when unknown."""
    procedure = desk.catalogue.procedures.get(row.procedure)
    variant = procedure.variant(row.variant) if procedure else None
    return row.agency or (variant.implementing_agency or variant.competent_agency if variant else "")


def hand_over(desk: Desk, command: HandOver) -> HandedOver:
    """Record the hand-over of every dossier of the list, all or none.

    Refuses: HS-17 an empty list or no agency, HS-09 one of them may not go, HS-08, DN-06.
    """
    if not command.dossiers or not command.agency.strip():
        raise Refused("HS-17")
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _before(tx)
        tx.use_line(desk.line_kind)
        now, agency = stamp(desk.now()), command.agency.strip()
        ids = tuple(dict.fromkeys(command.dossiers))
        for dossier in ids:
            found = known(desk, tx, dossier)
            dossier_life.decide(found.life, Move.HAND_OVER, desk.officer.roles, found.limits, code=found.code)
        handover = desk.ids.uuid7()
        tx.append(HandoverListed(handover, now, agency, ids, command.taker.strip()))
        for dossier in ids:
            tx.append(DossierHandedOver(dossier, now, agency, handover, command.taker.strip(), command.note.strip()))
    desk.wake_sync()
    return HandedOver(handover, f"handover_list:{handover}", len(ids))


def _leaves_today(row: DossierRow, now: datetime) -> bool:
    """Taken in before 15:00 today, or on an earlier day."""
    received = datetime.fromisoformat(row.received_at)
    return received.date() < now.date() or received.hour < HAND_OVER_BY_HOUR


def _before(tx: WriteTx) -> HandedOver:
    e = tx.prior[0].envelope
    fact = from_body(e.kind, e.v, e.body)
    assert isinstance(fact, HandoverListed)
    return HandedOver(fact.handover, f"handover_list:{fact.handover}", len(fact.dossiers), repeated=True)
