"""Closing the day: the drawer is counted first, then compared with the book, then closed in one record (Z).

A closing takes in everything on the line since the one before, up to its own place in the journal; so no receipt can
stand between two closings or in both. Money after a closing counts for the next working day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desk_app.domain import drawer
from desk_app.domain.drawer import Expected
from desk_app.domain.errors import Incident, Refused
from desk_app.domain.session import Role
from desk_app.services import daymatch, second_person
from desk_app.services.desk import Desk, stamp
from desk_app.services.second_person import ALONE, Second
from desk_app.storage.lines import FROZEN
from desk_app.storage.queries import cash, officers, receipts
from desk_app.storage.queries import daymatch as matches
from desk_app.storage.queries.cash import CloseRow, Move, UsedSeries
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.canonical import CanonicalError
from sync.protocol.codec import from_body
from sync.protocol.envelope import GENESIS, ChainError, check_chain
from sync.protocol.money_facts import DayClosed, SeriesClosed, SumOf

FLOAT = "drawer_float_vnd"
ROLES = (Role.RECEPTION, Role.CASHIER, Role.HEAD)
RECEIVERS = (Role.CASHIER, Role.HEAD, Role.LEADER)
REASONS = {
    "change": "Trả nhầm tiền thừa",
    "counterfeit": "Tiền giả, rách",
    "unknown": "Chưa rõ nguyên nhân",
    "other": "Khác",
}


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Close the book of ``day``. ``counted``: sheets by denomination. ``ends_day`` False: the shift only.

    ``shift``: the one the officer counted for, so that two presses can't close two; 0 = the next.
    """

    id: str
    day: date
    counted: tuple[int, ...]
    reason: str = ""
    note: str = ""
    second: Second = ALONE
    ends_day: bool = True
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """What the book says about the closing to come; shown only after the count. Amounts in đồng, net of undone ones."""

    day: date
    shift: int
    expected: Expected
    transfer_vnd: int
    transfers: int
    issued_vnd: int
    undone_vnd: int
    undone: tuple[int, ...]
    series: tuple[UsedSeries, ...]
    by_officer: tuple[SumOf, ...]
    by_fee: tuple[SumOf, ...]
    moves: tuple[Move, ...]

    @property
    def count(self) -> int:
        return sum(s.count for s in self.series)


@dataclass(frozen=True, slots=True)
class CentreAnswer:
    """The centre counted a closed day by its own receipts: are both sides equal, and if not in how many places."""

    day: date
    equal: bool
    receipts: int
    collected_vnd: int
    differences: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands before a closing: card 3. ``drafts``: forms being typed; ``untaxed``: rows to send today.

    ``answer``: what the centre said of the last closed day it answered for; ``unanswered``: closed days it did not yet.
    """

    day: date
    shift: int
    closed: bool
    forgotten: date | None
    gaps: tuple[str, ...]
    unsigned: tuple[int, ...]
    untaxed: int
    reprints: int
    drafts: int
    receipts: int
    waiting: int
    answer: CentreAnswer | None = None
    unanswered: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """What was recorded."""

    closing: str
    day: str
    shift: int
    counted_vnd: int
    difference_vnd: int
    waits: bool
    repeated: bool = False


def readiness(desk: Desk) -> Readiness:
    """What the officer sees before counting; no amount stands in it."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        now, folded = desk.now(), cash.open_account_days(tx)
        day = drawer.oldest_day(folded, now.date(), desk.catalogue.calendar)
        moves = [m for m in cash.open_moves(tx) if m.account_day <= day.isoformat()]
        return Readiness(
            day=day,
            shift=cash.shifts(tx, day.isoformat()) + 1,
            closed=cash.day_ended(tx, day.isoformat()),
            forgotten=drawer.forgotten(folded, now, desk.catalogue.calendar),
            gaps=cash.gaps(tx),
            unsigned=tuple(number for _, number in cash.unsigned(tx)) if not desk.training else (),
            untaxed=len(cash.untaxed(tx)) if not desk.training else 0,
            reprints=_reprints(tx, {m.receipt for m in moves}),
            drafts=int(tx.row("SELECT count(*) FROM draft")[0]),
            receipts=sum(m.what == "issued" for m in moves),
            waiting=len(cash.waiting(tx)),
            answer=_answer(tx),
            unanswered=tuple(map(date.fromisoformat, daymatch.wanted(tx))),
        )


