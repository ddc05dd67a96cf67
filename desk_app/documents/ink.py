"""Ink: the ReportLab canvas seen from the top left corner, in points; the only file that knows the canvas."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desk_app.documents.fonts import Face, known_letters

MM = 72 / 25.4
rl_config.useA85 = 0  # no text coding of streams: smaller files
HAIR = 0.5  # points, the thinnest line a desk printer keeps
PALE = 0.88  # grey of the word across the sheet: 12 %


class Segment(NamedTuple):
    """Words of one face, already cleaned."""

    face: Face
    text: str


class Ink:
    """A PDF being drawn: same calls, same bytes; only embedded fonts."""

    def __init__(self, width: float, height: float, *, title: str, author: str) -> None:
        known_letters()  # the faces are read and registered once, before the first page
        self._file = BytesIO()
        self._height = height
        self._canvas = Canvas(
            self._file, pagesize=(width, height), invariant=1, pageCompression=1,
            initialFontName=Face.REGULAR.value, initialFontSize=13, lang="vi-VN",
        )  # fmt: skip
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator("Một Cửa Desk")
        self._page = 0
        self._spots: list[str] = []

    def begin_page(self, width: float, height: float) -> None:
        """Begin a page of this size, in points."""
        self._page += 1
        self._canvas.setPageSize((width, height))
        self._canvas.setLineWidth(HAIR)
        self._height = height
        # All text of a page is one text object, drawn last: fewer operators, and letters lie over lines.
        self._text = self._canvas.beginText()
        self._font: tuple[Face, float] | None = None
        self._spread = 0.0

    def end_page(self) -> None:
        """End the page."""
        self._canvas.drawText(self._text)
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole PDF; its last page has been ended. The keywords say where the titles are (see `stamp`)."""
        if self._spots:
            self._canvas.setKeywords(" ".join(self._spots))
        self._canvas.save()
        return self._file.getvalue()

    def note_title(self, x: float, top: float, free: float, height: float) -> None:
        """Remember the room of `free` points left of a title, where a copy mark may be framed later."""
        self._spots.append(f"title:{self._page}:{x:.1f}:{top:.1f}:{free:.1f}:{height:.1f}")

    def lines(self, lines: Iterable[tuple[float, float, float, list[Segment]]], size: float) -> None:
        """Draw lines of text: (x, baseline from the top, extra room per space, segments)."""
        text = self._text
        for x, baseline, extra, segments in lines:
            text.setTextOrigin(x, self._height - baseline)
            if extra != self._spread:
                text.setWordSpace(extra)
                self._spread = extra
            for face, words in segments:
                if (face, size) != self._font:
                    text.setFont(face.value, size, size)
                    self._font = (face, size)
                text._textOut(words)  # the next origin is set anyway: the words need not be measured once more

    def rule(self, x0: float, y0: float, x1: float, y1: float, thick: float = HAIR) -> None:
        """A straight line."""
        if thick == HAIR:
            self._canvas.line(x0, self._height - y0, x1, self._height - y1)
            return
        self._canvas.setLineWidth(thick)
        self._canvas.line(x0, self._height - y0, x1, self._height - y1)
        self._canvas.setLineWidth(HAIR)

    def box(self, x: float, top: float, width: float, height: float, thick: float = HAIR) -> None:
        """The frame of a rectangle, never filled."""
        self._canvas.setLineWidth(thick)
        self._canvas.rect(x, self._height - top - height, width, height, stroke=1, fill=0)
        self._canvas.setLineWidth(HAIR)

    def grid(self, columns: list[float], top: float, bottom: float) -> None:
        """Frame from the first to the last of `columns` and a vertical line at each between."""
        up, down = self._height - top, self._height - bottom
        self._canvas.rect(columns[0], down, columns[-1] - columns[0], bottom - top, stroke=1, fill=0)
        if len(columns) > 2:
            self._canvas.lines([(x, up, x, down) for x in columns[1:-1]])

    def leader(self, x0: float, x1: float, baseline: float) -> None:
        """Dots to write on, from x0 to x1."""
        y = self._height - baseline - 1
        self._canvas.setDash(0.5, 1.8)
        self._canvas.line(x0, y, x1, y)
        self._canvas.setDash()

    def across(self, text: str, size: float, x: float, middle: float, degrees: float) -> None:
        """A pale word laid over the sheet around (x, middle); to be drawn before everything else."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(PALE)
        canvas.translate(x, self._height - middle)
        canvas.rotate(degrees)
        canvas.setFont(Face.BOLD.value, size)
        canvas.drawCentredString(0, -size / 3, text)
        canvas.restoreState()

    def dark_runs(self, runs: list[tuple[int, int, int]], x: float, top: float, module: float) -> None:
        """Fill runs (column, row, length) of a grid of square modules as one path of whole numbers."""
        canvas = self._canvas
        canvas.saveState()
        canvas.transform(module, 0, 0, -module, x, self._height - top)
        # One string of ready operators: the path object would format each number anew.
        canvas._code.append(" ".join(f"{column} {row} {length} 1 re" for column, row, length in runs) + " f")
        canvas.restoreState()
