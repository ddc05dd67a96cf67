"""Biên bản khớp số: green exactly when both databases hold the same, whatever happened between them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import ClassVar

import pytest

from desk_app.services import daymatch, papers
from desk_app.storage.queries import daymatch as kept
from desk_app.ui.screens.sync import SyncView
from desk_app.wiring import usb
from desk_app.wiring.day_book import StoreDayBook
from desk_app.wiring.enrolment import client_for
from sync.centre.centre import Answer, Centre
from sync.desk.daymatch import DayMatcher
from sync.desk.runner import Runner
from sync.desk.trouble import Kind, Trouble
from sync.protocol.daymatch import MISSING, OTHER, REFUSED, DayAnswer
from tests.sync.daybook import DAY, MemoryDayBook
from tests.sync.desk import Desk, LogLines, enrol_desk
from tests.sync.inside import Fate, InsideClient, inside
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import PASSPHRASE, RealDesk

RUNS = int(os.environ.get("DESK_SYNC_RUNS", "4"))

Fault = Callable[[CentreProcess, Desk, Random], None]


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one


def ask(desk: Desk, client: InsideClient) -> tuple[DayAnswer | None, Trouble | None]:
    book = MemoryDayBook(desk)
    trouble = DayMatcher(book, desk.signer)(client, desk.who, desk.state(), lambda: False)
    return (book.kept[0][1] if book.kept else None), trouble


def one(desk: Desk, random: Random, kind: str = "") -> int:
    """A record of the desk, by chance."""
    return random.choice([r.envelope.seq for r in desk.book.records if kind in ("", r.envelope.kind)])


# ---- twelve ways in which the two sides may come to differ, or nearly --------------------------------------------


def nothing(centre: CentreProcess, desk: Desk, random: Random) -> None:
    """All went well."""


def row_deleted(centre: CentreProcess, desk: Desk, random: Random) -> None:
    centre.rows("DELETE FROM record WHERE unit = %s AND seq = %s", desk.who.unit, one(desk, random))


def tail_lost(centre: CentreProcess, desk: Desk, random: Random) -> None:
    """The centre was put back to an older backup."""
    centre.rows("DELETE FROM record WHERE unit = %s AND seq > %s", desk.who.unit, one(desk, random) - 1)


def bytes_changed(centre: CentreProcess, desk: Desk, random: Random) -> None:
    centre.rows(
        "UPDATE record SET raw = set_byte(raw, 30, (get_byte(raw, 30) + 1) %% 255) WHERE unit = %s AND seq = %s",
        desk.who.unit, one(desk, random),
    )  # fmt: skip


def kind_changed(centre: CentreProcess, desk: Desk, random: Random) -> None:
    centre.rows("UPDATE record SET kind = 'x' WHERE unit = %s AND seq = %s", desk.who.unit, one(desk, random))


def amount_changed(centre: CentreProcess, desk: Desk, random: Random) -> None:
    seq = one(desk, random, "receipt.issued")
    centre.rows("UPDATE receipt SET amount = amount + 1000 WHERE unit = %s AND seq = %s", desk.who.unit, seq)


def receipt_lost(centre: CentreProcess, desk: Desk, random: Random) -> None:
    seq = one(desk, random, "receipt.issued")
    centre.rows("DELETE FROM receipt WHERE unit = %s AND seq = %s", desk.who.unit, seq)


def set_aside(centre: CentreProcess, desk: Desk, random: Random) -> None:
    """A record the centre could not take."""
    desk.book.append_body("receipt.issued", {"total_vnd": 5000})
    desk.push()


def tail_not_sent(centre: CentreProcess, desk: Desk, random: Random) -> None:
    desk.work(len(desk.book.records) + random.randrange(1, 9))


def other_copy_wrote(centre: CentreProcess, desk: Desk, random: Random) -> None:
    """A copy of this PC sent other records with the same numbers first."""
    twin = desk.copy()
    twin.work(len(twin.book.records) + 3)
    desk.work(len(desk.book.records) + 3)
    twin.push()
    desk.push()


def desk_sums_wrong(centre: CentreProcess, desk: Desk, random: Random) -> None:
    """The desk's own record was tampered with after it was sent."""
    seq = one(desk, random, "receipt.issued")
    records = desk.book.records
    forged = desk.book.forge(records[seq - 1], total_vnd=9_999_000)
    records[seq - 1] = forged


def line_unknown(centre: CentreProcess, desk: Desk, random: Random) -> None:
    """The centre lost the line itself, but for the one that asks."""
    centre.rows("UPDATE record SET line = line + 500 WHERE unit = %s", desk.who.unit)


