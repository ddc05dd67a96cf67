"""Taking a fee: the amount is the catalogue's, the number the grant's, and both are sealed together.

No use case here takes an amount from outside: it is computed from the catalogue, the tariffs in force on the day of
collection and the answers (law on fees 97/2015/QH13 Điều 14: nothing beyond what is posted).
"""

from __future__ import annotations

from datetime import date, datetime

from desk_app.domain.drawer import must_close_first
from desk_app.domain.errors import Refused
from desk_app.domain.fees import FeeQuote
from desk_app.domain.receipt_regime import SERIES_KIND, Mode, mode_on
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import cash, receipts
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.facts import ReceiptIssued, ReceiptItem
from sync.protocol.subject import SubjectRef

METHODS = ("cash", "transfer")


def total(fee: FeeQuote | None, *, required: bool) -> int | None:
    """The total in đồng, None when a tariff is not set. Refuses TP-18 when it is ``required`` but unknown."""
    if fee is None:
        return 0
    if fee.total_vnd is None and required:
        raise Refused("TP-18", settings=", ".join(fee.unset_settings))
    return fee.total_vnd


def issue(
    desk: Desk,
    tx: WriteTx,
    fee: FeeQuote,
    dossiers: tuple[str, ...],
    payer: SubjectRef,
    method: str,
    now: datetime,
) -> ReceiptIssued:
    """Use the next number of this line's range for ``fee``, inside the caller's transaction.

    Refuses: TP-08 no number left, TP-18 the amount is unknown, TP-19 another way of paying than cash or transfer,
    TP-22 an earlier day's book must be closed first, TP-30 no kind of receipt may be used on that day.
    """
    total(fee, required=True)
    return issue_items(desk, tx, items_of(fee), dossiers, payer, method, now)


def issue_items(
    desk: Desk,
    tx: WriteTx,
    items: tuple[ReceiptItem, ...],
    dossiers: tuple[str, ...],
    payer: SubjectRef,
    method: str,
    now: datetime,
    *,
    receipt: str = "",
    series_kind: str = "",
) -> ReceiptIssued:
    """``issue`` for lines that are already computed. ``series_kind`` "": by the regime of the day of collection."""
    if method not in METHODS:
        raise Refused("TP-19")
    if not series_kind:
        series_kind = series_of(desk, tx, now.date())
        refuse_open_book(desk, tx, now)
    amount = sum(item.amount_vnd for item in items)
    taken = tx.take_number(series_kind, now.date())
    fact = ReceiptIssued(
        receipt=receipt or desk.ids.uuid7(),
        form=taken.form,
        symbol=taken.symbol,
        series_id=taken.series_id,
        number=taken.number,
        dossiers=dossiers,
        payer=payer,
        items=items,
        total_vnd=amount,
        method=method,
        issued_at=stamp(now),
        series_total_vnd=receipts.series_total(tx, taken.symbol, taken.series_id) + amount,
        grant=taken.grant,
        training=desk.training,
    )
    tx.append(fact)
    return fact


def items_of(fee: FeeQuote) -> tuple[ReceiptItem, ...]:
    """The lines of a quote as a receipt holds them."""
    return tuple(
        ReceiptItem(
            fee=line.id,
            levy_kind=line.kind,
            name=line.name,
            basis=line.basis,
            quantity=line.quantity,
            unit_vnd=line.unit_price_vnd,
            amount_vnd=line.amount_vnd,
            exempt_reason=line.exempt_reason or "",
            explanation=line.explanation,
        )
        for line in fee.lines
    )


def series_of(desk: Desk, tx: ReadTx, day: date) -> str:
    """The series a receipt of ``day`` is numbered from. Refuses TP-30 when none may be used on that day.

    While training the series is always the training one: nothing of it counts.
    """
    if desk.training:
        return SERIES_KIND[Mode.ELECTRONIC]
    mode = mode_on(day, desk.profile(tx).regimes)
    if mode is Mode.NONE:
        raise Refused("TP-30", date=f"{day:%d/%m/%Y}")
    return SERIES_KIND[mode]


def refuse_open_book(desk: Desk, tx: ReadTx, now: datetime) -> None:
    """Refuses TP-22 after the time of grace while the book of an earlier day is open; an officer who trains is spared."""
    if desk.training:
        return
    day = must_close_first(cash.open_account_days(tx), now, desk.catalogue.calendar)
    if day is not None:
        raise Refused("TP-22", date=f"{day:%d/%m/%Y}")
