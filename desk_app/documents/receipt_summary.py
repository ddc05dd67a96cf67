"""Bảng tổng hợp dữ liệu biên lai điện tử (Mẫu số 01/TH-BLĐT): sent as data each day; this is its print on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import amount, short_date
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4_LANDSCAPE, Layout, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block

TITLE = "BẢNG TỔNG HỢP DỮ LIỆU BIÊN LAI ĐIỆN TỬ"
FORM = "(Mẫu số 01/TH-BLĐT)"
COLUMNS = (
    Column("STT", 9, "c"), Column("Ký hiệu mẫu số biên lai", 18, "c"), Column("Ký hiệu biên lai", 18, "c"),
    Column("Số biên lai", 17, "c"), Column("Ngày tháng năm lập biên lai", 23, "c"),
    Column("Tên loại thuế, phí, lệ phí", 40), Column("Số tiền", 22, "r"), Column("Tỷ giá", 13, "c"),
    Column("Trạng thái", 20), Column("Kỳ điều chỉnh dữ liệu", 20, "c"), Column("Thông tin biên lai liên quan", 26),
    Column("Giải trình", 22), Column("Ghi chú", 19),
)  # fmt: skip


@dataclass(frozen=True)
class SummaryLine:
    """One receipt; `state` is mới or thay thế, `related` the receipt it replaces. In đồng, so no rate of exchange."""

    form: str
    series: str
    number: str
    issued_on: date
    levy_name: str
    amount: int
    state: str
    adjusted_period: str = ""
    related: str = ""
    explanation: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReceiptSummary:
    """The receipts of one day and who answers for the list."""

    letterhead: Letterhead
    desk_name: str
    day: date
    lines: tuple[SummaryLine, ...]
    maker_name: str
    leader_name: str = ""
    marks: tuple[Mark, ...] = ()


def render(data: ReceiptSummary) -> bytes:
    """The list on A4 landscape."""
    lines = Lines(A4_LANDSCAPE.text_width, 12)
    rows = [_row(index, line) for index, line in enumerate(data.lines, start=1)]
    body: list[Block] = [
        head(data.letterhead, data.day, left=130, width=lines.width / MM),
        title(TITLE, lines.width, sub=FORM, marks=data.marks, gap=8),
        lines.text(f"Ngày {short_date(data.day)}", align="centre"),
        Gap(1.5),
        *table(COLUMNS, rows, Style(size=10, side=0.9 * MM, air=1.6, leading=1.18), numbered=True),
    ]
    signers = (Signer("NGƯỜI LẬP BẢNG", data.maker_name), Signer("XÁC NHẬN CỦA LÃNH ĐẠO", data.leader_name))
    tail = [signatures(signers, lines.width, free=20)]
    foot = foot_note(data.marks, lines.width)
    code = f"01/TH-BLĐT ngày {short_date(data.day)}"
    return to_pdf(Layout(A4_LANDSCAPE, TITLE, data.desk_name, body, tail, foot, data.marks, code, air=0))


def _row(index: int, line: SummaryLine) -> Sequence[str]:
    return (
        str(index), line.form, line.series, line.number, short_date(line.issued_on), line.levy_name,
        amount(line.amount), "", line.state, line.adjusted_period, line.related, line.explanation, line.note,
    )  # fmt: skip
