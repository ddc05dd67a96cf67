"""The evening of many desks: all of them send their day to one centre; how fast, how long each waited, how much memory.

``python -m tests.sync.evening [DESKS] [RECORDS]``; the last line is one JSON object. Desks are whole: journal, session,
batches, feed; only their windows are missing. They and the centre share this machine.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sync.desk.feed import FeedReader
from tests.sync.desk import Desk, enrol_desk
from tests.sync.server import CentreProcess, open_folder

AT_ONCE = 8
PER_OFFICE = 5


@dataclass(frozen=True)
class Evening:
    """``p95_ms``: nine of ten desks and a half were done in so many milliseconds; ``memory_mb``: the centre's highest."""

    desks: int
    records: int
    per_s: int
    p95_ms: int
    memory_mb: int
    whole: bool


def enrolled(process: CentreProcess, desks: int, records: int) -> list[Desk]:
    """Desks of offices of five, each with its day's work."""
    made: list[Desk] = []
    for n in range(desks):
        if n % PER_OFFICE == 0:
            unit = process.new_unit()
        desk = enrol_desk(process.url, process.code(unit, n % PER_OFFICE + 1), seed=n)
        desk.work(records)
        made.append(desk)
    return made


def play(process: CentreProcess, desks: list[Desk]) -> Evening:
    """All of them at once, ``AT_ONCE`` at a time."""

    def send(desk: Desk) -> int:
        started = time.perf_counter_ns()
        reader = FeedReader(desk.news, desk.signer, desk.clock, desk.log)
        for _ in range(20):
            if desk.runner(steps=(reader,)).run_once().state == "ok":
                break
        return (time.perf_counter_ns() - started) // 1_000_000

    started = time.perf_counter_ns()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        took = sorted(pool.map(send, desks))
    ms = (time.perf_counter_ns() - started) // 1_000_000
    total = sum(len(desk.book.records) for desk in desks)
    whole = all(desk.acked() == len(desk.book.records) for desk in desks)
    return Evening(
        len(desks), total, total * 1000 // max(1, ms), took[len(took) * 95 // 100], memory_mb(process.pid), whole
    )


def memory_mb(pid: int) -> int:
    """The highest resident memory of a process so far."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def main() -> int:
    """Exit 1 when a desk did not come to rest."""
    desks, records = (int(x) for x in [*sys.argv[1:], *("1000", "100")[len(sys.argv) - 1 :]])
    with open_folder() as folder:
        process = CentreProcess(folder)
        process.start()
        done = play(process, enrolled(process, desks, records))
        process.stop()
        process.postgresql.stop()
    print(json.dumps(done.__dict__))
    return 0 if done.whole else 1


if __name__ == "__main__":
    sys.exit(main())
