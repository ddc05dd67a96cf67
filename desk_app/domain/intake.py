"""What is being taken in now: the form as typed, and everything the screen shows of it. Pure; recomputed at each key.

``IntakeForm`` is all the officer typed; it is the draft that is saved at every field. ``look`` folds it with catalogue,
tariffs and time into an ``IntakeView``: questions, checklist, fee, promised date and what F9 will do. The same function
is asked again inside the transaction, so the screen can never promise what the record does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from desk_app.domain.answering import computed_answers
from desk_app.domain.assessment import ALWAYS, Assessment, assess
from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.condition import evaluate3
from desk_app.domain.deadline import Deadline, compute_deadline
from desk_app.domain.fees import FeeQuote
from desk_app.domain.guidance import reason
from desk_app.domain.person import Person
from desk_app.domain.procedure import (
    DocumentKind,
    Procedure,
    Question,
    RequiredDocument,
    RoutingRule,
    Term,
    TermUnit,
    Variant,
)
from desk_app.domain.settling import with_own_name
from desk_app.domain.unit import UnitProfile

Answer = bool | int | str

_IDENTITY_PAPER = "giay_to_tuy_than"  # the card that was just scanned satisfies this line of a checklist


class MarkState(StrEnum):
    """How the officer marked a paper; ``NOT_NEEDED``: the data are at hand, the citizen hands in nothing."""

    UNSEEN = "unseen"
    OK = "ok"
    BAD = "bad"
    NOT_NEEDED = "not_needed"


class Step(StrEnum):
    """What the blue button does next."""

    CHOOSE = "choose"  # no procedure yet
    REFER = "refer"  # not received here: print where to go
    BROKEN = "broken"  # the catalogue holds no version of the procedure for today
    ASK = "ask"  # a question is open
    LOOK = "look"  # a paper was not looked at
    GUIDE = "guide"  # something is missing: one slip with all of it
    ACCEPT = "accept"  # complete


@dataclass(frozen=True, slots=True)
class Mark:
    """One paper as marked; ``reason`` 1–6 when bad."""

    state: MarkState
    reason: int = 0


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """Everything typed at one intake; plain values only, so that it is a draft as it is.

    ``scanned_at``: local time of the card scan, "" when typed by hand. ``guidance``: the slip that reopened the case.
    ``submitter``: who hands it in, when not the applicant. ``phone`` and ``address`` may be corrected after a scan.
    ``online``: the online dossier that this takes in, "" = none.
    """

    id: str
    person: Person | None = None
    scanned_at: str = ""
    submitter: Person | None = None
    procedure: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    result_channel: str = "desk"
    email: str = ""
    method: str = "cash"
    cash_given_vnd: int | None = None
    guidance: str = ""
    why_again: str = ""
    online: str = ""

    def answer(self, question: str, value: Answer | None) -> IntakeForm:
        """The form with one answer given (None takes it back). Marks of papers stay."""
        answers = {k: v for k, v in self.answers.items() if k != question}
        if value is not None:
            answers[question] = value
        return replace(self, answers=answers)

    def mark(self, document: str, state: MarkState, reason_no: int = 0) -> IntakeForm:
        """The form with one paper marked; a bad mark without reason gets "Chưa có"."""
        reason_no = reason(reason_no or 1).number if state is MarkState.BAD else 0
        return replace(self, marks={**self.marks, document: Mark(state, reason_no)})

    def choose(self, procedure: Procedure) -> IntakeForm:
        """The form with this procedure and its usual answers; marks of papers common to both are kept."""
        if procedure.id == self.procedure:
            return self
        preset = {q.id: q.usual if q.at_desk is None else q.at_desk for q in procedure.questions}
        return replace(self, procedure=procedure.id, answers={k: v for k, v in preset.items() if v is not None})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the checklist as shown. ``why``: because of which answers it is asked, "" = always."""

    document: RequiredDocument
    mark: Mark
    why: str
    from_card: bool

    @property
    def kind_text(self) -> str:
        """Which kind of paper is asked for: ``Bản chính, 1 bản``; shown only: ``Xuất trình``."""
        return document_kind(self.document)


