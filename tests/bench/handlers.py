"""The longest handler on the thread of the window, in a journey from the log-in to receipts while everything is sent.

A process of its own, because every event of the application is timed. What is counted is the whole of one event as the
window system delivers it, with all that it caused on that thread.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.bench.measure import Row, count

VISITS = 4


def rows(folder: Path) -> Iterator[Row]:
    """The longest of the journey, its first visit included; where it happened stands on stderr."""
    command = [sys.executable, "-m", "tests.bench.handlers", str(folder)]
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(command, env=offscreen, check=True, stdout=subprocess.PIPE, text=True)
    yield count("longest handler of the window", 50, float(said.stdout.split()[-1]), "ms")


class TimedApplication(QApplication):
    """Times every event from outside; events inside events belong to the outer one."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.seen: list[tuple[float, str, str]] = []
        self._inside = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._inside:
            return super().notify(receiver, event)
        self._inside, kind = True, event.type().name
        start = time.perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            self._inside = False
            self.seen.append(((time.perf_counter() - start) * 1000, kind, type(receiver).__name__))


def main(folder: Path) -> None:
    """Enrol, sign in, take in a few citizens with the centre on; print the longest event in milliseconds."""
    from tests.journeys.clock import DeskClock
    from tests.journeys.conftest import PIN, enrol_folder
    from tests.journeys.desk_driver import DeskDriver
    from tests.journeys.main_job import HA, MONDAY, certify
    from tests.sync.server import CentreProcess

    application = TimedApplication(["bench"])
    application.setQuitOnLastWindowClosed(False)
    folder.chmod(0o755)
    centre = CentreProcess(folder / "centre")
    centre.start()
    try:
        clock = DeskClock(MONDAY)
        enrolled = enrol_folder(centre, folder / "desk", clock)
        with DeskDriver(folder / "desk", real=True, clock=clock, secrets=enrolled.secrets) as desk:
            application.removeEventFilter(desk._stray)  # an eye of the tests, not a part of the program
            desk.sign_in(PIN)
            for number in range(VISITS):
                certify(desk, HA.replace("000191000345", f"00019100{number:04d}"), printing="")
                desk.rest(800)
            for page in ("fees", "dossiers", "results", "feedback", "reports", "sync", "admin", "today"):
                desk.press(page)
                desk.rest(400)
            seen = list(application.seen)  # the journey ends here: nobody waits for a window that is closing
    finally:
        centre.stop()
        centre.postgresql.stop()
    longest = sorted(seen, reverse=True)[:8]
    for took, kind, receiver in longest:
        print(f"{took:7.1f} ms  {kind} → {receiver}", file=sys.stderr)
    print(longest[0][0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
