"""The first start of a real PC: what is typed here can be typed again at every log-in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.first_run import FirstRunForm, FirstRunScreen
from tests.ui.screen_hands import words

PHRASE = "con cò bay lả bay la"


@pytest.fixture
def page(look: QApplication, qtbot: QtBot) -> FirstRunScreen:
    screen = FirstRunScreen()
    qtbot.addWidget(screen)
    screen.resize(1366, 696)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.address.setFocus()
    return screen


def _asked(page: FirstRunScreen) -> list[FirstRunForm]:
    asked: list[FirstRunForm] = []
    page.enrol_wanted.connect(asked.append)
    return asked


def _fill(*texts: str) -> None:
    """Field by field with Enter, by the keyboard alone."""
    for text in texts:
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit)
        box.selectAll()
        box.insert(text)
        box.textEdited.emit(box.text())
        QTest.keyClick(box, Qt.Key.Key_Return)


def test_without_a_key_store_a_passphrase_is_asked_and_said_why(page: FirstRunScreen) -> None:
    asked = _asked(page)
    page.set_passphrase(needed=True)
    assert "Cụm mật khẩu" in words(page)
    assert "không có kho khóa" in words(page)
    _fill("https://a.vn", "ABCDEFGHJK", "Lê Thị Hạnh", PHRASE, PHRASE)
    assert [form.pin for form in asked] == [PHRASE]


def test_a_short_passphrase_is_refused_before_the_code_is_spent_and_the_typing_stays(page: FirstRunScreen) -> None:
    asked = _asked(page)
    page.set_passphrase(needed=True)
    _fill("https://a.vn", "ABCDEFGHJK", "Lê Thị Hạnh", "mười chữ", "mười chữ")
    assert asked == []
    assert "DN-08" in page._fields[3].error and "12" in page._fields[3].error
    assert (page.pin.text(), page.code.text()) == ("mười chữ", "ABCDEFGHJK")


def test_with_a_key_store_only_a_pin_that_the_log_in_takes_is_accepted(page: FirstRunScreen) -> None:
    asked = _asked(page)
    page.set_passphrase(needed=False)
    _fill("https://a.vn", "ABCDEFGHJK", "Lê Thị Hạnh", "12", "12")
    assert asked == [] and "DN-03" in page._fields[3].error
    page.pin.setFocus()
    _fill("12345678", "12345678")
    assert [form.pin for form in asked] == ["123456"]
