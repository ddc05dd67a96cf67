"""A choice on a form: a drawn square, crossed when chosen (the serif has no ballot boxes)."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.fonts import ASCENT, DESCENT
from desk_app.documents.ink import Ink
from desk_app.documents.text import LEADING, Text


class Choices:
    """A label and its choices, each behind a square; they run on to further lines when the width ends."""

    __slots__ = ("_leading", "_places", "_size", "height")

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, bool]],
        width: float,
        *,
        size: float = 13,
        leading: float = LEADING,
    ) -> None:
        self._size, self._leading = size, leading
        self._places: list[tuple[float, int, Text, bool | None]] = []
        head = Text(label, width, size=size, leading=leading)
        x = head.lines[-1].width + size * 0.5
        line = len(head.lines) - 1
        self._places.append((0, 0, head, None))
        for words, chosen in choices:
            text = Text(words, width - size, size=size, leading=leading)
            need = size + text.lines[0].width
            if x + need > width:
                x, line = 0.0, line + 1
            self._places.append((x, line, text, chosen))
            x += need + size * 0.9
            line += len(text.lines) - 1
        self.height = (line + 1) * size * leading

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw label, squares and words."""
        step = self._size * self._leading
        side = self._size * 0.68
        rise = (step - (ASCENT + DESCENT) * self._size) / 2 + ASCENT * self._size - side
        for offset, line, text, chosen in self._places:
            y = top + line * step
            if chosen is None:
                text.draw(ink, x + offset, y)
                continue
            left = x + offset
            ink.box(left, y + rise, side, side, 0.7)
            if chosen:
                ink.rule(left + 1.5, y + rise + 1.5, left + side - 1.5, y + rise + side - 1.5, 1)
                ink.rule(left + 1.5, y + rise + side - 1.5, left + side - 1.5, y + rise + 1.5, 1)
            text.draw(ink, left + self._size, y)

    def split(self, room: float) -> None:
        """Kept together."""
