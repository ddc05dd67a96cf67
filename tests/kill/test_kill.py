"""The program may die at any instant: nothing acknowledged is lost, nothing is doubled, nothing is half."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROUNDS = 200


def test_a_counter_that_is_killed_two_hundred_times_loses_doubles_and_halves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.kill.rounds", str(tmp_path), str(ROUNDS), "20261125"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert said.returncode == 0, said.stderr
    done = json.loads(said.stdout)
    assert done["broken"] == []
    assert done["rounds"] == ROUNDS
    assert done["acknowledged"] > ROUNDS
