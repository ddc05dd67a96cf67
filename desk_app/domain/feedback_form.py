"""What is typed while somebody speaks: a frozen form, and what F9 would do with it now.

The form of a denunciation is never written anywhere: ``may_keep`` is false until the officer has said what it is, so
no draft of it can lie on the disk or in a backup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from desk_app.domain.feedback import (
    IN_BOOK,
    NAME_LIMIT,
    Channel,
    FeedbackClass,
    clean_text,
    missing,
)
from desk_app.domain.person import Person
from desk_app.domain.text import clean_line


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture or PDF kept already: SHA-256, bytes, media type."""

    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True, repr=False)
class FeedbackForm:
    """``against``: officers complained about (ids); ``about``: the same in words; ``sheets``: papers handed in.

    ``origin``: the message of the public page it was made from, sent at ``sent_at`` (local stamp); ``letter``: the first
    feedback of the letter that it is a further matter of; "" = none.
    """

    id: str
    channel: Channel = Channel.DIRECT
    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    secret: bool = False
    content: str = ""
    about: str = ""
    against: tuple[str, ...] = ()
    dossier: str = ""
    dossier_code: str = ""
    procedure: str = ""
    dossier_officer: str = ""
    sheets: int = 0
    scans: tuple[Scan, ...] = ()
    feedback_class: FeedbackClass | None = None
    handler: str = ""
    read_back: bool = False
    origin: str = ""
    sent_at: str = ""
    letter: str = ""

    def __repr__(self) -> str:
        return f"<FeedbackForm {self.id}, hidden>"

    @property
    def is_blank(self) -> bool:
        return not (self.name or self.address or self.phone or self.content or self.feedback_class or self.scans)

    @property
    def may_keep(self) -> bool:
        """Whether a draft may be written: only when it is known to be something else than a denunciation."""
        return self.feedback_class is not None and self.feedback_class is not FeedbackClass.DENUNCIATION

    @property
    def barred(self) -> frozenset[str]:
        """Officers who may not handle it."""
        return frozenset(self.against) | ({self.dossier_officer} if self.dossier_officer else frozenset())

    def cleaned(self) -> FeedbackForm:
        """The form as it may be sealed: printable, bounded lines."""
        line = clean_line
        return replace(
            self,
            name=line(self.name, NAME_LIMIT),
            address=line(self.address, NAME_LIMIT),
            phone=line(self.phone, 30),
            email=line(self.email, 120),
            id_number=line(self.id_number, 20),
            about=line(self.about, NAME_LIMIT),
            content=clean_text(self.content),
            sheets=max(0, min(self.sheets, 999)),
        )

    def without_words(self) -> FeedbackForm:
        """An empty form under the same id: what is left when it was a denunciation."""
        return FeedbackForm(self.id)

    def further(self, id: str, letter: str) -> FeedbackForm:
        """The empty form of a further matter of the same letter: sender, way and scans stay."""
        return FeedbackForm(
            id=id, channel=self.channel, name=self.name, address=self.address, phone=self.phone, email=self.email,
            id_number=self.id_number, secret=self.secret, scans=self.scans, letter=letter,
        )  # fmt: skip

    def person(self) -> Person:
        id_kind = "cccd" if self.id_number else "none"
        return Person(
            name=self.name,
            id_kind=id_kind,  # type: ignore[arg-type]
            id_number=self.id_number,
            residence=self.address,
            phone=self.phone,
            email=self.email,
        )


class Do(Enum):
    """What F9 does."""

    WRITE = "write"  # nothing is written down yet
    CLASSIFY = "classify"
    CHOOSE_HANDLER = "choose_handler"
    RECEIVE = "receive"
    KEEP = "keep"  # conditions of Điều 7 are missing: kept as information
    REFER_COMPLAINT = "refer_complaint"
    REFER_DENUNCIATION = "refer_denunciation"


@dataclass(frozen=True, slots=True)
class FormView:
    """What to do next and what is missing of name, address, phone."""

    do: Do
    missing: tuple[str, ...]


def look(form: FeedbackForm) -> FormView:
    """What F9 would do with the form as it stands."""
    lacks = missing(form.name, form.address, form.phone)
    kind = form.feedback_class
    if kind is FeedbackClass.DENUNCIATION:
        return FormView(Do.REFER_DENUNCIATION, ())
    if kind is FeedbackClass.COMPLAINT:
        return FormView(Do.REFER_COMPLAINT, ())
    if not form.content.strip():
        return FormView(Do.WRITE, lacks)
    if kind is None:
        return FormView(Do.CLASSIFY, lacks)
    if lacks:
        return FormView(Do.KEEP, lacks)
    if kind is FeedbackClass.CONDUCT and (not form.handler or form.handler in form.barred):
        return FormView(Do.CHOOSE_HANDLER, lacks)
    return FormView(Do.RECEIVE, ())


def to_draft(form: FeedbackForm) -> dict[str, object]:
    """What a draft keeps. Raises ValueError for a form that may not be written."""
    if not form.may_keep or form.feedback_class not in (*IN_BOOK, FeedbackClass.COMPLAINT):
        raise ValueError("this form may not be kept")
    return {
        "channel": form.channel.value, "name": form.name, "address": form.address, "phone": form.phone,
        "email": form.email, "id_number": form.id_number, "secret": form.secret, "content": form.content,
        "about": form.about, "against": list(form.against), "dossier": form.dossier,
        "dossier_code": form.dossier_code, "procedure": form.procedure, "dossier_officer": form.dossier_officer,
        "sheets": form.sheets, "scans": [[s.sha256, s.size_bytes, s.media_type] for s in form.scans],
        "feedback_class": form.feedback_class.value if form.feedback_class else "", "handler": form.handler,
        "read_back": form.read_back, "origin": form.origin, "sent_at": form.sent_at, "letter": form.letter,
    }  # fmt: skip


def from_draft(id: str, data: Mapping[str, object]) -> FeedbackForm:
    """The form of a draft; what cannot be read stays empty."""

    def text(key: str) -> str:
        value = data.get(key)
        return value if isinstance(value, str) else ""

    def items(key: str) -> list[object]:
        value = data.get(key)
        return list(value) if isinstance(value, list | tuple) else []

    sheets = data.get("sheets")
    channel, kind = text("channel"), text("feedback_class")
    return FeedbackForm(
        id=id,
        channel=Channel(channel) if channel in set(Channel) else Channel.DIRECT,
        name=text("name"),
        address=text("address"),
        phone=text("phone"),
        email=text("email"),
        id_number=text("id_number"),
        secret=data.get("secret") is True,
        content=text("content"),
        about=text("about"),
        against=tuple(str(x) for x in items("against")),
        dossier=text("dossier"),
        dossier_code=text("dossier_code"),
        procedure=text("procedure"),
        dossier_officer=text("dossier_officer"),
        sheets=sheets if isinstance(sheets, int) else 0,
        scans=tuple(_scan(x) for x in items("scans") if isinstance(x, list) and len(x) == 3),
        feedback_class=FeedbackClass(kind) if kind in set(FeedbackClass) else None,
        handler=text("handler"),
        read_back=data.get("read_back") is True,
        origin=text("origin"),
        sent_at=text("sent_at"),
        letter=text("letter"),
    )


def _scan(item: list[object]) -> Scan:
    return Scan(str(item[0]), int(str(item[1])), str(item[2]))
