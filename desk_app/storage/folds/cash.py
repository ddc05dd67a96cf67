"""Folds of the drawer: money that came and went, closings, what waits for a second person, tax data, remittances.

Every move of money stands once in ``cash_move`` and is taken into exactly one closing: the one whose day has come.
"""

from __future__ import annotations

from datetime import date, timedelta

from desk_app.storage.folds import paper
from desk_app.storage.folds.context import Folding, Placed, dump
from desk_app.storage.tables import cash_move, day_close, insert_text, remittance, tax_data
from sync.protocol.money_facts import DayClosed, RemittanceMade, SecondConfirmed, TaxDataMade

_MOVE = insert_text(cash_move)
_CLOSE = insert_text(day_close)
_TAX = insert_text(tax_data)
_REMIT = insert_text(remittance)


def moved(
    db: Folding, at: Placed, training: int, receipt: str, what: str, method: str, amount_vnd: int, when: str
) -> None:
    """Note money; what comes after the closing of its day counts for the day after (the next working day's book)."""
    line, day = at.envelope.line, when[:10]
    row = db.execute("SELECT max(day) FROM day_close WHERE line = ? AND ends_day = 1", (line,)).fetchone()
    if row[0] and row[0] >= day:
        day = (date.fromisoformat(row[0]) + timedelta(days=1)).isoformat()
    db.execute(
        _MOVE,
        (
            None, line, training, at.envelope.seq, receipt, what, method, amount_vnd, when, day, at.envelope.actor, "",
        ),
    )  # fmt: skip


#: The paper a receipt gets by the kind of its series; a pre-printed or hand-written booklet is its own paper.
PAPERS = {"receipt": "fee_receipt", "receipt_paper": "paper_receipt", "receipt_book": ""}


def closed(db: Folding, at: Placed, fact: DayClosed) -> None:
    line = at.envelope.line
    db.execute(
        _CLOSE,
        (
            None, fact.closing, line, at.training, fact.day, fact.shift, fact.closed_at, int(fact.ends_day),
            dump(at.envelope.body), fact.cash_vnd, fact.transfer_vnd, fact.difference_vnd, fact.through_seq,
            at.envelope.actor, fact.second,
        ),
    )  # fmt: skip
    db.execute(
        "UPDATE cash_move SET closing = ? WHERE line = ? AND closing = '' AND account_day <= ? AND seq <= ?",
        (fact.closing, line, fact.day, fact.through_seq),
    )
    waits(db, at, fact.closing, "closing", fact.closed_at, fact.second)
    paper.due(db, at, "day_close", fact.closing)
    db.count(fact.day, "closed", at.training)


def waits(db: Folding, at: Placed, task: str, what: str, when: str, second: str) -> None:
    """Note what was done alone, until the head confirms it."""
    if not second and at.ours:
        db.execute(
            "INSERT OR IGNORE INTO waiting_second VALUES (?, ?, ?, ?, ?)",
            (task, what, when, at.envelope.actor, at.training),
        )


def confirmed(db: Folding, _at: Placed, fact: SecondConfirmed) -> None:
    db.execute("DELETE FROM waiting_second WHERE task = ?", (fact.task,))
    db.execute("UPDATE undo SET second = ? WHERE undo = ? AND second = ''", (fact.officer, fact.task))
    db.execute("UPDATE day_close SET second = ? WHERE closing = ? AND second = ''", (fact.officer, fact.task))


def tax_data_made(db: Folding, at: Placed, fact: TaxDataMade) -> None:
    db.execute(
        _TAX,
        (
            fact.data, fact.day, fact.made_at, len(fact.rows), fact.sha256, int(fact.late), fact.reason, at.training,
        ),
    )  # fmt: skip
    for row in fact.rows:
        db.execute("UPDATE receipt SET tax_data = ? WHERE receipt = ? AND tax_data = ''", (fact.data, row))
        db.execute("UPDATE undo SET tax_data = ? WHERE undo = ? AND tax_data = ''", (fact.data, row))


def remitted(db: Folding, at: Placed, fact: RemittanceMade) -> None:
    db.execute(
        _REMIT,
        (
            fact.remittance, fact.month, fact.remitted_at, fact.amount_vnd, fact.collected_vnd, fact.balance_vnd,
            fact.account, fact.reference, at.envelope.actor, at.training,
        ),
    )  # fmt: skip
    paper.due(db, at, "remittance_slip", fact.remittance)
