"""Looking at feedback: lists under the traffic light, one whole with what this officer may see, similar ones, the book.

Who asked in secret is shown to whoever handles it and to the heads, on demand, and each look is a fact; who is complained
about sees neither name nor words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desk_app.domain import feedback as rules
from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import FeedbackClass, State
from desk_app.domain.feedback_form import FeedbackForm, from_draft, to_draft
from desk_app.domain.legal_basis import Instrument, LegalBasis
from desk_app.domain.session import Role
from desk_app.domain.traffic import Nearness
from desk_app.services.desk import Desk, stamp
from desk_app.services.feedback_steps import barred
from desk_app.storage import drafts
from desk_app.storage.queries import dossiers, officers, voice
from desk_app.storage.queries import feedback as query
from desk_app.storage.queries.feedback import FeedbackEvent, FeedbackRow
from desk_app.storage.queries.voice import LevelReply
from desk_app.storage.transaction import ReadTx
from sync.protocol.voice_facts import SenderViewed

KIND = "feedback"
SECRET = "(giữ bí mật)"
HIDDEN = "(nội dung chỉ người được giao xử lý xem được)"
SIMILAR_DAYS = 120


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: row, light, the name that may be shown."""

    row: FeedbackRow
    near: Nearness
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Whole:
    """One feedback as this officer may see it. ``reply``: findings, done, apology.

    ``masked``: the sender is hidden; ``may_view``: this officer may ask to see him. ``people``: names by id of those in
    ``events``; ``letter``: codes of the others that the same letter was split into; ``level_reply``: the level above.
    """

    row: FeedbackRow
    near: Nearness
    name: str
    address: str
    phone: str
    content: str
    about: str
    handler_name: str
    dossier_code: str
    events: tuple[FeedbackEvent, ...]
    reply: Mapping[str, str]
    bases: tuple[LegalBasis, ...]
    masked: bool
    may_view: bool
    people: Mapping[str, str]
    letter: tuple[str, ...]
    level_reply: LevelReply | None


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier one that tells much the same."""

    feedback: str
    code: str
    received_at: str
    same_procedure: bool


def find(desk: Desk, filter: str, text: str) -> tuple[Listed, ...]:
    """The list under a filter; ``text``: part of a code or name."""
    with desk.store.read() as tx:
        today = desk.now().date().isoformat()
        return tuple(_listed(desk, row) for row in query.find(tx, filter, text, today))


def counts(desk: Desk) -> Mapping[str, int]:
    """How many under each filter."""
    with desk.store.read() as tx:
        return query.counts(tx, desk.now().date().isoformat())


def whole(desk: Desk, feedback: str) -> Whole:
    """One feedback. Refuses PA-17: it is not on this machine."""
    with desk.store.read() as tx:
        row = query.get(tx, feedback)
        if row is None:
            raise Refused("PA-17")
        return _whole(desk, tx, row)


def view_sender(desk: Desk, command_id: str, feedback: str) -> Whole:
    """The same with a secret sender's name, address and telephone; the look is sealed first. Refuses PA-17, PA-43."""
    with desk.store.write(command_id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        row = query.get(tx, feedback)
        if row is None:
            raise Refused("PA-17")
        if not _may_view(desk, tx, row):
            raise Refused("PA-43")
        if row.secret and not tx.prior:
            tx.append(SenderViewed(row.feedback, stamp(desk.now())))
        seen = _whole(desk, tx, row, shown=True)
    desk.wake_sync()
    return seen


def by_slip(desk: Desk, digits: str) -> Whole:
    """The feedback of a receipt slip's 20 digits. Refuses TN-05."""
    code = parse_code(digits)
    if not isinstance(code, SlipCode) or code.kind is not SlipKind.FEEDBACK:
        raise Refused("TN-05")
    with desk.store.read() as tx:
        row = query.by_slip(tx, code.digits)
        if row is None:
            raise Refused("TN-05")
        return _whole(desk, tx, row)


def similar(desk: Desk, form: FeedbackForm) -> Similar | None:
    """The earlier feedback that is most like the form, when it is like enough; never shows what it says."""
    mine = rules.shingles(form.content)
    if len(mine) < 3:
        return None
    since = stamp(desk.now() - timedelta(days=SIMILAR_DAYS))
    best: tuple[int, FeedbackRow] | None = None
    with desk.store.read() as tx:
        for row in query.recent(tx, since):
            said = tx.subject(row.text)
            like = rules.likeness(mine, rules.shingles(str(said.get("content", "")))) if said else 0
            if like >= rules.SIMILAR_PERCENT and (best is None or like > best[0]):
                best = (like, row)
    if best is None:
        return None
    row = best[1]
    same = bool(form.procedure) and row.procedure == form.procedure
    return Similar(row.feedback, row.code, row.received_at, same)


# ---- drafts ----------------------------------------------------------------------------------------------------------


def save_draft(desk: Desk, form: FeedbackForm) -> None:
    """Keep what is typed; a form that may be a denunciation is not written, and what was kept of it goes."""
    with desk.store.write("", desk.officer.id) as tx:
        if form.may_keep:
            drafts.save(tx, form.id, KIND, to_draft(form), stamp(desk.now()))
        else:
            drafts.drop(tx, form.id)


def load_draft(desk: Desk) -> FeedbackForm | None:
    """The newest form that was begun and not finished."""
    with desk.store.read() as tx:
        found = next((d for d in drafts.all(tx) if d.kind == KIND), None)
    return from_draft(found.id, found.data) if found else None


def drop_draft(desk: Desk, form_id: str) -> None:
    with desk.store.write("", desk.officer.id) as tx:
        drafts.drop(tx, form_id)


# ---- inside ----------------------------------------------------------------------------------------------------------


def bases_of(row: FeedbackRow) -> tuple[LegalBasis, ...]:
    """The citations of a row, as objects."""
    return tuple(
        LegalBasis(
            Instrument(b["instrument"]), b["number"], b["article"], b["clause"], b["point"], b["title"], b["issuer"],
            date.fromisoformat(b["dated"]) if b["dated"] else None,
        )
        for b in row.basis
    )  # fmt: skip


def light(desk: Desk, row: FeedbackRow) -> Nearness:
    """The traffic light of a row; its words name the step that is promised."""
    kind = FeedbackClass(row.feedback_class) if row.feedback_class else None
    transfers = kind is FeedbackClass.REGULATION and row.state == State.CLASSIFIED
    verb = "Chuyển" if transfers else "Phân loại" if row.state == State.RECEIVED else "Trả lời"
    due = date.fromisoformat(row.due_key) if row.due_key else None
    return rules.nearness(State(row.state), due, desk.now(), desk.catalogue.calendar, verb)


def _listed(desk: Desk, row: FeedbackRow) -> Listed:
    return Listed(row, light(desk, row), SECRET if row.secret else row.name or "(không ghi tên)")


def _may_view(desk: Desk, tx: ReadTx, row: FeedbackRow) -> bool:
    """Whether this officer may know who asked: never the one complained about, a secret one only who handles or leads."""
    me = desk.officer
    if me.id in row.against:
        return False
    leads = bool(me.roles & {Role.LEADER, Role.HEAD})
    return not row.secret or ((leads or me.id == row.handler) and me.id not in barred(tx, row))


def _whole(desk: Desk, tx: ReadTx, row: FeedbackRow, *, shown: bool = False) -> Whole:
    may_view = _may_view(desk, tx, row)
    accused = desk.officer.id in row.against
    sees_person = may_view and (shown or not row.secret)
    who = (tx.subject(row.person) if row.person else None) or {}
    said = tx.subject(row.text) or {}
    reply = (tx.subject(row.reply) if row.reply else None) or {}
    handler = officers.get(tx, row.handler) if row.handler else None
    dossier = dossiers.get(tx, row.dossier) if row.dossier else None
    return Whole(
        row=row,
        near=light(desk, row),
        name=str(who.get("name", "")) if sees_person else SECRET,
        address=str(who.get("residence", "")) if sees_person else SECRET,
        phone=str(who.get("phone", "")) if sees_person else SECRET,
        content=HIDDEN if accused else str(said.get("content", "")),
        about="" if accused else str(said.get("about", "")),
        handler_name=handler.name if handler else "",
        dossier_code=dossier.code if dossier else str(said.get("dossier_code", "")),
        events=query.events(tx, row.feedback),
        reply={str(k): str(v) for k, v in reply.items()} if not accused else {},
        bases=bases_of(row),
        masked=not sees_person,
        may_view=may_view,
        people={o.officer: o.name for o in officers.all(tx)},
        letter=tuple(r.code for r in query.of_letter(tx, row.letter) if r.feedback != row.feedback),
        level_reply=voice.reply(tx, row.feedback),
    )
