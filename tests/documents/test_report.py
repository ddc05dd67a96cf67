"""A report on paper, as workbook and as CSV: same figures, live formulas, no cell that runs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk_app.documents.blocks import Letterhead
from desk_app.documents.report import ReportPaper, render
from desk_app.documents.report_notice import ReportNotice
from desk_app.documents.report_notice import render as render_notice
from desk_app.documents.spreadsheet import clean_text, harmless, to_csv, to_xlsx
from desk_app.domain.period import Span, period_of
from desk_app.domain.report import Column, Control, Group, Kind, Linear, Rate, Report, Row, Table, bars_of, plus
from desk_app.storage.reports.catalogue import REPORTS
from tests.documents.reading import text_of

REPORT = Report(
    "trial",
    "Tiếp nhận, giải quyết hồ sơ",
    (Group.FIELD,),
    (
        Column("all", "Tổng số", formula=plus("early", "late"), group="Đã giải quyết"),
        Column("early", "Trước hạn", group="Đã giải quyết", rule="Có kết quả trước ngày hẹn"),
        Column("late", "Quá hạn", group="Đã giải quyết"),
        Column("rate", "Tỷ lệ", Kind.PERCENT, formula=Rate(("early",), ("all",))),
        Column("first", "Từ số", Kind.NUMBER),
        Column("last", "Đến số", Kind.NUMBER),
        Column("missing", "Thiếu", formula=Linear(((1, "last"), (-1, "first"), (-1, "all")), 1)),
        Column("days", "Số ngày", hidden=True),
        Column("mean", "Bình quân", Kind.MEAN, formula=Rate(("days",), ("all",))),
    ),
    chart=("early", "late"),
    form="Biểu số II.06a/VPCP/KSTT",
    unit="Số hồ sơ TTHC",
    controls=(Control(("all",), ("early", "late"), "cột 3 = cột 4 + cột 5"),),
)
HOSTILE = ("=cmd|' /C calc'!A0", "+84 912", "-1+1", "@SUM(A1)", "\t=1", "  =1", "'; DROP TABLE dossier; --", "<b>x</b>",
           "ab\u202egnp.exe", "x\x00y", "https://example.invalid/")  # fmt: skip


def a_table(*rows: tuple[str, int, int, int, int, int]) -> Table:
    made = [Row(str(n), label, dict(zip(("early", "late", "first", "last", "days"), rest, strict=True)))
            for n, (label, *rest) in enumerate(rows, start=1)]  # fmt: skip
    return Table(REPORT, Group.FIELD, period_of(Span.MONTH, date(2026, 11, 25)), tuple(made))


USUAL = a_table(("Hộ tịch", 30, 2, 1, 33, 90), ("Chứng thực", 41, 0, 34, 74, 41), ("Trống", 0, 0, 1, 0, 0))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(data: bytes) -> dict[str, tuple[str, str]]:
    """Every cell of the sheet: its formula ("" for none) and its value, as the file holds them."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in strings]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    out = {}
    for cell in sheet.iter(f"{MAIN}c"):
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        text = value.text or "" if value is not None else ""
        out[cell.attrib["r"]] = ((formula.text or "") if formula is not None else "",
                                 texts[int(text)] if cell.attrib.get("t") == "s" else text)  # fmt: skip
    return out


