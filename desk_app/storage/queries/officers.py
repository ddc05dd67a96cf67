"""Officers who may sign in here, as the journal registered them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from desk_app.storage.rows import OfficerRow
from desk_app.storage.tables import officer
from desk_app.storage.transaction import ReadTx


def all(tx: ReadTx, *, active_only: bool = True) -> tuple[OfficerRow, ...]:
    """Officers by name."""
    statement = select(officer).order_by(officer.c.name, officer.c.officer)
    if active_only:
        statement = statement.where(officer.c.active == 1)
    return tuple(_officer(row) for row in tx.select(statement))


def get(tx: ReadTx, id: str) -> OfficerRow | None:
    found = tx.select(select(officer).where(officer.c.officer == id))
    return _officer(found[0]) if found else None


def _officer(row: Any) -> OfficerRow:
    return OfficerRow(row.officer, row.name, tuple(json.loads(row.roles)), bool(row.active))
