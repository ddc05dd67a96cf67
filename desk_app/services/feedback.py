"""Phản ánh, kiến nghị at the counter: received and classified in one press, transferred, answered, published.

Every step asks the machine of ``domain.feedback`` inside the transaction. A denunciation leaves nothing but the fact
that somebody was told where to go; what was typed is never handed to this module.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desk_app.domain import feedback as rules
from desk_app.domain.code import SlipKind
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import FeedbackClass, State, Step, Verdict
from desk_app.domain.feedback_form import Do, FeedbackForm, look
from desk_app.domain.legal_basis import LegalBasis, read_bases
from desk_app.domain.session import Role
from desk_app.domain.text import clean_line
from desk_app.services import office
from desk_app.services.desk import Desk, stamp
from desk_app.storage import drafts
from desk_app.storage.queries import dossiers, officers
from desk_app.storage.queries import feedback as query
from desk_app.storage.queries.feedback import FeedbackRow
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.codec import from_body
from sync.protocol.facts import Fact
from sync.protocol.feedback_facts import (
    CitedBasis,
    FeedbackAnswered,
    FeedbackAssigned,
    FeedbackClassified,
    FeedbackExtended,
    FeedbackKeptAsInformation,
    FeedbackPublished,
    FeedbackReceived,
    FeedbackReferred,
    FeedbackRefused,
    FeedbackTransferred,
    ScanKept,
)
from sync.protocol.subject import SubjectRef

SYMBOL = "PTN-PAKN"
HANDLERS = (Role.SPECIALIST, Role.LEADER, Role.HEAD)


@dataclass(frozen=True, slots=True, repr=False)
class ReceiveFeedback:
    """Enter what the form holds in the book. ``id``: the same id is the same press of the key."""

    id: str
    form: FeedbackForm


@dataclass(frozen=True, slots=True)
class ReceivedFeedback:
    """What was recorded: id and code as printed; ``code`` "" when it was kept as information."""

    feedback: str
    code: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ReferElsewhere:
    """Tell where a complaint or denunciation belongs. ``draft``: what was being typed, thrown away."""

    id: str
    feedback_class: FeedbackClass
    sealed: bool = False
    draft: str = ""


@dataclass(frozen=True, slots=True)
class TransferFeedback:
    """Send it to the body that may decide. ``basis``: the citation as typed."""

    id: str
    feedback: str
    to_agency: str
    basis: str


@dataclass(frozen=True, slots=True, repr=False)
class AnswerFeedback:
    """Answer it. ``spoken``: a question answered at the desk, without a letter."""

    id: str
    feedback: str
    verdict: Verdict | None
    basis: str
    findings: str
    done: str = ""
    apology: str = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class RefuseFeedback:
    """Do not accept it: why, on which basis, and where the citizen should go instead."""

    id: str
    feedback: str
    reason: str
    refer_to: str
    basis: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PublishFeedback:
    """Make the result public in words that show nobody. ``where``: board, website."""

    id: str
    feedback: str
    text: str
    where: tuple[str, ...] = ("board",)


def receive(desk: Desk, command: ReceiveFeedback) -> ReceivedFeedback:
    """Number, slip, class and handler in one command; without the conditions of Điều 7 it is kept as information.

    Refuses: PA-09 no class, PA-10 nothing is written down, PA-07 nobody handles it, PA-08 the handler is concerned.
    """
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    form = command.form.cleaned()
    with desk.store.write(command.id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        if tx.prior:
            return _received_before(tx)
        form = _with_dossier(tx, form)
        do = look(form).do
        if form.feedback_class not in rules.IN_BOOK:
            raise Refused("PA-09")
        if do is Do.WRITE:
            raise Refused("PA-10")
        drafts.drop(tx, form.id)
        if do is Do.KEEP:
            return ReceivedFeedback(_keep_as_information(desk, tx, form), "")
        if form.handler or form.feedback_class is FeedbackClass.CONDUCT:
            rules.require_handler(form.handler, form.barred)
        fact = _received(desk, tx, form)
        tx.append(fact)
        now = stamp(desk.now())
        tx.append(FeedbackClassified(fact.feedback, form.feedback_class.value, now))
        if form.handler:
            tx.append(FeedbackAssigned(fact.feedback, form.handler, now))
    desk.wake_sync()
    return ReceivedFeedback(fact.feedback, fact.code)


def refer(desk: Desk, command: ReferElsewhere) -> str:
    """Note that somebody was told where to go, throw the draft away; answers what its paper is about (PA-03)."""
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    if command.feedback_class not in (FeedbackClass.COMPLAINT, FeedbackClass.DENUNCIATION):
        raise Refused("PA-09")
    with desk.store.write(command.id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        if tx.prior:
            fact = _fact(tx, FeedbackReferred)
            return f"{fact.feedback_class}.{fact.referral}"
        if command.draft:
            drafts.drop(tx, command.draft)
        profile = desk.profile(tx)
        fact = FeedbackReferred(
            referral=desk.ids.uuid7(),
            feedback_class=command.feedback_class.value,
            refer_to=profile.authority,
            day=desk.now().date().isoformat(),
            sealed=command.sealed,
        )
        tx.append(fact)
    desk.wake_sync()
    return f"{fact.feedback_class}.{fact.referral}"


def classify(desk: Desk, command_id: str, feedback: str, kind: FeedbackClass) -> str:
    """Say what it is about, or say it anew; answers its code. Refuses PA-09: a complaint, a denunciation."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    if kind not in rules.IN_BOOK:
        raise Refused("PA-09")

    def fact(_tx: WriteTx, row: FeedbackRow) -> Fact:
        return FeedbackClassified(row.feedback, kind.value, stamp(desk.now()))

    return _step(desk, command_id, feedback, Step.CLASSIFY, fact)


