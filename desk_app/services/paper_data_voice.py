"""What stands on the letters beside a feedback: not accepted, a later day, and the apology for wrong conduct."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from desk_app.documents import marks
from desk_app.documents.blocks import Letterhead
from desk_app.documents.conduct_apology import ConductApology
from desk_app.documents.feedback_letters import ExtensionNotice, FeedbackLetter, RefusalLetter
from desk_app.domain.errors import Refused
from desk_app.domain.legal_basis import bases_text
from desk_app.domain.unit import UnitProfile
from desk_app.services import office
from desk_app.services.desk import Desk
from desk_app.services.feedback_view import bases_of
from desk_app.storage.queries import apologies
from desk_app.storage.queries import feedback as query
from desk_app.storage.queries.feedback import FeedbackRow
from desk_app.storage.transaction import ReadTx

YOU = "Ông (Bà)"
_BEHALF = "TM. ỦY BAN NHÂN DÂN"


def refusal(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> RefusalLetter:
    """The letter that says why it is not accepted, by which rule, and where to go."""
    row = _row(tx, about)
    said = tx.subject(row.text)
    number = office.number_text(row.refusal_number, row.refusal_symbol)
    if said is None:
        raise Refused("IN-09")
    note = _note(tx, row, "feedback.refused")
    letter = _letter(desk, tx, profile, row, number, note, row.closed_at, _BEHALF)
    content = str(said.get("content", "")).rstrip(" .\n")
    return RefusalLetter(letter, content, bases_text(bases_of(row)), row.refer_to)


def extension(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> ExtensionNotice:
    """The notice of the later day, with the day that was promised first."""
    row = _row(tx, about)
    number = office.number_text(row.extension_number, row.extension_symbol)
    event = next((e for e in query.events(tx, about) if e.kind == "feedback.extended"), None)
    if event is None:
        raise Refused("IN-09")
    letter = _letter(desk, tx, profile, row, number, event.note, event.at, "")
    return ExtensionNotice(letter, *(date.fromisoformat(str(event.note[day])) for day in ("was", "answer_by")))


def conduct_apology(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> ConductApology:
    """The apology as the head signs it."""
    row = apologies.conduct(tx, about)
    person = tx.subject(row.person) if row else None
    said = tx.subject(row.text) if row else None
    if row is None or person is None or said is None:
        raise Refused("IN-09")
    return ConductApology(
        letterhead=Letterhead(profile.office_head[0], profile.office_head[1], profile.place),
        number=office.number_text(row.number, row.symbol),
        agency=profile.authority,
        written_on=date.fromisoformat(row.written_at[:10]),
        title_of_person=YOU,
        person_name=str(person.get("name", "")),
        what_happened=str(said.get("what_happened", "")),
        whose_fault=str(said.get("whose_fault", "")),
        cause=str(said.get("cause", "")),
        corrected=str(said.get("corrected", "")),
        new_date=date.fromisoformat(row.new_day) if row.new_day else None,
        contact_name=profile.desk_name,
        contact_phone=profile.phone,
        signer_title=profile.head_title,
        signer_name="",
        on_behalf=_BEHALF,
        marks=(marks.training(),) if desk.training else (),
    )


#: Kind of paper → how its data are gathered.
BUILDERS: dict[str, Callable[[Desk, ReadTx, UnitProfile, str], Any]] = {
    "feedback_refusal": refusal,
    "feedback_extension": extension,
    "conduct_apology": conduct_apology,
}


def _row(tx: ReadTx, about: str) -> FeedbackRow:
    row = query.get(tx, about)
    if row is None:
        raise Refused("IN-09")
    return row


def _note(tx: ReadTx, row: FeedbackRow, kind: str) -> Any:
    return next((e.note for e in query.events(tx, row.feedback) if e.kind == kind), {})


def _letter(
    desk: Desk, tx: ReadTx, profile: UnitProfile, row: FeedbackRow, number: str, note: Any, at: str, on_behalf: str
) -> FeedbackLetter:
    person = tx.subject(row.person) if row.person else None
    if person is None:
        raise Refused("IN-09")
    return FeedbackLetter(
        letterhead=Letterhead(profile.office_head[0], profile.office_head[1], profile.place),
        number=number,
        agency=profile.authority,
        written_on=date.fromisoformat(at[:10]),
        title_of_person=YOU,
        person_name=str(person.get("name", "")),
        received_on=date.fromisoformat(row.received_at[:10]),
        feedback_code=row.code,
        reason=str(note.get("reason", "")).rstrip(" ."),
        contact=f"{profile.desk_name}, {profile.address}, điện thoại {profile.phone}",
        signer_title=profile.head_title,
        signer_name="",
        on_behalf=on_behalf,
        marks=(marks.training(),) if desk.training else (),
    )
