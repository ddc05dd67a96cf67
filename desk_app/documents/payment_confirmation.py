"""Giấy xác nhận đã thu: handed out where the agency signs its electronic receipts on a server; not a receipt yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import moment, money, short_date
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines, framed_line
from desk_app.documents.marks import Mark
from desk_app.documents.page import A5_LANDSCAPE, Layout, fit, to_pdf
from desk_app.documents.text import Block, bold, italic

TITLE = "GIẤY XÁC NHẬN ĐÃ THU"
SUB = "(chưa phải biên lai)"


@dataclass(frozen=True)
class PaymentConfirmation:
    """What the paper says; `amount` in đồng, `sent_to` an address or telephone, `sent_by` the last day."""

    letterhead: Letterhead
    desk_name: str
    number: str
    payer_name: str
    levy_name: str
    amount: int
    amount_words: str
    paid_at: datetime
    payment: str
    dossier_code: str
    officer_name: str
    sent_to: str
    sent_by: date
    marks: tuple[Mark, ...] = ()


def render(data: PaymentConfirmation) -> bytes:
    """One A5 sheet."""
    return to_pdf(fit(lambda setting: _layout(data, *setting), ((12.0, 16.0), (11.0, 12.0), (10.0, 10.0))))


def _layout(data: PaymentConfirmation, size: float, free: float) -> Layout:
    lines = Lines(A5_LANDSCAPE.text_width, size, 1.2)
    body: list[Block] = [
        head(data.letterhead, data.paid_at, data.number, left=88, width=lines.width / MM),
        title(TITLE, lines.width, sub=SUB, marks=data.marks, gap=3),
        Gap(1),
        lines.field("Người nộp tiền:", bold(data.payer_name)),
        lines.field("Tên loại phí, lệ phí:", data.levy_name),
        framed_line(f"Số tiền: {money(data.amount)}", lines.width),
        lines.text("(Viết bằng chữ): ", italic(data.amount_words)),
        lines.text(f"Thời gian thu: {moment(data.paid_at)}"),
        lines.pair(("Hình thức thanh toán:", data.payment), ("Mã hồ sơ:", data.dossier_code)),
        lines.text(f"Biên lai điện tử sẽ gửi tới: {data.sent_to} trước ngày {short_date(data.sent_by)}."),
    ]
    tail = [signatures([Signer("NGƯỜI THU TIỀN", data.officer_name)], lines.width, free=free, size=size)]
    foot = foot_note(data.marks, lines.width, 10)
    code = f"Số: {data.number}"
    return Layout(A5_LANDSCAPE, TITLE, data.desk_name, body, tail, foot, data.marks, code, air=1.5)