def assign(desk: Desk, command_id: str, feedback: str, handler: str) -> str:
    """Charge an officer with it (giao xử lý). Refuses: PA-07, PA-08."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)

    def fact(tx: WriteTx, row: FeedbackRow) -> Fact:
        rules.require_handler(handler, barred(tx, row))
        return FeedbackAssigned(row.feedback, handler, stamp(desk.now()))

    return _step(desk, command_id, feedback, Step.ASSIGN, fact)


def transfer(desk: Desk, command: TransferFeedback) -> str:
    """Send it on, with its notice to the citizen. Refuses: PA-11 no agency, PA-01 and PA-05 about the basis."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    to_agency = clean_line(command.to_agency, rules.NAME_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Fact:
        if not to_agency:
            raise Refused("PA-11")
        basis = _cited(read_bases(command.basis))
        _require_unconcerned(desk, tx, row)
        now = desk.now()
        slip = tx.take_number("feedback_transfer", now.date())
        notice = tx.take_number("stop_notice", now.date())  # one series of the office's notices (TB-UBND)
        return FeedbackTransferred(
            row.feedback, slip.symbol, slip.number, to_agency, basis, stamp(now), slip.grant, notice.symbol,
            notice.number, notice.grant,
        )  # fmt: skip

    return _step(desk, command.id, command.feedback, Step.TRANSFER, fact)


def extend(desk: Desk, command_id: str, feedback: str, reason: str) -> str:
    """Give a complex one a later day, once. Refuses: PA-12 it was extended before, PA-13 no reason."""
    desk.officer.require(*HANDLERS)
    why = clean_line(reason, rules.NAME_LIMIT)

    def fact(_tx: WriteTx, row: FeedbackRow) -> Fact:
        if row.extended:
            raise Refused("PA-12")
        if not why:
            raise Refused("PA-13")
        term = rules.terms_from(desk.catalogue.defaults).extension
        day = rules.extended(date.fromisoformat(row.answer_by), term, desk.catalogue.calendar)
        return FeedbackExtended(row.feedback, day.isoformat(), why, stamp(desk.now()))

    return _step(desk, command_id, feedback, Step.EXTEND, fact)


