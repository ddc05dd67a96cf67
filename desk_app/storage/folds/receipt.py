"""Fold of a receipt: its lines, what it pays, the day's totals. What a training line takes is no money."""

from __future__ import annotations

from desk_app.storage.folds import cash, paper
from desk_app.storage.folds.context import Folding, Placed, dump
from desk_app.storage.tables import insert_text, receipt, receipt_item
from sync.protocol.facts import ReceiptIssued

_INSERT = insert_text(receipt)
_ITEM = insert_text(receipt_item)


def issued(db: Folding, at: Placed, fact: ReceiptIssued) -> None:
    payer = db.person(fact.payer)
    training = int(at.training or fact.training)
    day = fact.issued_at[:10]
    before = db.execute("SELECT receipt FROM undo WHERE new = ? AND new <> ''", (fact.receipt,)).fetchone()
    replaces = before[0] if before else ""
    db.execute(
        _INSERT,
        (
            at.pos, fact.receipt, at.envelope.line, training, fact.form, fact.symbol, fact.series_id, fact.number,
            fact.payer.id, payer.name, payer.id_number, fact.total_vnd, fact.method, fact.issued_at, day,
            fact.series_total_vnd, fact.grant, dump(list(fact.dossiers)), at.envelope.actor, "issued", "", replaces,
            "", "", "", "", "", "", "",
        ),
    )  # fmt: skip
    for index, item in enumerate(fact.items):
        db.execute(
            _ITEM,
            (
                fact.receipt, index, item.fee, item.levy_kind, item.name, item.basis, item.quantity, item.unit_vnd,
                item.amount_vnd, item.exempt_reason, item.explanation,
            ),
        )  # fmt: skip
    _pay(db, at, fact)
    cash.moved(db, at, training, fact.receipt, "issued", fact.method, fact.total_vnd, fact.issued_at)
    if not at.ours:  # another counter's drawer and paper
        return
    granted = db.grant(fact.grant)
    kind = cash.PAPERS.get(granted.series_kind if granted else "receipt", "fee_receipt")
    if kind:
        paper.due(db, at, kind, fact.receipt)
    db.count(day, "receipts", training)
    db.count(day, "collected_vnd", training, fact.total_vnd)
    db.count(day, f"collected_{fact.method}_vnd", training, fact.total_vnd)


def pay_late(db: Folding, fact: ReceiptIssued, dossier: str) -> None:
    """A receipt of another station came before its dossier: now its share is paid, unless it was struck meanwhile."""
    db.execute(
        "UPDATE dossier SET paid_vnd = paid_vnd + coalesce((SELECT d.share_vnd FROM receipt_dossier d JOIN receipt r"
        " ON r.receipt = d.receipt WHERE d.receipt = ? AND d.dossier = ? AND r.status = 'issued'), 0)"
        " WHERE dossier = ?",
        (fact.receipt, dossier, dossier),
    )


def _pay(db: Folding, at: Placed, fact: ReceiptIssued) -> None:
    """Spread the sum over the dossiers in their order: each up to what it still owes, the rest to the last."""
    rest = fact.total_vnd
    note = {"receipt": fact.receipt, "symbol": fact.symbol, "number": fact.number, "total_vnd": fact.total_vnd}
    for dossier in fact.dossiers:
        share = rest
        if dossier != fact.dossiers[-1]:
            row = db.execute("SELECT fee_vnd, paid_vnd FROM dossier WHERE dossier = ?", (dossier,)).fetchone()
            share = min(rest, max(0, (row[0] or 0) - row[1])) if row else 0
        db.execute("INSERT OR IGNORE INTO receipt_dossier VALUES (?, ?, ?)", (dossier, fact.receipt, share))
        db.execute("UPDATE dossier SET paid_vnd = paid_vnd + ? WHERE dossier = ?", (share, dossier))
        db.event(dossier, at, fact.KIND, fact.issued_at, note)
        rest -= share
