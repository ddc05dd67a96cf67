"""The pinned Qt binding keeps the reference count of None (6.12.0 on Python before 3.12 loses it and aborts)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

CALLS = 2_000


def test_calls_that_return_nothing_do_not_eat_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
        label.parent()
    for _ in range(100):
        QApplication.processEvents()
    assert before - sys.getrefcount(None) < CALLS // 10


def test_only_the_pinned_binding_is_installed() -> None:
    import PySide6

    assert PySide6.__version__ == "6.11.3" or sys.version_info >= (3, 12)
