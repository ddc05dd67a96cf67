"""A cash desk that issues, takes back and closes all day, and what must hold of its book whatever ended it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk_app.domain.drawer import DENOMINATIONS
from desk_app.services import day_close, receipt_undo
from desk_app.services.day_close import CloseDay
from desk_app.services.receipt_undo import NoteError, ReplaceReceipt
from desk_app.storage.queries import cash
from desk_app.storage.transaction import ReadTx
from sync.protocol.codec import from_body
from sync.protocol.envelope import check_chain
from sync.protocol.facts import Fact, ReceiptIssued
from sync.protocol.money_facts import DayClosed, ReceiptErrorNoted, ReceiptReplaced
from tests.services.money_desk import HANH, SECOND, CashDesk, open_cash_desk
from tests.storage.builders import FakeIds

DAY = date(2026, 11, 25)
GRANTS = (
    ("receipt", "EBL01", "26TAA", 1, 1, 99_999, "all"),
    ("error_notice", "", "TBSS", 9, 1, 99_999, "year"),
)


@dataclass(frozen=True)
class Answer:
    """What the desk said: the kind of act and the id it gave."""

    kind: str
    id: str


def open_desk(folder: Path) -> CashDesk:
    """The desk of this folder; made the first time."""
    return open_cash_desk(folder, now="2026-11-25T09:00", officer=HANH, grants=GRANTS)


def another_life(desk: CashDesk, number: int) -> None:
    """Commands and ids that no other life of this desk gives."""
    ids = desk.desk.ids
    assert isinstance(ids, FakeIds)
    desk.n = number << 10
    ids.seed, ids.n = number % 4096, number << 10


class Counter:
    """Acts by chance; ``prefix`` makes the commands of one life different from those of others."""

    def __init__(self, desk: CashDesk, chance: random.Random, prefix: str) -> None:
        self.desk, self.chance, self._prefix, self._n = desk, chance, prefix, 0
        self.living: list[str] = desk.query(_living)

    def command(self) -> str:
        self._n += 1
        return f"{self._prefix}-{self._n}"

    def act(self) -> Answer:
        """One act: mostly a receipt; then one taken back, an error noted, the shift closed."""
        what = self.chance.choices(("issue", "replace", "note", "close"), (5, 3, 1, 2))[0]
        if what == "close":
            return self.close()
        if what == "issue" or not self.living:
            return self.issue()
        receipt = self.living.pop(self.chance.randrange(len(self.living)))
        return self.replace(receipt) if what == "replace" else self.note(receipt)

    def issue(self) -> Answer:
        taken = self.desk.take(self.chance.randrange(1, 50) * 1_000, self.chance.choice(("cash", "transfer")))
        self.living.append(taken.receipt)
        return Answer("receipt", taken.receipt)

    def replace(self, receipt: str) -> Answer:
        done = self.desk.call(
            receipt_undo.replace_receipt, ReplaceReceipt(self.command(), receipt, "payer", second=SECOND)
        )
        self.living.append(done.new)
        return Answer("undo", done.undo)

    def note(self, receipt: str) -> Answer:
        done = self.desk.call(receipt_undo.note_error, NoteError(self.command(), receipt, "name", "a", "b", SECOND))
        return Answer("notice", done.undo)

    def close(self) -> Answer:
        """Count what the book expects and close the shift; the day goes on."""
        book = self.desk.call(day_close.book, DAY)
        done = self.desk.call(
            day_close.close,
            CloseDay(self.command(), DAY, sheets(book.expected.total_vnd), second=SECOND, ends_day=False),
        )
        return Answer("closing", done.closing)


def sheets(vnd: int) -> tuple[int, ...]:
    """A count of sheets that makes ``vnd``."""
    found = []
    for value in DENOMINATIONS:
        found.append(vnd // value)
        vnd %= value
    assert not vnd
    return tuple(found)


def broken_promises(desk: CashDesk, known: Iterable[Answer], *, rebuild: bool) -> list[str]:
    """What does not hold of the book that is found, with the answers that were given."""
    broken = [] if not desk.desk.store.report else ["the witness outside knows of more"]
    broken += desk.query(_look, list(known))
    if rebuild:
        broken += [f"table {name} differs from the journal" for name in desk.desk.store.rebuild().differences]
    return broken


def facts_of(tx: ReadTx) -> list[Fact]:
    """Everything on the line, in order."""
    return [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in tx.records(tx.line.line)]


def _look(tx: ReadTx, known: Sequence[Answer]) -> list[str]:
    records = list(tx.records(tx.line.line))
    broken = [] if check_chain(records) == (tx.line.last_seq, tx.line.head) else ["chain and line differ"]
    if [tuple(row) for row in tx.rows("PRAGMA quick_check")] != [("ok",)]:
        broken.append("the file is damaged")
    facts = facts_of(tx)
    return [*broken, *_numbers(facts), *_lost(facts, known), *_pairs(facts), *_money(tx, facts)]


def _numbers(facts: Sequence[Fact]) -> Iterable[str]:
    receipts = [f.number for f in facts if isinstance(f, ReceiptIssued)]
    notices = [f.number for f in facts if isinstance(f, ReceiptErrorNoted)]
    for name, numbers in (("receipts", receipts), ("notices", notices)):
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"numbers of {name} are doubled or skipped: {numbers[-5:]}"


def _lost(facts: Sequence[Fact], known: Sequence[Answer]) -> Iterable[str]:
    held = {
        "receipt": {f.receipt for f in facts if isinstance(f, ReceiptIssued)},
        "undo": {f.undo for f in facts if isinstance(f, ReceiptReplaced)},
        "notice": {f.notice for f in facts if isinstance(f, ReceiptErrorNoted)},
        "closing": {f.closing for f in facts if isinstance(f, DayClosed)},
    }
    yield from (f"acknowledged and lost: {a.kind} {a.id}" for a in known if a.id not in held[a.kind])


def _pairs(facts: Sequence[Fact]) -> Iterable[str]:
    """A replaced receipt is followed at once by its replacement, and replaced once."""
    gone: set[str] = set()
    for place, fact in enumerate(facts):
        if isinstance(fact, ReceiptReplaced):
            after = facts[place + 1] if place + 1 < len(facts) else None
            if not isinstance(after, ReceiptIssued) or after.receipt != fact.new:
                yield f"half of a replacement: {fact.undo}"
            if fact.receipt in gone:
                yield f"replaced twice: {fact.receipt}"
            gone.add(fact.receipt)


def _money(tx: ReadTx, facts: Sequence[Fact]) -> Iterable[str]:
    """The drawer, the closings and the tables say what the facts say; no money stands in two closings or in none."""
    net: dict[str, int] = {}
    for fact in facts:
        if isinstance(fact, ReceiptIssued):
            net[fact.receipt] = fact.total_vnd
        elif isinstance(fact, ReceiptReplaced):
            net[fact.receipt] = 0
    closed = sum(f.cash_vnd + f.transfer_vnd for f in facts if isinstance(f, DayClosed))
    waiting = sum(move.amount_vnd for move in cash.open_moves(tx))
    if closed + waiting != sum(net.values()):
        yield f"closings {closed} and open {waiting} are not the {sum(net.values())} of the receipts"
    shifts = [f.shift for f in facts if isinstance(f, DayClosed)]
    if shifts != list(range(1, len(shifts) + 1)):
        yield f"shifts are doubled or skipped: {shifts[-5:]}"
    row = tx.row("SELECT count(*), sum(status = 'replaced') FROM receipt")
    count = (len(net), sum(isinstance(f, ReceiptReplaced) for f in facts))
    if tuple(value or 0 for value in row) != count:
        yield f"the table of receipts says {row}, the journal {count}"


def _living(tx: ReadTx) -> list[str]:
    rows = tx.rows(
        "SELECT receipt FROM receipt WHERE status = 'issued' AND receipt NOT IN (SELECT receipt FROM undo) ORDER BY n"
    )
    return [row[0] for row in rows]
