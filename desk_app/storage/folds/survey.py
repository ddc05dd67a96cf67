"""Fold of released answers. The place in the order of arrival is not kept: it says nothing and should say nothing."""

from __future__ import annotations

from desk_app.storage.folds.context import Folding, Placed, dump
from desk_app.storage.tables import insert_text, survey_answer
from sync.protocol.feedback_facts import SurveyReleased

_INSERT = insert_text(survey_answer)


def released(db: Folding, at: Placed, fact: SurveyReleased) -> None:
    opinion = fact.opinion.id if fact.opinion else ""
    db.execute(
        _INSERT,
        (
            None, at.training, fact.day, fact.form, fact.score, fact.field, fact.procedure, int(fact.on_paper),
            dump(at.envelope.body["answers"]), opinion,
        ),
    )  # fmt: skip
    db.count(fact.day, "surveyed", at.training)
