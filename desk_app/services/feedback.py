"""Phản ánh, kiến nghị taken in: received and classified in one press, at the counter or from the public page.

The steps that follow stand in ``feedback_steps``. A denunciation leaves nothing but the fact
that somebody was told where to go; what was typed is never handed to this module.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desk_app.domain import feedback as rules
from desk_app.domain.code import SlipKind
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import FeedbackClass
from desk_app.domain.feedback_form import Do, FeedbackForm, look
from desk_app.domain.session import Role
from desk_app.services import office
from desk_app.services.desk import Desk, stamp
from desk_app.storage import drafts
from desk_app.storage.queries import blobs, dossiers, voice
from desk_app.storage.queries import feedback as query
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.codec import from_body
from sync.protocol.feedback_facts import (
    FeedbackAssigned,
    FeedbackClassified,
    FeedbackKeptAsInformation,
    FeedbackReceived,
    FeedbackReferred,
    ScanKept,
)
from sync.protocol.subject import SubjectRef
from sync.protocol.voice_facts import ELSEWHERE, INFORMATION, RECEIVED, FeedbackLinked, FeedbackTakenIn

SYMBOL = "PTN-PAKN"


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
    """Tell where a complaint or denunciation belongs. ``draft``: what was being typed, thrown away.

    ``origin``: the message of the public page that it came by, "" = none; it leaves the inbox, nothing else is kept.
    """

    id: str
    feedback_class: FeedbackClass
    sealed: bool = False
    draft: str = ""
    origin: str = ""


def receive(desk: Desk, command: ReceiveFeedback) -> ReceivedFeedback:
    """Number, slip, class and handler in one command; without the conditions of Điều 7 it is kept as information.

    What came by the public page is owed from the moment it was sent. Refuses: PA-09 no class, PA-10 nothing is written
    down, PA-07 nobody handles it, PA-08 the handler is concerned, PA-40 another desk has taken the message in.
    """
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    form = command.form.cleaned()
    with desk.store.write(command.id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        if tx.prior:
            return _received_before(tx)
        form = _from_message(tx, _with_dossier(tx, form))
        do = look(form).do
        if form.feedback_class not in rules.IN_BOOK:
            raise Refused("PA-09")
        if do is Do.WRITE:
            raise Refused("PA-10")
        drafts.drop(tx, form.id)
        if do is Do.KEEP:
            kept = _keep_as_information(desk, tx, form)
            _leave_inbox(desk, tx, form.origin, INFORMATION, kept, form.sent_at)
            return ReceivedFeedback(kept, "")
        if form.handler or form.feedback_class is FeedbackClass.CONDUCT:
            rules.require_handler(form.handler, form.barred)
        fact = _received(desk, tx, form)
        tx.append(fact)
        for scan in fact.scans:
            blobs.queue(tx, scan.sha256)
        now = stamp(desk.now())
        tx.append(FeedbackClassified(fact.feedback, form.feedback_class.value, now))
        if form.handler:
            tx.append(FeedbackAssigned(fact.feedback, form.handler, now))
        if form.letter and query.get(tx, form.letter) is not None:
            tx.append(FeedbackLinked(fact.feedback, form.letter, now))
        _leave_inbox(desk, tx, form.origin, RECEIVED, fact.feedback, form.sent_at)
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
        waits = _waiting(tx, command.origin)
        profile = desk.profile(tx)
        fact = FeedbackReferred(
            referral=desk.ids.uuid7(),
            feedback_class=command.feedback_class.value,
            refer_to=profile.authority,
            day=desk.now().date().isoformat(),
            sealed=command.sealed,
        )
        tx.append(fact)
        _leave_inbox(desk, tx, command.origin, ELSEWHERE, "", waits.sent_at if waits else "")
    desk.wake_sync()
    return f"{fact.feedback_class}.{fact.referral}"


# ---- inside ----------------------------------------------------------------------------------------------------------


def _with_dossier(tx: ReadTx, form: FeedbackForm) -> FeedbackForm:
    """The related dossier as the desk knows it; who took it in is never taken from the screen."""
    found = dossiers.get(tx, form.dossier) if form.dossier else None
    if found is None:
        return replace(form, dossier="", dossier_officer="")
    return replace(form, dossier_code=found.code, procedure=found.procedure, dossier_officer=found.officer)


def _waiting(tx: ReadTx, origin: str) -> voice.PublicMessage | None:
    """The message a form came from; None for a form of the counter. Refuses PA-40: it waits no more."""
    found = voice.message(tx, origin) if origin else None
    if origin and found is None:
        raise Refused("PA-40")
    return found


def _from_message(tx: ReadTx, form: FeedbackForm) -> FeedbackForm:
    """A message's own moment of sending, whatever the screen says."""
    found = _waiting(tx, form.origin)
    return replace(form, sent_at=found.sent_at if found else "")


def _leave_inbox(desk: Desk, tx: WriteTx, origin: str, outcome: str, feedback: str, sent_at: str) -> None:
    if origin:
        tx.append(FeedbackTakenIn(origin, outcome, feedback, sent_at, stamp(desk.now())))


def _received(desk: Desk, tx: WriteTx, form: FeedbackForm) -> FeedbackReceived:
    now = desk.now()
    owed_from = datetime.fromisoformat(form.sent_at) if form.sent_at else now
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
        transfer_by=rules.due_on(owed_from, terms.transfer, calendar).isoformat(),
        answer_by=rules.due_on(owed_from, terms.answer, calendar).isoformat(),
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
