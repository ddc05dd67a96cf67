"""Amounts as officers type and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.errors import Refused
from desk_app.domain.money import format_dong, format_vnd, group, parse_vnd


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("7000", 7_000),
        ("7.000", 7_000),
        ("7,000", 7_000),
        ("7 000", 7_000),
        ("7k", 7_000),
        ("7 K", 7_000),
        ("7nghìn", 7_000),
        ("2tr", 2_000_000),
        ("1.234.567 đ", 1_234_567),
        ("15.000 đồng", 15_000),
        ("15000VND", 15_000),
        ("0", 0),
        (" 500 ", 500),
    ],
)
def test_what_an_officer_types_is_understood(typed: str, amount: int) -> None:
    assert parse_vnd(typed) == amount


@pytest.mark.parametrize(
    "typed", ["", "abc", "-5", "7.00", "7.5k", "1.2345", "1.234,567", "12 34", "٧", "9" * 13, "1e6"]
)
def test_what_can_be_read_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_vnd(typed)
    assert refused.value.code == "TP-21"


@given(st.integers(0, 999_999_999_999))
def test_a_written_amount_is_read_back(n: int) -> None:
    for text in (group(n), format_vnd(n), format_dong(n), str(n)):
        assert parse_vnd(text) == n


def test_groups_have_dots() -> None:
    assert (group(15_000), format_vnd(15_000), format_dong(1_000_000)) == ("15.000", "15.000 đ", "1.000.000 đồng")