def answer(desk: Desk, command: AnswerFeedback) -> str:
    """Answer with conclusion, legal basis and plain words; a question may be answered at the desk by word of mouth.

    Refuses: PA-01 no basis, PA-05 a Công văn as basis, PA-02 no conclusion, PA-14 nothing is said, PA-08 the officer
    is concerned, PA-15 somebody else was charged with it.
    """
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    findings = rules.clean_text(command.findings, rules.REPLY_LIMIT)
    done = rules.clean_text(command.done, rules.REPLY_LIMIT)
    apology = rules.clean_text(command.apology, rules.REPLY_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Fact:
        spoken = command.spoken and row.feedback_class == FeedbackClass.QUESTION
        if not findings:
            raise Refused("PA-14")
        if command.verdict is None and not spoken:
            raise Refused("PA-02")
        basis = _cited(read_bases(command.basis)) if command.basis.strip() or not spoken else ()
        _require_charge(desk, tx, row, spoken=spoken)
        now = desk.now()
        text = tx.put_subject("feedback_reply", {"findings": findings, "done": done, "apology": apology})
        number = None if spoken else tx.take_number("feedback_reply", now.date())
        return FeedbackAnswered(
            feedback=row.feedback,
            verdict=command.verdict.value if command.verdict else "",
            basis=basis,
            text=text,
            answered_at=stamp(now),
            symbol=number.symbol if number else "",
            number=number.number if number else 0,
            grant=number.grant if number else "",
            at_fault=bool(apology),
            spoken=spoken,
        )

    return _step(desk, command.id, command.feedback, Step.ANSWER, fact)


def note_reply(desk: Desk, command_id: str, feedback: str, findings: str) -> str:
    """The body it was transferred to has answered: what it said, for the book. Refuses: PA-14."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    said = rules.clean_text(findings, rules.REPLY_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Fact:
        if not said:
            raise Refused("PA-14")
        text = tx.put_subject("feedback_reply", {"findings": said})
        return FeedbackAnswered(row.feedback, "", (), text, stamp(desk.now()), by_agency=row.refer_to)

    return _step(desk, command_id, feedback, Step.NOTE_REPLY, fact)


def refuse(desk: Desk, command: RefuseFeedback) -> str:
    """Không tiếp nhận: never without a reason and a place to go. Refuses: PA-13, PA-11."""
    desk.officer.require(*HANDLERS)
    reason = clean_line(command.reason, rules.NAME_LIMIT)
    refer_to = clean_line(command.refer_to, rules.NAME_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Fact:
        if not reason:
            raise Refused("PA-13")
        if not refer_to:
            raise Refused("PA-11")
        _require_unconcerned(desk, tx, row)
        basis = _cited(read_bases(command.basis)) if command.basis.strip() else ()
        return FeedbackRefused(row.feedback, reason, refer_to, stamp(desk.now()), basis)

    return _step(desk, command.id, command.feedback, Step.REFUSE, fact)


def publish(desk: Desk, command: PublishFeedback) -> str:
    """Make a result public (Điều 19). Refuses: PA-14 no words, PA-16 the words still show who asked."""
    desk.officer.require(*HANDLERS)
    words = rules.clean_text(command.text, rules.REPLY_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Fact:
        if not words:
            raise Refused("PA-14")
        who = tx.subject(row.person) or {}
        shown = (str(who.get(key, "")) for key in ("name", "phone", "id_number", "residence"))
        if rules.names_person(words, *shown):
            raise Refused("PA-16")
        where = tuple(w for w in command.where if w in ("board", "website", "letter")) or ("board",)
        return FeedbackPublished(row.feedback, where, tx.put_subject("publication", {"text": words}), stamp(desk.now()))

    return _step(desk, command.id, command.feedback, Step.PUBLISH, fact)


def barred(tx: ReadTx, row: FeedbackRow) -> frozenset[str]:
    """Officers who may not handle it: complained about, or the one who took the related dossier in."""
    dossier = dossiers.get(tx, row.dossier) if row.dossier else None
    return rules.excluded(row.against, dossier.officer if dossier else "")


# ---- inside ----------------------------------------------------------------------------------------------------------


def _step(desk: Desk, command_id: str, feedback: str, step: Step, make: object) -> str:
    """One step of the machine in one transaction; the same command twice does nothing the second time."""
    with desk.store.write(command_id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        row = query.get(tx, feedback)
        if row is None:
            raise Refused("PA-17")
        if not tx.prior:
            rules.follow(State(row.state), step)
            tx.append(make(tx, row))  # type: ignore[operator]
    desk.wake_sync()
    return row.code


def _with_dossier(tx: ReadTx, form: FeedbackForm) -> FeedbackForm:
    """The related dossier as the desk knows it; who took it in is never taken from the screen."""
    found = dossiers.get(tx, form.dossier) if form.dossier else None
    if found is None:
        return replace(form, dossier="", dossier_officer="")
    return replace(form, dossier_code=found.code, procedure=found.procedure, dossier_officer=found.officer)


def _received(desk: Desk, tx: WriteTx, form: FeedbackForm) -> FeedbackReceived:
    now = desk.now()
    terms, calendar = rules.terms_from(desk.catalogue.defaults), desk.catalogue.calendar
    taken = tx.take_number("feedback_slip", now.date())
    tail = taken.symbol.removeprefix(SYMBOL)
    return FeedbackReceived(
        feedback=desk.ids.uuid7(),
        code=f"PAKN-{now.year}{tail}-{taken.number:04d}",
        slip_code=office.slip_code(desk, tx, SlipKind.FEEDBACK, now, taken.number),
        symbol=taken.symbol,
        number=taken.number,
        channel=form.channel.value,
        person=tx.put_subject("person", form.person().to_subject()),
        text=_text(tx, form),
        secret=form.secret,
        received_at=stamp(now),
        transfer_by=rules.due_on(now, terms.transfer, calendar).isoformat(),
        answer_by=rules.due_on(now, terms.answer, calendar).isoformat(),
        calendar=calendar.version,
        dossier=form.dossier,
        procedure=form.procedure,
        against=form.against,
        scans=tuple(ScanKept(s.sha256, s.size_bytes, s.media_type) for s in form.scans),
        sheets=form.sheets,
        read_back=form.read_back,
        grant=taken.grant,
    )


def _text(tx: WriteTx, form: FeedbackForm) -> SubjectRef:
    said = {"content": form.content, "about": form.about, "dossier_code": form.dossier_code}
    return tx.put_subject("feedback_text", {key: value for key, value in said.items() if value})


def _keep_as_information(desk: Desk, tx: WriteTx, form: FeedbackForm) -> str:
    person = form.person().to_subject()
    fact = FeedbackKeptAsInformation(
        feedback=desk.ids.uuid7(),
        channel=form.channel.value,
        text=_text(tx, form),
        person=tx.put_subject("person", {"name": form.name, **person}) if person else None,
        missing=rules.missing(form.name, form.address, form.phone),
        received_at=stamp(desk.now()),
    )
    tx.append(fact)
    return fact.feedback


def _require_unconcerned(desk: Desk, tx: ReadTx, row: FeedbackRow) -> None:
    if desk.officer.id in barred(tx, row):
        raise Refused("PA-08")


def _require_charge(desk: Desk, tx: ReadTx, row: FeedbackRow, *, spoken: bool) -> None:
    """Who answers was charged with it, or leads; a spoken answer is given by whoever sits at the desk."""
    _require_unconcerned(desk, tx, row)
    leads = desk.officer.roles & {Role.LEADER, Role.HEAD}
    if not (spoken or leads or desk.officer.id == row.handler):
        found = officers.get(tx, row.handler) if row.handler else None
        raise Refused("PA-15", name=found.name if found else "người phụ trách")


def _cited(bases: tuple[LegalBasis, ...]) -> tuple[CitedBasis, ...]:
    return tuple(
        CitedBasis(
            b.instrument.value, b.number, b.article, b.clause, b.point, b.title, b.issuer,
            b.dated.isoformat() if b.dated else "",
        )
        for b in bases
    )  # fmt: skip


def _received_before(tx: WriteTx) -> ReceivedFeedback:
    for record in tx.prior:
        fact = from_body(record.envelope.kind, record.envelope.v, record.envelope.body)
        if isinstance(fact, FeedbackReceived):
            return ReceivedFeedback(fact.feedback, fact.code, repeated=True)
        if isinstance(fact, FeedbackKeptAsInformation):
            return ReceivedFeedback(fact.feedback, "", repeated=True)
    raise RuntimeError("another command under this id")


def _fact(tx: WriteTx, kind: type[FeedbackReferred]) -> FeedbackReferred:
    facts = (from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in tx.prior)
    return next(f for f in facts if isinstance(f, kind))
