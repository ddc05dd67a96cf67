"""Words that several papers share: letterheads, forms of address, names of officers, the mark of training."""

from __future__ import annotations

from datetime import date

from desk_app.documents import marks
from desk_app.documents.blocks import Letterhead
from desk_app.documents.marks import Mark
from desk_app.domain.catalogue import Catalogue
from desk_app.domain.person import Person
from desk_app.domain.unit import UnitProfile
from desk_app.services.desk import Desk
from desk_app.storage.queries import officers
from desk_app.storage.transaction import ReadTx

_TITLE = {"Nam": "Ông", "Nữ": "Bà"}
#: Nghị định 118/2025 holds from this day; the day of Thông tư 03/2025/TT-VPCP itself was not seen (law-and-forms §15).
FORMS_2025_FROM = date(2025, 7, 1)


def desk_letterhead(profile: UnitProfile) -> Letterhead:
    """HEAD-D: papers that the receiving officer signs."""
    return Letterhead(profile.desk_head[0], profile.desk_head[1], profile.place)


def office_letterhead(profile: UnitProfile) -> Letterhead:
    """HEAD-U: papers that the head signs."""
    return Letterhead(profile.office_head[0], profile.office_head[1], profile.place)


def person_of(tx: ReadTx, subject: str) -> Person | None:
    """Who a subject is; None when it was erased or is not here."""
    value = tx.subject(subject) if subject else None
    return Person.from_subject(value) if value is not None else None


def address_form(person: Person) -> str:
    """One form of address for a whole sheet: ``ông``, ``bà``, ``ông/bà`` or ``tổ chức``."""
    if person.kind == "organisation":
        return "tổ chức"
    return _TITLE.get(person.gender, "Ông/Bà")


def title_of(person: Person | None) -> str:
    """``Ông``, ``Bà`` or ``Ông (Bà)`` before a name."""
    return _TITLE.get(person.gender, "Ông (Bà)") if person else "Ông (Bà)"


def officer_name(tx: ReadTx, officer: str) -> str:
    """The name an officer signs with, "" for one who is not known here."""
    found = officers.get(tx, officer)
    return found.name if found else ""


def training_marks(desk: Desk) -> tuple[Mark, ...]:
    """The watermark of papers without value."""
    return (marks.training(),) if desk.training else ()


def forms_of_2025(catalogue: Catalogue, received_on: date) -> bool:
    """Whether a dossier received that day is on the seven forms of 2025; the day may be set in the catalogue."""
    named = catalogue.defaults.get("forms_2025_from")
    start = date.fromisoformat(named) if isinstance(named, str) else FORMS_2025_FROM
    return received_on >= start