def computed(formula: str, found: Mapping[str, tuple[str, str]]) -> str:
    """The value of a formula, from the cells it names: sums, quotients and the test for zero, nothing else."""

    def number(name: str) -> float:
        inner, value = found[name]
        return float(computed(inner, found) if inner else value or 0)

    if match := re.fullmatch(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)", formula):
        return str(sum(number(f"{match[1]}{n}") for n in range(int(match[2]), int(match[3]) + 1)))
    if match := re.fullmatch(r'IF\((.+)=0,"–",(.+)\)', formula):
        return "–" if float(computed(match[1], found)) == 0 else computed(match[2], found)
    if match := re.fullmatch(r'IF\((.+)<(\d+),"–",(.+)\)', formula):
        return "–" if float(computed(match[1], found)) < int(match[2]) else computed(match[3], found)
    if match := re.fullmatch(r'IF\((.+)=(.+),"Khớp","Chưa khớp"\)', formula):
        return "Khớp" if computed(match[1], found) == computed(match[2], found) else "Chưa khớp"
    plain = re.sub(r"[A-Z]+\d+", lambda m: f"({number(m[0])})", formula)
    assert re.fullmatch(r"[-+/().\d ]+", plain), plain
    return str(eval(plain))


def test_the_paper_says_form_period_figures_formulas_and_asks_for_two_signatures() -> None:
    data = ReportPaper(
        USUAL, Letterhead("ỦY BAN NHÂN DÂN XÃ HÒA MẪU", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Hòa Mẫu"),
        "Trung tâm Phục vụ hành chính công xã Hòa Mẫu", date(2026, 11, 30), "UBND TỈNH MINH HỌA",
        "Số liệu máy này đến 15:40 hôm nay.", "Lê Thị Hạnh", "CHỦ TỊCH",
    )  # fmt: skip
    pdf = render(data)
    assert pdf == render(data)
    text = " ".join(text_of(pdf).split())
    for words in ("Biểu số II.06a/VPCP/KSTT", "Từ ngày 01/11/2026 đến ngày 30/11/2026", "Hộ tịch", "93,8 %", "97,3 %",
                  "(3) = (4) + (5)", "(6) = (4) ÷ (3) × 100 %", "NGƯỜI LẬP BÁO CÁO", "CHỦ TỊCH", "Lê Thị Hạnh",
                  "Số liệu máy này đến 15:40 hôm nay."):  # fmt: skip
        assert words in text, words
    assert "Số liệu chưa khớp" not in text


def test_every_formula_of_the_workbook_gives_the_value_stored_beside_it() -> None:
    found = cells(to_xlsx(USUAL, "nguồn"))
    formulas = {name: cell for name, cell in found.items() if cell[0]}
    assert len(formulas) == 4 * 4 + 3 + 1
    for name, (formula, value) in formulas.items():
        result = computed(formula, found)
        assert result == value or float(result) == pytest.approx(float(value)), (name, formula)
    assert found["B6"] == ("C6+D6", "32")
    assert found["C9"] == ("SUM(C6:C8)", "71")


@pytest.mark.parametrize("report", [query.report for query in REPORTS.values()], ids=lambda report: report.id)
def test_the_workbook_of_every_report_computes_what_it_stores(report: Report) -> None:
    """Each counted figure of three rows is another number, so that a formula that names a wrong cell is caught."""
    counted = [c for c in report.columns if c.formula is None and c.kind is not Kind.TEXT]
    rows = tuple(
        Row(f"k{n}", f"Dòng {n}", {c.id: 3 * n + at * at + 1 for at, c in enumerate(counted)}) for n in range(1, 4)
    )
    period = period_of(Span.MONTH, date(2026, 11, 1))
    found = cells(to_xlsx(Table(report, report.groups[0], period, rows), "nguồn"))
    formulas = {name: cell for name, cell in found.items() if cell[0]}
    assert formulas
    for name, (formula, value) in formulas.items():
        if "Khớp" not in formula:  # drawn figures need not agree with one another
            result = computed(formula, found)
            assert result == value or float(result) == pytest.approx(float(value)), (name, formula)


def test_a_share_of_four_answers_is_a_dash_and_of_five_a_number() -> None:
    report = REPORTS["satisfaction"].report
    rows = tuple(Row(str(n), str(n), {"score1": 0, "score2": 0, "score3": 1, "score4": 0, "score5": n}) for n in (3, 4))
    table = Table(report, Group.SERVED, period_of(Span.MONTH, date(2026, 11, 1)), rows)
    last = len(report.shown) + 1
    found = cells(to_xlsx(table, "nguồn"))
    rates = [found[f"{chr(64 + last)}{at}"] for at in (6, 7)]
    assert rates[0][1] == "–" and rates[1][1].startswith("0.8")
    assert "<5" in rates[0][0]


def test_the_notice_for_the_board_has_the_public_columns_and_no_number_of_a_form() -> None:
    report = REPORTS["settlement"].report
    figures = {c.id: 4 for c in report.columns if c.formula is None}
    table = Table(report, Group.FIELD, period_of(Span.QUARTER, date(2026, 11, 1), 14), (Row("a", "Hộ tịch", figures),))
    data = ReportNotice(
        table, Letterhead("ỦY BAN NHÂN DÂN XÃ HÒA MẪU", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Hòa Mẫu"),
        "Ủy ban nhân dân xã Hòa Mẫu", date(2026, 12, 15), "Trung tâm, điện thoại 0900 000 000", "CHỦ TỊCH",
    )  # fmt: skip
    pdf = render_notice(data)
    assert pdf == render_notice(data)
    text = " ".join(text_of(pdf).split())
    for words in ("CÔNG KHAI", "từ ngày 15/09/2026 đến ngày 14/12/2026", "Hộ tịch", "Đang quá hạn", "0900 000 000"):
        assert words in text, words
    assert "Biểu số" not in text and "NGƯỜI LẬP" not in text
    with pytest.raises(ValueError, match="not made public"):
        render_notice(replace(data, table=replace(table, report=REPORTS["fees"].report)))


def test_editing_a_counted_cell_would_change_what_follows_from_it() -> None:
    found = cells(to_xlsx(USUAL, "nguồn")) | {"C6": ("", "10")}
    assert float(computed(found["B6"][0], found)) == 12
    assert float(computed(found["B9"][0], found)) == 53


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_a_link_or_turns_the_line(text: str) -> None:
    table = a_table((text, 1, 1, 1, 2, 3))
    found = cells(to_xlsx(table, text))
    assert found["A6"][0] == "" and found["A3"][0] == ""
    with zipfile.ZipFile(io.BytesIO(to_xlsx(table, text))) as book:
        assert not [name for name in book.namelist() if "externalLink" in name]
        assert b"hyperlink" not in book.read("xl/worksheets/sheet1.xml")
    cell = to_csv(table).decode("utf-8-sig").splitlines()[1].split(";")[0].strip('"')
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@"))
    assert "\u202e" not in cell + found["A6"][1]


@given(st.text(max_size=60))
@example("\n=1+1")
@example("\u3000@SUM(A1)")
def test_whatever_is_typed_a_csv_cell_does_not_run(text: str) -> None:
    cell = harmless(text)
    assert not cell.strip().startswith(("=", "+", "-", "@"))
    assert harmless(cell) == cell


def test_a_cell_is_never_longer_than_the_format_holds() -> None:
    assert len(clean_text("ễ" * 1_000_000)) == 32_000
    assert to_xlsx(a_table(("ễ" * 1_000_000, 1, 1, 1, 2, 3)), "")


def test_an_empty_report_is_written_with_dashes_for_rates() -> None:
    found = cells(to_xlsx(a_table(), "nguồn"))
    assert found["E6"] == ('IF(B6=0,"–",C6/B6)', "–")
    assert "Tổng số;0;0;0;–" in to_csv(a_table()).decode("utf-8-sig")


def test_beyond_twelve_bars_the_rest_is_one_and_nothing_is_lost() -> None:
    table = a_table(*((f"Lĩnh vực {n}", n, 1, 1, n + 1, n) for n in range(1, 31)))
    bars = bars_of(table)
    assert len(bars) == 12 and bars[-1].label == "Còn lại (19)"
    assert sum(sum(bar.values) for bar in bars) == sum(range(1, 31)) + 30
