"""Blocks made of blocks: side by side, one below the other, framed, blank room."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.ink import MM, Ink
from desk_app.documents.text import Block


class Gap:
    """Blank room of `mm` millimetres."""

    __slots__ = ("height",)

    def __init__(self, mm: float) -> None:
        self.height = mm * MM

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Nothing is drawn."""

    def split(self, room: float) -> None:
        """Room is not cut."""


class Stack:
    """Blocks one below the other that stay on one page."""

    __slots__ = ("blocks", "height")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.height = sum(block.height for block in blocks)

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw them from top to bottom."""
        for block in self.blocks:
            block.draw(ink, x, top)
            top += block.height

    def split(self, room: float) -> None:
        """Kept together."""


class Beside:
    """Blocks side by side at offsets in points; `middle` centres the lower ones on the tallest."""

    __slots__ = ("blocks", "height", "middle")

    def __init__(self, blocks: Sequence[tuple[float, Block]], *, middle: bool = False) -> None:
        self.blocks = blocks
        self.middle = middle
        self.height = max(block.height for _, block in blocks)

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw them, tops level unless centred."""
        for offset, block in self.blocks:
            down = (self.height - block.height) / 2 if self.middle else 0
            block.draw(ink, x + offset, top + down)

    def split(self, room: float) -> None:
        """Kept together."""


class Framed:
    """A block in a frame at least `least` points high; `pad` points of air inside, `around` above and below outside."""

    __slots__ = ("around", "block", "height", "inner", "offset", "pad", "side", "thick", "width")

    def __init__(
        self, block: Block, width: float, *, pad: float = 4, side: float = 8, around: float = 4, thick: float = 1.2,
        offset: float = 0, least: float = 0,
    ) -> None:  # fmt: skip
        self.offset, self.inner = offset, max(block.height + 2 * pad, least)
        self.block, self.width = block, width
        self.pad, self.side, self.around, self.thick = pad, side, around, thick
        self.height = self.inner + 2 * around

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the frame and what it holds."""
        x += self.offset
        ink.box(x, top + self.around, self.width, self.inner, self.thick)
        self.block.draw(ink, x + self.side, top + self.around + self.pad)

    def split(self, room: float) -> None:
        """Kept together."""


class Rule:
    """A horizontal line of `width` points starting `offset` points from the left, with air above and below it."""

    __slots__ = ("above", "height", "inner", "offset", "width")

    def __init__(self, width: float, *, offset: float = 0, above: float = 0, below: float = 0) -> None:
        self.width, self.offset, self.above = width, offset, above
        self.height = above + below

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the line."""
        ink.rule(x + self.offset, top + self.above, x + self.offset + self.width, top + self.above)

    def split(self, room: float) -> None:
        """A line is not cut."""
