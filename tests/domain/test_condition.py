"""The condition language: small, typed, total, and able to say why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.condition import (
    All,
    Answer,
    AnyOf,
    Compare,
    Condition,
    DataProblem,
    Equals,
    Not,
    OneOf,
    QuestionKind,
    evaluate,
    evaluate3,
    explain,
    parse,
    questions_in,
    undecided,
)
from desk_app.domain.procedure import Option, Question

QUESTIONS = {
    "tuoi": Question("tuoi", "Bao nhiêu tuổi?", QuestionKind.NUMBER),
    "ngheo": Question("ngheo", "Thuộc hộ nghèo?", QuestionKind.YES_NO),
    "tinh_trang": Question(
        "tinh_trang",
        "Tình trạng hôn nhân?",
        QuestionKind.CHOICE,
        (Option("chua", "Chưa kết hôn"), Option("ly_hon", "Đã ly hôn")),
        labels={"chua": "Chưa kết hôn", "ly_hon": "Đã ly hôn"},
    ),
}
AGE_RULE = {"any": [{"q": "tuoi", "lt": 70}, {"all": [{"q": "tuoi", "lt": 75}, {"q": "ngheo", "is": False}]}]}

leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Compare, st.just("tuoi"), st.sampled_from(["gt", "gte", "lt", "lte"]), st.integers(0, 5)),
    st.builds(Equals, st.just("tuoi"), st.integers(0, 5)),
    st.builds(Equals, st.just("ngheo"), st.booleans()),
    st.builds(Equals, st.just("tinh_trang"), st.sampled_from(["chua", "ly_hon"])),
    st.builds(OneOf, st.just("tinh_trang"), st.just(("chua", "ly_hon"))),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
full_answers = st.fixed_dictionaries(
    {"tuoi": st.integers(0, 5), "ngheo": st.booleans(), "tinh_trang": st.sampled_from(["chua", "ly_hon"])}
)


@pytest.mark.parametrize(
    ("age", "poor", "refused"), [(69, True, True), (70, True, False), (74, False, True), (75, False, False)]
)
def test_a_compound_rule_holds_as_written(age: int, poor: bool, refused: bool) -> None:
    assert evaluate(parse(AGE_RULE, QUESTIONS), {"tuoi": age, "ngheo": poor}) is refused


def test_a_leaf_on_an_unanswered_question_is_false_and_its_opposite_true() -> None:
    leaf = parse({"q": "ngheo", "is": False}, QUESTIONS)
    assert evaluate(leaf, {}) is False
    assert evaluate(Not(leaf), {}) is True
    assert evaluate3(leaf, {}) is None
    assert evaluate3(Not(leaf), {}) is None
    assert evaluate3(Not(leaf), {}, frozenset({"ngheo"})) is True


def test_yes_is_not_the_number_one() -> None:
    assert evaluate(Equals("tuoi", 1), {"tuoi": True}) is False
    assert evaluate(Compare("tuoi", "gte", 0), {"tuoi": True}) is False


@given(conditions, full_answers, st.sets(st.sampled_from(sorted(QUESTIONS))))
def test_what_is_decided_early_stays_decided(when: Condition, answers: dict[str, Answer], known: set[str]) -> None:
    part = {key: value for key, value in answers.items() if key in known}
    early = evaluate3(when, part)
    assert evaluate3(when, answers) is evaluate(when, answers)
    if early is not None:
        assert early is evaluate(when, answers)
        assert not undecided(when, part)
    else:
        assert undecided(when, part) <= set(questions_in(when)) - known


@given(conditions, full_answers)
def test_nobody_coming_means_unanswered_is_false(when: Condition, answers: dict[str, Answer]) -> None:
    part = {"tuoi": answers["tuoi"]}
    assert evaluate3(when, part, frozenset({"ngheo", "tinh_trang"})) is evaluate(when, part)


@given(conditions, full_answers)
def test_every_condition_says_why_in_one_line(when: Condition, answers: dict[str, Answer]) -> None:
    why = explain(when, answers, QUESTIONS)
    assert why.startswith("vì ")
    assert "\n" not in why


def test_why_names_the_chosen_answer() -> None:
    assert explain(Equals("tinh_trang", "ly_hon"), {"tinh_trang": "ly_hon"}, QUESTIONS) == "vì chọn “Đã ly hôn”"
    assert explain(Equals("ngheo", True), {"ngheo": False}, QUESTIONS) == (
        "vì trả lời “Không” cho câu “Thuộc hộ nghèo?”"
    )
    assert explain(Equals("ngheo", True), {}, QUESTIONS) == ""


def test_why_names_only_the_answers_that_decide() -> None:
    why = explain(parse(AGE_RULE, QUESTIONS), {"tuoi": 72, "ngheo": False}, QUESTIONS)
    assert why == "vì trả lời “72” cho câu “Bao nhiêu tuổi?” và trả lời “Không” cho câu “Thuộc hộ nghèo?”"
    assert explain(parse(AGE_RULE, QUESTIONS), {"tuoi": 60, "ngheo": True}, QUESTIONS).count("và") == 0


@pytest.mark.parametrize(
    ("data", "path", "word"),
    [
        ({"q": "tuoii", "gt": 3}, ("q",), "tuoii"),
        ({"q": "tinh_trang", "is": "lyhon"}, ("is",), "lyhon"),
        ({"q": "tinh_trang", "in": ["chua", "goa"]}, ("in", 1), "goa"),
        ({"q": "tinh_trang", "in": []}, ("in",), "danh sách"),
        ({"q": "ngheo", "is": "true"}, ("is",), "true hoặc false"),
        ({"q": "ngheo", "gt": 1}, ("gt",), "không phải số"),
        ({"q": "tuoi", "gt": "60"}, ("gt",), "số nguyên"),
        ({"q": "tuoi", "is": True}, ("is",), "số nguyên"),
        ({"q": "tuoi", "matches": "6.*"}, ("matches",), "không có phép"),
        ({"q": "tuoi"}, (), "đúng một phép"),
        ({"q": "tuoi", "gt": 1, "lt": 3}, (), "đúng một phép"),
        ({"all": []}, ("all",), "danh sách"),
        ({"xor": []}, ("xor",), "không có phép"),
        ({"all": [{"q": "ngheo", "is": True}, {"q": "x", "is": 1}]}, ("all", 1, "q"), "x"),
        ("true", (), "khóa và giá trị"),
        ({"all": [], "any": []}, (), "chỉ được có một"),
    ],
)
def test_a_wrong_condition_is_named_with_its_place(data: object, path: tuple[str | int, ...], word: str) -> None:
    with pytest.raises(DataProblem) as problem:
        parse(data, QUESTIONS, ("when",))
    assert problem.value.path == ("when", *path)
    assert word in problem.value.reason


def test_a_tower_of_conditions_is_refused() -> None:
    data: dict[str, object] = {"q": "ngheo", "is": True}
    for _ in range(40):
        data = {"not": data}
    with pytest.raises(DataProblem, match="tầng"):
        parse(data, QUESTIONS)


def test_one_of_several_values_is_enough_and_others_do_not_do() -> None:
    when = parse({"q": "tuoi", "in": [3, 1]}, QUESTIONS)
    assert [evaluate(when, {"tuoi": n}) for n in (1, 2, 3)] == [True, False, True]
    assert evaluate(when, {"tuoi": True}) is False


@pytest.mark.parametrize(
    ("op", "at_5_6_7"),
    [
        ("gt", [False, False, True]),
        ("gte", [False, True, True]),
        ("lt", [True, False, False]),
        ("lte", [True, True, False]),
    ],
)
def test_bounds_are_met_exactly(op: str, at_5_6_7: list[bool]) -> None:
    assert [evaluate(Compare("tuoi", op, 6), {"tuoi": n}) for n in (5, 6, 7)] == at_5_6_7
