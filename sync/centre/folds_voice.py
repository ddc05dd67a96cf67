"""Records → what the pages read of feedback and surveys. The rules of ``folds`` hold: the order of lines changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sync.centre.reading import Reading
from sync.protocol.facts import Fact
from sync.protocol.feedback_facts import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackExtended,
    FeedbackKeptAsInformation,
    FeedbackPublished,
    FeedbackReceived,
    FeedbackRefused,
    FeedbackTransferred,
    SurveyReleased,
)
from sync.protocol.voice_facts import FeedbackTakenIn

TABLES = ("feedback", "survey_answer")
MOST_ANSWERS = 8_192  # bytes of the answers of one form

_INTO = (
    "INSERT INTO feedback AS f (unit, feedback, {names}) VALUES ({places}) ON CONFLICT (unit, feedback) DO UPDATE SET "
)


def _upsert(*names: str, newest: str = "") -> str:
    """Sets ``names``; with ``newest`` only by a fact that is not older than what stands there."""
    into = _INTO.format(names=", ".join(names), places=", ".join(["%s"] * (2 + len(names))))
    sets = ", ".join(f"{name} = excluded.{name}" for name in names)
    return into + sets + (f" WHERE f.{newest} IS NULL OR f.{newest} <= excluded.{newest}" if newest else "")


_RECEIVED = _upsert("code", "slip_code", "channel", "text_id", "received_at", "transfer_by", "answer_by")
_INFORMATION = _upsert("channel", "received_at", "information_at")
_CLASSED = _upsert("class", "class_at", newest="class_at")
_EXTENDED = _upsert("extended_to")
_SENT = _upsert("to_agency", "transferred_at", newest="transferred_at")
_ANSWERED = _upsert("answered_at", newest="answered_at")
_REFUSED = _upsert("refused_at", newest="refused_at")
_PUBLISHED = _upsert("publication", "published_at", newest="published_at")
_SURVEY = (
    "INSERT INTO survey_answer (unit, station, line, seq, form, day, score, answers)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
#: What a person wrote on the public page is wiped here as soon as a desk has it; the first desk's outcome holds.
_TAKEN = (
    "WITH v (unit, feedback, outcome, taken_as, at) AS"
    " (SELECT %s::text, %s::uuid, %s::text, %s::text, %s::timestamptz)"
    " UPDATE public_feedback p SET taken_at = v.at, outcome = v.outcome, taken_as = v.taken_as, name = '',"
    " contact = '', email = '', address = '', content = '' FROM v"
    " WHERE p.unit = v.unit AND p.feedback = v.feedback AND p.taken_at IS NULL"
)
ORDER = (
    _RECEIVED, _INFORMATION, _CLASSED, _EXTENDED, _SENT, _ANSWERED, _REFUSED, _PUBLISHED, _SURVEY, _TAKEN,
)  # fmt: skip


def put_voice(
    put: Callable[..., None], unit: str, station: object, line: int, reading: Reading, fact: Fact
) -> bool:  # fmt: skip
    """The rows of one record; False when it is about something else."""
    match fact:
        case FeedbackReceived():
            put(_RECEIVED, unit, word(fact.feedback), word(fact.code), word(fact.slip_code), word(fact.channel),
                word(fact.text.id), moment(fact.received_at), day(fact.transfer_by), day(fact.answer_by))  # fmt: skip
        case FeedbackKeptAsInformation():
            at = moment(fact.received_at)
            put(_INFORMATION, unit, word(fact.feedback), word(fact.channel), at, at)
        case FeedbackClassified():
            put(_CLASSED, unit, word(fact.feedback), word(fact.feedback_class), moment(fact.classified_at))
        case FeedbackExtended():
            put(_EXTENDED, unit, word(fact.feedback), day(fact.answer_by))
        case FeedbackTransferred():
            put(_SENT, unit, word(fact.feedback), word(fact.to_agency), moment(fact.transferred_at))
        case FeedbackAnswered():
            put(_ANSWERED, unit, word(fact.feedback), moment(fact.answered_at))
        case FeedbackRefused():
            put(_REFUSED, unit, word(fact.feedback), moment(fact.refused_at))
        case FeedbackPublished():
            put(_PUBLISHED, unit, word(fact.feedback), word(fact.text.id), moment(fact.published_at))
        case SurveyReleased():
            told = json.dumps(dict(fact.answers), ensure_ascii=False).replace("\\u0000", "")
            if (on := day(fact.day)) is not None and len(told) <= MOST_ANSWERS:
                put(_SURVEY, unit, station, line, reading.sealed.seq, word(fact.form), on, fact.score, told)
        case FeedbackTakenIn():
            try:
                origin = UUID(fact.origin)
            except ValueError:
                return True
            put(_TAKEN, unit, origin, word(fact.outcome), word(fact.feedback), reading.at)
        case _:
            return False
    return True


def word(text: str) -> str:
    """What PostgreSQL takes, never longer than a line."""
    return text.replace("\0", "")[:120]


def moment(local: str) -> datetime | None:
    """A local time or day without offset; None for what is none."""
    try:
        at = datetime.fromisoformat(local)
    except ValueError:
        return None
    return at if at.tzinfo is None else None


def day(iso: str) -> date | None:
    """A day; None for what is none."""
    found = moment(iso)
    return found.date() if found else None
