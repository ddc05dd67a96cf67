from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui import keys
from desk_app.ui.keys import Where
from desk_app.ui.widgets.key_sheet import KeySheet
from desk_app.ui.widgets.palette import Entry, Palette

ENTRIES = (
    Entry("p1", "Thủ tục: bắt đầu tiếp nhận", "inbox", "Chứng thực bản sao từ bản chính", "trong ngày, 2.000 đ/trang"),
    Entry("p2", "Thủ tục: bắt đầu tiếp nhận", "inbox", "Chứng thực chữ ký", "trong ngày, 10.000 đ/lần"),
    Entry("page", "Trang và việc", "chart-column", "Sổ chứng thực tháng này", cap="F8"),
)


class Desk(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)
        self.backs: list[int] = []
        keys.attach(self, "back", lambda: self.backs.append(1))


@pytest.fixture
def desk(look: QApplication, qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.resize(1366, 696)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.edit.setFocus()
    return made


def test_the_palette_runs_by_keyboard_and_gives_the_focus_back(desk: Desk) -> None:
    palette = Palette(desk)
    run: list[str] = []
    asked: list[str] = []
    palette.run_wanted.connect(run.append)
    palette.searched.connect(asked.append)
    palette.searched.connect(lambda _text: palette.set_entries(ENTRIES))
    palette.open()
    QTest.keyClicks(palette.box, "ct")
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert (asked, run) == (["", "ct"], ["p1"])
    assert QApplication.focusWidget() is desk.edit
    palette.open()
    QTest.keyClick(palette.box, Qt.Key.Key_Down)
    QTest.keyClick(palette.box, Qt.Key.Key_Down)
    assert palette.current_id() == "page"
    assert not palette.grab().isNull()


def test_esc_closes_the_palette_and_not_a_step_behind_it(desk: Desk) -> None:
    palette = Palette(desk)
    palette.open()
    palette.set_entries((), "Không thấy gì khớp.")
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    assert (palette.isVisible(), desk.backs) == (False, [])
    assert QApplication.focusWidget() is desk.edit


def test_ctrl_enter_asks_for_the_side(desk: Desk) -> None:
    palette = Palette(desk)
    side: list[str] = []
    palette.side_wanted.connect(side.append)
    palette.open()
    palette.set_entries(ENTRIES)
    QTest.keyClick(palette.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert side == ["p1"]


def test_the_sheet_lists_the_keys_of_this_screen_and_f1_closes_it(desk: Desk) -> None:
    sheet = KeySheet(desk)
    shown = keys.of(Where.ALL, Where.CHECKLIST)
    sheet.toggle("Các phím của màn hình này", shown)
    assert sheet.isVisible()
    assert "F9 Việc tiếp theo" in sheet.accessibleName()
    assert "Ctrl D Đạt tất cả" in sheet.accessibleName()
    assert QApplication.focusWidget() is desk.edit
    assert desk.rect().contains(sheet.geometry())
    sheet.toggle("Các phím của màn hình này", shown)
    assert not sheet.isVisible()
