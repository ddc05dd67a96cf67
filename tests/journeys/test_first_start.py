"""The very first start, when there is nobody to choose yet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import MONDAY


def test_a_pin_typed_before_the_desk_is_made_signs_in_once_it_is(app: QApplication, data_dir: Path) -> None:
    with DeskDriver(data_dir, clock=DeskClock(MONDAY), loaded=False) as desk:
        desk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "no place for a PIN")
        assert not desk.sees("Lê Thị Hạnh"), "the training office is made behind the log-in"
        desk.type("1234", gap_ms=0)
        desk.key(Qt.Key.Key_Return)
        desk.wait_for("Đã tiếp nhận hôm nay")
