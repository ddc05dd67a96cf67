"""Phiếu chuyển phản ánh, kiến nghị to the body that may decide, and the notice that tells the citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signed_by_head, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import long_date
from desk_app.documents.lines import Lines, dear
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block, Run

TITLE = "PHIẾU CHUYỂN"
NOTICE = "THÔNG BÁO"
NOTICE_SUBJECT = "Về việc chuyển phản ánh, kiến nghị"
SECRET_PERSON = "người phản ánh (đề nghị giữ bí mật)"
NOTE = "(Ký, ghi rõ họ tên và đóng dấu)"


@dataclass(frozen=True)
class TransferSlip:
    """What the slip says. `secret` hides name and address from the receiving body."""

    letterhead: Letterhead
    number: str  # 12/PC-UBND
    agency: str  # UBND xã Hòa Mẫu
    written_on: date
    to_agency: str
    received_on: date
    title_of_person: str
    person_name: str
    address: str
    feedback_code: str
    content: str
    legal_basis: str
    enclosed_sheets: int
    signer_title: str
    signer_name: str
    secret: bool = False
    on_behalf: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class TransferNotice:
    """The short notice to the citizen: to whom, when and under which number it went."""

    slip: TransferSlip
    number: str  # 13/TB-UBND
    contact: str


def render(data: TransferSlip) -> bytes:
    """One sheet for the receiving body."""
    lines = Lines(A4.text_width)
    person = f"{data.title_of_person.lower()} {data.person_name}, địa chỉ {data.address}"
    who = SECRET_PERSON if data.secret else person
    to_person = "người phản ánh" if data.secret else f"{data.title_of_person} {data.person_name}"
    body: list[Block] = [
        head(data.letterhead, data.written_on, data.number),
        title(TITLE, lines.width, marks=data.marks, gap=16),
        Gap(2),
        dear("", data.to_agency, lines.width),
        Gap(2),
        lines.paragraph(
            f"N{long_date(data.received_on)[1:]}, {data.agency} nhận được phản ánh, kiến nghị của {who}, mã "
            f"{data.feedback_code}, nội dung: {data.content}"
        ),
        lines.paragraph(f"Căn cứ {data.legal_basis}, nội dung trên thuộc thẩm quyền của {data.to_agency}."),
        lines.paragraph(
            f"{data.agency} chuyển {data.to_agency} để xem xét, giải quyết theo quy định và thông báo kết quả cho "
            f"người phản ánh và {data.agency}./."
        ),
        lines.paragraph(f"Tài liệu kèm theo: {data.enclosed_sheets} tờ"),
    ]
    copies_to = ("Như trên;", f"{to_person} (để biết);", "Lưu: VT.")
    tail = [_signed(data, copies_to, lines.width)]
    foot = foot_note(data.marks, lines.width)
    return to_pdf(Layout(A4, TITLE, data.agency, body, tail, foot, data.marks, f"Mã PAKN: {data.feedback_code}"))


def render_notice(data: TransferNotice) -> bytes:
    """One sheet for the citizen."""
    slip = data.slip
    lines = Lines(A4.text_width)
    body: list[Block] = [
        head(slip.letterhead, slip.written_on, data.number),
        title(NOTICE, lines.width, marks=slip.marks, gap=16),
        lines.text(Run(NOTICE_SUBJECT, Face.BOLD), align="centre"),
        Gap(2),
        dear(slip.title_of_person, slip.person_name, lines.width),
        Gap(2),
        lines.paragraph(
            f"Phản ánh, kiến nghị mã {slip.feedback_code} của {slip.title_of_person} thuộc thẩm quyền của "
            f"{slip.to_agency}. {slip.agency} đã chuyển đến {slip.to_agency} bằng Phiếu chuyển số {slip.number}, "
            f"{long_date(slip.written_on)}."
        ),
        lines.paragraph(f"Liên hệ: {data.contact}./."),
    ]
    tail = [_signed(slip, ("Như trên;", "Lưu: VT."), lines.width)]
    foot = foot_note(slip.marks, lines.width)
    code = f"Mã PAKN: {slip.feedback_code}"
    return to_pdf(Layout(A4, f"{NOTICE} {NOTICE_SUBJECT}", slip.agency, body, tail, foot, slip.marks, code))


def _signed(data: TransferSlip, copies_to: tuple[str, ...], width: float) -> Block:
    return signed_by_head(Signer(data.signer_title, data.signer_name, NOTE), copies_to, width, on_behalf=data.on_behalf)
