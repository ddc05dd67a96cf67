"""Taking in a dossier, or guiding once: the two ends of a visit to the counter.

Each use case reads the form again through ``domain.intake.look`` inside the transaction; numbers are taken there, and
number, fact, chain and read tables are one commit. The same command twice gives the first answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desk_app.domain.answering import after_days
from desk_app.domain.code import SlipKind, dossier_code
from desk_app.domain.errors import Refused
from desk_app.domain.fees import FeeQuote
from desk_app.domain.intake import Answer, IntakeForm, IntakeView, Mark, MarkState, Row, Step, look
from desk_app.domain.person import Person
from desk_app.domain.procedure import Computed
from desk_app.domain.session import Role
from desk_app.services import money, office, online
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import dossiers, guidance
from desk_app.storage.rows import GuidanceRow
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.codec import from_body
from sync.protocol.facts import (
    DocumentMark,
    DossierReceived,
    DossierSettled,
    Fact,
    GuidanceGiven,
    ReceiptIssued,
    ResultReturned,
)
from sync.protocol.subject import SubjectRef

_DIRECT, _ONLINE = 1, 2  # as ``DossierReceived.channel`` counts them


@dataclass(frozen=True, slots=True)
class AcceptDossier:
    """Take in what the form holds. ``collect``: take the fee now; ``id``: the same id is the same press of the key."""

    id: str
    form: IntakeForm
    collect: bool = True


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was recorded. Amounts in đồng; ``receipt_no`` None when nothing was collected."""

    dossier: str
    code: str
    due_at: str
    receipt: str | None
    receipt_no: int | None
    receipt_symbol: str
    total_vnd: int
    certification_no: int
    certification_book: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A dossier that was sealed, and what has to be collected for it now (None: nothing)."""

    received: DossierReceived
    owed_now: FeeQuote | None


@dataclass(frozen=True, slots=True)
class GiveGuidance:
    """Print one slip with everything that is missing, or where to go. ``why_again`` from the second slip on."""

    id: str
    form: IntakeForm
    why_again: str = ""


@dataclass(frozen=True, slots=True)
class Guided:
    """The slip that was made: its number as printed and its code."""

    guidance: str
    number_text: str
    slip_code: str
    round: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What this office knows of a citizen: shown at once, so that nobody explains twice."""

    visits: int
    open_dossiers: tuple[tuple[str, str, str], ...]  # code, procedure name, due_at
    guided_on: str  # last guidance slip for the chosen procedure, "" = none
    same_open: tuple[str, str] | None  # code, due_at of an open dossier of the same procedure


def view(desk: Desk, tx: ReadTx, form: IntakeForm) -> IntakeView:
    """The form as it would be taken in now."""
    procedure = desk.catalogue.procedures.get(form.procedure)
    return look(form, procedure, desk.catalogue.calendar, desk.profile(tx), desk.now())


def history(desk: Desk, form: IntakeForm) -> History:
    """Earlier dealings of the citizen on the form with this office."""
    number = form.person.id_number if form.person else ""
    if not number:
        return History(0, (), "", None)
    with desk.store.read() as tx:
        open_rows = [d for d in dossiers.of_person(tx, number) if not d.returned_at]
        same = dossiers.open_same_procedure(tx, number, form.procedure) if form.procedure else None
        last = guidance.last_for(tx, number, form.procedure) if form.procedure else None
        return History(
            visits=dossiers.visits(tx, number),
            open_dossiers=tuple((d.code, desk.procedure_name(d.procedure), d.due_at) for d in open_rows[:5]),
            guided_on=last.given_at if last else "",
            same_open=(same.code, same.due_at) if same else None,
        )


def accept(desk: Desk, command: AcceptDossier) -> Accepted:
    """Take in a complete dossier, promise the date, take the fee, and settle at once what is done while you wait.

    Refuses: TN-36 no named person, TN-09 catalogue broken, TN-19 the form is not complete, TP-08 no receipt
    numbers left (only when a fee is collected now), TP-10 tariff unknown.
    """
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    form = command.form
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _accepted_before(tx)
        tx.use_line(desk.line_kind)
        now = desk.now()
        taken = take_in(desk, tx, form, now, collect=command.collect)
        received, receipt = taken.received, None
        if taken.owed_now is not None:
            receipt = money.issue(desk, tx, taken.owed_now, (received.dossier,), received.applicant, form.method, now)
        settled = settle_at_once(tx, received.dossier, now) if received.done_at_once else None
    desk.wake_sync()
    return accepted(received, receipt, settled)


