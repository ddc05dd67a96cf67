from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.app import DeskWindow, IdleWatch
from desk_app.ui.screens.login import LoginScreen
from tests.ui.gallery_kit import OFFICERS, a_login


@pytest.fixture
def login(look: QApplication, qtbot: QtBot) -> LoginScreen:
    screen = a_login()
    qtbot.addWidget(screen)
    screen.resize(1366, 696)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.reset()
    return screen


def _asked(login: LoginScreen) -> list[tuple[str, str]]:
    asked: list[tuple[str, str]] = []
    login.login_requested.connect(lambda officer, pin: asked.append((officer, pin)))
    return asked


def test_the_officer_who_was_last_types_the_pin_and_enter(login: LoginScreen) -> None:
    asked = _asked(login)
    assert QApplication.focusWidget() is login.pin
    QTest.keyClicks(login.pin, "1234")
    QTest.keyClick(login.pin, Qt.Key.Key_Return)
    assert asked == [("hanh", "1234")]


def test_another_officer_is_chosen_with_an_arrow(login: LoginScreen, qtbot: QtBot) -> None:
    asked = _asked(login)
    QTest.keyClick(login.pin, Qt.Key.Key_Down)
    QTest.keyClicks(login.pin, "567890")
    qtbot.keyClick(login, Qt.Key.Key_F9)
    assert asked == [("minh", "567890")]


def test_a_short_pin_is_not_sent_and_the_button_says_why(login: LoginScreen, qtbot: QtBot) -> None:
    asked = _asked(login)
    QTest.keyClicks(login.pin, "12")
    QTest.keyClick(login.pin, Qt.Key.Key_Return)
    assert asked == []
    assert login.button.reason == "Nhập mã PIN gồm 4 đến 6 chữ số."


def test_a_second_enter_while_the_pin_is_checked_does_nothing(login: LoginScreen) -> None:
    asked = _asked(login)
    QTest.keyClicks(login.pin, "1234")
    login.button.press()
    login.button.press()
    assert len(asked) == 1


def test_a_wrong_pin_is_said_with_the_tries_left_and_the_field_is_ready_again(login: LoginScreen) -> None:
    asked = _asked(login)
    QTest.keyClicks(login.pin, "1234")
    login.button.press()
    login.set_error("Mã PIN chưa đúng, còn 3 lần nhập.", "DN-01")
    assert login.pin.text() == ""
    assert QApplication.focusWidget() is login.pin
    assert login._field.error == "Mã PIN chưa đúng, còn 3 lần nhập. DN-01"
    QTest.keyClicks(login.pin, "4321")
    assert login._field.error == ""
    login.button.press()
    assert asked[-1] == ("hanh", "4321")


def test_a_locked_desk_says_whose_draft_is_kept_and_training_shows_its_pin(login: LoginScreen) -> None:
    login.set_locked("Lê Thị Hạnh")
    login.set_training("1234")
    assert login._kept.text() == "Bản nháp của Lê Thị Hạnh đã được lưu."
    assert login._kept_row.isVisible()
    assert login._hint.text() == "PIN tập huấn: 1234"
    assert login.training.isVisible()
    login.set_locked()
    login.set_training("")
    assert not login._kept_row.isVisible()
    assert not login.training.isVisible()


def test_without_officers_nothing_is_sent(look: QApplication, qtbot: QtBot) -> None:
    screen = LoginScreen()
    qtbot.addWidget(screen)
    asked = _asked(screen)
    QTest.keyClicks(screen.pin, "1234")
    screen.button.press()
    assert asked == []
    assert screen.button.reason == "Chọn tên trước."
    screen.set_officers(OFFICERS, "nobody")
    assert screen.officer_id() == "hanh"


def test_locking_keeps_the_desk_behind_the_log_in(look: QApplication, qtbot: QtBot) -> None:
    login = a_login()
    window, desk = DeskWindow(login), LoginScreen()
    qtbot.addWidget(window)
    window.set_desk(desk)
    window.show()
    window.show_desk()
    assert (window.is_locked, desk.isVisible()) == (False, True)
    window.show_login("Lê Thị Hạnh")
    assert (window.is_locked, desk.isVisible()) == (True, False)
    with qtbot.waitSignal(window.closing):
        window.close()


def test_an_untouched_desk_becomes_idle_and_a_key_puts_it_off(look: QApplication, qtbot: QtBot) -> None:
    login = a_login()
    qtbot.addWidget(login)
    watch = IdleWatch(look, after_ms=40)
    watch.start()
    with qtbot.waitSignal(watch.idle):
        QTest.keyClick(login.pin, Qt.Key.Key_1)
    watch.stop()
    look.removeEventFilter(watch)


def test_the_log_in_is_there_before_anything_heavy_is_loaded() -> None:
    heavy = "sqlalchemy sqlcipher3 reportlab requests cryptography serial zstandard concurrent.futures.process"
    code = f"import sys; import desk_app.ui.app; print([name for name in {heavy.split()!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_who_has_a_passphrase_types_it_and_enter(login: LoginScreen) -> None:
    asked = _asked(login)
    login.set_passphrases({"hanh"})
    assert login._field.editor.accessibleName() == "Cụm mật khẩu"
    QTest.keyClicks(login.pin, "con co bay 1")
    QTest.keyClick(login.pin, Qt.Key.Key_Return)
    assert asked == [("hanh", "con co bay 1")]


def test_a_short_passphrase_is_not_sent_and_the_button_says_why(login: LoginScreen) -> None:
    asked = _asked(login)
    login.set_passphrases({"hanh"})
    QTest.keyClicks(login.pin, "con co bay")
    QTest.keyClick(login.pin, Qt.Key.Key_Return)
    assert (asked, login.pin.text()) == ([], "con co bay")
    assert login.button.reason == "Nhập cụm mật khẩu gồm từ 12 ký tự."


def test_the_field_follows_the_officer_who_is_chosen(login: LoginScreen) -> None:
    login.set_passphrases({"hanh"})
    QTest.keyClick(login.pin, Qt.Key.Key_Down)
    QTest.keyClicks(login.pin, "ab12345678")
    assert login.pin.text() == "123456"
    QTest.keyClick(login.pin, Qt.Key.Key_Up)
    assert login.pin.text() == ""
    QTest.keyClicks(login.pin, "ab")
    assert login.pin.text() == "ab"


def test_a_pin_and_enter_before_the_names_are_there_sign_in_once_they_are(look: QApplication, qtbot: QtBot) -> None:
    screen = LoginScreen()
    qtbot.addWidget(screen)
    asked = _asked(screen)
    QTest.keyClicks(screen.pin, "1234")
    QTest.keyClick(screen.pin, Qt.Key.Key_Return)
    assert (asked, screen.pin.text()) == ([], "1234")
    screen.set_officers(OFFICERS)
    assert asked == [("hanh", "1234")]


def test_a_pin_typed_before_the_names_are_there_stays_for_enter(look: QApplication, qtbot: QtBot) -> None:
    screen = LoginScreen()
    qtbot.addWidget(screen)
    asked = _asked(screen)
    QTest.keyClicks(screen.pin, "1234")
    screen.set_officers(OFFICERS)
    QTest.keyClick(screen.pin, Qt.Key.Key_Return)
    assert asked == [("hanh", "1234")]


def test_the_list_shown_again_keeps_who_was_chosen(login: LoginScreen) -> None:
    QTest.keyClick(login.pin, Qt.Key.Key_Down)
    login.set_officers(OFFICERS)
    assert login.officer_id() == "minh"
