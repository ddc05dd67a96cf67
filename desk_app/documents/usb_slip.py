"""Phiếu đi kèm USB: travels with the stick; both sides read the same check digits to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import amount, moment
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines, framed_line
from desk_app.documents.marks import Mark
from desk_app.documents.page import A5_LANDSCAPE, Layout, fit, to_pdf
from desk_app.documents.text import Block, bold

TITLE = "PHIẾU ĐI KÈM USB"


@dataclass(frozen=True)
class UsbSlip:
    """What the slip says. `digits`: two groups of four; `file` as it stands on the stick."""

    letterhead: Letterhead
    desk_name: str
    counter: str
    no: int
    file: str
    records: int
    receipts: int
    digits: str
    made_at: datetime
    officer_name: str
    marks: tuple[Mark, ...] = ()


def render(data: UsbSlip) -> bytes:
    """One A5 sheet."""
    return to_pdf(fit(lambda setting: _layout(data, *setting), ((12.0, 14.0), (11.0, 10.0), (10.0, 8.0))))


def _layout(data: UsbSlip, size: float, free: float) -> Layout:
    lines = Lines(A5_LANDSCAPE.text_width, size, 1.2)
    body: list[Block] = [
        head(data.letterhead, data.made_at, left=88, width=lines.width / MM),
        title(TITLE, lines.width, sub=f"USB số {data.no} của {data.counter}", marks=data.marks, gap=2),
        Gap(0.5),
        lines.field("Tệp:", bold(data.file)),
        lines.pair(("Số bản ghi:", amount(data.records)), ("trong đó biên lai:", amount(data.receipts))),
        framed_line(f"Số kiểm tra: {data.digits}", lines.width),
        lines.text(f"Chép xong và đọc lại lúc {moment(data.made_at)}."),
        lines.text("Nội dung đã mã hóa, chỉ máy chủ cấp trên đọc được; mất USB thì chép lại, không lộ dữ liệu."),
        lines.text("Mang USB trở về quầy để đọc phản hồi: mục chờ gửi chỉ hết khi có phản hồi."),
    ]
    signers = [Signer("NGƯỜI GIAO", data.officer_name), Signer("NGƯỜI NHẬN")]
    tail = [signatures(signers, lines.width, free=free, size=size)]
    foot = foot_note(data.marks, lines.width, 10)
    return Layout(A5_LANDSCAPE, TITLE, data.desk_name, body, tail, foot, data.marks, TITLE, air=1.5)
