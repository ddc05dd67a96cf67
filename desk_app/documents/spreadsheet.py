"""A report as XLSX and CSV: figures that follow from others are live formulas; no text of a cell can become one.

Text in XLSX is written as text, whatever it begins with. In CSV a cell that a spreadsheet would run (it begins with
= + - @, tab or return) gets an apostrophe before it; bidirectional control letters, which turn the reading of what
follows, are left out in both.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from io import BytesIO, StringIO
from typing import Any

from desk_app.domain.report import LABEL_HEADS, Column, Kind, Linear, Rate, Ratio, Row, Table, text_of

MAX_CELL = 32_000  # letters; the format holds 32,767
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_TOP = 5  # rows above the first figures: title, period, sources, heads, numbers


def clean_text(text: str) -> str:
    """Composed letters without control and turning marks, never longer than a cell."""
    return _CONTROL.sub("", _TURNING.sub("", unicodedata.normalize("NFC", text)))[:MAX_CELL]


def harmless(text: str) -> str:
    """The text for a CSV cell: what a spreadsheet would run stands behind an apostrophe."""
    cleaned = clean_text(text)
    return f"'{cleaned}" if cleaned.lstrip().startswith(_RUNS) or cleaned.startswith(_RUNS) else cleaned


def to_csv(found: Table) -> bytes:
    """UTF-8 with a byte order mark (so that Excel reads Vietnamese), semicolons, rates as they are printed."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    shown = found.report.shown
    writer.writerow([harmless(LABEL_HEADS[found.group]), *(harmless(_head(c)) for c in shown)])
    for row in (*found.rows, *found.foot):
        writer.writerow([harmless(row.label), *(_csv_cell(found, row, column) for column in shown)])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(found: Table, row: Row, column: Column) -> str:
    value = found.value(row, column)
    if isinstance(value, int):
        return str(value)
    return harmless(text_of(value, column.kind))


def _head(column: Column) -> str:
    return f"{column.group}: {column.title}" if column.group else column.title


def to_xlsx(found: Table, sources: str) -> bytes:
    """A workbook with one sheet; sums, rates and totals are formulas with their present value."""
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet("Báo cáo")
        _Sheet(book, sheet, found).write(sources)
    return file.getvalue()


