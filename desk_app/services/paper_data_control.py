"""What stands on the control slip that travels with a dossier: every hand-over, every office's limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from desk_app.documents.control_slip import ControlSlip, HandOver
from desk_app.domain.deadline import StageDue, due_text, stage_text, term_text
from desk_app.domain.errors import Refused
from desk_app.domain.procedure import Term, TermUnit
from desk_app.domain.unit import UnitProfile
from desk_app.services import office
from desk_app.services.desk import Desk
from desk_app.services.handover import settling_agency
from desk_app.services.life import stages_of
from desk_app.services.paper_words import office_letterhead, officer_name, training_marks
from desk_app.storage.queries import dossiers
from desk_app.storage.rows import DossierDetail
from desk_app.storage.transaction import ReadTx


def control_slip(desk: Desk, tx: ReadTx, about: str) -> ControlSlip:
    """``about`` is ``dossier`` or ``dossier.n``: the sheet as it stood after n hand-overs, so that each print is kept."""
    dossier, _, most = about.partition(".")
    found, profile = whole(tx, dossier), desk.profile(tx)
    hands = _hand_overs(tx, found, profile)
    stages = stages_of(desk, tx, dossier)
    procedure = desk.catalogue.procedures.get(found.row.procedure)
    variant = procedure.variant(found.row.variant) if procedure else None
    return ControlSlip(
        letterhead=office_letterhead(profile),
        number=office.number_text(found.number, "PKS-UBND") if found.number else "……/PKS-UBND",
        agency=profile.authority,
        written_on=datetime.fromisoformat(found.row.received_at).date(),
        dossier_code=found.row.code,
        settling_agency=settling_agency(desk, found.row),
        cooperating_agency=variant.coordinating_agency if variant else "",
        hand_overs=_with_limits(hands[: int(most)] if most.isdigit() else hands, stages, profile.desk_name),
        marks=training_marks(desk),
        stages=tuple(stage_text(stage) for stage in stages),
        total=_whole_text(found, stages),
    )


def _with_limits(hands: tuple[HandOver, ...], stages: tuple[StageDue, ...], desk_name: str) -> tuple[HandOver, ...]:
    """The hand-overs with the limit of who takes it; those to come stand there with giver, taker and limit, unsigned."""
    limits = [f"Hạn {stage.due_at:%d/%m/%Y}" if stage.due_at else "" for stage in stages]
    noted = [
        replace(hand, note="; ".join(filter(None, (hand.note, limit)))) if not hand.result else hand
        for hand, limit in zip_longest(hands, limits[: len(hands)], fillvalue="")
        if isinstance(hand, HandOver)
    ]
    agencies = [desk_name, *(stage.agency for stage in stages)]
    coming = [
        HandOver(agencies[n], agencies[n + 1], note=limits[n])
        for n in range(len(hands), len(stages))
        if not any(hand.result for hand in hands)
    ]
    return (*noted, *coming)


def _whole_text(found: DossierDetail, stages: tuple[StageDue, ...]) -> str:
    if not stages or found.term_value is None:
        return ""
    due = f", hẹn trả {due_text(datetime.fromisoformat(found.row.due_at))}" if found.row.due_at else ""
    return f"{term_text(Term(found.term_value, TermUnit(found.term_unit)))}{due}"


def control_slip_id(tx: ReadTx, dossier: str) -> str:
    """The paper of the control slip as of now: another one after each further hand-over."""
    found = whole(tx, dossier)
    count = sum(e.kind in ("dossier.handed_over", "dossier.settled") for e in found.events)
    return f"control_slip:{dossier}.{count}"


def _hand_overs(tx: ReadTx, found: DossierDetail, profile: UnitProfile) -> tuple[HandOver, ...]:
    """Every hand-over with its signatures; the result's way back to the desk is the last one."""
    hands: list[HandOver] = []
    place = profile.desk_name
    for event in found.events:
        if event.kind == "dossier.handed_over":
            to = str(event.note.get("agency", ""))
            hands.append(
                HandOver(
                    place,
                    to,
                    datetime.fromisoformat(event.at),
                    officer_name(tx, event.actor),
                    str(event.note.get("taker", "")),
                    note=str(event.note.get("note", "")),
                )
            )
            place = to
        elif event.kind == "dossier.settled":
            result = against(found.row.due_at, event.at)
            hands.append(
                HandOver(
                    place,
                    profile.desk_name,
                    datetime.fromisoformat(event.at),
                    "",
                    officer_name(tx, event.actor),
                    result,
                )
            )
    return tuple(hands)


def against(due_at: str, settled_at: str) -> str:
    """``Trước hạn``, ``Đúng hạn``, ``Quá hạn``; "" without a date. Always the law's date, never an apology's."""
    if not due_at:
        return ""
    if settled_at > due_at:
        return "Quá hạn"
    return "Trước hạn" if settled_at[:10] < due_at[:10] else "Đúng hạn"


def whole(tx: ReadTx, dossier: str) -> DossierDetail:
    """Everything of a dossier for its papers. Refuses IN-09."""
    found = dossiers.detail(tx, dossier)
    if found is None:
        raise Refused("IN-09")
    return found