def take_in(
    desk: Desk, tx: WriteTx, form: IntakeForm, now: datetime, *, collect: bool, applicant: SubjectRef | None = None
) -> Taken:
    """Seal one complete form as a dossier, inside the caller's transaction; money and results are the caller's.

    ``applicant``: the subject of somebody who was identified earlier in the same visit. Refuses as ``accept``.
    """
    seen = view(desk, tx, form)
    person = _person(form)
    if seen.step is Step.BROKEN:
        raise Refused("TN-09")
    if seen.step is not Step.ACCEPT:
        raise Refused("TN-19")
    collect = collect or seen.done_at_once
    total = money.total(seen.fee, required=collect)
    applicant = applicant or tx.put_subject("person", person.to_subject())
    submitter = tx.put_subject("person", form.submitter.to_subject()) if form.submitter else None
    received = _received(desk, tx, form, seen, now, applicant, submitter, total)
    tx.append(received)
    if form.online:
        online.accepted_here(tx, form.online, received.dossier, now)
    return Taken(received, seen.fee if collect and total else None)


def guide(desk: Desk, command: GiveGuidance) -> Guided:
    """Make the one guidance slip: all that is missing with its cure, or the agency where it is done.

    Refuses: TN-08 a second slip for the same person and procedure without a reason, TN-19 nothing to guide about.
    """
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    form = command.form
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return guided_before(tx)
        tx.use_line(desk.line_kind)
        now, seen = desk.now(), view(desk, tx, form)
        if seen.step not in (Step.GUIDE, Step.REFER) or seen.procedure is None or seen.variant is None:
            raise Refused("TN-19")
        round_no = _round(tx, form, command.why_again)
        citizen = tx.put_subject("person", form.person.to_subject()) if form.person else None
        taken = tx.take_number("guidance_slip", now.date())
        fact = GuidanceGiven(
            guidance=desk.ids.uuid7(),
            slip_code=office.slip_code(desk, tx, SlipKind.GUIDANCE, now, taken.number),
            symbol=taken.symbol,
            number=taken.number,
            given_at=stamp(now),
            procedure=seen.procedure.id,
            variant=seen.variant.id,
            catalogue=desk.catalogue.version,
            answers=seen.answers,
            marks=tuple(document_mark(r) for r in seen.rows),
            citizen=citizen,
            round=round_no,
            why_again=command.why_again.strip(),
            referred_to=seen.routing.to if seen.routing else "",
            grant=taken.grant,
        )
        tx.append(fact)
    desk.wake_sync()
    return _guided(fact)


def reopen(desk: Desk, slip_code: str) -> IntakeForm:
    """The form as it stood when the guidance slip was printed: same person, procedure, answers and marks.

    Papers that were missing are unseen again; the rest need not be looked at twice.
    Refuses: TN-05 no slip of this office has that code.
    """
    with desk.store.read() as tx:
        found = guidance.by_slip_code(tx, slip_code)
        if found is None:
            raise Refused("TN-05")
        value = tx.subject(found.citizen) if found.citizen else None
    marks = {
        m.document: Mark(MarkState(m.state)) for m in found.marks if m.state in (MarkState.OK, MarkState.NOT_NEEDED)
    }
    return IntakeForm(
        id=desk.ids.uuid7(),
        person=Person.from_subject(value) if value else None,
        procedure=found.procedure,
        answers=_answers_today(desk, found),
        marks=marks,
        guidance=found.guidance,
    )


# ---- inside ----------------------------------------------------------------------------------------------------------


def _answers_today(desk: Desk, found: GuidanceRow) -> dict[str, Answer]:
    """The answers on a slip as they read today: a child is some days older, what the card says is read again."""
    procedure = desk.catalogue.procedures.get(found.procedure)
    if procedure is None:
        return dict(found.answers)
    days = (desk.now().date() - datetime.fromisoformat(found.given_at).date()).days
    read_again = {q.id for q in procedure.questions if q.computed not in (None, Computed.DAYS_SINCE)}
    grown = after_days(procedure, found.answers, days)
    return {id: answer for id, answer in grown.items() if not (found.citizen and id in read_again)}


def _person(form: IntakeForm) -> Person:
    if form.person is None or not form.person.name.strip():
        raise Refused("TN-36")
    return form.person


