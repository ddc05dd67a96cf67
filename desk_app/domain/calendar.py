"""The working calendar of an office: which days count, and when the desk opens and closes.

The days off are announced each year (Bộ luật Lao động Điều 111, 112), so they are data: nothing here computes Tết.
Beyond the years that the data covers only the weekday is known; `covers_day` says so and deadlines carry a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from desk_app.domain.errors import Refused

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_SATURDAY = 5
_DAY = timedelta(days=1)
_AHEAD = timedelta(days=30)
Hours = tuple[tuple[time, time], ...]


def weekday_name(day: date) -> str:
    """ "Thứ Hai" … "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off and worked Saturdays of one office, with its daily hours (local time of Vietnam).

    `holidays` names each weekday off; `swapped_in` maps a worked day off to the reason. `covers` is inclusive.
    """

    holidays: Mapping[date, str]
    swapped_in: Mapping[date, str]
    hours: Hours
    version: str
    covers: tuple[date, date]

    def covers_day(self, day: date) -> bool:
        """Whether the yearly notice for this day is in the data."""
        return self.covers[0] <= day <= self.covers[1]

    def missing_year(self, day: date) -> int | None:
        """The year that promises of these days reach into and whose notice is not in the data; None while all is there.

        Looked for a month ahead: by then the days off of a year have been announced (Bộ luật Lao động Điều 112).
        """
        ahead = day + _AHEAD
        return None if self.covers_day(ahead) else ahead.year

    def require(self, day: date) -> None:
        """Refuses DM-07 (`year`) when the calendar of that year has not been entered yet."""
        if not self.covers_day(day):
            raise Refused("DM-07", year=day.year)

    def is_working(self, day: date) -> bool:
        """Whether the day counts as a working day; beyond `covers` only weekends are days off."""
        if day in self.swapped_in:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def why_off(self, day: date) -> str | None:
        """Vietnamese name of the reason the office is closed, None on a working day."""
        if self.is_working(day):
            return None
        return self.holidays.get(day) or weekday_name(day)

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        day += _DAY
        while not self.is_working(day):
            day += _DAY
        return day

    def add_working(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is never counted."""
        for _ in range(count):
            day = self.next_working(day)
        return day

    def opening(self, day: date) -> time:
        """When the desk opens; the same every day until an office has seasons in its data."""
        del day
        return self.hours[0][0]

    def closing(self, day: date) -> time:
        """When the desk closes: the end of a working day for every term in days."""
        del day
        return self.hours[-1][1]

    def received(self, at: datetime) -> datetime:
        """The moment a dossier counts as received: on a day off or after closing, the next opening."""
        day = at.date()
        if not self.is_working(day) or at.time() > self.closing(day):
            day = self.next_working(day)
            return datetime.combine(day, self.opening(day))
        return max(at, datetime.combine(day, self.opening(day)))

    def with_days(self, off: Mapping[date, str], worked: Mapping[date, str], version: str) -> WorkCalendar:
        """This calendar with local extra days off and local worked days laid over it."""
        holidays = {**self.holidays, **off}
        swapped = {day: why for day, why in {**self.swapped_in, **worked}.items() if day not in off}
        return replace(self, holidays=MappingProxyType(holidays), swapped_in=MappingProxyType(swapped), version=version)
