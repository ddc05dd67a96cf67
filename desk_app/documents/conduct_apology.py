"""Thư xin lỗi for a wrong refusal, a repeated supplement or behaviour; never for a late dossier (that is Mẫu số 04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signed_by_head, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import long_date, weekday
from desk_app.documents.lines import Lines, dear
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block, bold

TITLE = "THƯ XIN LỖI"


@dataclass(frozen=True)
class ConductApology:
    """What the letter says, each part a whole sentence: what happened, whose fault, cause, what was corrected."""

    letterhead: Letterhead
    number: str
    agency: str
    written_on: date
    title_of_person: str
    person_name: str
    what_happened: str
    whose_fault: str
    cause: str
    corrected: str
    new_date: date | None
    contact_name: str
    contact_phone: str
    signer_title: str
    signer_name: str
    on_behalf: str = ""
    copies_to: tuple[str, ...] = ("Như trên;", "Lưu: VT.")
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: ConductApology) -> bytes:
    """The copies in one PDF. Raises ValueError when a part is missing: an apology says what it is for."""
    if not all(part.strip() for part in (data.what_happened, data.whose_fault, data.cause, data.corrected)):
        raise ValueError("an apology says what happened, whose fault it was, why, and what was corrected")
    lines = Lines(A4.text_width)
    you = data.title_of_person
    day = data.new_date
    when = f"{long_date(day)} ({weekday(day)})" if day else ""
    body: list[Block] = [
        head(data.letterhead, data.written_on, data.number),
        title(TITLE, lines.width, marks=data.marks, gap=18),
        Gap(2),
        dear(you, data.person_name, lines.width),
        Gap(2),
        *(lines.paragraph(part) for part in (data.what_happened, data.whose_fault, data.cause, data.corrected)),
        lines.paragraph(f"{data.agency} xin lỗi {you}."),
        *([lines.paragraph("Thời gian trả kết quả mới: ", bold(when), ".")] if day else []),
        lines.paragraph(f"Liên hệ: {data.contact_name}, số điện thoại {data.contact_phone}./."),
    ]
    signer = Signer(data.signer_title, data.signer_name, "(Ký, ghi rõ họ tên và đóng dấu)")
    tail = [signed_by_head(signer, data.copies_to, lines.width, on_behalf=data.on_behalf)]
    layout = Layout(
        A4, TITLE, data.agency, body, tail, foot_note(data.marks, lines.width), data.marks, f"Số: {data.number}"
    )
    return to_pdf(*[layout] * data.copies)