def _answer(tx: ReadTx) -> CentreAnswer | None:
    row = matches.newest(tx)
    if row is None:
        return None
    return CentreAnswer(date.fromisoformat(row.day), row.equal, row.receipts, row.collected_vnd, row.differences)


def book(desk: Desk, day: date) -> Book:
    """What the book of ``day`` says. The screen asks for it only when the count is complete."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return _book(tx, day)


def close(desk: Desk, command: CloseDay) -> Closed:
    """Close the book of a day, in one record.

    Refuses: TP-33 the count, TP-27 a difference without reason, TP-28 the day is closed, TP-29 an earlier book is open,
    TP-06 the second person. Incident TP-09: the line is frozen; TP-31: numbers or chain are not whole.
    """
    desk.officer.require(*ROLES)
    counted = drawer.counted_vnd(command.counted)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _again(tx)
        if tx.use_line(desk.line_kind).state == FROZEN:
            raise Incident("TP-09")
        _refuse_day(desk, tx, command.day)
        _check_whole(tx)
        found = _book(tx, command.day)
        if command.shift not in (0, found.shift):
            raise Refused("TP-28", date=f"{command.day:%d/%m/%Y}")
        difference = counted - found.expected.total_vnd
        if difference and (command.reason not in REASONS or (command.reason == "other" and not command.note.strip())):
            raise Refused("TP-27")
        second = second_person.accept(desk, tx, command.second, RECEIVERS)
        fact = _fact(desk, tx, command, found, counted, difference, second)
        tx.append(fact)
        if fact.ends_day and not desk.training:
            daymatch.want(tx, fact.day, desk.ids.uuid7())  # the centre counts the same, and says so
    desk.wake_sync()
    return Closed(fact.closing, fact.day, fact.shift, counted, difference, waits=not second)


def remind(desk: Desk) -> date | None:
    """The earlier day whose book is still open, asked at the start of the program (TP-07); None when there is none."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return drawer.forgotten(cash.open_account_days(tx), desk.now(), desk.catalogue.calendar)


def set_float(desk: Desk, vnd: int) -> None:
    """How much change money stays in the drawer overnight; the head decides. Refuses TP-33 below 0."""
    desk.officer.require(Role.HEAD)
    if vnd < 0:
        raise Refused("TP-33")
    with desk.store.write(desk.ids.uuid7(), desk.officer.id) as tx:
        tx.set_setting(FLOAT, str(vnd))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _refuse_day(desk: Desk, tx: ReadTx, day: date) -> None:
    today = desk.now().date()
    if cash.day_ended(tx, day.isoformat()) or day > today:
        raise Refused("TP-28", date=f"{day:%d/%m/%Y}")
    oldest = drawer.oldest_day(cash.open_account_days(tx), today, desk.catalogue.calendar)
    if oldest < day:
        raise Refused("TP-29", date=f"{oldest:%d/%m/%Y}")


def _check_whole(tx: ReadTx) -> None:
    """The chain since the closing before, and the numbers of every range. Incident TP-31 at the first wrong place."""
    last = cash.last_close(tx)
    first = last.through_seq if last else 0
    prev = GENESIS
    if first:
        prev = str(tx.row("SELECT h FROM record WHERE line = ? AND seq = ?", (tx.line.line, first))[0])
    try:
        _, head = check_chain(tx.records(tx.line.line, first + 1), prev=prev, seq=first)
    except ChainError as error:
        raise Incident("TP-31", seq=error.seq) from error
    except CanonicalError as error:
        raise Incident("TP-31", seq=first + 1) from error
    if head != tx.line.head or cash.gaps(tx):
        raise Incident("TP-31", seq=tx.line.last_seq)


