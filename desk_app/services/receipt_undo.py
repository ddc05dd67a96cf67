"""Taking a receipt back: replaced or corrected by notice when electronic, voided with minutes when paper.

Nothing is deleted: the old receipt stays with its number, both name each other, and the drawer, the dossiers and the
day's totals follow at once. Which way is lawful is decided by the receipt's own day, not by today
(91/2026 Điều 20; 303/2016 Điều 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desk_app.domain.assessment import assess
from desk_app.domain.errors import Incident, Refused
from desk_app.domain.person import Person
from desk_app.domain.session import Role
from desk_app.services import money, second_person
from desk_app.services.desk import Desk, stamp
from desk_app.services.second_person import ALONE, Second
from desk_app.storage.lines import FROZEN
from desk_app.storage.queries import dossiers, receipts
from desk_app.storage.rows import ReceiptRow
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.codec import from_body
from sync.protocol.facts import Answer, ReceiptItem
from sync.protocol.money_facts import ReceiptErrorNoted, ReceiptReplaced, ReceiptVoided
from sync.protocol.subject import SubjectRef

ERROR_KINDS = ("name", "address", "words", "other")
REPLACE_REASONS = ("amount", "tax_code", "payer", "other")
VOID_REASONS = ("wrong_item", "misprint", "wrong_text", "other")
VOID_REASON_TEXT = {
    "wrong_item": "Thu nhầm khoản",
    "misprint": "In hỏng",
    "wrong_text": "Ghi sai",
    "other": "Khác",
}
ROLES = (Role.RECEPTION, Role.CASHIER, Role.HEAD)


@dataclass(frozen=True, slots=True)
class NoteError:
    """Notice 04/SS-CTĐT: what is wrong on the receipt and what is right. No new receipt."""

    id: str
    receipt: str
    error_kind: str
    wrong: str
    right: str
    second: Second = ALONE


@dataclass(frozen=True, slots=True)
class ReplaceReceipt:
    """Issue another receipt in the place of this one.

    The amount is computed again from the catalogue of the day of collection: ``answers`` holds, for each dossier, the
    answers that were wrong. ``payer``: the right person, None = the same.
    """

    id: str
    receipt: str
    reason: str
    note: str = ""
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    payer: Person | None = None
    second: Second = ALONE


@dataclass(frozen=True, slots=True)
class VoidReceipt:
    """Void a paper receipt with minutes; ``sheets``: liên taken back. The right one, if any, is collected afterwards."""

    id: str
    receipt: str
    reason: str
    sheets: int
    note: str = ""
    second: Second = ALONE


@dataclass(frozen=True, slots=True)
class Undone:
    """What was recorded; amounts in đồng. ``new``, ``new_number``: the replacement, "" and 0 when nothing is owed."""

    undo: str
    old_number: int
    new: str = ""
    new_number: int = 0
    refund_vnd: int = 0
    extra_vnd: int = 0
    waits: bool = False
    repeated: bool = False


def note_error(desk: Desk, command: NoteError) -> Undone:
    """Make notice 04/SS-CTĐT for an electronic receipt.

    Refuses: TP-24 a paper receipt, TP-23 taken back already, TP-26 nothing to correct, TP-06.
    """
    desk.officer.require(*ROLES)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _again(tx)
        tx.use_line(desk.line_kind)
        old = _living(tx, command.receipt, electronic=True)
        if command.error_kind not in ERROR_KINDS or not command.wrong.strip() or not command.right.strip():
            raise Refused("TP-26")
        second = second_person.accept(desk, tx, command.second)
        taken = tx.take_number("error_notice", desk.now().date())
        fact = ReceiptErrorNoted(
            notice=desk.ids.uuid7(),
            receipt=old.receipt,
            symbol=taken.symbol,
            number=taken.number,
            noted_at=stamp(desk.now()),
            error_kind=command.error_kind,
            correction=tx.put_subject("text", {"wrong": command.wrong.strip(), "right": command.right.strip()}),
            second=second,
            grant=taken.grant,
        )
        tx.append(fact)
    desk.wake_sync()
    return Undone(fact.notice, old.number, waits=not second)


def replace_receipt(desk: Desk, command: ReplaceReceipt) -> Undone:
    """Replace an electronic receipt; one transaction strikes the old one and uses the next number for the new one.

    Refuses: TP-24 a paper receipt, TP-23 taken back already, TP-26 nothing differs, TP-18 a tariff is unknown, TP-08.
    """
    desk.officer.require(*ROLES)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _again(tx)
        _money_runs(desk, tx)
        old = _living(tx, command.receipt, electronic=True)
        items = corrected_items(desk, tx, old, command.answers)
        total = sum(item.amount_vnd for item in items)
        if command.reason not in REPLACE_REASONS or (total == old.total_vnd and command.reason == "amount"):
            raise Refused("TP-26")
        new = desk.ids.uuid7() if total else ""
        fact = ReceiptReplaced(
            undo=desk.ids.uuid7(),
            receipt=old.receipt,
            new=new,
            replaced_at=stamp(desk.now()),
            reason=command.reason,
            refund_vnd=max(0, old.total_vnd - total),
            extra_vnd=max(0, total - old.total_vnd),
            note=_note(tx, command.note),
            second=second_person.accept(desk, tx, command.second),
        )
        tx.append(fact)
        number = 0
        if new:
            payer = _payer(tx, old, command.payer)
            issued = money.issue_items(desk, tx, items, old.dossiers, payer, old.method, desk.now(), receipt=new)
            number = issued.number
    desk.wake_sync()
    return Undone(fact.undo, old.number, new, number, fact.refund_vnd, fact.extra_vnd, waits=not fact.second)


def void_receipt(desk: Desk, command: VoidReceipt) -> Undone:
    """Void a paper receipt; its number stays, the money goes back, minutes are printed.

    Refuses: TP-25 an electronic receipt, TP-23 taken back already, TP-26 no reason or no number of sheets, TP-06.
    """
    desk.officer.require(*ROLES)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _again(tx)
        _money_runs(desk, tx)
        old = _living(tx, command.receipt, electronic=False)
        if command.reason not in VOID_REASONS or (command.reason == "other" and not command.note.strip()):
            raise Refused("TP-26")
        if not 0 <= command.sheets <= 9:
            raise Refused("TP-26")
        taken = tx.take_number("void_minutes", desk.now().date())
        fact = ReceiptVoided(
            undo=desk.ids.uuid7(),
            receipt=old.receipt,
            symbol=taken.symbol,
            number=taken.number,
            voided_at=stamp(desk.now()),
            reason=command.reason,
            sheets=command.sheets,
            refund_vnd=old.total_vnd,
            note=_note(tx, command.note),
            second=second_person.accept(desk, tx, command.second),
            grant=taken.grant,
        )
        tx.append(fact)
    desk.wake_sync()
    return Undone(fact.undo, old.number, refund_vnd=fact.refund_vnd, waits=not fact.second)


def corrected_items(
    desk: Desk, tx: ReadTx, old: ReceiptRow, answers: Mapping[str, Mapping[str, Answer]]
) -> tuple[ReceiptItem, ...]:
    """The lines as they should have been, by the tariffs of the day of collection; unchanged without ``answers``."""
    if not answers:
        return tuple(
            ReceiptItem(
                i.fee,
                i.levy_kind,
                i.name,
                i.basis,
                i.quantity,
                i.unit_vnd,
                i.amount_vnd,
                i.exempt_reason,
                i.explanation,
            )
            for i in receipts.items(tx, old.receipt)
        )
    on = date.fromisoformat((old.happened_at or old.issued_at)[:10])
    found: list[ReceiptItem] = []
    for dossier in old.dossiers:
        detail = dossiers.detail(tx, dossier)
        if detail is None:
            raise Refused("HS-08")
        procedure = desk.procedure(detail.row.procedure)
        variant = procedure.variant_on(on)
        if variant is None:
            raise Refused("TN-09")
        given = {**detail.answers, **answers.get(dossier, {})}
        fee = assess(procedure, variant, given, settings=desk.profile(tx).tariffs, on=on).fee
        money.total(fee, required=True)
        found += money.items_of(fee)
    return tuple(found)


def _living(tx: ReadTx, receipt: str, *, electronic: bool) -> ReceiptRow:
    """A receipt of this line that was not taken back, of the regime asked for."""
    found = receipts.get(tx, receipt)
    if found is None or found.line != tx.line.line:
        raise Refused("HS-08")
    if found.status != "issued":
        raise Refused("TP-23", number=found.number)
    if found.form.startswith("EBL") != electronic:
        if electronic:
            raise Refused("TP-24", number=found.number)
        raise Refused("TP-25", number=found.number)
    return found


def _money_runs(desk: Desk, tx: WriteTx) -> None:
    if tx.use_line(desk.line_kind).state == FROZEN:
        raise Incident("TP-09")


def _note(tx: WriteTx, text: str) -> SubjectRef | None:
    return tx.put_subject("text", {"text": text.strip()}) if text.strip() else None


def _payer(tx: WriteTx, old: ReceiptRow, payer: Person | None) -> SubjectRef:
    if payer is not None:
        return tx.put_subject("person", payer.to_subject())
    found = tx.ref(old.payer)
    if found is None:
        raise Refused("DL-11", dossier=str(old.number))
    return found


def _again(tx: WriteTx) -> Undone:
    """The first answer of a command that comes twice."""
    facts = [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in tx.prior]
    fact = facts[0]
    assert isinstance(fact, ReceiptErrorNoted | ReceiptReplaced | ReceiptVoided)
    old = receipts.get(tx, fact.receipt)
    number = old.number if old else 0
    if isinstance(fact, ReceiptErrorNoted):
        return Undone(fact.notice, number, waits=not fact.second, repeated=True)
    if isinstance(fact, ReceiptVoided):
        return Undone(fact.undo, number, refund_vnd=fact.refund_vnd, waits=not fact.second, repeated=True)
    new = receipts.get(tx, fact.new) if fact.new else None
    return Undone(
        fact.undo, number, fact.new, new.number if new else 0, fact.refund_vnd, fact.extra_vnd, not fact.second, True
    )
