"""Tables with wrapping cells; the head is repeated on every page and a cell longer than a page goes on overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.documents.boxes import Stack
from desk_app.documents.fonts import Face
from desk_app.documents.ink import MM, Ink
from desk_app.documents.text import Part, Text

ALIGN = {"l": "left", "c": "centre", "r": "right"}


@dataclass(frozen=True)
class Column:
    """Head (line breaks as given), width in mm, alignment of the cells (l, c or r)."""

    head: str
    width: float
    align: str = "l"


@dataclass(frozen=True)
class Cell:
    """A cell that differs from its column: mixed faces, bold, struck through, or over several columns."""

    parts: Sequence[Part] | str
    face: Face = Face.REGULAR
    align: str = ""
    span: int = 1
    strike: bool = False
    small: tuple[str, ...] = ()  # further lines, 1 pt smaller


@dataclass(frozen=True)
class Style:
    """Letter size in points, air in the cells in points, least row height in mm."""

    size: float = 12
    side: float = 1.5 * MM
    air: float = 1.4
    leading: float = 1.2
    least: float = 0


class Row:
    """One row; `head` is the block to repeat above it when it starts a page."""

    __slots__ = ("_cells", "_edges", "_style", "head", "height")

    def __init__(
        self, cells: list[tuple[float, list[Text]]], edges: list[float], style: Style, head: Head | None
    ) -> None:
        self._cells, self._edges, self._style, self.head = cells, edges, style, head
        tallest = max(sum(text.height for text in texts) for _, texts in cells)
        self.height = max(tallest + 2 * style.air, style.least * MM)

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the frame of the row and its cells."""
        ink.grid([x + edge for edge in self._edges], top, top + self.height)
        for offset, texts in self._cells:
            y = top + self._style.air
            for text in texts:
                text.draw(ink, x + offset, y)
                y += text.height

    def split(self, room: float) -> tuple[Row, Row] | None:
        """Cut every cell at the same height; at least two lines stay above."""
        room -= 2 * self._style.air
        above: list[tuple[float, list[Text]]] = []
        below: list[tuple[float, list[Text]]] = []
        for offset, texts in self._cells:
            lines = [(text, line) for text in texts for line in text.lines]
            used = 0.0
            fit = 0
            for text, _ in lines:
                used += text.size * text.leading
                if used > room:
                    break
                fit += 1
            if fit < min(2, len(lines)):
                return None
            above.append((offset, _cut(texts, 0, fit)))
            below.append((offset, _cut(texts, fit, len(lines))))
        return Row(above, self._edges, self._style, self.head), Row(below, self._edges, self._style, self.head)


def _cut(texts: list[Text], start: int, end: int) -> list[Text]:
    """The lines `start` to `end` of a cell, as texts."""
    kept: list[Text] = []
    seen = 0
    for text in texts:
        lines = text.lines[max(0, start - seen) : max(0, end - seen)]
        seen += len(text.lines)
        if lines:
            kept.append(text.part(lines))
    return kept or [texts[0].part([])]


class Head:
    """The head of a table: one level, or two when some columns share an upper head, and an optional row of numbers."""

    __slots__ = ("_edges", "_lower", "_numbers", "_placed", "height")

    def __init__(
        self, columns: Sequence[Column], style: Style, groups: Sequence[tuple[str, int, int]], *, numbered: bool
    ) -> None:
        self._edges = _edges(columns)
        shared = {index for _, first, last in groups for index in range(first, last + 1)}
        upper = [(first, last, self._text(label, first, last, style)) for label, first, last in groups]
        heads = [(index, self._text(column.head, index, index, style)) for index, column in enumerate(columns)]
        above = _tallest([text for _, _, text in upper], style)
        low = _tallest([text for index, text in heads if index in shared], style)
        alone = _tallest([text for index, text in heads if index not in shared], style)
        whole = max(above + low, alone)
        self._lower = whole
        self._placed = [(first, last, 0.0, above, text) for first, last, text in upper]
        self._placed += [
            (index, index, above if index in shared else 0.0, whole, text) for index, text in heads
        ]  # fmt: skip
        size = style.size - 1
        self._numbers = [
            Text(f"({index + 1})", column.width * MM, size=size, face=Face.ITALIC, align="centre", leading=1.3)
            for index, column in enumerate(columns)
            if numbered
        ]
        self.height = whole + (self._numbers[0].height if numbered else 0)

    def _text(self, label: str, first: int, last: int, style: Style) -> Stack:
        width = self._edges[last + 1] - self._edges[first] - 2
        return Stack([
            Text(line, width, size=style.size, face=Face.BOLD, align="centre", leading=style.leading, even=True)
            for line in label.split("\n")
        ])  # fmt: skip

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the frames and the heads, each in the middle of its frame."""
        for first, last, start, end, text in self._placed:
            left, right = x + self._edges[first], x + self._edges[last + 1]
            ink.grid([left, right], top + start, top + end)
            text.draw(ink, left + 1, top + (start + end - text.height) / 2)
        if self._numbers:
            ink.grid([x + edge for edge in self._edges], top + self._lower, top + self.height)
            for index, number in enumerate(self._numbers):
                number.draw(ink, x + self._edges[index], top + self._lower)

    def split(self, room: float) -> None:
        """Never cut."""


def _tallest(heads: Sequence[Stack], style: Style) -> float:
    return max(head.height for head in heads) + 2 * style.air if heads else 0.0


def _edges(columns: Sequence[Column]) -> list[float]:
    edges = [0.0]
    for column in columns:
        edges.append(edges[-1] + column.width * MM)
    return edges


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]], style: Style | None = None, *,
    groups: Sequence[tuple[str, int, int]] = (), numbered: bool = False,
) -> list[Head | Row]:  # fmt: skip
    """The blocks of a table: its head, then its rows."""
    style = style or Style()
    head = Head(columns, style, groups, numbered=numbered)
    edges = _edges(columns)
    return [head, *(_row(columns, edges, cells, style, head) for cells in rows)]


def _row(columns: Sequence[Column], edges: list[float], cells: Sequence[str | Cell], style: Style, head: Head) -> Row:
    placed: list[tuple[float, list[Text]]] = []
    frame = [0.0]
    index = 0
    for given in cells:
        cell = given if isinstance(given, Cell) else Cell(given)
        left, right = edges[index], edges[index + cell.span]
        align = ALIGN[cell.align or columns[index].align]
        width = right - left - 2 * style.side
        text = Text(
            cell.parts, width, size=style.size, face=cell.face, align=align, leading=style.leading, strike=cell.strike
        )
        more = [Text(line, width, size=style.size - 1, align=align, leading=style.leading) for line in cell.small]
        placed.append((left + style.side, [text, *more]))
        frame.append(right)
        index += cell.span
    return Row(placed, frame, style, head)
