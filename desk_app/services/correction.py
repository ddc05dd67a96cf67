""" "Sửa và in lại": what was recorded wrongly, put right while the citizen stands here, or later with a reason.

The slip that was wrong is void by number, the right one has the next number; the moment of receipt never changes, so
neither a correction nor its day can lengthen a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk_app.domain import dossier_life
from desk_app.domain.deadline import Deadline
from desk_app.domain.errors import Refused
from desk_app.domain.intake import IntakeForm, IntakeView, Mark, MarkState, Row, Step, look
from desk_app.domain.lifecycle import Move
from desk_app.domain.person import Person
from desk_app.domain.procedure import Computed
from desk_app.services.desk import Desk, stamp
from desk_app.services.intake import document_mark
from desk_app.services.life import Known, Moved, known, record
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.dossier_facts import DossierCorrected
from sync.protocol.facts import DocumentMark, Fact
from sync.protocol.subject import SubjectRef

Counts = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CorrectDossier:
    """What the dossier should have said. ``reason`` may be empty within 15 minutes of receipt.

    ``counts``: originals and copies that were really handed in, by paper; the others stay as recorded.
    """

    id: str
    dossier: str
    form: IntakeForm
    reason: str = ""
    counts: Mapping[str, Counts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, to be put right: the form, what it means, the papers kept with their counts.

    ``paid_vnd``: đồng taken for it; ``free``: no reason is asked yet.
    """

    form: IntakeForm
    view: IntakeView
    kept: tuple[tuple[str, str, Counts], ...]
    paid_vnd: int
    free: bool


def form_of(desk: Desk, dossier: str) -> IntakeForm:
    """The form as it was recorded, to be put right. Refuses HS-08."""
    with desk.store.read() as tx:
        return _form(tx, known(desk, tx, dossier))


def recorded(desk: Desk, dossier: str) -> Recorded:
    """What stands in the record and may be put right. Refuses HS-08, TN-09 the procedure has left the catalogue."""
    with desk.store.read() as tx:
        found = known(desk, tx, dossier)
        form = _form(tx, found)
        seen = _seen(desk, tx, found, form)
    assert seen.variant is not None
    kept = tuple(
        (mark.document, paper.name, (mark.originals, mark.copies))
        for mark in found.detail.marks
        if mark.kept and (paper := seen.variant.document(mark.document)) is not None
    )
    free = dossier_life.may_correct_freely(_received(found), desk.now())
    return Recorded(form, seen, kept, found.detail.row.paid_vnd, free)


def is_free(desk: Desk, dossier: str) -> bool:
    """Whether no reason is asked: the receipt is at most 15 minutes old."""
    with desk.store.read() as tx:
        found = known(desk, tx, dossier)
    return dossier_life.may_correct_freely(_received(found), desk.now())


def correct(desk: Desk, command: CorrectDossier) -> Moved:
    """Put a dossier right and make its new slip.

    Refuses: HS-10 a reason is asked, HS-14 nothing differs, HS-15 the fee was paid and would change, HS-18 another
    procedure after the hand-over, HS-42 an answer is missing, HS-43 the papers are not complete, TN-36, HS-09, DN-06.
    """

    def build(tx: WriteTx, found: Known, now: datetime) -> Fact:
        if not command.reason.strip() and not dossier_life.may_correct_freely(_received(found), now):
            raise Refused("HS-10", move="Sửa thông tin")
        return _corrected(desk, tx, found, command, now)

    return record(desk, command.id, command.dossier, Move.CORRECT, build)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _received(found: Known) -> datetime:
    return datetime.fromisoformat(found.detail.row.received_at)


def _form(tx: ReadTx, found: Known) -> IntakeForm:
    detail = found.detail
    people = [tx.subject(subject) if subject else None for subject in (detail.applicant, detail.submitter)]
    applicant, submitter = (Person.from_subject(value) if value else None for value in people)
    return IntakeForm(
        id=detail.row.dossier,
        person=applicant,
        submitter=submitter,
        procedure=detail.row.procedure,
        answers=dict(detail.answers),
        marks={m.document: Mark(MarkState(m.state), m.reason) for m in detail.marks},
        result_channel=detail.result_channel,
        guidance=detail.guidance,
    )


