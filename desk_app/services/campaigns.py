"""Survey campaigns of the level above: which run today, with which questions, and how many answers this office has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.survey import SurveyQuestions, read_form
from desk_app.services.desk import Desk
from desk_app.storage import surveys
from desk_app.storage.queries import voice


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign that runs today. ``collected``: answers released anywhere in the office, and those waiting here."""

    id: str
    title: str
    last: date
    target: int
    collected: int
    form: SurveyQuestions


def running(desk: Desk) -> tuple[Running, ...]:
    """Every campaign of today, the one that ends first in front. Training practises with the counter's own form."""
    if desk.training:
        return ()
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        found = voice.campaigns(tx, desk.now().date().isoformat())
        return tuple(
            Running(
                one.id, one.title, date.fromisoformat(one.last), one.target,
                voice.answers(tx, one) + surveys.count_form(tx, str(one.form["id"])), read_form(one.form),
            )
            for one in found
        )  # fmt: skip
