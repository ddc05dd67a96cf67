"""Quản trị, machine: the reader's rhythm is measured, and what is chosen for the screen holds at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.scan import Thresholds
from desk_app.ui.scanner import KeyboardScanner
from desk_app.ui.screens.machine import MachinePage, MachineView, limit_for
from desk_app.ui.screens.printer_row import PrinterChoice
from desk_app.ui.watch import unwatch
from desk_app.ui.widgets.field import TextEdit

CODE = "00012345678900"


def test_a_scan_of_the_test_code_offers_a_limit_that_fits_the_reader(look: QApplication, qtbot: QtBot) -> None:
    now = [0]
    scanner = KeyboardScanner(look, Thresholds(), lambda: now[0])
    page = MachinePage(CODE)
    qtbot.addWidget(page)
    scanner.rhythm.connect(page.set_rhythm)
    kept: list[int] = []
    page.limit_chosen.connect(kept.append)
    edit = TextEdit("Ô thử")
    edit.setParent(page)
    page.show()
    edit.setFocus()
    for letter in CODE:
        now[0] += 40
        QTest.keyClick(edit, letter)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert page.focusWidget() is not edit
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert kept == [60]
    assert page.on_scan(CODE)
    assert not page.on_scan("000191000345")
    unwatch(look, scanner)


def test_the_limit_never_becomes_the_pace_of_a_person() -> None:
    assert [limit_for(gap) for gap in (2, 20, 40, 400)] == [20, 30, 60, 80]


def test_theme_and_size_of_text_are_told_when_chosen(look: QApplication, qtbot: QtBot) -> None:
    del look
    page = MachinePage()
    qtbot.addWidget(page)
    chosen: list[tuple[str, int]] = []
    page.look_chosen.connect(lambda mode, percent: chosen.append((mode, percent)))
    page._theme.parts[1].click()
    page._scale.parts[2].click()
    assert chosen == [("dark", 100), ("light", 150)]


def printers(roll: str = "", address: str = "") -> MachineView:
    choices = (
        PrinterChoice("slip_a4", "Giấy hẹn (A4)", ""),
        PrinterChoice("roll_k80", "Bản rút gọn (K80)", roll, address, "Không dùng: in biên lai A5"),
    )
    return MachineView((("HP", "sẵn sàng"), ("POS-80", "sẵn sàng")), choices, ())


def test_a_printer_of_the_network_is_chosen_by_typing_its_address(look: QApplication, qtbot: QtBot) -> None:
    del look
    page = MachinePage()
    qtbot.addWidget(page)
    page.resize(1366, 650)
    page.show()
    said: list[tuple[str, ...]] = []
    page.printer_chosen.connect(lambda *what: said.append(("queue", *what)))
    page.address_typed.connect(lambda *what: said.append(("address", *what)))
    page.test_wanted.connect(lambda role: said.append(("test", role)))
    page.set_view(printers())
    row = page._printer_rows["roll_k80"]
    row.button.press()
    assert said == []  # no printer yet: the button says why
    row.address.setFocus()
    QTest.keyClicks(row.address, "192.168.1.87")
    QTest.keyClick(row.address, Qt.Key.Key_Return)
    assert said == [("address", "roll_k80", "192.168.1.87")]
    page.set_view(printers("tcp:192.168.1.87", "192.168.1.87"))
    assert row.combo.currentText() == "Máy in mạng 192.168.1.87"
    assert page.focusWidget() is row.address  # saving does not take the keyboard away
    row.button.setFocus()
    QTest.keyClick(row.button, Qt.Key.Key_Return)
    row.combo.setCurrentIndex(row.combo.findData("POS-80"))
    row.combo.activated.emit(row.combo.currentIndex())
    assert said[1:] == [("test", "roll_k80"), ("queue", "roll_k80", "POS-80")]
    page.set_address_error("roll_k80", "Chưa hiểu địa chỉ.", "IN-12")
    assert "IN-12" in row._field.error
