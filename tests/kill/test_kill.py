"""The program may die at any instant: nothing acknowledged is lost, nothing is doubled, nothing is half."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.kill import window_rounds

ROUNDS = 200


def test_a_counter_that_is_killed_two_hundred_times_loses_doubles_and_halves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.kill.rounds", str(tmp_path), str(ROUNDS), "20261125"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert said.returncode == 0, said.stderr
    done = json.loads(said.stdout)
    assert done["broken"] == []
    assert done["rounds"] == ROUNDS
    assert done["acknowledged"] > ROUNDS


def test_the_window_is_killed_ten_times_and_offers_what_was_typed_and_what_was_not_printed(tmp_path: Path) -> None:
    heard = window_rounds.run(tmp_path / "desk", 10, 20261125)
    assert heard.broken == []
    assert heard.taken_up >= 3, "drafts were offered after the crash and taken up"
    assert heard.printed >= 1, "papers that a crash prevented were offered and printed"
    assert len(set(heard.codes)) == len(heard.codes) >= 3
