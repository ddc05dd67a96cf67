"""Reads the first sheet of an XLSX file as text: what offices keep their lists of procedures and fees in.

Nothing is run and nothing is fetched: no macros, no formulas (only their last value), no entities. A file that unpacks
to more than a list could be is refused before it is unpacked.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

MAX_BYTES = 10_000_000
MAX_UNPACKED = 60_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 60
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WHOLE = re.compile(r"(-?\d+)(?:\.0+)?(?:[eE]\+?0+)?")


class SheetError(ValueError):
    """The file cannot be read as a sheet; the message is Vietnamese, for the administrator."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as in the file, its cells as clean text ("" = empty)."""

    number: int
    cells: tuple[str, ...]


def read_sheet(data: bytes) -> tuple[SheetRow, ...]:
    """The rows of the first sheet that hold anything. Raises SheetError."""
    if len(data) > MAX_BYTES:
        raise SheetError(f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB")
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            _refuse_bomb(file)
            shared = _shared(file)
            rows = tuple(_rows(_xml(file, _first_sheet(file)), shared))
    except SheetError:
        raise
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError, NotImplementedError, OSError) as problem:
        raise SheetError("không phải tệp Excel (.xlsx) đọc được; lưu lại bằng Excel hoặc LibreOffice") from problem
    return tuple(row for row in rows if any(row.cells))


def _refuse_bomb(file: zipfile.ZipFile) -> None:
    parts = file.infolist()
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 2_000:
        raise SheetError("tệp bung ra quá lớn, không phải bảng danh mục")


def _xml(file: zipfile.ZipFile, name: str) -> ElementTree.Element:
    raw = file.read(name)
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise SheetError("tệp có khai báo không được dùng trong bảng danh mục")
    return ElementTree.fromstring(raw)


def _first_sheet(file: zipfile.ZipFile) -> str:
    book = _xml(file, "xl/workbook.xml")
    sheet = book.find(f"{_MAIN}sheets/{_MAIN}sheet")
    if sheet is None:
        raise SheetError("tệp không có trang tính nào")
    for link in _xml(file, "xl/_rels/workbook.xml.rels"):
        if link.get("Id") == sheet.get(_REL):
            target = str(link.get("Target")).lstrip("/")
            return target if target.startswith("xl/") else f"xl/{target}"
    raise SheetError("tệp không có trang tính nào")


def _shared(file: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in file.namelist():
        return []
    return [_text(item) for item in _xml(file, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(item: ElementTree.Element) -> str:
    """All runs of a text; phonetic hints are left out."""
    parts = [run.text or "" for run in item.findall(f"{_MAIN}t")]
    parts += [run.text or "" for run in item.findall(f"{_MAIN}r/{_MAIN}t")]
    return _clean("".join(parts))


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _rows(sheet: ElementTree.Element, shared: list[str]) -> Iterator[SheetRow]:
    for count, row in enumerate(sheet.iter(f"{_MAIN}row"), 1):
        if count > MAX_ROWS:
            raise SheetError(f"bảng có hơn {MAX_ROWS} dòng")
        cells: list[str] = []
        for cell in row.findall(f"{_MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place.group(1)) if place else len(cells)
            if column >= MAX_COLUMNS:
                continue
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(cell, shared)
        yield SheetRow(int(row.get("r") or count), tuple(cells))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.find(f"{_MAIN}v")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return _text(inline) if inline is not None else ""
    raw = (value.text or "") if value is not None else ""
    if kind == "s":
        return shared[int(raw)] if raw else ""
    whole = _WHOLE.fullmatch(raw) if kind == "n" else None
    return whole.group(1) if whole else _clean(raw)
