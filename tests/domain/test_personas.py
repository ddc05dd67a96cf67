"""Twenty people at the counter, ten procedures each: the questions and the checklist agree, whatever way they answer.

A person is a set of answers to the questions everybody may be asked; what a procedure asks besides is answered by the
rule of that person (the first choice, the last, no, yes …), so every row of the table is decided.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.assessment import assess
from desk_app.domain.condition import QuestionKind, evaluate
from desk_app.domain.intake import IntakeForm, IntakeView, MarkState, Step, look
from desk_app.domain.person import Person
from desk_app.domain.procedure import Procedure, Question
from desk_app.domain.unit import UnitProfile, read_profile
from tests.domain.shipped import CATALOGUE, ROOT

NOW = datetime(2026, 11, 25, 9, 0)
TEN = (
    "chung_thuc.ban_sao", "chung_thuc.chu_ky", "ho_tich.khai_sinh", "ho_tich.khai_tu", "ho_tich.ket_hon",
    "ho_tich.xac_nhan_hon_nhan", "ho_tich.trich_luc", "ho_tich.cai_chinh", "bao_tro.tro_cap_xa_hoi",
    "ho_kinh_doanh.thanh_lap",
)  # fmt: skip


def _profile() -> UnitProfile:
    import json

    return read_profile(json.loads((ROOT.parent / "units" / "hoa-mau.json").read_text(encoding="utf-8")))


PROFILE = _profile()


@dataclass(frozen=True)
class Persona:
    """Who stands at the counter: year of birth, sex, what he says to questions he knows, how he answers the rest."""

    name: str
    born: int
    gender: str
    says: Mapping[str, bool | int | str]
    pick: int  # which option of a question nobody foresaw
    yes: bool

    def answer(self, question: Question) -> bool | int | str:
        said = self.says.get(question.id)
        if said is not None and (not question.options or said in question.labels):
            return said
        match question.kind:
            case QuestionKind.YES_NO:
                return self.yes
            case QuestionKind.NUMBER:
                return 1 + self.pick * 17
            case _:
                return question.options[self.pick % len(question.options)].value


PERSONAS = (
    Persona("mẹ trẻ sinh con đầu", 2001, "Nữ", {"so_ngay_tu_khi_sinh": 12, "da_ket_hon": True}, 0, False),
    Persona("mẹ đơn thân khai sinh muộn", 1998, "Nữ", {"so_ngay_tu_khi_sinh": 75, "da_ket_hon": False}, 1, False),
    Persona("cha đi nộp thay vợ", 1995, "Nam", {"so_ngay_tu_khi_sinh": 60, "uy_quyen": "nguoi_than"}, 0, True),
    Persona("ông nội hưu trí", 1948, "Nam", {"nhom": "nguoi_cao_tuoi", "tuoi": 78}, 2, False),
    Persona("bà cụ không ký được", 1941, "Nữ", {"khong_ky_duoc": True, "dien_uu_tien": "nguoi_cao_tuoi"}, 0, True),
    Persona("chủ quán phở", 1985, "Nam", {"chu_the": "ca_nhan", "so_ban": 3, "so_trang": 2}, 0, False),
    Persona("người khuyết tật", 1979, "Nữ", {"nhom": "khuyet_tat", "dien_uu_tien": "khuyet_tat"}, 3, True),
    Persona("hộ nghèo", 1970, "Nam", {"ngheo": True, "dien_uu_tien": "ho_ngheo"}, 1, True),
    Persona("sinh viên sao bằng", 2004, "Nữ", {"so_trang": 1, "so_ban": 10, "co_ban_chup": False}, 0, False),
    Persona("Việt kiều", 1960, "Nam", {"yeu_to_nuoc_ngoai": True, "nguon_ban_chinh": "nuoc_ngoai"}, 1, True),
    Persona("cô dâu", 2000, "Nữ", {"tuoi_nam": 26, "cung_xa": True}, 0, False),
    Persona("chú rể ly hôn", 1988, "Nam", {"tuoi_nu": 30, "tinh_trang": "ly_hon"}, 1, False),
    Persona("góa phụ", 1966, "Nữ", {"tinh_trang": "goa"}, 2, False),
    Persona("con đi báo tử cha", 1982, "Nam", {"so_ngay_tu_khi_chet": 2}, 0, False),
    Persona("cháu báo tử muộn", 1999, "Nữ", {"so_ngay_tu_khi_chet": 40}, 2, True),
    Persona("luật sư nộp thay", 1980, "Nam", {"uy_quyen": "nguoi_khac", "nop_thay": True}, 4, True),
    Persona("cán bộ sửa năm sinh", 1975, "Nam", {"can_bo": True, "tuoi": 51}, 1, True),
    Persona("người mất giấy tờ", 1990, "Nữ", {"con_ban_sao_cu": False, "co_giay_y_te": False}, 5, False),
    Persona("bản chính bị tẩy xóa", 1992, "Nam", {"ban_chinh_hong": True}, 0, False),
    Persona("người từ chối mọi câu", 1969, "Nữ", {}, 7, False),
)


def person(persona: Persona) -> Person:
    return Person("Người mẫu", "cccd", "000000000000", birth_year=persona.born, gender=persona.gender)


def talk(persona: Persona, procedure: Procedure) -> tuple[IntakeForm, IntakeView, int]:
    """The visit: every question the desk asks is answered once, in its order; how many were asked."""
    form = IntakeForm("x", person=person(persona), scanned_at="2026-11-25T09:00:00").choose(procedure)
    for question in procedure.questions:
        said = persona.says.get(question.id)
        fits = said is not None and (not question.options or said in question.labels)
        if question.id in form.answers and fits and question.at_desk is None:
            form = form.answer(question.id, said)  # the usual answer is not this person's
    for asked in itertools.count():
        view = look(form, procedure, CATALOGUE.calendar, PROFILE, NOW)
        if view.open_question is None:
            return form, view, asked
        assert view.open_question.id not in form.answers, "nothing is asked twice"
        form = form.answer(view.open_question.id, persona.answer(view.open_question))
    raise AssertionError


TABLE = [pytest.param(p, CATALOGUE.procedures[id], id=f"{p.name}-{id}") for p in PERSONAS for id in TEN]


@pytest.mark.parametrize(("persona", "procedure"), TABLE)
def test_tree_and_checklist_agree(persona: Persona, procedure: Procedure) -> None:
    _, view, asked = talk(persona, procedure)
    assert asked <= 6, "at most six questions (ui.md §4.3)"
    variant = procedure.variant_on(NOW.date())
    assert variant is not None
    whole = assess(procedure, variant, view.answers, settings=PROFILE.tariffs, on=NOW.date(), complete=True)
    if view.routing is not None:
        assert whole.routing == view.routing and not view.rows and view.step is Step.REFER
        return
    assert whole.routing is None
    assert [row.document.id for row in view.rows] == [document.id for document in whole.needed]
    for document in variant.documents:
        wanted = document.when is None or evaluate(document.when, view.answers)
        assert wanted == (document.id in [row.document.id for row in view.rows]), document.name
    assert view.fee is not None and view.fee.total_vnd == whole.fee.total_vnd is not None
    assert view.term == whole.term


def test_the_table_reaches_most_papers_of_the_ten() -> None:
    reached, there = set(), set()
    for persona in PERSONAS:
        for id in TEN:
            _, view, _ = talk(persona, CATALOGUE.procedures[id])
            reached |= {(id, row.document.id) for row in view.rows}
    for id in TEN:
        variant = CATALOGUE.procedures[id].variant_on(NOW.date())
        assert variant is not None
        there |= {(id, document.id) for document in variant.documents}
    assert len(reached) / len(there) >= 0.6


DEEP = [p for p in CATALOGUE.procedures.values() if p.depth == "full" and p.variant_on(NOW.date())]


@given(st.sampled_from(PERSONAS), st.sampled_from(DEEP), st.data())
@settings(max_examples=150, deadline=None)
def test_adding_a_missing_paper_never_shortens_the_slip(
    persona: Persona, procedure: Procedure, data: st.DataObject
) -> None:
    form, view, _ = talk(persona, procedure)
    if not view.rows:
        return
    ids = [row.document.id for row in view.rows]
    marks = data.draw(st.fixed_dictionaries({i: st.sampled_from([MarkState.OK, MarkState.BAD]) for i in ids}))
    for id, state in marks.items():
        form = form.mark(id, state, 1 if state is MarkState.BAD else 0)
    before = look(form, procedure, CATALOGUE.calendar, PROFILE, NOW)
    chosen = data.draw(st.sampled_from(ids))
    reason = data.draw(st.integers(1, 6))
    after = look(form.mark(chosen, MarkState.BAD, reason), procedure, CATALOGUE.calendar, PROFILE, NOW)
    missing = [{row.document.id for row in v.missing} for v in (before, after)]
    assert missing[0] <= missing[1] and chosen in missing[1] and after.step is Step.GUIDE
    assert len(after.rows) == len(before.rows), "the list itself does not depend on what was brought"


@given(st.sampled_from(PERSONAS), st.sampled_from(DEEP), st.data())
@settings(max_examples=100, deadline=None)
def test_an_answer_can_be_taken_back_and_given_again(
    persona: Persona, procedure: Procedure, data: st.DataObject
) -> None:
    form, view, _ = talk(persona, procedure)
    if not form.answers:
        return
    question = data.draw(st.sampled_from(sorted(form.answers)))
    value = form.answers[question]
    back = look(form.answer(question, None).answer(question, value), procedure, CATALOGUE.calendar, PROFILE, NOW)
    assert (back.rows, back.fee, back.term, back.step) == (view.rows, view.fee, view.term, view.step)
