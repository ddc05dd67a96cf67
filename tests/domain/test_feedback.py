"""Rules of phản ánh, kiến nghị that need no file: the machine, the days, who may handle it, what is alike."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain import feedback as rules
from desk_app.domain.errors import DeskError
from desk_app.domain.feedback import FeedbackClass, State, Step
from desk_app.domain.feedback_form import Do, FeedbackForm, from_draft, look, to_draft
from tests.domain.shipped import CATALOGUE

CALENDAR = CATALOGUE.calendar


@given(st.lists(st.sampled_from(list(Step)), max_size=12))
def test_no_way_leads_out_of_an_end_and_none_skips_the_class(steps: list[Step]) -> None:
    state = State.RECEIVED
    for step in steps:
        try:
            state = rules.follow(state, step)
        except DeskError as error:
            assert error.code == "PA-06"
    if state in (State.ANSWERED, State.PUBLISHED, State.TRANSFERRED, State.ANSWERING):
        assert Step.CLASSIFY in steps
    if not rules.TRANSITIONS[state]:
        assert state not in rules.OPEN_STATES


@given(st.dates(date(2026, 1, 2), date(2026, 12, 1)), st.integers(1, 15))
def test_the_last_day_is_a_working_day_after_so_many_of_them(day: date, days: int) -> None:
    at = datetime.combine(day, datetime.min.time()) + timedelta(hours=9)
    due = rules.due_on(at, rules.FeedbackTerm(days, "x"), CALENDAR)
    start = CALENDAR.received(at).date()
    assert CALENDAR.is_working(due)
    counted = sum(CALENDAR.is_working(start + timedelta(n)) for n in range(1, (due - start).days + 1))
    assert counted == days


def test_terms_are_settings_with_their_basis_and_nonsense_is_left_out() -> None:
    assert rules.terms_from({}).transfer.days == 5 and "20/2008" in rules.terms_from({}).transfer.basis
    over = {"feedback_terms": {"answer": {"days": 10, "basis": "Quyết định 1/QĐ-UBND"}, "transfer": {"days": 0}}}
    found = rules.terms_from(over)
    assert (found.answer.days, found.answer.basis, found.transfer.days) == (10, "Quyết định 1/QĐ-UBND", 5)
    assert rules.terms_from({"feedback_terms": "x"}) == rules.FeedbackTerms()


def test_who_is_concerned_may_not_handle_it() -> None:
    barred = rules.excluded(("a",), "b")
    assert barred == {"a", "b"}
    for handler, code in (("", "PA-07"), ("a", "PA-08"), ("b", "PA-08")):
        with pytest.raises(DeskError, match=code):
            rules.require_handler(handler, barred)
    rules.require_handler("c", barred)


@given(st.text(max_size=5_000))
def test_words_are_cleaned_once_for_all_and_bounded(text: str) -> None:
    clean = rules.clean_text(text)
    assert len(clean) <= rules.CONTENT_LIMIT
    assert rules.clean_text(clean) == clean


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_even_handed_and_whole_for_the_same_words(one: str, other: str) -> None:
    a, b = rules.shingles(one), rules.shingles(other)
    assert rules.likeness(a, b) == rules.likeness(b, a)
    assert 0 <= rules.likeness(a, b) <= 100
    assert rules.likeness(a, a) == (100 if a else 0)


@given(st.text(max_size=200), st.booleans(), st.sampled_from([None, *FeedbackClass]))
def test_a_draft_is_written_only_when_it_cannot_be_a_denunciation(
    content: str, secret: bool, kind: FeedbackClass | None
) -> None:
    form = FeedbackForm("f", content=content, secret=secret, feedback_class=kind)
    if kind is None or kind is FeedbackClass.DENUNCIATION:
        assert not form.may_keep
        with pytest.raises(ValueError, match="kept"):
            to_draft(form)
    else:
        assert from_draft("f", to_draft(form)) == form


def test_f9_asks_for_one_thing_after_the_other() -> None:
    form = FeedbackForm("f")
    assert look(form).do is Do.WRITE
    form = FeedbackForm("f", content="x")
    assert look(form).do is Do.CLASSIFY
    form = FeedbackForm("f", content="x", feedback_class=FeedbackClass.CONDUCT)
    assert (look(form).do, look(form).missing) == (Do.KEEP, ("name", "address", "phone"))
    form = FeedbackForm(
        "f", content="x", feedback_class=FeedbackClass.CONDUCT, name="A", address="B", phone="0900", against=("m",),
        handler="m",
    )  # fmt: skip
    assert look(form).do is Do.CHOOSE_HANDLER
    assert look(FeedbackForm("f", feedback_class=FeedbackClass.DENUNCIATION)).do is Do.REFER_DENUNCIATION


def test_numbers_and_names_are_found_however_they_are_written() -> None:
    who = ("Trần Văn Khoa", "0900 000 245", "000091000345")
    for text in ("ông TRAN VAN KHOA", "gọi 0900.000.245", "số 000091000345", "Trần  Văn\nKhoa nói"):
        assert rules.names_person(text, *who)
    for text in ("một công dân", "Trần Văn Khoan dung", "năm 2026"):
        assert not rules.names_person(text, *who)
