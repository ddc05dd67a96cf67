""" "Vì sao ngày này?" for one dossier: the steps that lead to its date, to look at and on paper."""

from __future__ import annotations

from datetime import datetime

from desk_app.documents import why_date as sheet
from desk_app.domain import why_date
from desk_app.domain.deadline import Deadline
from desk_app.domain.unit import UnitProfile
from desk_app.domain.why_date import Why
from desk_app.services.desk import Desk
from desk_app.services.life import Known, known, promise
from desk_app.services.paper_words import desk_letterhead, training_marks


def why(desk: Desk, dossier: str) -> Why:
    """The steps of a dossier's date, from receipt and pauses, under the calendar in use. Refuses HS-08."""
    with desk.store.read() as tx:
        found = known(desk, tx, dossier)
        return _why(desk, found, promise(desk, tx, found))


def why_pdf(desk: Desk, dossier: str) -> bytes:
    """The same on one sheet of A4; drawn on the caller's thread."""
    found, answer, profile = desk.store.call(lambda: _gather(desk, dossier))
    return sheet.render(
        sheet.WhyDate(
            letterhead=desk_letterhead(profile),
            desk_name=profile.desk_name,
            printed_at=desk.now(),
            dossier_code=found.code,
            procedure_name=desk.procedure_name(found.detail.row.procedure),
            facts=answer.facts,
            lines=tuple((line.when, line.what, line.count) for line in answer.lines),
            total=answer.total,
            result=answer.result,
            note=answer.note,
            officer_name=desk.officer.name,
            marks=training_marks(desk),
        )
    )


def _gather(desk: Desk, dossier: str) -> tuple[Known, Why, UnitProfile]:
    with desk.store.read() as tx:
        found = known(desk, tx, dossier)
        return found, _why(desk, found, promise(desk, tx, found)), desk.profile(tx)


def _why(desk: Desk, found: Known, due: Deadline) -> Why:
    received = found.life.received_at or datetime.fromisoformat(found.detail.row.received_at)
    return why_date.explain(
        received, found.term, found.life.pauses, due, version=desk.catalogue.calendar.version,
        second=found.life.new_due,
    )  # fmt: skip
