"""Z records at the centre: checked by its own figures, an incident when they differ, said in the day receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk_app.services.paper_data_sync import place_text
from sync.centre.closings import INCIDENT
from sync.desk.daymatch import DayMatcher
from sync.protocol.codec import from_body
from sync.protocol.daymatch import CLOSING, Difference
from sync.protocol.facts import ReceiptIssued
from sync.protocol.money_facts import DENOMINATIONS, DayClosed, SeriesClosed
from tests.sync.daybook import DAY, MemoryDayBook
from tests.sync.desk import Desk, enrol_desk
from tests.sync.server import CentreProcess


def receipts(desk: Desk) -> list[ReceiptIssued]:
    found = [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in desk.book.records]
    return [fact for fact in found if isinstance(fact, ReceiptIssued) and not fact.training]


def closing(desk: Desk, first: int = 0) -> DayClosed:
    """An honest closing of everything from receipt ``first`` on."""
    issued = receipts(desk)
    mine = issued[first:]
    total = sum(r.total_vnd for r in mine)
    one = mine[0]
    series = SeriesClosed(
        one.form, one.symbol, one.series_id, mine[0].number, mine[-1].number, len(mine), total, (),
        sum(r.total_vnd for r in issued),
    )  # fmt: skip
    counted = (0,) * (len(DENOMINATIONS) - 1) + (total // DENOMINATIONS[-1],)
    assert sum(n * v for n, v in zip(counted, DENOMINATIONS, strict=True)) == total
    return DayClosed(
        desk.book.new_id(), DAY, "1", 1, f"{DAY}T16:40:00", counted, total, total, 0, 0, 0, 0, (series,), (), (),
        len(desk.book.records), desk.book.head,
    )  # fmt: skip


def incidents(centre: CentreProcess, desk: Desk) -> list[tuple[int, dict[str, list[int]]]]:
    sql = "SELECT seq, seen FROM incident WHERE unit = %s AND code = %s ORDER BY seq"
    return [(seq, seen) for seq, seen in centre.rows(sql, desk.who.unit, INCIDENT)]


def answer_of(desk: Desk) -> tuple[bool, list[Difference]]:
    book = MemoryDayBook(desk)
    client = desk.client()
    try:
        assert DayMatcher(book, desk.signer)(client, desk.who, desk.state(), lambda: False) is None
    finally:
        client.close()
    answer = book.kept[0][1]
    return answer.equal, [d for d in answer.differs if d.what == CLOSING]


def send_all(desk: Desk) -> None:
    while desk.acked() < len(desk.book.records):
        desk.push()


def test_honest_closings_are_answered_equal(centre: CentreProcess, desk: Desk) -> None:
    desk.work(60)
    desk.book.append(closing(desk))
    before = len(receipts(desk))
    desk.work(110)
    desk.book.append(closing(desk, before))
    send_all(desk)
    assert incidents(centre, desk) == []
    assert answer_of(desk) == (True, [])


WRONG: dict[str, Callable[[DayClosed], DayClosed]] = {
    "first": lambda z: replace(z, series=(replace(z.series[0], first=z.series[0].first - 1),)),
    "last": lambda z: replace(z, series=(replace(z.series[0], last=z.series[0].last + 1),)),
    "count": lambda z: replace(z, series=(replace(z.series[0], count=z.series[0].count - 1),)),
    "sum": lambda z: replace(z, series=(replace(z.series[0], sum_vnd=z.series[0].sum_vnd + 1_000),)),
    "total": lambda z: replace(z, series=(replace(z.series[0], series_total_vnd=7),)),
    "head": lambda z: replace(z, head="ab" * 32),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_closing_that_says_another_figure_is_an_incident_and_is_named_in_the_answer(
    centre: CentreProcess, what: str
) -> None:
    desk = enrol_desk(centre.url, centre.code(centre.new_unit()), seed=7)
    desk.work(60)
    desk.book.append(WRONG[what](closing(desk)))
    seq = len(desk.book.records)
    desk.work(seq + 20)
    send_all(desk)
    ((at, seen),) = incidents(centre, desk)
    assert (at, {code.split()[0] for code in seen}) == (seq, {what})
    equal, differs = answer_of(desk)
    assert not equal
    assert [(d.first, d.code.split()[0]) for d in differs] == [(seq, what)]
    assert f"mục {seq}" in place_text(differs[0])


def test_a_receipt_changed_at_the_centre_afterwards_shows_at_the_closing_too(centre: CentreProcess, desk: Desk) -> None:
    desk.work(60)
    desk.book.append(closing(desk))
    send_all(desk)
    lost = receipts(desk)[0].number
    centre.rows("UPDATE receipt SET amount = amount + 1000 WHERE unit = %s AND number = %s", desk.who.unit, lost)
    equal, differs = answer_of(desk)
    assert not equal
    assert {d.code.split()[0] for d in differs} == {"sum", "total"}
    assert len(incidents(centre, desk)) == 1


def test_paper_receipts_of_a_granted_range_are_taken(centre: CentreProcess) -> None:
    desk = enrol_desk(centre.url, centre.code(centre.new_unit()), seed=9)
    desk.work(30)
    send_all(desk)
    sql = (
        "INSERT INTO grant_ (unit, grant_, station, line, series_kind, form, symbol, series_id, first, last, period,"
        " granted_at) SELECT unit, gen_random_uuid(), station, line, 'receipt_paper', '01BLP2-001', 'AA-26T', 77, 1, 50,"
        " 'all', granted_at FROM grant_ WHERE unit = %s AND series_kind = 'receipt' LIMIT 1"
    )
    centre.rows(sql, desk.who.unit)
    electronic = receipts(desk)[0]
    paper = replace(
        electronic,
        receipt=desk.book.new_id(),
        form="01BLP2-001",
        symbol="AA-26T",
        series_id=77,
        number=1,
        grant="g-paper",
    )
    desk.book.append(paper)
    send_all(desk)
    sql = "SELECT count(*) FROM receipt WHERE unit = %s AND form = %s"
    assert centre.rows(sql, desk.who.unit, "01BLP2-001") == [(1,)]
    assert centre.rows("SELECT code FROM quarantine WHERE unit = %s", desk.who.unit) == []
