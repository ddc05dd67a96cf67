"""Niêm yết: what hangs on the wall, what is out of date, what to print; and the same as pages for the commune's site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desk_app.domain.code import SlipKind
from desk_app.domain.errors import DeskError
from desk_app.domain.session import Role
from desk_app.services import office, paper_data_posters
from desk_app.services.desk import Desk, stamp
from desk_app.services.paper_data_posters import ELSEWHERE, content_of, poster
from desk_app.storage.queries import catalogue as postings
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.catalogue_facts import PosterPosted
from sync.protocol.codec import from_body

NEVER, CURRENT, OUTDATED, GONE = "never", "current", "outdated", "gone"
_TITLES = {"list": "Toàn bộ danh mục", "feedback": "Địa chỉ tiếp nhận phản ánh, kiến nghị", "qr": "Mã QR danh mục"}


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One posting that may hang. ``state``: never, current, outdated (the words have changed), gone (take it down)."""

    poster_kind: str
    subject: str
    title: str
    group: str
    state: str
    posted_at: str = ""
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class PostPoster:
    """Make a posting for the wall."""

    id: str
    poster_kind: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What was made: ``posting`` is what its paper is about."""

    posting: str
    title: str


def lines(desk: Desk) -> tuple[PostingLine, ...]:
    """Every posting this office may hang: the three of the whole office, one a field, one a procedure."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        hung = {(row.poster_kind, row.subject): row for row in postings.posters(tx)}
        found = []
        for kind, subject, title, group in _all(desk):
            row = hung.pop((kind, subject), None)
            state = NEVER if row is None else _state(desk, tx, kind, subject, row.content)
            at, version = (row.posted_at, row.catalogue) if row else ("", "")
            found.append(PostingLine(kind, subject, title, group, state, at, version))
        for (kind, subject), row in hung.items():
            found.append(PostingLine(kind, subject, subject, "", GONE, row.posted_at, row.catalogue))
        return tuple(found)


def outdated(desk: Desk) -> int:
    """How many postings hang that no longer say what holds."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        hung = postings.posters(tx)
        return sum(_state(desk, tx, row.poster_kind, row.subject, row.content) != CURRENT for row in hung)


def post(desk: Desk, command: PostPoster) -> Posted:
    """Make a posting of what holds today; its paper is promised with it.

    Refuses: DM-11 no such procedure or field or no version for today, DM-12 no web address for the QR.
    """
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _posted_before(desk, tx)
        tx.use_line(desk.line_kind)
        now = desk.now()
        data = poster(desk.catalogue, desk.profile(tx), command.poster_kind, command.subject, now.date())
        serial = int(hashlib.sha256(f"{command.poster_kind}:{command.subject}".encode()).hexdigest()[:8], 16)
        fact = PosterPosted(
            posting=desk.ids.uuid7(),
            poster_kind=command.poster_kind,
            subject=command.subject,
            catalogue=desk.catalogue.version,
            content=content_of(data),
            posted_at=stamp(now),
            code=office.slip_code(desk, tx, SlipKind.OTHER, now, serial),
        )
        tx.append(fact)
    desk.wake_sync()
    return Posted(fact.posting, title_of(desk, command.poster_kind, command.subject))


def _posted_before(desk: Desk, tx: WriteTx) -> Posted:
    envelope = tx.prior[0].envelope
    fact = from_body(envelope.kind, envelope.v, envelope.body)
    assert isinstance(fact, PosterPosted)
    return Posted(fact.posting, title_of(desk, fact.poster_kind, fact.subject))


def title_of(desk: Desk, kind: str, subject: str) -> str:
    """A posting as the list names it."""
    if kind == "procedure":
        return desk.procedure_name(subject)
    return desk.catalogue.fields.get(subject, subject) if kind == "field" else _TITLES.get(kind, kind)


def _all(desk: Desk) -> list[tuple[str, str, str, str]]:
    whole = [(kind, "", title, "Cả cơ quan") for kind, title in _TITLES.items()]
    fields = [("field", f, name, "Lĩnh vực") for f, name in desk.catalogue.fields.items() if f != ELSEWHERE]
    on = desk.now().date()
    here = (h for h in desk.catalogue.headings if h.field != ELSEWHERE)
    procedures = [
        ("procedure", h.id, h.name, h.field_name)
        for h in here
        if desk.catalogue.procedures[h.id].variant_on(on) is not None
    ]
    return [*whole, *fields, *procedures]


def _state(desk: Desk, tx: ReadTx, kind: str, subject: str, content: str) -> str:
    try:
        data = paper_data_posters.poster(desk.catalogue, desk.profile(tx), kind, subject, desk.now().date())
    except DeskError:
        return GONE
    return CURRENT if content_of(data) == content else OUTDATED
