"""Phiếu hướng dẫn nơi nộp hồ sơ: where a request belongs when this desk does not take it. Not a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.lines import Lines, dear
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block, bold

TITLE = "PHIẾU HƯỚNG DẪN NƠI NỘP HỒ SƠ"
ONLINE = "Cổng Dịch vụ công quốc gia"


@dataclass(frozen=True)
class ReferralSlip:
    """What the slip says. For khiếu nại, tố cáo `request` is just that word, no facts, and the name stays empty."""

    letterhead: Letterhead
    desk_name: str
    given_at: datetime
    request: str
    agency: str
    agency_address: str
    agency_phone: str
    opening_hours: str
    bring: str
    legal_basis: str
    officer_name: str
    reason: str = ""  # why not here
    title_of_person: str = "Ông (Bà)"
    person_name: str = ""
    online: bool = False  # the procedure can be handed in on the national portal
    marks: tuple[Mark, ...] = ()


def render(data: ReferralSlip) -> bytes:
    """One copy on A4."""
    lines = Lines(A4.text_width)
    person = dear(data.title_of_person, data.person_name, lines.width)
    blank = lines.field(f"Kính gửi: {data.title_of_person}", "")
    body: list[Block] = [
        head(data.letterhead, data.given_at),
        title(TITLE, lines.width, marks=data.marks, gap=16),
        Gap(3),
        person if data.person_name else blank,
        Gap(2),
        lines.field("Nội dung đề nghị:", data.request),
        *([lines.field("Lý do:", data.reason)] if data.reason else []),
        lines.field("Cơ quan tiếp nhận:", bold(data.agency)),
        lines.field("Địa chỉ:", data.agency_address),
        lines.field("Điện thoại:", data.agency_phone),
        lines.field("Giờ tiếp nhận:", data.opening_hours),
        *([lines.field("Nộp trực tuyến tại:", ONLINE)] if data.online else []),
        lines.field("Giấy tờ cần mang:", data.bring),
        lines.field("Căn cứ pháp lý:", data.legal_basis),
        Gap(3),
        signatures([Signer("NGƯỜI HƯỚNG DẪN", data.officer_name)], lines.width),
    ]
    return to_pdf(
        Layout(A4, TITLE, data.desk_name, body, foot=foot_note(data.marks, lines.width), marks=data.marks, air=4)
    )
