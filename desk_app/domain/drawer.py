"""The drawer at the end of a day: sheets by denomination, what should be there, and which day's book may be closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.errors import Refused
from sync.protocol.money_facts import DENOMINATIONS

__all__ = ["DENOMINATIONS", "GRACE", "Expected", "counted_vnd", "due_day", "forgotten", "oldest_day"]

#: Until then money may be taken although an earlier day's book is open (TP-07).
GRACE = time(10, 0)
MAX_SHEETS = 99_999


@dataclass(frozen=True, slots=True)
class Expected:
    """What the drawer should hold, in đồng: this closing's cash, cash of a later day's book, change money."""

    cash_vnd: int
    later_cash_vnd: int
    float_vnd: int

    @property
    def total_vnd(self) -> int:
        return self.cash_vnd + self.later_cash_vnd + self.float_vnd


def counted_vnd(sheets: Sequence[int]) -> int:
    """The sum of a count. Refuses TP-33 unless it has a number of sheets (0 … 99.999) for every denomination."""
    if len(sheets) != len(DENOMINATIONS) or any(not 0 <= n <= MAX_SHEETS for n in sheets):
        raise Refused("TP-33")
    return sum(n * value for n, value in zip(sheets, DENOMINATIONS, strict=True))


def due_day(folded: str, calendar: WorkCalendar) -> date:
    """The book that open money belongs to: its own day, or the next working day when it came after a closing ("+")."""
    day = date.fromisoformat(folded.removesuffix("+"))
    if not folded.endswith("+"):
        return day
    return next_working(day, calendar)


def next_working(day: date, calendar: WorkCalendar) -> date:
    """``day`` itself when it is a working day, else the first one after; the day itself where the calendar ends."""
    if not calendar.covers_day(day):
        return day
    return day if calendar.is_working(day) else calendar.next_working(day)


def oldest_day(folded: Sequence[str], today: date, calendar: WorkCalendar) -> date:
    """The day whose book is closed next: the oldest with open money, else today."""
    days = [due_day(text, calendar) for text in folded]
    return min([*days, today])


def forgotten(folded: Sequence[str], now: datetime, calendar: WorkCalendar) -> date | None:
    """The oldest day before today whose book is still open; None when there is none."""
    day = oldest_day(folded, now.date(), calendar)
    return day if day < now.date() else None


def must_close_first(folded: Sequence[str], now: datetime, calendar: WorkCalendar) -> date | None:
    """The forgotten day, once the time of grace is over: then no money is taken before it is closed."""
    day = forgotten(folded, now, calendar)
    late = day is not None and (now.time() >= GRACE or now.date() - day > timedelta(days=31))
    return day if late else None
