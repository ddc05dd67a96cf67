"""Phản ánh, kiến nghị: what it is and is not, which conditions it must meet, the steps it goes and until when.

Law: Nghị định 20/2008/NĐ-CP (amended by 48/2013, 92/2017) Điều 5 (content), 7 (conditions), 9 (receiving, transfer in
five working days), 14 (handling), 19 (publication). A complaint (Luật Khiếu nại 2011) and a denunciation (Luật Tố cáo
2018) are not feedback; nothing that a denunciation says may be kept here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.errors import Refused
from desk_app.domain.text import clean_line, fold, words
from desk_app.domain.traffic import Light, Nearness, working_days_between

CONTENT_LIMIT: Final = 2_000
REPLY_LIMIT: Final = 4_000
NAME_LIMIT: Final = 200
SIMILAR_PERCENT: Final = 40
_SHINGLE: Final = 3


class Channel(StrEnum):
    """How it came; codes are stored, so they are never reused."""

    DIRECT = "direct"
    PHONE = "phone"
    WRITTEN = "written"
    BOX = "box"
    ELECTRONIC = "electronic"


class FeedbackClass(StrEnum):
    """What it is about. The first two are feedback by the decree; complaint and denunciation never are."""

    CONDUCT = "conduct"
    REGULATION = "regulation"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    QUESTION = "question"


class State(StrEnum):
    """Where a feedback stands."""

    RECEIVED = "received"
    CLASSIFIED = "classified"
    ANSWERING = "answering"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    PUBLISHED = "published"
    NOT_ACCEPTED = "not_accepted"
    INFORMATION = "information"


class Step(StrEnum):
    """What may be done with it."""

    CLASSIFY = "classify"
    ASSIGN = "assign"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    EXTEND = "extend"
    ANSWER = "answer"
    NOTE_REPLY = "note_reply"
    PUBLISH = "publish"


class Verdict(StrEnum):
    """The conclusion of an answer."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


CHANNEL_TEXT: Final = {
    Channel.DIRECT: "trực tiếp",
    Channel.PHONE: "điện thoại",
    Channel.WRITTEN: "văn bản/bưu chính",
    Channel.BOX: "hòm thư",
    Channel.ELECTRONIC: "điện tử",
}
CLASS_TEXT: Final = {
    FeedbackClass.CONDUCT: "về hành vi hành chính",
    FeedbackClass.REGULATION: "về quy định hành chính",
    FeedbackClass.QUESTION: "khác",
    FeedbackClass.COMPLAINT: "khiếu nại",
    FeedbackClass.DENUNCIATION: "tố cáo",
}
VERDICT_TEXT: Final = {Verdict.RIGHT: "đúng", Verdict.PARTLY: "đúng một phần", Verdict.WRONG: "không đúng"}
STATE_TEXT: Final = {
    State.RECEIVED: "Chờ phân loại",
    State.CLASSIFIED: "Đã phân loại",
    State.ANSWERING: "Đang xử lý",
    State.TRANSFERRED: "Đã chuyển",
    State.ANSWERED: "Đã trả lời",
    State.PUBLISHED: "Đã công khai",
    State.NOT_ACCEPTED: "Không tiếp nhận",
    State.INFORMATION: "Giữ làm thông tin",
}

#: The whole life of a feedback. What is not here cannot happen.
TRANSITIONS: Final[Mapping[State, Mapping[Step, State]]] = {
    State.RECEIVED: {Step.CLASSIFY: State.CLASSIFIED, Step.REFUSE: State.NOT_ACCEPTED},
    State.CLASSIFIED: {
        Step.CLASSIFY: State.CLASSIFIED,
        Step.ASSIGN: State.ANSWERING,
        Step.TRANSFER: State.TRANSFERRED,
        Step.REFUSE: State.NOT_ACCEPTED,
    },
    State.ANSWERING: {
        Step.CLASSIFY: State.CLASSIFIED,
        Step.ASSIGN: State.ANSWERING,
        Step.TRANSFER: State.TRANSFERRED,
        Step.EXTEND: State.ANSWERING,
        Step.ANSWER: State.ANSWERED,
        Step.REFUSE: State.NOT_ACCEPTED,
    },
    State.TRANSFERRED: {Step.NOTE_REPLY: State.ANSWERED},
    State.ANSWERED: {Step.PUBLISH: State.PUBLISHED},
    State.PUBLISHED: {},
    State.NOT_ACCEPTED: {},
    State.INFORMATION: {},
}
#: States in which somebody still owes the citizen something; a transferred one is followed until its reply is here.
OPEN_STATES: Final = frozenset({State.RECEIVED, State.CLASSIFIED, State.ANSWERING})

#: Classes that enter the book of feedback.
IN_BOOK: Final = frozenset({FeedbackClass.CONDUCT, FeedbackClass.REGULATION, FeedbackClass.QUESTION})


def follow(state: State, step: Step) -> State:
    """The state after ``step``. Refuses: PA-06 the step does not follow from where the feedback stands."""
    found = TRANSITIONS[state].get(step)
    if found is None:
        raise Refused("PA-06", state=STATE_TEXT[state].lower())
    return found


def missing(name: str, address: str, phone: str) -> tuple[str, ...]:
    """Which of name, address, phone the sender still owes (Nghị định 20/2008/NĐ-CP Điều 7); empty: may be received."""
    given = {"name": name, "address": address, "phone": "".join(c for c in phone if c.isdigit())}
    return tuple(key for key, value in given.items() if not value.strip())