def _book(tx: ReadTx, day: date) -> Book:
    every = cash.open_moves(tx)
    through = day.isoformat()
    mine = [m for m in every if m.account_day <= through]
    later = [m for m in every if m.account_day > through]
    kept = int(tx.setting(FLOAT) or 0)
    undone = [m for m in mine if m.amount_vnd < 0]
    numbers = {r.receipt: r.number for r in (receipts.get(tx, m.receipt) for m in undone) if r}
    return Book(
        day=day,
        shift=cash.shifts(tx, day.isoformat()) + 1,
        expected=Expected(_cash(mine), _cash(later), kept),
        transfer_vnd=sum(m.amount_vnd for m in mine if m.method != "cash"),
        transfers=sum(m.method != "cash" and m.what == "issued" for m in mine),
        issued_vnd=sum(m.amount_vnd for m in mine if m.what == "issued"),
        undone_vnd=sum(m.amount_vnd for m in undone),
        undone=tuple(numbers[m.receipt] for m in undone if m.receipt in numbers),
        series=cash.used_series(tx, through),
        by_officer=tuple(SumOf(*row) for row in cash.sums(tx, through, "officer")),
        by_fee=tuple(SumOf(*row) for row in cash.sums(tx, through, "fee")),
        moves=tuple(mine),
    )


def _cash(moves: Iterable[Move]) -> int:
    return sum(m.amount_vnd for m in moves if m.method == "cash")


def _fact(
    desk: Desk, tx: WriteTx, command: CloseDay, found: Book, counted: int, difference: int, second: str
) -> DayClosed:
    note = tx.put_subject("text", {"text": command.note.strip()}) if command.note.strip() else None
    return DayClosed(
        closing=desk.ids.uuid7(),
        day=command.day.isoformat(),
        drawer=str(tx.line.station_no),
        shift=found.shift,
        closed_at=stamp(desk.now()),
        counted=command.counted,
        counted_vnd=counted,
        cash_vnd=found.expected.cash_vnd,
        transfer_vnd=found.transfer_vnd,
        later_cash_vnd=found.expected.later_cash_vnd,
        float_vnd=found.expected.float_vnd,
        difference_vnd=difference,
        series=tuple(
            SeriesClosed(
                s.form, s.symbol, s.series_id, s.first, s.last, s.count, s.sum_vnd, s.struck,
                receipts.series_total(tx, s.symbol, s.series_id),
            )
            for s in found.series
        ),
        by_officer=found.by_officer,
        by_fee=found.by_fee,
        through_seq=tx.line.last_seq,
        head=tx.line.head,
        unsigned=0 if desk.training else len(cash.unsigned(tx)),
        unsent=0 if desk.training else len(cash.untaxed(tx)),
        reason=command.reason if difference else "",
        note=note,
        ends_day=command.ends_day,
        second=second,
    )  # fmt: skip


def _reprints(tx: ReadTx, ids: set[str]) -> int:
    rows = tx.rows("SELECT about, copies FROM paper WHERE copies > 1 AND kind IN ('fee_receipt', 'paper_receipt')")
    return sum(copies - 1 for about, copies in rows if about in ids)


def _again(tx: WriteTx) -> Closed:
    fact = from_body(tx.prior[0].envelope.kind, tx.prior[0].envelope.v, tx.prior[0].envelope.body)
    assert isinstance(fact, DayClosed)
    return Closed(
        fact.closing, fact.day, fact.shift, fact.counted_vnd, fact.difference_vnd, waits=not fact.second, repeated=True
    )


def officer_name(desk: Desk, officer: str) -> str:
    """The printed name of an officer, the id when nobody of that id is registered."""
    with desk.store.read() as tx:
        found = officers.get(tx, officer)
        return found.name if found else officer


def closings(desk: Desk, first: date, last: date) -> tuple[CloseRow, ...]:
    """Closings of a period, in order."""
    with desk.store.read() as tx:
        return cash.closings(tx, first, last)
