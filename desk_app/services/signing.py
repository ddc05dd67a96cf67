"""Electronic receipts and their signatures: made on the paper thread right after the number, tracked until they exist.

The receipt stands in the book before anything is signed (decisions, Design 6). The signed bytes are kept for ever; a
receipt without signature is shown, warned about at the closing (TP-12), and its payer gets a confirmation, not a receipt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from desk_app.documents import fee_receipt
from desk_app.documents.fee_receipt import FeeReceipt, Signature
from desk_app.domain.errors import DeskError, Refused
from desk_app.services import paper_data
from desk_app.services.desk import Desk, stamp, utc
from desk_app.services.ports import ReceiptSigner
from desk_app.services.receipt_xml import receipt_xml
from desk_app.storage.queries import cash, receipts
from sync.protocol.money_facts import ReceiptSigned

PDF = "application/pdf"
XML = "application/xml"
REASON = "Biên lai thu tiền phí, lệ phí"


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """A receipt's signed bytes and its data."""

    receipt: str
    pdf: bytes
    xml: bytes


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A receipt that waits for its signature."""

    receipt: str
    number: int


def unsigned(desk: Desk) -> tuple[Unsigned, ...]:
    """Electronic receipts without signature, the oldest first; none while training."""
    if desk.training:
        return ()
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return tuple(Unsigned(*row) for row in cash.unsigned(tx))


def sign(desk: Desk, signer: ReceiptSigner, receipt: str) -> SignedReceipt:
    """Sign one receipt, once; the kept bytes ever after. On the paper thread.

    Refuses: IN-09 no such receipt, TP-24 a paper receipt; raises TP-34 … TP-36 when the device can't sign.
    """
    kept = desk.store.call(lambda: kept_bytes(desk, receipt))
    if kept is not None:
        return kept
    at = desk.now()
    data = desk.store.call(lambda: _data(desk, receipt, at))
    if not data.form.startswith("EBL"):
        raise Refused("TP-24", number=data.number)
    page = fee_receipt.render(data)
    signed = signer.sign_pdf(page, at=utc(at), reason=REASON, place=data.collector_address)
    xml = receipt_xml(data, at)
    signature = signer.sign_data(xml)
    desk.store.call(lambda: _seal(desk, signer, receipt, at, signed, xml, signature))
    desk.wake_sync()
    return desk.store.call(lambda: kept_bytes(desk, receipt)) or SignedReceipt(receipt, signed, xml)


def sign_waiting(desk: Desk, signer: ReceiptSigner) -> tuple[int, DeskError | None]:
    """Sign everything that waits; answers how many were signed and what stopped it, if anything."""
    done = 0
    for waiting in desk.store.call(lambda: unsigned(desk)):
        try:
            sign(desk, signer, waiting.receipt)
        except DeskError as error:
            return done, error
        done += 1
    return done, None


def ready_to_hand_out(desk: Desk, receipt: str) -> bool:
    """Sign a receipt if that is possible now; whether its paper may be handed out as a receipt. On the paper thread.

    Paper receipts and those of training need no signature; without a device the payer gets a confirmation instead.
    """
    found = desk.store.call(lambda: _state(desk, receipt))
    if desk.training or found is None or found[1] or not found[0].startswith("EBL"):
        return True
    signer = desk.signer()
    if signer is None:
        return False
    try:
        sign(desk, signer, receipt)
    except DeskError:
        return False
    return True


def _state(desk: Desk, receipt: str) -> tuple[str, str] | None:
    with desk.store.read() as tx:
        row = receipts.get(tx, receipt)
        return (row.form, row.signed_sha256) if row else None


def kept_bytes(desk: Desk, receipt: str) -> SignedReceipt | None:
    """What was signed, None while it is not. A job of the store thread."""
    with desk.store.read() as tx:
        row = receipts.get(tx, receipt)
        if row is None or not row.signed_sha256:
            return None
        data = receipts.signed_data(tx, receipt)
        return SignedReceipt(receipt, tx.blob(row.signed_sha256) or b"", tx.blob(data) or b"")


def _data(desk: Desk, receipt: str, at: datetime) -> FeeReceipt:
    with desk.store.read() as tx:
        found = paper_data.build(desk, tx, "fee_receipt", receipt)
        assert isinstance(found, FeeReceipt)
        return fee_receipt.with_signature(found, Signature(desk.profile(tx).collector, at))


def _seal(
    desk: Desk, signer: ReceiptSigner, receipt: str, at: datetime, signed: bytes, xml: bytes, signature: str
) -> None:
    """Keep bytes and fact; a second signature of the same receipt (two threads, a crash) is dropped."""
    with desk.store.write(f"sign:{receipt}", desk.officer.id) as tx:
        if tx.prior:
            return
        tx.use_line(desk.line_kind)
        sha = tx.put_blob(signed, PDF)
        tx.put_blob(xml, XML)
        who = signer.certificate
        tx.append(
            ReceiptSigned(
                receipt, stamp(at), who.name, who.sha256, sha, len(signed), sha256(xml).hexdigest(), signature
            )
        )
