"""The first screen's numbers and tasks, with the machine's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.traffic import Nearness, nearness
from desk_app.services import feedback_list
from desk_app.services.desk import Desk
from desk_app.storage.queries import cash, outbox
from desk_app.storage.queries import today as today_query
from desk_app.storage.queries.outbox import Waiting
from desk_app.storage.queries.today import Tiles
from desk_app.storage.rows import DossierRow
from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class Task:
    """A dossier that wants something, with its light and procedure's name."""

    row: DossierRow
    near: Nearness
    procedure_name: str


@dataclass(frozen=True, slots=True)
class Today:
    """What stands on the first screen. ``waiting``: records per group not yet acknowledged by the centre.

    ``unsigned``: receipts whose payers hold a confirmation only; ``second``: acts the head has still to confirm.
    """

    now: datetime
    tiles: Tiles
    tasks: tuple[Task, ...]
    waiting: tuple[Waiting, ...]
    last_ack_utc: str
    unit_title: str
    station_title: str
    catalogue_version: str
    procedures: int
    feedback_open: int = 0
    feedback_overdue: int = 0
    unsigned: int = 0
    second: int = 0


def gather(desk: Desk) -> Today:
    """Everything on the first screen in one look at the file."""
    with desk.store.read() as tx:
        now = desk.now()
        found = today_query.view(tx, now, limit=12)
        profile = desk.profile(tx)
        asked = feedback_list.counts(desk)
        return Today(
            now=now,
            tiles=found.tiles,
            tasks=tuple(task(desk, row, now) for row in found.due),
            waiting=outbox.summary(tx),
            last_ack_utc=outbox.last_ack(tx) or "",
            unit_title=profile.title,
            station_title=f"Một cửa · Quầy {tx.line.station_no}",
            catalogue_version=desk.catalogue.version,
            procedures=len(desk.catalogue.procedures),
            feedback_open=asked["open"],
            feedback_overdue=asked["overdue"],
            unsigned=len(_unsigned(desk, tx)),
            second=len(cash.waiting(tx)),
        )


def _unsigned(desk: Desk, tx: ReadTx) -> tuple[tuple[str, int], ...]:
    """Receipts of this desk without signature; in training none is ever signed."""
    if desk.training:
        return ()
    tx.use_line(desk.line_kind)
    return cash.unsigned(tx)


def task(desk: Desk, row: DossierRow, now: datetime) -> Task:
    """A row with its light."""
    due = datetime.fromisoformat(row.due_at) if row.due_at else None
    near = nearness(row.state, due, now, desk.catalogue.calendar)
    return Task(row, near, desk.procedure_name(row.procedure))
