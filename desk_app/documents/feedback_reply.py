"""Công văn trả lời phản ánh, kiến nghị: what was found, on which basis, what was done, where to go further."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, mark_frame, signed_by_head
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import long_date
from desk_app.documents.lines import Lines, dear
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, fit, to_pdf
from desk_app.documents.text import Block, bold

SUBJECT = "V/v trả lời phản ánh, kiến nghị của"


@dataclass(frozen=True)
class FeedbackReply:
    """What the letter says; whole sentences. `verdict` is đúng, đúng một phần or không đúng."""

    letterhead: Letterhead
    number: str  # 318/UBND-VP
    agency: str  # Ủy ban nhân dân xã Hòa Mẫu
    written_on: date
    title_of_person: str  # Ông
    person_name: str
    received_on: date
    feedback_code: str
    content: str  # restated, without the full stop
    findings: str
    legal_basis: str
    verdict: str
    done: str  # what was done by when
    apology: str  # a whole sentence when the agency is at fault, else empty
    contact: str
    signer_title: str  # CHỦ TỊCH
    signer_name: str
    on_behalf: str = "TM. ỦY BAN NHÂN DÂN"
    copies_to: tuple[str, ...] = ("Như trên;", "Lưu: VT.")
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: FeedbackReply) -> bytes:
    """The copies in one PDF. Raises ValueError when findings or legal basis are empty."""
    if not data.findings.strip() or not data.legal_basis.strip():
        raise ValueError("a reply names what was found and on which basis")
    layout = fit(lambda size: _layout(data, size), (13.0, 12.5))
    return to_pdf(*[layout] * data.copies)


def _layout(data: FeedbackReply, size: float) -> Layout:
    lines = Lines(A4.text_width, size)
    you, agency = data.title_of_person, data.agency
    subject = f"{SUBJECT} {you.lower()} {data.person_name}"
    body: list[Block] = [
        head(data.letterhead, data.written_on, data.number, below=subject),
        *([mark_frame(data.marks)] if data.marks else []),
        Gap(4),
        dear(you, data.person_name, lines.width),
        Gap(2),
        lines.paragraph(
            f"N{long_date(data.received_on)[1:]}, {agency} nhận được phản ánh của {you}, mã {data.feedback_code}, với "
            f"nội dung: {data.content}."
        ),
        lines.paragraph(f"{agency} đã kiểm tra và trả lời {you} như sau:"),
        lines.paragraph(f"1. Kết quả kiểm tra: {data.findings}"),
        lines.paragraph(f"2. Căn cứ pháp lý: {data.legal_basis}"),
        lines.paragraph(f"3. Kết luận: phản ánh của {you} là ", bold(data.verdict), f". {data.done}"),
        *([lines.paragraph(data.apology)] if data.apology else []),
        lines.paragraph(
            f"Nếu chưa đồng ý với nội dung trả lời, {you} có quyền tiếp tục phản ánh, kiến nghị hoặc khiếu nại theo "
            f"quy định của pháp luật. Liên hệ: {data.contact}./."
        ),
    ]
    signer = Signer(data.signer_title, data.signer_name, "")
    tail = [signed_by_head(signer, data.copies_to, lines.width, on_behalf=data.on_behalf)]
    foot = foot_note(data.marks, lines.width)
    return Layout(A4, subject, agency, body, tail, foot, data.marks, code=f"Số: {data.number}", air=2)
