"""Scans arrive whole or not at all, go on where they stopped, and keep to the day's budget."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.storage.queries import blobs
from desk_app.wiring.blob_store import StoreBlobs
from sync.centre.blobs import FolderBlobs
from sync.centre.centre import Centre
from sync.desk.blobs import BlobSender, WaitingBlob
from sync.desk.trouble import Trouble
from tests.sync.desk import Desk, LogLines
from tests.sync.inside import Fate, InsideClient, inside
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import RealDesk


class Folder:
    """``sync.desk.blobs.BlobBook`` in memory."""

    def __init__(self, *scans: bytes, budget: int = 1 << 30) -> None:
        self.scans = {sha256(s).hexdigest(): s for s in scans}
        self.waiting = list(self.scans)
        self.sent: list[str] = []
        self.lost: list[str] = []
        self.budget = budget

    def next_blob(self) -> WaitingBlob | None:
        return WaitingBlob(self.waiting[0], len(self.scans[self.waiting[0]])) if self.waiting else None

    def read_blob(self, sha: str, offset: int, length: int) -> bytes | None:
        return self.scans[sha][offset : offset + length] or None

    def blob_sent(self, sha: str) -> None:
        self.waiting.remove(sha)
        self.sent.append(sha)

    def blob_lost(self, sha: str, code: str) -> None:
        self.waiting.remove(sha)
        self.lost.append(sha)

    def budget_left(self) -> int:
        return self.budget

    def spend(self, size: int) -> None:
        self.budget -= size


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one


def send(desk: Desk, centre: Centre, folder: Folder, fates: list[Fate], chunk: int = 4096) -> Trouble | None:
    client = InsideClient(lambda: centre, lambda: fates.pop(0) if fates else Fate.FINE)
    sender = BlobSender(folder, desk.signer, desk.clock, LogLines())
    sender.chunk = chunk
    return sender(client, desk.who, desk.state(), lambda: False)


def kept(centre: CentreProcess, unit: str, scan: bytes) -> Path:
    return FolderBlobs(centre.data / "blobs").path(unit, sha256(scan).hexdigest())


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(Fate), max_size=12), st.integers(1, 40_000), st.integers(1, 9000), st.integers())
def test_a_scan_arrives_whole_over_any_line_with_any_chunks(
    centre: CentreProcess, centre_inside: Centre, desk: Desk, fates: list[Fate], size: int, chunk: int, seed: int
) -> None:
    scan = Random(seed).randbytes(size)
    folder = Folder(scan)
    for _ in range(len(fates) + 1):
        send(desk, centre_inside, folder, fates, chunk)
    assert folder.waiting == [] and kept(centre, desk.who.unit, scan).read_bytes() == scan


def test_an_interrupted_scan_goes_on_where_it_stopped(centre: CentreProcess, centre_inside: Centre, desk: Desk) -> None:
    folder = Folder(Random(1).randbytes(100_000))
    assert send(desk, centre_inside, folder, [Fate.FINE, Fate.FINE, Fate.FINE, Fate.REQUEST_LOST]) is not None
    got = centre.rows("SELECT got FROM blob WHERE unit = %s", desk.who.unit)[0][0]
    assert got > 0
    before = folder.budget
    assert send(desk, centre_inside, folder, [], chunk=50_000) is None
    assert before - folder.budget < 100_000 - got + 2000


def test_the_same_scan_again_costs_one_question(centre_inside: Centre, desk: Desk) -> None:
    scan = b"%PDF scan" * 900
    assert send(desk, centre_inside, Folder(scan), []) is None
    again = Folder(scan)
    assert send(desk, centre_inside, again, []) is None
    assert again.sent and again.budget == 1 << 30


def test_a_scan_changed_after_its_record_is_refused_and_the_others_go_on(centre_inside: Centre, desk: Desk) -> None:
    folder = Folder(b"first scan" * 500, b"second scan" * 500)
    name = folder.waiting[0]
    folder.scans[name] = b"other scan" * 500
    assert send(desk, centre_inside, folder, []) is None
    assert folder.lost == [name] and len(folder.sent) == 1


def test_scans_keep_to_the_budget_of_the_day(centre_inside: Centre, desk: Desk) -> None:
    folder = Folder(*(Random(n).randbytes(30_000) for n in range(5)), budget=70_000)
    assert send(desk, centre_inside, folder, []) is None
    assert 1 <= len(folder.sent) < 5 and folder.budget > -600_000
    folder.budget = 1 << 30
    assert send(desk, centre_inside, folder, []) is None
    assert len(folder.sent) == 5


def test_a_whole_scan_can_never_be_written_again(centre: CentreProcess, centre_inside: Centre, desk: Desk) -> None:
    scan = b"unchangeable" * 100
    send(desk, centre_inside, Folder(scan), [])
    forged = Folder(scan)
    (name,) = forged.waiting
    forged.scans[name] = b"x" * len(scan)
    send(desk, centre_inside, forged, [])
    assert kept(centre, desk.who.unit, scan).read_bytes() == scan


def test_the_real_desk_sends_what_it_queued_and_reports_what_is_gone(
    centre: CentreProcess, centre_inside: Centre, tmp_path: Path
) -> None:
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    scan = Random(3).randbytes(70_000)

    def queue() -> None:
        with real.store.write("", "cb-hanh") as tx:
            blobs.queue(tx, tx.put_blob(scan, "image/jpeg"))
            blobs.queue(tx, "ab" * 32)

    try:
        real.store.call(queue)
        book = StoreBlobs(real.store, real.station.ids)
        who, line = real.outbox.identity(), next(x for x in real.outbox.lines() if x.current)
        assert who is not None
        sender = BlobSender(book, real.signer, real.clock, LogLines())
        assert sender(InsideClient(lambda: centre_inside), who, line, lambda: False) is None
        assert kept(centre, who.unit, scan).read_bytes() == scan
        assert real.store.call(lambda: summary(real)) == blobs.BlobsWaiting(0, 0, 1)
        assert 70_000 < 50 * (1 << 20) - book.budget_left() < 80_000
    finally:
        real.station.close()


def summary(real: RealDesk) -> blobs.BlobsWaiting:
    with real.store.read() as tx:
        return blobs.summary(tx)
