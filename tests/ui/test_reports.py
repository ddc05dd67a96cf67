"""Báo cáo by keyboard, over the real store with a generated year."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import DeskError
from desk_app.domain.period import Span, period_of
from desk_app.domain.report import Group
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed
from desk_app.services.report_notice import notice
from desk_app.ui.screens.reports import ReportsPage
from desk_app.wiring.reports import report_ports
from tests.documents.reading import text_of
from tests.services.reporting import desk_of
from tests.storage.year import Year
from tests.ui.fitting import cut_words
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_hands import CTRL, DOWN, ENTER, ESC, F9, Hands, words

NOW = datetime(2026, 11, 25, 15, 40)


class Papers:
    """A printer that keeps what it is given."""

    def __init__(self) -> None:
        self.printed: list[tuple[bytes, str, bool]] = []

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        self.printed.append((pdf, title, landscape))
        return Printed("HP LaserJet")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    year = Year(tmp_path_factory.mktemp("year"))
    year._set(NOW)
    yield desk_of(year)
    year.close()


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def page(
    look: QApplication, qtbot: QtBot, desk: Desk, papers: Papers, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Hands, ReportsPage]]:
    size = getattr(request, "param", (1366, 696))
    pool = ThreadPoolExecutor(1)
    ports = report_ports(desk, papers, desk.store.submit, pool.submit, tmp_path)
    shell = shell_with("reports", lambda: ReportsPage(ports), size)
    qtbot.addWidget(shell)
    made = shell.page("reports")
    assert isinstance(made, ReportsPage)
    hands = Hands(qtbot, shell)
    hands.until(lambda: made.counted is not None and not made._again)
    yield hands, made
    shell.hide()
    pool.shutdown()


def until_shown(hands: Hands, page: ReportsPage, report: str, span: Span) -> None:
    hands.until(
        lambda: (
            page.counted is not None
            and page.counted.table.report.id == report
            and page.counted.table.period.span is span
        )
    )


def test_it_opens_with_this_month_and_says_how_fresh_the_figures_are(page: tuple[Hands, ReportsPage]) -> None:
    _, reports = page
    shown = words(reports)
    assert "Tiếp nhận, giải quyết hồ sơ · Tháng 11/2026" in shown
    assert "Số liệu máy này đến 15:40 hôm nay." in shown
    assert "(3) = (4) + (5) + (6)" in shown


def test_arrows_change_the_report_and_ctrl_arrows_the_period(page: tuple[Hands, ReportsPage]) -> None:
    hands, reports = page
    hands.press(DOWN)
    until_shown(hands, reports, "timeliness", Span.MONTH)
    hands.press(Qt.Key.Key_Right, chord=CTRL)
    until_shown(hands, reports, "timeliness", Span.QUARTER)
    hands.press(Qt.Key.Key_Right, chord=CTRL)
    until_shown(hands, reports, "timeliness", Span.YEAR)
    assert "%" in words(reports)
    assert "Năm 2026" in words(reports)


def test_enter_lists_the_dossiers_behind_a_figure_and_esc_comes_back(page: tuple[Hands, ReportsPage]) -> None:
    hands, reports = page
    reports.period.set_period(period_of(Span.YEAR, NOW.date()))
    until_shown(hands, reports, "settlement", Span.YEAR)
    reports.table.setFocus()
    reports.table.setCurrentIndex(reports.table.model().index(1, 8))
    row = reports.counted.table.rows[1]
    hands.press(ENTER)
    hands.until(lambda: reports.behind.model() is not None and reports._look is not None)
    assert (
        reports.behind.model().rowCount() == row.counted["open_late" if reports._look.column == "open_late" else "late"]
    )
    asked: list[str] = []
    reports.dossier_wanted.connect(asked.append)
    hands.press(DOWN)
    hands.until(lambda: reports._look is not None and reports._look.column != "late")
    hands.press(ENTER, ENTER)
    assert asked and asked[0].startswith("H57.12.34-26")
    hands.press(ESC)
    assert reports._look is None and reports.table.hasFocus()


def test_f9_prints_and_ctrl_e_saves_a_workbook(page: tuple[Hands, ReportsPage], papers: Papers, tmp_path: Path) -> None:
    hands, _ = page
    hands.press(F9)
    hands.until(lambda: papers.printed)
    pdf, title, landscape = papers.printed[0]
    assert pdf.startswith(b"%PDF") and landscape and title == "bao-cao-settlement-2026-11-01-2026-11-30"
    hands.press(Qt.Key.Key_E, chord=CTRL)
    hands.until(lambda: list(tmp_path.glob("*.xlsx")))
    hands.press(Qt.Key.Key_P, chord=CTRL)
    hands.until(lambda: list(tmp_path.glob("*.csv")))
    hands.until(lambda: any("BC-03" in line for line in hands.shell.toaster.log))
    assert any("BC-04" in line for line in hands.shell.toaster.log)


def test_the_notice_board_gets_a_sheet_that_names_no_officer(
    page: tuple[Hands, ReportsPage], papers: Papers, desk: Desk
) -> None:
    hands, reports = page
    reports.list.select_row(1)
    hands.until(
        lambda: reports.report.id == "timeliness" and reports.counted is not None and reports.counted.table.rows
    )
    hands.until(lambda: reports.counted.table.report.id == "timeliness")  # type: ignore[union-attr]
    reports.on_action("notice")
    hands.until(lambda: papers.printed)
    pdf, title, landscape = papers.printed[0]
    told = text_of(pdf)
    assert title.startswith("niem-yet-timeliness") and not landscape
    assert "CÔNG KHAI" in told and "THỜI GIAN GIẢI QUYẾT HỒ SƠ" in told and "chia cho đã giải quyết" in told
    reports._regroup("officer")
    hands.until(lambda: reports.counted.table.group is Group.OFFICER)  # type: ignore[union-attr]
    assert next(a.reason for a in reports.bar_actions().others if a.id == "notice").startswith("Bản niêm yết không nêu")
    with pytest.raises(DeskError, match="BC-06"):
        desk.store.call(lambda: notice(desk, reports.counted))  # type: ignore[arg-type]


def test_quarters_of_the_official_form_close_on_the_fourteenth_and_others_do_not(
    page: tuple[Hands, ReportsPage],
) -> None:
    hands, reports = page
    reports.period._choose(Span.QUARTER)
    until_shown(hands, reports, "settlement", Span.QUARTER)
    assert reports.period.period.title == "Quý IV/2026, chốt 14/12/2026"
    reports.list.select_row(1)
    until_shown(hands, reports, "timeliness", Span.QUARTER)
    assert reports.counted.table.period.title == "Quý IV/2026"  # type: ignore[union-attr]
    reports.period.set_period(reports.period.period.before())
    reports.list.select_row(0)
    until_shown(hands, reports, "settlement", Span.QUARTER)
    assert reports.counted.table.period.title == "Quý III/2026, chốt 14/09/2026"  # type: ignore[union-attr]


@pytest.mark.parametrize("page", [(1366, 696), (1093, 582)], indirect=True)
def test_feedback_and_satisfaction_stand_beside_their_charts_and_nothing_is_cut(
    page: tuple[Hands, ReportsPage],
) -> None:
    hands, reports = page
    reports.period._choose(Span.YEAR)
    for row, report in ((3, "causes"), (7, "feedback"), (8, "satisfaction"), (9, "indices")):
        reports.list.select_row(row)
        until_shown(hands, reports, report, Span.YEAR)
        assert reports.counted is not None and reports.counted.table.rows
        hands.until(lambda: cut_words(reports) == [])
    assert "Cách tính: Giải quyết trước và đúng hạn = " in reports._formula.text()


def test_a_period_without_figures_says_so_and_offers_no_paper(page: tuple[Hands, ReportsPage], papers: Papers) -> None:
    hands, reports = page
    reports.period.set_period(period_of(Span.YEAR, date(2019, 5, 1)))
    until_shown(hands, reports, "settlement", Span.YEAR)
    hands.until(lambda: "Kỳ này chưa có số liệu." in words(reports))
    hands.press(F9)
    assert not papers.printed


def test_two_days_the_wrong_way_round_are_told_and_nothing_is_counted(page: tuple[Hands, ReportsPage]) -> None:
    hands, reports = page
    reports.period._choose(Span.RANGE)
    until_shown(hands, reports, "settlement", Span.RANGE)
    before = reports.counted
    reports.period.last.setFocus()
    reports.period.last.selectAll()
    hands.type("01/10/2026")
    assert any("BC-01" in line for line in hands.shell.toaster.log)
    assert reports.counted is before


def test_the_period_to_come_is_not_offered(page: tuple[Hands, ReportsPage]) -> None:
    _, reports = page
    assert reports.period.on.reason
    reports.period.set_period(reports.period.period.before())
    assert not reports.period.on.reason


@pytest.mark.parametrize("page", [(1093, 582), (1366, 696)], indirect=True)
def test_nothing_is_cut_on_a_small_window(page: tuple[Hands, ReportsPage]) -> None:
    hands, reports = page
    for number, report in enumerate(reports.ports.reports):
        reports.list.select_row(number)
        until_shown(hands, reports, report.id, Span.MONTH)
        QAbstractItemModelTester(reports.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
        assert cut_words(reports) == []
