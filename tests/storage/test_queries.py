"""What the screens ask: found without marks, in the right order, page by page, and never by reading a whole table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk_app.domain.errors import Incident
from desk_app.storage import drafts
from desk_app.storage.queries import (
    dossiers,
    guidance,
    officers,
    outbox,
    papers,
    procedures,
    profile,
    receipts,
    today,
)
from desk_app.storage.store import Store
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.envelope import open_record
from sync.protocol.facts import OfficerRegistered, PaperMade, PaperPrinted, UnitProfiled
from tests.storage.builders import (
    LINE,
    UNIT,
    FakeClock,
    a_store,
    collect,
    give_back,
    guide,
    open_line,
    person,
    receive,
    settle,
)

NOW = datetime(2026, 11, 25, 15, 40)
PEOPLE = (
    ("Bùi Thị Sáu", "2026-11-23T16:30:00"),
    ("Đỗ Minh Châu", "2026-11-25T16:30:00"),
    ("Phạm Văn Tuấn", "2026-11-25T17:00:00"),
    ("Ngô Thị Loan", "2026-11-26T10:00:00"),
    ("Trịnh Văn Bình", "2026-11-27T10:00:00"),
    ("Vũ Hải Nam", ""),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = a_store(tmp_path)
    open_line(store)
    yield store
    store.close()


def write(store: Store, command: str, job: Callable[[WriteTx], Any]) -> None:
    def work() -> None:
        with store.write(command, "o1") as tx:
            job(tx)

    store.call(work)


def read(store: Store, job: Callable[[ReadTx], Any]) -> Any:
    def work() -> Any:
        with store.read() as tx:
            return job(tx)

    return store.call(work)


def fill(store: Store) -> None:
    clock = FakeClock()
    for index, (name, due) in enumerate(PEOPLE):
        who = person(name, f"04609000{index:04}", f"09123456{index:02}")
        write(store, f"c{index}", lambda tx, i=index, w=who, d=due: receive(tx, clock, f"d{i}", who=w, due_at=d))
    write(store, "s5", lambda tx: settle(tx, clock, "d5"))


def names(rows: tuple[dossiers.DossierRow, ...]) -> list[str]:
    return [row.name.split()[-1] for row in rows]


def find(store: Store, text: str, **more: Any) -> list[str]:
    return names(read(store, lambda tx: dossiers.find(tx, text, now=NOW, **more)))


def test_search_finds_names_without_marks_codes_telephones_and_cards(store: Store) -> None:
    fill(store)
    write(store, "dd", lambda tx: receive(tx, FakeClock(), "dd", who=person("Đỗ Văn Dũng")))
    for text, found in {
        "do dung": ["Dũng"],
        "Đỗ Dũng": ["Dũng"],
        "DUNG DO": ["Dũng"],
        "do": ["Dũng", "Châu"],
        "pham tuan": ["Tuấn"],
        "tuan pha": ["Tuấn"],
        "0003": ["Loan", "Tuấn"],  # the last digits of a card, the serial of the day
        "1990 loan": ["Loan"],
        "tuan 0003": ["Tuấn"],
        "0912345603": ["Loan"],
        "046090000001": ["Châu"],
        "van ": ["Dũng", "Bình", "Tuấn"],
        "va": ["Dũng", "Bình", "Tuấn"],
        "va ": [],
        "khong ai": [],
        "\"*'()- ": [],
        "😀": [],
        "Do\u031b\u0300 ": ["Dũng", "Châu"],
    }.items():
        assert find(store, text) == found, text


def test_search_by_the_digits_of_a_slip(store: Store) -> None:
    fill(store)
    row = read(store, lambda tx: dossiers.get(tx, "d2"))
    assert find(store, row.slip_code) == ["Tuấn"]
    assert read(store, lambda tx: dossiers.by_slip_code(tx, row.slip_code)) == row
    assert read(store, lambda tx: dossiers.by_code(tx, row.code)) == row
    assert read(store, lambda tx: dossiers.by_code(tx, "none")) is None


def test_filters_count_and_list_the_same_in_order_of_need(store: Store) -> None:
    fill(store)
    assert find(store, "", filter="all") == ["Nam", "Bình", "Loan", "Tuấn", "Châu", "Sáu"]
    assert find(store, "", filter="open") == ["Sáu", "Châu", "Tuấn", "Loan", "Bình"]
    assert find(store, "", filter="overdue") == ["Sáu"]
    assert find(store, "", filter="today") == ["Châu", "Tuấn"]
    assert find(store, "", filter="ready") == ["Nam"]
    assert find(store, "van", filter="today") == ["Tuấn"]
    assert find(store, "nam", filter="overdue") == []
    assert read(store, lambda tx: dossiers.counts(tx, NOW)) == {
        "all": 6, "open": 5, "overdue": 1, "today": 2, "waiting": 0, "ready": 1,
    }  # fmt: skip


@pytest.mark.parametrize("filter", dossiers.FILTERS)
@pytest.mark.parametrize("text", ["", "v"])
def test_pages_follow_one_another_without_gap_or_double(store: Store, filter: dossiers.Filter, text: str) -> None:
    fill(store)

    def pages(tx: ReadTx) -> list[int]:
        found: list[int] = []
        after = None
        while page := dossiers.find(tx, text, filter=filter, now=NOW, after=after, limit=2):
            found += [row.n for row in page]
            after = dossiers.keyset(page[-1], filter, text=text)
        return found

    whole = read(store, lambda tx: [r.n for r in dossiers.find(tx, text, filter=filter, now=NOW)])
    assert read(store, pages) == whole


def test_last_four_digits_show_today_first(store: Store) -> None:
    clock = FakeClock()
    write(store, "c1", lambda tx: receive(tx, clock, "today"))
    clock.now += timedelta(days=1)
    write(store, "c2", lambda tx: receive(tx, clock, "tomorrow"))
    rows = read(store, lambda tx: dossiers.by_last4(tx, "0001", NOW))
    assert [row.dossier for row in rows] == ["today", "tomorrow"]


def test_today_shows_tiles_and_what_comes_first(store: Store) -> None:
    fill(store)
    clock = FakeClock()
    write(store, "m", lambda tx: collect(tx, clock, "r1", ("d0",)))
    write(store, "g", lambda tx: guide(tx, clock, "g1"))
    seen = read(store, lambda tx: today.view(tx, NOW))
    assert names(seen.due) == ["Sáu", "Châu", "Tuấn", "Loan", "Bình"]
    tiles = seen.tiles
    assert (tiles.received, tiles.overdue, tiles.due_today, tiles.ready, tiles.guided) == (6, 1, 2, 1, 1)
    assert (tiles.collected_vnd, tiles.receipts, tiles.earliest_due) == (15_000, 1, "2026-11-25T16:30:00")
    assert read(store, lambda tx: today.view(tx, NOW + timedelta(days=9))).tiles.ready_over_5_days == 1


def test_one_dossier_shows_steps_receipts_and_papers(store: Store) -> None:
    clock = store.clock
    assert isinstance(clock, FakeClock)
    write(store, "c1", lambda tx: guide(tx, clock, "g1"))
    clock.now += timedelta(hours=1)

    def intake(tx: WriteTx) -> None:
        receive(tx, clock, "d1", guidance="g1")
        collect(tx, clock, "r1", ("d1",))
        tx.append(PaperMade("acceptance_slip:d1", "acceptance_slip", "d1", "a" * 64, 100))
        tx.append(PaperMade("fee_receipt:r1", "fee_receipt", "r1", "b" * 64, 100))
        tx.append(PaperPrinted("acceptance_slip:d1", 0))
        tx.append(PaperPrinted("acceptance_slip:d1", 1, "lost"))

    write(store, "c2", intake)
    write(store, "c3", lambda tx: settle(tx, clock, "d1"))
    write(store, "c4", lambda tx: give_back(tx, clock, "d1"))
    seen = read(store, lambda tx: dossiers.detail(tx, "d1"))
    assert [event.kind for event in seen.events] == [
        "guidance.given", "dossier.received", "receipt.issued", "paper.printed", "dossier.settled", "result.returned",
    ]  # fmt: skip
    assert [event.at for event in seen.events] == sorted(event.at for event in seen.events)
    assert (seen.row.state, seen.row.paid_vnd, seen.row.owed_vnd, seen.receiver) == (10, 15_000, 0, "applicant")
    assert [(p.paper, p.copies, p.state) for p in seen.papers] == [
        ("acceptance_slip:d1", 2, "printed"), ("fee_receipt:r1", 0, "made"), ("guidance_slip:g1", 0, "due"),
    ]  # fmt: skip
    assert [r.number for r in seen.receipts] == [1]
    assert seen.answers == {"under_18": True, "copies": 3}
    assert seen.marks[0].document == "birth_certificate"
    assert [p.paper for p in read(store, papers.unprinted)] == ["guidance_slip:g1", "fee_receipt:r1"]
    assert "Dũng" not in repr(seen) + repr(seen.row) + repr(seen.receipts)
    assert read(store, lambda tx: dossiers.detail(tx, "none")) is None


def test_one_receipt_pays_several_dossiers(store: Store) -> None:
    clock = FakeClock()

    def visit(tx: WriteTx) -> None:
        receive(tx, clock, "d1", fee_vnd=10_000)
        receive(tx, clock, "d2", fee_vnd=20_000)
        collect(tx, clock, "r1", ("d1", "d2"), 30_000)

    write(store, "c1", visit)
    paid = [read(store, lambda tx, id=id: dossiers.get(tx, id)).paid_vnd for id in ("d1", "d2")]
    assert paid == [10_000, 20_000]
    (line,) = read(store, lambda tx: receipts.items(tx, "r1"))
    assert (line.quantity, line.amount_vnd) == (3, 30_000)
    for found in (
        read(store, lambda tx: receipts.of_day(tx, NOW.date())),
        read(store, lambda tx: receipts.by_number(tx, "26TAA", 1)),
        read(store, lambda tx: receipts.by_series(tx, 1, 1)),
    ):
        assert [r.receipt for r in found] == ["r1"]
    totals = read(store, lambda tx: receipts.totals(tx, NOW.date()))
    assert (totals.count, totals.cash_vnd, totals.ranges) == (1, 30_000, (("26TAA", 1, 1),))


def test_what_is_known_about_a_person(store: Store) -> None:
    clock = FakeClock()
    write(store, "c1", lambda tx: guide(tx, clock, "g1"))
    clock.now += timedelta(days=1)
    write(store, "c2", lambda tx: receive(tx, clock, "d1"))
    id, procedure = "046090001234", "1.001193"
    assert read(store, lambda tx: dossiers.visits(tx, id)) == 2
    assert names(read(store, lambda tx: dossiers.of_person(tx, id))) == ["Dũng"]
    assert read(store, lambda tx: dossiers.open_same_procedure(tx, id, procedure)).dossier == "d1"
    assert read(store, lambda tx: dossiers.open_same_procedure(tx, id, "other")) is None
    last = read(store, lambda tx: guidance.last_for(tx, id, procedure))
    assert (last.guidance, last.marks[1].reason) == ("g1", 2)
    assert read(store, lambda tx: guidance.by_slip_code(tx, last.slip_code)) == last
    write(store, "c3", lambda tx: (settle(tx, clock, "d1"), give_back(tx, clock, "d1")))
    assert read(store, lambda tx: dossiers.open_same_procedure(tx, id, procedure)) is None
    for nobody in (dossiers.of_person, dossiers.visits):
        assert not read(store, lambda tx, f=nobody: f(tx, ""))


def test_outbox_tells_what_waits_and_marks_move_only_with_our_own_head(store: Store) -> None:
    clock = FakeClock()
    write(store, "c1", lambda tx: (receive(tx, clock, "d1"), collect(tx, clock, "r1", ("d1",))))
    groups = {w.group: w.count for w in read(store, outbox.summary)}
    assert groups == {"dossiers": 1, "receipts": 1, "office": 8}
    raws = read(store, lambda tx: outbox.pending(tx, LINE, 8, 10))
    assert len(raws) == 1
    assert open_record(raws[0]).envelope.seq == 9
    assert len(read(store, lambda tx: outbox.pending(tx, LINE, 0, 1 << 20))) == 10
    people = read(store, lambda tx: outbox.subjects_for(tx, LINE, 9, 9))
    assert [subject.kind for subject in people] == ["person"]
    head = read(store, lambda tx: open_record(outbox.pending(tx, LINE, 8, 1)[0]).h)

    def ack(mark: int, hash: str) -> Callable[[WriteTx], None]:
        return lambda tx: outbox.mark_acked(tx, LINE, mark, hash, "b" * 64, b"signed", "2026-11-25T04:00:00.000Z")

    with pytest.raises(Incident, match="DB-16"):
        write(store, "", ack(9, "f" * 64))
    write(store, "", ack(9, head))
    assert {w.group: w.count for w in read(store, outbox.summary)} == {"receipts": 1}
    assert read(store, outbox.lines)[0].acked_seq == 9
    assert read(store, outbox.last_ack) == "2026-11-25T04:00:00.000Z"
    write(store, "", lambda tx: outbox.set_tokens(tx, LINE, "t1", "t2"))
    write(store, "", lambda tx: outbox.set_feed(tx, 1, 77))
    write(store, "", lambda tx: outbox.begin_gen(tx, 2))
    assert read(store, outbox.lines)[0].acked_seq == 0
    assert read(store, outbox.remote) == outbox.Remote(2, 2, 0)


def test_the_office_knows_itself(store: Store) -> None:
    def job(tx: WriteTx) -> None:
        tx.append(UnitProfiled({"name": "UBND xã Hòa Mẫu"}))
        tx.append(OfficerRegistered("o1", "Lê Thị Hạnh", ("reception",)))
        tx.append(OfficerRegistered("o2", "An", ("head",), active=False))
        tx.append(OfficerRegistered("o1", "Lê Thị Hạnh", ("reception", "head")))
        receive(tx, FakeClock(), "d1")

    write(store, "c1", job)
    assert json.loads(read(store, profile.unit) or "") == {"name": "UBND xã Hòa Mẫu"}
    assert [o.roles for o in read(store, officers.all)] == [("reception", "head")]
    assert read(store, lambda tx: officers.get(tx, "o2")).active is False
    assert read(store, procedures.used) == {"1.001193": 1}
    assert read(store, procedures.most_used) == ("1.001193",)
    used = {g.series_kind: g.last_number for g in read(store, lambda tx: profile.grants(tx, LINE))}
    assert (used["dossier"], used["certification"]) == (1, 0)
    assert read(store, profile.incidents) == ()
    assert read(store, lambda tx: profile.unit(tx, UNIT)) is not None
    assert read(store, drafts.all) == ()


def test_no_screen_reads_a_whole_table(store: Store) -> None:
    fill(store)
    seen: list[str] = []

    def watch(tx: ReadTx) -> None:
        driver = store._driver()
        driver.set_trace_callback(seen.append)
        for filter in dossiers.FILTERS:
            for text in ("", "van tu"):
                dossiers.find(tx, text, filter=filter, now=NOW)
        dossiers.counts(tx, NOW)
        dossiers.detail(tx, "d1")
        dossiers.by_code(tx, "x")
        dossiers.by_slip_code(tx, "x")
        dossiers.by_last4(tx, "0001", NOW)
        dossiers.of_person(tx, "1")
        dossiers.open_same_procedure(tx, "1", "2")
        dossiers.visits(tx, "1")
        today.view(tx, NOW)
        guidance.by_slip_code(tx, "1")
        guidance.last_for(tx, "1", "2")
        receipts.of_day(tx, NOW.date())
        receipts.totals(tx, NOW.date())
        receipts.by_number(tx, "26TAA", 1)
        receipts.of_dossier(tx, "d1")
        papers.unprinted(tx)
        papers.of(tx, "d1")
        outbox.summary(tx)
        outbox.pending(tx, LINE, 0, 100)
        outbox.subjects_for(tx, LINE, 1, 5)
        driver.set_trace_callback(None)
        for sql in set(seen):
            for row in tx.rows(f"EXPLAIN QUERY PLAN {sql}") if sql.startswith("SELECT") else ():
                if "instr(" in sql:
                    assert not re.search(r"SEARCH dossier USING INTEGER PRIMARY KEY \(rowid<", row[3]), (row[3], sql)
                assert not re.match(r"SCAN (dossier|d|record|r|receipt|guidance|paper|u|e)\b", row[3]), (row[3], sql)

    read(store, watch)
    assert len(seen) > 40
