"""The morning list: what breaks its date within a working day, grouped by cause, while it can still be kept; the alarms."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.domain.errors import Refused
from desk_app.services.desk import Desk
from desk_app.services.handover import settling_agency
from desk_app.services.today import Task, task
from desk_app.storage.queries import dossiers
from desk_app.storage.queries import life as life_query
from desk_app.storage.queries.life import OnTime
from desk_app.storage.rows import DossierRow

_AT_DESK = "Chưa chuyển giải quyết"
_ON_THE_WAY = "Đã chuyển, bên giải quyết chưa ký nhận"


@dataclass(frozen=True, slots=True)
class Group:
    """Dossiers that lie still for one reason, at one place. ``usual_cause``: the code a letter would start with."""

    reason: str
    agency: str
    usual_cause: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Morning:
    """Everything of the morning. ``at_risk``: due by the end of the next working day, no letter yet, by cause."""

    now: datetime
    until: datetime
    at_risk: tuple[Group, ...]
    without_letter: tuple[Task, ...]
    today: tuple[Task, ...]
    tomorrow: tuple[Task, ...]
    waiting: tuple[Task, ...]
    ready: tuple[Task, ...]
    month: OnTime


def gather(desk: Desk) -> Morning:
    """The morning list as of now, in one look at the file."""
    now = desk.now()
    calendar = desk.catalogue.calendar
    tomorrow = calendar.next_working(now.date())
    until = datetime.combine(tomorrow, calendar.closing(tomorrow))
    with desk.store.read() as tx:
        soon = life_query.due_between(tx, now, until)
        return Morning(
            now=now,
            until=until,
            at_risk=_groups(desk, (row for row in soon if not row.apologies), now),
            without_letter=_tasks(desk, life_query.overdue_unwritten(tx, now), now),
            today=_tasks(desk, (row for row in soon if row.due_at[:10] == now.date().isoformat()), now),
            tomorrow=_tasks(desk, (row for row in soon if row.due_at[:10] > now.date().isoformat()), now),
            waiting=_tasks(desk, dossiers.find(tx, "", filter="waiting", now=now, limit=200), now),
            ready=_tasks(desk, dossiers.find(tx, "", filter="ready", now=now, limit=200), now),
            month=life_query.on_time(tx, *month_of(now.date())),
        )


def alarm(desk: Desk) -> Refused | None:
    """At log-in: HS-13 while dossiers are overdue and nobody wrote to the citizen; None otherwise."""
    with desk.store.read() as tx:
        found = life_query.overdue_unwritten(tx, desk.now())
    return Refused("HS-13", n=len(found)) if found else None


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _tasks(desk: Desk, rows: Iterable[DossierRow], now: datetime) -> tuple[Task, ...]:
    return tuple(task(desk, row, now) for row in rows)


def _groups(desk: Desk, rows: Iterable[DossierRow], now: datetime) -> tuple[Group, ...]:
    """By where it lies still; the largest group first."""
    found: dict[tuple[str, str, str], list[Task]] = {}
    for row in rows:
        found.setdefault(_lies(desk, row), []).append(task(desk, row, now))
    order = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Group(*key, tuple(tasks)) for key, tasks in order)


def _lies(desk: Desk, row: DossierRow) -> tuple[str, str, str]:
    agency = settling_agency(desk, row)
    if not row.handed_at:
        return _AT_DESK, agency, "volume"
    if not row.taken_at:
        return _ON_THE_WAY, agency, "absence"
    return f"Đang giải quyết tại {agency}", agency, "verification"
