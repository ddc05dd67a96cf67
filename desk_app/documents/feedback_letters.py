"""Two letters to somebody who gave feedback: it is not accepted (with the place to go), or the answer needs longer.

Not accepted: Nghị định 20/2008/NĐ-CP Điều 9, content by law-and-forms §9.5; the layout of the answer (papers.md §10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, mark_frame, signed_by_head, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import long_date, weekday
from desk_app.documents.lines import Lines, dear
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block, Run, bold

REFUSAL_SUBJECT = "V/v không tiếp nhận phản ánh, kiến nghị của"
NOTICE = "THÔNG BÁO"
EXTENSION_SUBJECT = "Về việc gia hạn trả lời phản ánh, kiến nghị"
NOTE = "(Ký, ghi rõ họ tên và đóng dấu)"


@dataclass(frozen=True)
class FeedbackLetter:
    """What both letters say: who wrote when about which feedback, how to reach the office, who signs."""

    letterhead: Letterhead
    number: str  # 319/UBND-PAKN, 14/TB-UBND
    agency: str  # Ủy ban nhân dân xã Hòa Mẫu
    written_on: date
    title_of_person: str  # Ông (Bà)
    person_name: str
    received_on: date
    feedback_code: str
    reason: str
    contact: str
    signer_title: str
    signer_name: str
    on_behalf: str = ""
    copies: int = 2
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class RefusalLetter:
    """``content`` restated; ``legal_basis``: the rule relied on; ``refer_to``: where the citizen should go instead."""

    letter: FeedbackLetter
    content: str
    legal_basis: str
    refer_to: str


@dataclass(frozen=True)
class ExtensionNotice:
    """``first_day``: the day promised first; ``new_day``: the day the answer comes by now."""

    letter: FeedbackLetter
    first_day: date
    new_day: date


def render_refusal(data: RefusalLetter) -> bytes:
    """The copies in one PDF. Raises ValueError without a reason, a rule or a place to go."""
    if not all(part.strip() for part in (data.letter.reason, data.legal_basis, data.refer_to)):
        raise ValueError("a refusal names its reason, its rule and the place to go")
    letter = data.letter
    you, lines = letter.title_of_person, Lines(A4.text_width)
    subject = f"{REFUSAL_SUBJECT} {you.lower()} {letter.person_name}"
    body: list[Block] = [
        head(letter.letterhead, letter.written_on, letter.number, below=subject),
        *([mark_frame(letter.marks)] if letter.marks else []),
        Gap(4),
        dear(you, letter.person_name, lines.width),
        Gap(2),
        lines.paragraph(f"{_came(letter)}, với nội dung: {data.content}."),
        lines.paragraph(f"{letter.agency} không tiếp nhận phản ánh, kiến nghị này vì: {letter.reason}."),
        lines.paragraph(f"Căn cứ: {data.legal_basis}."),
        lines.paragraph(f"{you} cần gửi đến: ", bold(data.refer_to), "."),
        lines.paragraph(
            f"Nếu chưa đồng ý, {you} có quyền tiếp tục phản ánh, kiến nghị theo quy định của pháp luật. Liên hệ: "
            f"{letter.contact}./."
        ),
    ]
    return _draw(letter, subject, body, lines.width)


def render_extension(data: ExtensionNotice) -> bytes:
    """The copies in one PDF. Raises ValueError when the new day is not after the first, or no reason is given."""
    letter, lines = data.letter, Lines(A4.text_width)
    if data.new_day <= data.first_day or not letter.reason.strip():
        raise ValueError("an extension has a reason and a later day")
    body: list[Block] = [
        head(letter.letterhead, letter.written_on, letter.number),
        title(NOTICE, lines.width, marks=letter.marks, gap=16),
        lines.text(Run(EXTENSION_SUBJECT, Face.BOLD), align="centre"),
        Gap(2),
        dear(letter.title_of_person, letter.person_name, lines.width),
        Gap(2),
        lines.paragraph(f"{_came(letter)} và hẹn trả lời trước {long_date(data.first_day)}."),
        lines.paragraph(f"Vụ việc cần thêm thời gian vì: {letter.reason}."),
        lines.paragraph(
            f"{letter.agency} sẽ trả lời chậm nhất ",
            bold(f"{long_date(data.new_day)} ({weekday(data.new_day)})"),
            ". Việc gia hạn chỉ thực hiện một lần.",
        ),
        lines.paragraph(f"Liên hệ: {letter.contact}./."),
    ]
    return _draw(letter, f"{NOTICE} {EXTENSION_SUBJECT}", body, lines.width)


def _came(letter: FeedbackLetter) -> str:
    you, day = letter.title_of_person, long_date(letter.received_on)
    return f"N{day[1:]}, {letter.agency} nhận được phản ánh, kiến nghị của {you}, mã {letter.feedback_code}"


def _draw(letter: FeedbackLetter, subject: str, body: list[Block], width: float) -> bytes:
    signer = Signer(letter.signer_title, letter.signer_name, NOTE)
    tail = [signed_by_head(signer, ("Như trên;", "Lưu: VT."), width, on_behalf=letter.on_behalf)]
    foot = foot_note(letter.marks, width)
    code = f"Mã PAKN: {letter.feedback_code}"
    layout = Layout(A4, subject, letter.agency, body, tail, foot, letter.marks, code)
    return to_pdf(*[layout] * letter.copies)
