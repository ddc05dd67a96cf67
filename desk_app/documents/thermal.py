"""Papers as dots for a K80 receipt printer: ESC/POS raster, 576 dots on 72 mm, so that Vietnamese is drawn, not spelled.

The stream survives a torn one before it: a printer that still waits for the rest of a picture swallows the zero bytes in
front (outside a picture they mean nothing), and no band of a picture is longer than they are.
"""

from __future__ import annotations

from typing import Final

import pypdfium2

DOTS: Final = 576
ROW: Final = DOTS // 8
BAND: Final = 24  # rows of one GS v 0
WAKE: Final = b"\0" * (ROW * BAND + 8)
RESET: Final = b"\x1b@"
FEED_AND_CUT: Final = b"\x1dV\x42\x03"
ASK_PAPER: Final = b"\x1dr\x01"  # answered in order: one byte once everything before it was taken
_DARK: Final = 150
_INK: Final = bytes(1 if level < _DARK else 0 for level in range(256))


def raster(pdf: bytes) -> bytes:
    """The whole job for a PDF whose pages are 72 mm wide; white rows at a page's end are not printed."""
    bands = [_bands(rows) for rows in pictures(pdf)]
    return WAKE + RESET + b"".join(bands) + FEED_AND_CUT + ASK_PAPER


def pictures(pdf: bytes) -> list[bytes]:
    """The pages as packed dots, ROW bytes a line, 1 = black."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> bytes:
    bitmap = page.render(scale=DOTS / page.get_width(), grayscale=True)
    try:
        stride, width = bitmap.stride, min(bitmap.width, DOTS)
        grey = bytes(bitmap.buffer)
        lines = [_pack(grey[at : at + width]) for at in range(0, stride * bitmap.height, stride)]
    finally:
        bitmap.close()
    while lines and not any(lines[-1]):
        lines.pop()
    return b"".join(lines)


def _pack(grey: bytes) -> bytes:
    """Eight dots a byte, the left one highest."""
    ink = grey.translate(_INK).ljust(DOTS, b"\0")
    return int(ink.translate(_DIGITS), 2).to_bytes(ROW, "big")


_DIGITS: Final = bytes(0x31 if level == 1 else 0x30 for level in range(256))


def _bands(rows: bytes) -> bytes:
    size = ROW * BAND
    found = []
    for at in range(0, len(rows), size):
        band = rows[at : at + size]
        found.append(b"\x1dv0\0" + ROW.to_bytes(2, "little") + (len(band) // ROW).to_bytes(2, "little") + band)
    return b"".join(found)
