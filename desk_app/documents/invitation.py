"""Giấy mời nhận kết quả: to a citizen whose result waits at the desk. The wording is ours; no form was found in a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import long_date, money
from desk_app.documents.lines import Lines, dear
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block, bold

TITLE = "GIẤY MỜI NHẬN KẾT QUẢ"


@dataclass(frozen=True)
class Invitation:
    """What the letter says. ``bring``: papers to come with; ``owed_vnd``: still to be paid, 0 prints no line."""

    letterhead: Letterhead
    desk_name: str
    written_on: date
    title_of_person: str
    person_name: str
    address: str
    phone: str
    dossier_code: str
    procedure_name: str
    settled_on: date
    place: str
    opening_hours: str
    bring: str
    officer_name: str
    officer_phone: str
    owed_vnd: int = 0
    marks: tuple[Mark, ...] = ()


def render(data: Invitation) -> bytes:
    """One copy on A4."""
    lines = Lines(A4.text_width)
    owed = [lines.field("Phí, lệ phí còn phải nộp:", money(data.owed_vnd))] if data.owed_vnd else []
    settled = long_date(data.settled_on)
    body: list[Block] = [
        head(data.letterhead, data.written_on),
        title(TITLE, lines.width, marks=data.marks, gap=16),
        Gap(3),
        dear(data.title_of_person, data.person_name, lines.width),
        Gap(2),
        lines.field("Địa chỉ:", data.address),
        lines.field("Số điện thoại:", data.phone),
        Gap(2),
        lines.paragraph(
            f"{data.desk_name} mời {data.title_of_person.lower()} đến nhận kết quả giải quyết hồ sơ mã ",
            bold(data.dossier_code), f" ({data.procedure_name}), đã có kết quả từ {settled}.",
        ),
        lines.field("Nơi nhận:", data.place),
        lines.field("Giờ làm việc:", data.opening_hours),
        lines.field("Khi đến mang theo:", data.bring),
        *owed,
        lines.field("Nếu có vướng mắc, liên hệ:", f"{data.officer_name}, số điện thoại {data.officer_phone}"),
        Gap(3),
        signatures([Signer("NGƯỜI MỜI", data.officer_name)], lines.width),
    ]  # fmt: skip
    foot = foot_note(data.marks, lines.width)
    return to_pdf(Layout(A4, TITLE, data.desk_name, body, foot=foot, marks=data.marks, air=4))
