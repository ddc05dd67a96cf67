"""What the books share: cover, running head on every page, tables on A4 landscape with room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.documents.boxes import Beside, Gap, Stack
from desk_app.documents.fonts import Face
from desk_app.documents.ink import MM
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4_LANDSCAPE, Layout
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block, Text, wrap


@dataclass(frozen=True)
class Book:
    """Whose book it is, what it holds, which volume of which year; `first_page` of the pages printed now."""

    agency: str
    subject: str  # Lĩnh vực: Hộ tịch | Chứng thực bản sao từ bản chính
    volume: str
    year: int
    first_page: int = 1
    with_cover: bool = False
    marks: tuple[Mark, ...] = ()


def cover(book: Book, name: str) -> Layout:
    """The cover: agency, name of the book, what it holds, volume, year."""
    width = A4_LANDSCAPE.text_width
    lines: list[Block] = [
        Gap(16),
        Text(book.agency.upper(), width, size=14, face=Face.BOLD, align="centre", even=True),
        Gap(38),
        Text(name, width, size=26, face=Face.BOLD, align="centre"),
        Gap(4),
        Text(book.subject, width, size=16, align="centre"),
        Gap(26),
        Text(f"Quyển số: {book.volume}", width, size=14, align="centre"),
        Text(f"Năm: {book.year}", width, size=14, align="centre"),
    ]
    return Layout(A4_LANDSCAPE, name, book.agency, lines, marks=book.marks, air=0)


def pages(
    book: Book, name: str, columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]], *, size: float,
    row_height: float, groups: Sequence[tuple[str, int, int]] = (), tail: Sequence[Block] = (),
) -> list[Layout]:  # fmt: skip
    """The pages of a book (with its cover first when asked), head and column numbers repeated on each."""
    width = A4_LANDSCAPE.text_width
    style = Style(size=size, side=0.9 * MM, air=1.8, leading=1.18, least=row_height)
    middle = wrap([name], 11, width, face=Face.BOLD)[0].width + 12
    side = (width - middle) / 2
    volume = f"{book.subject} · Quyển số: {book.volume} · Năm: {book.year}"
    running = Stack([
        Beside([
            (0, Text(book.agency, side, size=11, leading=1.2)),
            (side, Text(name, middle, size=11, face=Face.BOLD, align="centre", leading=1.2)),
            (side + middle, Text(volume, side, size=11, align="right", leading=1.2)),
        ]),
        Gap(2),
    ])  # fmt: skip
    blocks = table(columns, rows, style, groups=groups, numbered=True)
    inner = Layout(
        A4_LANDSCAPE,
        name,
        book.agency,
        blocks,
        tail,
        None,
        book.marks,
        running=running,
        first_page=book.first_page,
        air=0,
    )
    return [cover(book, name), inner] if book.with_cover else [inner]
