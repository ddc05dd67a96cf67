"""A disk that is full, or fails, at every write of issue, undo and close.

Full: the size a file may have is limited, a little more each time, and the act begins with an empty log; so every write of
it meets the limit once. Failing: the descriptor of the log is replaced by one that can't be written. Either
way the act is refused whole, reading goes on, and the same act works once the disk is well again.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.domain.errors import DeskError
from tests.faults.money import Answer, Counter, another_life, broken_promises, open_desk

TROUBLE = ("HT-04", "HT-06", "DL-02", "DL-14", "HT-00")
STEP = 2048


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """No file may grow beyond ``size`` bytes; a longer write is cut there, the next one fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Whoever has ``path`` open can read it and not write it, as with a disk that reports errors."""
    kept: list[tuple[int, int]] = []
    for link in Path("/proc/self/fd").iterdir():
        number = int(link.name)
        try:
            if link.readlink() != path:
                continue
        except OSError:
            continue
        kept.append((number, os.dup(number)))
        readable = os.open(path, os.O_RDONLY)
        os.dup2(readable, number)
        os.close(readable)
    try:
        yield
    finally:
        for number, old in kept:
            os.dup2(old, number)
            os.close(old)


def _undo(counter: Counter) -> Answer:
    return counter.replace(counter.living[-1])


ACTS: dict[str, Callable[[Counter], Answer]] = {"issue": Counter.issue, "undo": _undo, "close": Counter.close}


def _begin(folder: Path) -> list[Answer]:
    """A desk with three receipts, closed: nothing stands in its log."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = open_desk(folder)
    counter = Counter(desk, random.Random(7), "first")
    known = [counter.issue() for _ in range(3)]
    desk.close()
    return known


def at_every_write(folder: Path, act: str) -> tuple[int, list[str]]:
    """Meet a full disk at every ``STEP`` bytes of one kind of act; how often it was refused, and what is broken."""
    known = _begin(folder / "desk")
    refused, broken, size = 0, list[str](), 512
    while True:
        place = folder / f"full-{size}"
        shutil.copytree(folder / "desk", place)
        desk = open_desk(place)
        another_life(desk, 1)
        counter = Counter(desk, random.Random(7), act)
        try:
            with full_at(size):
                ACTS[act](counter)
        except DeskError as error:
            refused += 1
            broken += [f"at {size}: {error.code}"] if error.code not in TROUBLE else []
            broken += [f"at {size}: {what}" for what in broken_promises(desk, known, rebuild=False)]
            again = ACTS[act](counter)
            broken += [f"after {size}: {what}" for what in broken_promises(desk, [*known, again], rebuild=False)]
            desk.close()
            shutil.rmtree(place)
            size += STEP
            continue
        desk.close()
        return refused, broken


def with_a_failing_log(folder: Path, act: str) -> tuple[str, list[str]]:
    """One act while the log can't be written: the code it was refused with, and what is broken before and after."""
    known = _begin(folder)
    desk = open_desk(folder)
    another_life(desk, 1)
    counter, code = Counter(desk, random.Random(7), act), ""
    known.append(counter.issue())
    try:
        with failing(folder / "desk.db-wal"):
            ACTS[act](counter)
    except DeskError as error:
        code = error.code
    broken = broken_promises(desk, known, rebuild=False)
    known.append(ACTS[act](counter))
    broken += broken_promises(desk, known, rebuild=True)
    desk.close()
    return code, broken
