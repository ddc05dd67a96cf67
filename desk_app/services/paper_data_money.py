"""What stands on the papers of money: day close, voids, notices, paper receipts, confirmations, remittances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from desk_app.documents import marks
from desk_app.documents.day_close import CollectedReceipt, DayClose, UsedRange
from desk_app.documents.error_notice import ErrorNotice
from desk_app.documents.marks import Mark
from desk_app.documents.paper_receipt import PaperReceipt
from desk_app.documents.payment_confirmation import PaymentConfirmation
from desk_app.documents.receipt_summary import ReceiptSummary
from desk_app.documents.remittance_slip import RemittanceSlip
from desk_app.documents.void_minutes import VoidMinutes
from desk_app.domain.errors import Refused
from desk_app.domain.money import format_dong
from desk_app.domain.receipt_regime import Mode, number_text
from desk_app.domain.unit import UnitProfile
from desk_app.domain.words import amount_in_words
from desk_app.services import office, receipt_undo, tax_data
from desk_app.services.day_close import REASONS
from desk_app.services.desk import Desk
from desk_app.services.paper_words import desk_letterhead
from desk_app.storage.queries import cash, dossiers, officers, receipts
from desk_app.storage.queries.cash import CloseRow, Move
from desk_app.storage.rows import ReceiptRow
from desk_app.storage.transaction import ReadTx

METHOD = {"cash": "Tiền mặt", "transfer": "Chuyển khoản"}
STRUCK = {"replaced": "thay thế", "voided": "xóa bỏ"}
ERROR_TEXT = {
    "name": "Sai tên người nộp",
    "address": "Sai địa chỉ",
    "words": "Sai số tiền bằng chữ",
    "other": "Sai nội dung khác",
}

Builder = Callable[[Desk, ReadTx, UnitProfile, str], object]


def build(desk: Desk, tx: ReadTx, kind: str, about: str) -> object:
    """The data of one paper of ``BUILDERS``. Refuses: IN-09 there is no fact behind it."""
    return BUILDERS[kind](desk, tx, desk.profile(tx), about)


def day_close(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> DayClose:
    """The list of a closing."""
    found = cash.closing(tx, about)
    if found is None:
        raise Refused("IN-09")
    moves = cash.moves_of(tx, about)
    body = found.body
    counts = tuple(int(n) for n in body["counted"])
    # The list compares the drawer with its own receipts: change money and a later day's cash are told apart below it.
    other = int(body["later_cash_vnd"]) + int(body["float_vnd"])
    return DayClose(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        day=date.fromisoformat(found.day),
        counter=str(body["drawer"]),
        collector_name=_name(tx, found.officer),
        receipts=_collected(tx, moves),
        ranges=_ranges(found),
        counted=counts,
        cash_words=amount_in_words(max(0, found.cash_vnd)),
        cashier_name=_name(tx, found.second),
        leader_name="",
        difference_reason=_difference_reason(tx, found),
        other_cash=other,
        marks=_marks(desk),
    )


def _collected(tx: ReadTx, moves: Sequence[Move]) -> tuple[CollectedReceipt, ...]:
    """A row for every receipt of the closing; one that was taken back in it is struck, of an earlier one negative."""
    mine = {m.receipt for m in moves if m.what == "issued"}
    gone = {m.receipt for m in moves if m.what != "issued"}
    rows = []
    for move in moves:
        row = receipts.get(tx, move.receipt)
        if row is None or (move.what != "issued" and move.receipt in mine):
            continue
        struck = move.receipt in gone and move.receipt in mine
        rows.append(_row(tx, row, move, struck=struck))
    return tuple(rows)


def _row(tx: ReadTx, row: ReceiptRow, move: Move, *, struck: bool) -> CollectedReceipt:
    items = receipts.items(tx, row.receipt)
    note = STRUCK.get(row.status, "") if struck or move.what != "issued" else ""
    if not note and any(i.exempt_reason for i in items):
        note = "miễn, giảm"
    if not note and row.happened_at:
        note = "lập sau"
    codes = (dossiers.get(tx, id) for id in row.dossiers)
    return CollectedReceipt(
        number=receipt_number(row),
        dossier_code="; ".join(d.code for d in codes if d),
        payer_name=row.name,
        levy_name="; ".join(dict.fromkeys(i.name for i in items)),
        amount=move.amount_vnd,
        cash=move.amount_vnd if move.method == "cash" else 0,
        transfer=move.amount_vnd if move.method != "cash" else 0,
        note=note,
        struck=struck,
    )


def _ranges(found: CloseRow) -> tuple[UsedRange, ...]:
    return tuple(
        UsedRange(
            f"{s['form']}, {s['symbol']}",
            _number(s["form"], s["first"]),
            _number(s["form"], s["last"]),
            "thay thế" if str(s["form"]).startswith("EBL") else "xóa bỏ",
            tuple(_number(s["form"], n) for n in s["struck"]),
        )
        for s in found.body["series"]
    )


def _difference_reason(tx: ReadTx, found: CloseRow) -> str:
    if not found.difference_vnd:
        return ""
    note = found.body.get("note")
    said = (tx.subject(note["id"]) or {}).get("text", "") if note else ""
    reason = REASONS.get(str(found.body["reason"]), str(found.body["reason"]))
    return f"{reason}: {said}" if said else reason


def void_minutes(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> VoidMinutes:
    """Minutes of a voided paper receipt."""
    undo, row = _undo(tx, about)
    said = (tx.subject(undo.note) or {}).get("text", "") if undo.note else ""
    reason = receipt_undo.VOID_REASON_TEXT.get(undo.reason, "")
    return VoidMinutes(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        at=_time(undo.at),
        place=profile.desk_name,
        form=row.form,
        series=row.symbol,
        number=receipt_number(row),
        issued_on=_time(row.issued_at).date(),
        payer_name=row.name,
        amount=row.total_vnd,
        reason=f"{reason}. {said}" if said else reason,
        returned_sheets=undo.sheets,
        new_number="",
        paid_back=undo.refund_vnd,
        collector_name=_name(tx, undo.officer),
        leader_name=_name(tx, undo.second),
        marks=_marks(desk),
    )


def error_notice(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> ErrorNotice:
    """Notice 04/SS-CTĐT: an error noted, or a sum that was not owed at all."""
    undo, row = _undo(tx, about)
    said = tx.subject(undo.note) or {} if undo.note else {}
    whole = undo.kind == "replaced"
    return ErrorNotice(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        number=office.number_text(undo.number, undo.symbol) if undo.number else "",
        at=_time(undo.at),
        collector=profile.collector,
        tax_code=profile.tax_code,
        form=row.form,
        series=row.symbol,
        receipt_number=str(row.number),
        issued_at=_time(row.issued_at),
        payer_name=row.name,
        amount=row.total_vnd,
        wrong=format_dong(row.total_vnd) if whole else str(said.get("wrong", "(đã xóa)")),
        right="0 đồng: không thuộc diện thu" if whole else str(said.get("right", "")),
        reason="Thu nhầm, trả lại toàn bộ" if whole else ERROR_TEXT.get(undo.reason, ""),
        paid_back=undo.refund_vnd,
        officer_name=_name(tx, undo.officer),
        leader_name=_name(tx, undo.second),
        marks=_marks(desk),
    )


def paper_receipt(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> PaperReceipt:
    """A self-printed receipt."""
    row = _receipt(tx, about)
    items = receipts.items(tx, about)
    parts = [f"{format_dong(i.unit_vnd)} × {i.quantity}; {i.basis}" for i in items]
    issued_at = _time(row.issued_at)
    return PaperReceipt(
        collector=profile.collector,
        tax_code=profile.tax_code,
        form=row.form,
        series=row.symbol,
        number=receipt_number(row),
        levy_name="; ".join(dict.fromkeys(i.name for i in items)),
        payer_name=row.name,
        payer_address=_address(tx, row.payer),
        amount=row.total_vnd,
        basis="; ".join(parts),
        amount_words=amount_in_words(row.total_vnd),
        payment=METHOD[row.method],
        place=profile.place,
        issued_on=issued_at.date(),
        officer_name=_name(tx, row.officer),
        marks=_marks(desk),
    )


def payment_confirmation(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> PaymentConfirmation:
    """What the payer gets while the electronic receipt has no signature yet."""
    row = _receipt(tx, about)
    items = receipts.items(tx, about)
    issued_at = _time(row.issued_at)
    codes = (dossiers.get(tx, id) for id in row.dossiers)
    payer = tx.subject(row.payer) or {}
    return PaymentConfirmation(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        number="",
        payer_name=row.name,
        levy_name="; ".join(dict.fromkeys(i.name for i in items)),
        amount=row.total_vnd,
        amount_words=amount_in_words(row.total_vnd),
        paid_at=issued_at,
        payment=METHOD[row.method],
        dossier_code="; ".join(d.code for d in codes if d),
        officer_name=_name(tx, row.officer),
        sent_to=str(payer.get("phone") or payer.get("email") or profile.desk_name),
        sent_by=desk.catalogue.calendar.next_working(issued_at.date()),
        marks=_marks(desk),
    )


def remittance_slip(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> RemittanceSlip:
    """The slip of one payment to the treasury."""
    found = cash.remittance(tx, about)
    if found is None:
        raise Refused("IN-09")
    month, at, amount, collected, balance, account, reference, officer = found
    return RemittanceSlip(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        at=_time(at),
        month=f"{month[5:7]}/{month[:4]}",
        collected=collected,
        remitted_before=cash.remitted_total(tx, month) - amount,
        amount=amount,
        balance=balance,
        amount_words=amount_in_words(amount),
        account=account,
        reference=reference,
        officer_name=_name(tx, officer),
        marks=_marks(desk),
    )


def receipt_summary(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> ReceiptSummary:
    """The print of tax data 01/TH-BLĐT, ``about`` = its id."""
    day, rows = tax_data.rows_of(desk, tx, about)
    return ReceiptSummary(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        day=day,
        lines=tuple(tax_data.as_line(row) for row in rows),
        maker_name=desk.officer.name,
        marks=_marks(desk),
    )


BUILDERS: dict[str, Builder] = {
    "day_close": day_close,
    "void_minutes": void_minutes,
    "error_notice": error_notice,
    "paper_receipt": paper_receipt,
    "payment_confirmation": payment_confirmation,
    "remittance_slip": remittance_slip,
    "receipt_summary": receipt_summary,
}


# ---- words -----------------------------------------------------------------------------------------------------------


def receipt_number(row: ReceiptRow) -> str:
    """A receipt's number as its regime prints it."""
    return _number(row.form, row.number)


def _number(form: str, number: int) -> str:
    return number_text(Mode.ELECTRONIC if form.startswith("EBL") else Mode.SELF_PRINTED, number)


def _undo(tx: ReadTx, about: str) -> tuple[cash.UndoRow, ReceiptRow]:
    found = cash.undo(tx, about)
    if found is None:
        raise Refused("IN-09")
    return found, _receipt(tx, found.receipt)


def _receipt(tx: ReadTx, receipt: str) -> ReceiptRow:
    row = receipts.get(tx, receipt)
    if row is None:
        raise Refused("IN-09")
    return row


def _address(tx: ReadTx, payer: str) -> str:
    return str((tx.subject(payer) or {}).get("residence", ""))


def _name(tx: ReadTx, officer: str) -> str:
    found = officers.get(tx, officer) if officer else None
    return found.name if found else ""


def _marks(desk: Desk) -> tuple[Mark, ...]:
    return (marks.training(),) if desk.training else ()


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
