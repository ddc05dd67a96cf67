"""Start to the first painted log-in, and how many files that opens.

Both sides are whole processes that paint their first screen into a picture and leave. The desk's folder is one that has
been used before, as on every morning but the first; so are both programs, whose compiled modules lie where Python keeps
them, whatever the surroundings of the measurement say about writing them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, compare, count

ROUNDS = 7


def rows(folder: Path) -> Iterator[Row]:
    """Start time against a bare window, and the files the start opens."""
    desk, floor = desk_side(folder), [sys.executable, "-m", "tests.bench.bare_window", str(folder / "bare.png")]
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for side in (desk, floor):
        _start(side)  # compiled, and the training office made once, before the clock runs
    yield compare("start to first painted log-in", 1.5, lambda: _start(desk), lambda: _start(floor), rounds=ROUNDS)
    yield count("files opened at start", 400, _files_opened(desk, folder), "files")


def desk_side(folder: Path) -> list[str]:
    """The command that paints the log-in into a picture and leaves."""
    picture = str(folder / "smoke.png")
    return [sys.executable, "-m", "desk_app", "run", "--data", str(folder / "desk"), "--smoke", picture]


def _start(command: list[str]) -> None:
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, env=offscreen, check=True, stdout=subprocess.DEVNULL)


def _files_opened(command: list[str], folder: Path) -> int:
    """Files opened with success by the process and its threads, counted by the kernel's own trace."""
    trace = folder / "opened.trace"
    _start(["strace", "-f", "-qq", "-e", "trace=open,openat,openat2", "-o", str(trace), *command])
    return sum(1 for line in trace.read_text(errors="replace").splitlines() if re.search(r"\) += \d", line))
