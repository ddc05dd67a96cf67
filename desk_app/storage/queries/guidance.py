"""Guidance slips: by the digits on the slip, and the last one of a person for a procedure."""

from __future__ import annotations

import json
from typing import Any

from desk_app.storage.rows import GuidanceRow, marks
from desk_app.storage.transaction import ReadTx

_SELECT = (
    "SELECT guidance, slip_code, symbol, number, given_at, procedure, variant, catalogue, answers, marks, citizen,"
    " name, id_number, round, why_again, referred_to, officer FROM guidance "
)


def get(tx: ReadTx, guidance: str) -> GuidanceRow | None:
    return _guidance(tx.row(f"{_SELECT}WHERE guidance = ?", (guidance,)))


def by_slip_code(tx: ReadTx, slip_code: str) -> GuidanceRow | None:
    """The slip a citizen brings back."""
    return _guidance(tx.row(f"{_SELECT}WHERE slip_code = ? ORDER BY n DESC LIMIT 1", (slip_code,)))


def last_for(tx: ReadTx, id_number: str, procedure: str) -> GuidanceRow | None:
    """The last slip given to a person for a procedure (TN-08: a second one needs a reason)."""
    if not id_number:
        return None
    sql = f"{_SELECT}WHERE id_number = ? AND id_number <> '' AND procedure = ? AND training = ? ORDER BY n DESC LIMIT 1"
    return _guidance(tx.row(sql, (id_number, procedure, tx.training)))


def _guidance(row: Any) -> GuidanceRow | None:
    if row is None:
        return None
    values = [*row[:8], json.loads(row[8]), marks(row[9]), *row[10:]]
    return GuidanceRow(*values)
