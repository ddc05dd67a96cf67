"""The page of all communes, and the same table as CSV and XLSX with live formulas."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

from sync.centre.accounts import Person
from sync.centre.web.communes import Commune, Span, total
from sync.centre.web.html import grouped, link, number, page, share, text

SPANS = (("ngay", "Hôm nay"), ("tuan", "Tuần"), ("thang", "Tháng"), ("quy", "Quý"), ("nam", "Năm"))

#: (title, figure, is it one that should be 0)
FIGURES: tuple[tuple[str, Callable[[Commune], int], bool], ...] = (
    ("Tiếp nhận", lambda c: c.received, False),
    ("Đã giải quyết", lambda c: c.closed, False),
    ("Đúng hạn", lambda c: c.good, False),
    ("Quá hạn đang mở", lambda c: c.late, True),
    ("Chưa xin lỗi", lambda c: c.late_no_apology, True),
    ("Phiếu hướng dẫn", lambda c: c.slips, False),
    ("Hướng dẫn một lần", lambda c: c.slips_once, False),
    ("Phí, lệ phí (đồng)", lambda c: c.collected_vnd, False),
    ("Thiếu số biên lai", lambda c: c.gaps, True),
    ("Lệch quỹ", lambda c: c.cash_differences, True),
    ("Quầy", lambda c: c.stations, False),
    ("Im quá 1 ngày", lambda c: c.silent, True),
    ("Sự cố", lambda c: c.incidents, True),
    ("Chờ xem xét", lambda c: c.quarantine, True),
    ("Phản ánh", lambda c: c.feedback, False),
    ("Phản ánh quá hạn", lambda c: c.feedback_late, True),
    ("Phản ánh chờ xã nhận", lambda c: c.feedback_waiting, False),
    ("Ngày chưa khớp số", lambda c: c.unmatched, True),
)
RATES = (("Tỷ lệ đúng hạn", 2, 1), ("Tỷ lệ hướng dẫn một lần", 6, 5))  # (title, over, under) by place in FIGURES


def communes_page(rows: list[Commune], span: Span, person: Person) -> str:
    """All communes in one table, the sum below."""
    heads = [("Xã", False), *((title, True) for title, _, _ in FIGURES[:3]), (RATES[0][0], True)]
    heads += [("Ngày bình quân", True), *((title, True) for title, _, _ in FIGURES[3:6]), (RATES[1][0], True)]
    heads += [*((title, True) for title, _, _ in FIGURES[7:]), ("Danh mục đang dùng", False)]
    pills = "".join(
        f'<a class="{"on" if word == span.word else ""}" href="/xem?ky={word}">{text(name)}</a>' for word, name in SPANS
    )
    form = (
        '<form method="get" action="/xem"><label>Từ ngày <input type="date" name="tu" '
        f'value="{span.first}"></label><label>đến ngày <input type="date" name="den" value="{span.last}"></label>'
        "<button>Xem</button></form>"
    )
    from sync.centre.web.html import table

    body = (
        f'<div class="pills">{pills}</div><details><summary>Chọn ngày</summary>{form}</details>'
        f'<p class="soft">{text(span.title)}. Tỷ lệ đúng hạn = đúng hạn ÷ đã giải quyết.'
        f" {link('Tải Excel', 'xem', 'xuat.xlsx', ky=span.word)} · {link('Tải CSV', 'xem', 'xuat.csv', ky=span.word)}</p>"
        + table(heads, (_row(c) for c in rows), "Chưa có xã nào.", _row(total(rows)))
    )
    return page("Các xã", body, person)


def _row(c: Commune) -> str:
    cells = [number(figure(c), bad=bad) for _, figure, bad in FIGURES]
    name = f"<td>{link(c.name, 'xem', 'xa', c.unit)}</td>" if c.unit else f"<td>{text(c.name)}</td>"
    mean = f'<td class="n">{_mean(c.days, c.closed)}</td>'
    return (
        name + "".join(cells[:3]) + share(c.good, c.closed) + mean + "".join(cells[3:6])
        + share(c.slips_once, c.slips) + "".join(cells[7:]) + f"<td>{text(c.catalogues)}</td>"
    )  # fmt: skip


def _mean(days: int, closed: int) -> str:
    if closed <= 0:
        return "–"
    tenths = (days * 20 + closed) // (2 * closed)
    return f"{grouped(tenths // 10)},{tenths % 10}"


def to_csv(rows: list[Commune]) -> bytes:
    """UTF-8 with a byte order mark, semicolons; names that a spreadsheet would run stand behind an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Mã", "Xã", *(title for title, _, _ in FIGURES), "Danh mục"])
    for c in (*rows, total(rows)):
        writer.writerow([_safe(c.unit), _safe(c.name), *(figure(c) for _, figure, _ in FIGURES), _safe(c.catalogues)])
    return out.getvalue().encode("utf-8-sig")


def _safe(words: str) -> str:
    return f"'{words}" if words.lstrip().startswith(("=", "+", "-", "@")) else words


def to_xlsx(rows: list[Commune], span: Span) -> bytes:
    """One sheet; sums and rates are formulas, texts are texts."""
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet("Các xã")
        bold, count = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
        rate = book.add_format({"num_format": "0.0%"})
        sheet.write_string(0, 0, span.title, bold)
        titles = ["Mã", "Xã", *(t for t, _, _ in FIGURES), *(t for t, _, _ in RATES), "Danh mục"]
        for at, title in enumerate(titles):
            sheet.write_string(1, at, title, bold)
        for index, c in enumerate(rows):
            _sheet_row(sheet, 2 + index, c, count, rate, sums=0)
        _sheet_row(sheet, 2 + len(rows), total(rows), count, rate, sums=len(rows))
        sheet.set_column(1, 1, 30)
        sheet.freeze_panes(2, 2)
    return file.getvalue()


def _sheet_row(sheet: Any, at: int, c: Commune, count: Any, rate: Any, *, sums: int) -> None:
    sheet.write_string(at, 0, c.unit)
    sheet.write_string(at, 1, c.name)
    for index, (_, figure, _) in enumerate(FIGURES):
        column = chr(67 + index)
        if sums:
            sheet.write_formula(at, 2 + index, f"=SUM({column}3:{column}{at})", count, figure(c))
        else:
            sheet.write_number(at, 2 + index, figure(c), count)
    for index, (_, over, under) in enumerate(RATES):
        top, below = f"{chr(67 + over)}{at + 1}", f"{chr(67 + under)}{at + 1}"
        a, b = FIGURES[over][1](c), FIGURES[under][1](c)
        formula = f'=IF({below}=0,"–",{top}/{below})'
        sheet.write_formula(at, 2 + len(FIGURES) + index, formula, rate, a / b if b else "–")
    sheet.write_string(at, 2 + len(FIGURES) + len(RATES), c.catalogues)
