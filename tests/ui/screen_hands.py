"""Hands at the keyboard: they press keys where the focus is and count what they press; scans cost nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui.shell import Shell
from desk_app.ui.widgets.digits import PAUSE_MS

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
UP, DOWN, F9 = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F9
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """``count``: presses of a human so far."""

    def __init__(self, qtbot: QtBot, shell: Shell) -> None:
        self.qtbot, self.shell, self.count = qtbot, shell, 0

    def press(self, *pressed: Qt.Key, chord: Qt.KeyboardModifier = NONE) -> None:
        for key in pressed:
            QTest.keyClick(self._target(), key, chord)
            self.count += 1

    def type(self, letters: str) -> None:
        for letter in letters:
            QTest.keyClicks(self._target(), letter)
            self.count += 1

    def digit(self, *digits: int) -> None:
        """Digits that choose: with the pause that tells them from a reader's burst."""
        for digit in digits:
            self.type(str(digit))
            self.qtbot.wait(PAUSE_MS + 40)

    def scan(self, text: str) -> None:
        self.shell.on_scan(text)

    def until(self, holds: object) -> None:
        assert callable(holds)
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=15_000)

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self.shell


def words(widget: QWidget) -> str:
    """Everything written on a widget that can be seen."""
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text())


def cut(widget: QWidget) -> list[str]:
    """Labels that have less room than their words."""
    return [
        label.text()
        for label in widget.findChildren(QLabel)
        if label.isVisible()
        and label.text()
        and type(label) is QLabel
        and not label.wordWrap()
        and label.width() < label.sizeHint().width()
    ]


def cropped(widget: QWidget) -> list[str]:
    """Wrapped labels that are lower than their words, so that a line is hidden."""
    return [
        label.text()
        for label in widget.findChildren(QLabel)
        if label.isVisible() and label.text() and label.wordWrap()
        if label.height() < label.heightForWidth(label.width())
    ]
