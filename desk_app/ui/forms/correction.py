"""What was recorded at intake as fields to put right, and the fields as typed as the form they stand for. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desk_app.domain.condition import QuestionKind
from desk_app.domain.errors import Refused
from desk_app.domain.intake import Answer, IntakeForm, IntakeView
from desk_app.domain.person import Person
from desk_app.domain.procedure import Computed, Question
from desk_app.ui.forms.intake import CHANNELS, options
from desk_app.ui.forms.life import Asked
from desk_app.ui.forms.person import GENDERS, fields_of, read_person

Kept = tuple[tuple[str, str, tuple[int, int]], ...]
_PERSON = ("name", "number", "birth", "gender", "residence", "phone")
_ANSWER, _PAPER = "answer:", "paper:"
_UNKNOWN = ("", "Chưa có")


def fields(form: IntakeForm, view: IntakeView, kept: Kept) -> tuple[tuple[Asked, ...], dict[str, str]]:
    """The fields in the order of the slip, and what stands in them now. Refuses TN-36 a form without a person."""
    person = _person(form)
    typed = fields_of(person)
    asked = [Asked("name", "Họ tên người nộp"), Asked("number", "Số giấy tờ", needed=bool(person.id_number))]
    values = {name: str(getattr(typed, name)) for name in _PERSON}
    if person.kind == "person":
        asked.append(Asked("birth", "Ngày sinh hoặc năm sinh", needed=False))
        asked.append(Asked("gender", "Giới tính", "choice", needed=False, options=(("", "Không ghi"), *GENDERS)))
    asked += [Asked("residence", "Địa chỉ"), Asked("phone", "Số điện thoại", needed=False)]
    for question in _questions(view):
        asked.append(_question(question, view))
        values[_ANSWER + question.id] = _text(form.answers.get(question.id))
    for document, name, (originals, copies) in kept:
        asked.append(Asked(_PAPER + document, f"Đã nhận: {name}"))
        values[_PAPER + document] = f"{originals} bản chính, {copies} bản sao"
    asked.append(Asked("channel", "Nhận kết quả", "choice", options=CHANNELS))
    values["channel"] = form.result_channel
    return tuple(asked), values


def put_right(
    form: IntakeForm, view: IntakeView, typed: Mapping[str, str], today: date
) -> tuple[IntakeForm, dict[str, tuple[int, int]]]:
    """The form as it should have been, and the counts of the papers.

    Refuses what cannot be of a person with the code of the intake (TN-06 …), HS-44 an answer or a count that is no number.
    """
    person = _put_right(_person(form), typed, today)
    answers = dict(form.answers)
    for question in _questions(view):
        text = typed.get(_ANSWER + question.id, "").strip()
        value = _answer(question, text)
        if value is None:
            answers.pop(question.id, None)
        else:
            answers[question.id] = value
    counts = {id_.removeprefix(_PAPER): _count(text) for id_, text in typed.items() if id_.startswith(_PAPER)}
    channel = typed.get("channel") or form.result_channel
    return replace(form, person=person, answers=answers, result_channel=channel), counts


def _person(form: IntakeForm) -> Person:
    if form.person is None:
        raise Refused("TN-36")
    return form.person


def _put_right(person: Person, typed: Mapping[str, str], today: date) -> Person:
    """The person with what was typed; what is not asked (who signs, on whose behalf, the card's day) stays."""
    was = fields_of(person)
    now = replace(
        was,
        name=typed.get("name", was.name).strip(),
        number=typed.get("number", was.number).strip(),
        birth=typed.get("birth", was.birth).strip(),
        gender=typed.get("gender", was.gender),
        residence=typed.get("residence", was.residence).strip(),
        phone=typed.get("phone", was.phone).strip(),
    )
    if now == was:
        return person
    read, problems = read_person(now, today)
    if read is None:
        problem = next(iter(problems.values()))
        raise Refused(problem.code, **problem.message_values)
    return replace(
        person, name=read.name, id_kind=read.id_kind, id_number=read.id_number, birth_date=read.birth_date,
        birth_year=read.birth_year, gender=read.gender, residence=read.residence, phone=read.phone,
    )  # fmt: skip


def _questions(view: IntakeView) -> tuple[Question, ...]:
    """What was asked, then what another answer may still open; an age is read from the birth date, never typed."""
    if view.procedure is None:
        return ()
    asked = {question.id for question in view.questions}
    shown = [q for q in view.questions if q.computed in (None, Computed.DAYS_SINCE)]
    closed = (q for q in view.procedure.questions if q.id not in asked and q.at_desk is None and q.computed is None)
    return (*shown, *closed)


def _question(question: Question, view: IntakeView) -> Asked:
    needed = any(one.id == question.id for one in view.questions)
    label = question.text if needed else f"{question.text} (nếu cần)"
    if question.kind is QuestionKind.NUMBER:
        return Asked(_ANSWER + question.id, label, needed=needed)
    choices = tuple((_text(value), words) for value, words in options(question))
    return Asked(_ANSWER + question.id, label, "choice", needed, choices if needed else (_UNKNOWN, *choices))


def _answer(question: Question, text: str) -> Answer | None:
    if not text:
        return None
    if question.kind is QuestionKind.NUMBER:
        if not text.isascii() or not text.isdigit():
            raise Refused("HS-44", what=question.text)
        return int(text)
    return next((value for value, _ in options(question) if _text(value) == text), None)


def _text(value: Answer | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _count(text: str) -> tuple[int, int]:
    """``1 bản chính, 2 bản sao``, or only the two numbers; one number alone is of originals."""
    found = [int(number) for number in re.findall(r"[0-9]{1,3}", text)]
    if not 1 <= len(found) <= 2 or not any(found):
        raise Refused("HS-44", what="số bản giấy tờ đã nhận")
    return found[0], found[1] if len(found) == 2 else 0
