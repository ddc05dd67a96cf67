"""The cash desk: fees collected after intake, and the list of the day's receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.domain.assessment import assess
from desk_app.domain.code import ReceiptCode, check_number, parse_code
from desk_app.domain.errors import Refused
from desk_app.domain.fees import FeeQuote
from desk_app.domain.session import Role
from desk_app.services import money, office
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import cash, dossiers, papers, receipts
from desk_app.storage.rows import DossierDetail, ReceiptRow
from desk_app.storage.transaction import ReadTx
from sync.protocol.codec import from_body
from sync.protocol.facts import ReceiptIssued
from sync.protocol.money_facts import TransferSeen

ROLES = (Role.RECEPTION, Role.CASHIER, Role.HEAD)


@dataclass(frozen=True, slots=True)
class CollectFee:
    """Take what a dossier owes. The amount is computed, never given. ``method``: cash or transfer.

    ``reference``: what the bank calls the transfer the officer saw, up to 35 letters and digits; "" = not noted.
    """

    id: str
    dossier: str
    method: str = "cash"
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """The receipt that was issued; amounts in đồng."""

    receipt: str
    symbol: str
    number: int
    total_vnd: int
    repeated: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptLine:
    """A receipt in the day's list: ``purpose`` names its levies, ``state`` how its paper fares, ``refs`` the receipts and
    notices it belongs to. Amounts in đồng."""

    receipt: str
    symbol: str
    number: int
    name: str
    total_vnd: int
    method: str
    issued_at: str
    purpose: str
    state: str
    electronic: bool = True
    alive: bool = True
    refs: str = ""


def owed(desk: Desk, tx: ReadTx, dossier: str) -> FeeQuote:
    """What the dossier owes today: the tariff in force on the day of collection, the answers of the day of receipt."""
    found = _detail(tx, dossier)
    procedure = desk.procedure(found.row.procedure)
    variant = procedure.variant_on(desk.now().date())
    if variant is None:
        raise Refused("TN-09")
    return assess(procedure, variant, found.answers, settings=desk.profile(tx).tariffs, on=desk.now().date()).fee


def owed_now(desk: Desk, tx: ReadTx, dossier: str) -> FeeQuote | None:
    """``owed``; None when it was paid or nothing is owed. Refuses TN-09, TP-18 the amount is unknown."""
    fee = owed(desk, tx, dossier)
    paid = _detail(tx, dossier).row.paid_vnd
    return None if paid or not money.total(fee, required=True) else fee


def collect(desk: Desk, command: CollectFee) -> Collected:
    """Take the fee of a dossier and issue its receipt.

    Refuses: TP-20 nothing is owed (it was paid, or there is no fee), TP-08, TP-18.
    """
    desk.officer.require(*ROLES)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            before = from_body(tx.prior[0].envelope.kind, tx.prior[0].envelope.v, tx.prior[0].envelope.body)
            assert isinstance(before, ReceiptIssued)
            return Collected(before.receipt, before.symbol, before.number, before.total_vnd, repeated=True)
        tx.use_line(desk.line_kind)
        found = _detail(tx, command.dossier)
        fee = owed_now(desk, tx, command.dossier)
        if fee is None:
            raise Refused("TP-20", dossier=found.row.code)
        payer = tx.ref(found.applicant)
        if payer is None:
            raise Refused("DL-11", dossier=found.row.code)
        fact = money.issue(desk, tx, fee, (command.dossier,), payer, command.method, desk.now())
        if command.method == "transfer" and command.reference.strip():
            tx.append(TransferSeen(fact.receipt, _reference(command.reference), stamp(desk.now())))
    desk.wake_sync()
    return Collected(fact.receipt, fact.symbol, fact.number, fact.total_vnd)


def _reference(text: str) -> str:
    """A bank's reference: letters and digits in capitals, nothing else, so that no name can stand in it."""
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())[:35]


def _detail(tx: ReadTx, dossier: str) -> DossierDetail:
    found = dossiers.detail(tx, dossier)
    if found is None:
        raise Refused("HS-08")
    return found


def of_day(desk: Desk, day: date) -> tuple[ReceiptLine, ...]:
    """The receipts of a day, newest first, with what they were for and how their paper fares."""
    with desk.store.read() as tx:
        return tuple(_line(tx, row) for row in receipts.of_day(tx, day))


def by_code(desk: Desk, digits: str) -> ReceiptLine:
    """The receipt whose printed code this is, whatever its day.

    Refuses: TN-05 no receipt of this desk's data, TP-63 the paper says another amount or check number than the book.
    """
    code = parse_code(digits)
    if not isinstance(code, ReceiptCode):
        raise Refused("TN-05")
    with desk.store.read() as tx:
        rows = [r for r in receipts.by_series(tx, code.series_id, code.number) if r.line == code.line]
        if not rows:
            raise Refused("TN-05")
        for row in rows:
            minute = datetime.fromisoformat(row.issued_at).replace(second=0)
            check = check_number(receipts.sealed_as(tx, row.receipt))
            if (code.amount_vnd, code.minute, code.check8) == (row.total_vnd, minute, check):
                return _line(tx, row)
        raise Refused("TP-63", number=code.number)


def _line(tx: ReadTx, row: ReceiptRow) -> ReceiptLine:
    purpose = "; ".join(dict.fromkeys(i.name for i in receipts.items(tx, row.receipt)))
    electronic = row.form.startswith("EBL")
    return ReceiptLine(
        row.receipt, row.symbol, row.number, row.name, row.total_vnd, row.method, row.issued_at, purpose,
        _state(tx, row, electronic=electronic), electronic, row.status == "issued", _refs(tx, row),
    )  # fmt: skip


def _refs(tx: ReadTx, row: ReceiptRow) -> str:
    """What a receipt and its corrections say of each other: replaced by, instead of, notice, minutes."""
    found = []
    for other, words in ((row.replaced_by, "Thay bằng biên lai số"), (row.replaces, "Thay cho biên lai số")):
        named = receipts.get(tx, other) if other else None
        if named is not None:
            found.append(f"{words} {named.number} ({named.symbol})")
    for undo in cash.undos_of(tx, row.receipt):
        if undo.number:
            paper = "Biên bản xóa bỏ" if undo.kind == "voided" else "Thông báo sai sót"
            found.append(f"{paper} số {office.number_text(undo.number, undo.symbol)}")
        elif undo.kind == "replaced" and not undo.new:
            found.append("Thông báo sai sót, trả lại toàn bộ tiền")
    reference = receipts.transfer_reference(tx, row.receipt)
    if reference:
        found.append(f"Chuyển khoản {reference}")
    return "; ".join(found)


def _state(tx: ReadTx, row: ReceiptRow, *, electronic: bool) -> str:
    """What became of a receipt, the gravest first: taken back, unsigned, or how its paper fares."""
    if row.status != "issued":
        return "Đã thay thế" if row.status == "replaced" else "Đã xóa bỏ"
    if electronic and not row.training and not row.signed_sha256:
        return "Chưa ký số"
    copies = max((p.copies for p in papers.of(tx, row.receipt)), default=0)
    return "Chưa in" if copies == 0 else "Đã in" if copies == 1 else f"In lại {copies - 1}"
