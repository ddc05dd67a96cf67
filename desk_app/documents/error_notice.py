"""Thông báo sai sót (Mẫu số 04/SS-CTĐT): what is wrong on an electronic receipt and what is right; no new receipt.

The tax form itself was not seen; its items are (Thông tư 91/2026/TT-BTC Điều 20), the arrangement is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import money, short_date
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block, bold

TITLE = "THÔNG BÁO SAI SÓT BIÊN LAI ĐIỆN TỬ"
FORM = "(Mẫu số 04/SS-CTĐT)"
COLUMNS = (
    Column("Ký hiệu mẫu số", 20, "c"), Column("Ký hiệu", 18, "c"), Column("Số", 16, "c"), Column("Ngày lập", 24, "c"),
    Column("Nội dung sai", 42), Column("Nội dung đúng", 45),
)  # fmt: skip


@dataclass(frozen=True)
class ErrorNotice:
    """What the notice says; money in đồng. `paid_back` > 0 only when the whole sum was collected by mistake."""

    letterhead: Letterhead
    desk_name: str
    number: str
    at: datetime
    collector: str
    tax_code: str
    form: str
    series: str
    receipt_number: str
    issued_at: datetime
    payer_name: str
    amount: int
    wrong: str
    right: str
    reason: str
    paid_back: int
    officer_name: str
    leader_name: str = ""
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: ErrorNotice) -> bytes:
    """The copies in one PDF: one for the payer, one for the file. Raises ValueError when nothing is wrong."""
    if not data.wrong.strip():
        raise ValueError("a notice says what is wrong")
    lines = Lines(A4.text_width)
    row: Sequence[str] = (
        data.form, data.series, data.receipt_number, short_date(data.issued_at), data.wrong, data.right,
    )  # fmt: skip
    body: list[Block] = [
        head(data.letterhead, data.at, data.number),
        title(TITLE, lines.width, sub=FORM, marks=data.marks, gap=12),
        Gap(2),
        lines.field("Tên tổ chức thu:", bold(data.collector)),
        lines.field("Mã số thuế:", data.tax_code),
        lines.field("Người nộp tiền:", data.payer_name),
        lines.text(f"Số tiền trên biên lai: {money(data.amount)}"),
        Gap(2),
        *table(COLUMNS, [row], Style(size=11)),
        Gap(2),
        lines.field("Lý do:", data.reason),
        *([lines.text(f"Số tiền trả lại người nộp: {money(data.paid_back)}")] if data.paid_back else []),
        lines.paragraph("Biên lai trên vẫn giữ nguyên số trong sổ; không lập biên lai khác thay cho biên lai này./."),
    ]
    signers = (Signer("NGƯỜI LẬP", data.officer_name), Signer("XÁC NHẬN CỦA LÃNH ĐẠO", data.leader_name))
    tail = [signatures(signers, lines.width)]
    foot = foot_note(data.marks, lines.width)
    code = f"04/SS-CTĐT số {data.number}"
    return to_pdf(*[Layout(A4, TITLE, data.desk_name, body, tail, foot, data.marks, code)] * data.copies)
