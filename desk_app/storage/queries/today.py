"""The first screen: five tiles and what has to be done first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk_app.storage.queries import dossiers
from desk_app.storage.rows import DossierRow
from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class Tiles:
    """Counts of dossiers and receipts, money in đồng. ``earliest_due``: local time of the next one today, "" = none."""

    received: int
    done_at_once: int
    guided: int
    overdue: int
    due_today: int
    earliest_due: str
    ready: int
    ready_over_5_days: int
    collected_vnd: int
    receipts: int
    returned: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """Tiles and "first things first": overdue, today by the hour, waiting for the citizen, then by days left."""

    tiles: Tiles
    due: tuple[DossierRow, ...]


def view(tx: ReadTx, now: datetime, *, limit: int = 50) -> TodayView:
    """What stands on the first screen at local time ``now``."""
    due: list[DossierRow] = []
    for filter in dossiers.FILTERS[2:5]:
        due += dossiers.find(tx, "", filter=filter, now=now, limit=limit - len(due)) if len(due) < limit else ()
    if len(due) < limit:
        known = {row.n for row in due}
        tomorrow = (now.date().isoformat() + "U", 0)
        later = dossiers.find(tx, "", filter="open", now=now, after=tomorrow, limit=limit)
        due += [row for row in later if row.n not in known][: limit - len(due)]
    return TodayView(_tiles(tx, now), tuple(due))


def _tiles(tx: ReadTx, now: datetime) -> Tiles:
    day = now.date().isoformat()
    found = dict(tx.rows("SELECT what, n FROM counter WHERE day = ? AND training = ?", (day, tx.training)))
    number = dossiers.counts(tx, now)
    first = dossiers.find(tx, "", filter="today", now=now, limit=1)
    old = (now.date() - timedelta(days=5)).isoformat()
    row = tx.row(
        "SELECT count(*) FROM dossier WHERE state = 9 AND settled_at BETWEEN '0' AND ? AND training = ?",
        (old, tx.training),
    )
    return Tiles(
        received=found.get("received", 0),
        done_at_once=found.get("done_at_once", 0),
        guided=found.get("guided", 0),
        overdue=number["overdue"],
        due_today=number["today"],
        earliest_due=first[0].due_at if first else "",
        ready=number["ready"],
        ready_over_5_days=row[0] if row else 0,
        collected_vnd=found.get("collected_vnd", 0),
        receipts=found.get("receipts", 0),
        returned=found.get("returned", 0),
    )
