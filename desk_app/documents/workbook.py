"""Lists as XLSX for the office's own spreadsheets: true dates, whole numbers, everything else text, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from desk_app.documents.spreadsheet import clean_text

Cell = str | int | date | None
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Heading:
    """A column: its name as on paper and its width in letters."""

    name: str
    width: float


@dataclass(frozen=True)
class Workbook:
    """One sheet: lines above the table (office, title, period), headings, rows."""

    sheet: str
    above: tuple[str, ...]
    headings: tuple[Heading, ...]
    author: str
    made_at: datetime


def render(book: Workbook, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The bytes of the file; rows are read one by one. Same input, same bytes."""
    import xlsxwriter  # not needed before somebody exports

    out = BytesIO()
    file = xlsxwriter.Workbook(out, {"constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False})
    file.set_properties({"title": book.sheet, "author": book.author, "created": book.made_at})
    text = file.add_format({"font_name": "Times New Roman", "valign": "top", "text_wrap": True, "border": 1})
    quoted = file.add_format({"font_name": "Times New Roman", "valign": "top", "text_wrap": True, "border": 1})
    quoted.set_quote_prefix()
    number = file.add_format({"font_name": "Times New Roman", "valign": "top", "num_format": "#,##0", "border": 1})
    day = file.add_format({"font_name": "Times New Roman", "valign": "top", "num_format": "dd/mm/yyyy", "border": 1})
    bold = file.add_format(
        {"font_name": "Times New Roman", "bold": True, "text_wrap": True, "align": "center", "border": 1}
    )
    title = file.add_format({"font_name": "Times New Roman", "bold": True})
    sheet = file.add_worksheet(book.sheet[:31])
    for at, line in enumerate(book.above):
        sheet.write_string(at, 0, line, title)
    top = len(book.above) + (1 if book.above else 0)
    for column, heading in enumerate(book.headings):
        sheet.write_string(top, column, heading.name, bold)
        sheet.set_column(column, column, heading.width)
    for at, row in enumerate(rows, start=top + 1):
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                sheet.write_blank(at, column, None, text)
            elif isinstance(cell, int):
                sheet.write_number(at, column, cell, number)
            elif isinstance(cell, date):
                sheet.write_datetime(at, column, cell, day)
            else:
                # codes and card numbers keep their zeros; a text that looks like a formula stays a text everywhere
                plain = clean_text(cell)
                sheet.write_string(at, column, plain, quoted if plain.startswith(_STARTS_A_FORMULA) else text)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    file.close()
    return out.getvalue()
