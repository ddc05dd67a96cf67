"""What each key does to the form of an intake: a new form, never a changed one.

Everything here is pure; the screen keeps the current form and shows ``look(form, …)``. Undo is the form before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from desk_app.domain.condition import QuestionKind
from desk_app.domain.intake import Answer, IntakeForm, IntakeView, MarkState, Row
from desk_app.domain.person import Person
from desk_app.domain.procedure import Question

#: Ways to get the result, in the order of the segment; the value is what the record holds.
CHANNELS = (("desk", "Đến quầy"), ("post", "Bưu chính"), ("online", "Trực tuyến"))
METHODS = (("cash", "Tiền mặt"), ("transfer", "Chuyển khoản"))


def with_card(form: IntakeForm, person: Person, scanned_at: str) -> IntakeForm:
    """The form with the person of a scanned card; a telephone number typed before stays."""
    phone = form.person.phone if form.person and not person.phone else person.phone
    return replace(form, person=replace(person, phone=phone), scanned_at=scanned_at)


def with_typed(form: IntakeForm, person: Person) -> IntakeForm:
    """The form with a person typed by hand."""
    return replace(form, person=person, scanned_at="")


def with_phone(form: IntakeForm, phone: str) -> IntakeForm:
    """The form with another telephone number; nothing without a person."""
    return replace(form, person=replace(form.person, phone=phone)) if form.person else form


def with_residence(form: IntakeForm, residence: str) -> IntakeForm:
    """The form with another present address: it may differ from the one on the card."""
    return replace(form, person=replace(form.person, residence=residence)) if form.person else form


def all_met(form: IntakeForm, view: IntakeView) -> IntakeForm:
    """Every paper that was not looked at becomes *đạt*; bad marks stay."""
    for row in view.rows:
        if row.mark.state is MarkState.UNSEEN:
            form = form.mark(row.document.id, MarkState.OK)
    return form


def signed_here(form: IntakeForm, view: IntakeView) -> IntakeForm:
    """Papers that only lacked a signature were signed at the counter."""
    for row in view.curable_here:
        form = form.mark(row.document.id, MarkState.OK)
    return form


def toggled(form: IntakeForm, row: Row) -> IntakeForm:
    """The space bar: *đạt*, and again *chưa xem*."""
    state = MarkState.UNSEEN if row.mark.state is MarkState.OK else MarkState.OK
    return form.mark(row.document.id, state)


def without_procedure(form: IntakeForm) -> IntakeForm:
    """Back to the choice of a procedure; marks stay for papers that the next one asks for too."""
    return replace(form, procedure="", answers={}, why_again="")


def is_blank(form: IntakeForm) -> bool:
    """Nothing typed or scanned yet: nothing to lose."""
    return form.person is None and not form.procedure and not form.marks


def options(question: Question) -> tuple[tuple[Answer, str], ...]:
    """The choices of a question in order: value and words; none for a number."""
    if question.kind is QuestionKind.CHOICE:
        return tuple((option.value, option.label) for option in question.options)
    if question.kind is QuestionKind.YES_NO:
        return ((False, "Không"), (True, "Có"))
    return ()


def first_stop(view: IntakeView, form: IntakeForm) -> str:
    """Id of the question where the focus starts; "" = nothing to ask, on to the checklist.

    The first number (a count differs each time, even when the usual one is filled in), else the first open question.
    """
    for question in view.questions:
        if question.kind is QuestionKind.NUMBER:
            return question.id
        if question.id not in form.answers and view.open_question is not None:
            return question.id
    return ""


def next_stop(view: IntakeView, form: IntakeForm, after: str) -> str:
    """Id of the question where the focus goes once `after` was answered; "" = on to the checklist.

    A number that follows at once is always visited; otherwise the next open one, below first, then above.
    """
    order = [question.id for question in view.questions]
    place = order.index(after) if after in order else -1
    below, above = view.questions[place + 1 :], view.questions[: max(place, 0)]
    if below and below[0].kind is QuestionKind.NUMBER:
        return below[0].id
    if view.open_question is None:
        return ""
    return next((q.id for q in (*below, *above) if q.id not in form.answers), view.open_question.id)


def with_fields(form: IntakeForm, **fields: Any) -> IntakeForm:
    """The form with plain fields replaced (channel, method, cash, reason); names are those of ``IntakeForm``."""
    return replace(form, **fields)


def swapped(form: IntakeForm) -> IntakeForm:
    """Handed in for somebody else: who stands here becomes the submitter; asked again, everything is as before."""
    if form.submitter is not None:
        return replace(form, person=form.submitter, submitter=None)
    return replace(form, person=None, submitter=form.person, scanned_at="")


def moment(stamp: str) -> datetime | str:
    """A local stamp as a time that messages write out; "" stays empty."""
    return datetime.fromisoformat(stamp) if stamp else ""
