"""Receipts written by hand while power or network was down, entered afterwards into the series of their booklet.

The amount is still the catalogue's, of the day the money was taken; the record says when it really happened, when it
was entered and why. Only for days on which paper may be used (to 31/12/2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk_app.domain.assessment import assess
from desk_app.domain.errors import Refused
from desk_app.domain.fees import FeeQuote
from desk_app.domain.receipt_regime import LAST_PAPER_DAY
from desk_app.domain.session import Role
from desk_app.services import money
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import dossiers, profile
from desk_app.storage.rows import DossierDetail
from desk_app.storage.transaction import ReadTx
from sync.protocol.codec import from_body
from sync.protocol.facts import ReceiptIssued
from sync.protocol.money_facts import ReceiptEntered

ROLES = (Role.RECEPTION, Role.CASHIER, Role.HEAD)
SERIES = "receipt_book"
_MOST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class EnterReceipt:
    """Enter the next sheet of the booklet. ``number``: as printed on it; ``happened_at``: local time on the sheet."""

    id: str
    dossier: str
    number: int
    happened_at: datetime
    cause: str
    method: str = "cash"


@dataclass(frozen=True, slots=True)
class Entered:
    """What was recorded."""

    receipt: str
    symbol: str
    number: int
    total_vnd: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The booklet in use: symbol, the sheet that comes next, its last sheet."""

    symbol: str
    next: int
    last: int


def book(desk: Desk) -> Book | None:
    """The booklet of this machine whose sheets are entered now; None when it has none or all sheets are used."""
    with desk.store.read() as tx:
        line = tx.use_line(desk.line_kind)
        for grant in profile.grants(tx, line.line):
            following = max(grant.last_number or 0, grant.first - 1) + 1
            if grant.series_kind == SERIES and following <= grant.last:
                return Book(grant.symbol, following, grant.last)
    return None


def possible(desk: Desk) -> bool:
    """Whether any hand-written receipt can still be entered: to 31 days after the last day of paper; never in training."""
    return not desk.training and desk.now().date() <= LAST_PAPER_DAY + _MOST


def owed(desk: Desk, dossier: str, at: datetime) -> int:
    """What the dossier owed at that time, in đồng. Refuses as ``enter``."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        _, fee = _owed(desk, tx, dossier, at)
        return money.total(fee, required=True) or 0


def enter(desk: Desk, command: EnterReceipt) -> Entered:
    """Record a hand-written receipt.

    Refuses: TP-41 the time or the number does not fit (sheets are entered in their order), TP-20 nothing is owed, TP-08.
    """
    desk.officer.require(*ROLES)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            fact = from_body(tx.prior[0].envelope.kind, tx.prior[0].envelope.v, tx.prior[0].envelope.body)
            assert isinstance(fact, ReceiptIssued)
            return Entered(fact.receipt, fact.symbol, fact.number, fact.total_vnd, repeated=True)
        tx.use_line(desk.line_kind)
        now, at = desk.now(), command.happened_at.replace(microsecond=0)
        if not (now - _MOST <= at < now) or at.date() > LAST_PAPER_DAY or not command.cause.strip():
            raise Refused("TP-41")
        found, fee = _owed(desk, tx, command.dossier, at)
        payer = tx.ref(found.applicant)
        if payer is None:
            raise Refused("DL-11", dossier=found.row.code)
        issued = money.issue_items(
            desk, tx, money.items_of(fee), (command.dossier,), payer, command.method, at, series_kind=SERIES
        )
        if issued.number != command.number:
            raise Refused("TP-41")
        tx.append(ReceiptEntered(issued.receipt, stamp(at), stamp(now), command.cause.strip()))
    desk.wake_sync()
    return Entered(issued.receipt, issued.symbol, issued.number, issued.total_vnd)


def _owed(desk: Desk, tx: ReadTx, dossier: str, at: datetime) -> tuple[DossierDetail, FeeQuote]:
    """A dossier and its fee by the catalogue of that day; refuses HS-08, TN-09, TP-18, TP-20."""
    found = dossiers.detail(tx, dossier)
    if found is None:
        raise Refused("HS-08")
    procedure = desk.procedure(found.row.procedure)
    variant = procedure.variant_on(at.date())
    if variant is None:
        raise Refused("TN-09")
    fee = assess(procedure, variant, found.answers, settings=desk.profile(tx).tariffs, on=at.date()).fee
    if found.row.paid_vnd or not money.total(fee, required=True):
        raise Refused("TP-20", dossier=found.row.code)
    return found, fee
