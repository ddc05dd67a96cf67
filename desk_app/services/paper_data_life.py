"""What stands on the papers of a dossier's life: supplement, refusal, apology, stop, hand-over, control slip, referral."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from desk_app.documents.apology_letter import ApologyLetter
from desk_app.documents.handover_list import HandedDossier, HandoverList
from desk_app.documents.refusal_slip import RefusalSlip
from desk_app.documents.stop_notice import StopNotice
from desk_app.documents.supplement_slip import SupplementSlip
from desk_app.domain.errors import Refused
from desk_app.domain.person import Person
from desk_app.services import office, paper_data_control
from desk_app.services.desk import Desk
from desk_app.services.paper_words import (
    address_form,
    desk_letterhead,
    forms_of_2025,
    office_letterhead,
    officer_name,
    person_of,
    title_of,
    training_marks,
)
from desk_app.storage.queries import life as life_query
from desk_app.storage.rows import DossierDetail, SlipRow
from desk_app.storage.transaction import ReadTx

Build = Callable[[Desk, ReadTx, str], object]


def build(desk: Desk, tx: ReadTx, kind: str, about: str) -> object:
    """The data of one paper of this file. Refuses: IN-09 for a kind or a fact that is not known here."""
    builder = BUILDERS.get(kind)
    if builder is None:
        raise Refused("IN-09")
    return builder(desk, tx, about)


def supplement_slip(desk: Desk, tx: ReadTx, about: str) -> SupplementSlip:
    slip, found, person = _slip_of(tx, about)
    profile, officer = desk.profile(tx), officer_name(tx, slip.officer)
    return SupplementSlip(
        letterhead=desk_letterhead(profile),
        number=office.number_text(slip.number, slip.symbol),
        slip_code=slip.slip_code,
        dossier_code=found.row.code,
        desk_name=profile.desk_name,
        given_at=_time(slip.made_at),
        applicant_name=person.name,
        procedure_name=desk.procedure_name(found.row.procedure),
        address=person.residence,
        phone=person.phone,
        email=person.email,
        needs=tuple(slip.body["needs"]),
        reason=_with_day(slip),
        officer_name=officer,
        contact=f"{officer}, {profile.desk_name}",
        contact_phone=profile.phone,
        feedback=profile.feedback,
        second_reason=slip.body["second_reason"] or None,
        marks=training_marks(desk),
    )


def refusal_slip(desk: Desk, tx: ReadTx, about: str) -> RefusalSlip:
    slip = _slip(tx, about)
    person = person_of(tx, slip.subject)
    if person is None:
        raise Refused("IN-09")
    profile, body = desk.profile(tx), slip.body
    reason = str(body["reason"]).rstrip(".")
    competent = str(body["competent"]).strip()
    return RefusalSlip(
        letterhead=desk_letterhead(profile),
        number=office.number_text(slip.number, slip.symbol),
        slip_code=slip.slip_code,
        desk_name=profile.desk_name,
        given_at=_time(slip.made_at),
        applicant_name=person.name,
        address=person.residence,
        phone=person.phone,
        email=person.email,
        procedure_name=desk.procedure_name(str(body["procedure"])),
        reason=f"{reason}. Cơ quan có thẩm quyền: {competent}." if competent else f"{reason}.",
        officer_name=officer_name(tx, slip.officer),
        feedback=profile.feedback,
        witnesses=person.witnesses if person.cannot_sign else None,
        marks=training_marks(desk),
    )


def apology_letter(desk: Desk, tx: ReadTx, about: str) -> ApologyLetter:
    slip, found, person = _slip_of(tx, about)
    profile, body = desk.profile(tx), slip.body
    received = _time(found.row.received_at)
    return ApologyLetter(
        letterhead=office_letterhead(profile),
        number=office.number_text(slip.number, slip.symbol),
        letter_code=slip.slip_code,
        regime_2025=forms_of_2025(desk.catalogue, received.date()),
        agency=str(body["agency"]),
        desk_short_name=profile.desk_name,
        written_on=_time(slip.made_at).date(),
        address_form=address_form(person),
        person_name=person.name,
        received_on=received.date(),
        dossier_code=found.row.code,
        due_at=_time(str(body["due_at"])),
        cause=str(body["cause_text"]),
        new_date=date.fromisoformat(str(body["new_day"])),
        signer_title=str(body["signer_title"]),
        signer_name=str(body["signer"]),
        feedback=profile.feedback,
        marks=training_marks(desk),
    )


def stop_notice(desk: Desk, tx: ReadTx, about: str) -> StopNotice:
    slip, found, person = _slip_of(tx, about)
    profile, body = desk.profile(tx), slip.body
    stopped = _time(slip.made_at).date()
    return StopNotice(
        letterhead=office_letterhead(profile),
        number=office.number_text(slip.number, slip.symbol),
        agency=profile.authority,
        written_on=stopped,
        title_of_person=title_of(person),
        person_name=person.name,
        dossier_code=found.row.code,
        procedure_name=desk.procedure_name(found.row.procedure),
        received_on=_time(found.row.received_at).date(),
        ground=str(body["ground"]),
        stage=str(body["stage"]),
        stopped_from=stopped,
        returned=tuple(body["papers_back"]),
        money=str(body["money"]),
        signer_title=str(body["signer_title"]),
        signer_name=str(body["signer"]),
        marks=training_marks(desk),
    )


def handover_list(desk: Desk, tx: ReadTx, about: str) -> HandoverList:
    slip = _slip(tx, about)
    profile = desk.profile(tx)
    rows = [_handed(desk, tx, str(dossier)) for dossier in slip.body["dossiers"]]
    return HandoverList(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        settling_agency=str(slip.body["agency"]),
        at=_time(slip.made_at),
        dossiers=tuple(rows),
        giver_name=officer_name(tx, slip.officer),
        taker_name=str(slip.body["taker"]),
        marks=training_marks(desk),
    )


def _handed(desk: Desk, tx: ReadTx, dossier: str) -> HandedDossier:
    found = paper_data_control.whole(tx, dossier)
    person = person_of(tx, found.applicant)
    return HandedDossier(
        dossier_code=found.row.code,
        content=desk.procedure_name(found.row.procedure),
        sets=found.sets,
        applicant_name=person.name if person else "",
        address=person.residence if person else "",
        phone=person.phone if person else "",
        received_on=_time(found.row.received_at).date(),
        due_on=_time(found.row.due_at).date() if found.row.due_at else None,
    )


BUILDERS: dict[str, Build] = {
    "supplement_slip": supplement_slip,
    "refusal_slip": refusal_slip,
    "apology_letter": apology_letter,
    "stop_notice": stop_notice,
    "handover_list": handover_list,
    "control_slip": paper_data_control.control_slip,
}


# ---- inside ----------------------------------------------------------------------------------------------------------


def _slip(tx: ReadTx, about: str) -> SlipRow:
    found = life_query.slip(tx, about)
    if found is None:
        raise Refused("IN-09")
    return found


def _slip_of(tx: ReadTx, about: str) -> tuple[SlipRow, DossierDetail, Person]:
    """A slip with its dossier and whose it is; without the person (erased) there is nothing to print."""
    slip = _slip(tx, about)
    found = paper_data_control.whole(tx, slip.dossier)
    person = person_of(tx, found.applicant)
    if person is None:
        raise Refused("IN-09")
    return slip, found, person


def _with_day(slip: SlipRow) -> str:
    reason, day = str(slip.body["reason"]).rstrip("."), str(slip.body["answer_by"])
    return f"{reason}. Nộp bổ sung trước hết ngày {office.day_text(day)}." if day else f"{reason}."


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
