"""The very first start, when there is nobody to choose yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
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


ROOT = Path(__file__).parents[2]
_CUT = """
import os, sys
from pathlib import Path
from desk_app.services import setup
from desk_app.wiring.station import Station
setattr(setup, sys.argv[2], lambda *_: os._exit(9))
from tests.journeys.conftest import FileSecrets
folder = Path(sys.argv[1])
Station(folder, training=True, secrets=FileSecrets(folder), witness_folder=folder.parent).begin_training()
"""


@pytest.mark.parametrize("at", ["open_station", "open_survey_line"])
def test_a_first_start_that_was_cut_off_begins_again_and_keeps_what_it_left(
    app: QApplication, data_dir: Path, at: str
) -> None:
    cut = subprocess.run([sys.executable, "-c", _CUT, str(data_dir), at], check=False, cwd=ROOT)
    assert cut.returncode == 9
    assert (data_dir / "desk.db").exists()
    with DeskDriver(data_dir, clock=DeskClock(MONDAY)) as desk:
        desk.sign_in("1234")
        assert not desk.sees("DL-16"), "nothing of the cut start ever counted"
    assert [found.name for folder in data_dir.glob("do-dang-*") for found in folder.glob("desk.db")]
