"""What comes down: every PC of an office sees every dossier, nothing twice, nothing missed, nothing backwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest

from desk_app.storage.queries import dossiers, feed, papers
from desk_app.wiring.feed_store import StoreFeed
from sync.centre.centre import Centre
from sync.centre.clock import system_clock
from sync.centre.feed import sequence, tell
from sync.centre.online import add_online, announce, tell_status
from sync.desk.feed import FeedReader
from sync.desk.trouble import Trouble
from sync.protocol.dossier_facts import DossierHandedOver
from sync.protocol.facts import DossierSettled, ResultReturned, SubjectErased
from sync.protocol.feed import ClaimAnswer, ClaimRequest
from sync.protocol.messages import SYNC, encode
from sync.protocol.sign import CLAIM
from tests.sync.desk import Desk, LogLines, enrol_desk
from tests.sync.inside import Fate, InsideClient, inside
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import RealDesk


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one


class Office:
    """Counter 1 writes in memory, counter 2 is a real desk that reads the feed."""

    def __init__(self, centre: CentreProcess, centre_inside: Centre, folder: Path) -> None:
        self.centre, self.inside = centre, centre_inside
        self.unit = centre.new_unit()
        self.writer = enrol_desk(centre.url, centre.code(self.unit, 1))
        self.reader = RealDesk(folder, centre.url, centre.code(self.unit, 2))
        self.book = StoreFeed(self.reader.store)
        self.fates: list[Fate] = []

    def read(self, book: StoreFeed | None = None, max_bytes: int = 1) -> Trouble | None:
        who = self.reader.outbox.identity()
        assert who is not None
        client = InsideClient(lambda: self.inside, lambda: self.fates.pop(0) if self.fates else Fate.FINE)
        feed_reader = FeedReader(book or self.book, self.reader.signer, self.reader.clock, LogLines())
        feed_reader.max_bytes = max_bytes
        line = next(x for x in self.reader.outbox.lines() if x.current)
        return feed_reader(client, who, line, lambda: False)

    def look(self, job):  # type: ignore[no-untyped-def]
        store = self.reader.store

        def inside_job():  # type: ignore[no-untyped-def]
            with store.read() as tx:
                return job(tx)

        return store.call(inside_job)

    def hashes(self) -> list[str]:
        return [r.h for r in self.look(lambda tx: list(tx.records(self.writer.line)))]

    @property
    def db(self) -> psycopg.Connection:
        return psycopg.connect(self.centre.postgresql.url)


@pytest.fixture
def office(centre: CentreProcess, centre_inside: Centre, tmp_path: Path) -> Iterator[Office]:
    one = Office(centre, centre_inside, tmp_path)
    yield one
    one.reader.station.close()


def test_a_dossier_taken_in_at_counter_1_is_seen_at_counter_2_with_its_name(office: Office) -> None:
    dossier = office.writer.book.receive()
    office.writer.push()
    assert office.read() is None
    assert office.hashes() == [r.h for r in office.writer.book.records]
    row = office.look(lambda tx: dossiers.get(tx, dossier))
    assert row is not None and "Chim Hoàng Yến" in row.name and row.paid_vnd == row.fee_vnd
    assert office.look(papers.unprinted) == ()  # its papers are the other counter's business
    assert office.reader.store.rebuild().differences == ()


def test_reading_again_changes_nothing_and_every_cut_page_is_read_on(office: Office) -> None:
    office.writer.work(700)
    while office.writer.acked() < len(office.writer.book.records):
        office.writer.push(size=20_000)
    office.fates = [Fate.FINE, Fate.ANSWER_LOST, Fate.TWICE, Fate.HTML, Fate.REQUEST_LOST]
    for _ in range(6):
        office.read()
    assert office.hashes() == [r.h for r in office.writer.book.records]
    before = office.book.cursor()
    office.reader.outbox.reset_marks(2)
    office.reader.outbox.reset_marks(1)  # the centre began anew: everything is read again and is there already
    assert office.book.cursor() == (1, 0)
    assert office.read() is None and office.book.cursor() == before
    assert office.hashes() == [r.h for r in office.writer.book.records]


def test_a_return_that_arrives_before_its_intake_waits_for_it(office: Office) -> None:
    other = enrol_desk(office.centre.url, office.centre.code(office.unit, 3), seed=9)
    dossier = office.writer.book.receive()
    other.book.append(
        DossierHandedOver(dossier, "2026-11-25T16:30:00", "Phòng Tư pháp", "", "Trần Văn Minh"),
        DossierSettled(dossier, "2026-11-26T09:00:00", "granted"),
        ResultReturned(dossier, "2026-11-26T10:00:00", "applicant"),
    )
    other.push()
    assert office.read() is None
    assert office.look(lambda tx: dossiers.get(tx, dossier)) is None
    office.writer.push()
    assert office.read() is None
    row = office.look(lambda tx: dossiers.get(tx, dossier))
    assert row is not None and (row.state, row.returned_at) == (10, "2026-11-26T10:00:00")
    assert office.reader.store.rebuild().differences == ()


def test_a_poison_record_of_another_counter_stops_nothing(office: Office) -> None:
    office.writer.book.receive()
    office.writer.book.append_body("receipt.issued", {"total_vnd": 1})
    dossier = office.writer.book.receive()
    office.writer.push()
    assert office.read() is None
    assert office.look(lambda tx: dossiers.get(tx, dossier)) is not None
    assert office.reader.store.rebuild().differences == ()


def test_who_was_erased_here_does_not_come_back_with_the_feed(office: Office) -> None:
    dossier = office.writer.book.receive()
    office.writer.push()
    office.read()
    subject = office.look(lambda tx: tx.row("SELECT applicant FROM dossier WHERE dossier = ?", (dossier,)))[0]
    store = office.reader.store

    def erase() -> None:
        with store.write("erase", "cb-hanh") as tx:
            tx.append(SubjectErased(subject, "91/2025/QH15"))

    store.call(erase)
    office.reader.outbox.reset_marks(2)
    office.reader.outbox.reset_marks(1)
    office.read()
    row = office.look(lambda tx: dossiers.get(tx, dossier))
    assert row is not None and row.name == ""
    assert office.look(lambda tx: tx.subject(subject)) is None


def test_records_the_centre_lost_hold_up_that_line_only_and_come_later(office: Office) -> None:
    office.writer.work(30)
    office.writer.push()
    lost = office.centre.rows("SELECT seq, raw, h, id, kind, at FROM record WHERE unit = %s AND seq = 5", office.unit)
    office.centre.rows("DELETE FROM record WHERE unit = %s AND seq = 5", office.unit)
    office.writer.work(60)
    office.writer.push()
    assert office.read() is None and office.hashes() == []
    seq, raw, h, id, kind, at = lost[0]
    office.centre.rows(
        "INSERT INTO record (unit, station, line, seq, raw, h, id, kind, at) SELECT unit, station, line, %s, %s, %s,"
        " %s, %s, %s FROM record WHERE unit = %s LIMIT 1",
        seq, raw, h, id, kind, at, office.unit,
    )  # fmt: skip
    office.centre.rows("UPDATE outfeed SET pos = NULL WHERE unit = %s", office.unit)
    assert office.read() is None
    assert office.hashes() == [r.h for r in office.writer.book.records]


def test_an_announced_version_only_rises(office: Office) -> None:
    at = system_clock()
    with office.db as db:
        assert announce(db, office.unit, "catalogue", 7, "ab" * 32, 1000, at)
        assert not announce(db, office.unit, "catalogue", 6, "cd" * 32, 1000, at)
        tell(db, office.unit, "version", {"what": "catalogue", "version": 3, "sha256": "", "size": 1}, at)  # a replay
    assert office.read() is None
    found = office.look(lambda tx: feed.announced(tx, "catalogue"))
    assert (found.version, found.sha256) == (7, "ab" * 32)


def test_more_numbers_come_down_once(office: Office) -> None:
    line = office.reader.enrolment.main.line
    grant = {
        "grant": "0d6e2f0a-9d0a-4a53-a4a5-2f1c7d1f3b11", "series_kind": "receipt", "form": "EBL01", "symbol": "26TAA",
        "series_id": 1, "first": 90_001, "last": 100_000, "period": "all",
    }  # fmt: skip
    with office.db as db:
        tell(db, office.unit, "grants", {"line": line, "grants": [grant]}, system_clock())
        tell(db, office.unit, "grants", {"line": 99, "grants": [grant]}, system_clock())
    assert office.read() is None
    office.reader.outbox.reset_marks(2)
    office.reader.outbox.reset_marks(1)
    assert office.read() is None
    count = office.look(lambda tx: tx.row("SELECT count(*) FROM grant_ WHERE grant_id = ?", (grant["grant"],)))[0]
    sealed = office.look(lambda tx: [r for r in tx.records(line) if r.envelope.body.get("grant") == grant["grant"]])
    assert (count, len(sealed)) == (1, 1)


def test_news_about_a_dossier_not_known_yet_waits_and_is_kept_once(office: Office) -> None:
    with office.db as db:
        tell_status(db, office.unit, "H99-1", "processing", "", system_clock())
        tell_status(db, office.unit, "H99-1", "done", "", system_clock())
        tell(db, office.unit, "kind.of.2030", {"x": 1}, system_clock())
    assert office.read() is None
    assert [s.state for s in office.look(lambda tx: feed.statuses(tx, "H99-1"))] == ["processing", "done"]


def test_a_change_committed_late_is_not_missed(office: Office) -> None:
    """The first writer commits after the second was read: positions follow commits, not beginnings."""
    with office.db as slow, office.db as quick:
        tell_status(slow, office.unit, "H99-1", "late", "", system_clock())
        tell_status(quick, office.unit, "H99-2", "early", "", system_clock())
        quick.commit()
        assert office.read() is None
        assert office.look(lambda tx: feed.statuses(tx, "H99-1")) == ()
        slow.commit()
    assert office.read() is None
    assert [s.state for s in office.look(lambda tx: feed.statuses(tx, "H99-1"))] == ["late"]


def test_positions_are_given_once_while_many_ask(office: Office) -> None:
    with office.db as db:
        for n in range(40):
            tell_status(db, office.unit, f"H99-{n}", "x", "", system_clock())
    gate, ends = Barrier(4), []

    def ask() -> None:
        with office.db as db:
            gate.wait()
            ends.append(sequence(db, office.unit))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = [r[0] for r in office.centre.rows("SELECT pos FROM outfeed WHERE unit = %s ORDER BY pos", office.unit)]
    assert rows == list(range(1, len(rows) + 1)) and set(ends) == {len(rows)}


def ask(desk: Desk, centre: Centre, what: str, online: str = "o-1") -> ClaimAnswer:
    body = encode(ClaimRequest(SYNC, desk.who.unit, desk.who.station, desk.line, online, what))
    reply = InsideClient(lambda: centre).claim(desk.who, desk.line, body, desk.signer.sign(desk.line, CLAIM, body))
    assert not isinstance(reply, Trouble), reply
    return reply[0]


def test_an_online_dossier_goes_to_one_counter(office: Office) -> None:
    other = enrol_desk(office.centre.url, office.centre.code(office.unit, 3), seed=9)
    with office.db as db:
        assert add_online(db, office.unit, "o-1", {"procedure": "2.000815"}, system_clock())
        assert not add_online(db, office.unit, "o-1", {"procedure": "x"}, system_clock())
    gate, answers = Barrier(2), []

    def take(desk: Desk) -> None:
        gate.wait()
        answers.append(ask(desk, office.inside, "take"))

    threads = [Thread(target=take, args=(desk,)) for desk in (office.writer, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.granted for a in answers) == [False, True]
    winner = next(a.station_no for a in answers if a.granted)
    assert {a.station_no for a in answers} == {winner}
    assert office.read() is None
    (row,) = office.look(lambda tx: feed.online(tx))
    assert (row.state, row.station_no) == ("claimed", winner)


def test_a_claim_that_nobody_renews_is_free_again_but_an_accepted_dossier_never_is(office: Office) -> None:
    other = enrol_desk(office.centre.url, office.centre.code(office.unit, 3), seed=9)
    with office.db as db:
        add_online(db, office.unit, "o-1", {}, system_clock())
    now = [datetime(2026, 11, 25, 3, 0, tzinfo=UTC)]
    centre = Centre(office.inside.pool, office.inside.key, office.inside.gen, office.inside.log, lambda: now[0])
    assert ask(office.writer, centre, "take").granted
    now[0] += timedelta(minutes=29)
    assert not ask(other, centre, "take").granted
    assert not ask(other, centre, "release").granted
    now[0] += timedelta(minutes=2)
    assert ask(other, centre, "take").granted
    assert not ask(office.writer, centre, "accept").granted
    assert ask(other, centre, "accept").granted and ask(other, centre, "accept").granted
    now[0] += timedelta(days=9)
    assert not ask(office.writer, centre, "take").granted
