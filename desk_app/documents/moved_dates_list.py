"""Danh sách hồ sơ đổi ngày hẹn trả: whom to tell that the table of days off has changed. The form is ours, of no source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk_app.documents.blocks import Letterhead
from desk_app.documents.call_list import call_list
from desk_app.documents.formats import moment, short_date, two
from desk_app.documents.marks import Mark
from desk_app.documents.table import Column

TITLE = "DANH SÁCH HỒ SƠ ĐỔI NGÀY HẸN TRẢ KẾT QUẢ"
COLUMNS = (
    Column("TT", 9, "c"), Column("Mã hồ sơ", 38, "c"), Column("Người nộp hồ sơ", 45), Column("Số điện thoại", 28, "c"),
    Column("Thủ tục", 62), Column("Hẹn cũ", 22, "c"), Column("Hẹn mới", 22, "c"),
    Column("Đã báo\n(ngày, giờ, ai nghe)", 41),
)  # fmt: skip


@dataclass(frozen=True)
class MovedDate:
    """One open dossier with the old and the new end of its term."""

    dossier_code: str
    person_name: str
    phone: str
    procedure: str
    was: datetime
    now: datetime


@dataclass(frozen=True)
class MovedDatesList:
    """What the list says; ``calendar``: the version of the table of days off that moves the dates."""

    letterhead: Letterhead
    desk_name: str
    at: datetime
    calendar: str
    dates: tuple[MovedDate, ...]
    officer_name: str
    marks: tuple[Mark, ...] = ()


def render(data: MovedDatesList) -> bytes:
    """One copy."""
    words = (
        f"Lập lúc {moment(data.at)}. Lịch nghỉ bản {data.calendar}. Tổng số: {two(len(data.dates))} hồ sơ. "
        "Ngày hẹn mới tính lại từ ngày nhận hồ sơ theo lịch nghỉ này."
    )
    return call_list(data, TITLE, words, COLUMNS, [_row(index, date) for index, date in enumerate(data.dates, start=1)])


def _row(index: int, date: MovedDate) -> Sequence[str]:
    return (
        str(index), date.dossier_code, date.person_name, date.phone, date.procedure,
        short_date(date.was.date()), short_date(date.now.date()), "",
    )  # fmt: skip