FAULTS: tuple[Fault, ...] = (
    nothing, row_deleted, tail_lost, bytes_changed, kind_changed, amount_changed, receipt_lost, set_aside,
    tail_not_sent, other_copy_wrote, desk_sums_wrong, line_unknown,
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_green_only_if_both_sides_hold_the_same(centre: CentreProcess, centre_inside: Centre, fault: Fault) -> None:
    for run in range(RUNS):
        random = Random(f"{fault.__name__}{run}")
        desk = enrol_desk(centre.url, centre.code(centre.new_unit()), seed=run)
        desk.work(random.randrange(30, 160))
        desk.push()
        fault(centre, desk, random)
        answer, trouble = ask(desk, InsideClient(lambda: centre_inside))
        assert trouble is None and answer is not None
        assert answer.equal == (fault is nothing), (fault.__name__, run)


def test_what_differs_is_named_by_line_and_record(centre: CentreProcess, centre_inside: Centre, desk: Desk) -> None:
    desk.work(220)
    desk.push()
    centre.rows("DELETE FROM record WHERE unit = %s AND seq IN (50, 51)", desk.who.unit)
    bytes_changed_at = "UPDATE record SET raw = raw || 'x'::bytea WHERE unit = %s AND seq = 130"
    centre.rows(bytes_changed_at, desk.who.unit)
    desk.book.append_body("receipt.issued", {})
    desk.push()
    answer, _ = ask(desk, InsideClient(lambda: centre_inside))
    assert answer is not None
    places = {(d.what, d.first, d.last) for d in answer.differs}
    assert {(MISSING, 50, 51), (OTHER, 101, 200)} <= places
    assert (REFUSED, len(desk.book.records), len(desk.book.records)) in places


@pytest.mark.parametrize("fate", [Fate.REQUEST_LOST, Fate.ANSWER_LOST, Fate.HTML, Fate.TWICE])
def test_a_bad_line_costs_a_repetition_and_never_a_wrong_answer(
    centre: CentreProcess, centre_inside: Centre, desk: Desk, fate: Fate
) -> None:
    desk.work(40)
    desk.push()
    script = [fate]
    client = InsideClient(lambda: centre_inside, lambda: script.pop() if script else Fate.FINE)
    answer, trouble = ask(desk, client)
    if fate is not Fate.TWICE:
        assert answer is None and trouble is not None
        answer, trouble = ask(desk, client)
    assert trouble is None and answer is not None and answer.equal


def test_an_old_answer_is_worth_nothing(centre: CentreProcess, centre_inside: Centre, desk: Desk) -> None:
    desk.work(20)
    desk.push()

    class Replay(InsideClient):
        """A thief in the network who has one old answer for everything."""

        old: ClassVar[list[Answer]] = []

        def _say(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
            self.old.append(super()._say(path, body, headers))
            return self.old[0]

    client = Replay(lambda: centre_inside)
    assert ask(desk, client)[0] is not None
    desk.work(30)
    answer, trouble = ask(desk, client)
    assert answer is None and trouble is not None and trouble.kind is Kind.STRANGER


# ---- the real journal --------------------------------------------------------------------------------------------


def test_the_real_desk_seals_the_answer_and_prints_it(centre: CentreProcess, tmp_path) -> None:  # type: ignore[no-untyped-def]
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    try:
        real.work(12)
        desk = real.station.sign_in(real.station.logins()[0].id, PASSPHRASE)
        desk.store.call(lambda: daymatch.ask(desk, DAY))
        matcher = DayMatcher(StoreDayBook(real.store), real.signer)

        def run() -> str:
            url = real.enrolment.centre_url
            client = lambda _who: client_for(url, real.clock.utc, real.clock.ticks_ms)  # noqa: E731
            runner = Runner(real.outbox, real.signer, real.clock, LogLines(), client, lambda _s: None, steps=(matcher,))
            return runner.run_once().state

        assert run() == "ok"
        row = real.store.call(lambda: newest(desk))
        assert row is not None and row.equal and row.records > 20
        title, pdf = papers.pdf_of(desk, f"day_match:{row.match}")
        shown = usb.shown(SyncView(True, "", "", "", ""), desk.store.call(lambda: usb.state(desk)))
        assert "25/11/2026 đã khớp" in shown.deadline
        assert title == "Biên bản khớp số" and pdf.startswith(b"%PDF")
        # the next day goes on after this one, and a lost record shows
        real.work(3)
        desk.store.call(lambda: daymatch.ask(desk, "2026-11-26"))
        assert real.run() == "ok"
        seq = row.records + 1
        centre.rows("DELETE FROM record WHERE unit = %s AND seq = %s", real.enrolment.unit, seq)
        assert run() == "ok"
        again = real.store.call(lambda: newest(desk))
        assert again is not None and not again.equal and again.day == "2026-11-26"
        assert papers.pdf_of(desk, f"day_match:{again.match}")[1].startswith(b"%PDF")
        assert real.store.rebuild().differences == ()
    finally:
        real.station.close()


def newest(desk):  # type: ignore[no-untyped-def]
    with desk.store.read() as tx:
        return kept.newest(tx)
