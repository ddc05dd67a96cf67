"""Hồ sơ by keyboard: filters, search, the panel and its one thing to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.forms.dossier import read_query, standing, working_days
from desk_app.ui.screens.dossiers import DossiersPage
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_desk import NOW, ROWS, FakeOffice, FakeRow, catalogue
from tests.ui.screen_hands import CTRL, DOWN, ENTER, ESC, F9, Hands, words


@pytest.fixture
def office() -> Iterator[FakeOffice]:
    made = FakeOffice()
    yield made
    made.close()


@pytest.fixture
def desk(look: QApplication, qtbot: QtBot, office: FakeOffice) -> Iterator[tuple[Hands, DossiersPage]]:
    shell = shell_with("dossiers", lambda: DossiersPage(office.dossier_ports()))
    qtbot.addWidget(shell)
    page = shell.page("dossiers")
    assert isinstance(page, DossiersPage)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.model.rowCount())
    yield hands, page
    shell.hide()


def test_the_list_opens_with_what_is_open_the_nearest_day_first(desk: tuple[Hands, DossiersPage]) -> None:
    hands, page = desk
    assert [row.dossier for row in page.model.rows()][:3] == ["d1", "d2", "d3"]
    hands.until(lambda: "Bùi Thị Sáu" in words(page.panel))
    assert "Ghi nhận có kết quả" in page.panel.main.text()


def test_the_model_keeps_the_promises_of_qt(desk: tuple[Hands, DossiersPage]) -> None:
    _, page = desk
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    page.model.set_rows(ROWS[:3], more=True)
    page.model.append_rows(ROWS[3:])
    page.model.set_rows(())
    assert tester.model() is page.model


def test_ctrl_arrows_turn_the_filters(desk: tuple[Hands, DossiersPage]) -> None:
    hands, page = desk
    hands.press(Qt.Key.Key_Right, chord=CTRL)
    hands.until(lambda: [row.dossier for row in page.model.rows()] == ["d1"])
    hands.press(Qt.Key.Key_Left, chord=CTRL)
    hands.until(lambda: page.model.rowCount() == 8)


def test_search_finds_a_name_without_marks_the_end_of_a_code_and_words_of_a_filter(
    desk: tuple[Hands, DossiersPage],
) -> None:
    hands, page = desk
    for typed, found in (("pham van tuan", ["d3"]), ("0031", ["d3"]), ("quá hạn", ["d1"]), ("zzz", [])):
        page.on_search(typed)
        hands.until(lambda found=found: [row.dossier for row in page.model.rows()] == found)
    hands.until(lambda: "Không thấy hồ sơ khớp" in words(page))
    hands.press(ESC)
    hands.until(lambda: page.model.rowCount() == 8)


def test_the_list_reads_on_as_it_is_scrolled(look: QApplication, qtbot: QtBot) -> None:
    many = [FakeRow(f"m{n}", f"H99.12-261125-{n:04d}", f"Người {n}", "ho_tich.ket_hon") for n in range(60)]
    office = FakeOffice(many)
    office.page_size = 25
    shell = shell_with("dossiers", lambda: DossiersPage(office.dossier_ports()))
    qtbot.addWidget(shell)
    page = shell.page("dossiers")
    assert isinstance(page, DossiersPage)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.model.rowCount() >= 25)
    for _ in range(4):
        hands.press(Qt.Key.Key_End, chord=CTRL)
        qtbot.wait(40)
    hands.until(lambda: page.model.rowCount() == 60)
    assert len({row.dossier for row in page.model.rows()}) == 60
    shell.hide()
    office.close()


def test_noting_a_result_by_keyboard_offers_to_hand_it_over(
    desk: tuple[Hands, DossiersPage], office: FakeOffice
) -> None:
    hands, page = desk
    hands.press(DOWN)
    hands.until(lambda: "Đỗ Minh Châu" in words(page.panel))
    hands.press(ENTER)
    hands.type("12/XN")
    hands.press(F9)
    hands.until(lambda: office.rows["d2"].state == 9)
    hands.until(lambda: page.panel.main.text() == "Trả kết quả")
    wanted: list[str] = []
    page.return_wanted.connect(wanted.append)
    hands.press(F9)
    assert wanted == ["d2"]


def test_an_unpaid_fee_is_said_and_leads_to_the_cash_desk(desk: tuple[Hands, DossiersPage]) -> None:
    hands, page = desk
    page.open_dossier("d6")
    hands.until(lambda: "Còn 15.000 đ chưa thu." in words(page.panel))
    wanted: list[str] = []
    page.collect_wanted.connect(wanted.append)
    page.panel.money.press()
    assert wanted == ["d6"]


def test_ctrl_p_prints_the_papers_of_the_dossier_again(desk: tuple[Hands, DossiersPage], office: FakeOffice) -> None:
    hands, page = desk
    hands.until(lambda: "Bùi Thị Sáu" in words(page.panel))
    hands.press(Qt.Key.Key_P, chord=CTRL)
    hands.until(lambda: office.printed == ["d1"])


def test_where_a_dossier_stands_is_said_in_working_days() -> None:
    calendar = catalogue().calendar
    said = {row.dossier: standing(row.state, row.due_at, NOW, calendar) for row in ROWS}
    assert said["d1"].text == "Quá hạn 2 ngày", "24/11 is a day off"
    assert said["d2"].text == "Hôm nay, 16:30"
    assert said["d6"].text == "Còn 3 ngày"
    assert said["d8"].text == "Chờ bổ sung"
    assert said["d9"].text == "Chờ trả"
    assert working_days(NOW.date(), NOW.date(), calendar) == 0


def test_words_of_a_filter_are_taken_out_of_a_search() -> None:
    assert read_query("quá hạn khai sinh") == ("overdue", "khai sinh")
    assert read_query("Phạm Tuấn") == (None, "Phạm Tuấn")
