"""What a procedure asks of this citizen: the next question, where to go, the papers, the fee and the term.

Pure and cheap, so screens call it at every key. While questions are open the values are three-valued: "tùy trường
hợp" instead of a guess. Stale answers (to a question that is no longer asked) never count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk_app.domain.condition import Answers, Condition, evaluate3, explain, questions_in, undecided
from desk_app.domain.fees import NO_FEE_QUOTED, FeeQuote, questions_of_fees, quote
from desk_app.domain.procedure import (
    Procedure,
    Question,
    RequiredDocument,
    RoutingRule,
    Term,
    Variant,
)

ALWAYS = "luôn cần"
DEPENDS = "tùy trường hợp"
_COMPUTED = frozenset({"routing", "documents", "fee", "time"})


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """A line of the checklist: needed, not needed, or None while that depends on an open question; and why."""

    document: RequiredDocument
    needed: bool | None
    why: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome for the answers so far. When `routing` is set there are no documents, no fee and no term."""

    open_questions: tuple[Question, ...]
    next_question: Question | None
    routing: RoutingRule | None
    routing_why: str
    documents: tuple[DocumentNeed, ...]
    fee: FeeQuote
    term: Term | None
    term_why: str
    on: date

    @property
    def needed(self) -> tuple[RequiredDocument, ...]:
        """The papers surely needed, in catalogue order."""
        return tuple(need.document for need in self.documents if need.needed)

    @property
    def is_settled(self) -> bool:
        """Whether no open question can change the outcome any more."""
        return not self.open_questions


def usable_answers(procedure: Procedure, answers: Answers) -> dict[str, bool | int | str]:
    """The answers that count: of questions of this procedure that are asked, given what was answered before them."""
    usable: dict[str, bool | int | str] = {}
    for question in procedure.questions:
        asked = question.ask_when is None or evaluate3(question.ask_when, usable) is True
        if asked and question.id in answers:
            usable[question.id] = answers[question.id]
    return usable


def assess(
    procedure: Procedure,
    variant: Variant,
    answers: Answers,
    *,
    settings: Mapping[str, int],
    on: date,
    complete: bool = False,
) -> Assessment:
    """Everything that follows from the answers for one version of a procedure.

    `settings` are provincial tariffs in đồng by name. `complete` treats every unanswered question as closed for good
    (its leaf is false), which is how finished cases are evaluated. `on` is the day it is asked for and is kept with
    the outcome: the fee of another day may come from another version.
    """
    known = usable_answers(procedure, answers)
    closed = _closed(procedure, known, complete=complete)
    scope = _Scope(known, closed, procedure.by_question_id)
    routing = next((rule for rule in variant.routing if scope.holds(rule.when) is True), None)
    if routing is not None:
        why = scope.why(routing.when)
        return Assessment((), None, routing, why, (), NO_FEE_QUOTED, None, "", on)
    fee = quote(variant, known, settings, closed)
    term, term_why = _term(variant, scope)
    opened = _open_questions(procedure, variant, scope, fee)
    asked = (q for q in opened if q.ask_when is None or scope.holds(q.ask_when) is True)
    documents = tuple(_need(document, scope) for document in variant.documents)
    return Assessment(opened, next(asked, None), None, "", documents, fee, term, term_why, on)


@dataclass(frozen=True, slots=True)
class _Scope:
    answers: Mapping[str, bool | int | str]
    closed: frozenset[str]
    questions: Mapping[str, Question]

    def holds(self, when: Condition | None) -> bool | None:
        return True if when is None else evaluate3(when, self.answers, self.closed)

    def undecided(self, when: Condition | None) -> frozenset[str]:
        return frozenset() if when is None else undecided(when, self.answers, self.closed)

    def why(self, when: Condition | None) -> str:
        """What the desk knows by itself (the channel) is no reason for a citizen."""
        said = {id: answer for id, answer in self.answers.items() if self.questions[id].at_desk is None}
        return "" if when is None else explain(when, said, self.questions)


def _closed(procedure: Procedure, known: Answers, *, complete: bool) -> frozenset[str]:
    """Questions that will never be answered: all open ones when complete, else those not asked."""
    closed: set[str] = set()
    for question in procedure.questions:
        if question.id in known:
            continue
        not_asked = question.ask_when is not None and evaluate3(question.ask_when, known, frozenset(closed)) is False
        if complete or not_asked:
            closed.add(question.id)
    return frozenset(closed)


def _need(document: RequiredDocument, scope: _Scope) -> DocumentNeed:
    if document.when is None:
        return DocumentNeed(document, True, ALWAYS)
    needed = scope.holds(document.when)
    return DocumentNeed(document, needed, DEPENDS if needed is None else scope.why(document.when) or ALWAYS)


def _term(variant: Variant, scope: _Scope) -> tuple[Term | None, str]:
    """The term that applies, None while a special case is still possible."""
    for case in variant.term_cases:
        holds = scope.holds(case.when)
        if holds is None:
            return None, DEPENDS
        if holds:
            return case.term, scope.why(case.when)
    return variant.default_term, ""


def _open_questions(procedure: Procedure, variant: Variant, scope: _Scope, fee: FeeQuote) -> tuple[Question, ...]:
    """Unanswered questions that can still change something, in the order of the catalogue."""
    waiting = set(fee.open_questions)
    for when in _conditions(variant):
        waiting |= scope.undecided(when)
    read = _questions_read(variant)
    opened = [
        question
        for question in procedure.questions
        if question.id not in scope.answers
        and question.id not in scope.closed
        and (question.id in waiting or (question.id not in read and not question.affects <= _COMPUTED))
    ]
    return tuple(_with_guards(procedure, opened, scope))


def _with_guards(procedure: Procedure, opened: list[Question], scope: _Scope) -> list[Question]:
    """Adds the open questions that decide whether an open question is asked at all."""
    wanted = {question.id for question in opened}
    for question in reversed(procedure.questions):
        if question.id in wanted and question.ask_when is not None:
            wanted |= scope.undecided(question.ask_when)
    return [question for question in procedure.questions if question.id in wanted]


def _conditions(variant: Variant) -> list[Condition]:
    """Conditions that decide route, papers and term; those of fees are followed in `fees`."""
    found = [rule.when for rule in variant.routing]
    found += [document.when for document in variant.documents]
    found += [case.when for case in variant.term_cases]
    return [when for when in found if when is not None]


def _questions_read(variant: Variant) -> frozenset[str]:
    """Every question the variant looks at anywhere."""
    names: set[str] = set()
    for when in _conditions(variant):
        names.update(questions_in(when))
    return frozenset(names) | questions_of_fees(variant)
