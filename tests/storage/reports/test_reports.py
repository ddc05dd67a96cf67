"""Reports of a generated year against plain SQL over the dossiers and receipts, written apart from the summaries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.domain.period import Period, Span, between, period_of
from desk_app.domain.report import Group, Ratio, Table
from desk_app.storage.reports.behind import behind
from desk_app.storage.reports.catalogue import REPORTS
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.dossier_facts import DossierStopped, SupplementCompleted, SupplementRequested
from sync.protocol.facts import DossierReceived, DossierSettled
from tests.storage.builders import FakeClock, a_store, open_line, receive, settle
from tests.storage.year import QUIET, Year

T = TypeVar("T")
NOW = datetime(2026, 11, 25, 15, 40)
YEAR = period_of(Span.YEAR, NOW.date())
DAYS = st.dates(date(2025, 12, 1), NOW.date())


def look(year: Year, job: Callable[[ReadTx], T]) -> T:
    def work() -> T:
        with year.store.read() as tx:
            return job(tx)

    return year.store.call(work)


def counted(year: Year, report: str, period: Period, group: Group | None = None) -> Table:
    query = REPORTS[report]

    def job(tx: ReadTx) -> Table:
        asked = Asked(period, group or query.report.groups[0], NOW)
        return Table(query.report, asked.group, period, query.rows(tx, asked), query.others(tx, asked))

    return look(year, job)


def figure(table: Table, id: str) -> Any:
    return table.value(table.total, table.report.column(id))


def sql(year: Year, text: str, *values: object) -> int:
    found: int = look(year, lambda tx: tx.row(text, values)[0])
    return found


def closed_between(year: Year, condition: str, first: date, last: date) -> int:
    return sql(
        year,
        "SELECT count(*) FROM dossier WHERE closed_at <> '' AND date(closed_at) BETWEEN ? AND ? AND " + condition,
        first.isoformat(),
        last.isoformat(),
    )


def overdue_then(year: Year, end: str, moment: str) -> int:
    """How many dossiers were overdue at ``end``, told by the facts up to then and by nothing that came after."""
    dues: dict[str, str] = {}
    for fact in year.facts():
        match fact:
            case DossierReceived() if fact.received_at <= end:
                dues[fact.dossier] = fact.due_at
            case SupplementRequested() if fact.asked_at <= end:
                dues[fact.dossier] = ""
            case SupplementCompleted() if fact.completed_at <= end:
                dues[fact.dossier] = fact.due_at
            case DossierSettled() if fact.settled_at <= end:
                dues[fact.dossier] = ""
            case DossierStopped() if fact.stopped_at <= end:
                dues[fact.dossier] = ""
    return sum(bool(due) and due < moment for due in dues.values())


def check_settlement(year: Year, period: Period) -> None:
    """Every column of II.06a, each by a count over the dossiers."""
    table = counted(year, "settlement", period, Group.PROCEDURE)
    first, last = period.first, min(period.last, NOW.date())
    came = "SELECT count(*) FROM dossier WHERE date(received_at) BETWEEN ? AND ?"
    assert figure(table, "direct") == sql(year, came, first.isoformat(), last.isoformat())
    assert figure(table, "online") == 0
    still = "SELECT count(*) FROM dossier WHERE date(received_at) <= ? AND (closed_at = '' OR date(closed_at) > ?)"
    eve = (first - timedelta(days=1)).isoformat()
    assert figure(table, "opening") == sql(year, still, eve, eve)
    assert figure(table, "open") == sql(year, still, last.isoformat(), last.isoformat())
    late, early = (
        "due_at <> '' AND settled_at > due_at",
        "due_at <> '' AND settled_at <> '' AND date(settled_at) < date(due_at)",
    )
    assert figure(table, "late") == closed_between(year, late, first, last)
    assert figure(table, "early") == closed_between(year, early, first, last)
    assert figure(table, "on_time") == closed_between(year, f"NOT ({late}) AND NOT ({early})", first, last)
    moment = NOW.isoformat() if last == NOW.date() else f"{last}T99"
    assert figure(table, "open_late") == overdue_then(year, f"{last}T99", moment)
    assert table.broken() == ()


def test_the_official_form_of_the_year_is_what_plain_sql_counts(year: Year) -> None:
    check_settlement(year, YEAR)
    table = counted(year, "settlement", YEAR)
    assert figure(table, "in_all") == figure(table, "done") + figure(table, "open") > 200


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=DAYS, span=st.sampled_from([s for s in Span if s is not Span.RANGE]))
def test_so_is_every_day_week_month_and_quarter(year: Year, day: date, span: Span) -> None:
    check_settlement(year, period_of(span, day))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.tuples(DAYS, DAYS))
def test_so_is_any_choice_of_days(year: Year, days: tuple[date, date]) -> None:
    check_settlement(year, between(min(days), max(days)))


def test_what_is_open_at_the_end_of_a_month_is_what_the_next_one_begins_with(year: Year) -> None:
    month = period_of(Span.MONTH, date(2026, 1, 1))
    while month.after().first < NOW.date():
        here, there = counted(year, "settlement", month), counted(year, "settlement", month.after())
        assert figure(here, "open") == figure(there, "opening")
        month = month.after()


def test_rates_and_mean_days_keep_their_two_numbers(year: Year) -> None:
    for group in REPORTS["timeliness"].report.groups:
        table = counted(year, "timeliness", YEAR, group)
        done = sql(year, "SELECT count(*) FROM dossier WHERE closed_at <> ''")
        days = sql(
            year,
            "SELECT sum(julianday(date(closed_at)) - julianday(date(received_at))) FROM dossier WHERE closed_at <> ''",
        )
        assert figure(table, "mean_days") == Ratio(int(days), done)
        good = sql(year, "SELECT count(*) FROM dossier WHERE closed_at <> '' AND (due_at = '' OR settled_at <= due_at)")
        assert figure(table, "on_time_rate") == Ratio(good, done)


def test_fees_by_kind_and_by_time_are_the_receipts_of_the_period_less_those_struck(year: Year) -> None:
    assert sql(year, "SELECT count(*) FROM receipt WHERE status <> 'issued'") > 3
    for period in (YEAR, period_of(Span.MONTH, date(2026, 5, 1)), period_of(Span.DAY, date(2026, 6, 9))):
        span = (period.first.isoformat(), period.last.isoformat())
        issued = "SELECT coalesce(sum(total_vnd), 0) FROM receipt WHERE date(issued_at) BETWEEN ? AND ?"
        back = (
            "SELECT coalesce(sum(r.total_vnd), 0) FROM receipt r, undo u WHERE u.receipt = r.receipt"
            " AND u.kind IN ('replaced', 'voided') AND date(u.at) BETWEEN ? AND ?"
        )
        total, struck = sql(year, issued, *span), sql(year, back, *span)
        cash = sql(year, issued + " AND method = 'cash'", *span)
        for group in (Group.KIND, Group.TIME):
            table = counted(year, "fees", period, group)
            assert (figure(table, "collected"), figure(table, "back")) == (total - struck, struck)
            assert figure(table, "cash") == cash
            assert table.broken() == ()


def test_receipt_numbers_are_told_by_range_with_what_is_missing_and_left(year: Year) -> None:
    table = counted(year, "receipts", YEAR)
    assert [row.label for row in table.rows] == ["26TAA (1–40)", "26TAA (41–100000)"]
    first, second = table.rows
    used = sql(year, "SELECT count(*) FROM receipt")
    assert (first.counted["first"], first.counted["last"], first.counted["left"]) == (1, 40, 0)
    assert (second.counted["last"], second.counted["left"]) == (used, 100_000 - used)
    assert figure(table, "missing") == 0
    assert figure(table, "struck") == sql(year, "SELECT count(*) FROM receipt WHERE status <> 'issued'")
    assert figure(table, "amount") == sql(year, "SELECT sum(total_vnd) FROM receipt")


def test_guidance_once_is_the_share_of_first_slips(year: Year) -> None:
    table = counted(year, "guidance", YEAR)
    first = sql(year, "SELECT count(*) FROM guidance WHERE round = 1")
    slips = sql(year, "SELECT count(*) FROM guidance")
    assert figure(table, "once_rate") == Ratio(first, slips)
    assert figure(table, "per_case") == Ratio(slips, first)
    assert 0 < first < slips


def test_the_overdue_list_holds_what_is_late_now_and_what_was_settled_late(year: Year) -> None:
    table = counted(year, "overdue", period_of(Span.MONTH, NOW.date()))
    still = "closed_at = '' AND state NOT IN (5, 6) AND due_at < ?"
    late = f"due_at <> '' AND ({still} OR settled_at > due_at AND settled_at >= '2026-11-01')"
    assert len(table.rows) == sql(year, f"SELECT count(*) FROM dossier WHERE {late}", NOW.isoformat())
    dues = [str(row.counted["due"]) for row in table.rows]
    assert dues == sorted(dues)


@pytest.mark.parametrize("report", ["settlement", "timeliness", "fees", "guidance", "receipts"])
def test_behind_every_figure_stand_as_many_things_as_it_says(year: Year, report: str) -> None:
    for period in (period_of(Span.MONTH, date(2026, 5, 1)), period_of(Span.QUARTER, NOW.date())):
        for group in REPORTS[report].report.groups:
            if group is Group.FIELD:
                continue  # fields are merged by the service
            table = counted(year, report, period, group)
            asked = Asked(period, group, NOW)
            for column in (c for c in table.report.columns if c.behind):
                for row in (*table.rows, table.total):
                    keys = (row.key,) if row.key else None
                    found = look(year, lambda tx, c=column.id, k=keys, a=asked: behind(tx, a, c, k))
                    assert len(found) == table.value(row, column), (group, column.id, row.key)


def test_an_empty_month_has_no_rows_and_no_rates(year: Year) -> None:
    for month in QUIET:
        period = period_of(Span.MONTH, date(2026, month, 1))
        assert counted(year, "guidance", period).rows == ()
        table = counted(year, "fees", period)
        assert table.rows == () and table.broken() == ()
    before = period_of(Span.YEAR, date(2020, 1, 1))
    for id in REPORTS:
        table = counted(year, id, before)
        assert table.rows == ()
        for column in table.report.columns:
            assert table.value(table.total, column) in (0, None)


def test_a_rebuild_finds_the_summaries_as_the_triggers_kept_them(year: Year) -> None:
    assert year.store.rebuild().differences == ()
    check_settlement(year, YEAR)
    counts = "SELECT sum(n) FROM work_day WHERE what = 'received'"
    assert sql(year, counts) == sql(year, "SELECT count(*) FROM dossier")
    assert sql(year, "SELECT count(*) FROM work_day WHERE n = 0") == 0


def test_what_was_overdue_at_the_end_of_a_month_stays_so_whatever_comes_later(tmp_path: Path) -> None:
    """The promise of the 10th was broken at the end of the month; in the next one more papers are asked for."""
    clock = FakeClock(datetime(2026, 9, 1, 2, tzinfo=UTC))
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    month = period_of(Span.MONTH, date(2026, 9, 1))

    def do(command: str, job: Callable[[WriteTx], object], now: datetime) -> None:
        clock.now = now

        def work() -> None:
            with store.write(command, "hanh") as tx:
                tx.use_line("main")
                job(tx)

        store.call(work)

    def late(report: str) -> tuple[int, list[str]]:
        def work() -> tuple[int, list[str]]:
            with store.read() as tx:
                asked = Asked(month, Group.PROCEDURE, datetime(2026, 11, 25, 15))
                (row,) = REPORTS["settlement"].rows(tx, asked)
                listed = REPORTS[report].rows(tx, Asked(month, Group.DOSSIER, asked.now))
                found = behind(tx, asked, "open_late", None)
                assert len(found) == row.counted["open_late"]
                return int(row.counted["open_late"]), [str(one.counted["due"]) for one in listed]

        return store.call(work)

    do("a", lambda tx: receive(tx, clock, "d", due_at="2026-09-10T16:30:00"), datetime(2026, 9, 1, 3, tzinfo=UTC))
    assert late("overdue") == (1, ["2026-09-10"])
    needs = SupplementRequested("d", "b", "3" * 20, "BS", 1, "2026-10-05T09:00:00", ("giấy",), "thiếu")
    do("b", lambda tx: tx.append(needs), datetime(2026, 10, 5, 2, tzinfo=UTC))
    assert late("overdue") == (1, ["2026-09-10"]), "the month that is over does not change"
    full = SupplementCompleted("d", "2026-10-08T09:00:00", "2026-10-20T16:30:00", "vn-2026")
    do("c", lambda tx: tx.append(full), datetime(2026, 10, 8, 2, tzinfo=UTC))
    do("d", lambda tx: settle(tx, clock, "d"), datetime(2026, 10, 19, 2, tzinfo=UTC))
    assert late("overdue") == (1, ["2026-09-10"])
    month = period_of(Span.MONTH, date(2026, 10, 1))
    assert late("overdue") == (0, [])
    assert store.rebuild().differences == ()
    store.close()


def test_training_is_counted_apart(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store, 999, "training")
    open_line(store)

    def work() -> list[Any]:
        for command, line in (("a", "training"), ("b", "main")):
            with store.write(command, "hanh") as tx:
                tx.use_line(line)
                receive(tx, clock, f"d-{command}")
            with store.write(command + "2", "hanh") as tx:
                tx.use_line(line)
                settle(tx, clock, f"d-{command}")
        with store.read() as tx:
            return tx.rows("SELECT training, what, n FROM work_day ORDER BY 1, 2")

    rows = store.call(work)
    assert [row for row in rows if row[0] == 1] == [(1, what, n) for _, what, n in rows if _ == 0]
    assert store.rebuild().differences == ()
    store.close()


def test_reports_look_at_summaries_and_indexes_only(year: Year) -> None:
    """No plan walks the dossiers, receipts or slips from end to end: that is what makes a million of them no matter."""
    seen: list[str] = []

    class Watched:
        training = 0

        def __init__(self, tx: ReadTx) -> None:
            self.tx = tx

        def rows(self, text: str, values: Any = ()) -> Any:
            seen.extend(row[3] for row in self.tx.rows("EXPLAIN QUERY PLAN " + text, values))
            return self.tx.rows(text, values)

        def row(self, text: str, values: Any = ()) -> Any:
            return self.tx.row(text, values)

    def job(tx: ReadTx) -> None:
        for query in REPORTS.values():
            for group in query.report.groups:
                query.rows(Watched(tx), Asked(YEAR, group, NOW))  # type: ignore[arg-type]

    look(year, job)
    assert seen
    assert not [step for step in seen if step.startswith("SCAN") and step.split()[1] in ("dossier", "receipt", "guidance")
                and "INDEX dossier_open" not in step]  # fmt: skip
