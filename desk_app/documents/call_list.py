"""A list the office makes for itself to telephone by: a landscape sheet with a table and the signature of who made it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4_LANDSCAPE, Layout, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block


class CallList(Protocol):
    """What every such list knows."""

    @property
    def letterhead(self) -> Letterhead: ...
    @property
    def desk_name(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def officer_name(self) -> str: ...
    @property
    def marks(self) -> tuple[Mark, ...]: ...


def call_list(data: CallList, name: str, words: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bytes:
    """One copy: ``name`` as its title, ``words`` above the table."""
    lines = Lines(A4_LANDSCAPE.text_width)
    style = Style(size=10.5, side=0.9 * MM, air=1.8, leading=1.18, least=13)
    body: list[Block] = [
        head(data.letterhead, data.at, left=130, width=267),
        title(name, lines.width, marks=data.marks, gap=8),
        lines.text(words),
        Gap(1.5),
        *table(columns, rows, style),
    ]
    layout = Layout(
        A4_LANDSCAPE, name, data.desk_name, body,
        [signatures((Signer("NGƯỜI LẬP", data.officer_name),), lines.width, free=18)],
        foot_note(data.marks, lines.width), data.marks, code=name, air=0,
    )  # fmt: skip
    return to_pdf(layout)
