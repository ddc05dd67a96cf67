"""Reading a paper back: its text, its picture, its codes, its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pypdfium2
import zxingcpp
from PIL import Image


def text_of(pdf: bytes, page: int | None = None) -> str:
    """Text of all pages (or one), a line end for a space, spaces single."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = range(len(document)) if page is None else [page]
        return " ".join(" ".join(document[number].get_textpage().get_text_range().split()) for number in pages)


def author_of(pdf: bytes) -> str:
    """Who issued it, as the file says."""
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document.get_metadata_dict()["Author"])


def lines_of(pdf: bytes) -> str:
    """Text of all pages as the reader sees its lines."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range().replace("\r\n", "\n").strip() for page in document]
    return "\n\f\n".join(texts) + "\n"


def picture_of(pdf: bytes, dpi: int, page: int = 0) -> Image.Image:
    """Grey picture of a page."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    return picture


def page_count(pdf: bytes) -> int:
    """How many pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def code_of(pdf: bytes, page: int = 0) -> str:
    """What a reader finds in the QR of a page, at the resolution of an office printer."""
    found = zxingcpp.read_barcodes(picture_of(pdf, 200, page))
    return str(found[0].text) if found else ""


def font_names(pdf: bytes) -> set[str]:
    """Base names of the fonts the file names."""
    return {name.decode() for name in re.findall(rb"/BaseFont /(\S+)", pdf)}


def embedded_fonts(pdf: bytes) -> int:
    """How many font files lie in the PDF."""
    return len(re.findall(rb"/FontFile2 ", pdf))


def words_in(data: object) -> Iterator[str]:
    """Every text of a frozen input, however deep."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, tuple):
        for item in data:
            yield from words_in(item)
    elif is_dataclass(data):
        for item in fields(data):
            yield from words_in(getattr(data, item.name))
