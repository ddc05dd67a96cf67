"""Fold of the day receipt: which days the centre confirmed, and up to which record."""

from __future__ import annotations

from desk_app.storage.folds import paper
from desk_app.storage.folds.context import Folding, Placed, dump
from desk_app.storage.tables import day_match, insert_text
from sync.protocol.sync_facts import DayMatched

_INSERT = insert_text(day_match)


def matched(db: Folding, at: Placed, fact: DayMatched) -> None:
    body = at.envelope.body
    db.execute(
        _INSERT,
        (
            at.pos, fact.match, at.envelope.line, fact.day, fact.matched_at, int(fact.equal), fact.records,
            fact.receipts, fact.collected_vnd, fact.differences, fact.answer_sha256, dump(body["through"]),
        ),
    )  # fmt: skip
    paper.due(db, at, "day_match", fact.match)
