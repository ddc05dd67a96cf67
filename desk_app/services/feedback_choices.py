"""What an officer chooses from while a feedback is taken in or handled: people, dossiers, bodies, legal texts, scans."""

from __future__ import annotations

from datetime import datetime

from desk_app.domain import feedback as rules
from desk_app.domain.code import SlipCode, parse_code
from desk_app.domain.errors import Refused
from desk_app.domain.feedback_form import FeedbackForm, Scan
from desk_app.domain.legal_basis import WORDS, Instrument, instrument_of
from desk_app.services.desk import Desk
from desk_app.services.feedback_steps import HANDLERS
from desk_app.storage.queries import dossiers, officers, procedures
from desk_app.storage.queries import feedback as query

SCAN_LIMIT = 5 * 1024 * 1024
USUAL_TEXTS = (
    "Nghị định số 20/2008/NĐ-CP ngày 14/2/2008 của Chính phủ",
    "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ",
    "Nghị định số 118/2025/NĐ-CP của Chính phủ",
)
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


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


def promise(desk: Desk, sent_at: str = "") -> tuple[str, str]:
    """Transfer by and answer by, as they would be promised now: 02/12/2026; ``sent_at``: it came by the public page."""
    terms, calendar = rules.terms_from(desk.catalogue.defaults), desk.catalogue.calendar
    start = datetime.fromisoformat(sent_at) if sent_at else desk.now()
    days = (rules.due_on(start, term, calendar) for term in (terms.transfer, terms.answer))
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