# ---- deadlines -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedbackTerm:
    """So many working days, and the rule that says so."""

    days: int
    basis: str


@dataclass(frozen=True, slots=True)
class FeedbackTerms:
    """The terms in force; all of them are settings (law-and-forms §9.4)."""

    classify: FeedbackTerm = FeedbackTerm(2, "quy định của cơ quan")
    transfer: FeedbackTerm = FeedbackTerm(5, "điểm d khoản 1 Điều 9 Nghị định 20/2008/NĐ-CP")
    answer: FeedbackTerm = FeedbackTerm(15, "quy định của cơ quan")
    extension: FeedbackTerm = FeedbackTerm(15, "quy định của cơ quan; gia hạn một lần, có thông báo")


def terms_from(defaults: Mapping[str, object]) -> FeedbackTerms:
    """The terms as the catalogue's ``feedback_terms`` lays them over ours; what is not readable is left as it is."""
    over = defaults.get("feedback_terms")
    usual = FeedbackTerms()
    if not isinstance(over, Mapping):
        return usual

    def term(key: str, fallback: FeedbackTerm) -> FeedbackTerm:
        given = over.get(key)
        if not isinstance(given, Mapping):
            return fallback
        days, basis = given.get("days"), given.get("basis")
        fits = isinstance(days, int) and not isinstance(days, bool) and 1 <= days <= 120
        return FeedbackTerm(days, str(basis)) if fits and basis else fallback  # type: ignore[arg-type]

    return FeedbackTerms(
        term("classify", usual.classify),
        term("transfer", usual.transfer),
        term("answer", usual.answer),
        term("extension", usual.extension),
    )


def due_on(received_at: datetime, term: FeedbackTerm, calendar: WorkCalendar) -> date:
    """The last day of ``term``: the day of receipt is not counted, days off are not counted."""
    return calendar.add_working(calendar.received(received_at).date(), term.days)


def extended(answer_by: date, term: FeedbackTerm, calendar: WorkCalendar) -> date:
    """The day a complex one is answered by, counted on from the first day; only once."""
    return calendar.add_working(answer_by, term.days)


def next_due(state: State, kind: FeedbackClass | None, transfer_by: date, answer_by: date) -> date | None:
    """The day that is promised now: transfer for a regulation that is not ours, the answer for all else."""
    if state not in OPEN_STATES:
        return None
    regulation = kind is FeedbackClass.REGULATION and state is State.CLASSIFIED
    return min(transfer_by, answer_by) if regulation or state is State.RECEIVED else answer_by


def nearness(state: State, due: date | None, now: datetime, calendar: WorkCalendar, verb: str) -> Nearness:
    """The same traffic light as a dossier's; ``verb``: Trả lời or Chuyển, so that the chip names its step."""
    if state not in OPEN_STATES or due is None:
        waiting = state is State.TRANSFERRED
        return Nearness(Light.WAITING if waiting else Light.DONE, STATE_TEXT[state])
    today = now.date()
    if today > due:
        late = max(1, working_days_between(due, today, calendar))
        return Nearness(Light.OVERDUE, f"Quá hạn {late} ngày", late)
    if today == due:
        return Nearness(Light.TODAY, f"{verb} hôm nay")
    left = working_days_between(today, due, calendar)
    return Nearness(Light.TODAY if left <= 1 else Light.AHEAD, f"{verb} trước {due:%d/%m/%Y}", left)


# ---- who may handle it -----------------------------------------------------------------------------------------------


def excluded(against: Collection[str], dossier_officer: str) -> frozenset[str]:
    """Who may not handle it: whoever is complained about, and whoever took the related dossier in."""
    return frozenset(against) | ({dossier_officer} if dossier_officer else frozenset())


def require_handler(handler: str, barred: Collection[str]) -> None:
    """Refuses: PA-07 nobody is chosen, PA-08 the one chosen is concerned."""
    if not handler:
        raise Refused("PA-07")
    if handler in barred:
        raise Refused("PA-08")


# ---- text ------------------------------------------------------------------------------------------------------------


def clean_text(text: str, limit: int = CONTENT_LIMIT) -> str:
    """Several printable lines of at most ``limit`` characters together; a paste of megabytes costs no more than that."""
    lines = [clean_line(line, limit) for line in text[: 4 * limit + 64].splitlines()]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept)[:limit].strip()


def shingles(text: str) -> frozenset[str]:
    """Three words in a row, without marks and case: what two tellings of one matter have in common."""
    folded = words(text[: 2 * CONTENT_LIMIT])
    if len(folded) < _SHINGLE:
        return frozenset(folded)
    return frozenset(" ".join(folded[i : i + _SHINGLE]) for i in range(len(folded) - _SHINGLE + 1))


def likeness(one: Collection[str], other: Collection[str]) -> int:
    """How much of the shorter telling stands in the other, 0–100."""
    shorter, longer = sorted((frozenset(one), frozenset(other)), key=len)
    return 100 * len(shorter & longer) // len(shorter) if shorter else 0


def names_person(text: str, name: str, phone: str, id_number: str, address: str = "") -> bool:
    """Whether a text that is to be published still shows who asked."""
    folded = f" {' '.join(words(text))} "
    digits = "".join(c for c in text if c.isdigit())
    numbers = ["".join(c for c in number if c.isdigit()) for number in (phone, id_number)]
    if any(len(number) >= 8 and number in digits for number in numbers):
        return True
    return any(len(part) > 1 and f" {' '.join(words(part))} " in folded for part in (name, address) if fold(part))
