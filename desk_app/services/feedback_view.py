"""Looking at feedback: lists under the traffic light, one whole with what this officer may see, similar ones, the book.

Who asked in secret is shown to whoever handles it and to the heads; who is complained about sees neither name nor words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desk_app.domain import feedback as rules
from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import FeedbackClass, State
from desk_app.domain.feedback_form import FeedbackForm, Scan, from_draft, to_draft
from desk_app.domain.legal_basis import WORDS, Instrument, LegalBasis, instrument_of
from desk_app.domain.session import Role
from desk_app.domain.traffic import Nearness
from desk_app.services.desk import Desk, stamp
from desk_app.services.feedback import HANDLERS, barred
from desk_app.storage import drafts
from desk_app.storage.queries import dossiers, officers, procedures
from desk_app.storage.queries import feedback as query
from desk_app.storage.queries.feedback import FeedbackEvent, FeedbackRow
from desk_app.storage.transaction import ReadTx

KIND = "feedback"
SECRET = "(giữ bí mật)"
HIDDEN = "(nội dung chỉ người được giao xử lý xem được)"
SIMILAR_DAYS = 120
SCAN_LIMIT = 5 * 1024 * 1024
USUAL_TEXTS = (
    "Nghị định số 20/2008/NĐ-CP ngày 14/2/2008 của Chính phủ",
    "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ",
    "Nghị định số 118/2025/NĐ-CP của Chính phủ",
)
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: row, light, the name that may be shown."""

    row: FeedbackRow
    near: Nearness
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Whole:
    """One feedback as this officer may see it. ``reply``: findings, done, apology."""

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


def handlers(desk: Desk, form: FeedbackForm) -> tuple[tuple[str, str], ...]:
    """Id and name of everybody who may be charged with it, without those who are concerned."""
    with desk.store.read() as tx:
        dossier = dossiers.get(tx, form.dossier) if form.dossier else None
        out = rules.excluded(form.against, dossier.officer if dossier else "")
        wanted = {role.value for role in HANDLERS}
        return tuple((o.officer, o.name) for o in officers.all(tx) if wanted & set(o.roles) and o.officer not in out)


def everybody(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Id and name of every officer, for whom the complaint is about."""
    with desk.store.read() as tx:
        return tuple((o.officer, o.name) for o in officers.all(tx))


def relate(desk: Desk, text: str) -> tuple[str, str, str] | None:
    """The dossier meant by a typed code, an end of one or a slip: id, code, procedure; None when not exactly one."""
    with desk.store.read() as tx:
        code = parse_code(text)
        if isinstance(code, SlipCode):
            found = dossiers.by_slip_code(tx, code.digits)
            return (found.dossier, found.code, found.procedure) if found else None
        rows = dossiers.find(tx, text, filter="all", now=desk.now(), limit=2) if text.strip() else ()
        return (rows[0].dossier, rows[0].code, rows[0].procedure) if len(rows) == 1 else None


def keep_scan(desk: Desk, data: bytes) -> Scan:
    """Keep a picture or PDF of at most 5 MB. Refuses: PA-18 another kind of file or too large."""
    media = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if not media or len(data) > SCAN_LIMIT:
        raise Refused("PA-18")
    with desk.store.write("", desk.officer.id) as tx:
        return Scan(tx.put_blob(data, media), len(data), media)


def handlers_of(desk: Desk, feedback: str) -> tuple[tuple[str, str], ...]:
    """As ``handlers``, for one that is in the book."""
    with desk.store.read() as tx:
        row = query.get(tx, feedback)
    if row is None:
        raise Refused("PA-17")
    return handlers(desk, FeedbackForm(row.feedback, against=row.against, dossier=row.dossier))


def promise(desk: Desk) -> tuple[str, str]:
    """Transfer by and answer by, as they would be promised now: 02/12/2026."""
    terms, calendar, now = rules.terms_from(desk.catalogue.defaults), desk.catalogue.calendar, desk.now()
    days = (rules.due_on(now, term, calendar) for term in (terms.transfer, terms.answer))
    transfer_by, answer_by = (f"{day:%d/%m/%Y}" for day in days)
    return transfer_by, answer_by


def bodies(desk: Desk) -> tuple[str, ...]:
    """Bodies a feedback may be transferred to: the level above and the agencies of the office's procedures used here."""
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        used = [p for p, _n in sorted(procedures.used(tx).items(), key=lambda pair: -pair[1])[:20]]
    own = {profile.authority, profile.name, ""}
    found = [f"Văn phòng UBND {profile.province}", profile.centre_name]
    for procedure in (desk.catalogue.procedures.get(p) for p in used):
        for variant in procedure.variants if procedure else ():
            found += [variant.competent_agency, variant.implementing_agency]
    return tuple(dict.fromkeys(name for name in found if name and name not in own))[:30]


def bases(desk: Desk, procedure_id: str) -> tuple[str, ...]:
    """Legal texts to cite: those of the related procedure, then the ones that every answer may need."""
    procedure = desk.catalogue.procedures.get(procedure_id)
    found = []
    for variant in procedure.variants if procedure else ():
        for b in variant.legal_basis:
            kind = instrument_of(b.number)
            if kind is not None and kind is not Instrument.LETTER:
                day = f" ngày {b.dated.day}/{b.dated.month}/{b.dated.year}" if b.dated else ""
                found.append(f"{WORDS[kind]} số {b.number}{day}")
    return tuple(dict.fromkeys([*found, *USUAL_TEXTS]))


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


def _whole(desk: Desk, tx: ReadTx, row: FeedbackRow) -> Whole:
    me, concerned = desk.officer, barred(tx, row)
    leads = bool(me.roles & {Role.LEADER, Role.HEAD})
    accused = me.id in row.against
    sees_person = not accused and (not row.secret or ((leads or me.id == row.handler) and me.id not in concerned))
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
    )
