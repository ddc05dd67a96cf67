"""The working calendar: announced days off, worked Saturdays, the end of what is known."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from desk_app.domain.calendar import WorkCalendar, weekday_name
from desk_app.domain.errors import Refused

HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
CALENDAR = WorkCalendar(
    {date(2026, 8, 31): "Nghỉ hoán đổi", date(2026, 11, 24): "Ngày Văn hóa Việt Nam"},
    {date(2026, 8, 22): "làm bù ngày 31/08/2026"},
    HOURS,
    "2026.1",
    (date(2026, 1, 1), date(2026, 12, 31)),
)


def test_each_day_off_has_a_name() -> None:
    assert CALENDAR.why_off(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"
    assert CALENDAR.why_off(date(2026, 8, 29)) == "Thứ Bảy"
    assert CALENDAR.why_off(date(2026, 8, 30)) == "Chủ nhật"
    assert CALENDAR.why_off(date(2026, 8, 28)) is None
    assert weekday_name(date(2026, 8, 31)) == "Thứ Hai"


def test_a_swapped_saturday_is_a_working_day() -> None:
    assert CALENDAR.is_working(date(2026, 8, 22))
    assert CALENDAR.next_working(date(2026, 8, 21)) == date(2026, 8, 22)
    assert CALENDAR.add_working(date(2026, 8, 28), 1) == date(2026, 9, 1)
    assert CALENDAR.add_working(date(2026, 8, 28), 0) == date(2026, 8, 28)


def test_the_end_of_the_announced_years_is_told() -> None:
    assert not CALENDAR.covers_day(date(2027, 1, 1))
    CALENDAR.require(date(2026, 12, 31))
    with pytest.raises(Refused) as refused:
        CALENDAR.require(date(2027, 1, 1))
    assert refused.value.values == {"year": 2027}


def test_early_arrivals_count_from_opening_and_late_ones_from_the_next_opening() -> None:
    assert CALENDAR.received(datetime(2026, 8, 28, 6)) == datetime(2026, 8, 28, 7, 30)
    assert CALENDAR.received(datetime(2026, 8, 28, 17)) == datetime(2026, 8, 28, 17)
    assert CALENDAR.received(datetime(2026, 8, 28, 17, 0, 1)) == datetime(2026, 9, 1, 7, 30)
    assert CALENDAR.received(datetime(2026, 8, 29, 9)) == datetime(2026, 9, 1, 7, 30)


def test_local_days_lie_over_the_national_calendar() -> None:
    flood = date(2026, 8, 26)
    local = CALENDAR.with_days({flood: "Nghỉ bão"}, {date(2026, 8, 29): "làm bù nghỉ bão"}, "2026.1+xã")
    assert local.why_off(flood) == "Nghỉ bão"
    assert local.is_working(date(2026, 8, 29))
    assert local.version == "2026.1+xã"
    assert CALENDAR.is_working(flood)
