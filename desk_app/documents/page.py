"""From blocks to PDF bytes: margins, pages, the foot at the bottom, page numbers, marks.

Deterministic: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from desk_app.documents.boxes import Stack
from desk_app.documents.ink import MM, Ink
from desk_app.documents.marks import Mark, draw_across
from desk_app.documents.table import Head, Row
from desk_app.documents.text import Block, Text

T = TypeVar("T")


class Paper(NamedTuple):
    """Sheet and margins in mm."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def text_width(self) -> float:
        """Points between the side margins."""
        return (self.width - self.left - self.right) * MM

    @property
    def text_height(self) -> float:
        """Points between the upper and the lower margin."""
        return (self.height - self.top - self.bottom) * MM


A4 = Paper(210, 297, 20, 15, 20, 30)
A4_LANDSCAPE = Paper(297, 210, 15, 15, 15, 15)
A5_LANDSCAPE = Paper(210, 148, 10, 10, 10, 10)
A5 = Paper(148, 210, 12, 12, 12, 12)
A3 = Paper(297, 420, 20, 20, 20, 20)

NUMBER_SIZE = 11  # points: page numbers, the repeated code
CARRIED = 2  # blocks of the text that go with the signatures when these need a new page


@dataclass(frozen=True)
class Layout:
    """One document (or one liên of it), laid out but not yet cut into pages.

    `tail` (signatures, notes) stays together on the last page and `foot` stands at its bottom. `code` is repeated at
    the top right from page 2 on. `running` heads every page of a book, its pages are numbered below from `first_page`.
    On a single page up to `air` points of what is left over are put below each block of the body.
    """

    paper: Paper
    title: str
    author: str
    body: Sequence[Block]
    tail: Sequence[Block] = ()
    foot: Block | None = None
    marks: tuple[Mark, ...] = ()
    code: str = ""
    running: Block | None = None
    first_page: int = 1
    air: float = 2.5


class _Page:
    """Blocks of one page with their offsets from the top of the text."""

    __slots__ = ("blocks", "used")

    def __init__(self) -> None:
        self.blocks: list[tuple[float, Block]] = []
        self.used = 0.0

    def put(self, block: Block) -> None:
        self.blocks.append((self.used, block))
        self.used += block.height


class _Flow:
    """Pages being filled, each with `room` points."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.air = 0.0
        self.pages = [_Page()]

    @property
    def left(self) -> float:
        return self.room - self.pages[-1].used

    def turn(self, block: Block) -> None:
        """Begin a page; a table that goes on repeats its head."""
        self.pages.append(_Page())
        if isinstance(block, Row) and block.head:
            self.pages[-1].put(block.head)

    def place(self, block: Block) -> None:
        """Put the block on this page or the next ones, cut where it may be."""
        rest: Block | None = block
        while rest is not None and rest.height > self.left + 0.01:
            parts = rest.split(self.left)
            if parts:
                self.pages[-1].put(parts[0])
                rest = parts[1]
            elif not self.pages[-1].blocks or self._only_head(rest):
                break  # fits no page: drawn all the same
            self.turn(rest)
        if rest is not None:
            self.pages[-1].put(rest)
            if not isinstance(rest, Row | Head):
                self.pages[-1].used += self.air

    def _only_head(self, block: Block) -> bool:
        blocks = self.pages[-1].blocks
        return isinstance(block, Row) and len(blocks) == 1 and blocks[0][1] is block.head


def pages_of(layout: Layout) -> int:
    """How many pages the layout takes."""
    return len(_paginate(layout))


def fit(build: Callable[[T], Layout], settings: Sequence[T]) -> Layout:
    """The first of `settings` (most spacious first) that takes the fewest pages."""
    best, fewest = build(settings[0]), 0
    for number, setting in enumerate(settings):
        layout = build(setting) if number else best
        count = pages_of(layout)
        if count == 1:
            return layout
        if not fewest or count < fewest:
            best, fewest = layout, count
    return best


def to_pdf(*layouts: Layout) -> bytes:
    """Draw the layouts one after the other into one PDF; each counts its own pages."""
    first = layouts[0]
    ink = Ink(first.paper.width * MM, first.paper.height * MM, title=first.title, author=first.author)
    for layout in layouts:
        _draw(ink, layout)
    return ink.finish()


def _paginate(layout: Layout) -> list[_Page]:
    flow = _Flow(layout.paper.text_height - (layout.running.height if layout.running else 0))
    foot = layout.foot.height if layout.foot else 0.0
    body = list(layout.body)
    ending = Stack(layout.tail)
    left = flow.room - sum(block.height for block in body) - ending.height - foot
    if left >= 0:
        flow.air = min(layout.air, 0.8 * left / max(1, len(body)))
    elif layout.tail or layout.foot:
        carried = Stack([*body[-CARRIED:], *layout.tail])
        if carried.height + foot < flow.room:
            del body[-CARRIED:]
            ending = carried
    for block in body:
        flow.place(block)
    if flow.pages[-1].blocks and ending.height + foot > flow.left + 0.01:
        flow.turn(ending.blocks[0] if ending.blocks else ending)
    flow.pages[-1].put(ending)
    return flow.pages


def _draw(ink: Ink, layout: Layout) -> None:
    paper = layout.paper
    pages = _paginate(layout)
    left, top = paper.left * MM, paper.top * MM
    for number, page in enumerate(pages, start=1):
        ink.begin_page(paper.width * MM, paper.height * MM)
        draw_across(ink, layout.marks, paper.width * MM, paper.height * MM)
        start = top
        if layout.running:
            layout.running.draw(ink, left, top)
            start += layout.running.height
        for offset, block in page.blocks:
            block.draw(ink, left, start + offset)
        if layout.foot and number == len(pages):
            layout.foot.draw(ink, left, top + paper.text_height - layout.foot.height)
        _number(ink, layout, number, len(pages))
        ink.end_page()


def _number(ink: Ink, layout: Layout, number: int, count: int) -> None:
    """Below every page of a book; on a paper of several pages below page 1, above the others with the code."""
    paper = layout.paper
    left, width = paper.left * MM, paper.text_width
    below = (paper.height - paper.bottom) * MM + 1 * MM
    above = (paper.top - 7) * MM
    if layout.running:
        text = f"Trang {layout.first_page + number - 1}"
        Text(text, width, size=NUMBER_SIZE, align="centre").draw(ink, left, below)
    elif count > 1 and number == 1:
        Text(f"Trang 1/{count}", width, size=NUMBER_SIZE, align="right").draw(ink, left, below)
    elif number > 1:
        Text(f"Trang {number}/{count}", width, size=NUMBER_SIZE, align="centre").draw(ink, left, above)
        Text(layout.code, width, size=NUMBER_SIZE, align="right").draw(ink, left, above)
