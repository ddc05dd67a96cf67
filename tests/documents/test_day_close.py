"""The day's list of receipts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.documents import day_close
from tests.documents.reading import page_count, text_of
from tests.documents.samples import DAY_CLOSE


def test_struck_receipts_count_in_no_sum() -> None:
    assert (DAY_CLOSE.cash, DAY_CLOSE.transfer, DAY_CLOSE.difference) == (208_000, 28_000, 0)
    assert "Cộng 236.000 208.000 28.000" in text_of(day_close.render(DAY_CLOSE), 0)


def test_the_numbers_used_and_replaced_are_named() -> None:
    text = text_of(day_close.render(DAY_CLOSE), 0)
    assert "Biên lai sử dụng (EBL01, 26TAA): từ số 204 đến số 218, trong đó thay thế 01 số (211)." in text


def test_a_difference_without_a_reason_is_not_printed() -> None:
    short = replace(DAY_CLOSE, counted=(0, 0, 1, 1, 2, 1, 1, 1, 0, 0))
    with pytest.raises(ValueError, match="reason"):
        day_close.render(short)
    text = text_of(day_close.render(replace(short, difference_reason="thối nhầm 1.000 đồng")), 0)
    assert "Chênh lệch: -1.000 đồng. Lý do: thối nhầm 1.000 đồng." in text


def test_a_close_not_yet_confirmed_says_so() -> None:
    assert "chờ xác nhận" in text_of(day_close.render(replace(DAY_CLOSE, leader_name="")), 0)


def test_a_long_day_lies_and_repeats_its_head() -> None:
    many = replace(DAY_CLOSE, receipts=DAY_CLOSE.receipts * 5, counted=(2, 0, 0, 0, 2, 0, 0, 0, 0, 0))
    pdf = day_close.render(replace(many, copies=1))
    assert page_count(pdf) >= 3
    assert all("Số biên lai" in text_of(pdf, page) for page in range(page_count(pdf) - 1))


def test_money_that_came_in_no_way_is_not_printed() -> None:
    wrong = replace(DAY_CLOSE.receipts[0], cash=0)
    with pytest.raises(ValueError, match="do not make the amount"):
        day_close.render(replace(DAY_CLOSE, receipts=(wrong,)))