class _Sheet:
    """Where everything stands: label in A, figures from B on, hidden ones behind them."""

    def __init__(self, book: Any, sheet: Any, found: Table) -> None:
        self._sheet, self._found = sheet, found
        shown = found.report.shown
        self._columns = (*shown, *(c for c in found.report.columns if c.hidden))
        self._shown = len(shown)
        self._at = {column.id: index + 1 for index, column in enumerate(self._columns)}
        font = {"font_name": "Times New Roman", "font_size": 12}
        self._title = book.add_format(font | {"bold": True, "font_size": 14})
        self._plain = book.add_format(font)
        head = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        self._head = book.add_format(font | head)
        formats = {
            Kind.TEXT: "@", Kind.COUNT: "#,##0", Kind.VND: "#,##0", Kind.NUMBER: "0", Kind.PERCENT: "0.0%",
            Kind.MEAN: "0.0",
        }  # fmt: skip
        self._cell = {k: book.add_format(font | {"num_format": f, "border": 1}) for k, f in formats.items()}
        self._sum = {
            k: book.add_format(font | {"num_format": f, "border": 1, "bold": True}) for k, f in formats.items()
        }

    def write(self, sources: str) -> None:
        found, sheet = self._found, self._sheet
        sheet.write_string(0, 0, clean_text(found.report.title), self._title)
        sheet.write_string(1, 0, clean_text(f"Kỳ báo cáo: {found.period.title}"), self._plain)
        sheet.write_string(2, 0, clean_text(sources), self._plain)
        sheet.write_string(3, 0, LABEL_HEADS[found.group], self._head)
        sheet.write_string(4, 0, "(2)", self._head)
        for column in self._columns:
            at = self._at[column.id]
            sheet.write_string(3, at, clean_text(_head(column)), self._head)
            number = "" if column.hidden else f"({found.report.number(column.id)})"
            sheet.write_string(4, at, number, self._head)
            words = found.report.formula_words(column)
            if words:
                sheet.write_comment(3, at, words, {"x_scale": 2})
        for index, row in enumerate(found.rows):
            self._row(_TOP + index, row, self._cell, total=False)
        for total in found.foot:
            self._row(_TOP + len(found.rows), total, self._sum, total=True)
        self._foot(_TOP + len(found.rows) + 2)
        sheet.set_column(0, 0, 46)
        for column in self._columns:
            at = self._at[column.id]
            sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
        sheet.freeze_panes(_TOP, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3, 4)

    def _row(self, at: int, row: Row, formats: dict[Kind, Any], *, total: bool) -> None:
        self._sheet.write_string(at, 0, clean_text(row.label), formats[Kind.TEXT])
        for column in self._columns:
            where, look = self._at[column.id], formats[column.kind]
            value = self._found.value(row, column)
            formula = self._formula(column, at, total=total)
            if formula:
                self._sheet.write_formula(at, where, formula, look, _cached(value))
            elif isinstance(value, int):
                self._sheet.write_number(at, where, value, look)
            else:
                self._sheet.write_string(at, where, clean_text(value or "") if isinstance(value, str) else "", look)

    def _formula(self, column: Column, at: int, *, total: bool) -> str:
        match column.formula:
            case Linear(terms, constant):
                if total and any(self._found.report.column(id).kind is Kind.NUMBER for _, id in terms):
                    return self._column_sum(column, at)
                words = "".join(f"{'+' if sign > 0 else '-'}{self._name(id, at)}" for sign, id in terms)
                return "=" + words.removeprefix("+") + (f"{constant:+d}" if constant else "")
            case Rate(over, under, least):
                top, below = self._sum_of(over, at), self._sum_of(under, at)
                none = f"{below}<{least}" if least > 1 else f"{below}=0"
                return f'=IF({none},"–",{top}/{below})'
        if total and column.kind in (Kind.COUNT, Kind.VND) and self._found.rows:
            return self._column_sum(column, at)
        return ""

    def _column_sum(self, column: Column, at: int) -> str:
        letter = _letter(self._at[column.id])
        return f"=SUM({letter}{_TOP + 1}:{letter}{at})" if self._found.rows else ""

    def _sum_of(self, ids: tuple[str, ...], at: int) -> str:
        names = "+".join(self._name(id, at) for id in ids)
        return f"({names})" if len(ids) > 1 else names

    def _name(self, id: str, at: int) -> str:
        return f"{_letter(self._at[id])}{at + 1}"

    def _foot(self, at: int) -> None:
        """Controls as formulas: they say "Khớp" or "Chưa khớp" for as long as somebody edits the sheet."""
        total = _TOP + len(self._found.rows)
        broken = bool(self._found.broken())
        for index, control in enumerate(self._found.report.controls):
            self._sheet.write_string(at + index, 0, f"Đối chiếu: {control.words}", self._plain)
            if all(id in self._at for id in control.right):
                left, right = self._sum_of(control.left, total), self._sum_of(control.right, total)
            else:
                left = self._sum_of(control.left, total)
                right = str(sum(self._found.others.get(id, 0) for id in control.right))
            formula = f'=IF({left}={right},"Khớp","Chưa khớp")'
            self._sheet.write_formula(at + index, 1, formula, self._plain, "Chưa khớp" if broken else "Khớp")


def _cached(value: object) -> str | int | float:
    """The value a viewer without a calculator shows; the only fraction of the program, and it is never computed with."""
    if isinstance(value, Ratio):
        return value.over / value.under
    return value if isinstance(value, int) else "–"


def _letter(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
