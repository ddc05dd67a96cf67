"""Further kinds about the citizen's voice: what came by the public page, notices with a number, looks at a secret sender.

They stand beside the kinds of ``feedback_facts``: a released kind is never given another field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sync.protocol.facts import Fact, FactError
from sync.protocol.subject import SubjectRef

RECEIVED, INFORMATION, ELSEWHERE = "received", "information", "elsewhere"
REFUSED, EXTENDED = "refused", "extended"


@dataclass(frozen=True, slots=True)
class FeedbackTakenIn(Fact):
    """What somebody wrote on the public page was read at a desk, and leaves every inbox.

    ``origin``: its id at the centre; ``outcome``: received (it is in the book as ``feedback``), information (kept as
    ``feedback``, outside the book) or elsewhere (no feedback: its sender is told where to go; nothing else is kept).
    ``sent_at``: local time at which it was sent, from which the terms run.
    """

    KIND: ClassVar[str] = "feedback.taken_in"
    origin: str
    outcome: str
    feedback: str
    sent_at: str
    taken_at: str

    def __post_init__(self) -> None:
        if self.outcome not in (RECEIVED, INFORMATION, ELSEWHERE):
            raise FactError("outcome: unknown")


@dataclass(frozen=True, slots=True)
class FeedbackLinked(Fact):
    """One letter told of several matters: ``feedback`` is a further one, ``origin`` the first of the same letter."""

    KIND: ClassVar[str] = "feedback.linked"
    feedback: str
    origin: str
    linked_at: str


@dataclass(frozen=True, slots=True)
class FeedbackNotified(Fact):
    """The sender is told by a letter of its own number. ``notice``: refused (not accepted) or extended (a later day)."""

    KIND: ClassVar[str] = "feedback.notified"
    feedback: str
    notice: str
    symbol: str
    number: int
    notified_at: str
    grant: str = ""

    def __post_init__(self) -> None:
        if self.notice not in (REFUSED, EXTENDED):
            raise FactError("notice: unknown")


@dataclass(frozen=True, slots=True)
class SenderViewed(Fact):
    """The actor of the record looked at name, address and telephone of a sender who asked to stay secret."""

    KIND: ClassVar[str] = "feedback.sender_viewed"
    feedback: str
    viewed_at: str


@dataclass(frozen=True, slots=True)
class ConductApologyWritten(Fact):
    """Thư xin lỗi for a wrong refusal, a repeated supplement or behaviour (never for a late dossier).

    ``person``: to whom; ``text``: what happened, whose fault, the cause, what was corrected; ``feedback`` or ``dossier``:
    what it is about, "" = neither. ``new_day``: ISO day of a new promise, "" = none.
    """

    KIND: ClassVar[str] = "apology.conduct"
    apology: str
    symbol: str
    number: int
    person: SubjectRef
    text: SubjectRef
    written_at: str
    feedback: str = ""
    dossier_about: str = ""
    new_day: str = ""
    grant: str = ""
