"""A page of a PDF as a picture, for looking at a paper before it is real."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels as RGB, three bytes each, ``stride`` bytes a line."""

    width: int
    height: int
    stride: int
    rgb: bytes


def first_page(pdf: bytes, width_px: int) -> Picture:
    """The first page, ``width_px`` wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=width_px / page.get_width(), rev_byteorder=True)
        try:
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    finally:
        document.close()
