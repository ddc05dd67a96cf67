""" "Vì sao ngày này?" for one dossier, and which open dossiers move when the table of days off changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desk_app.documents import why_date as sheet
from desk_app.domain import why_date
from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.deadline import Deadline
from desk_app.domain.session import Role
from desk_app.domain.unit import UnitProfile
from desk_app.domain.why_date import Why
from desk_app.services.desk import Desk, stamp
from desk_app.services.life import Known, known, promise
from desk_app.services.paper_words import desk_letterhead, training_marks
from desk_app.storage.queries import life as life_query
from desk_app.storage.rows import DossierRow
from sync.protocol.dossier_facts import DueMoved


@dataclass(frozen=True, slots=True)
class Affected:
    """An open dossier whose date is another one under a calendar: old and new (local stamps, "" = none)."""

    row: DossierRow
    procedure_name: str
    old_due_at: str
    new_due_at: str


@dataclass(frozen=True, slots=True)
class MoveDues:
    """Give these dossiers the date of the calendar in use. ``dossiers`` empty: every one that is affected."""

    id: str
    dossiers: tuple[str, ...] = ()


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


def affected(desk: Desk, calendar: WorkCalendar | None = None) -> tuple[Affected, ...]:
    """Open dossiers whose recorded date is not the one that ``calendar`` (default: the one in use) gives."""
    under = replace(desk, catalogue=replace(desk.catalogue, calendar=calendar)) if calendar else desk
    found: list[Affected] = []
    with desk.store.read() as tx:
        after = ("", 0)
        while page := life_query.open_dossiers(tx, after=after):
            last = page[-1]
            after = (last.due_at or "9999", last.n)
            for row in page:
                one = known(under, tx, row.dossier)
                due = promise(under, tx, one).due_at if one.life.received_at else None
                new = stamp(due) if due else ""
                # a paused dossier keeps the old date on record until it runs again
                if new and row.due_at and new != row.due_at:
                    found.append(Affected(row, desk.procedure_name(row.procedure), row.due_at, new))
    return tuple(found)


def move_dues(desk: Desk, command: MoveDues) -> tuple[Affected, ...]:
    """Record the new date of affected dossiers, so that every list and the next paper say it. Refuses: DN-06."""
    desk.officer.require(Role.HEAD)
    wanted = [a for a in affected(desk) if not command.dossiers or a.row.dossier in command.dossiers]
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior or not wanted:
            return tuple(wanted)
        tx.use_line(desk.line_kind)
        now, version = stamp(desk.now()), desk.catalogue.calendar.version
        for one in wanted:
            tx.append(DueMoved(one.row.dossier, now, one.old_due_at, one.new_due_at, version))
    desk.wake_sync()
    return tuple(wanted)


def _why(desk: Desk, found: Known, due: Deadline) -> Why:
    received = found.life.received_at or datetime.fromisoformat(found.detail.row.received_at)
    return why_date.explain(
        received, found.term, found.life.pauses, due, version=desk.catalogue.calendar.version,
        second=found.life.new_due,
    )  # fmt: skip
