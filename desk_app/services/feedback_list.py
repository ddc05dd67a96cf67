"""The list of feedback as the screen shows it: what is in the book, and what waits from the public page, in one table.

What was sent by the public page is owed from the moment it was sent; until a desk takes it in it stands in front of the
list, with the day by which it must be classified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk_app.domain import feedback as rules
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import Channel, State
from desk_app.domain.feedback_form import FeedbackForm
from desk_app.domain.text import clean_line, fold
from desk_app.domain.traffic import Nearness
from desk_app.services import feedback_view
from desk_app.services.desk import Desk
from desk_app.storage.queries import voice
from desk_app.storage.queries.voice import PublicMessage

PUBLIC = "public"
FROM_PUBLIC = "từ trang công khai"
_WITH_PUBLIC = ("open", "overdue", PUBLIC, "all")


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A line of the list. ``public``: a message that no desk has taken in; ``at``: local stamp of receipt or sending."""

    id: str
    public: bool
    code: str
    name: str
    feedback_class: str
    at: str
    near: Nearness

    def __repr__(self) -> str:
        return f"Line({self.code}, hidden)"


def lines(desk: Desk, filter: str, text: str) -> tuple[Line, ...]:
    """Everything under a filter, messages of the public page first; ``text``: part of a code or name."""
    booked = () if filter == PUBLIC else feedback_view.find(desk, filter, text)
    known = tuple(Line(x.row.feedback, False, x.row.code or "không vào sổ", x.name, x.row.feedback_class,
                       x.row.received_at, x.near) for x in booked)  # fmt: skip
    waiting = _waiting(desk, filter, fold(text)) if filter in _WITH_PUBLIC else ()
    return (*waiting, *known)


def counts(desk: Desk) -> Mapping[str, int]:
    """How many stand under each filter; what waits from the public page is open too."""
    found = dict(feedback_view.counts(desk))
    with desk.store.read() as tx:
        found[PUBLIC] = voice.count_messages(tx)
    late = len(_waiting(desk, "overdue", ""))
    for filter_, more in (("open", found[PUBLIC]), ("all", found[PUBLIC]), ("overdue", late)):
        found[filter_] += more
    return found


def form_of(desk: Desk, message: str) -> FeedbackForm:
    """The form of a message, ready to be read and classified. Refuses PA-40: another desk has taken it in."""
    with desk.store.read() as tx:
        found = voice.message(tx, message)
    if found is None:
        raise Refused("PA-40")
    return FeedbackForm(
        id=desk.ids.uuid7(),
        channel=Channel.ELECTRONIC,
        name=clean_line(found.name, rules.NAME_LIMIT),
        address=clean_line(found.address, rules.NAME_LIMIT),
        phone=clean_line(found.phone, 30),
        email=clean_line(found.email, 120),
        secret=found.secret,
        content=rules.clean_text(found.content),
        origin=found.id,
        sent_at=found.sent_at,
    )


def _waiting(desk: Desk, filter: str, key: str) -> tuple[Line, ...]:
    with desk.store.read() as tx:
        found = voice.messages(tx)
    kept = (_line(desk, message) for message in found)
    late = filter == "overdue"
    return tuple(
        line
        for line in kept
        if (not late or line.near.light.value == "overdue")
        and (not key or key in fold(line.code) or key in fold(line.name))
    )


def _line(desk: Desk, message: PublicMessage) -> Line:
    terms, calendar = rules.terms_from(desk.catalogue.defaults), desk.catalogue.calendar
    due = rules.due_on(datetime.fromisoformat(message.sent_at), terms.classify, calendar)
    near = rules.nearness(State.RECEIVED, due, desk.now(), calendar, "Phân loại")
    name = feedback_view.SECRET if message.secret else clean_line(message.name, rules.NAME_LIMIT)
    return Line(message.id, True, FROM_PUBLIC, name or "(không ghi tên)", "", message.sent_at, near)
