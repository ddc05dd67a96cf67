"""Conditions in words for the wall: short where everybody's case is meant, never empty where it matters."""

from __future__ import annotations

from desk_app.domain.case_words import case_words
from desk_app.domain.condition import All, AnyOf, Compare, Equals, Not, OneOf, QuestionKind
from desk_app.domain.procedure import Question
from tests.domain.shipped import CATALOGUE

ASKED = {
    "ly": Question("ly", "Đã ly hôn?", QuestionKind.YES_NO, usual=False),
    "ai": Question(
        "ai", "Ai nộp?", QuestionKind.CHOICE, labels={"a": "Chính mình", "b": "Người khác", "c": "Không ai"}
    ),
    "n": Question("n", "Số ngày?", QuestionKind.NUMBER),
    "kenh": Question(
        "kenh", "Cách nộp?", QuestionKind.CHOICE, labels={"q": "Tại quầy", "o": "Trực tuyến"}, at_desk="q"
    ),
}


def test_conditions_become_phrases() -> None:
    said = {
        "đã ly hôn": Equals("ly", True),
        "người khác": Equals("ai", "b"),
        "ai nộp: không ai": Equals("ai", "c"),
        "chính mình hoặc người khác": OneOf("ai", ("a", "b")),
        "số ngày: trên 60": Compare("n", "gt", 60),
        "đã ly hôn, số ngày: dưới 3": All((Equals("ly", True), Compare("n", "lt", 3))),
        "đã ly hôn hoặc người khác": AnyOf((Equals("ly", True), Equals("ai", "b"))),
        "trừ trường hợp: đã ly hôn": Not(Equals("ly", True)),
        "trực tuyến": Equals("kenh", "o"),
        "": All((Equals("ly", False), Equals("kenh", "q"))),
    }
    for words, condition in said.items():
        assert case_words(condition, ASKED) == words
    assert case_words(None, ASKED) == ""


def test_every_shipped_condition_has_words_or_is_the_ordinary_case() -> None:
    for procedure in CATALOGUE.procedures.values():
        for variant in procedure.variants:
            for document in variant.documents:
                words = case_words(document.when, procedure.by_question_id)
                assert "None" not in words and "{" not in words and not words.startswith((",", " "))
