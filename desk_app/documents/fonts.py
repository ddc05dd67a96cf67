"""The faces of the papers: loading, widths, and the one door through which every printed text passes."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

from desk_app.domain.errors import Failed

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
SPACE = 0.25  # width of a space in em, the same in the four faces
ASCENT, DESCENT = 0.891, 0.216  # of the faces, in em
MISSING = "□"
UNUSED = ("name", "OS/2")
NEEDED = "ĂÂĐÊÔƠƯăâđêôơưỆỖỰẶẴệỗựặẵỹ₫–—“”•…"


class Face(StrEnum):
    """One font file; the value is its file name and the name ReportLab knows it by."""

    REGULAR = "MotCuaSerif-Regular"
    BOLD = "MotCuaSerif-Bold"
    ITALIC = "MotCuaSerif-Italic"
    BOLD_ITALIC = "MotCuaSerif-BoldItalic"
    SANS = "NotoSans-Regular"  # posters only
    SANS_BOLD = "NotoSans-SemiBold"


SERIF = (Face.REGULAR, Face.BOLD, Face.ITALIC, Face.BOLD_ITALIC)


@cache
def widths(face: Face) -> dict[str, float]:
    """Advance of each letter in em; the first call for a face reads and registers its file.

    Raises Failed IN-06 when the file is absent, damaged or lacks Vietnamese letters: better no paper than a wrong name.
    """
    try:
        # Only the letters a paper uses are embedded, not all of ASCII.
        font = TTFont(face.value, str(FOLDER / f"{face.value}.ttf"), asciiReadable=0)
    except (TTFError, OSError) as error:
        raise Failed("IN-06") from error
    table = {chr(code): advance / 1000 for code, advance in font.face.charWidths.items()}
    if not table.keys() >= set(NEEDED):
        raise Failed("IN-06")
    _slim(font.face)
    pdfmetrics.registerFont(font)
    if (
        face not in SERIF
    ):  # a few signs (arrows) are only in the serif; here they print as an empty square of this width
        table = dict.fromkeys(known_letters(), 0.6) | table
    return table


def _slim(face: TTFontFace) -> None:
    """Leave the tables out of embedded subsets that a PDF reader does not use (names, Windows metrics)."""
    whole = face.get_table

    def needed(tag: str) -> bytes:
        if tag in UNUSED:
            raise KeyError(tag)
        table: bytes = whole(tag)
        return table

    face.get_table = needed


@cache
def known_letters() -> frozenset[str]:
    """Letters that every face of the serif can print."""
    tables = [widths(face).keys() for face in SERIF]
    return frozenset(set(tables[0]).intersection(*tables[1:]))


def clean(text: str) -> str:
    """NFC text of printable letters only: line ends become spaces, letters that no face has become `□`."""
    text = unicodedata.normalize("NFC", text)
    known = known_letters()
    if known.issuperset(text):
        return text
    return "".join(letter if letter in known else _nearest(letter) for letter in text)


def missing_letters(text: str) -> frozenset[str]:
    """Letters of `text` that would be printed as an empty square."""
    known = known_letters()
    return frozenset(letter for letter in unicodedata.normalize("NFC", text) if _nearest_or(letter, known) == MISSING)


def _nearest_or(letter: str, known: frozenset[str]) -> str:
    return letter if letter in known else _nearest(letter)


def _nearest(letter: str) -> str:
    """A stand-in for a letter without a glyph: a space, nothing, its plain form (full width), or the empty square."""
    if letter.isspace() or unicodedata.category(letter) == "Cc":
        return " "
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):  # zero-width joiners, variation selectors, stray marks
        return ""
    plain = unicodedata.normalize("NFKC", letter)
    return plain if known_letters().issuperset(plain) else MISSING


@lru_cache(maxsize=4096)
def word_width(word: str, face: Face) -> float:
    """Width of a cleaned word in em."""
    return sum(map(widths(face).__getitem__, word))
