"""The sticks of this desk: written when, with how many records, answered or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desk_app.storage.transaction import ReadTx, WriteTx


@dataclass(frozen=True, slots=True)
class StickRow:
    """One file for the centre. Times UTC; ``answered_at`` "": its return was not read yet."""

    no: int
    made_at: str
    records: int
    digits: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class StickPart:
    """One request in it."""

    request: str
    path: str
    line: int
    first: int
    last: int
    body: bytes


def next_no(tx: ReadTx) -> int:
    return int(tx.row("SELECT coalesce(max(no), 0) + 1 FROM stick")[0])


def newest(tx: ReadTx) -> StickRow | None:
    """The stick written last; None before the first."""
    row = tx.row("SELECT no, made_at, records, digits, answered_at FROM stick ORDER BY no DESC LIMIT 1")
    return StickRow(*row) if row else None


def unanswered(tx: ReadTx) -> int:
    """How many sticks left and did not come back."""
    return int(tx.row("SELECT count(*) FROM stick WHERE answered_at = ''")[0])


def part(tx: ReadTx, request: str) -> StickPart | None:
    row = tx.row("SELECT request, path, line, first, last, body FROM stick_part WHERE request = ?", (request,))
    return StickPart(row[0], row[1], row[2], row[3], row[4], bytes(row[5])) if row else None


def add(tx: WriteTx, stick: StickRow, parts: Iterable[StickPart]) -> None:
    tx.execute(
        "INSERT INTO stick VALUES (?, ?, ?, ?, ?)",
        (stick.no, stick.made_at, stick.records, stick.digits, stick.answered_at),
    )
    for p in parts:
        tx.execute(
            "INSERT OR REPLACE INTO stick_part VALUES (?, ?, ?, ?, ?, ?, ?)",
            (p.request, stick.no, p.path, p.line, p.first, p.last, p.body),
        )


def answered(tx: WriteTx, no: int, at: str) -> None:
    """Its return was read; sticks before it need no answer any more once nothing of theirs waits."""
    tx.execute("UPDATE stick SET answered_at = ? WHERE no = ? AND answered_at = ''", (at, no))
