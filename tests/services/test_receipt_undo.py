"""Taking a receipt back: the old one stays, both name each other, and every total is right at once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desk_app.domain.errors import Refused
from desk_app.domain.person import Person
from desk_app.services import day_close
from desk_app.services.day_close import CloseDay
from desk_app.services.receipt_undo import (
    NoteError,
    ReplaceReceipt,
    VoidReceipt,
    note_error,
    replace_receipt,
    void_receipt,
)
from desk_app.storage.queries import cash, dossiers, receipts, today
from sync.protocol.facts import ReceiptIssued
from tests.services.money_desk import BAO, LINE, SECOND, CashDesk, open_cash_desk
from tests.services.test_day_close import sheets
from tests.storage.builders import receive

TODAY = date(2026, 11, 25)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    found = open_cash_desk(tmp_path)
    yield found
    found.close()


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[CashDesk]:
    regimes = [{"mode": "self_printed", "from": "2026-07-01", "to": "2026-12-31"}]
    found = open_cash_desk(tmp_path, profile={"receipt_regimes": regimes})
    yield found
    found.close()


def a_copy_dossier(desk: CashDesk, pages: int, copies: int) -> str:
    """A dossier for certified copies whose answers say how much is owed."""
    answers = {
        "so_trang": pages, "so_ban": copies, "nguon_ban_chinh": "viet_nam", "co_ban_chup": True, "ban_chinh_hong": False,
        "khoi_luong_lon": False,
    }  # fmt: skip

    procedure = desk.desk.procedure("chung_thuc.ban_sao")
    variant = procedure.variant_on(TODAY)
    assert variant is not None

    def job() -> None:
        with desk.desk.store.write("receive", "cb-hanh") as tx:
            receive(
                tx, desk.clock, "d-1", procedure=procedure.id, fee_vnd=10_000, answers=answers, variant=variant.id
            )  # fmt: skip

    desk.desk.store.call(job)
    return "d-1"


def test_a_replacement_takes_the_next_number_and_both_name_each_other(desk: CashDesk) -> None:
    old = desk.take(15_000)
    payer = Person(name="Lê Văn Nam", id_number="000091001234")
    done = desk.call(
        replace_receipt, ReplaceReceipt(desk.command(), old.receipt, "payer", "sai tên", payer=payer, second=SECOND)
    )
    before, after = desk.query(receipts.get, old.receipt), desk.query(receipts.get, done.new)
    assert (before.status, before.replaced_by, before.number) == ("replaced", done.new, 1)
    assert (after.status, after.replaces, after.number, after.name) == ("issued", old.receipt, 2, "Lê Văn Nam")
    assert (done.refund_vnd, done.extra_vnd) == (0, 0)
    assert desk.query(cash.undos_of, old.receipt)[0].second == BAO.id


def test_the_right_amount_is_computed_from_the_right_answers(desk: CashDesk) -> None:
    dossier = a_copy_dossier(desk, 3, 2)
    old = desk.take(10_000, dossiers=(dossier,))
    command = ReplaceReceipt(
        desk.command(), old.receipt, "amount", answers={dossier: {"so_trang": 2, "so_ban": 2}}, second=SECOND
    )
    done = desk.call(replace_receipt, command)
    assert (done.refund_vnd, done.extra_vnd, done.new_number) == (2_000, 0, 2)
    assert desk.query(receipts.get, done.new).total_vnd == 8_000
    assert desk.query(dossiers.get, dossier).paid_vnd == 8_000
    totals = desk.query(receipts.totals, TODAY)
    assert (totals.count, totals.total_vnd, totals.ranges) == (1, 8_000, (("26TAA", 1, 2),))
    tiles = desk.query(today.view, desk.desk.now()).tiles
    assert (tiles.collected_vnd, desk.call(day_close.book, TODAY).expected.cash_vnd) == (8_000, 8_000)
    assert desk.call(replace_receipt, command).repeated
    sums = desk.query(lambda tx: tx.row("SELECT sum(amount_vnd), sum(back_vnd) FROM levy_day"))
    assert sums == (18_000, 10_000), "both sheets were used, the first brings nothing"
    assert desk.query(lambda tx: tx.rows("SELECT n, amount_vnd, struck_n FROM series_day")) == [(2, 18_000, 1)]
    assert desk.desk.store.rebuild().differences == ()


def test_nothing_changes_when_the_amount_is_the_same(desk: CashDesk) -> None:
    old = desk.take()
    with pytest.raises(Refused, match="TP-26"):
        desk.call(replace_receipt, ReplaceReceipt(desk.command(), old.receipt, "amount"))
    assert desk.query(receipts.get, old.receipt).status == "issued"


def test_an_error_notice_changes_no_money_and_no_number(desk: CashDesk) -> None:
    old = desk.take()
    done = desk.call(note_error, NoteError(desk.command(), old.receipt, "name", "Nguyen Van A", "Nguyễn Văn An"))
    assert done.waits
    assert desk.query(receipts.get, old.receipt).status == "issued"
    assert desk.take().number == 2
    undo = desk.query(cash.undo, done.undo)
    assert (undo.kind, undo.number, undo.symbol) == ("noted", 1, "TBSS")
    kept = desk.query(lambda tx: tx.subject(undo.note))
    assert kept == {"wrong": "Nguyen Van A", "right": "Nguyễn Văn An"}


def test_a_paper_receipt_is_voided_with_minutes_and_keeps_its_number(paper: CashDesk) -> None:
    old = paper.take(20_000)
    assert (old.form, old.symbol, old.number) == ("01BLP2-001", "AA-26T", 1)
    done = paper.call(void_receipt, VoidReceipt(paper.command(), old.receipt, "misprint", 2, second=SECOND))
    assert (done.refund_vnd, paper.query(receipts.get, old.receipt).status) == (20_000, "voided")
    assert paper.call(day_close.book, TODAY).expected.cash_vnd == 0
    assert paper.take().number == 2
    with pytest.raises(Refused, match="TP-23"):
        paper.call(void_receipt, VoidReceipt(paper.command(), old.receipt, "misprint", 2))


def test_each_regime_has_its_own_way(desk: CashDesk, tmp_path: Path) -> None:
    electronic = desk.take()
    with pytest.raises(Refused, match="TP-25"):
        desk.call(void_receipt, VoidReceipt(desk.command(), electronic.receipt, "misprint", 0))
    (tmp_path / "paper").mkdir()
    other = open_cash_desk(tmp_path / "paper", now="2026-06-30T09:00")
    old = other.take()
    other.goto("2026-07-02T09:00")
    for job, command in (
        (note_error, NoteError(other.command(), old.receipt, "name", "a", "b")),
        (replace_receipt, ReplaceReceipt(other.command(), old.receipt, "other")),
    ):
        with pytest.raises(Refused, match="TP-24"):
            other.call(job, command)
    other.close()


class Drawer(RuleBasedStateMachine):
    """Issue, replace, void, note, close, restart, next day in any order; the model keeps plain sums."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        regimes = [{"mode": "self_printed", "from": "2026-07-01", "to": "2026-12-10"}]
        self.desk = open_cash_desk(Path(self.folder.name), profile={"receipt_regimes": regimes})
        self.living: dict[str, ReceiptIssued] = {}
        self.gone: set[str] = set()
        self.cash = 0
        self.closed: list[int] = []
        self.issued = 0

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()

    def _took(self, fact: ReceiptIssued) -> None:
        self.living[fact.receipt] = fact
        self.issued += 1
        self.cash += fact.total_vnd if fact.method == "cash" else 0

    @rule(amount=st.integers(1, 400), method=st.sampled_from(("cash", "cash", "transfer")))
    def issue(self, amount: int, method: str) -> None:
        try:
            self._took(self.desk.take(amount * 500, method))
        except Refused as refused:
            assert refused.code == "TP-22"

    @precondition(lambda self: self.living)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        old = self.living[data.draw(st.sampled_from(sorted(self.living)))]
        try:
            if old.form.startswith("EBL"):
                done = self.desk.call(
                    replace_receipt, ReplaceReceipt(self.desk.command(), old.receipt, "other", second=SECOND)
                )
            else:
                self.desk.call(void_receipt, VoidReceipt(self.desk.command(), old.receipt, "misprint", 2))
        except Refused as refused:
            assert refused.code == "TP-22"
            return
        del self.living[old.receipt]
        self.gone.add(old.receipt)
        self.cash -= old.total_vnd if old.method == "cash" else 0
        if old.form.startswith("EBL"):
            row = self.desk.query(receipts.get, done.new)
            self._took(ReceiptIssued(row.receipt, row.form, row.symbol, row.series_id, row.number, (), old.payer,
                                     old.items, row.total_vnd, row.method, row.issued_at, 0, ""))  # fmt: skip

    @rule(ends=st.booleans())
    def close(self, ends: bool) -> None:
        ready = self.desk.call(day_close.readiness)
        if ready.closed:
            return
        book = self.desk.call(day_close.book, ready.day)
        counted = sheets(book.expected.total_vnd) if book.expected.total_vnd >= 0 else (0,) * 10
        command = CloseDay(self.desk.command(), ready.day, counted, "unknown", second=SECOND, ends_day=ends)
        self.desk.call(day_close.close, command)
        self.closed.append(book.expected.cash_vnd)

    @rule(days=st.integers(1, 4))
    def next_day(self, days: int) -> None:
        self.desk.clock.now += timedelta(days=days)

    @rule()
    def rebuild(self) -> None:
        assert self.desk.desk.store.rebuild().differences == ()

    @invariant()
    def every_dong_is_in_one_closing_or_still_open(self) -> None:
        still = sum(m.amount_vnd for m in self.desk.query(cash.open_moves) if m.method == "cash")
        assert sum(self.closed) + still == self.cash
        assert self.desk.query(cash.gaps) == ()

    @invariant()
    def numbers_are_without_gap_or_double(self) -> None:
        rows = self.desk.query(lambda tx: tx.rows("SELECT symbol, number FROM receipt ORDER BY symbol, number"))
        assert len(rows) == len(set(rows)) == self.issued
        electronic = [number for symbol, number in rows if symbol == "26TAA"]
        assert electronic == [*range(1, 6), *range(101, 9_999)][: len(electronic)]
        papers = [number for symbol, number in rows if symbol == "AA-26T"]
        assert papers == list(range(1, len(papers) + 1))

    @invariant()
    def the_living_are_what_the_list_counts(self) -> None:
        row = self.desk.query(
            lambda tx: tx.row("SELECT count(*), coalesce(sum(total_vnd), 0) FROM receipt WHERE status = 'issued'")
        )
        assert row == (len(self.living), sum(f.total_vnd for f in self.living.values()))
        assert self.desk.query(lambda tx: tx.line.line) == LINE


TestDrawer = Drawer.TestCase
TestDrawer.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
