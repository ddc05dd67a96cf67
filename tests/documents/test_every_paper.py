"""What holds for each paper the desk prints, tried on one worked sample of each.

`DESK_ACCEPT_GOLDEN=1 pytest tests/documents` rewrites the golden texts and pictures; look at these before committing.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.documents.reading import (
    author_of,
    code_of,
    embedded_fonts,
    font_names,
    lines_of,
    page_count,
    picture_of,
    text_of,
    words_in,
)  # fmt: skip
from tests.documents.samples import SAMPLES

GOLDEN = Path(__file__).parent / "golden"
ACCEPT = os.environ.get("DESK_ACCEPT_GOLDEN") == "1"
DPI = 60
ALLOWED = 0.001  # share of pixels that may differ

PDFS = {name: sample.render() for name, sample in SAMPLES.items()}
every_paper = pytest.mark.parametrize("name", SAMPLES)


@every_paper
def test_the_words_are_those_of_the_golden_text(name: str) -> None:
    file = GOLDEN / f"{name}.txt"
    text = lines_of(PDFS[name])
    if ACCEPT:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@every_paper
def test_the_picture_is_the_golden_one(name: str) -> None:
    file = GOLDEN / f"{name}.png"
    picture = picture_of(PDFS[name], DPI)
    if ACCEPT:
        picture.quantize(16).save(file, optimize=True)
    golden = Image.open(file).convert("L")
    assert picture.size == golden.size
    histogram = ImageChops.difference(picture, golden).histogram()
    assert sum(histogram[48:]) <= ALLOWED * picture.width * picture.height


@every_paper
def test_every_text_given_stands_on_the_paper(name: str) -> None:
    text = (text_of(PDFS[name]) + author_of(PDFS[name])).replace(" ", "")
    given = {unicodedata.normalize("NFC", word).replace(" ", "") for word in words_in(SAMPLES[name].data)}
    if name == "niem-yet":  # on the wall the code stands without its digits
        given.discard(SAMPLES[name].code)
    assert sorted(word for word in given if word not in text and f"{word[:4]}-{word[4:]}" not in text) == []


@every_paper
def test_the_text_of_the_file_is_composed(name: str) -> None:
    text = text_of(PDFS[name])
    assert text == unicodedata.normalize("NFC", text)
    assert "□" not in text


@every_paper
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    assert SAMPLES[name].render() == PDFS[name]


@every_paper
def test_only_our_embedded_fonts_are_used(name: str) -> None:
    names = font_names(PDFS[name])
    families = {font.partition("+")[2].partition("-")[0] for font in names}
    assert families <= {"MotCuaSerif", "NotoSans"} if name.startswith("niem-yet") else families == {"MotCuaSerif"}
    assert embedded_fonts(PDFS[name]) == len(names)


@every_paper
def test_it_takes_the_pages_it_should(name: str) -> None:
    assert page_count(PDFS[name]) == SAMPLES[name].pages


@every_paper
def test_a_reader_finds_the_digits_in_the_code(name: str) -> None:
    if SAMPLES[name].code:
        assert code_of(PDFS[name]) == SAMPLES[name].code
