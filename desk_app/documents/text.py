"""Text of one or more lines: wrapping of mixed faces, alignment, dotted leaders. All sizes in points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from desk_app.documents.fonts import ASCENT, DESCENT, SPACE, Face, clean, word_width
from desk_app.documents.ink import Ink, Segment

LEADING = 1.25
BREAKS = "-/@"  # a word too long for its line is cut after one of these


class Block(Protocol):
    """Something of known height that can be drawn and, perhaps, cut where a page ends."""

    @property
    def height(self) -> float:
        """Points it takes from top to bottom."""

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw it with its upper left corner at (x, top)."""

    def split(self, room: float) -> tuple[Block, Block] | None:
        """The part that fits `room` points and the rest; None when nothing sensible fits or it may not be cut."""


class Run(NamedTuple):
    """Words set in one face."""

    text: str
    face: Face


Part = str | Run


def bold(text: str) -> Run:
    """Words in bold."""
    return Run(text, Face.BOLD)


def italic(text: str) -> Run:
    """Words in italic."""
    return Run(text, Face.ITALIC)


class _Word(NamedTuple):
    width: float  # em
    pieces: tuple[Segment, ...]


class Line(NamedTuple):
    """A wrapped line: its natural width in points, its words."""

    width: float
    words: tuple[_Word, ...]

    def segments(self) -> list[Segment]:
        """Words of one face joined by spaces, so that the printed text is searchable as words."""
        words = self.words
        if all(len(word.pieces) == 1 for word in words):
            face = words[0].pieces[0].face
            if all(word.pieces[0].face is face for word in words):
                return [Segment(face, " ".join([word.pieces[0].text for word in words]))]
        joined: list[Segment] = []
        for index, word in enumerate(self.words):
            for place, piece in enumerate(word.pieces):
                gap = " " if index and not place else ""
                if joined and joined[-1].face is piece.face:
                    joined[-1] = Segment(piece.face, joined[-1].text + gap + piece.text)
                elif joined and gap:
                    joined[-1] = Segment(joined[-1].face, joined[-1].text + gap)
                    joined.append(piece)
                else:
                    joined.append(piece)
        return joined


def _words(parts: Sequence[Part], face: Face) -> list[_Word]:
    """Cut parts at spaces; parts that touch without a space stay one word."""
    words: list[list[Segment]] = []
    glue = False
    for part in parts:
        run = part if isinstance(part, Run) else Run(part, face)
        pieces = clean(run.text).split(" ")
        for index, piece in enumerate(pieces):
            if index:
                glue = False
            if not piece:
                continue
            if glue and words:
                words[-1].append(Segment(run.face, piece))
            else:
                words.append([Segment(run.face, piece)])
            glue = True
        glue = bool(pieces[-1])
    return [_Word(sum(word_width(piece.text, piece.face) for piece in word), tuple(word)) for word in words]


def _chop(word: _Word, limit: float) -> list[_Word]:
    """Cut a word wider than a line into pieces that fit: after a hyphen or stroke when there is one, else anywhere."""
    letters = [(letter, piece.face) for piece in word.pieces for letter in piece.text]
    chunks: list[_Word] = []
    start = 0
    while start < len(letters):
        end, width = start, 0.0
        while end < len(letters):
            step = word_width(*letters[end])
            if end > start and width + step > limit:
                break
            width += step
            end += 1
        if end < len(letters):
            end = _cut(letters, start, end)
        chunks.append(_joined(letters[start:end]))
        start = end
    return chunks


def _cut(letters: Sequence[tuple[str, Face]], start: int, end: int) -> int:
    """Where to cut so that the two parts are as even as the strokes and hyphens before `end` allow."""
    breaks = [place + 1 for place in range(start, end) if letters[place][0] in BREAKS]
    rest = len(letters) + start
    if not breaks or rest - start > 2 * (end - start) + start:
        return breaks[-1] if breaks else end
    return min(breaks, key=lambda place: abs(rest - 2 * place))


def _joined(letters: Sequence[tuple[str, Face]]) -> _Word:
    pieces: list[Segment] = []
    for letter, face in letters:
        if pieces and pieces[-1].face is face:
            pieces[-1] = Segment(face, pieces[-1].text + letter)
        else:
            pieces.append(Segment(face, letter))
    return _Word(sum(word_width(letter, face) for letter, face in letters), tuple(pieces))


