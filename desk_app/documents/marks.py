"""Marks laid over a paper (frame beside the title, pale word across, foot line): training, copies, replaced, late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk_app.documents.fonts import Face, clean, word_width
from desk_app.documents.formats import clock, moment, short_date
from desk_app.documents.ink import MM, Ink

LARGEST = 46  # points, the word across the sheet
DEGREES = 14


@dataclass(frozen=True)
class Mark:
    """A word that tells a paper from the first, living one; `foot` says who printed it and when."""

    lines: tuple[str, ...]
    foot: str = ""

    @property
    def word(self) -> str:
        """The words on one line, as laid across the sheet."""
        return " ".join(self.lines)


def training() -> Mark:
    """`BẢN TẬP HUẤN`: made while practising; worth nothing."""
    return Mark(("BẢN TẬP HUẤN",))


def reprint(times: int, at: datetime, officer_name: str) -> Mark:
    """`BẢN IN LẠI LẦN n`: a slip printed again; the counter belongs to the document."""
    return _printed(("BẢN IN LẠI", f"LẦN {times}"), at, officer_name)


def receipt_copy(times: int, at: datetime, officer_name: str) -> Mark:
    """`BẢN SAO (IN LẠI LẦN n)`: Thông tư 303/2016/TT-BTC Điều 4 asks for the words on a second print of a receipt."""
    return _printed(("BẢN SAO", f"(IN LẠI LẦN {times})"), at, officer_name)


def replaced(at: datetime, officer_name: str) -> Mark:
    """`ĐÃ THAY THẾ`: an electronic receipt that another one replaces."""
    return _printed(("ĐÃ THAY THẾ",), at, officer_name)


def void(at: datetime, officer_name: str) -> Mark:
    """`ĐÃ XÓA BỎ`: a paper receipt taken back; its number stays."""
    return _printed(("ĐÃ XÓA BỎ",), at, officer_name)


def entered_late(happened_at: datetime, entered_at: datetime) -> Mark:
    """`LẬP SAU (mất điện, mất mạng)`: written down by hand first, with the true time and the time of entry."""
    foot = f"LẬP SAU (mất điện, mất mạng): việc lúc {moment(happened_at)}; nhập máy lúc {moment(entered_at)}."
    return Mark(("LẬP SAU", "(mất điện, mất mạng)"), foot)


def _printed(lines: tuple[str, ...], at: datetime, officer_name: str) -> Mark:
    when = f"lúc {clock(at)}, ngày {short_date(at)}"
    return Mark(lines, f"{' '.join(lines)}, {when}, người in: {officer_name}.")


def draw_across(ink: Ink, marks: Sequence[Mark], width: float, height: float) -> None:
    """Lay the words across a page of `width` × `height` points, one above the other when there are several."""
    for number, mark in enumerate(marks):
        text = clean(mark.word)
        em = word_width(text, Face.BOLD)
        size = min(LARGEST, 0.86 * width / em)
        shift = (number - (len(marks) - 1) / 2) * 42 * MM
        ink.across(text, size, width / 2, height / 2 + shift, DEGREES)
