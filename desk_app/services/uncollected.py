"""Results that nobody has come for: the list of citizens to call, and the letter that asks one of them to come."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desk_app.documents import uncollected_list
from desk_app.documents.invitation import Invitation
from desk_app.documents.uncollected_list import UncollectedList, UncollectedResult
from desk_app.domain.errors import Refused
from desk_app.domain.lifecycle import State
from desk_app.domain.person import Person
from desk_app.services.desk import Desk
from desk_app.services.paper_words import desk_letterhead, officer_name, person_of, title_of, training_marks
from desk_app.storage.queries import dossiers
from desk_app.storage.rows import DossierRow
from desk_app.storage.transaction import ReadTx

PAGE: Final = 500
#: More than these are called from the screen, where the list reads on; a sheaf of 2,000 lines is not called by anybody.
MOST: Final = 2000
_BRING: Final = (
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả, căn cước; người nhận thay mang thêm giấy ủy quyền theo quy định"
)


def gather(desk: Desk, *, most: int = MOST) -> UncollectedList:
    """Every result that waits at the desk, the longest first, with whom to call. Refuses: HS-21 none waits."""
    with desk.store.read() as tx:
        rows: list[DossierRow] = []
        while len(rows) < most:
            after = dossiers.keyset(rows[-1], "ready") if rows else None
            page = dossiers.find(tx, "", filter="ready", now=desk.now(), after=after, limit=min(PAGE, most - len(rows)))
            rows += page
            if len(page) < PAGE:
                break
        if not rows:
            raise Refused("HS-21")
        profile = desk.profile(tx)
        return UncollectedList(
            letterhead=desk_letterhead(profile),
            desk_name=profile.desk_name,
            at=desk.now(),
            results=tuple(_result(desk, tx, row) for row in rows),
            officer_name=officer_name(tx, desk.officer.id),
            marks=training_marks(desk),
        )


def list_pdf(desk: Desk) -> bytes:
    """The list as it is printed. Refuses as ``gather``."""
    return uncollected_list.render(desk.store.call(lambda: gather(desk)))


def invitation_id(tx: ReadTx, dossier: str) -> str:
    """The letter about the result as of now: a result that was taken back and made anew gets another one.

    Refuses: HS-08 no such dossier, HS-22 it has no result that waits.
    """
    row = dossiers.get(tx, dossier)
    if row is None:
        raise Refused("HS-08")
    if row.state != State.SETTLED:
        raise Refused("HS-22", dossier=row.code)
    return f"invitation:{dossier}.{row.settled_at}"


def invitation(desk: Desk, tx: ReadTx, about: str) -> Invitation:
    """``about``: dossier and the moment of its result. Refuses: IN-09 no such dossier, or its person was erased."""
    dossier, _, settled_at = about.partition(".")
    row = dossiers.get(tx, dossier)
    person = _caller(tx, row) if row else None
    if row is None or person is None:
        raise Refused("IN-09")
    profile = desk.profile(tx)
    return Invitation(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        written_on=desk.now().date(),
        title_of_person=title_of(person),
        person_name=person.name,
        address=person.residence,
        phone=person.phone,
        dossier_code=row.code,
        procedure_name=desk.procedure_name(row.procedure),
        settled_on=datetime.fromisoformat(settled_at).date(),
        place=f"{profile.desk_name}, {profile.address}",
        opening_hours=profile.hours_text,
        bring=_BRING,
        officer_name=officer_name(tx, desk.officer.id),
        officer_phone=profile.phone,
        owed_vnd=row.owed_vnd,
        marks=training_marks(desk),
    )


def _result(desk: Desk, tx: ReadTx, row: DossierRow) -> UncollectedResult:
    person = _caller(tx, row)
    return UncollectedResult(
        dossier_code=row.code,
        person_name=row.submitter_name or row.name,
        phone=person.phone if person and person.phone else row.phone,
        address=person.residence if person else "",
        content=desk.procedure_name(row.procedure),
        settled_on=datetime.fromisoformat(row.settled_at).date(),
        owed_vnd=row.owed_vnd,
    )


def _caller(tx: ReadTx, row: DossierRow) -> Person | None:
    """Who handed it in and waits for it: the submitter, else the applicant."""
    applicant, submitter = dossiers.people(tx, row.dossier)
    return person_of(tx, submitter) or person_of(tx, applicant)
