"""Pure parts of the intake: what a key does to the form, what F9 says, why that day, who stands first in a search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.intake import IntakeForm, IntakeView, MarkState, Step, look
from desk_app.domain.person import Person
from desk_app.ui.forms import intake as keyed
from desk_app.ui.forms.brief import brief, heading_line
from desk_app.ui.forms.person import PersonFields, digits_of, fields_of, number_problem, read_person
from desk_app.ui.forms.plan import Do, change_due, checking, choosing, promising
from desk_app.ui.forms.promise import DayKind, days, due_words, papers_received, why_this_day
from tests.ui.screen_desk import NOW, catalogue, finder, profile

TODAY = date(2026, 11, 25)
HA = Person(name="Nguyễn Thị Thu Hà", id_kind="cccd", id_number="000191000345", birth_date=date(1991, 4, 12))


def seen(form: IntakeForm, now: datetime = NOW) -> IntakeView:
    procedure = catalogue().procedures.get(form.procedure)
    return look(form, procedure, catalogue().calendar, profile(), now)


def marital(**answers: bool | int | str) -> IntakeForm:
    form = IntakeForm("f", person=HA).choose(catalogue().procedures["ho_tich.xac_nhan_hon_nhan"])
    asked = {"muc_dich": "ket_hon", "tinh_trang": "ly_hon", "cap_lai": False, "uy_quyen": "khong", **answers}
    for question, value in asked.items():
        form = form.answer(question, value)
    return form


def test_f9_says_what_comes_next_at_every_step() -> None:
    form = IntakeForm("f", person=HA).choose(catalogue().procedures["ho_tich.xac_nhan_hon_nhan"])
    assert checking(seen(form)).do is Do.TO_QUESTION
    form = marital()
    assert checking(seen(form)).button == f"Còn {seen(form).count(MarkState.UNSEEN)} giấy chưa xem"
    form = keyed.all_met(form, seen(form))
    assert checking(seen(form)).button == "Tiếp tục: hẹn và thu phí"
    bad = form.mark(seen(form).rows[0].document.id, MarkState.BAD, 2)
    assert checking(seen(bad)).button == "In phiếu hướng dẫn"
    assert checking(seen(bad), reason_missing=True).why_not
    assert seen(keyed.signed_here(bad, seen(bad))).step is Step.ACCEPT
    assert not choosing(selected=False).enabled


def test_all_met_leaves_bad_marks_alone() -> None:
    form = marital()
    first = seen(form).rows[0].document.id
    form = keyed.all_met(form.mark(first, MarkState.BAD, 3), seen(form.mark(first, MarkState.BAD, 3)))
    assert form.marks[first].state is MarkState.BAD
    assert seen(form).count(MarkState.UNSEEN) == 0


def test_the_amount_on_the_button_is_the_quote_and_nothing_else() -> None:
    form = keyed.all_met(marital(), seen(marital()))
    plan = promising(form, seen(form))
    assert plan.button == "Tiếp nhận, thu 15.000\u00a0đ và in" and plan.do is Do.ACCEPT
    assert promising(form, seen(form), money_stopped="Hết số").do is Do.ACCEPT_ONLY
    assert not promising(replace(form, person=None), seen(form)).enabled
    assert not promising(replace(form, method="transfer"), seen(form)).enabled
    assert promising(replace(form, method="transfer"), seen(form), transfer_seen=True).enabled


@given(total=st.integers(0, 10**9), given=st.none() | st.integers(0, 10**9))
def test_change_is_never_negative_and_always_adds_up(total: int, given: int | None) -> None:
    change = change_due(IntakeForm("f", cash_given_vnd=given), total)
    if change is not None:
        assert given is not None and change >= 0 and total + change == given
    else:
        assert given is None or given < total


def test_the_strip_runs_from_the_day_of_receipt_to_the_promise_over_a_holiday() -> None:
    now = datetime.fromisoformat("2026-11-20T09:00:00")
    view = seen(marital(), now)
    assert view.deadline is not None
    strip = days(view.deadline, now.date(), catalogue().calendar)
    assert strip[0].kind is DayKind.RECEIVED and strip[-1].kind is DayKind.DUE
    assert any(day.kind is DayKind.OFF and day.holiday for day in strip), "24/11 is a day off"
    words = why_this_day(view.deadline, now.date(), catalogue().calendar)
    assert "24/11" in words and "3 ngày làm việc" in words and "Lịch nghỉ bản" in words
    assert due_words(view.deadline)[0] == "17:00"


def test_papers_kept_and_papers_shown_are_told_apart() -> None:
    form = keyed.all_met(marital(), seen(marital()))
    kept, rest = papers_received(seen(form))
    assert "(1 bản chính)" in kept and rest.startswith("Xuất trình, đã trả lại")


def test_the_daily_procedure_stands_first_for_a_few_letters_and_for_its_name() -> None:
    """Weighed once, by the finder: a second weighing in the window had put copies of extracts before births."""
    for typed, wanted in (
        ("bs", "chung_thuc.ban_sao"),
        ("xnh", "ho_tich.xac_nhan_hon_nhan"),
        ("ks", "ho_tich.khai_sinh"),
        ("khai sinh", "ho_tich.khai_sinh"),
        ("ket hon", "ho_tich.ket_hon"),
        ("khai tu", "ho_tich.khai_tu"),
        ("trich luc", "ho_tich.trich_luc"),
        ("dang ky lai khai sinh", "ho_tich.khai_sinh_lai"),
    ):
        assert finder().find(typed)[0].id == wanted


def test_a_line_tells_term_and_fee_in_short() -> None:
    procedures = catalogue().procedures
    assert (
        heading_line(procedures["ho_tich.xac_nhan_hon_nhan"], profile(), TODAY) == "3 ngày làm việc · lệ phí 15.000 đ"
    )
    assert brief(procedures["chung_thuc.ban_sao"], profile(), TODAY).term == "Trong ngày"
    bare = replace(profile(), tariffs={})
    assert brief(procedures["ho_tich.xac_nhan_hon_nhan"], bare, TODAY).fee == "Chưa có mức"


def test_a_typed_person_comes_back_as_typed() -> None:
    fields = PersonFields(
        name="  Lê  Thị B ", number="000191 000345", birth="1/2/1950", gender="Nữ", phone="0900 000 112"
    )
    person, problems = read_person(fields, TODAY)
    assert not problems and person is not None
    assert person.name == "Lê Thị B" and person.birth_date == date(1950, 2, 1)
    again, _ = read_person(fields_of(person), TODAY)
    assert again == person


@given(st.text(max_size=40))
def test_any_text_gives_a_person_or_says_what_is_wrong(text: str) -> None:
    fields = PersonFields(name=text, number=text, birth=text, phone=text, signer=text, kind="child")
    person, problems = read_person(fields, TODAY)
    assert (person is None) == bool(problems)


@given(st.integers(0, 20))
def test_only_twelve_digits_are_a_card_number(n: int) -> None:
    assert (number_problem("cccd", "1" * n) is None) == (n == 12)
    assert digits_of("000 191.000 345") == "000191000345"


def test_names_of_ten_thousand_letters_and_emoji_are_named() -> None:
    _, problems = read_person(PersonFields(name="a" * 10_000, number="000191000345"), TODAY)
    assert problems["name"].code == "TN-33"
    person, problems = read_person(PersonFields(name="Hà 😀", number="000191000345"), TODAY)
    assert person is None and problems["name"].message_values == {"sign": "😀"}


def test_handing_in_for_somebody_else_and_back_changes_nothing() -> None:
    form = IntakeForm("f", person=HA)
    assert keyed.swapped(keyed.swapped(form)).person == HA
