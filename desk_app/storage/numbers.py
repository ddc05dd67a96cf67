"""Numbers without gap and without double: taken from the grants of a line, used only by a fact of the same transaction.

Nothing is reserved: what was taken and not appended is simply not used. ``check`` refuses a fact whose number is not
exactly the next one, so a mistake above can neither double a number nor leave a gap.
Law: fee receipts follow one another without gap (Nghị định 254/2026 Điều 23).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from desk_app.domain.errors import Incident, Refused
from desk_app.storage.folds.context import Folding
from desk_app.storage.folds.series import period_key, uses
from desk_app.storage.lines import FROZEN, LineState
from sync.protocol.facts import Fact, ReceiptIssued
from sync.protocol.money_facts import DayClosed, ReceiptReplaced, ReceiptVoided

#: Series of receipts by regime: electronic, self-printed, hand-written booklet.
RECEIPTS = ("receipt", "receipt_paper", "receipt_book")
_ELECTRONIC = re.compile(r"(\d\d)T[A-Z]{2}")

#: What a line frozen by a restored copy may not write: anything that takes money, gives it back or closes the book.
MONEY = (ReceiptIssued, ReceiptReplaced, ReceiptVoided, DayClosed)


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
        """Refuses TP-08 (receipts) or DL-13 when every grant is used up; Incident TP-09 for money on a frozen line."""
        if line.state == FROZEN and series_kind in RECEIPTS:
            raise Incident("TP-09")
        day = on.isoformat()
        found: TakenNumber | None = None
        left = 0
        for grant in db.grants(line.line, series_kind):
            if not _of_year(grant.symbol, on):
                continue
            key = (grant.grant, period_key(grant.period, day))
            number = max(next_number(db, line, key, grant.first), self._taken.get(key, 0) + 1)
            if found is None and number <= grant.last:
                found = TakenNumber(grant.grant, grant.form, grant.symbol, grant.series_id, number, 0)
                self._taken[key] = number
                number += 1
            left += max(0, grant.last - number + 1)
        if found is None:
            raise _none_left(db, line, series_kind)
        return replace(found, left=left)


def _of_year(symbol: str, on: date) -> bool:
    """An electronic series names its year (``26TAA``): its numbers run from 1 January to 31 December (254/2026 Điều 23)."""
    year = _ELECTRONIC.fullmatch(symbol)
    return year is None or int(year[1]) == on.year % 100


def next_number(db: Folding, line: LineState, key: tuple[str, str], first: int) -> int:
    """The number after the last one used of (grant, period)."""
    last_number, last_seq = db.last_use(key) or (first - 1, 0)
    # A restored copy lacks records that may have used numbers: each at most one, so that many are skipped.
    lost = line.lost if line.lost and last_seq <= line.frozen_at else 0
    return last_number + 1 + lost


def check(db: Folding, line: LineState, fact: Fact) -> None:
    """Raise NumberError unless every number of ``fact`` is the next of its grant, and Incident for frozen money."""
    if line.state == FROZEN and isinstance(fact, MONEY):
        raise Incident("TP-09")
    for use in uses(db, fact):
        grant = use.granted
        expected = next_number(db, line, use.key, grant.first)
        if grant.line != line.line or use.number != expected or use.number > grant.last:
            raise NumberError(f"{grant.series_kind}: {use.number} is not the next number, {expected}")
    if isinstance(fact, ReceiptIssued):
        total = series_total(db, line.line, fact.symbol, fact.series_id) + fact.total_vnd
        if fact.series_total_vnd != total:
            raise NumberError(f"series_total_vnd: {fact.series_total_vnd} instead of {total}")
        if db.grant(fact.grant) is None:
            raise NumberError("receipt: its number belongs to no grant")


def series_total(db: Folding, line: int, symbol: str, series_id: int) -> int:
    """Everything ever taken by ``line`` on a series, in đồng."""
    row = db.execute(
        "SELECT coalesce(sum(u.total_vnd), 0) FROM grant_ g JOIN series_use u ON u.grant_id = g.grant_id"
        " WHERE g.line = ? AND g.series_kind LIKE 'receipt%' AND g.series_id = ? AND g.symbol = ?",
        (line, series_id, symbol),
    ).fetchone()
    return int(row[0])


def _none_left(db: Folding, line: LineState, series_kind: str) -> Refused:
    row = db.execute(
        "SELECT symbol FROM grant_ WHERE line = ? AND series_kind = ? ORDER BY series_id DESC LIMIT 1",
        (line.line, series_kind),
    ).fetchone()
    symbol = row[0] if row else ""
    if series_kind in RECEIPTS:
        return Refused("TP-08", series=symbol, n=0)
    return Refused("DL-13", symbol=symbol, series_kind=series_kind)
