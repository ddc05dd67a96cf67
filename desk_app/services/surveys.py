"""Satisfaction: an answer is put aside without whom, what and when; groups of days that are over leave together.

Nothing here may ever hold up the counter or fail in front of a citizen: what cannot be kept is let go.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.documents import marks, survey_form
from desk_app.documents.survey_form import SurveyForm
from desk_app.domain import survey as rules
from desk_app.domain.survey import Answer, SurveyAnswer, SurveyQuestions
from desk_app.domain.unit import UnitProfile
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed, Printer
from desk_app.storage import surveys
from desk_app.storage.lines import SURVEY, TRAINING, TRAINING_SURVEY
from desk_app.storage.queries import surveys as query
from desk_app.storage.queries.surveys import Satisfaction
from desk_app.storage.transaction import WriteTx
from sync.protocol.feedback_facts import SurveyReleased

TITLE = "Phiếu khảo sát mức độ hài lòng"
_ELSEWHERE = "noi_khac"  # what other offices do stands in the catalogue too
_SHORT, _FIELDS = 22, 8  # names of fields that have room on the form


@dataclass(frozen=True, slots=True)
class FilledSurvey:
    """A longer form as filled: answers by question. ``on_paper``: typed in from a paper form."""

    form: SurveyQuestions
    answers: Mapping[str, Answer]
    field: str = ""
    on_paper: bool = False


def forms(text: str) -> Mapping[str, SurveyQuestions]:
    """The forms of the shipped file. Fails KS-01."""
    return rules.read_forms(json.loads(text))


def rate(desk: Desk, score: int, reason: str = "", field: str = "", procedure: str = "") -> None:
    """One tap on a face (1–5), with at most one reason. Refuses KS-02."""
    _keep(desk, rules.quick(score, reason, _today(desk), field, procedure))


def fill(desk: Desk, filled: FilledSurvey) -> None:
    """The longer form. Refuses: KS-02 an answer nobody asked for, KS-03 nothing was answered."""
    score, answers, opinion = rules.check(filled.form, filled.answers)
    _keep(
        desk,
        SurveyAnswer(filled.form.id, _today(desk), score, answers, filled.field, "", opinion, filled.on_paper),
    )


def release(desk: Desk) -> int:
    """Let the answers of days that are over go, shuffled, when at least five look alike; answers how many left.

    A desk without a survey line keeps them.
    """
    with desk.store.read() as tx:
        kind = TRAINING_SURVEY if desk.line_kind == TRAINING else SURVEY
        has_line = any(line.kind == kind and line.state != "closed" for line in tx.lines())
        kept = surveys.waiting(tx, _today(desk)) if has_line else ()
    answers = [_read(body) for _key, body in kept]
    chosen = rules.releasable(answers, _today(desk))
    if not chosen:
        return 0
    group = rules.release([answers[at] for at in chosen], [desk.ids.random_bytes(16) for _ in chosen])
    with desk.store.write(desk.ids.random_bytes(16).hex(), "") as tx:
        tx.use_line(kind)
        for answer in group:
            tx.append(_fact(tx, answer))
        surveys.drop(tx, [kept[at][0] for at in chosen])
    desk.wake_sync()
    return len(group)


def fields_here(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Fields that this desk serves: id and name."""
    return tuple((id, name) for id, name in desk.catalogue.fields.items() if id != _ELSEWHERE)


def print_blank(desk: Desk, printer: Printer) -> Printed:
    """A blank form for the table in the waiting room: no name, no code, nothing that leads to a dossier."""
    profile = desk.store.call(lambda: _profile(desk))
    fields = tuple(name for _id, name in fields_here(desk) if len(name) <= _SHORT)[:_FIELDS]
    marked = (marks.training(),) if desk.training else ()
    pdf = survey_form.render(SurveyForm(profile.authority, (*fields, "khác"), marked))
    return printer.print_pdf(pdf, role="slip", media="A5", title=TITLE)


def _profile(desk: Desk) -> UnitProfile:
    with desk.store.read() as tx:
        return desk.profile(tx)


def waiting(desk: Desk) -> int:
    """How many answers wait for their group."""
    with desk.store.read() as tx:
        return surveys.count(tx)


def satisfaction(desk: Desk, first: str, last: str, field: str = "") -> Satisfaction:
    """Sums between two ISO days; fewer than five are not to be shown (``domain.survey.rate_text``)."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return query.satisfaction(tx, first, last, field=field)


def _keep(desk: Desk, answer: SurveyAnswer) -> None:
    body = {
        "form": answer.form, "day": answer.day, "score": answer.score, "answers": dict(answer.answers),
        "field": answer.field, "procedure": answer.procedure, "opinion": answer.opinion, "on_paper": answer.on_paper,
    }  # fmt: skip
    with desk.store.write("", "") as tx:
        surveys.put(tx, desk.ids.random_bytes(surveys.KEY_BYTES), answer.day, body)


def _read(body: Mapping[str, object]) -> SurveyAnswer:
    return SurveyAnswer(**body)  # type: ignore[arg-type]


def _fact(tx: WriteTx, answer: SurveyAnswer) -> SurveyReleased:
    opinion = tx.put_subject("survey_opinion", {"text": answer.opinion}) if answer.opinion else None
    return SurveyReleased(
        answer.form, answer.day, answer.score, dict(answer.answers), answer.field, answer.procedure, answer.on_paper,
        opinion,
    )  # fmt: skip


def _today(desk: Desk) -> str:
    return desk.now().date().isoformat()
