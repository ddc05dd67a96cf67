"""The small language in which the catalogue says when a paper, a fee or a route applies.

It is total (no loops, no functions, no arithmetic), typed against the questions of its procedure, and can say in
Vietnamese why it holds. Anything more must become a question. Law texts stay in the catalogue, never here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Answer = bool | int | str
Answers = Mapping[str, Answer]
Path = tuple[str | int, ...]
MAX_DEPTH = 12


class DataProblem(ValueError):
    """Catalogue data that cannot be used: where (`path`) and why (`reason`, Vietnamese for the administrator)."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{'.'.join(map(str, path))}: {reason}")
        self.path = path
        self.reason = reason


class QuestionKind(StrEnum):
    """What an answer is: bool, int or one of the option values."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


class Asked(Protocol):
    """What a condition must know of a question: its id, words, kind and the label of each option value."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> QuestionKind: ...
    @property
    def labels(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Equals:
    """The answer is exactly this value."""

    question: str
    value: Answer


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer is one of these values."""

    question: str
    values: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A number against a bound; `op` is gt, gte, lt or lte."""

    question: str
    op: str
    bound: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; an empty list holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; an empty list does not hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; true as well when its question was never answered."""

    part: Condition


Condition = Equals | OneOf | Compare | All | AnyOf | Not

_OPS: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}


def parse(data: object, questions: Mapping[str, Asked], path: Path = ()) -> Condition:
    """A condition from its data form, checked against the questions of the procedure; raises DataProblem."""
    if len(path) and _nesting(path) > MAX_DEPTH:
        raise DataProblem(path, f"điều kiện lồng quá {MAX_DEPTH} tầng")
    if not isinstance(data, Mapping):
        raise DataProblem(path, "điều kiện phải là một mục gồm khóa và giá trị")
    if "q" in data:
        return _parse_leaf(data, questions, path)
    if len(data) != 1:
        raise DataProblem(path, "điều kiện chỉ được có một trong các khóa q, all, any, not")
    ((key, inner),) = data.items()
    if key == "not":
        return Not(parse(inner, questions, (*path, "not")))
    if key not in ("all", "any"):
        raise DataProblem((*path, str(key)), f"không có phép “{key}” trong điều kiện")
    if not isinstance(inner, list | tuple) or not inner:
        raise DataProblem((*path, key), "cần một danh sách điều kiện, ít nhất một mục")
    parts = tuple(parse(part, questions, (*path, key, index)) for index, part in enumerate(inner))
    return All(parts) if key == "all" else AnyOf(parts)


def _nesting(path: Path) -> int:
    return sum(step in ("all", "any", "not") for step in path)


def _parse_leaf(data: Mapping[object, object], questions: Mapping[str, Asked], path: Path) -> Condition:
    name = data["q"]
    if not isinstance(name, str) or name not in questions:
        raise DataProblem((*path, "q"), f"không có câu hỏi “{name}” trong thủ tục này")
    if len(data) != 2:
        raise DataProblem(path, "sau q phải có đúng một phép: is, in, gt, gte, lt hoặc lte")
    question = questions[name]
    op, operand = next((str(key), value) for key, value in data.items() if key != "q")
    if op == "is":
        return Equals(name, _value(operand, question, (*path, "is")))
    if op == "in":
        if not isinstance(operand, list | tuple) or not operand:
            raise DataProblem((*path, "in"), "cần một danh sách giá trị, ít nhất một mục")
        return OneOf(name, tuple(_value(value, question, (*path, "in", i)) for i, value in enumerate(operand)))
    if op not in _OPS:
        raise DataProblem((*path, op), f"không có phép “{op}” trong điều kiện")
    if question.kind is not QuestionKind.NUMBER:
        raise DataProblem((*path, op), f"phép {op} chỉ dùng cho câu hỏi số; “{name}” không phải số")
    if not isinstance(operand, int) or isinstance(operand, bool):
        raise DataProblem((*path, op), "cần một số nguyên")
    return Compare(name, op, operand)


def _value(value: object, question: Asked, path: Path) -> Answer:
    problem = answer_problem(value, question)
    if problem:
        raise DataProblem(path, problem)
    assert isinstance(value, bool | int | str)
    return value


def answer_problem(value: object, question: Asked) -> str | None:
    """Why the value cannot answer the question, in Vietnamese; None when it can."""
    match question.kind:
        case QuestionKind.YES_NO:
            return None if isinstance(value, bool) else f"câu hỏi “{question.id}” chỉ nhận true hoặc false"
        case QuestionKind.NUMBER:
            whole = isinstance(value, int) and not isinstance(value, bool)
            return None if whole else f"câu hỏi “{question.id}” chỉ nhận số nguyên"
        case QuestionKind.CHOICE:
            if isinstance(value, str) and value in question.labels:
                return None
            return f"“{value}” không có trong các lựa chọn của câu hỏi “{question.id}”"


def evaluate(condition: Condition, answers: Answers) -> bool:
    """Whether it holds once all answers are in; a leaf on an unanswered question is false."""
    match condition:
        case All(parts):
            return all(evaluate(part, answers) for part in parts)
        case AnyOf(parts):
            return any(evaluate(part, answers) for part in parts)
        case Not(part):
            return not evaluate(part, answers)
        case Equals() | OneOf() | Compare():
            return condition.question in answers and _leaf(condition, answers[condition.question])


def evaluate3(condition: Condition, answers: Answers, closed: frozenset[str] = frozenset()) -> bool | None:
    """Whether it holds while questions are open: None when that depends on one. `closed` will never be asked."""
    match condition:
        case All(parts):
            values = [evaluate3(part, answers, closed) for part in parts]
            return False if False in values else None if None in values else True
        case AnyOf(parts):
            values = [evaluate3(part, answers, closed) for part in parts]
            return True if True in values else None if None in values else False
        case Not(part):
            value = evaluate3(part, answers, closed)
            return None if value is None else not value
        case Equals() | OneOf() | Compare():
            if condition.question in answers:
                return _leaf(condition, answers[condition.question])
            return False if condition.question in closed else None


def undecided(condition: Condition, answers: Answers, closed: frozenset[str] = frozenset()) -> frozenset[str]:
    """The open questions that can still change the value; empty when it is decided."""
    if evaluate3(condition, answers, closed) is not None:
        return frozenset()
    match condition:
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(undecided(part, answers, closed) for part in parts))
        case Not(part):
            return undecided(part, answers, closed)
        case Equals() | OneOf() | Compare():
            return frozenset({condition.question})


def questions_in(condition: Condition) -> Iterator[str]:
    """Every question id the condition reads, in order, repeats included."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from questions_in(part)
        case Not(part):
            yield from questions_in(part)
        case Equals() | OneOf() | Compare():
            yield condition.question


def _leaf(leaf: Equals | OneOf | Compare, answer: Answer) -> bool:
    # bool is an int in Python; True must not answer a number question as 1.
    match leaf:
        case Equals(_, value):
            return type(answer) is type(value) and answer == value
        case OneOf(_, values):
            return any(type(answer) is type(value) and answer == value for value in values)
        case Compare(_, op, bound):
            return isinstance(answer, int) and not isinstance(answer, bool) and _OPS[op](answer, bound)


def explain(condition: Condition, answers: Answers, questions: Mapping[str, Asked]) -> str:
    """Why it holds or not, for the officer and the citizen: "vì chọn “Đã ly hôn”"; "" when nothing was answered."""
    reasons = list(dict.fromkeys(_reasons(condition, answers, questions, holds=evaluate(condition, answers))))
    return f"vì {' và '.join(reasons)}" if reasons else ""


def _reasons(condition: Condition, answers: Answers, questions: Mapping[str, Asked], *, holds: bool) -> Iterator[str]:
    """The answers that decide: those parts whose value is the value of the whole."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                if evaluate(part, answers) == holds:
                    yield from _reasons(part, answers, questions, holds=holds)
        case Not(part):
            yield from _reasons(part, answers, questions, holds=not holds)
        case Equals() | OneOf() | Compare():
            if condition.question in answers:
                yield said(questions[condition.question], answers[condition.question])


def said(question: Asked, answer: Answer) -> str:
    """An answer in words: a chosen label, yes or no to the question, or the number given."""
    if isinstance(answer, bool):
        return f"trả lời “{'Có' if answer else 'Không'}” cho câu “{question.text}”"
    if isinstance(answer, int):
        return f"trả lời “{answer}” cho câu “{question.text}”"
    return f"chọn “{question.labels.get(answer, answer)}”"
