"""Fees on their way to the treasury: what each month brought, what was remitted, what is still to go.

Law: the fees of a month go into the waiting account by the 5th of the next (226/2016 Điều 6, 281/2016 Điều 6).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from desk_app.domain.errors import Refused
from desk_app.domain.money import format_vnd
from desk_app.domain.session import Role
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import cash, ledger
from desk_app.storage.queries.ledger import Remitted as Remitted
from desk_app.storage.transaction import ReadTx
from sync.protocol.codec import from_body
from sync.protocol.money_facts import RemittanceMade

DUE_DAY = 5
ROLES = (Role.CASHIER, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Remit:
    """Note that money of ``month`` (2026-11) was paid in. ``reference``: number of the treasury's paper."""

    id: str
    month: str
    amount_vnd: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class MonthAccount:
    """One month in đồng; ``due_on``: the last day to remit it; ``late``: that day is over and money is left."""

    month: str
    collected_vnd: int
    remitted_vnd: int
    due_on: date
    late: bool

    @property
    def left_vnd(self) -> int:
        return self.collected_vnd - self.remitted_vnd


@dataclass(frozen=True, slots=True)
class Overview:
    """All money on its way: ``balance_vnd`` still to go, the months (newest first), what was paid in, and where to."""

    balance_vnd: int
    treasury: str
    months: tuple[MonthAccount, ...]
    paid: tuple[Remitted, ...]


def overview(desk: Desk) -> Overview:
    """What the form of a payment shows; this month stands in it even before the first receipt."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        this = f"{desk.now():%Y-%m}"
        found = sorted({this, *ledger.months(tx)}, reverse=True)
        months = tuple(_account(desk, tx, month) for month in found)
        return Overview(_balance(desk, tx), desk.profile(tx).treasury, months, ledger.remittances(tx))


def account(desk: Desk, month: str) -> MonthAccount:
    """How a month stands."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return _account(desk, tx, month)


def last_month(desk: Desk) -> MonthAccount:
    """How the month before this one stands: shown until the 5th, a warning after it."""
    today = desk.now().date()
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return account(desk, f"{year}-{month:02d}")


def remit(desk: Desk, command: Remit) -> str:
    """Note a payment to the treasury; answers its id, whose slip is promised.

    Refuses: TP-39 more than the month has left.
    """
    desk.officer.require(*ROLES)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            fact = from_body(tx.prior[0].envelope.kind, tx.prior[0].envelope.v, tx.prior[0].envelope.body)
            assert isinstance(fact, RemittanceMade)
            return fact.remittance
        tx.use_line(desk.line_kind)
        found = _account(desk, tx, command.month)
        if not 0 < command.amount_vnd <= found.left_vnd:
            raise Refused("TP-39", amount_vnd=format_vnd(command.amount_vnd), balance_vnd=format_vnd(found.left_vnd))
        fact = RemittanceMade(
            remittance=desk.ids.uuid7(),
            month=command.month,
            remitted_at=stamp(desk.now()),
            amount_vnd=command.amount_vnd,
            collected_vnd=found.collected_vnd,
            balance_vnd=_balance(desk, tx) - command.amount_vnd,
            account=desk.profile(tx).treasury,
            reference=command.reference.strip(),
        )
        tx.append(fact)
    desk.wake_sync()
    return fact.remittance


def balance(desk: Desk) -> int:
    """Everything collected and not remitted, in đồng, this month's money included."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return _balance(desk, tx)


def _balance(desk: Desk, tx: ReadTx) -> int:
    del desk
    return cash.collected_in(tx, "", "9999") - cash.remitted_total(tx)


def _account(desk: Desk, tx: ReadTx, month: str) -> MonthAccount:
    year, number = int(month[:4]), int(month[5:7])
    last = date(year, number, monthrange(year, number)[1])
    collected = cash.collected_in(tx, f"{month}-01", last.isoformat())
    remitted = cash.remitted_total(tx, month)
    due_on = date(year + number // 12, number % 12 + 1, DUE_DAY)
    return MonthAccount(month, collected, remitted, due_on, desk.now().date() > due_on and collected > remitted)
