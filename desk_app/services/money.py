"""Taking a fee: the amount is the catalogue's, the number the grant's, and both are sealed together.

No use case here takes an amount from outside: it is computed from the catalogue, the tariffs in force on the day of
collection and the answers (law on fees 97/2015/QH13 Điều 14: nothing beyond what is posted).
"""

from __future__ import annotations

from datetime import datetime

from desk_app.domain.errors import Refused
from desk_app.domain.fees import FeeQuote
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import receipts
from desk_app.storage.transaction import WriteTx
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

    Refuses: TP-08 no number left, TP-18 the amount is unknown, TP-19 another way of paying than cash or transfer.
    """
    if method not in METHODS:
        raise Refused("TP-19")
    amount = total(fee, required=True)
    assert amount is not None
    taken = tx.take_number("receipt", now.date())
    fact = ReceiptIssued(
        receipt=desk.ids.uuid7(),
        form=taken.form,
        symbol=taken.symbol,
        series_id=taken.series_id,
        number=taken.number,
        dossiers=dossiers,
        payer=payer,
        items=tuple(
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
        ),
        total_vnd=amount,
        method=method,
        issued_at=stamp(now),
        series_total_vnd=receipts.series_total(tx, taken.symbol, taken.series_id) + amount,
        grant=taken.grant,
        training=desk.training,
    )
    tx.append(fact)
    return fact
