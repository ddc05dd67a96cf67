"""The table of days off has changed: which open dossiers get another date, the new promise recorded, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from desk_app.documents import moved_dates_list
from desk_app.documents.moved_dates_list import MovedDate, MovedDatesList
from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.errors import Refused
from desk_app.domain.session import Role
from desk_app.services.desk import Desk, stamp
from desk_app.services.life import known, promise
from desk_app.services.paper_words import desk_letterhead, officer_name, training_marks
from desk_app.storage.queries import life as life_query
from desk_app.storage.rows import DossierRow
from sync.protocol.dossier_facts import DueMoved

_SLICE: Final = 50


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


def affected(desk: Desk, calendar: WorkCalendar | None = None) -> tuple[Affected, ...]:
    """Open dossiers whose recorded date is not the one that ``calendar`` (default: the one in use) gives.

    Only those that were dated under another version of the table are computed anew, some at a time: from another thread
    than the store's the counter's own work comes in between.
    """
    under = replace(desk, catalogue=replace(desk.catalogue, calendar=calendar)) if calendar else desk
    rows = desk.store.call(lambda: _dated_otherwise(under))
    found: list[Affected] = []
    for start in range(0, len(rows), _SLICE):
        found += desk.store.call(partial(_moved, under, rows[start : start + _SLICE]))
    return tuple(sorted(found, key=lambda one: one.new_due_at))


def _dated_otherwise(desk: Desk) -> tuple[DossierRow, ...]:
    with desk.store.read() as tx:
        return life_query.dated_otherwise(tx, desk.catalogue.calendar.version)


def _moved(desk: Desk, rows: Sequence[DossierRow]) -> list[Affected]:
    found = []
    with desk.store.read() as tx:
        for row in rows:
            one = known(desk, tx, row.dossier)
            due = promise(desk, tx, one).due_at if one.life.received_at else None
            new = stamp(due) if due else ""
            # a paused dossier keeps the old date on record until it runs again
            if new and new != row.due_at:
                found.append(Affected(row, desk.procedure_name(row.procedure), row.due_at, new))
    return found


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


def list_pdf(desk: Desk, rows: Sequence[Affected]) -> bytes:
    """The list of whom to call, on one or more sheets of A4; drawn on the caller's thread. Refuses: HS-46 it is empty."""
    if not rows:
        raise Refused("HS-46")
    return moved_dates_list.render(desk.store.call(lambda: _data(desk, rows)))


def _data(desk: Desk, rows: Sequence[Affected]) -> MovedDatesList:
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        officer = officer_name(tx, desk.officer.id)
    return MovedDatesList(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        at=desk.now(),
        calendar=desk.catalogue.calendar.version,
        dates=tuple(
            MovedDate(
                one.row.code, one.row.submitter_name or one.row.name, one.row.phone, one.procedure_name,
                datetime.fromisoformat(one.old_due_at), datetime.fromisoformat(one.new_due_at),
            )
            for one in rows
        ),
        officer_name=officer,
        marks=training_marks(desk),
    )  # fmt: skip
