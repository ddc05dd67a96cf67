"""Folds of feedback: one row that says where it stands, one event for each step. A secret sender's name is never folded.

The promised day (``due_key``) is empty as soon as nobody owes the citizen anything; days come from the facts, the states
from ``domain.feedback``'s machine, which had its say before the fact was sealed.
"""

from __future__ import annotations

from typing import Any

from desk_app.storage.folds import paper
from desk_app.storage.folds.context import Folding, Placed, dump
from desk_app.storage.tables import feedback, insert_text
from sync.protocol.feedback_facts import (
    CitedBasis,
    FeedbackAnswered,
    FeedbackAssigned,
    FeedbackClassified,
    FeedbackExtended,
    FeedbackKeptAsInformation,
    FeedbackPublished,
    FeedbackReceived,
    FeedbackReferred,
    FeedbackRefused,
    FeedbackTransferred,
)

_INSERT = insert_text(feedback)
_NUMBERS = (
    "number", "secret", "sheets", "read_back", "extended", "sent_number", "notice_number", "reply_number",
    "refusal_number", "extension_number",
)  # fmt: skip
_COLUMNS = tuple(column.name for column in feedback.columns)


def _insert(db: Folding, at: Placed, **values: Any) -> None:
    numbers = {"n": None, "against": "[]", "scans": "[]", "basis": "[]", "missing": "[]"} | dict.fromkeys(_NUMBERS, 0)
    row = {**dict.fromkeys(_COLUMNS, ""), **numbers, **values}
    row.update(line=at.envelope.line, training=at.training, officer=at.envelope.actor)
    db.execute(_INSERT, tuple(row[name] for name in _COLUMNS))


def _update(db: Folding, at: Placed, feedback_id: str, when: str, note: dict[str, Any], **values: Any) -> None:
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE feedback SET {names} WHERE feedback = ?", (*values.values(), feedback_id))
    note_event(db, at, feedback_id, when, note)


def note_event(db: Folding, at: Placed, feedback_id: str, when: str, note: dict[str, Any]) -> None:
    """One more step of its way."""
    db.execute(
        "INSERT OR IGNORE INTO feedback_event VALUES (?, ?, ?, ?, ?, ?)",
        (feedback_id, at.pos, when, at.envelope.kind, at.envelope.actor, dump(note)),
    )


def received(db: Folding, at: Placed, fact: FeedbackReceived) -> None:
    body = at.envelope.body
    _insert(
        db,
        at,
        feedback=fact.feedback,
        code=fact.code,
        slip_code=fact.slip_code,
        symbol=fact.symbol,
        number=fact.number,
        channel=fact.channel,
        person=fact.person.id,
        name="" if fact.secret else db.person(fact.person).name,
        text=fact.text.id,
        secret=int(fact.secret),
        dossier=fact.dossier,
        procedure=fact.procedure,
        against=dump(body.get("against", [])),
        scans=dump(body.get("scans", [])),
        sheets=fact.sheets,
        read_back=int(fact.read_back),
        received_at=fact.received_at,
        transfer_by=fact.transfer_by,
        answer_by=fact.answer_by,
        due_key=min(fact.transfer_by, fact.answer_by),
        state="received",
    )
    note_event(db, at, fact.feedback, fact.received_at, {"channel": fact.channel})
    paper.due(db, at, "feedback_slip", fact.feedback)
    db.count(fact.received_at[:10], "feedback", at.training)


def classified(db: Folding, at: Placed, fact: FeedbackClassified) -> None:
    due = "min(transfer_by, answer_by)" if fact.feedback_class == "regulation" else "answer_by"
    db.execute(f"UPDATE feedback SET due_key = {due} WHERE feedback = ?", (fact.feedback,))
    note = {"class": fact.feedback_class}
    _update(
        db,
        at,
        fact.feedback,
        fact.classified_at,
        note,
        **{"class": fact.feedback_class},
        state="classified",
        handler="",
    )


