from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.today import NOTHING_DUE, TaskRow, TodayPage, short_code
from tests.ui.gallery_kit import TODAY


@pytest.fixture
def page(look: QApplication, qtbot: QtBot) -> TodayPage:
    made = TodayPage()
    qtbot.addWidget(made)
    made.set_view(TODAY)
    made.resize(1190, 642)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_the_first_thing_to_do_has_the_focus_and_enter_opens_it(page: TodayPage) -> None:
    opened: list[TaskRow] = []
    page.task_opened.connect(opened.append)
    page.activate()
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert [row.applicant for row in opened] == ["Bùi Thị Sáu", "Đỗ Minh Châu"]


def test_fresh_numbers_keep_the_chosen_row(page: TodayPage) -> None:
    page.table.select_row(2)
    page.set_view(replace(TODAY, tasks=TODAY.tasks[1:]))
    chosen = page.table.current_row()
    assert isinstance(chosen, TaskRow)
    assert chosen.applicant == "Phạm Văn Tuấn"
    page.set_view(replace(TODAY, tasks=TODAY.tasks[3:]))
    assert page.table.currentIndex().row() == 0


def test_a_quiet_day_says_how_to_begin(page: TodayPage) -> None:
    page.set_view(replace(TODAY, tasks=()))
    assert page._empty.isVisible()
    assert page._empty.accessibleName() == NOTHING_DUE
    page.activate()
    assert QApplication.focusWidget() is page.intake_button


def test_tiles_and_buttons_lead_to_their_pages(page: TodayPage, qtbot: QtBot) -> None:
    pressed: list[str] = []
    page.tile_pressed.connect(pressed.append)
    page.go.connect(pressed.append)
    page.usb_wanted.connect(lambda: pressed.append("usb"))
    qtbot.mouseClick(page.tile("overdue"), Qt.MouseButton.LeftButton)
    page.primary()
    assert pressed == ["overdue", "intake"]
    assert page.tile("overdue").accessibleName() == "Quá hạn: 1. đã xin lỗi, hẹn lại 27/11"


def test_tiles_change_with_the_day(page: TodayPage) -> None:
    page.set_view(replace(TODAY, tiles=TODAY.tiles[:2]))
    assert list(page._tiles) == ["received", "overdue"]


def test_the_prefix_of_a_code_is_cut_only_where_there_is_one() -> None:
    assert short_code("H99.12-261119-0031") == "…261119-0031"
    assert short_code("0031") == "0031"
    assert short_code("261119-0031") == "261119-0031"
