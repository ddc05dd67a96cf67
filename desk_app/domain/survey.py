"""Satisfaction: questions as data, answers that lead to nobody, groups that are released together.

Anonymous for real (sync.md §3.9, law-and-forms §10.1): an answer carries no dossier, officer, station or second. Answers
of days that are over leave in groups of at least five of one form, shuffled, all under the last day of their group; a
field or a procedure stays on an answer only when at least five of its group share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desk_app.domain.errors import Failed, Refused
from desk_app.domain.text import clean_line

GROUP: Final = 5
OPINION_LIMIT: Final = 500
FORMAT: Final = "mot-cua-surveys/1"
QUICK: Final = "quick/1"
SATISFIED: Final = (4, 5)

Answer = bool | int | str


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One question. ``kind``: grade (1–5), choice (one of ``options``), text. ``leads``: the overall satisfaction."""

    id: str
    text: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True)
class SurveyQuestions:
    """A version of a form: ``id`` is ``counter/1``; an answer keeps the id of the version that was asked."""

    id: str
    title: str
    promise: str
    questions: tuple[SurveyQuestion, ...]

    def question(self, id: str) -> SurveyQuestion | None:
        return next((q for q in self.questions if q.id == id), None)


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """What one citizen said. ``day``: ISO day; ``score`` 1–5, 0 = not given; ``on_paper``: typed in from a paper form."""

    form: str
    day: str
    score: int
    answers: Mapping[str, Answer]
    field: str = ""
    procedure: str = ""
    opinion: str = ""
    on_paper: bool = False


def read_forms(data: Mapping[str, object]) -> dict[str, SurveyQuestions]:
    """The forms of ``survey.json`` by id, the newest of a name last. Fails KS-01 for data we cannot use."""
    try:
        if data["format"] != FORMAT:
            raise Failed("KS-01")
        return {form.id: form for form in (_form(item) for item in data["forms"])}  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Failed("KS-01") from problem


def read_form(item: Mapping[str, object]) -> SurveyQuestions:
    """One form, as a campaign brings it. Fails KS-01 for data we cannot use."""
    try:
        return _form(item)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Failed("KS-01") from problem


def _form(item: Mapping[str, object]) -> SurveyQuestions:
    questions = tuple(_question(q) for q in item["questions"])  # type: ignore[attr-defined]
    if len({q.id for q in questions}) != len(questions) or not questions:
        raise ValueError("questions")
    return SurveyQuestions(str(item["id"]), str(item["title"]), str(item["promise"]), questions)


def _question(item: Mapping[str, object]) -> SurveyQuestion:
    kind = str(item["kind"])
    options = tuple((str(id), str(text)) for id, text in item.get("options", ()))  # type: ignore[attr-defined]
    if kind not in ("grade", "choice", "text") or (kind == "choice" and not options):
        raise ValueError(kind)
    return SurveyQuestion(str(item["id"]), str(item["text"]), kind, options, item.get("leads") is True)


def quick(score: int, reason: str, day: str, field: str = "", procedure: str = "") -> SurveyAnswer:
    """One tap on a face. Refuses KS-02: not one of the five faces."""
    if score not in range(1, 6):
        raise Refused("KS-02")
    given: dict[str, Answer] = {"reason": clean_line(reason, 40)} if reason.strip() else {}
    return SurveyAnswer(QUICK, day, score, given, field, procedure)


def check(form: SurveyQuestions, given: Mapping[str, Answer]) -> tuple[int, dict[str, Answer], str]:
    """Overall score, answers and opinion of a filled form; blanks are not answers. Refuses KS-02: an answer not asked."""
    kept: dict[str, Answer] = {}
    score, opinion = 0, ""
    for id, value in given.items():
        question = form.question(id)
        if question is None:
            raise Refused("KS-02")
        if question.kind == "text":
            opinion = clean_line(str(value), OPINION_LIMIT)
        elif question.kind == "grade":
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
                raise Refused("KS-02")
            kept[id] = value
            score = value if question.leads else score
        elif value in {option for option, _text in question.options}:
            kept[id] = value
        else:
            raise Refused("KS-02")
    if not kept and not opinion:
        raise Refused("KS-03")
    return score, kept, opinion


def releasable(waiting: Sequence[SurveyAnswer], today: str) -> tuple[int, ...]:
    """Which answers (by place) may leave now: of days that are over, at least five alike in form and in paper or screen.

    Somebody who saw that one citizen filled the longer form this week would know his answer among faces that were tapped.
    """
    over = [(place, answer) for place, answer in enumerate(waiting) if answer.day < today]
    sizes = Counter(_look(answer) for _place, answer in over)
    return tuple(place for place, answer in over if sizes[_look(answer)] >= GROUP)


def release(group: Sequence[SurveyAnswer], order: Sequence[bytes]) -> tuple[SurveyAnswer, ...]:
    """What leaves together, shuffled by ``order`` (random bytes, one per answer).

    Every answer gets the last day of those that look like it; a field or procedure that fewer than five of them share is
    taken off. ``group``: as chosen by ``releasable``.
    """
    days: dict[tuple[str, bool], str] = {}
    for answer in group:
        days[_look(answer)] = max(answer.day, days.get(_look(answer), ""))
    fields = Counter((_look(answer), answer.field) for answer in group)
    procedures = Counter((_look(answer), answer.procedure) for answer in group)
    shuffled = [answer for _key, answer in sorted(zip(order, group, strict=True), key=lambda pair: pair[0])]
    return tuple(
        replace(
            answer,
            day=days[_look(answer)],
            field=answer.field if fields[_look(answer), answer.field] >= GROUP else "",
            procedure=answer.procedure if procedures[_look(answer), answer.procedure] >= GROUP else "",
        )
        for answer in shuffled
    )


def _look(answer: SurveyAnswer) -> tuple[str, bool]:
    """What an onlooker can tell of an answer from outside: which form it was, and whether on paper."""
    return answer.form, answer.on_paper


def rate_text(satisfied: int, n: int) -> str:
    """``92,35 %``: answers 4 and 5 of all valid ones, two decimals; fewer than five are not shown."""
    if n < GROUP:
        return "chưa đủ phiếu"
    hundredths = (satisfied * 10_000 * 2 + n) // (2 * n)
    return f"{hundredths // 100},{hundredths % 100:02d} %"
