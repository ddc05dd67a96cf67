"""Folds of what stands beside a feedback: where it came from, its letters' numbers, who looked at a secret sender."""

from __future__ import annotations

from desk_app.storage.folds import paper
from desk_app.storage.folds.context import Folding, Placed
from desk_app.storage.folds.feedback import note_event
from desk_app.storage.tables import conduct_apology, insert_text
from sync.protocol.voice_facts import (
    REFUSED,
    ConductApologyWritten,
    FeedbackLinked,
    FeedbackNotified,
    FeedbackTakenIn,
    SenderViewed,
)

_APOLOGY = insert_text(conduct_apology)


def taken_in(db: Folding, at: Placed, fact: FeedbackTakenIn) -> None:
    """The message leaves the inbox of every desk; what it became names its source."""
    db.execute(
        "INSERT OR IGNORE INTO feedback_origin VALUES (?, ?, ?, ?)",
        (fact.origin, fact.outcome, fact.feedback, fact.sent_at),
    )
    db.execute("DELETE FROM public_inbox WHERE id = ?", (fact.origin,))
    if fact.feedback:
        db.execute("UPDATE feedback SET sent_public_at = ? WHERE feedback = ?", (fact.sent_at, fact.feedback))
    db.count(fact.taken_at[:10], f"public_{fact.outcome}", at.training)


def linked(db: Folding, at: Placed, fact: FeedbackLinked) -> None:
    """Both sides know of one another: the first of a letter names itself."""
    db.execute("UPDATE feedback SET letter = ? WHERE feedback IN (?, ?)", (fact.origin, fact.feedback, fact.origin))
    note_event(db, at, fact.feedback, fact.linked_at, {"origin": fact.origin})


def notified(db: Folding, at: Placed, fact: FeedbackNotified) -> None:
    name = "refusal" if fact.notice == REFUSED else "extension"
    db.execute(
        f"UPDATE feedback SET {name}_symbol = ?, {name}_number = ? WHERE feedback = ?",
        (fact.symbol, fact.number, fact.feedback),
    )
    paper.due(db, at, f"feedback_{name}", fact.feedback)


def viewed(db: Folding, at: Placed, fact: SenderViewed) -> None:
    note_event(db, at, fact.feedback, fact.viewed_at, {})


def apologised(db: Folding, at: Placed, fact: ConductApologyWritten) -> None:
    db.execute(
        _APOLOGY,
        (
            None, fact.apology, at.envelope.line, at.training, fact.symbol, fact.number, fact.person.id, fact.text.id,
            fact.feedback, fact.dossier_about, fact.new_day, fact.written_at, at.envelope.actor,
        ),
    )  # fmt: skip
    if fact.feedback:
        note_event(db, at, fact.feedback, fact.written_at, {"number": fact.number, "symbol": fact.symbol})
    paper.due(db, at, "conduct_apology", fact.apology)
    db.count(fact.written_at[:10], "conduct_apology", at.training)
