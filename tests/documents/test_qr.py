"""The codes on paper: digits only, readable, modules of 0.4 mm and more."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.documents.ink import MM, Ink
from desk_app.documents.qr import draw_qr
from tests.documents.reading import picture_of


def _sheet(code: str, side: float) -> bytes:
    ink = Ink(40 * MM, 40 * MM, title="", author="")
    ink.begin_page(40 * MM, 40 * MM)
    draw_qr(ink, code, 5 * MM, 5 * MM, side * MM)
    ink.end_page()
    return ink.finish()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789", min_size=8, max_size=60))
def test_any_run_of_digits_reads_back(code: str) -> None:
    found = zxingcpp.read_barcodes(picture_of(_sheet(code, 22), 150))
    assert [barcode.text for barcode in found] == [code]


@pytest.mark.parametrize("code", ["H99.12-261125-0011", "", "12 34", "１２３４"])
def test_anything_but_digits_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="decimal digits"):
        _sheet(code, 22)


def test_modules_finer_than_a_desk_printer_are_refused() -> None:
    with pytest.raises(ValueError, match="under 0"):
        _sheet("1" * 200, 12)
