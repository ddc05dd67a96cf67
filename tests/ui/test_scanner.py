from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui.scanner import KeyboardScanner, SerialScanner, take_back
from desk_app.ui.widgets.checklist import Checklist, CheckRow, Mark

CARD = "000191012345||Nguyen Thi Thu Ha|12041991|Nu|Thon 4|01012022"


class HandClock:
    """Milliseconds that move only when a key is pressed."""

    def __init__(self) -> None:
        self.now = 1000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def scanner(look: QApplication, clock: HandClock) -> Iterator[KeyboardScanner]:
    made = KeyboardScanner(look, clock_ms=clock)
    yield made
    look.removeEventFilter(made)
    made.deleteLater()


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.line, self.text, self.button = QLineEdit(), QPlainTextEdit(), QPushButton("Ghi")
        self.checklist = Checklist()
        self.checklist.set_rows([CheckRow("1", "Tờ khai", mark=Mark.UNMET), CheckRow("2", "Giấy chứng sinh")])
        layout = QVBoxLayout(self)
        for part in (self.line, self.text, self.button, self.checklist):
            layout.addWidget(part)


@pytest.fixture
def page(qtbot: QtBot, scanner: KeyboardScanner) -> Page:
    made = Page()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def _type(text: str, clock: HandClock, gap_ms: int, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    for letter in text:
        clock.now += gap_ms
        QTest.keyClick(QApplication.focusWidget(), letter)
    if end is not None:
        clock.now += gap_ms
        QTest.keyClick(QApplication.focusWidget(), end)


def test_a_card_is_recognised_in_a_line_and_leaves_nothing_behind(
    page: Page, scanner: KeyboardScanner, clock: HandClock, qtbot: QtBot
) -> None:
    returned: list[int] = []
    page.line.returnPressed.connect(lambda: returned.append(1))
    page.line.setText("0900")
    page.line.setFocus()
    with qtbot.waitSignal(scanner.scanned) as got:
        _type(CARD, clock, 8)
    assert got.args == [CARD]
    assert page.line.text() == "0900"
    assert returned == []


def test_a_card_is_recognised_while_a_button_has_the_focus(
    page: Page, scanner: KeyboardScanner, clock: HandClock, qtbot: QtBot
) -> None:
    clicked: list[int] = []
    page.button.clicked.connect(lambda: clicked.append(1))
    page.button.setFocus()
    with qtbot.waitSignal(scanner.scanned):
        _type(CARD, clock, 8)
    assert clicked == []


def test_a_card_is_taken_back_from_a_long_text(
    page: Page, scanner: KeyboardScanner, clock: HandClock, qtbot: QtBot
) -> None:
    page.text.setPlainText("Ghi chu: ")
    page.text.moveCursor(page.text.textCursor().MoveOperation.End)
    page.text.setFocus()
    with qtbot.waitSignal(scanner.scanned):
        _type(CARD, clock, 8)
    assert page.text.toPlainText() == "Ghi chu: "


def test_a_scan_over_the_checklist_marks_nothing(
    page: Page, scanner: KeyboardScanner, clock: HandClock, qtbot: QtBot
) -> None:
    marks: list[object] = []
    page.checklist.marked.connect(lambda *mark: marks.append(mark))
    page.checklist.focus_row("1")
    with qtbot.waitSignal(scanner.scanned):
        _type(CARD, clock, 8)
    qtbot.wait(150)
    assert marks == []


def test_a_person_who_types_loses_nothing(page: Page, scanner: KeyboardScanner, clock: HandClock, qtbot: QtBot) -> None:
    scans: list[str] = []
    scanner.scanned.connect(scans.append)
    page.line.setFocus()
    _type("000191012345", clock, 160)
    qtbot.wait(20)
    assert page.line.text() == "000191012345"
    assert scans == []


def test_the_same_scan_twice_within_two_seconds_is_one(
    page: Page, scanner: KeyboardScanner, clock: HandClock, qtbot: QtBot
) -> None:
    scans: list[str] = []
    scanner.scanned.connect(scans.append)
    page.line.setFocus()
    with qtbot.waitSignal(scanner.repeated):
        _type(CARD, clock, 8)
        clock.now += 400
        _type(CARD, clock, 8)
    qtbot.waitUntil(lambda: scans == [CARD])
    assert page.line.text() == ""


def test_a_reader_without_enter_ends_by_silence(
    page: Page, scanner: KeyboardScanner, clock: HandClock, qtbot: QtBot
) -> None:
    page.line.setFocus()
    _type(CARD, clock, 8, end=None)
    with qtbot.waitSignal(scanner.scanned) as got:
        clock.now += 500
    assert got.args == [CARD]


def test_keys_with_ctrl_are_not_part_of_a_scan(page: Page, scanner: KeyboardScanner, qtbot: QtBot) -> None:
    page.line.setText("giu lai")
    page.line.setFocus()
    qtbot.keyClick(page.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.line.selectedText() == "giu lai"


def test_a_field_that_may_not_be_typed_in_is_left_alone(qtbot: QtBot) -> None:
    line = QLineEdit("Nguyễn Thị Thu Hà")
    qtbot.addWidget(line)
    line.setReadOnly(True)
    take_back(line, 3)
    take_back(None, 3)
    assert line.text() == "Nguyễn Thị Thu Hà"


class Cable:
    """A serial port: bytes that were put in come out line by line, until it is closed or the plug is pulled."""

    def __init__(self) -> None:
        self._bytes: queue.Queue[bytes | None] = queue.Queue()
        self._closed = False

    def send(self, data: bytes) -> None:
        self._bytes.put(data)

    def unplug(self) -> None:
        self._bytes.put(None)

    def readline(self) -> bytes:
        try:
            data = self._bytes.get(timeout=0.02)
        except queue.Empty:
            if self._closed:
                raise OSError("closed") from None
            return b""
        if data is None:
            raise OSError("gone")
        return data

    def close(self) -> None:
        self._closed = True


def test_a_serial_reader_gives_whole_lines(look: QApplication, qtbot: QtBot) -> None:
    with ThreadPoolExecutor(1) as worker:
        reader, cable = SerialScanner(worker), Cable()
        scans: list[str] = []
        reader.scanned.connect(scans.append)
        reader.start(cable)
        cable.send(b"000191012345||Nguy\xe1\xbb\x85n")
        cable.send(b" H\xc3\xa0|12041991\r\n")
        cable.send(b"\r\n")
        qtbot.waitUntil(lambda: scans == ["000191012345||Nguyễn Hà|12041991"])
        reader.close()


def test_a_serial_reader_that_is_unplugged_is_told_once(look: QApplication, qtbot: QtBot) -> None:
    with ThreadPoolExecutor(1) as worker:
        reader, cable = SerialScanner(worker), Cable()
        reader.start(cable)
        with qtbot.waitSignal(reader.lost):
            cable.unplug()
        reader.close()


def test_a_port_that_is_not_there_is_told(look: QApplication, qtbot: QtBot) -> None:
    with ThreadPoolExecutor(1) as worker:
        reader = SerialScanner(worker)
        with qtbot.waitSignal(reader.lost):
            reader.open("no-such-port")
        reader.close()
