"""QR codes of the papers: decimal digits, drawn as runs of dark modules."""

from __future__ import annotations

import segno

from desk_app.documents.ink import MM, Ink

MASK = 2  # any of the eight reads alike for digits; trying all of them takes a third of the time of a receipt
QUIET = 4  # modules left white on every side
SMALLEST_MODULE = 0.4 * MM


def draw_qr(ink: Ink, content: str, x: float, top: float, side: float, *, digits_only: bool = True) -> None:
    """Draw `content` as a QR of level M in a square of `side` points, quiet zone included.

    Every code of a paper holds decimal digits only: a keyboard-type reader types them alike under every input method.
    A poster may set `digits_only=False` for its web address. Raises ValueError for other content and for modules under
    0.4 mm.
    """
    if digits_only and not (content.isascii() and content.isdigit()):
        raise ValueError("a code on paper holds decimal digits only")
    rows = segno.make_qr(content, error="m", boost_error=False, mask=MASK).matrix
    count = len(rows) + 2 * QUIET
    module = side / count
    if module < SMALLEST_MODULE:
        raise ValueError("too many digits for this square: modules under 0.4 mm")
    ink.dark_runs(_runs(rows), x, top, module)


def modules(content: str) -> tuple[tuple[bool, ...], ...]:
    """The code as rows of dark and light, for the screen."""
    rows = segno.make_qr(content, error="m", boost_error=False, mask=MASK).matrix
    return tuple(tuple(bool(module) for module in row) for row in rows)


def _runs(rows: tuple[bytearray, ...]) -> list[tuple[int, int, int]]:
    """(column, row, length) of each run of dark modules, quiet zone counted in."""
    runs = []
    for number, row in enumerate(rows):
        column = row.find(1)
        while column >= 0:
            end = row.find(0, column)
            if end < 0:
                end = len(row)
            runs.append((column + QUIET, number + QUIET, end - column))
            column = row.find(1, end)
    return runs


def dark_rows(content: str) -> tuple[str, ...]:
    """A code for the screen: one text a row, "1" dark, without quiet zone."""
    return tuple("".join(map(str, row)) for row in segno.make_qr(content, error="m", boost_error=False).matrix)
