"""A condition in words for the wall and the public page, where nobody has answered anything yet: "đã ly hôn"."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.condition import All, AnyOf, Compare, Condition, Equals, Not, OneOf
from desk_app.domain.procedure import Question

_OPS = {"gt": "trên {n}", "gte": "từ {n} trở lên", "lt": "dưới {n}", "lte": "đến {n}"}


def case_words(condition: Condition | None, questions: Mapping[str, Question]) -> str:
    """When a paper, levy or term applies, as a phrase; "" = always, or only because of what a desk knows by itself."""
    return "" if condition is None else _words(condition, questions)


def _words(condition: Condition, questions: Mapping[str, Question]) -> str:
    match condition:
        case All(parts):
            return ", ".join(filter(None, (_words(part, questions) for part in parts)))
        case AnyOf(parts):
            return " hoặc ".join(dict.fromkeys(filter(None, (_words(part, questions) for part in parts))))
        case Not(part):
            inner = _words(part, questions)
            return f"trừ trường hợp: {inner}" if inner else ""
        case Equals() | OneOf() | Compare():
            question = questions[condition.question]
            ordinary = (question.usual, question.at_desk)
            if isinstance(condition, Equals) and condition.value is not None and condition.value in ordinary:
                return ""  # nearly everybody's case needs no words
            return _leaf(condition, question)


def _leaf(leaf: Equals | OneOf | Compare, question: Question) -> str:
    asked = question.text.rstrip("? ")
    match leaf:
        case Equals(_, bool(value)):
            return _lower(asked) if value else f"không thuộc trường hợp: {_lower(asked)}"
        case Equals(_, int(value)):
            return f"{_lower(asked)}: {value}"
        case Equals(_, str(value)):
            label = _lower(question.labels.get(value, value))
            return f"{_lower(asked)}: {label}" if label.startswith("không") else label
        case OneOf(_, values):
            return " hoặc ".join(_lower(question.labels.get(str(value), str(value))) for value in values)
        case Compare(_, op, bound):
            return f"{_lower(asked)}: {_OPS[op].format(n=bound)}"
    raise AssertionError("a leaf has a bool, an int or a text")


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
