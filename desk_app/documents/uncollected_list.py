"""Danh sách kết quả chưa đến nhận: whom to call, with room to note the call. The form is ours; none was found in a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.blocks import Letterhead
from desk_app.documents.call_list import call_list
from desk_app.documents.formats import amount, moment, short_date, two
from desk_app.documents.marks import Mark
from desk_app.documents.table import Column

TITLE = "DANH SÁCH KẾT QUẢ CHƯA ĐẾN NHẬN"
COLUMNS = (
    Column("TT", 9, "c"), Column("Mã hồ sơ", 38, "c"), Column("Người nộp hồ sơ", 40), Column("Số điện thoại", 27, "c"),
    Column("Địa chỉ", 41), Column("Nội dung hồ sơ", 42), Column("Có kết quả", 20, "c"),
    Column("Còn thu (đồng)", 20, "r"), Column("Đã gọi\n(ngày, giờ, ai nghe)", 30),
)  # fmt: skip


@dataclass(frozen=True)
class UncollectedResult:
    """One result that waits at the desk."""

    dossier_code: str
    person_name: str
    phone: str
    address: str
    content: str
    settled_on: date
    owed_vnd: int = 0


@dataclass(frozen=True)
class UncollectedList:
    """What the list says, the longest wait first."""

    letterhead: Letterhead
    desk_name: str
    at: datetime
    results: tuple[UncollectedResult, ...]
    officer_name: str
    marks: tuple[Mark, ...] = ()


def render(data: UncollectedList) -> bytes:
    """One copy."""
    words = f"Lập lúc {moment(data.at)}. Tổng số: {two(len(data.results))} kết quả."
    rows = [_row(index, result) for index, result in enumerate(data.results, start=1)]
    return call_list(data, TITLE, words, COLUMNS, rows)


def _row(index: int, result: UncollectedResult) -> Sequence[str]:
    return (
        str(index), result.dossier_code, result.person_name, result.phone, result.address, result.content,
        short_date(result.settled_on), amount(result.owed_vnd) if result.owed_vnd else "", "",
    )  # fmt: skip