def wrap(
    parts: Sequence[Part], size: float, width: float, *, face: Face = Face.REGULAR, indent: float = 0
) -> list[Line]:
    """Break parts into lines at spaces; nothing is ever cut off. An empty text is one empty line."""
    if len(parts) == 1 and isinstance(parts[0], str):
        return list(_wrapped(parts[0], size, width, face, indent))
    return _break(_words(parts, face), size, width, indent)


@lru_cache(maxsize=8192)
def _wrapped(text: str, size: float, width: float, face: Face, indent: float) -> tuple[Line, ...]:
    """The lines of a plain text: in a book the same procedures, offices and dates stand in thousands of cells."""
    return tuple(_break(_words([text], face), size, width, indent))


def _break(words: list[_Word], size: float, width: float, indent: float = 0) -> list[Line]:
    limit = width / size + 1e-6
    lines: list[Line] = []
    line: list[_Word] = []
    used = indent / size
    for whole in words:
        for word in (whole,) if whole.width <= limit else _chop(whole, limit):
            step = word.width + SPACE if line else word.width
            if line and used + step > limit:
                lines.append(Line(used * size, tuple(line)))
                line, used, step = [], 0.0, word.width
            line.append(word)
            used += step
    lines.append(Line(used * size, tuple(line)))
    return lines


def balanced(parts: Sequence[Part], size: float, width: float, face: Face) -> list[Line]:
    """Break into as few lines as `width` needs, of lengths as even as possible (names of offices, titles)."""
    words = _words(parts, face)
    lines = _break(words, size, width)
    if len(lines) == 1:
        return lines
    low, high = max(word.width for word in words) * size, width
    while high - low > 3:
        middle = (low + high) / 2
        if len(_break(words, size, middle)) == len(lines):
            high = middle
        else:
            low = middle
    return _break(words, size, high)


class Text:
    """Wrapped text; `align`: left, centre, right or justify; `leader` draws dots from the last word to the edge."""

    __slots__ = ("align", "gap", "height", "indent", "leader", "leading", "lines", "size", "strike", "width")

    def __init__(
        self, parts: Sequence[Part] | str, width: float, *, size: float = 13, face: Face = Face.REGULAR,
        align: str = "left", leading: float = LEADING, gap: float = 0, indent: float = 0, leader: bool = False,
        strike: bool = False, even: bool = False, lines: list[Line] | None = None,
    ) -> None:  # fmt: skip
        parts = [parts] if isinstance(parts, str) else parts
        if lines is None:
            lines = balanced(parts, size, width, face) if even else wrap(parts, size, width, face=face, indent=indent)
        self.lines = lines
        self.width, self.size, self.align, self.leading = width, size, align, leading
        self.gap, self.indent, self.leader, self.strike = gap, indent, leader, strike
        self.height = gap + len(lines) * leading * size

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the lines and, when asked, the dots or the stroke through them."""
        step = self.leading * self.size
        first = top + self.gap + (step - (ASCENT + DESCENT) * self.size) / 2 + ASCENT * self.size
        placed: list[tuple[float, float, float, list[Segment]]] = []
        last = len(self.lines) - 1
        for number, line in enumerate(self.lines):
            baseline = first + number * step
            start = x + (self.indent if number == 0 else 0)
            room = self.width - line.width
            spread = 0.0
            if self.align == "centre":
                start = x + room / 2
            elif self.align == "right":
                start = x + room
            elif self.align == "justify" and number < last and len(line.words) > 1 and room < self.width / 4:
                spread = room / (len(line.words) - 1)
            if line.words:
                placed.append((start, baseline, spread, line.segments()))
            if self.strike and line.words:
                ink.rule(start, baseline - self.size * 0.28, start + line.width, baseline - self.size * 0.28)
        if placed:
            ink.lines(placed, self.size)
        if self.leader:
            end = self.lines[last].width + (SPACE * self.size if self.lines[last].words else 0)
            ink.leader(x + end, x + self.width, first + last * step)

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut between lines, never leaving a single line on either side."""
        fit = int((room - self.gap) / (self.leading * self.size))
        fit = min(fit, len(self.lines) - 2)
        if fit < 2:
            return None
        above = self.part(self.lines[:fit], gap=self.gap, indent=self.indent)
        return above, self.part(self.lines[fit:], leader=self.leader)

    def part(self, lines: list[Line], *, gap: float = 0, indent: float = 0, leader: bool = False) -> Text:
        """The same setting for some of the lines."""
        return Text(
            "", self.width, size=self.size, align=self.align, leading=self.leading, gap=gap, indent=indent,
            leader=leader, strike=self.strike, lines=lines,
        )  # fmt: skip
