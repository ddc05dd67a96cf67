"""The desk's half of the day receipt: ask for a day once everything is sent, keep the centre's signed word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sync.desk.client import CentreClient
from sync.desk.ports import Identity, LineState, Signer
from sync.desk.trouble import Kind, Trouble
from sync.protocol.daymatch import DayAnswer, DayRequest
from sync.protocol.messages import encode
from sync.protocol.sign import DAY


class DayBook(Protocol):
    """What the desk counted, and where the answer is kept. Each method is durable when it returns."""

    def days_wanted(self) -> tuple[str, ...]:
        """Days somebody closed and the centre has not answered for, oldest first (``2026-11-25``)."""

    def day_request(self, day: str) -> DayRequest | None:
        """The count of ``day``'s records of all lines up to now; None before enrolment."""

    def keep_day(self, request: DayRequest, answer: DayAnswer, raw: bytes) -> None:
        """Keep the signed answer and seal what it says; the same one twice is kept once."""


class DayMatcher:
    """A step of the runner after everything was sent."""

    def __init__(self, book: DayBook, signer: Signer) -> None:
        self._book, self._signer = book, signer

    def __call__(
        self, client: CentreClient, who: Identity, line: LineState, ending: Callable[[], bool]
    ) -> Trouble | None:
        for day in self._book.days_wanted():
            if ending():
                return None
            request = self._book.day_request(day)
            if request is None:
                return None
            body = encode(request)
            reply = client.day(who, line.line, body, self._signer.sign(line.line, DAY, body))
            if isinstance(reply, Trouble):
                return reply
            trouble = keep_answer(self._book, request, *reply)
            if trouble is not None:
                return trouble
        return None


def keep_answer(book: DayBook, request: DayRequest, answer: DayAnswer, raw: bytes) -> Trouble | None:
    """Keep an answer that is about this request and does not contradict itself, however it came."""
    fits = (answer.match, answer.day) == (request.match, request.day) and answer.equal == (not answer.differs)
    asked = {line.line: (line.first, line.last) for line in request.lines}
    if answer.equal:
        fits = fits and answer.lines == request.lines
    fits = fits and all(asked.get(line.line) == (line.first, line.last) for line in answer.lines)
    if not fits:
        return Trouble(Kind.STRANGER, "DB-05", "a day receipt that does not fit")
    book.keep_day(request, answer, raw)
    return None
