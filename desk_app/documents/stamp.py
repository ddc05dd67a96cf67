"""Marking a kept paper as a copy: the kept bytes stay as they are, what is laid over them is appended.

A PDF may be changed by adding new versions of its objects at the end (incremental update, ISO 32000-1 §7.5.6). So a
copy begins with every byte of the first print, and cutting it there gives the first print back. Only papers of this
package can be marked: their plain structure (classic cross-reference table, an object for each page) is relied on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from desk_app.documents.blocks import mark_frame, mark_lines
from desk_app.documents.ink import MM, Ink
from desk_app.documents.marks import Mark, draw_across

REFERENCE = re.compile(rb"(\d+) 0 R\b")
CALL = b"q /CopyMark Do Q\n"


class _File(NamedTuple):
    """Objects of a PDF by number, the number of its first free object, its trailer and the place of its table."""

    objects: dict[int, bytes]
    size: int
    trailer: bytes
    table_at: int


class _Spot(NamedTuple):
    """Room left of a title, in points from the upper left corner."""

    x: float
    top: float
    free: float
    height: float


def mark_copy(pdf: bytes, marks: Sequence[Mark]) -> bytes:
    """The kept paper with the marks laid over every page: word across, frame beside the title, line at the lower edge.

    The result begins with `pdf` itself. Raises ValueError when `pdf` is not a paper of this package.
    """
    file = _read(pdf)
    pages = _pages(file)
    layer = _read(_layer(file, pages, marks))
    new: dict[int, bytes] = {}
    shift = file.size
    for number, body in layer.objects.items():
        if not re.search(rb"/Type /(Page|Pages|Catalog)\b", body) and b"/Producer" not in body:
            new[number + shift] = _renumber(body, shift)
    free = shift + layer.size
    call = free
    new[call] = _stream(b"", CALL)
    for index, (page, over) in enumerate(zip(pages, _pages(layer), strict=True), start=1):
        form = free + index
        new[form] = _form(layer, over, shift, new)
        new[page] = _marked(file.objects[page], call, form)
    return pdf + _update(file, new, len(pdf))


def _read(pdf: bytes) -> _File:
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", pdf)
    if not found:
        raise ValueError("not a paper of this package")
    table_at = int(found[1])
    table = re.match(rb"xref\s+0 (\d+)\s+", pdf[table_at:])
    if not table:
        raise ValueError("not a paper of this package")
    size = int(table[1])
    entries = pdf[table_at + table.end() :].split(b"trailer", 1)[0].splitlines()[:size]
    offsets = sorted((int(entry[:10]), number) for number, entry in enumerate(entries) if entry.rstrip().endswith(b"n"))
    ends = [offset for offset, _ in offsets[1:]] + [table_at]
    objects = {number: _body(pdf[start:end]) for (start, number), end in zip(offsets, ends, strict=True)}
    trailer = pdf[table_at:].split(b"trailer", 1)[1].split(b"startxref", 1)[0]
    return _File(objects, size, trailer, table_at)


def _body(chunk: bytes) -> bytes:
    """What stands between `obj` and `endobj`."""
    start = chunk.index(b"obj") + 3
    return chunk[start : chunk.rindex(b"endobj")].strip()


def _pages(file: _File) -> list[int]:
    """Object numbers of the pages, in order."""
    kids = next((body for body in file.objects.values() if b"/Type /Pages" in body), b"")
    found = re.search(rb"/Kids \[(.*?)\]", kids, re.DOTALL)
    if not found:
        raise ValueError("not a paper of this package")
    return [int(number) for number in REFERENCE.findall(found[1])]


def _box(page: bytes) -> tuple[float, float]:
    found = re.search(rb"/MediaBox \[ 0 0 (\S+) (\S+) \]", page)
    if not found:
        raise ValueError("not a paper of this package")
    return float(found[1]), float(found[2])


def _spots(file: _File) -> dict[int, _Spot]:
    """Where the titles are, by page, as the paper noted when it was drawn."""
    info = next((body for body in file.objects.values() if b"/Keywords" in body), b"")
    notes = re.findall(rb"title:(\d+):([\d.]+):([\d.]+):(-?[\d.]+):([\d.]+)", info)
    return {int(page): _Spot(*(float(value) for value in values)) for page, *values in notes}


def _layer(file: _File, pages: Sequence[int], marks: Sequence[Mark]) -> bytes:
    """A PDF of the same pages that holds only the marks."""
    spots = _spots(file)
    ink = Ink(*_box(file.objects[pages[0]]), title="", author="")
    for index, page in enumerate(pages, start=1):
        width, height = _box(file.objects[page])
        ink.begin_page(width, height)
        draw_across(ink, marks, width, height)
        if index in spots:
            _frame(ink, spots[index], marks)
        margin = spots[index].x if index in spots else 15 * MM
        y = height - 8 * MM
        for line in reversed(mark_lines(marks, width - margin - 10 * MM, 10)):
            line.draw(ink, margin, y - line.height + 3)
            y -= line.height
        ink.end_page()
    return ink.finish()


def _frame(ink: Ink, spot: _Spot, marks: Sequence[Mark]) -> None:
    """The frame left of the title, or above the head where the title leaves no room."""
    for size in (11, 9.5, 8.5):
        frame = mark_frame(marks, size)
        if frame.width <= spot.free - 2:
            frame.draw(ink, spot.x, spot.top + (spot.height - frame.height) / 2)
            return
    frame = mark_frame(marks, 9)
    frame.draw(ink, spot.x, 5 * MM)


def _renumber(body: bytes, shift: int) -> bytes:
    """Move the references of an object; the bytes of a stream are left alone."""
    head, mark, stream = body.partition(b"stream")
    return REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + shift), head) + mark + stream


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<\n%s/Length %d\n>>\nstream\n%sendstream" % (entries, len(content), content)


def _form(layer: _File, page: int, shift: int, new: dict[int, bytes]) -> bytes:
    """The content of a page of the layer as a form with its own fonts (their names may be those of the paper's)."""
    body = layer.objects[page]
    width, height = _box(body)
    found = re.search(rb"/Contents (\d+) 0 R", body)
    fonts = re.search(rb"/Font (\d+) 0 R", body)
    if not found or not fonts:
        raise ValueError("not a paper of this package")
    content = new.pop(int(found[1]) + shift)
    entries = b"<<\n/Type /XObject /Subtype /Form /BBox [ 0 0 %.4f %.4f ] /Resources << /Font %d 0 R >>" % (
        width, height, int(fonts[1]) + shift,
    )  # fmt: skip
    return content.replace(b"<<", entries, 1)


def _marked(page: bytes, call: int, form: int) -> bytes:
    """The page drawn after its mark, so that letters stay black over the pale word."""
    page = re.sub(rb"/Contents (\d+) 0 R", rb"/Contents [ %d 0 R \1 0 R ]" % call, page)
    return page.replace(b"/Resources <<", b"/Resources << /XObject << /CopyMark %d 0 R >>" % form, 1)


def _update(file: _File, new: dict[int, bytes], start: int) -> bytes:
    """The new objects, their table and the trailer, to be put after the kept bytes of length `start`."""
    out = bytearray(b"\n")
    table = bytearray(b"xref\n")
    for number in sorted(new):
        table += b"%d 1\n%010d 00000 n \n" % (number, start + len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, new[number])
    table_at = start + len(out)
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % (max(new) + 1), file.trailer)
    trailer = trailer.replace(b"<<", b"<<\n/Prev %d" % file.table_at, 1)
    return bytes(out + table + b"trailer" + trailer + b"startxref\n%d\n%%%%EOF\n" % table_at)
