"""Reports as an officer asks for them: names, fields, freshness, paper, files; hostile words and periods."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.documents import receipt_usage
from desk_app.domain.errors import DeskError
from desk_app.domain.period import Span, between, period_of
from desk_app.domain.report import Column, Group, Kind, Linear, Rate, Ratio, Report, Row, Table, merge, plus, text_of
from desk_app.services import reports
from desk_app.services.desk import Desk
from desk_app.services.reports import AskReport, Counted
from desk_app.wiring.survey_forms import shipped
from tests.documents.reading import text_of as text_of_pdf
from tests.services.reporting import desk_of
from tests.storage.year import OFFICERS, QUIET, Year

NOW = datetime(2026, 11, 25, 15, 40)
YEAR = period_of(Span.YEAR, NOW.date())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    year = Year(tmp_path_factory.mktemp("year"))
    year._set(NOW)
    yield desk_of(year)
    year.close()


def count(desk: Desk, report: str, group: Group, period: object = YEAR) -> Counted:
    return desk.store.call(lambda: reports.count(desk, AskReport(report, period, group)))  # type: ignore[arg-type]


def test_every_report_is_counted_by_everything_it_offers_and_its_controls_hold(desk: Desk) -> None:
    for report in reports.listed():
        for group in report.groups:
            table = count(desk, report.id, group).table
            assert table.rows, (report.id, group)
            assert table.broken() == ()
            assert all(row.label for row in table.rows)


def test_fields_are_the_sum_of_their_procedures(desk: Desk) -> None:
    fields, procedures = (count(desk, "settlement", g).table for g in (Group.FIELD, Group.PROCEDURE))
    names = {h.field_name for h in desk.catalogue.headings}
    assert {row.label for row in fields.rows} <= names
    assert len(fields.rows) < len(procedures.rows)
    for column in fields.report.columns:
        assert fields.value(fields.total, column) == procedures.value(procedures.total, column)


def test_behind_a_field_stand_the_dossiers_of_its_procedures(desk: Desk) -> None:
    table = count(desk, "settlement", Group.FIELD).table
    ask = AskReport("settlement", YEAR, Group.FIELD)
    for row in table.rows:
        found = desk.store.call(lambda row=row: reports.behind(desk, ask, "late", row.key))
        assert len(found) == row.counted["late"]
        assert all(item.dossier for item in found)


def test_officers_are_named(desk: Desk) -> None:
    labels = {row.label for row in count(desk, "guidance", Group.OFFICER).table.rows}
    assert labels == {name for _, name in OFFICERS}


def test_an_empty_month_is_a_row_of_its_own(desk: Desk) -> None:
    table = count(desk, "guidance", Group.TIME).table
    rows = {row.label: row for row in table.rows}
    assert list(rows) == [f"{month:02d}/2026" for month in range(1, 12)]
    for month in QUIET:
        row = rows[f"{month:02d}/2026"]
        assert table.value(row, table.report.column("slips")) == 0
        assert text_of(table.value(row, table.report.column("once_rate")), Kind.PERCENT) == "–"


def test_a_period_to_come_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError) as refused:
        count(desk, "fees", Group.KIND, YEAR.after())
    assert refused.value.code == "BC-02"


def test_the_paper_and_the_files_hold_the_figures_of_the_screen(desk: Desk) -> None:
    counted = count(desk, "settlement", Group.FIELD)
    done = text_of(counted.table.value(counted.table.total, counted.table.report.column("done")), Kind.COUNT)
    text = " ".join(text_of_pdf(desk.store.call(lambda: reports.paper(desk, counted))).split())
    assert done in text and "Lê Thị Hạnh" in text and "Năm 2026" in text and "BẢN TẬP HUẤN" not in text
    assert f";{done};" in reports.csv(counted).decode("utf-8-sig")
    assert reports.xlsx(desk, counted)[:2] == b"PK"
    assert reports.file_name(counted, "bao-cao") == "bao-cao-settlement-2026-01-01-2026-12-31"


def test_the_use_of_receipts_has_the_columns_and_the_controls_of_its_form(desk: Desk) -> None:
    for period in (YEAR, period_of(Span.QUARTER, date(2026, 5, 1)), period_of(Span.MONTH, date(2026, 5, 1))):
        counted = count(desk, "receipts", Group.SERIES, period)
        rows = receipt_usage.rows_of(desk.store.call(lambda counted=counted: reports.usage_of(desk, counted)))
        assert {len(row) for row in rows} == {22}
        for row in (*rows,):
            assert row[11] == int(row[12]) + int(row[13]) + int(row[15]) + int(row[17])
            assert row[21] == int(row[4]) - int(row[11])
        used, struck = rows[-1][12], rows[-1][13]
        on_screen = {
            c: counted.table.value(counted.table.total, counted.table.report.column(c)) for c in ("used", "struck")
        }
        assert int(used) + int(struck) == on_screen["used"]
        said = " ".join(text_of_pdf(desk.store.call(lambda counted=counted: reports.paper(desk, counted))).split())
        assert "BC7/AC" in said and period.title in said and "(22)" in said
        book = zipfile.ZipFile(io.BytesIO(reports.xlsx(desk, counted)))
        assert "Tồn cuối kỳ: Số lượng (22)" in book.read("xl/sharedStrings.xml").decode()


def test_no_report_names_a_citizen(desk: Desk) -> None:
    for report in reports.listed():
        for group in report.groups:
            words = reports.csv(count(desk, report.id, group)).decode("utf-8-sig")
            assert "046090001234" not in words and "0912" not in words
            assert group is Group.OFFICER or "Đỗ Văn Dũng" not in words  # an officer has the citizen's name


# ---- rules of reports -----------------------------------------------------------------------------------------------

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, st.sampled_from([s for s in Span if s is not Span.RANGE]))
def test_periods_follow_one_another_without_gap_or_overlap(day: date, span: Span) -> None:
    period = period_of(span, day)
    assert period.first <= day <= period.last
    assert (period.after().first - period.last).days == 1
    assert period.after().before() == period
    assert period.before().after() == period


@given(DAYS, DAYS)
def test_chosen_days_move_by_their_own_length(one: date, other: date) -> None:
    if one > other:
        with pytest.raises(DeskError):
            between(one, other)
        one, other = other, one
    period = between(one, other)
    assert (period.first - period.before().last).days == 1
    assert period.before().days == period.days == period.after().days


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rate_is_rounded_half_up_and_never_through_a_fraction(over: int, under: int) -> None:
    tenths = Ratio(over, under).tenths(100)
    assert abs(tenths * under - over * 1000) * 2 <= under
    assert text_of(Ratio(1, 3), Kind.PERCENT) == "33,3 %"
    assert text_of(Ratio(1, 2000), Kind.PERCENT) == "0,1 %"
    assert text_of(None, Kind.MEAN) == "–"


SHAPE = Report(
    "x", "X", (Group.FIELD,),
    (Column("a", "A"), Column("b", "B"), Column("s", "S", formula=plus("a", "b")),
     Column("r", "R", Kind.PERCENT, formula=Rate(("a",), ("s",))),
     Column("d", "D", formula=Linear(((1, "a"), (-1, "b")), 1))),
    chart=("a",),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=8))
def test_totals_of_derived_columns_follow_from_summed_ones(pairs: list[tuple[int, int]]) -> None:
    rows = tuple(Row(str(n), f"r{n % 3}", {"a": a, "b": b}) for n, (a, b) in enumerate(pairs))
    table = Table(SHAPE, Group.FIELD, YEAR, rows)
    a, b = sum(p[0] for p in pairs), sum(p[1] for p in pairs)
    assert table.value(table.total, SHAPE.column("s")) == a + b
    assert table.value(table.total, SHAPE.column("r")) == (Ratio(a, a + b) if a + b else None)
    merged = Table(SHAPE, Group.FIELD, YEAR, merge(rows, lambda row: (row.label, row.label)))
    assert merged.value(merged.total, SHAPE.column("s")) == a + b


def test_a_formula_is_said_with_the_numbers_of_its_columns() -> None:
    assert SHAPE.formula_words(SHAPE.column("s")) == "(5) = (3) + (4)"
    assert SHAPE.formula_words(SHAPE.column("r")) == "(6) = (3) ÷ (5) × 100 %"
    assert SHAPE.formula_words(SHAPE.column("d")) == "(7) = (3) − (4) + 1"


def test_nothing_stands_behind_an_anonymous_answer(desk: Desk) -> None:
    report = next(report for report in reports.listed() if report.id == "satisfaction")
    assert not [column.id for column in report.columns if column.behind]
    assert Group.OFFICER not in report.groups and Group.DOSSIER not in report.groups


def test_questions_are_read_in_the_words_that_were_asked(desk: Desk) -> None:
    forms = shipped()
    counted = desk.store.call(lambda: reports.count(desk, AskReport("satisfaction", YEAR, Group.QUESTION), forms=forms))
    labels = [row.label for row in counted.table.rows]
    assert labels == ["Nơi ngồi chờ, trang thiết bị, niêm yết", "Mức độ hài lòng chung"], "in the order of the form"
