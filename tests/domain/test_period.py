"""Periods: the calendar's, and the official ones that close on the 14th."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.period import OFFICIAL_CLOSING, Span, period_of

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "first", "last", "title"),
    [
        ("2026-01-01", "2025-12-15", "2026-03-14", "Quý I/2026, chốt 14/03/2026"),
        ("2026-03-14", "2025-12-15", "2026-03-14", "Quý I/2026, chốt 14/03/2026"),
        ("2026-03-15", "2026-03-15", "2026-06-14", "Quý II/2026, chốt 14/06/2026"),
        ("2026-11-25", "2026-09-15", "2026-12-14", "Quý IV/2026, chốt 14/12/2026"),
        ("2026-12-15", "2026-12-15", "2027-03-14", "Quý I/2027, chốt 14/03/2027"),
    ],
)
def test_an_official_quarter_closes_on_the_fourteenth(day: str, first: str, last: str, title: str) -> None:
    period = period_of(Span.QUARTER, date.fromisoformat(day), OFFICIAL_CLOSING)
    assert (str(period.first), str(period.last), period.title) == (first, last, title)


def test_an_official_year_runs_from_15_december_to_14_december() -> None:
    period = period_of(Span.YEAR, date(2026, 12, 14), OFFICIAL_CLOSING)
    assert (str(period.first), str(period.last), period.title) == (
        "2025-12-15",
        "2026-12-14",
        "Năm 2026, chốt 14/12/2026",
    )


@given(day=DAYS, span=st.sampled_from(list(Span)), closing=st.sampled_from((0, 14)))
def test_periods_follow_one_another_without_gap_and_hold_their_day(day: date, span: Span, closing: int) -> None:
    period = period_of(span, day, closing)
    assert period.first <= day <= period.last
    assert period.after().first == period.last + timedelta(days=1)
    assert period.before().last == period.first - timedelta(days=1)
    assert period.after().before() == period


@given(day=DAYS, span=st.sampled_from((Span.QUARTER, Span.YEAR)))
def test_another_closing_day_keeps_the_name_of_a_past_period(day: date, span: Span) -> None:
    today = date(2036, 12, 31)
    usual = period_of(span, day)
    official = usual.closed_on(OFFICIAL_CLOSING, today)
    assert official.title.startswith(usual.title + ",")
    assert official.closed_on(0, today) == usual
