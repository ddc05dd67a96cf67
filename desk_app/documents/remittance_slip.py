"""Phiếu nộp tiền phí, lệ phí vào Kho bạc: what a month brought, what goes to the treasury, what is still to go.

Law: last month's fees go into the waiting account by the 5th (Thông tư 226/2016 Điều 6, 281/2016 Điều 6). Form: ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import amount, money
from desk_app.documents.lines import Lines, framed_line
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block, italic

TITLE = "PHIẾU NỘP TIỀN PHÍ, LỆ PHÍ"
COLUMNS = (Column("Nội dung", 115), Column("Số tiền (đồng)", 50, "r"))


@dataclass(frozen=True)
class RemittanceSlip:
    """What the slip says; money in đồng. `month` such as 11/2026."""

    letterhead: Letterhead
    desk_name: str
    at: datetime
    month: str
    collected: int
    remitted_before: int
    amount: int
    balance: int
    amount_words: str
    account: str
    reference: str
    officer_name: str
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: RemittanceSlip) -> bytes:
    """The copies in one PDF."""
    lines = Lines(A4.text_width)
    rows = (
        (f"Phí, lệ phí thu trong tháng {data.month}", amount(data.collected)),
        (f"Đã nộp trước đó của tháng {data.month}", amount(data.remitted_before)),
        (Cell("Nộp lần này", Face.BOLD), Cell(amount(data.amount), Face.BOLD)),
        ("Còn phải nộp (tất cả các tháng)", amount(data.balance)),
    )
    body: list[Block] = [
        head(data.letterhead, data.at),
        title(TITLE, lines.width, sub=f"(Tháng {data.month})", marks=data.marks, gap=12),
        Gap(2),
        lines.field("Nộp vào tài khoản Kho bạc:", data.account),
        lines.field("Số chứng từ:", data.reference),
        Gap(2),
        *table(COLUMNS, rows, Style(size=12)),
        Gap(2),
        framed_line(f"Số tiền nộp: {money(data.amount)}", lines.width),
        lines.text("(Viết bằng chữ): ", italic(data.amount_words)),
    ]
    signers = (
        Signer("NGƯỜI NỘP", data.officer_name), Signer("KẾ TOÁN", ""), Signer("XÁC NHẬN CỦA LÃNH ĐẠO", ""),
    )  # fmt: skip
    tail = [signatures(signers, lines.width, size=12)]
    foot = foot_note(data.marks, lines.width)
    return to_pdf(*[Layout(A4, TITLE, data.desk_name, body, tail, foot, data.marks, TITLE)] * data.copies)
