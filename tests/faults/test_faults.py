"""Money survives: kills, power cuts, full and failing disks, two programs at once, clocks, yesterday's copy."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.errors import DeskError, Incident, Refused
from desk_app.services import recovery
from desk_app.storage.queries import dossiers, receipts
from desk_app.ui import errors
from tests.faults import disk, powercut
from tests.faults.money import another_life, broken_promises, open_desk
from tests.services.money_desk import CashDesk, open_cash_desk
from tests.storage.builders import receive

posix = pytest.mark.skipif(sys.platform == "win32", reason="forks, limits and descriptors of POSIX")
SERIES_27 = ("receipt", "EBL01", "27TAA", 21, 1, 500, "all")


@posix
def test_a_cash_desk_killed_sixty_times_keeps_its_book(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.kills", str(tmp_path), "60", "20261125"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    done = json.loads(said.stdout)
    assert done["broken"] == []
    assert set(done["acknowledged"]) == {"receipt", "undo", "notice", "closing"}


def test_after_a_power_cut_each_act_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    done = powercut.run(tmp_path, 120, 20261125)
    assert done["broken"] == []
    assert 0 < int(str(done["act whole afterwards"])) < 120


@posix
@pytest.mark.parametrize("act", ["issue", "undo", "close"])
def test_a_disk_that_is_full_at_any_write_refuses_the_whole_act(tmp_path: Path, act: str) -> None:
    refused, broken = disk.at_every_write(tmp_path, act)
    assert broken == []
    assert refused > 5


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors are found in /proc")
@pytest.mark.parametrize("act", ["issue", "undo", "close"])
def test_a_disk_that_fails_refuses_the_act_and_it_works_afterwards(tmp_path: Path, act: str) -> None:
    code, broken = disk.with_a_failing_log(tmp_path, act)
    assert code in disk.TROUBLE
    assert broken == []


def _take(folder: str, name: str) -> None:
    """A second program on the same folder, which the lock of the program would keep out."""
    desk = open_desk(Path(folder))
    another_life(desk, sum(map(ord, name)))
    done = 0
    while done < 15:
        try:
            desk.take(5_000)
            done += 1
        except DeskError as error:
            assert error.code == "DL-14"  # held by the other one: nothing was written, try again
    desk.close()


@posix
def test_two_programs_on_one_file_never_give_a_number_twice(tmp_path: Path) -> None:
    open_desk(tmp_path).close()
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_take, args=(str(tmp_path), name)) for name in ("a", "bb")]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    desk = open_desk(tmp_path)
    assert broken_promises(desk, [], rebuild=True) == []
    assert desk.query(lambda tx: tx.row("SELECT count(*), max(number) FROM receipt")) == (30, 30)
    desk.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    made = open_cash_desk(tmp_path, grants=(("receipt", "EBL01", "26TAA", 1, 1, 500, "all"), SERIES_27))
    yield made
    made.close()


def test_a_clock_a_year_off_takes_no_money_under_a_wrong_series_and_goes_on_when_it_is_right(desk: CashDesk) -> None:
    assert desk.take().symbol == "26TAA"
    desk.goto("2025-11-25T09:00")
    with pytest.raises(Refused, match="TP-"):
        desk.take()
    desk.goto("2028-11-25T09:00")
    with pytest.raises(Refused, match="TP-"):
        desk.take()
    desk.goto("2026-11-25T09:10")
    assert (desk.take().number, desk.desk.store.rebuild().differences) == (2, ())


def test_a_form_open_over_new_year_gets_a_number_of_the_new_year(desk: CashDesk) -> None:
    desk.goto("2026-12-31T23:59")
    last = desk.take()
    desk.wait(2)
    first = desk.take()
    assert (last.symbol, last.number, first.symbol, first.number) == ("26TAA", 1, "27TAA", 1)
    days = [desk.query(receipts.totals, date(2026, 12, 31)).count, desk.query(receipts.totals, date(2027, 1, 1)).count]
    assert days == [1, 1]


def test_over_midnight_money_counts_for_the_day_it_was_taken(desk: CashDesk) -> None:
    desk.goto("2026-11-25T23:59")
    desk.take(10_000)
    desk.wait(2)
    desk.take(7_000)
    for day, vnd in ((date(2026, 11, 25), 10_000), (date(2026, 11, 26), 7_000)):
        assert desk.query(receipts.totals, day).total_vnd == vnd


def test_yesterdays_copy_stops_money_only_and_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    desk = open_cash_desk(folder)
    desk.take()
    desk.close()
    shutil.copyfile(folder / "desk.db", tmp_path / "yesterday.db")
    desk = open_cash_desk(folder)
    another_life(desk, 1)
    desk.take()
    desk.take()
    desk.close()
    for left in folder.glob("desk.db*"):
        left.unlink()
    shutil.copyfile(tmp_path / "yesterday.db", folder / "desk.db")
    desk = open_cash_desk(folder)
    another_life(desk, 2)
    with pytest.raises(Incident, match="TP-09"):
        desk.take()
    found = desk.call(recovery.after_start)
    message = errors.message(found.frozen_code)
    assert message.code == "TP-09"
    assert "việc khác vẫn làm được" in message.text

    def work() -> None:
        with desk.desk.store.write("rest", "cb-hanh") as tx:
            receive(tx, desk.clock, "d-9")

    desk.desk.store.call(work)
    assert desk.query(dossiers.get, "d-9") is not None
    desk.close()
