"""Which numbers of a grant a fact uses, and how far every grant is used: the only memory of "the next number".

Uses: a receipt and a guidance slip name one grant; a dossier names the grants of its code, slip and register entry; a
settled dossier names that of its certification book. So the next number is right after every rebuild.
"""

from __future__ import annotations

from typing import NamedTuple

from desk_app.storage.folds.context import Folding, Grant, Placed
from sync.protocol.dossier_facts import (
    ApologyMade,
    DossierCorrected,
    DossierRefused,
    DossierStopped,
    SupplementRequested,
)
from sync.protocol.facts import DossierReceived, DossierSettled, Fact, GuidanceGiven, ReceiptIssued
from sync.protocol.feedback_facts import FeedbackAnswered, FeedbackReceived, FeedbackTransferred
from sync.protocol.money_facts import ReceiptErrorNoted, ReceiptVoided
from sync.protocol.voice_facts import ConductApologyWritten, FeedbackNotified


class Use(NamedTuple):
    """One number of one grant, used in the period of ``day``."""

    granted: Grant
    number: int
    day: str
    amount_vnd: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.granted.grant, period_key(self.granted.period, self.day)


def period_key(period: str, day: str) -> str:
    """Where numbers start again: the day, its year, or never ("")."""
    return {"day": day[:10], "year": day[:4]}.get(period, "")


def uses(db: Folding, fact: Fact) -> list[Use]:
    """Every number that ``fact`` uses up, in the order of its grants."""
    match fact:
        case ReceiptIssued():
            return _one(db, fact.grant, fact.number, fact.issued_at, fact.total_vnd)
        case GuidanceGiven():
            return _one(db, fact.grant, fact.number, fact.given_at)
        case ReceiptErrorNoted():
            return _one(db, fact.grant, fact.number, fact.noted_at)
        case ReceiptVoided():
            return _one(db, fact.grant, fact.number, fact.voided_at)
        case DossierReceived():
            found: list[Use] = []
            for grant in fact.grants:
                found += _one(db, grant, fact, fact.received_at)
            return found
        case DossierSettled(certification_no=number) if number:
            return _one(db, fact.grant, number, fact.settled_at)
        case FeedbackReceived():
            return _one(db, fact.grant, fact.number, fact.received_at)
        case FeedbackTransferred():
            slip = _one(db, fact.grant, fact.number, fact.transferred_at)
            return slip + _one(db, fact.notice_grant, fact.notice_number, fact.transferred_at)
        case FeedbackAnswered(number=number) if number:
            return _one(db, fact.grant, number, fact.answered_at)
        case FeedbackNotified():
            return _one(db, fact.grant, fact.number, fact.notified_at)
        case ConductApologyWritten():
            return _one(db, fact.grant, fact.number, fact.written_at)
        case SupplementRequested():
            return _one(db, fact.grant, fact.number, fact.asked_at)
        case DossierRefused():
            return _one(db, fact.grant, fact.number, fact.refused_at)
        case DossierStopped():
            return _one(db, fact.grant, fact.number, fact.stopped_at)
        case ApologyMade():
            return _one(db, fact.grant, fact.number, fact.made_at)
        case DossierCorrected():
            return _one(db, fact.grant, fact.number, fact.corrected_at)
    return []


def use_numbers(db: Folding, at: Placed, fact: Fact) -> None:
    """Note the numbers of ``fact`` as used."""
    for use in uses(db, fact):
        db.use(use.key, use.number, at.envelope.seq, use.amount_vnd)


def serial_of_code(code: str) -> int:
    """The serial at the end of a dossier code (XXXX of Thông tư 01/2018 Điều 19); 0 when there is none."""
    tail = code.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0


def _one(db: Folding, grant: str, number: int | DossierReceived, when: str, amount_vnd: int = 0) -> list[Use]:
    granted = db.grant(grant)
    if granted is None:
        return []
    if isinstance(number, DossierReceived):
        by_kind = {
            "dossier": serial_of_code(number.code),
            "register": number.entry_no,
            "acceptance_slip": number.number,
        }
        number = by_kind.get(granted.series_kind, 0)
    return [Use(granted, number, when[:10], amount_vnd)] if number else []
