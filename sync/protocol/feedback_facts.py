"""Kinds of feedback (phản ánh, kiến nghị) and of anonymous surveys.

What a citizen said, who he is and what was answered stand in subjects; a denunciation has no kind at all. An answer to a
survey is released on a line of its own (kind ``survey``): no actor, no dossier, the day of its group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sync.protocol.facts import Answer, Fact, FactError
from sync.protocol.subject import SubjectRef


@dataclass(frozen=True, slots=True)
class CitedBasis:
    """A legal basis as it was cited. ``dated``: ISO day, "" = not known."""

    instrument: str
    number: str
    article: str
    clause: str = ""
    point: str = ""
    title: str = ""
    issuer: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class ScanKept:
    """A picture or PDF that belongs to a fact, named by its SHA-256 (64 hexadecimal digits)."""

    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class FeedbackReceived(Fact):
    """Feedback was entered in the book (Nghị định 20/2008/NĐ-CP Điều 9) and a slip promised.

    ``person``: name, address, phone; ``text``: what was said, word for word. ``secret``: who asked is shown only to
    whoever handles it. ``against``: ids of officers complained about, who may not handle it. Days are ISO days.
    """

    KIND: ClassVar[str] = "feedback.received"
    feedback: str
    code: str
    slip_code: str
    symbol: str
    number: int
    channel: str
    person: SubjectRef
    text: SubjectRef
    secret: bool
    received_at: str
    transfer_by: str
    answer_by: str
    calendar: str
    dossier: str = ""
    procedure: str = ""
    against: tuple[str, ...] = ()
    scans: tuple[ScanKept, ...] = ()
    sheets: int = 0
    read_back: bool = False
    grant: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackClassified(Fact):
    """What it is about. ``feedback_class``: conduct, regulation or question. Again = changed."""

    KIND: ClassVar[str] = "feedback.classified"
    feedback: str
    feedback_class: str
    classified_at: str


@dataclass(frozen=True, slots=True)
class FeedbackAssigned(Fact):
    """An officer was charged with it (giao xử lý); never one who is concerned."""

    KIND: ClassVar[str] = "feedback.assigned"
    feedback: str
    handler: str
    assigned_at: str


@dataclass(frozen=True, slots=True)
class FeedbackTransferred(Fact):
    """It went to the body that may decide, and the citizen was told (five working days)."""

    KIND: ClassVar[str] = "feedback.transferred"
    feedback: str
    symbol: str
    number: int
    to_agency: str
    basis: tuple[CitedBasis, ...]
    transferred_at: str
    grant: str = ""
    notice_symbol: str = ""
    notice_number: int = 0
    notice_grant: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackExtended(Fact):
    """A complex one gets a later day, once; ``reason`` names no person."""

    KIND: ClassVar[str] = "feedback.extended"
    feedback: str
    answer_by: str
    reason: str
    extended_at: str


@dataclass(frozen=True, slots=True)
class FeedbackAnswered(Fact):
    """The answer: conclusion, legal basis, words. ``spoken``: a question answered at the desk, without a letter.

    ``verdict``: right, partly, wrong; "" only for a question. ``text``: findings, what was done, apology.
    ``by_agency``: the body it was transferred to, when that one answered.
    """

    KIND: ClassVar[str] = "feedback.answered"
    feedback: str
    verdict: str
    basis: tuple[CitedBasis, ...]
    text: SubjectRef | None
    answered_at: str
    symbol: str = ""
    number: int = 0
    grant: str = ""
    at_fault: bool = False
    spoken: bool = False
    by_agency: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackRefused(Fact):
    """Not accepted (không tiếp nhận): which condition is missing or why it is none, and where to go instead."""

    KIND: ClassVar[str] = "feedback.refused"
    feedback: str
    reason: str
    refer_to: str
    refused_at: str
    basis: tuple[CitedBasis, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedbackPublished(Fact):
    """The result was made public (Điều 19) in words that show nobody. ``where``: board, website, letter."""

    KIND: ClassVar[str] = "feedback.published"
    feedback: str
    where: tuple[str, ...]
    text: SubjectRef
    published_at: str


@dataclass(frozen=True, slots=True)
class FeedbackKeptAsInformation(Fact):
    """Something without name, address or phone: no feedback by Điều 7, kept so that nothing serious is lost."""

    KIND: ClassVar[str] = "feedback.kept_as_information"
    feedback: str
    channel: str
    text: SubjectRef
    person: SubjectRef | None
    missing: tuple[str, ...]
    received_at: str


@dataclass(frozen=True, slots=True)
class FeedbackReferred(Fact):
    """A complaint or a denunciation was told where it belongs; nothing of it is kept. ``day``: ISO day.

    ``sealed``: a paper was handed over sealed to the head.
    """

    KIND: ClassVar[str] = "feedback.referred"
    referral: str
    feedback_class: str
    refer_to: str
    day: str
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class SurveyReleased(Fact):
    """One anonymous answer, released with at least four others of the same group and the same ``day``.

    ``score`` 1–5, 0 = not given. ``field`` and ``procedure`` only when at least five of the group share them.
    ``opinion``: free words, to be read before anything of them is published.
    """

    KIND: ClassVar[str] = "survey.released"
    form: str
    day: str
    score: int
    answers: Mapping[str, Answer]
    field: str = ""
    procedure: str = ""
    on_paper: bool = False
    opinion: SubjectRef | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 5:
            raise FactError("score: not 0 to 5")
