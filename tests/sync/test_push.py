"""Records reach the centre once, whole, and only then count as received."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sync.desk.push import Pushed
from sync.desk.trouble import Kind, Trouble
from sync.protocol.sign import public_key
from tests.sync.desk import Desk, enrol_desk
from tests.sync.proxy import HTML_200, LOGIN_302, Fault, Proxy
from tests.sync.server import CentreProcess


def hashes(desk: Desk) -> list[str]:
    return [record.h for record in desk.book.records]


def test_five_hundred_records_arrive_once_with_the_same_hashes(centre: CentreProcess, desk: Desk) -> None:
    desk.work(500)
    pushed = desk.push()
    assert isinstance(pushed, Pushed), pushed
    assert pushed.ack.res.accepted == len(desk.book.records)
    assert pushed.ack.res.refused == () and pushed.ack.res.wanted == ()
    assert desk.acked() == len(desk.book.records)
    assert centre.hashes(desk.who.unit) == hashes(desk)


def test_the_sealed_bytes_are_kept_unchanged(centre: CentreProcess, desk: Desk) -> None:
    desk.work(40)
    desk.push()
    rows = centre.rows("SELECT raw FROM record WHERE unit = %s ORDER BY seq", desk.who.unit)
    assert [raw for (raw,) in rows] == [record.raw for record in desk.book.records]


def test_subjects_arrive_beside_the_records_and_match_their_commitment(centre: CentreProcess, desk: Desk) -> None:
    desk.work(60)
    desk.push()
    sent = {(s.id, s.salt, s.data) for many in desk.book.subjects.values() for s in many}
    assert set(centre.rows("SELECT id, salt, data FROM subject WHERE unit = %s", desk.who.unit)) == sent


def test_the_same_batch_again_is_skipped(centre: CentreProcess, desk: Desk) -> None:
    desk.work(50)
    desk.push()
    again = desk.push(after=0)
    assert isinstance(again, Pushed)
    assert (again.ack.res.accepted, again.ack.res.skipped) == (0, len(desk.book.records))
    assert centre.hashes(desk.who.unit) == hashes(desk)


def test_receipts_are_counted_and_show_no_gap(centre: CentreProcess, desk: Desk) -> None:
    desk.work(80)
    desk.push()
    receipts = [r for r in desk.book.records if r.envelope.kind == "receipt.issued"]
    count, total = centre.rows("SELECT count(*), sum(amount) FROM receipt WHERE unit = %s", desk.who.unit)[0]
    assert (count, total) == (len(receipts), sum(r.envelope.body["total_vnd"] for r in receipts))
    assert centre.rows("SELECT missing FROM receipt_gap WHERE unit = %s", desk.who.unit) == [(0,)]


def test_a_lost_answer_costs_a_repetition_and_nothing_else(centre: CentreProcess, desk: Desk) -> None:
    desk.work(50)
    with Proxy(centre.port, Fault(answer_bytes=0)) as proxy:
        lost = desk.push(proxy.url)
        assert isinstance(lost, Trouble) and lost.kind is Kind.OFFLINE
        assert desk.acked() == 0
        again = desk.push(proxy.url)
    assert isinstance(again, Pushed) and again.ack.res.skipped == len(desk.book.records)
    assert centre.hashes(desk.who.unit) == hashes(desk)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_request_cut_on_the_way_leaves_nothing_at_the_centre(centre: CentreProcess, desk: Desk, part: float) -> None:
    desk.work(50)
    with Proxy(centre.port, Fault(request_bytes=int(4000 * part))) as proxy:
        assert isinstance(desk.push(proxy.url), Trouble)
        assert desk.acked() == 0
        assert centre.hashes(desk.who.unit) == []
        assert isinstance(desk.push(proxy.url), Pushed)
    assert centre.hashes(desk.who.unit) == hashes(desk)


def test_an_answer_cut_at_any_place_never_counts(centre: CentreProcess, desk: Desk) -> None:
    desk.work(10)
    whole = 0
    with Proxy(centre.port, *(Fault(answer_bytes=k) for k in range(0, 900, 37))) as proxy:
        while proxy.script:
            result = desk.push(proxy.url, after=0)
            whole += isinstance(result, Pushed)
            assert isinstance(result, Pushed) or desk.acked() == 0
    assert centre.hashes(desk.who.unit) == hashes(desk)


def test_a_centre_that_gets_everything_twice_holds_it_once(centre: CentreProcess, desk: Desk) -> None:
    desk.work(50)
    with Proxy(centre.port, Fault(twice=True)) as proxy:
        assert isinstance(desk.push(proxy.url), Pushed)
    assert desk.acked() == len(desk.book.records)
    assert centre.hashes(desk.who.unit) == hashes(desk)


@pytest.mark.parametrize("fault", [HTML_200, LOGIN_302], ids=["html with status 200", "redirect to a log-in page"])
def test_a_network_that_wants_a_log_in_is_recognised(centre: CentreProcess, desk: Desk, fault: Fault) -> None:
    desk.work(20)
    with Proxy(centre.port, fault) as proxy:
        result = desk.push(proxy.url)
        assert isinstance(result, Trouble)
        assert (result.kind, result.code) == (Kind.PORTAL, "DB-02")
        assert desk.acked() == 0 and proxy.seen == 1
        assert isinstance(desk.push(proxy.url), Pushed)


def test_an_answer_signed_by_another_centre_is_refused(centre: CentreProcess, desk: Desk) -> None:
    desk.work(10)
    desk.who = replace(desk.who, centre_key=public_key(b"another centre's seed of 32 byte"))
    result = desk.push()
    assert isinstance(result, Trouble) and (result.kind, result.code) == (Kind.STRANGER, "DB-05")
    assert desk.acked() == 0


def test_a_centre_killed_in_the_middle_loses_and_doubles_nothing(centre: CentreProcess, desk: Desk) -> None:
    desk.work(600)
    first = desk.push(size=8 << 10)
    assert isinstance(first, Pushed)
    centre.kill()
    try:
        absent = desk.push(size=8 << 10)
        assert isinstance(absent, Trouble) and (absent.kind, absent.code) == (Kind.OFFLINE, "DB-01")
    finally:
        centre.start()
    while desk.acked() < len(desk.book.records):
        assert isinstance(desk.push(size=8 << 10), Pushed)
    assert centre.hashes(desk.who.unit) == hashes(desk)


def test_two_desks_of_one_office_keep_their_records_apart(centre: CentreProcess) -> None:
    unit = centre.new_unit()
    one = enrol_desk(centre.url, centre.code(unit, 1), seed=5)
    two = enrol_desk(centre.url, centre.code(unit, 2), seed=6)
    for desk in (one, two):
        desk.work(60)
        assert isinstance(desk.push(), Pushed)
        assert desk.refused == []
    assert sorted(centre.hashes(unit)) == sorted(hashes(one) + hashes(two))
