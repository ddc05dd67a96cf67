"""Dates, hours and money as written on paper."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.documents.formats import amount, groups, long_date, moment, money, short_date, two, weekday


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 25), "ngày 25 tháng 11 năm 2026"),
    ],
)
def test_a_zero_stands_before_days_under_ten_and_months_one_and_two(day: date, written: str) -> None:
    assert long_date(day) == written


def test_hours_and_minutes_have_two_digits() -> None:
    assert moment(datetime.fromisoformat("2026-11-25T07:05")) == "07 giờ 05 phút, ngày 25 tháng 11 năm 2026"


def test_weekdays_begin_with_monday() -> None:
    assert [weekday(date(2026, 11, day)) for day in (23, 28, 29)] == ["Thứ Hai", "Thứ Bảy", "Chủ nhật"]


def test_short_dates_have_two_digits() -> None:
    assert short_date(date(2026, 1, 5)) == "05/01/2026"


@given(st.integers(-(10**12), 10**12))
def test_money_reads_back(dong: int) -> None:
    assert int(amount(dong).replace(".", "")) == dong
    assert money(dong).endswith(" đồng")
    assert all(len(group.lstrip("-")) == 3 for group in amount(dong).split(".")[1:])


def test_counts_have_a_zero_before_one_to_nine_only() -> None:
    assert [two(count) for count in (1, 9, 10, 100)] == ["01", "09", "10", "100"]


def test_digits_stand_in_groups_of_four() -> None:
    assert groups("1099122611250000118") == "1099 1226 1125 0000 118"
