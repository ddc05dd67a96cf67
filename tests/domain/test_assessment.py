"""What follows from the answers: every combination is defined, questions are few, answers can be revised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice, product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.assessment import ALWAYS, DEPENDS, Assessment, assess, usable_answers
from desk_app.domain.condition import Answer, QuestionKind
from desk_app.domain.deadline import compute_deadline
from desk_app.domain.procedure import Procedure, Provincial, Question, Variant
from tests.domain.shipped import CATALOGUE

ON = date(2026, 3, 10)
DEEP = [p for p in CATALOGUE.procedures.values() if p.depth == "full"]
TARIFFS = {tariff.setting: 8_000 for tariff in CATALOGUE.tariffs}
# Numbers around every bound that the catalogue uses.
NUMBERS = (0, 1, 8, 13, 15, 16, 60, 61, 70, 75)
COMBINATIONS = 600


def values_of(question: Question) -> tuple[Answer, ...]:
    match question.kind:
        case QuestionKind.YES_NO:
            return (True, False)
        case QuestionKind.CHOICE:
            return tuple(question.labels)
        case QuestionKind.NUMBER:
            return NUMBERS


def combinations(procedure: Procedure) -> Iterator[dict[str, Answer]]:
    """Every combination of answers, or an even sample of them when there are very many."""
    ranges = [values_of(question) for question in procedure.questions]
    step = max(1, prod(map(len, ranges)) // COMBINATIONS) | 1
    for values in islice(product(*ranges), 0, None, step):
        yield dict(zip((question.id for question in procedure.questions), values, strict=True))


def judge(procedure: Procedure, variant: Variant, answers: dict[str, Answer], *, complete: bool = False) -> Assessment:
    return assess(procedure, variant, answers, settings=TARIFFS, on=ON, complete=complete)


@pytest.mark.parametrize("procedure", DEEP, ids=lambda p: p.id)
def test_every_combination_gives_a_defined_list_fee_and_time(procedure: Procedure) -> None:
    received = datetime(2026, 3, 10, 9)
    for variant in procedure.variants:
        for answers in combinations(procedure):
            outcome = judge(procedure, variant, answers)
            assert outcome.open_questions == ()
            if outcome.routing is not None:
                assert (outcome.documents, outcome.fee.lines, outcome.fee.total_vnd, outcome.term) == (
                    (),
                    (),
                    None,
                    None,
                )
                continue
            assert all(need.needed is not None and need.why != DEPENDS for need in outcome.documents)
            assert all(need.why for need in outcome.documents if need.needed)
            assert outcome.fee.total_vnd is not None
            assert outcome.fee.total_vnd == sum(line.amount_vnd for line in outcome.fee.lines) >= 0
            assert outcome.term is not None
            due = compute_deadline(outcome.term, received, CATALOGUE.calendar)
            assert (due.due_on is None) == (outcome.term.value is None)


@pytest.mark.parametrize("procedure", DEEP, ids=lambda p: p.id)
def test_without_tariffs_the_total_is_unknown_or_owes_nothing_to_the_province(procedure: Procedure) -> None:
    for variant in procedure.variants:
        provincial = {fee.id for fee in variant.fees if isinstance(fee.calc, Provincial)}
        for answers in islice(combinations(procedure), 100):
            fee = assess(procedure, variant, answers, settings={}, on=ON).fee
            charged = [line for line in fee.lines if line.id in provincial and line.exempt_reason is None]
            assert charged == []
            assert (fee.total_vnd is None) == bool(fee.unset_settings) or not fee.lines


@settings(max_examples=150)
@given(st.data())
def test_guidance_ends_with_the_same_outcome_as_the_full_form(data: st.DataObject) -> None:
    procedure = data.draw(st.sampled_from(DEEP))
    variant = data.draw(st.sampled_from(procedure.variants))
    truth = {q.id: data.draw(st.sampled_from(values_of(q))) for q in procedure.questions}
    known: dict[str, Answer] = {}
    before: Assessment | None = None
    for _ in range(len(procedure.questions) + 1):
        now = judge(procedure, variant, known)
        if before is not None and before.routing is None and now.routing is None:
            decided = {n.document.id: n.needed for n in before.documents if n.needed is not None}
            assert decided.items() <= {n.document.id: n.needed for n in now.documents}.items()
        before = now
        if now.next_question is None:
            break
        assert now.next_question.id not in known
        known[now.next_question.id] = truth[now.next_question.id]
    assert before is not None
    assert before.open_questions == ()
    asked = usable_answers(procedure, truth)
    full = judge(procedure, variant, dict(asked))
    if before.routing is None or full.routing is None:
        assert before.routing == full.routing
    assert [d.id for d in before.needed] == [d.id for d in full.needed]
    assert (before.fee, before.term) == (full.fee, full.term)


def birth(**answers: Answer) -> Assessment:
    procedure = CATALOGUE.procedures["ho_tich.khai_sinh"]
    variant = procedure.variant_on(ON)
    assert variant is not None
    return judge(procedure, variant, answers)


def test_guidance_asks_in_order_and_only_what_still_matters() -> None:
    first = birth().next_question
    assert first is not None
    assert first.id == "so_ngay_tu_khi_sinh"
    on_time = {q.id for q in birth(so_ngay_tu_khi_sinh=10).open_questions}
    assert "dien_uu_tien" not in on_time, "an exemption from a fee that is not owed is not asked"
    assert "da_ket_hon" not in on_time, "the version of 2025 no longer needs the marriage paper"


def test_a_routed_citizen_is_asked_nothing_more() -> None:
    outcome = birth(yeu_to_nuoc_ngoai=True)
    assert outcome.routing is not None
    assert outcome.routing.procedure == "ho_tich.khai_sinh_nuoc_ngoai"
    assert (outcome.next_question, outcome.open_questions, outcome.documents) == (None, (), ())
    assert outcome.routing_why.startswith("vì trả lời “Có”")


def test_papers_say_why_and_depend_while_questions_are_open() -> None:
    needs = {need.document.id: need for need in birth(uy_quyen="nguoi_khac").documents}
    assert needs["giay_to_tuy_than"].why == ALWAYS
    assert needs["van_ban_uy_quyen_ct"].needed is True
    assert needs["van_ban_uy_quyen_ct"].why.startswith("vì chọn “")
    assert needs["van_ban_uy_quyen"].needed is False
    assert (needs["giay_chung_sinh"].needed, needs["giay_chung_sinh"].why) == (None, DEPENDS)


def test_an_answer_to_a_question_no_longer_asked_does_not_count() -> None:
    revised = birth(bi_bo_roi=True, chung_sinh="giay")
    needs = {need.document.id: need.needed for need in revised.documents}
    assert needs["giay_chung_sinh"] is False
    assert needs["bien_ban_bo_roi"] is True
    assert "chung_sinh" not in {q.id for q in revised.open_questions}


def test_a_special_term_waits_for_its_question() -> None:
    procedure = CATALOGUE.procedures["ho_tich.khai_tu"]
    variant = procedure.variant_on(ON)
    assert variant is not None
    assert judge(procedure, variant, {}).term is None
    slow = judge(procedure, variant, {"can_xac_minh": True})
    assert slow.term is not None
    assert slow.term.value == 2
    assert slow.term_why.startswith("vì trả lời “Có”")


def test_a_question_for_the_officer_only_is_asked_although_no_rule_reads_it() -> None:
    procedure = CATALOGUE.procedures["chung_thuc.chu_ky"]
    variant = procedure.variant_on(ON)
    assert variant is not None
    assert "di_lai_kho" in {q.id for q in judge(procedure, variant, {}).open_questions}


def test_a_question_is_asked_only_after_the_one_that_opens_it() -> None:
    procedure = CATALOGUE.procedures["ho_tich.xac_nhan_hon_nhan"]
    variant = procedure.variant_on(ON)
    assert variant is not None
    rest: dict[str, Answer] = {
        "muc_dich": "khac",
        "tinh_trang": "chua",
        "nhieu_noi_thuong_tru": False,
        "uy_quyen": "khong",
        "kenh": "truc_tiep",
        "tra_duoc_csdl": True,
        "dien_uu_tien": "khong",
    }
    open_both = judge(procedure, variant, rest)
    assert [q.id for q in open_both.open_questions] == ["cap_lai", "con_giay_cu"]
    assert open_both.next_question is not None
    assert open_both.next_question.id == "cap_lai"
    assert [q.id for q in judge(procedure, variant, rest | {"cap_lai": True}).open_questions] == ["con_giay_cu"]
    assert judge(procedure, variant, rest | {"cap_lai": False}).is_settled


def test_a_question_that_this_version_never_reads_is_not_asked() -> None:
    procedure = CATALOGUE.procedures["ho_tich.trich_luc"]
    variant = procedure.variant_on(ON)
    assert variant is not None
    assert "so_su_kien" not in {q.id for q in judge(procedure, variant, {}).open_questions}


def test_a_finished_case_counts_unanswered_as_no() -> None:
    procedure = CATALOGUE.procedures["chung_thuc.chu_ky"]
    variant = procedure.variant_on(ON)
    assert variant is not None
    done = judge(procedure, variant, {}, complete=True)
    assert done.is_settled
    assert [document.id for document in done.needed] == ["giay_to_tuy_than", "giay_to_se_ky"]
    assert done.fee.total_vnd == 10_000
    assert done.on == ON
