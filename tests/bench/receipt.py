"""The receipt as PDF against ReportLab used the way its manual shows: full font, every QR module a rectangle."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c
import segno
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from desk_app.documents import fee_receipt
from tests.bench.measure import Row, compare, count
from tests.documents.samples import RECEIPT

ROUNDS = 25
FULL_FONTS = Path("/usr/share/fonts/truetype/liberation2")
FACES = frozenset(("Regular", "Bold", "Italic", "BoldItalic"))
QR_SIDE = 70.0


def rows(folder: Path) -> Iterator[Row]:
    """Time and size of one receipt."""
    yield compare("receipt PDF", 0.6, desk_side, floor_side(desk_side()), rounds=ROUNDS, warm=3)
    yield count("receipt PDF size", 30, len(desk_side()) / 1024, "KB")


def desk_side() -> bytes:
    """The receipt as the desk makes it."""
    return fee_receipt.render(RECEIPT)


def floor_side(model: bytes) -> Callable[[], bytes]:
    """The same words at the same places, in the same faces and sizes, and the same code, drawn naively."""
    page = pypdfium2.PdfDocument(model)[0]
    words = [_word(part) for part in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=1)]
    texts = page.get_textpage()
    size = page.get_size()
    for face in {face for face, _, _ in words}:
        pdfmetrics.registerFont(TTFont(face, str(FULL_FONTS / f"LiberationSerif-{face}.ttf")))
    lines = [(*word, texts.get_text_bounded(*word[2])) for word in words]

    def once() -> bytes:
        out = io.BytesIO()
        sheet = canvas.Canvas(out, pagesize=size)
        for face, points, (left, bottom, _, _), text in lines:
            sheet.setFont(face, points)
            sheet.drawString(left, bottom, text.replace("\r\n", " "))
        matrix = segno.make(RECEIPT.receipt_code, error="m").matrix
        side = QR_SIDE / len(matrix)
        for down, row in enumerate(matrix):
            for across, dark in enumerate(row):
                if dark:
                    sheet.rect(20 + across * side, 20 + QR_SIDE - down * side, side, side, stroke=0, fill=1)
        sheet.save()
        return out.getvalue()

    return once


def _word(part: Any) -> tuple[str, float, tuple[float, float, float, float]]:
    name, points = ctypes.create_string_buffer(200), ctypes.c_float()
    font = pdfium_c.FPDFTextObj_GetFont(part)
    pdfium_c.FPDFFont_GetBaseFontName(font, name, 200)
    pdfium_c.FPDFTextObj_GetFontSize(part, points)
    face = name.value.decode().rsplit("-", 1)[-1]
    return face if face in FACES else "Regular", points.value, part.get_bounds()
