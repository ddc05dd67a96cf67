"""Biên bản xóa bỏ biên lai (paper regime): the number stays, all liên come back, the payer signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import moment, money, short_date
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block

TITLE = "BIÊN BẢN XÓA BỎ BIÊN LAI"


@dataclass(frozen=True)
class VoidMinutes:
    """What the minutes say; money in đồng. `new_number` is empty when no receipt was issued again."""

    letterhead: Letterhead
    desk_name: str
    at: datetime
    place: str
    form: str
    series: str
    number: str
    issued_on: date
    payer_name: str
    amount: int
    reason: str
    returned_sheets: int
    new_number: str
    paid_back: int
    collector_name: str
    leader_name: str = ""
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: VoidMinutes) -> bytes:
    """The copies in one PDF. Raises ValueError without a reason."""
    if not data.reason.strip():
        raise ValueError("a void receipt needs its reason")
    lines = Lines(A4.text_width)
    body: list[Block] = [
        head(data.letterhead, data.at),
        title(TITLE, lines.width, marks=data.marks, gap=16),
        Gap(2),
        lines.text(f"Hôm nay, {moment(data.at)}, tại {data.place}"),
        lines.text(
            f"Mẫu số: {data.form}; ký hiệu: {data.series}; số: {data.number}; ngày lập: {short_date(data.issued_on)}"
        ),
        lines.text(f"Người nộp: {data.payer_name}; số tiền: {money(data.amount)}"),
        lines.field("Lý do xóa bỏ:", data.reason),
        lines.text(f"Số liên thu hồi: {data.returned_sheets}"),
        lines.field("Biên lai lập lại (nếu có):", f"số {data.new_number}" if data.new_number else ""),
        lines.text(f"Số tiền trả lại: {money(data.paid_back)}"),
    ]
    signers = (
        Signer("NGƯỜI NỘP TIỀN", data.payer_name),
        Signer("NGƯỜI THU TIỀN", data.collector_name),
        Signer("XÁC NHẬN CỦA LÃNH ĐẠO", data.leader_name),
    )
    tail = [Gap(2), signatures(signers, lines.width, size=11)]
    foot = foot_note(data.marks, lines.width)
    layout = Layout(A4, TITLE, data.desk_name, body, tail, foot, data.marks, f"Biên lai số {data.number}", air=4)
    return to_pdf(*[layout] * data.copies)