def _corrected(desk: Desk, tx: WriteTx, found: Known, command: CorrectDossier, now: datetime) -> DossierCorrected:
    detail, was = found.detail, _form(tx, found)
    form = _asked_again(desk, was, command.form)
    counts = {mark.document: (mark.originals, mark.copies) for mark in detail.marks}
    changed = _changed(was, form)
    if "marks" not in changed and {**counts, **command.counts} != counts:
        changed = (*changed, "marks")
    if not changed:
        raise Refused("HS-14")
    if "procedure" in changed and found.life.handed_over:
        raise Refused("HS-18", dossier=found.code)
    if form.person is None or not form.person.name.strip():
        raise Refused("TN-36")
    seen = _look(desk, tx, found, form)
    assert seen.procedure is not None and seen.variant is not None
    fee = seen.fee.total_vnd if seen.fee else 0
    if detail.row.paid_vnd and fee != detail.row.fee_vnd:
        raise Refused("HS-15", dossier=found.code)
    term, due = seen.term, _due(desk, tx, found, seen)
    slip = tx.take_number("acceptance_slip", now.date())
    return DossierCorrected(
        dossier=command.dossier,
        correction=desk.ids.uuid7(),
        corrected_at=stamp(now),
        reason=command.reason.strip(),
        changed=changed,
        void_symbol=detail.symbol,
        void_number=detail.number,
        slip_code=detail.row.slip_code,  # the dossier's own: the void slip still finds it
        symbol=slip.symbol,
        number=slip.number,
        procedure=seen.procedure.id,
        variant=seen.variant.id,
        catalogue=desk.catalogue.version,
        answers=seen.answers,
        marks=tuple(_mark(row, {**counts, **command.counts}) for row in seen.rows),
        applicant=_subject(tx, form.person, detail.applicant, changed="applicant" in changed),
        submitter=_submitter(tx, form, detail.submitter, changed="submitter" in changed),
        term_value=term.value if term else None,
        term_unit=str(term.unit) if term and term.unit else "",
        due_at=stamp(due.due_at) if due and due.due_at else "",
        calendar=desk.catalogue.calendar.version,
        fee_vnd=fee,
        result_channel=form.result_channel,
        grant=slip.grant,
    )


def _seen(desk: Desk, tx: ReadTx, found: Known, form: IntakeForm) -> IntakeView:
    """The form as it would have looked at the moment of receipt. Papers already seen stay seen."""
    procedure = desk.catalogue.procedures.get(form.procedure)
    seen = look(form, procedure, desk.catalogue.calendar, desk.profile(tx), _received(found))
    if seen.step is Step.BROKEN or seen.procedure is None or seen.variant is None:
        raise Refused("TN-09")
    return seen


def _look(desk: Desk, tx: ReadTx, found: Known, form: IntakeForm) -> IntakeView:
    """``_seen`` of a form that could have been taken in then."""
    seen = _seen(desk, tx, found, form)
    if seen.step is Step.ASK and seen.open_question is not None:
        raise Refused("HS-42", question=seen.open_question.text)
    if seen.step is not Step.ACCEPT:
        raise Refused("HS-43")
    return seen


def _asked_again(desk: Desk, was: IntakeForm, form: IntakeForm) -> IntakeForm:
    """The form without what was read from a birth date that is another one now: it is read again."""
    procedure = desk.catalogue.procedures.get(form.procedure)
    if procedure is None or _birth(was.person) == _birth(form.person):
        return form
    stale = {q.id for q in procedure.questions if q.computed not in (None, Computed.DAYS_SINCE)}
    return replace(form, answers={id: answer for id, answer in form.answers.items() if id not in stale})


def _birth(person: Person | None) -> tuple[object, object, str]:
    return (person.birth_date, person.birth_year, person.gender) if person else (None, None, "")


def _mark(row: Row, counts: Mapping[str, Counts]) -> DocumentMark:
    """A line of the checklist with the counts that were handed in; the catalogue's for a paper that is new to it."""
    made = document_mark(row)
    originals, copies = counts.get(made.document, (made.originals, made.copies))
    return replace(made, originals=originals, copies=copies)


def _due(desk: Desk, tx: ReadTx, found: Known, seen: IntakeView) -> Deadline | None:
    if seen.term is None:
        return None
    return dossier_life.due(
        found.life, seen.term, desk.catalogue.calendar, found.limits,
        cutoff_shifts_start=desk.profile(tx).cutoff_shifts_start,
    )  # fmt: skip


_COMPARED = ("submitter", "procedure", "answers", "marks", "result_channel")


def _changed(was: IntakeForm, now: IntakeForm) -> tuple[str, ...]:
    """Which parts differ, by the names of the fact."""
    same_marks = replace(now, marks={**was.marks, **now.marks})
    parts = [name for name in _COMPARED if getattr(was, name) != getattr(same_marks, name)]
    return ("applicant", *parts) if was.person != now.person else tuple(parts)


def _subject(tx: WriteTx, person: Person, kept: str, *, changed: bool) -> SubjectRef:
    """The same subject while nothing of it changed; a new one otherwise, never an edit of the old."""
    ref = None if changed else tx.ref(kept)
    return ref if ref is not None else tx.put_subject("person", person.to_subject())


def _submitter(tx: WriteTx, form: IntakeForm, kept: str, *, changed: bool) -> SubjectRef | None:
    if form.submitter is None:
        return None
    return _subject(tx, form.submitter, kept, changed=changed)
