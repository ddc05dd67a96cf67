"""Folds of what happens to a receipt afterwards: replaced, voided, an error noted, entered late, signed.

A replacement's own record follows the one that strikes the old receipt, so the dossiers owe again when it pays.
"""

from __future__ import annotations

from desk_app.storage.folds import cash, paper
from desk_app.storage.folds.context import Folding, Placed
from desk_app.storage.tables import insert_text, undo
from sync.protocol.money_facts import (
    ReceiptEntered,
    ReceiptErrorNoted,
    ReceiptReplaced,
    ReceiptSigned,
    ReceiptVoided,
    TransferSeen,
)
from sync.protocol.subject import SubjectRef

_INSERT = insert_text(undo)


def replaced(db: Folding, at: Placed, fact: ReceiptReplaced) -> None:
    _note(
        db, at, "replaced", fact.undo, fact.receipt, fact.new, "", 0, fact.replaced_at, fact.reason, fact.note,
        fact.refund_vnd, fact.extra_vnd, 0, fact.second,
    )  # fmt: skip
    _strike(db, at, fact.receipt, "replaced", fact.replaced_at)
    db.execute(
        "UPDATE receipt SET status = 'replaced', replaced_by = ?, undo = ? WHERE receipt = ?",
        (fact.new, fact.undo, fact.receipt),
    )
    if not fact.new:
        paper.due(db, at, "error_notice", fact.undo)


def voided(db: Folding, at: Placed, fact: ReceiptVoided) -> None:
    _note(
        db, at, "voided", fact.undo, fact.receipt, "", fact.symbol, fact.number, fact.voided_at, fact.reason, fact.note,
        fact.refund_vnd, 0, fact.sheets, fact.second,
    )  # fmt: skip
    _strike(db, at, fact.receipt, "voided", fact.voided_at)
    db.execute("UPDATE receipt SET status = 'voided', undo = ? WHERE receipt = ?", (fact.undo, fact.receipt))
    paper.due(db, at, "void_minutes", fact.undo)


def noted(db: Folding, at: Placed, fact: ReceiptErrorNoted) -> None:
    _note(
        db, at, "noted", fact.notice, fact.receipt, "", fact.symbol, fact.number, fact.noted_at, fact.error_kind,
        fact.correction, 0, 0, 0, fact.second,
    )  # fmt: skip
    paper.due(db, at, "error_notice", fact.notice)


def entered(db: Folding, _at: Placed, fact: ReceiptEntered) -> None:
    db.execute("UPDATE receipt SET happened_at = ? WHERE receipt = ?", (fact.happened_at, fact.receipt))


def signed(db: Folding, _at: Placed, fact: ReceiptSigned) -> None:
    db.execute(
        "UPDATE receipt SET signed_sha256 = ?, signed_at = ?, signed_data = ? WHERE receipt = ? AND signed_sha256 = ''",
        (fact.sha256, fact.signed_at, fact.data_sha256, fact.receipt),
    )


def transfer_seen(db: Folding, _at: Placed, fact: TransferSeen) -> None:
    db.execute("UPDATE receipt SET transfer_ref = ? WHERE receipt = ?", (fact.reference, fact.receipt))


def _note(
    db: Folding, at: Placed, kind: str, id: str, receipt: str, new: str, symbol: str, number: int, when: str,
    reason: str, note: SubjectRef | None, refund_vnd: int, extra_vnd: int, sheets: int, second: str,
) -> None:  # fmt: skip
    db.execute(
        _INSERT,
        (
            None, id, kind, at.envelope.line, at.training, receipt, new, symbol, number, when, reason,
            note.id if note else "", refund_vnd, extra_vnd, sheets, at.envelope.actor, second, "",
        ),
    )  # fmt: skip
    cash.waits(db, at, id, kind, when, second)


def _strike(db: Folding, at: Placed, receipt: str, what: str, when: str) -> None:
    """Take the money of a living receipt out again: drawer, dossiers and the day's totals."""
    row = db.execute("SELECT total_vnd, method, training, status FROM receipt WHERE receipt = ?", (receipt,)).fetchone()
    if row is None or row[3] != "issued":
        return
    total, method, training, _ = row
    cash.moved(db, at, training, receipt, what, method, -total, when)
    shares = db.execute("SELECT dossier, share_vnd FROM receipt_dossier WHERE receipt = ?", (receipt,)).fetchall()
    for dossier, share in shares:
        db.execute("UPDATE dossier SET paid_vnd = paid_vnd - ? WHERE dossier = ?", (share, dossier))
        db.event(dossier, at, f"receipt.{what}", when, {"receipt": receipt, "total_vnd": total})
    if not at.ours:
        return
    day = when[:10]
    db.count(day, "collected_vnd", training, -total)
    db.count(day, f"collected_{method}_vnd", training, -total)
    db.count(day, "undone", training)
