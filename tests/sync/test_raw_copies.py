"""Files of the journal that somebody copied, deleted or left behind: what is not the newest state is told, never trusted."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from itertools import product
from pathlib import Path

import pytest

from desk_app.domain.errors import DeskError
from tests.sync.desk import Desk
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import RealDesk

STATES = ("now", "old", "missing")


def copy_raw(desk: Path, to: Path) -> None:
    """As a person with a file manager does, while the program runs."""
    to.mkdir()
    for file in desk.glob("desk.db*"):
        shutil.copy(file, to / file.name)


@pytest.mark.parametrize(("main", "log"), list(product(STATES[:2], STATES)))
def test_every_mix_of_file_and_log_is_the_newest_state_or_freezes_money_or_is_told(
    centre: CentreProcess, tmp_path: Path, main: str, log: str
) -> None:
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    real.work(3)
    copy_raw(tmp_path / "desk", tmp_path / "old")
    real.work(6)
    copy_raw(tmp_path / "desk", tmp_path / "now")
    written = len(real.hashes())
    real.station.close()
    desk = tmp_path / "desk"
    for file in desk.glob("desk.db*"):
        file.unlink()
    shutil.copy(tmp_path / main / "desk.db", desk / "desk.db")
    if log != "missing" and (tmp_path / log / "desk.db-wal").exists():
        shutil.copy(tmp_path / log / "desk.db-wal", desk / "desk.db-wal")
    try:
        real.open()
    except DeskError:
        return  # told: it is not opened
    try:
        with_all = len(real.hashes()) >= written

        def states() -> set[str]:
            with real.store.read() as tx:
                return {line.state for line in tx.lines() if not line.anonymous}

        assert with_all or real.store.call(states) == {"frozen"}
        assert (main, log) != ("now", "now") or with_all
    finally:
        real.station.close()


def test_a_centre_that_is_suspended_in_the_middle_goes_on_where_it_was(centre: CentreProcess, desk: Desk) -> None:
    desk.work(400)
    os.kill(centre.pid, signal.SIGSTOP)
    waker = threading.Timer(1.5, os.kill, (centre.pid, signal.SIGCONT))
    waker.start()
    started = time.monotonic()
    try:
        assert desk.runner().run_once().state == "ok"
    finally:
        waker.join()
    assert time.monotonic() - started > 1
    assert centre.hashes(desk.who.unit) == [r.h for r in desk.book.records]
