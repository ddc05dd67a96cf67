"""The page of the first start can be read whole at every size of text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui import theme
from desk_app.ui.screens.first_run import FirstRunForm, FirstRunScreen
from desk_app.ui.theme import Theme
from tests.ui.fitting import cut_words, unnamed_stops


@pytest.mark.parametrize("size", [(1366, 696), (1093, 582)])
@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_nothing_is_cut(look: QApplication, qtbot: QtBot, scale: int, size: tuple[int, int]) -> None:
    theme.apply(look, Theme("light", scale))
    page = FirstRunScreen()
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.set_error("Mã đăng ký chưa đúng hoặc đã dùng. Xin mã mới.", "DB-22")
    qtbot.wait(60)
    assert cut_words(page) == []
    assert unnamed_stops(page) == []


def test_two_different_pins_are_said_under_the_second(look: QApplication, qtbot: QtBot) -> None:
    del look
    page = FirstRunScreen()
    qtbot.addWidget(page)
    page.show()
    asked: list[FirstRunForm] = []
    page.enrol_wanted.connect(asked.append)
    page.officer.setText("Lê Thị Hạnh")
    page.pin.setText("2580")
    page.again.setText("2581")
    page.button.press()
    assert asked == []
    page.again.setText("2580")
    page.button.press()
    assert [form.officer for form in asked] == ["Lê Thị Hạnh"]