def assigned(db: Folding, at: Placed, fact: FeedbackAssigned) -> None:
    db.execute("UPDATE feedback SET due_key = answer_by WHERE feedback = ?", (fact.feedback,))
    note = {"handler": fact.handler}
    _update(db, at, fact.feedback, fact.assigned_at, note, handler=fact.handler, state="answering")


def transferred(db: Folding, at: Placed, fact: FeedbackTransferred) -> None:
    _update(
        db,
        at,
        fact.feedback,
        fact.transferred_at,
        {"to": fact.to_agency},
        state="transferred",
        refer_to=fact.to_agency,
        sent_at=fact.transferred_at,
        sent_symbol=fact.symbol,
        sent_number=fact.number,
        notice_symbol=fact.notice_symbol,
        notice_number=fact.notice_number,
        basis=_basis(fact.basis),
        due_key="",
    )
    paper.due(db, at, "feedback_transfer", fact.feedback)
    paper.due(db, at, "feedback_notice", fact.feedback)


def extended(db: Folding, at: Placed, fact: FeedbackExtended) -> None:
    was = db.execute("SELECT answer_by FROM feedback WHERE feedback = ?", (fact.feedback,)).fetchone()
    note = {"answer_by": fact.answer_by, "reason": fact.reason, "was": was[0] if was else ""}
    _update(db, at, fact.feedback, fact.extended_at, note, answer_by=fact.answer_by, due_key=fact.answer_by, extended=1)


def answered(db: Folding, at: Placed, fact: FeedbackAnswered) -> None:
    _update(
        db,
        at,
        fact.feedback,
        fact.answered_at,
        {"verdict": fact.verdict, "spoken": fact.spoken, "by": fact.by_agency},
        state="answered",
        verdict=fact.verdict,
        basis=_basis(fact.basis),
        reply=fact.text.id if fact.text else "",
        reply_symbol=fact.symbol,
        reply_number=fact.number,
        closed_at=fact.answered_at,
        due_key="",
    )
    if fact.number:
        paper.due(db, at, "feedback_reply", fact.feedback)


def refused(db: Folding, at: Placed, fact: FeedbackRefused) -> None:
    note = {"reason": fact.reason, "to": fact.refer_to}
    _update(
        db,
        at,
        fact.feedback,
        fact.refused_at,
        note,
        state="not_accepted",
        refer_to=fact.refer_to,
        basis=_basis(fact.basis),
        closed_at=fact.refused_at,
        due_key="",
    )


def published(db: Folding, at: Placed, fact: FeedbackPublished) -> None:
    _update(
        db,
        at,
        fact.feedback,
        fact.published_at,
        {"where": list(fact.where)},
        state="published",
        published_at=fact.published_at,
        publication=fact.text.id,
    )


def kept_as_information(db: Folding, at: Placed, fact: FeedbackKeptAsInformation) -> None:
    _insert(
        db,
        at,
        feedback=fact.feedback,
        channel=fact.channel,
        person=fact.person.id if fact.person else "",
        name=db.person(fact.person).name,
        text=fact.text.id,
        received_at=fact.received_at,
        closed_at=fact.received_at,
        state="information",
        missing=dump(list(fact.missing)),
    )
    note_event(db, at, fact.feedback, fact.received_at, {"missing": list(fact.missing)})


def referred(db: Folding, at: Placed, fact: FeedbackReferred) -> None:
    """Only a number for the day: no row, so that nothing can be looked up."""
    db.count(fact.day, f"referred_{fact.feedback_class}", at.training)
    paper.due(db, at, "feedback_referral", f"{fact.feedback_class}.{fact.referral}")


def _basis(basis: tuple[CitedBasis, ...]) -> str:
    names = ("instrument", "number", "article", "clause", "point", "title", "issuer", "dated")
    return dump([{name: getattr(one, name) for name in names} for one in basis])
