"""Sổ tiếp nhận phản ánh, kiến nghị (Nghị định 20/2008/NĐ-CP Điều 9 asks for the book; its columns are ours)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.books import Book, pages
from desk_app.documents.formats import clock, short_date
from desk_app.documents.page import to_pdf
from desk_app.documents.table import Cell, Column

TITLE = "SỔ TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ"
COLUMNS = (
    Column("STT", 9, "c"), Column("Mã PAKN", 29, "c"), Column("Ngày, giờ tiếp nhận", 22, "c"),
    Column("Họ tên, địa chỉ, điện thoại", 38), Column("Hình thức", 18), Column("Tóm tắt nội dung", 43),
    Column("Phân loại", 22), Column("Cơ quan xử lý; số, ngày chuyển", 28), Column("Thời hạn", 16, "c"),
    Column("Kết quả; số, ngày văn bản trả lời", 26), Column("Ghi chú", 16),
)  # fmt: skip
SECRET = "(giữ bí mật)"
ROW_HEIGHT = 13  # mm


@dataclass(frozen=True)
class FeedbackEntry:
    """One feedback; a secret one shows `(giữ bí mật)` for the person."""

    number: int
    feedback_code: str
    received_at: datetime
    person: str  # name; address; telephone
    way: str
    summary: str
    kind: str
    handled_by: str
    due_on: date | None
    result: str = ""
    note: str = ""
    secret: bool = False


@dataclass(frozen=True)
class FeedbackBook:
    """Entries of one book, in order."""

    book: Book
    entries: tuple[FeedbackEntry, ...]


def render(data: FeedbackBook) -> bytes:
    """The pages of the book."""
    rows = [_row(entry) for entry in data.entries]
    return to_pdf(*pages(data.book, TITLE, COLUMNS, rows, size=9.5, row_height=ROW_HEIGHT))


def _row(entry: FeedbackEntry) -> Sequence[str | Cell]:
    received = Cell(short_date(entry.received_at), small=(clock(entry.received_at),))
    return (
        str(entry.number), entry.feedback_code, received, SECRET if entry.secret else entry.person, entry.way,
        entry.summary, entry.kind, entry.handled_by, short_date(entry.due_on) if entry.due_on else "", entry.result,
        entry.note,
    )  # fmt: skip
