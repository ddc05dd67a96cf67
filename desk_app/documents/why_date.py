"""How a return date came about, on one sheet for the citizen or the head: facts, day by day, the sum. No form of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.lines import Lines, framed_line
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block, bold

TITLE = "CÁCH TÍNH NGÀY TRẢ KẾT QUẢ"
COLUMNS = (Column("Ngày", 62), Column("Diễn giải", 80), Column("Đã tính", 23, "c"))


@dataclass(frozen=True)
class WhyDate:
    """What the sheet says; ``lines``: day, what it was, running count ("" when it did not count)."""

    letterhead: Letterhead
    desk_name: str
    printed_at: datetime
    dossier_code: str
    procedure_name: str
    facts: tuple[str, ...]
    lines: tuple[tuple[str, str, str], ...]
    total: str
    result: str
    note: str
    officer_name: str
    marks: tuple[Mark, ...] = ()


def render(data: WhyDate) -> bytes:
    """One copy."""
    lines = Lines(A4.text_width)
    body: list[Block] = [
        head(data.letterhead, data.printed_at),
        title(TITLE, lines.width, marks=data.marks, gap=12),
        Gap(1),
        lines.field("Mã hồ sơ:", bold(data.dossier_code)),
        lines.field("Thủ tục:", data.procedure_name),
        *(lines.text(f"- {fact}.") for fact in data.facts),
        Gap(1.5),
        *table(COLUMNS, [list(line) for line in data.lines], Style(size=11.5)),
        Gap(1),
        *([lines.text(f"{data.total}.")] if data.total else []),
        framed_line(data.result, lines.width),
        *([lines.text(f"Ghi chú: {data.note}.")] if data.note else []),
    ]
    return to_pdf(
        Layout(
            A4, TITLE, data.desk_name, body, [signatures([Signer("NGƯỜI IN", data.officer_name)], lines.width)],
            foot_note(data.marks, lines.width), data.marks, f"Mã hồ sơ: {data.dossier_code}", air=0,
        )
    )  # fmt: skip
