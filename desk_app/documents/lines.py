"""Lines of a form: label and value, dots where a value is missing, two on a line, paragraphs, the framed line."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.documents.boxes import Beside, Framed
from desk_app.documents.fonts import Face
from desk_app.documents.ink import MM
from desk_app.documents.text import LEADING, Part, Run, Text, bold


def field(label: str, value: Part, width: float, *, size: float = 13, leading: float = LEADING, gap: float = 0) -> Text:
    """`Label: value`; an empty value prints dots to write on, the line is never dropped."""
    text = value.text if isinstance(value, Run) else value
    return Text((f"{label} ", value), width, size=size, leading=leading, gap=gap, leader=not text.strip())


def dear(title_of_person: str, name: str, width: float, size: float = 13) -> Text:
    """`Kính gửi: Bà …`, centred."""
    return Text(
        (f"Kính gửi: {title_of_person} ".replace("  ", " "), bold(name)), width, size=size, align="centre", gap=2
    )


def framed_line(text: str, width: float, *, size: float = 14) -> Framed:
    """The one thing to remember, in bold, in a frame as wide as the paper."""
    line = Text(text, width - 6 * MM, size=size, face=Face.BOLD, leading=1.2)
    return Framed(line, width, pad=1 * MM, side=3 * MM, around=1 * MM)


@dataclass(frozen=True)
class Lines:
    """How the lines of one paper are set: width in points, letter size, leading."""

    width: float
    size: float = 13
    leading: float = LEADING

    def field(self, label: str, value: Part) -> Text:
        """`Label: value` over the whole width."""
        return field(label, value, self.width, size=self.size, leading=self.leading)

    def pair(self, first: tuple[str, Part], second: tuple[str, Part], at: float = 0.5) -> Beside:
        """Two labels on a line, the second beginning at the share `at` of the width."""
        start = self.width * at
        left = field(*first, start - 6, size=self.size, leading=self.leading)
        right = field(*second, self.width - start, size=self.size, leading=self.leading)
        return Beside([(0, left), (start, right)])

    def text(self, *parts: Part, gap: float = 0, align: str = "left") -> Text:
        """Plain words."""
        return Text(parts, self.width, size=self.size, leading=self.leading, gap=gap, align=align)

    def paragraph(self, *parts: Part, gap: float = 5) -> Text:
        """A paragraph of a letter: first line set in, both edges straight."""
        return Text(parts, self.width, size=self.size, leading=self.leading, gap=gap, indent=10 * MM, align="justify")
