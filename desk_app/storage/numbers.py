"""Numbers without gap and without double: taken from the grants of a line, used only by a fact of the same transaction.

Nothing is reserved: what was taken and not appended is simply not used. ``check`` refuses a fact whose number is not
exactly the next one, so a mistake above can neither double a number nor leave a gap.
Law: fee receipts follow one another without gap (Nghị định 254/2026 Điều 23).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.errors import Incident, Refused
from desk_app.storage.folds.context import Folding, Placed
from desk_app.storage.folds.series import period_key, uses
from desk_app.storage.lines import FROZEN, LineState
from sync.protocol.facts import Fact, ReceiptIssued

RECEIPT = "receipt"
_GRANTS = (
    "SELECT g.grant_id, g.form, g.symbol, g.series_id, g.first, g.last, g.period FROM grant_ g"
    " WHERE g.line = ? AND g.series_kind = ? ORDER BY g.series_id, g.first"
)
_USED = "SELECT last_number, last_seq FROM series_use WHERE grant_id = ? AND period_key = ?"


class NumberError(RuntimeError):
    """A fact holds a number that is not the next of its grant: a bug above; nothing was written."""


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """The next number of a series, not used before its fact is appended. ``left``: how many remain after it."""

    grant: str
    form: str
    symbol: str
    series_id: int
    number: int
    left: int


class Taker:
    """The numbers taken in one transaction: a second dossier of the same visit gets the number after the first."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], int] = {}

    def take(self, db: Folding, line: LineState, series_kind: str, on: date) -> TakenNumber:
        """Refuses TP-08 (receipts) or DL-03 when every grant is used up; Incident TP-09 for money on a frozen line."""
        if line.state == FROZEN and series_kind == RECEIPT:
            raise Incident("TP-09")
        day = on.isoformat()
        found: tuple[str, str, str, int, int] | None = None
        left = 0
        for grant, form, symbol, series_id, first, last, period in db.execute(
            _GRANTS, (line.line, series_kind)
        ).fetchall():
            key = (grant, period_key(period, day))
            number = max(self._next(db, line, key, first), self._taken.get(key, 0) + 1)
            if found is None and number <= last:
                found = (grant, form, symbol, series_id, number)
                self._taken[key] = number
                number += 1
            left += max(0, last - number + 1)
        if found is None:
            raise _none_left(db, line, series_kind)
        return TakenNumber(*found, left)

    @staticmethod
    def _next(db: Folding, line: LineState, key: tuple[str, str], first: int) -> int:
        row = db.execute(_USED, key).fetchone()
        last_number, last_seq = row or (first - 1, 0)
        # A restored copy lacks records that may have used numbers: each at most one, so that many are skipped.
        lost = line.lost if line.lost and last_seq <= line.frozen_at else 0
        return int(last_number) + 1 + lost


def check(db: Folding, at: Placed, line: LineState, fact: Fact) -> None:
    """Raise NumberError unless every number of ``fact`` is the next of its grant, and Incident for frozen money."""
    if line.state == FROZEN and isinstance(fact, ReceiptIssued):
        raise Incident("TP-09")
    for use in uses(db, at, fact):
        first, last, owner = db.execute(
            "SELECT first, last, line FROM grant_ WHERE grant_id = ?", (use.grant,)
        ).fetchone()
        expected = Taker._next(db, line, (use.grant, use.period_key), first)
        if owner != line.line or use.number != expected or use.number > last:
            raise NumberError(f"{use.series_kind}: {use.number} is not the next number, {expected}")
    if isinstance(fact, ReceiptIssued):
        total = series_total(db, line.line, fact.symbol, fact.series_id) + fact.total_vnd
        if fact.series_total_vnd != total:
            raise NumberError(f"series_total_vnd: {fact.series_total_vnd} instead of {total}")
        if db.execute("SELECT 1 FROM grant_ WHERE grant_id = ?", (fact.grant,)).fetchone() is None:
            raise NumberError("receipt: its number belongs to no grant")


def series_total(db: Folding, line: int, symbol: str, series_id: int) -> int:
    """Everything ever taken by ``line`` on a series, in đồng."""
    row = db.execute(
        "SELECT coalesce(sum(u.total_vnd), 0) FROM grant_ g JOIN series_use u ON u.grant_id = g.grant_id"
        " WHERE g.line = ? AND g.series_kind = 'receipt' AND g.series_id = ? AND g.symbol = ?",
        (line, series_id, symbol),
    ).fetchone()
    return int(row[0])


def _none_left(db: Folding, line: LineState, series_kind: str) -> Refused:
    row = db.execute(
        "SELECT symbol FROM grant_ WHERE line = ? AND series_kind = ? ORDER BY series_id DESC LIMIT 1",
        (line.line, series_kind),
    ).fetchone()
    code = "TP-08" if series_kind == RECEIPT else "DL-03"
    return Refused(code, symbol=row[0] if row else "", n=0, series_kind=series_kind)