@dataclass(frozen=True, slots=True)
class IntakeView:
    """Everything the screen shows of a form at one moment.

    ``answers``: those typed and those read from the card; ``routing_why``, ``term_why``: because of which answers.
    """

    step: Step
    procedure: Procedure | None
    variant: Variant | None
    questions: tuple[Question, ...]
    open_question: Question | None
    routing: RoutingRule | None
    rows: tuple[Row, ...]
    fee: FeeQuote | None
    term: Term | None
    deadline: Deadline | None
    done_at_once: bool
    answers: Mapping[str, Answer] = field(default_factory=dict)
    routing_why: str = ""
    term_why: str = ""

    def count(self, state: MarkState) -> int:
        return sum(1 for r in self.rows if r.mark.state is state)

    @property
    def missing(self) -> tuple[Row, ...]:
        return tuple(r for r in self.rows if r.mark.state is MarkState.BAD)

    @property
    def curable_here(self) -> tuple[Row, ...]:
        """Bad papers that can be put right at the counter at once."""
        return tuple(r for r in self.missing if reason(r.mark.reason).at_desk)


def look(
    form: IntakeForm, procedure: Procedure | None, calendar: WorkCalendar, profile: UnitProfile, now: datetime
) -> IntakeView:
    """The view of ``form`` at local time ``now``. Total: every form gives a view, none raises.

    The version in force on the day of receipt decides documents and term; the fee is that of the day of collection
    (both are today at the counter).
    """
    if procedure is None:
        return _empty(Step.CHOOSE, None)
    variant = procedure.variant_on(now.date())
    if variant is None:
        return _empty(Step.BROKEN, procedure)
    known = computed_answers(procedure, form.person, now.date())
    answers = {**known, **form.answers}
    found = assess(procedure, variant, answers, settings=profile.tariffs, on=now.date())
    questions = _asked(procedure, answers, known.keys() - form.answers.keys())
    if found.routing is not None:
        return replace(
            _empty(Step.REFER, procedure), variant=variant, questions=questions, routing=found.routing,
            routing_why=found.routing_why, answers=answers,
        )  # fmt: skip
    rows = _rows(found, form)
    deadline = None
    if found.term is not None:
        term = with_own_name(found.term, profile.authority)
        deadline = compute_deadline(term, now, calendar, cutoff_shifts_start=profile.cutoff_shifts_start)
    return IntakeView(
        step=_step(found, rows),
        procedure=procedure,
        variant=variant,
        questions=questions,
        open_question=found.next_question,
        routing=None,
        rows=rows,
        fee=found.fee,
        term=found.term,
        deadline=deadline,
        done_at_once=_done_at_once(procedure, found.term, deadline, now),
        answers=answers,
        term_why=found.term_why,
    )


def document_kind(document: RequiredDocument) -> str:
    """``Bản chính, 1 bản`` · ``Bản sao, 2 bản`` · ``Xuất trình`` · ``Thông tin`` (neither original nor copy)."""
    if document.kind is DocumentKind.SHOW:
        return "Xuất trình bản chính" if document.originals else "Xuất trình"
    parts = []
    if document.originals:
        parts.append(f"Bản chính, {document.originals} bản")
    if document.copies:
        parts.append(f"Bản sao, {document.copies} bản")
    return " · ".join(parts) or "Thông tin"


def _empty(step: Step, procedure: Procedure | None) -> IntakeView:
    return IntakeView(step, procedure, None, (), None, None, (), None, None, None, done_at_once=False)


def _asked(procedure: Procedure, answers: Mapping[str, Answer], known: Set[str]) -> tuple[Question, ...]:
    """The questions that make sense so far, open and answered; what the desk or the card knows is not asked."""
    return tuple(
        q
        for q in procedure.questions
        if q.at_desk is None and q.id not in known and (q.ask_when is None or evaluate3(q.ask_when, answers) is True)
    )


def _rows(found: Assessment, form: IntakeForm) -> tuple[Row, ...]:
    rows = []
    for need in found.documents:
        if need.needed is not True:
            continue
        document = need.document
        from_card = bool(form.scanned_at) and document.id.startswith(_IDENTITY_PAPER) and form.submitter is None
        default = Mark(MarkState.OK) if from_card else Mark(MarkState.UNSEEN)
        rows.append(
            Row(document, form.marks.get(document.id, default), "" if need.why == ALWAYS else need.why, from_card)
        )
    return tuple(rows)


def _step(found: Assessment, rows: tuple[Row, ...]) -> Step:
    states = {r.mark.state for r in rows}
    if found.next_question is not None:
        return Step.ASK
    if MarkState.UNSEEN in states:
        return Step.LOOK
    return Step.GUIDE if MarkState.BAD in states else Step.ACCEPT


def _done_at_once(procedure: Procedure, term: Term | None, deadline: Deadline | None, now: datetime) -> bool:
    """Certified copies and signatures done while the citizen waits: one command takes in, collects, settles, returns."""
    return (
        procedure.field == "chung_thuc"
        and term is not None
        and term.unit is TermUnit.SAME_DAY
        and deadline is not None
        and deadline.due_on == now.date()
    )
