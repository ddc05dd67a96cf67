"""The days a report is about: a day, week, month, quarter, year, or two days chosen freely.

The official forms close a quarter on the 14th of its last month (Thông tư 01/2020/TT-VPCP; law-and-forms §11.2): their
quarter I runs from 15 December to 14 March, their year from 15 December to 14 December.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desk_app.domain.errors import Refused

OFFICIAL_CLOSING = 14


class Span(StrEnum):
    """How long a period is; RANGE is chosen freely."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included.

    ``closing``: the day of the month on which quarters and years of this report end, 0 = the calendar's.
    """

    span: Span
    first: date
    last: date
    closing: int = 0

    @property
    def title(self) -> str:
        """``Quý IV/2026``, ``Quý IV/2026, chốt 14/12/2026``, ``Từ 01/11/2026 đến 25/11/2026``."""
        closed = f", chốt {_day(self.last)}" if self.closing else ""
        match self.span:
            case Span.DAY:
                return f"Ngày {_day(self.first)}"
            case Span.WEEK:
                return f"Tuần từ {_day(self.first)} đến {_day(self.last)}"
            case Span.MONTH:
                return f"Tháng {self.first.month:02d}/{self.first.year}"
            case Span.QUARTER:
                return f"Quý {('I', 'II', 'III', 'IV')[(self.last.month - 1) // 3]}/{self.last.year}{closed}"
            case Span.YEAR:
                return f"Năm {self.last.year}{closed}"
            case Span.RANGE:
                return f"Từ {_day(self.first)} đến {_day(self.last)}"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """The period that ends the day before this one begins."""
        if self.span is Span.RANGE:
            return between(self.first - timedelta(days=self.days), self.first - timedelta(days=1))
        return period_of(self.span, self.first - timedelta(days=1), self.closing)

    def after(self) -> Period:
        """The period that begins the day after this one ends."""
        if self.span is Span.RANGE:
            return between(self.last + timedelta(days=1), self.last + timedelta(days=self.days))
        return period_of(self.span, self.last + timedelta(days=1), self.closing)

    def closed_on(self, closing: int, today: date) -> Period:
        """The same quarter or year under another closing day, the one of ``today`` staying that of today."""
        if self.span not in (Span.QUARTER, Span.YEAR) or closing == self.closing:
            return self
        inside = today if self.first <= today <= self.last else self.last.replace(day=1)
        return period_of(self.span, inside, closing)


def period_of(span: Span, day: date, closing: int = 0) -> Period:
    """The period of that length in which ``day`` lies; weeks begin on Monday. ``closing``: as in ``Period``."""
    match span:
        case Span.WEEK:
            first = day - timedelta(days=day.weekday())
            return Period(span, first, first + timedelta(days=6))
        case Span.MONTH:
            return Period(span, day.replace(day=1), _month_end(day))
        case Span.QUARTER:
            return _closing_in(span, day, closing, months=3)
        case Span.YEAR:
            return _closing_in(span, day, closing, months=12)
        case _:
            return Period(span, day, day)


def between(first: date, last: date) -> Period:
    """The days chosen freely. Refuses BC-01: the last day is before the first."""
    if last < first:
        raise Refused("BC-01")
    return Period(Span.RANGE, first, last)


def _closing_in(span: Span, day: date, closing: int, months: int) -> Period:
    """The quarter or year that ends with the month (or on its ``closing`` day) which ``day`` comes before or lies in."""
    last_month = ((day.month - 1) // months + 1) * months
    last = _end_of(day.year, last_month, closing)
    if day > last:
        year, month = _add_months(day.year, last_month, months)
        last = _end_of(year, month, closing)
    year, month = _add_months(last.year, last.month, -months)
    return Period(span, _end_of(year, month, closing) + timedelta(days=1), last, closing)


def _end_of(year: int, month: int, closing: int) -> date:
    return date(year, month, closing) if closing else _month_end(date(year, month, 1))


def _add_months(year: int, month: int, by: int) -> tuple[int, int]:
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def _month_end(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
