"""The office as it prints itself, grants and how far they are used, incidents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desk_app.storage.tables import grant, series_use
from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A range of numbers; ``used`` in ``period_key`` (day, year or "" for ever), ``last_number`` 0 = untouched."""

    grant: str
    series_kind: str
    form: str
    symbol: str
    series_id: int
    first: int
    last: int
    period: str
    period_key: str
    last_number: int
    used: int
    total_vnd: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Something that must not happen and was seen."""

    incident: str
    code: str
    seen: dict[str, int]
    at: str


def unit(tx: ReadTx, unit: str | None = None) -> str | None:
    """The profile of a unit as JSON text, by default of the line written now; None before it was given."""
    row = tx.row("SELECT profile FROM unit_profile WHERE unit = ?", (unit or tx.line.unit,))
    return str(row[0]) if row else None


def grants(tx: ReadTx, line: int) -> tuple[GrantRow, ...]:
    """Every range granted to a line with what was used of it, the newest period first."""
    statement = (
        select(
            grant.c.grant_id, grant.c.series_kind, grant.c.form, grant.c.symbol, grant.c.series_id, grant.c.first,
            grant.c.last, grant.c.period, series_use.c.period_key, series_use.c.last_number, series_use.c.used,
            series_use.c.total_vnd,
        )
        .join_from(grant, series_use, series_use.c.grant_id == grant.c.grant_id, isouter=True)
        .where(grant.c.line == line)
        .order_by(grant.c.series_kind, grant.c.series_id, grant.c.first, series_use.c.period_key.desc())
    )  # fmt: skip
    return tuple(_grant(row) for row in tx.select(statement))


def incidents(tx: ReadTx, *, limit: int = 50) -> tuple[IncidentRow, ...]:
    """Incidents, the newest first."""
    rows = tx.rows("SELECT incident, code, seen, at FROM incident ORDER BY n DESC LIMIT ?", (limit,))
    return tuple(IncidentRow(row[0], row[1], json.loads(row[2]), row[3]) for row in rows)


def _grant(row: Any) -> GrantRow:
    values = [*row[:8], row[8] or "", *(n or 0 for n in row[9:])]
    return GrantRow(*values)
