"""Who may go on with a line: lost answers, clones, restored copies, a restored centre, revoked desks."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from sync.centre.clock import system_clock
from sync.centre.enrol import revoke
from sync.centre.identity import raise_gen
from sync.desk.push import Pushed
from sync.protocol.messages import Witness
from tests.sync.desk import Desk
from tests.sync.proxy import Fault, Proxy
from tests.sync.server import CentreProcess


def hashes(desk: Desk) -> list[str]:
    return [record.h for _, line in sorted(desk._lines.items()) for record in line.book.records]


def test_a_run_empties_the_line_and_says_so(centre: CentreProcess, desk: Desk) -> None:
    desk.work(300)
    status = desk.runner().run_once()
    assert (status.state, status.code, status.pending) == ("ok", "", 0)
    assert status.last_complete_at is not None
    assert centre.hashes(desk.who.unit) == hashes(desk)


def test_a_lost_session_answer_is_no_clone(centre: CentreProcess, desk: Desk) -> None:
    line = desk.line
    with Proxy(centre.port, Fault(answer_bytes=0), Fault(answer_bytes=10)) as proxy:
        assert desk.runner(proxy.url).run_once().state == "offline"
        assert desk.runner(proxy.url).run_once().state == "offline"
    for _ in range(3):
        assert desk.runner().run_once().state == "ok"
    assert desk.line == line


def test_a_cloned_disk_gets_its_own_line_and_both_go_on(centre: CentreProcess, desk: Desk) -> None:
    desk.work(50)
    desk.runner().run_once()
    twin = desk.copy()
    desk.work(100)
    assert desk.runner().run_once().state == "ok"
    twin.work(90)  # the same numbers of order as the first PC, other content
    assert twin.runner().run_once().new_line == twin.line
    assert twin.line != desk.line
    twin.work(30)
    for one in (twin, desk, twin, desk):
        assert one.runner().run_once().state == "ok"
    held = set(centre.hashes(desk.who.unit))
    aside = {h.hex() for (h,) in centre.rows("SELECT h FROM quarantine WHERE unit = %s", desk.who.unit)}
    assert held | aside == set(hashes(desk)) | set(hashes(twin))
    assert set(hashes(desk)) <= held


def test_an_old_backup_goes_on_with_a_new_line(centre: CentreProcess, desk: Desk) -> None:
    desk.work(50)
    desk.runner().run_once()
    old = desk.copy()
    desk.work(100)
    desk.runner().run_once()
    status = old.runner().run_once()
    assert (status.reason, status.new_line) == ("rolled-back", old.line)
    assert old.line != desk.line
    old.work(20)
    assert old.runner().run_once().state == "ok"
    assert old.acked() == len(old.book.records)


def test_a_backup_older_than_its_witness_gets_a_new_line_before_the_centre_could_know(
    centre: CentreProcess, desk: Desk
) -> None:
    desk.work(50)
    desk.witnesses = (Witness(desk.line, len(desk.book.records) + 7, 3, "ab" * 4),)
    line = desk.line
    assert desk.runner().run_once().reason == "rolled-back"
    assert desk.line != line


def test_numbers_of_a_new_line_are_never_those_of_the_old(centre: CentreProcess, desk: Desk) -> None:
    desk.witnesses = (Witness(desk.line, 10_000),)
    desk.runner().run_once()
    rows = centre.rows(
        "SELECT a.symbol, b.symbol FROM grant_ a JOIN grant_ b ON a.unit = b.unit AND a.series_kind = b.series_kind"
        " AND a.form = b.form AND a.symbol = b.symbol AND a.grant_ < b.grant_ AND a.first <= b.last"
        " AND b.first <= a.last WHERE a.unit = %s",
        desk.who.unit,
    )
    assert rows == []


def test_a_revoked_desk_is_told_and_what_it_sends_waits_for_a_person(centre: CentreProcess, desk: Desk) -> None:
    desk.work(20)
    with psycopg.connect(centre.postgresql.url) as db:
        (station,) = db.execute("SELECT station FROM station WHERE unit = %s", (desk.who.unit,)).fetchone() or ()
        assert revoke(db, desk.who.unit, station, system_clock())
    status = desk.runner().run_once()
    assert (status.state, status.code) == ("refused", "DB-06")
    pushed = desk.push()
    assert isinstance(pushed, Pushed) and len(pushed.ack.res.refused) == len(desk.book.records)
    assert centre.hashes(desk.who.unit) == []


@pytest.fixture
def restored_later(centre: CentreProcess) -> Iterator[None]:
    yield
    centre.stop()
    centre.start()


def test_a_centre_restored_from_backup_gets_everything_again(
    centre: CentreProcess, desk: Desk, restored_later: None
) -> None:
    desk.work(120)
    desk.runner().run_once()
    assert desk.acked() == len(desk.book.records)
    unit = desk.who.unit
    centre.rows("DELETE FROM record WHERE unit = %s AND seq > 40 RETURNING seq", unit)
    centre.rows("DELETE FROM receipt WHERE unit = %s AND seq > 40 RETURNING seq", unit)
    centre.rows("UPDATE line SET mark = 40, head = %s WHERE unit = %s RETURNING 1", desk.book.records[39].h, unit)
    with psycopg.connect(centre.postgresql.url) as db:
        raise_gen(db)
    centre.stop()
    centre.start()
    assert desk.runner().run_once().state == "ok"
    assert centre.hashes(unit) == hashes(desk)
    assert desk.acked() == len(desk.book.records)


def test_an_officer_who_works_during_a_session_is_not_taken_for_a_restored_copy(
    centre: CentreProcess, desk: Desk
) -> None:
    line, real = desk.line, desk.lines

    def lines() -> object:
        seen = real()
        if len(desk.book.records) < 150:
            desk.work(len(desk.book.records) + 1)  # the officer goes on between any two looks at the journal
        desk.witnesses = (Witness(desk.line, len(desk.book.records)),)
        return seen

    desk.lines = lines  # type: ignore[assignment,method-assign]
    for _ in range(5):
        desk.runner().run_once()
    assert desk.line == line
    assert len(centre.hashes(desk.who.unit)) == desk.acked()


def test_a_fork_found_while_pushing_ends_in_a_new_line_in_the_same_run(centre: CentreProcess, desk: Desk) -> None:
    desk.work(30)
    desk.runner().run_once()
    desk.work(60)
    twin = desk.copy()
    twin.work(90)
    twin.push()  # straight to the centre, without the session that would have told
    desk.work(140)  # further than the twin: the session alone can't see it
    old = desk.line
    status = desk.runner().run_once()
    assert status.state == "ok" and status.reason == "forked"
    assert desk.line != old
    held = set(centre.hashes(desk.who.unit))
    aside = {h.hex() for (h,) in centre.rows("SELECT h FROM quarantine WHERE unit = %s", desk.who.unit)}
    assert set(hashes(desk)) <= held | aside
    assert desk.acked() == len(desk.book.records)
