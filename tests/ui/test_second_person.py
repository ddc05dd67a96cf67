"""The second person proves himself by what his own slot asks for."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.day_close_ports import Person
from desk_app.ui.screens.second_person import SecondPersonBox


def test_a_second_person_with_a_passphrase_can_type_it(look: QApplication, qtbot: QtBot) -> None:
    box = SecondPersonBox("Người xác nhận")
    qtbot.addWidget(box)
    box.set_people((Person("an", "An", passphrase=True), Person("ha", "Hà")))
    assert box.lacking == "Người xác nhận tự nhập cụm mật khẩu của mình."
    QTest.keyClicks(box.pin, "con co bay 1")
    assert (box.lacking, box.pin.text()) == ("", "con co bay 1")
    box.choice.setCurrentIndex(1)
    assert box.lacking == "Người xác nhận tự nhập mã PIN của mình."
    QTest.keyClicks(box.pin, "con co 1234")
    assert (box.lacking, box.pin.text()) == ("", "1234")
