"""Sổ chứng thực: one book for each kind of certification, numbers without gap over the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.books import Book, pages
from desk_app.documents.formats import amount, short_date
from desk_app.documents.ink import MM
from desk_app.documents.page import A4_LANDSCAPE, to_pdf
from desk_app.documents.table import Cell, Column
from desk_app.documents.text import Block, Text

TITLE = "SỔ CHỨNG THỰC"
COLUMNS = (
    Column("Số chứng thực", 20, "c"), Column("Ngày, tháng, năm chứng thực", 26, "c"),
    Column("Họ tên người yêu cầu chứng thực", 46), Column("Tên bản chính giấy tờ, văn bản", 62),
    Column("Họ tên, chức danh người ký chứng thực", 46), Column("Số bản sao đã chứng thực", 20, "c"),
    Column("Phí chứng thực", 21, "r"), Column("Ghi chú", 26),
)  # fmt: skip
ROW_HEIGHT = 12  # mm


@dataclass(frozen=True)
class Certification:
    """One act: number of the year, day, who asked, which original, who signed, how many copies, fee in đồng."""

    number: int
    day: date
    requester_name: str
    document_name: str
    signer: str  # name, office
    copies: int
    fee: int
    note: str = ""
    struck: bool = False


@dataclass(frozen=True)
class CertificationBook:
    """Acts of one book in order; `closing` is the sentence that closes the year (empty before)."""

    book: Book
    acts: tuple[Certification, ...]
    closing: str = ""


def render(data: CertificationBook) -> bytes:
    """The pages of the book."""
    rows = [_row(act) for act in data.acts]
    closing: list[Block] = [Text(data.closing, A4_LANDSCAPE.text_width, size=12, gap=2 * MM)] if data.closing else []
    return to_pdf(*pages(data.book, TITLE, COLUMNS, rows, size=11, row_height=ROW_HEIGHT, tail=closing))


def _row(act: Certification) -> Sequence[str | Cell]:
    texts = (
        short_date(act.day), act.requester_name, act.document_name, act.signer, str(act.copies), amount(act.fee),
    )  # fmt: skip
    return (str(act.number), *(Cell(text, strike=act.struck) for text in texts), act.note)
