"""Apology for a late dossier (Mẫu số 04): issued by the settling agency, printed before the appointed hour passes.

2018: Phiếu xin lỗi và hẹn lại ngày trả kết quả (Thông tư 01/2018/TT-VPCP). 2025: Văn bản xin lỗi và đề nghị gia hạn
thời gian giải quyết (Thông tư 03/2025/TT-VPCP; its wording was not seen: the text of 2018 stands under the new name).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.blocks import Foot, Letterhead, Signer, feedback_line, foot, head, signed_by_head, title
from desk_app.documents.boxes import Framed, Gap
from desk_app.documents.formats import long_date, moment, weekday
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block, Text, bold

TITLE_2018 = "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
TITLE_2025 = "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"
BRING = "mang theo Giấy tiếp nhận hồ sơ và hẹn trả kết quả, thẻ căn cước."


@dataclass(frozen=True)
class ApologyLetter:
    """What the letter says. One form of address (`Ông`, `Bà`, `Ông/Bà`, `tổ chức`) for the whole sheet."""

    letterhead: Letterhead
    number: str  # 02/PXL-UBND
    letter_code: str  # decimal digits of the QR
    regime_2025: bool
    agency: str  # Ủy ban nhân dân xã Hòa Mẫu
    desk_short_name: str  # Trung tâm PVHCC xã Hòa Mẫu
    written_on: date
    address_form: str
    person_name: str
    received_on: date
    dossier_code: str
    due_at: datetime
    cause: str
    new_date: date
    signer_title: str  # CHỦ TỊCH
    signer_name: str
    feedback: str
    on_behalf: str = ""  # KT. CHỦ TỊCH
    nothing_more_to_pay: bool = True
    copies: int = 3
    marks: tuple[Mark, ...] = ()


def render(data: ApologyLetter) -> bytes:
    """The copies (citizen, desk, archive) in one PDF. Raises ValueError without a cause."""
    if not data.cause.strip():
        raise ValueError("an apology names its cause")
    return to_pdf(*[_layout(data)] * data.copies)


def _layout(data: ApologyLetter) -> Layout:
    lines = Lines(A4.text_width)
    name = TITLE_2025 if data.regime_2025 else TITLE_2018
    you = data.address_form
    body: list[Block] = [
        head(data.letterhead, data.written_on, data.number),
        title(name, lines.width, marks=data.marks, gap=18),
        lines.text(f"Kính gửi: {_capital(you)} ", bold(data.person_name), gap=8, align="centre"),
        Gap(2),
        *_story(data, lines),
        _date_frame(data, lines),
        *([_nothing_more(you, lines)] if data.nothing_more_to_pay else []),
        lines.paragraph(f"Mong nhận được sự thông cảm của {you} vì sự chậm trễ này./."),
    ]
    signer = Signer(data.signer_title, data.signer_name, "(Ký, ghi rõ họ tên và đóng dấu)")
    copies_to = ("Như trên;", f"{data.desk_short_name};", "Lưu: VT.")
    bottom = Foot(data.letter_code, ((bold("Khi đến nhận kết quả: "), BRING), feedback_line(data.feedback)))
    return Layout(
        A4, name, data.agency, body, [signed_by_head(signer, copies_to, lines.width, on_behalf=data.on_behalf)],
        foot(bottom, lines.width, data.marks), data.marks, code=f"Mã số: {data.dossier_code}",
    )  # fmt: skip


def _story(data: ApologyLetter, lines: Lines) -> list[Block]:
    you, agency = data.address_form, data.agency
    return [
        lines.paragraph(
            f"N{long_date(data.received_on)[1:]}, {agency} tiếp nhận giải quyết hồ sơ của "
            f"{_lower(you)} {data.person_name}; mã số: ",
            bold(data.dossier_code), ".",
        ),
        lines.paragraph(f"Thời gian hẹn trả kết quả: {moment(data.due_at)}."),
        lines.paragraph(
            f"Tuy nhiên đến nay, {agency} chưa trả kết quả giải quyết hồ sơ của {you} đúng thời hạn quy định ghi trong "
            f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Lý do: {data.cause}"
        ),
        lines.paragraph(f"Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của {you}."),
        lines.paragraph(f"{agency} xin lỗi {you} và sẽ trả kết quả giải quyết hồ sơ cho {you} vào"),
    ]  # fmt: skip


def _date_frame(data: ApologyLetter, lines: Lines) -> Block:
    parts = (bold(long_date(data.new_date)), f" ({weekday(data.new_date)})")
    text = Text(parts, 95 * MM, size=14, align="centre", leading=1.2)
    return Framed(text, 99 * MM, pad=3 * MM, side=2 * MM, around=3 * MM, offset=(lines.width - 99 * MM) / 2)


def _nothing_more(you: str, lines: Lines) -> Text:
    return lines.paragraph(f"{_capital(you)} không phải nộp thêm giấy tờ, phí, lệ phí do sự chậm trễ này.")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
    """The form of address before a name inside a sentence: `ông Phạm Văn Tuấn`."""
    return words.lower()
