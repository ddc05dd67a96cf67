"""What this desk counted between two marks, and the day receipts it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass

from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class KindCount:
    """Records of a kind, and the amounts of its receipts in đồng."""

    kind: str
    count: int
    sum_vnd: int


@dataclass(frozen=True, slots=True)
class DayMatchRow:
    """A day receipt as kept; ``matched_at`` UTC."""

    match: str
    day: str
    matched_at: str
    equal: bool
    records: int
    receipts: int
    collected_vnd: int
    differences: int
    answer_sha256: str


_SELECT = (
    "SELECT match, day, matched_at, equal, records, receipts, collected_vnd, differences, answer_sha256 FROM day_match "
)


def counts(tx: ReadTx, line: int, first: int, last: int) -> tuple[KindCount, ...]:
    """Records by kind (in the order of kinds) and what the receipt list took for them."""
    rows = tx.rows(
        "SELECT r.kind, count(*), coalesce(sum(t.total_vnd), 0) FROM record r LEFT JOIN receipt t"
        " ON t.n = r.pos AND r.kind = 'receipt.issued' AND t.training = 0"
        " WHERE r.line = ? AND r.seq BETWEEN ? AND ? GROUP BY r.kind ORDER BY r.kind",
        (line, first, last),
    )
    return tuple(KindCount(*row) for row in rows)


def hashes(tx: ReadTx, line: int, first: int, last: int) -> list[bytes]:
    """The hashes of records ``first`` … ``last`` in order."""
    rows = tx.rows("SELECT h FROM record WHERE line = ? AND seq BETWEEN ? AND ? ORDER BY seq", (line, first, last))
    return [bytes.fromhex(h) for (h,) in rows]


def matched_up_to(tx: ReadTx) -> dict[int, int]:
    """Per line the last record that both sides were found equal up to."""
    found: dict[int, int] = {}
    for (through,) in tx.rows("SELECT through FROM day_match WHERE equal = 1"):
        for mark in json.loads(through):
            found[mark["line"]] = max(found.get(mark["line"], 0), mark["last"])
    return found


def get(tx: ReadTx, match: str) -> DayMatchRow | None:
    row = tx.row(f"{_SELECT}WHERE match = ?", (match,))
    return _row(row) if row else None


def newest(tx: ReadTx) -> DayMatchRow | None:
    """The last day receipt that came; None before the first."""
    row = tx.row(f"{_SELECT}ORDER BY n DESC LIMIT 1")
    return _row(row) if row else None


def _row(row: tuple[str, str, str, int, int, int, int, int, str]) -> DayMatchRow:
    return DayMatchRow(row[0], row[1], row[2], bool(row[3]), *row[4:])
