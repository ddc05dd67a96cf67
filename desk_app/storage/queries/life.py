"""The moves of a dossier, its numbered slips, and the lists of the morning: what breaks its date, what nobody wrote about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desk_app.storage.rows import DOSSIER_COLUMNS, DossierRow, SlipRow, StepRow, dossier_row
from desk_app.storage.tables import OPEN_STATES
from desk_app.storage.transaction import ReadTx

_SELECT = f"SELECT {DOSSIER_COLUMNS} FROM dossier "
_SLIP = "SELECT slip, line, kind, dossier, symbol, number, slip_code, made_at, officer, subject, body FROM slip "
#: Somebody works on it and the clock runs: it can break its date.
_RUNNING = f"{OPEN_STATES} AND state IN (2, 4)"


@dataclass(frozen=True, slots=True)
class OnTime:
    """Results of a period against their date; ``rate_percent`` None while there was none with a date."""

    early: int
    on_day: int
    late: int
    undated: int

    @property
    def rate_percent(self) -> int | None:
        """Kept promises in whole percent, rounded down: 100 only when every one was kept."""
        total = self.early + self.on_day + self.late
        return (self.early + self.on_day) * 100 // total if total else None


def steps(tx: ReadTx, dossier: str) -> tuple[StepRow, ...]:
    """The moves of a dossier in the order in which they were recorded."""
    sql = "SELECT move, at, new_day FROM dossier_step WHERE dossier = ? ORDER BY pos"
    return tuple(StepRow(*row) for row in tx.rows(sql, (dossier,)))


def slip(tx: ReadTx, id: str) -> SlipRow | None:
    row = tx.row(f"{_SLIP}WHERE slip = ?", (id,))
    return _slip(row) if row else None


def slips_of(tx: ReadTx, dossier: str) -> tuple[SlipRow, ...]:
    """Every numbered paper of a dossier's life, the oldest first."""
    return tuple(map(_slip, tx.rows(f"{_SLIP}WHERE dossier = ? AND dossier <> '' ORDER BY n", (dossier,))))


def slips_between(tx: ReadTx, kind: str, first: date, last: date) -> tuple[SlipRow, ...]:
    """The slips of one kind in a period, both days included, in order."""
    sql = f"{_SLIP}WHERE kind = ? AND made_at BETWEEN ? AND ? AND training = ? ORDER BY made_at, n"
    return tuple(map(_slip, tx.rows(sql, (kind, first.isoformat(), last.isoformat() + "T99", tx.training))))


def by_slip_code(tx: ReadTx, code: str) -> SlipRow | None:
    """A slip by the digits printed on it."""
    row = tx.row(f"{_SLIP}WHERE slip_code = ? AND slip_code <> '' ORDER BY n DESC LIMIT 1", (code,))
    return _slip(row) if row else None


def to_hand_over(tx: ReadTx, *, limit: int = 500) -> tuple[DossierRow, ...]:
    """What was taken in and still lies at the desk, the oldest first."""
    sql = f"{_SELECT}WHERE state = 2 AND received_at > '' AND training = ? ORDER BY received_at, n LIMIT ?"
    return tuple(map(dossier_row, tx.rows(sql, (tx.training, limit))))


def due_between(tx: ReadTx, after: datetime, until: datetime, *, limit: int = 500) -> tuple[DossierRow, ...]:
    """Running dossiers whose date lies after ``after`` and not after ``until``, the nearest first."""
    sql = f"{_SELECT}WHERE {_RUNNING} AND due_key > ? AND due_key <= ? AND training = ? ORDER BY due_key, n LIMIT ?"
    values = (_text(after), _text(until), tx.training, limit)
    return tuple(map(dossier_row, tx.rows(sql, values)))


def overdue_unwritten(tx: ReadTx, now: datetime, *, limit: int = 500) -> tuple[DossierRow, ...]:
    """Overdue dossiers without a letter, or whose second date has passed too; the longest overdue first."""
    sql = (
        f"{_SELECT}WHERE {_RUNNING} AND due_key > '' AND due_key < ? AND (apologies = 0 OR new_day < ?)"
        " AND training = ? ORDER BY due_key, n LIMIT ?"
    )
    return tuple(map(dossier_row, tx.rows(sql, (_text(now), now.date().isoformat(), tx.training, limit))))


def dated_otherwise(tx: ReadTx, calendar: str) -> tuple[DossierRow, ...]:
    """Every dossier somebody works on whose date was computed under another version of the table of days off."""
    where = f"{OPEN_STATES} AND due_key > '' AND due_at <> '' AND calendar <> ? AND training = ?"
    sql = f"{_SELECT}WHERE {where} ORDER BY due_key, n"
    return tuple(map(dossier_row, tx.rows(sql, (calendar, tx.training))))


def on_time(tx: ReadTx, first: date, last: date) -> OnTime:
    """Results of a period, both days included, by what the folds counted."""
    sql = (
        "SELECT what, sum(n) FROM counter WHERE day BETWEEN ? AND ? AND what LIKE 'settled\\_%' ESCAPE '\\'"
        " AND training = ? GROUP BY what"
    )
    found = dict(tx.rows(sql, (first.isoformat(), last.isoformat(), tx.training)))
    names = ("settled_early", "settled_on_day", "settled_late", "settled_undated")
    return OnTime(*(int(found.get(name, 0)) for name in names))


def _text(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _slip(row: Any) -> SlipRow:
    values = [*row[:10], json.loads(row[10])]
    return SlipRow(*values)
