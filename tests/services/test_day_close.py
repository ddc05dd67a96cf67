"""Closing the day: counted before shown, exact to the đồng, and nothing between two closings or in both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.errors import Incident, Refused
from desk_app.services import day_close, second_person
from desk_app.services.day_close import CloseDay
from desk_app.services.receipt_undo import ReplaceReceipt, replace_receipt
from desk_app.services.second_person import ALONE, Second
from desk_app.storage.queries import cash
from desk_app.ui.screens.day_close_lines import before_lines
from sync.protocol.sync_facts import DayMatched
from tests.services.money_desk import BAO, HANH, MINH, SECOND, CashDesk, open_cash_desk

TODAY = date(2026, 11, 25)
NOTHING = (0,) * 10


def sheets(vnd: int) -> tuple[int, ...]:
    """A count that makes ``vnd``."""
    found = []
    for value in (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500):
        found.append(vnd // value)
        vnd %= value
    assert vnd == 0
    return tuple(found)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    found = open_cash_desk(tmp_path)
    yield found
    found.close()


def close(desk: CashDesk, counted: int, day: date = TODAY, **more: object) -> day_close.Closed:
    command = CloseDay(desk.command(), day, sheets(counted), second=SECOND, **more)  # type: ignore[arg-type]
    return desk.call(day_close.close, command)  # type: ignore[no-any-return]


def test_the_book_is_net_of_what_was_replaced_and_apart_by_way_of_payment(desk: CashDesk) -> None:
    wrong = desk.take(15_000)
    desk.take(28_000, "transfer")
    desk.take(208_000)
    desk.call(replace_receipt, ReplaceReceipt(desk.command(), wrong.receipt, "payer", second=SECOND))
    book = desk.call(day_close.book, TODAY)
    assert (book.expected.total_vnd, book.transfer_vnd, book.undone_vnd) == (223_000, 28_000, -15_000)
    assert (book.count, book.undone, book.issued_vnd) == (4, (1,), 266_000)
    assert [(s.what, s.cash_vnd, s.transfer_vnd) for s in book.by_officer] == [("cb-hanh", 223_000, 28_000)]
    assert [(s.what, s.cash_vnd, s.transfer_vnd) for s in book.by_fee] == [("Phí chứng thực", 223_000, 28_000)]


def test_a_closing_that_agrees_needs_no_reason_and_closes_the_day_once(desk: CashDesk) -> None:
    desk.take(208_000)
    done = close(desk, 208_000)
    assert (done.difference_vnd, done.shift, done.waits) == (0, 1, False)
    with pytest.raises(Refused, match="TP-28"):
        close(desk, 0)


def test_a_difference_needs_its_reason_and_is_kept_to_the_dong(desk: CashDesk) -> None:
    desk.take(20_000)
    with pytest.raises(Refused, match="TP-27"):
        close(desk, 19_500)
    done = close(desk, 19_500, reason="change")
    assert done.difference_vnd == -500
    kept = desk.query(cash.closing, done.closing)
    assert (kept.difference_vnd, kept.body["reason"], kept.second) == (-500, "change", BAO.id)


def test_the_same_press_twice_closes_once(desk: CashDesk) -> None:
    desk.take(5_000)
    command = CloseDay("one press", TODAY, sheets(5_000), second=SECOND)
    first, again = desk.call(day_close.close, command), desk.call(day_close.close, command)
    assert again.repeated
    assert (again.closing, again.difference_vnd) == (first.closing, 0)
    assert len(desk.query(cash.closings, TODAY, TODAY)) == 1


def test_money_after_the_closing_counts_for_the_next_working_day(desk: CashDesk) -> None:
    desk.goto("2026-11-27T16:00")  # a Friday
    desk.take(10_000)
    close(desk, 10_000, date(2026, 11, 27))
    desk.take(7_000)
    desk.goto("2026-11-30T07:40")
    assert desk.call(day_close.remind) is None
    desk.goto("2026-11-30T11:00")
    desk.take(3_000)
    book = desk.call(day_close.book, date(2026, 11, 30))
    assert book.expected.cash_vnd == 10_000


def test_a_forgotten_closing_is_asked_for_and_stops_money_from_ten_on(desk: CashDesk) -> None:
    desk.take(10_000)
    desk.goto("2026-11-26T07:30")
    assert desk.call(day_close.remind) == TODAY
    desk.take(4_000)
    desk.goto("2026-11-26T10:00")
    with pytest.raises(Refused, match="TP-22"):
        desk.take(1_000)
    with pytest.raises(Refused, match="TP-29"):
        close(desk, 14_000, date(2026, 11, 26))
    done = close(desk, 14_000)
    assert done.difference_vnd == 0
    kept = desk.query(cash.closing, done.closing)
    assert (kept.body["cash_vnd"], kept.body["later_cash_vnd"]) == (10_000, 4_000)
    desk.take(1_000)
    assert desk.call(day_close.book, date(2026, 11, 26)).expected.cash_vnd == 5_000


def test_a_shift_ends_without_ending_the_day(desk: CashDesk) -> None:
    desk.take(10_000)
    assert close(desk, 10_000, ends_day=False, shift=1).shift == 1
    desk.take(2_000)
    with pytest.raises(Refused, match="TP-28"):
        close(desk, 2_000, shift=1)
    assert close(desk, 2_000, shift=2).shift == 2


def test_change_money_that_stays_is_expected_in_the_drawer(tmp_path: Path) -> None:
    head = open_cash_desk(tmp_path, officer=MINH)
    head.call(day_close.set_float, 500_000)
    head.take(10_000)
    assert close(head, 510_000).difference_vnd == 0
    head.close()


def test_the_second_person_is_another_one_with_the_right_role(desk: CashDesk) -> None:
    desk.take(5_000)
    for second, code in ((Second(HANH.id), "TP-06"), (Second("nobody"), "DN-04")):
        with pytest.raises(Refused, match=code):
            desk.call(day_close.close, CloseDay(desk.command(), TODAY, sheets(5_000), second=second))


def test_alone_the_closing_waits_for_the_head_until_he_confirms(desk: CashDesk) -> None:
    desk.take(5_000)
    done = desk.call(day_close.close, CloseDay(desk.command(), TODAY, sheets(5_000), second=ALONE))
    assert done.waits
    assert [w.task for w in desk.call(second_person.waiting)] == [done.closing]
    with pytest.raises(Refused, match="DN-06"):
        desk.call(second_person.confirm_later, desk.command(), done.closing)
    head = CashDesk(desk.desk.signed_in(MINH), desk.clock)
    assert head.call(second_person.confirm_later, "confirm", done.closing)
    assert desk.call(second_person.waiting) == ()
    assert desk.query(cash.closing, done.closing).second == MINH.id
    with pytest.raises(Refused, match="TP-32"):
        head.call(second_person.confirm_later, "again", done.closing)


def test_a_wrong_pin_is_no_second_person(desk: CashDesk) -> None:
    def check(_officer: str, pin: str) -> None:
        if pin != "2468":
            raise Refused("DN-01", left=4)

    with pytest.raises(Refused, match="DN-01"):
        second_person.prove(desk.desk, check, BAO.id, "1111")
    with pytest.raises(Refused, match="TP-06"):
        second_person.prove(desk.desk, check, HANH.id, "2468")
    assert second_person.prove(desk.desk, check, BAO.id, "2468") == SECOND


def test_an_unfinished_count_is_no_count(desk: CashDesk) -> None:
    for counted in (NOTHING[:9], (-1, *NOTHING[1:]), (100_000, *NOTHING[1:])):
        with pytest.raises(Refused, match="TP-33"):
            desk.call(day_close.close, CloseDay(desk.command(), TODAY, counted, second=SECOND))


def test_a_chain_that_was_touched_closes_nothing(desk: CashDesk) -> None:
    desk.take(5_000)

    def touch() -> None:
        with desk.desk.store.write("touch", "x") as tx:
            tx.execute(
                "UPDATE record SET raw = CAST(replace(raw, '5000', '6000') AS BLOB) WHERE kind = 'receipt.issued'"
            )

    desk.desk.store.call(touch)
    desk.tampered = True
    with pytest.raises(Incident, match="TP-31"):
        close(desk, 5_000)


def test_what_stands_before_the_closing_holds_no_amount(desk: CashDesk) -> None:
    desk.take(5_000)
    ready = desk.call(day_close.readiness)
    assert (ready.day, ready.shift, ready.unsigned, ready.untaxed, ready.receipts) == (TODAY, 1, (1,), 1, 1)
    assert not any("vnd" in name for name in type(ready).__slots__)


def test_the_centres_answer_to_a_closed_day_is_shown_before_the_next_closing(desk: CashDesk) -> None:
    desk.take(15_000)
    close(desk, 15_000)
    desk.goto("2026-11-26T08:00")
    assert desk.call(day_close.readiness).unanswered == (TODAY,)

    def answered(equal: bool) -> None:
        with desk.desk.store.write(desk.command(), "may-chu") as tx:
            tx.use_line("main")
            tx.append(
                DayMatched(
                    f"m-{equal}",
                    "2026-11-25",
                    "2026-11-25T10:00:00.000Z",
                    equal,
                    9,
                    1,
                    15_000,
                    0 if equal else 2,
                    "",
                    (),
                )
            )
            tx.set_setting("day-match-wanted", "{}")

    for equal, words in ((True, "Máy chủ đã khớp sổ ngày 25/11"), (False, "Máy chủ chưa khớp sổ ngày 25/11")):
        desk.desk.store.call(lambda equal=equal: answered(equal))
        found = desk.call(day_close.readiness)
        assert found.unanswered == ()
        assert words in [line.title for line in before_lines(found)]
