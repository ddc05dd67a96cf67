"""Posting of many procedures on A3: one field, or the whole list, with term, fee and who settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import short_date
from desk_app.documents.page import Layout, to_pdf
from desk_app.documents.posters import SHEET, head_wide
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block, Text


@dataclass(frozen=True)
class ListedProcedure:
    """One line of the list; ``field`` starts a heading when it changes."""

    field: str
    name: str
    code: str
    term: str
    fee: str
    agency: str


@dataclass(frozen=True)
class ListPoster:
    """What the posting says. ``title``: of the field or of the whole list."""

    letterhead: Letterhead
    title: str
    lines: tuple[ListedProcedure, ...]
    feedback: str
    posted_on: date
    catalogue_version: str


def render(data: ListPoster) -> bytes:
    """As many A3 sheets as the list needs; every sheet repeats the head of the table."""
    width = SHEET.text_width
    columns = (
        Column("STT", 14, "c"), Column("Tên thủ tục hành chính", 100), Column("Mã số", 26, "c"),
        Column("Thời hạn", 36), Column("Phí, lệ phí", 44), Column("Cơ quan giải quyết", 47),
    )  # fmt: skip
    rows: list[tuple[str | Cell, ...]] = []
    field = ""
    many = len({line.field for line in data.lines}) > 1
    for number, line in enumerate(data.lines, 1):
        if many and line.field != field:
            field = line.field
            rows.append((Cell(f"Lĩnh vực: {field}", Face.BOLD, span=6),))
        rows.append((str(number), line.name, line.code, line.term, line.fee, line.agency))
    body: list[Block] = [
        head_wide(data.letterhead, width),
        Gap(6),
        Text(data.title, width, size=34, face=Face.SANS_BOLD, align="centre", leading=1.15, even=True),
        Gap(5),
        *table(columns, rows, Style(size=14, air=3)),
        Gap(4),
        Text(f"Phản ánh, kiến nghị: {data.feedback}", width, size=15, face=Face.SANS, leading=1.2),
    ]
    last = f"Niêm yết ngày {short_date(data.posted_on)}; danh mục bản {data.catalogue_version}."
    foot = Text(last, width, size=11, face=Face.SANS)
    return to_pdf(Layout(SHEET, data.title, data.letterhead.own, body, foot=foot, air=0))
