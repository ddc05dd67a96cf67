"""A bar chart on paper: one bar a row, parts told apart by fill and hatch, values printed; black ink only."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.fonts import Face
from desk_app.documents.ink import MM, Ink
from desk_app.documents.text import Text, wrap
from desk_app.domain.report import Bar

ROW = 5.2 * MM
_LABEL = 0.34  # of the width
_SPACING = (0.8, 1.6, 3.2)  # points between the lines of a part's hatch: dark, middle, light


class Bars:
    """Bars of ``rows``; ``parts`` names the parts in the legend."""

    __slots__ = ("_parts", "_rows", "_width", "height")

    def __init__(self, rows: Sequence[Bar], parts: Sequence[str], width: float) -> None:
        self._rows, self._parts, self._width = rows, parts, width
        self.height = (len(rows) + 1) * ROW + 2 * MM

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw legend and bars."""
        self._legend(ink, x, top)
        left = self._width * _LABEL
        most = max((sum(bar.values) for bar in self._rows), default=0)
        room = self._width - left - 22 * MM
        for number, bar in enumerate(self._rows, start=1):
            y = top + number * ROW
            label = bar.label
            lines = wrap([label], 9, left - 2 * MM)
            Text(label if len(lines) == 1 else _cut(label, left - 2 * MM), left - 2 * MM, size=9, leading=1.2).draw(
                ink, x, y + 1
            )
            at = x + left
            for part, value in enumerate(bar.values):
                size = room * value / most if most else 0.0
                if size > 0:
                    _fill(ink, at, y + 0.9 * MM, size, ROW - 1.8 * MM, part)
                    at += size
            Text(bar.words, 21 * MM, size=9, face=Face.BOLD, leading=1.2).draw(ink, at + 1 * MM, y + 1)

    def split(self, room: float) -> None:
        """A chart is not cut."""

    def _legend(self, ink: Ink, x: float, top: float) -> None:
        at = x
        for part, name in enumerate(self._parts):
            _fill(ink, at, top + 0.9 * MM, 6 * MM, ROW - 2.2 * MM, part)
            width = wrap([name], 9, 1000)[0].width + 2
            Text(name, width, size=9, leading=1.2).draw(ink, at + 7 * MM, top)
            at += 7 * MM + width + 5 * MM


def _fill(ink: Ink, x: float, top: float, width: float, height: float, part: int) -> None:
    ink.box(x, top, width, height, 0.5)
    step = _SPACING[part % len(_SPACING)]
    at = step
    while at < width:
        ink.rule(x + at, top, x + at, top + height)
        at += step


def _cut(label: str, width: float) -> str:
    while label and len(wrap([label + "…"], 9, width)) > 1:
        label = label[:-1].rstrip()
    return label + "…"