def _received(
    desk: Desk,
    tx: WriteTx,
    form: IntakeForm,
    seen: IntakeView,
    now: datetime,
    applicant: SubjectRef,
    submitter: SubjectRef | None,
    total: int | None,
) -> DossierReceived:
    assert seen.procedure is not None and seen.variant is not None
    profile = desk.profile(tx)
    serial = tx.take_number("dossier", now.date())
    # what is done while the citizen waits gets no slip, and a number nobody prints would be a gap in the row
    slip = None if seen.done_at_once else tx.take_number("acceptance_slip", now.date())
    entry = tx.take_number("register", now.date())
    due = seen.deadline.due_at if seen.deadline else None
    return DossierReceived(
        dossier=desk.ids.uuid7(),
        code=dossier_code(profile.agency_code, now.date(), serial.number),
        slip_code=office.slip_code(desk, tx, SlipKind.ACCEPTANCE, now, serial.number),
        symbol=slip.symbol if slip else "",
        number=slip.number if slip else 0,
        book=f"{entry.symbol}/{now.year}",
        entry_no=entry.number,
        procedure=seen.procedure.id,
        variant=seen.variant.id,
        catalogue=desk.catalogue.version,
        answers=seen.answers,
        marks=tuple(document_mark(r) for r in seen.rows),
        applicant=applicant,
        submitter=submitter,
        received_at=stamp(now),
        term_value=seen.term.value if seen.term else None,
        term_unit=str(seen.term.unit) if seen.term and seen.term.unit else "",
        due_at=stamp(due) if due else "",
        calendar=desk.catalogue.calendar.version,
        fee_vnd=total,
        result_channel=form.result_channel,
        done_at_once=seen.done_at_once,
        guidance=form.guidance,
        grants=(serial.grant, *((slip.grant,) if slip else ()), entry.grant),
        channel=_ONLINE if form.online else _DIRECT,
    )


def settle_at_once(tx: WriteTx, dossier: str, now: datetime) -> DossierSettled:
    """Done while the citizen waits: the act's number in the certification book, and the result in his hand."""
    number = tx.take_number("certification", now.date())
    settled = DossierSettled(
        dossier=dossier,
        settled_at=stamp(now),
        outcome="granted",
        certification_book=f"{number.symbol}/{now.year}",
        certification_no=number.number,
        grant=number.grant,
    )
    tx.append(settled)
    tx.append(
        ResultReturned(dossier=dossier, returned_at=stamp(now), receiver="applicant", checks=("papers_given", "signed"))
    )
    return settled


def document_mark(row: Row) -> DocumentMark:
    """One line of the checklist as a fact holds it."""
    kept = row.document.kind == "nop" and row.mark.state is MarkState.OK
    return DocumentMark(
        document=row.document.id,
        state=row.mark.state.value,
        reason=row.mark.reason,
        kept=kept,
        originals=row.document.originals,
        copies=row.document.copies,
    )


def _round(tx: ReadTx, form: IntakeForm, why_again: str) -> int:
    """How many slips this makes for the person and procedure (mandate S12: guide once)."""
    number = form.person.id_number if form.person else ""
    last = guidance.last_for(tx, number, form.procedure) if number else None
    if last is None:
        return 1
    if not why_again.strip():
        raise Refused("TN-08", date=office.day_text(last.given_at))
    return last.round + 1


def accepted(received: DossierReceived, receipt: ReceiptIssued | None, settled: DossierSettled | None) -> Accepted:
    """The answer of one dossier from its facts."""
    return Accepted(
        dossier=received.dossier,
        code=received.code,
        due_at=received.due_at,
        receipt=receipt.receipt if receipt else None,
        receipt_no=receipt.number if receipt else None,
        receipt_symbol=receipt.symbol if receipt else "",
        total_vnd=receipt.total_vnd if receipt else 0,
        certification_no=settled.certification_no if settled else 0,
        certification_book=settled.certification_book if settled else "",
    )


def _guided(fact: GuidanceGiven) -> Guided:
    return Guided(fact.guidance, office.number_text(fact.number, fact.symbol), fact.slip_code, fact.round)


def _accepted_before(tx: WriteTx) -> Accepted:
    """The answer of the first press, from the facts it sealed."""
    facts = _facts(tx)
    received = next(f for f in facts if isinstance(f, DossierReceived))
    receipt = next((f for f in facts if isinstance(f, ReceiptIssued)), None)
    settled = next((f for f in facts if isinstance(f, DossierSettled)), None)
    return replace(accepted(received, receipt, settled), repeated=True)


def guided_before(tx: WriteTx) -> Guided:
    """The slip that the same command made before."""
    return replace(_guided(next(f for f in _facts(tx) if isinstance(f, GuidanceGiven))), repeated=True)


def _facts(tx: WriteTx) -> list[Fact]:
    return [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in tx.prior]
