"""The queue of the K80 printer: in order, again and again until it is out, never twice, and nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from desk_app.documents import thermal
from desk_app.system.printing import JobState
from desk_app.system.roll_spool import RollSpooler
from tests.documents.thermal_device import Device

ROWS = [bytes([n]) * thermal.ROW * 4 for n in (1, 2, 3)]


def job(rows: bytes) -> bytes:
    return thermal.WAKE + thermal.RESET + thermal._bands(rows) + thermal.FEED_AND_CUT + thermal.ASK_PAPER


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def device() -> Iterator[Device]:
    made = Device()
    yield made
    made.close()


@pytest.fixture
def spooler(device: Device) -> Iterator[RollSpooler]:
    made = RollSpooler(lambda: device.address, pause=0.05, seconds=2)
    yield made
    made.close()


def test_sheets_come_out_in_their_order(device: Device, spooler: RollSpooler) -> None:
    names = [spooler.add(job(rows)) for rows in ROWS]
    until(lambda: spooler.job_state(names[-1]) is JobState.DONE)
    assert device.paper.sheets == ROWS
    assert spooler.waiting == 0
    assert spooler.job_state("#roll-99") is JobState.UNKNOWN


def test_without_paper_everything_waits_and_goes_on_by_itself(device: Device, spooler: RollSpooler) -> None:
    device.empty = True
    first, second = spooler.add(job(ROWS[0])), spooler.add(job(ROWS[1]))
    until(lambda: spooler.job_state(first) is JobState.PAPER_OUT)
    assert (spooler.job_state(second), spooler.waiting, device.paper.sheets) == (JobState.WAITING, 2, [])
    device.empty = False
    until(lambda: spooler.waiting == 0)
    assert device.paper.sheets == ROWS[:2]


def test_a_sheet_that_broke_off_is_not_sent_again_and_the_next_one_is(device: Device, spooler: RollSpooler) -> None:
    device.dies_at = 2048 + 6 + len(thermal.WAKE) + 40
    broken = spooler.add(job(ROWS[0]))
    until(lambda: spooler.job_state(broken) is JobState.FAILED)
    device.dies_at = None
    second = spooler.add(job(ROWS[1]))
    until(lambda: spooler.job_state(second) is JobState.DONE)
    assert device.paper.sheets == [ROWS[1]]


def test_another_printer_chosen_meanwhile_takes_what_waits(device: Device) -> None:
    place = ["127.0.0.1:9"]
    spooler = RollSpooler(lambda: place[0], pause=0.05, seconds=2)
    name = spooler.add(job(ROWS[0]))
    until(lambda: spooler.job_state(name) is JobState.STOPPED)
    place[0] = device.address
    until(lambda: spooler.job_state(name) is JobState.DONE)
    place[0] = ""
    gone = spooler.add(job(ROWS[1]))
    until(lambda: spooler.job_state(gone) is JobState.FAILED)
    spooler.close()
    assert device.paper.sheets == ROWS[:1]


def test_a_sheet_is_taken_at_once_however_slow_the_printer(device: Device, spooler: RollSpooler) -> None:
    device.mute = True
    names = [spooler.add(job(rows)) for rows in ROWS]
    assert {spooler.job_state(name) for name in names} <= {JobState.WAITING, JobState.PRINTING}
    assert spooler.waiting == 3
