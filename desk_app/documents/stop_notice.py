"""Thông báo dừng giải quyết hồ sơ (Mẫu số 05 of 2025; the wording is ours, the form was not seen)."""

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
from desk_app.documents.text import Block, Run, bold

TITLE = "THÔNG BÁO"
SUBJECT = "Về việc dừng giải quyết hồ sơ"


@dataclass(frozen=True)
class StopNotice:
    """What the notice says; `ground`: the request to stop with its date, or that the term for supplement ran out."""

    letterhead: Letterhead
    number: str  # 03/TB-UBND
    agency: str
    written_on: date
    title_of_person: str
    person_name: str
    dossier_code: str
    procedure_name: str
    received_on: date
    ground: str  # Căn cứ đề nghị dừng của …, ngày … | Căn cứ việc hết thời hạn bổ sung …
    stage: str
    stopped_from: date
    returned: tuple[str, ...]
    money: str  # đã nộp … đồng | phải hoàn … theo …
    signer_title: str
    signer_name: str
    copies_to: tuple[str, ...] = ("Như trên;", "Lưu: VT.")
    on_behalf: str = ""
    copies: int = 3
    marks: tuple[Mark, ...] = ()


def render(data: StopNotice) -> bytes:
    """The copies in one PDF."""
    lines = Lines(A4.text_width)
    received = long_date(data.received_on).removeprefix("ngày ")  # the label says it already
    body: list[Block] = [
        head(data.letterhead, data.written_on, data.number),
        title(TITLE, lines.width, marks=data.marks, gap=16),
        lines.text(Run(SUBJECT, Face.BOLD), align="centre"),
        Gap(2),
        dear(data.title_of_person, data.person_name, lines.width),
        Gap(2),
        lines.paragraph(
            "Mã hồ sơ: ", bold(data.dossier_code),
            f"; thủ tục: {data.procedure_name}; ngày tiếp nhận: {received}.",
        ),
        lines.paragraph(f"{data.ground}."),
        lines.paragraph(f"Giai đoạn giải quyết: {data.stage}; kết quả chưa được ký."),
        lines.paragraph(
            f"{data.agency} thông báo dừng giải quyết hồ sơ kể từ ", bold(long_date(data.stopped_from)), "."
        ),
        lines.paragraph(f"Giấy tờ trả lại: {'; '.join(data.returned) or 'không có'}."),
        lines.paragraph(f"Phí, lệ phí: {data.money}./."),
    ]  # fmt: skip
    signer = Signer(data.signer_title, data.signer_name, "(Ký, ghi rõ họ tên và đóng dấu)")
    tail = [signed_by_head(signer, data.copies_to, lines.width, on_behalf=data.on_behalf)]
    foot = foot_note(data.marks, lines.width)
    code = f"Mã hồ sơ: {data.dossier_code}"
    layout = Layout(A4, f"{TITLE} {SUBJECT}", data.agency, body, tail, foot, data.marks, code)
    return to_pdf(*[layout] * data.copies)
