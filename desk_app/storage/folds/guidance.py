"""Fold of a guidance slip: what was missing, told once."""

from __future__ import annotations

from desk_app.storage.folds import paper
from desk_app.storage.folds.context import Folding, Placed, dump
from desk_app.storage.tables import guidance, insert_text
from sync.protocol.facts import GuidanceGiven

_INSERT = insert_text(guidance)


def given(db: Folding, at: Placed, fact: GuidanceGiven) -> None:
    citizen = db.person(fact.citizen)
    body = at.envelope.body
    db.execute(
        _INSERT,
        (
            None, fact.guidance, at.envelope.line, at.training, fact.slip_code, fact.symbol, fact.number, fact.given_at,
            fact.procedure, fact.variant, fact.catalogue, dump(body["answers"]), dump(body["marks"]),
            fact.citizen.id if fact.citizen else "", citizen.name, citizen.id_number, fact.round, fact.why_again,
            fact.referred_to, at.envelope.actor,
        ),
    )  # fmt: skip
    db.use_procedure(fact.procedure)
    paper.due(db, at, _paper(fact.referred_to), fact.guidance)
    db.count(fact.given_at[:10], "guided", at.training)


def _paper(referred_to: str) -> str:
    """Which paper the citizen takes home; the catalogue's word for a refusal is ``Từ chối``."""
    if not referred_to:
        return "guidance_slip"
    return "refusal_slip" if referred_to == "Từ chối" else "referral_slip"
