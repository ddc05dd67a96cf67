"""Cut the fonts of `resources/fonts` from their free originals; run by hand when an original changes.

    python -m tests.documents.make_fonts LIBERATION_DIR NOTO_VARIABLE_TTF

LIBERATION_DIR: folder of LiberationSerif-*.ttf 2.1.5 (Debian `fonts-liberation2`).
NOTO_VARIABLE_TTF: `NotoSans[wdth,wght].ttf` 2.015 (PyPI `fontpkg-noto-sans` 2.15).

The paper fonts lose hints and every letter outside the set below, and get the family name "MotCua Serif": their licence
(OFL 1.1) reserves the name "Liberation" for unmodified files. Noto Sans reserves no name: the screen fonts keep theirs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FIXED_TIME = 3_800_000_000  # seconds since 1904; one value keeps the files the same from run to run

HORNS = [0x180, 0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x243]
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *HORNS, *range(0x1E00, 0x1F00)]
MARKS = [0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323]
SIGNS = [
    *range(0x2010, 0x2016), 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026, 0x2030, 0x2032,
    0x2033, 0x2039, 0x203A, 0x20AB, 0x20AC, 0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260, 0x2264,
    0x2265, 0x25A1, 0x25CF,
]  # fmt: skip
PAPER_SET = LATIN + MARKS + SIGNS
SCREEN_SET = [
    *range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *SIGNS,
    *range(0x20A0, 0x20C0), *range(0x2100, 0x2150), *range(0x2190, 0x21FF), *range(0x2200, 0x2270), 0xFFFD,
]  # fmt: skip


def cut(font: TTFont, letters: list[int], *, features: list[str], hints: bool) -> None:
    """Keep only `letters` and `features` of `font`."""
    options = Options()
    options.hinting = hints
    options.layout_features = features
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG", "FFTM"] if features else ["DSIG", "FFTM", "GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font["head"].created = font["head"].modified = FIXED_TIME
    font.recalcTimestamp = False


def flatten(font: TTFont) -> None:
    """Make every accented letter one outline: a paper embeds the same bytes and is cut out of the font faster."""
    outlines, glyphs = font["glyf"], font.getGlyphSet()
    for name in font.getGlyphOrder():
        if outlines[name].isComposite():
            drawn = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(drawn)
            pen = TTGlyphPen(None)
            drawn.replay(pen)
            outlines[name] = pen.glyph()


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the file its new inner name; the old one stays in no field but the copyright."""
    names = font["name"]
    full = f"{family} {style}"
    post = f"{family}-{style}".replace(" ", "")
    for name_id, text in ((1, family), (2, style), (3, f"{post};cut for Vietnamese forms"), (4, full), (6, post)):
        names.setName(text, name_id, 3, 1, 0x409)
    for name_id in (7, 10, 11, 12, 16, 17):
        names.removeNames(nameID=name_id)
    names.names = [record for record in names.names if record.platformID == 3]


def make_serif(folder: Path) -> None:
    """Write MotCuaSerif-*.ttf."""
    for file, style in (("Regular", "Regular"), ("Bold", "Bold"), ("Italic", "Italic"), ("BoldItalic", "Bold Italic")):
        font = TTFont(folder / f"LiberationSerif-{file}.ttf")
        cut(font, PAPER_SET, features=[], hints=False)
        flatten(font)
        rename(font, "MotCua Serif", style)
        font.save(FONTS / f"MotCuaSerif-{file}.ttf")


def make_screen(variable: Path) -> None:
    """Write NotoSans-Regular.ttf and NotoSans-SemiBold.ttf."""
    for weight, style in ((400, "Regular"), (600, "SemiBold")):
        font = TTFont(variable)
        font = instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100}, updateFontNames=True)
        features = ["ccmp", "locl", "kern", "mark", "mkmk", "tnum", "lnum", "case"]
        cut(font, SCREEN_SET, features=features, hints=True)
        font.save(FONTS / f"NotoSans-{style}.ttf")


if __name__ == "__main__":
    FONTS.mkdir(parents=True, exist_ok=True)
    make_serif(Path(sys.argv[1]))
    make_screen(Path(sys.argv[2]))
