"""Answers nobody has to give: the age that the card says, the days that a date says. Pure.

What was answered by hand always wins; a count of days goes on while the paper lies at home.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desk_app.domain.condition import Answer
from desk_app.domain.person import Person
from desk_app.domain.procedure import Computed, Procedure

_SEX = {Computed.AGE_IF_MALE: "Nam", Computed.AGE_IF_FEMALE: "Nữ"}


def computed_answers(procedure: Procedure, person: Person | None, on: date) -> dict[str, Answer]:
    """The answers that follow from who applies, by question; empty while nobody is named."""
    if person is None or person.kind != "person":
        return {}
    age = person.age_on(on)
    if age is None or age < 0:
        return {}
    found: dict[str, Answer] = {}
    for question in procedure.questions:
        if question.computed is None or question.computed is Computed.DAYS_SINCE:
            continue
        if _SEX.get(question.computed, person.gender) == person.gender:
            found[question.id] = age
    return found


def days_since(day: date, on: date) -> int | None:
    """Whole days from an event to ``on``, the day itself being 0; None when it has not happened yet."""
    return (on - day).days if day <= on else None


def after_days(procedure: Procedure, answers: Mapping[str, Answer], days: int) -> dict[str, Answer]:
    """Answers given ``days`` ago as they read today: counts of days since an event have grown."""
    grown = dict(answers)
    for question in procedure.questions:
        answer = answers.get(question.id)
        if question.computed is Computed.DAYS_SINCE and isinstance(answer, int) and not isinstance(answer, bool):
            grown[question.id] = answer + max(0, days)
    return grown
