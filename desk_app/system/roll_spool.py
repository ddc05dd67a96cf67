"""Our own queue in front of a K80 printer: one sheet after the other, tried again until it is out, on its own thread.

A sheet of which nothing was sent is tried again by itself, for as long as the program runs. A sheet that broke off in
the middle is never tried again: the officer is asked whether it came out. Where the sheets go is asked before each try,
so another printer chosen meanwhile takes what still waits.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Final

from desk_app.system.escpos import EscposPrinter, Outcome, place_of
from desk_app.system.printing import JobState

PREFIX: Final = "#roll-"  # no queue of a spooler may be named so
_KEPT: Final = 500
_AGAIN: Final = {Outcome.NOT_BEGUN: JobState.STOPPED, Outcome.NO_PAPER: JobState.PAPER_OUT}


class RollSpooler:
    """``place``: where the printer is now, as ``system.escpos.place_of`` reads it. ``pause``: seconds between tries.

    ``add`` and ``job_state`` answer at once; the printer is spoken to on a thread of this queue.
    """

    def __init__(self, place: Callable[[], str], *, pause: float = 3.0, seconds: float = 10) -> None:
        self._place, self._pause, self._seconds = place, pause, seconds
        self._numbers = count(1)
        self._jobs: deque[tuple[str, bytes]] = deque()
        self._states: dict[str, JobState] = {}
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False

    def add(self, job: bytes) -> str:
        """Take a job; returns what it is called here."""
        with self._change:
            name = f"{PREFIX}{next(self._numbers)}"
            self._jobs.append((name, job))
            self._states[name] = JobState.WAITING
            while len(self._states) > _KEPT and (old := next(iter(self._states))) not in {n for n, _ in self._jobs}:
                del self._states[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="roll", daemon=True)
                self._thread.start()
            self._change.notify_all()
            return name

    def job_state(self, job: str) -> JobState:
        """How that sheet fares. UNKNOWN for a sheet of an earlier run: nobody can say."""
        with self._change:
            return self._states.get(job, JobState.UNKNOWN)

    @property
    def waiting(self) -> int:
        """Sheets that are not out yet."""
        with self._change:
            return len(self._jobs)

    def close(self) -> None:
        """Begin nothing more. What waits is asked about at the next start, from the notes of the paper queue."""
        with self._change:
            self._closing = True
            self._change.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(self._seconds)

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closing or self._jobs)
                if self._closing:
                    return
                name, job = self._jobs[0]
                if self._states[name] is JobState.WAITING:
                    self._states[name] = JobState.PRINTING
            outcome = self._try(job)
            with self._change:
                self._states[name] = _AGAIN.get(outcome) or (
                    JobState.DONE if outcome is Outcome.DONE else JobState.FAILED
                )
                if outcome not in _AGAIN:
                    self._jobs.popleft()
                elif not self._closing:
                    self._change.wait_for(lambda: self._closing, self._pause)

    def _try(self, job: bytes) -> Outcome:
        """Where there is no printer any more the sheet is given up, and asked about."""
        place = place_of(self._place())
        return EscposPrinter(*place, seconds=self._seconds).send(job) if place else Outcome.BROKEN_OFF
