"""A term that several offices share: each one's date, the whole, and data that do not add up."""

from __future__ import annotations

import copy
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain import why_date
from desk_app.domain.condition import DataProblem
from desk_app.domain.deadline import Deadline, Pause, compute_deadline, replay, stage_text
from desk_app.domain.procedure import Stage, Term, TermUnit
from desk_app.domain.procedure_data import procedure_from_data
from tests.domain.shipped import CATALOGUE
from tests.domain.test_procedure import SMALL

CALENDAR = CATALOGUE.calendar
MONDAY = datetime(2026, 3, 2, 9, 0)
SHARED = (Stage("UBND cấp xã", 5), Stage("Trung tâm tỉnh", 10), Stage("UBND cấp xã, trả kết quả", 2))


def a_term(*values: int, unit: TermUnit = TermUnit.WORKING_DAY) -> Term:
    stages = tuple(Stage(f"Cơ quan {n}", value) for n, value in enumerate(values, 1))
    return Term(sum(values), unit, stages=stages)


def ends(deadline: Deadline) -> list[str]:
    return [f"{stage.due_at:%d/%m/%Y %H:%M}" if stage.due_at else "" for stage in deadline.stages]


def test_commune_centre_commune_each_has_its_day_and_the_last_one_is_the_promise() -> None:
    found = compute_deadline(Term(17, TermUnit.WORKING_DAY, stages=SHARED), MONDAY, CALENDAR)
    assert ends(found) == ["09/03/2026 17:00", "23/03/2026 17:00", "25/03/2026 17:00"]
    assert found.stages[-1].due_at == found.due_at
    assert stage_text(found.stages[1]) == "Trung tâm tỉnh: 10 ngày làm việc, đến 17 giờ, Thứ Hai ngày 23/03/2026"


def test_a_share_in_calendar_days_that_ends_on_a_day_off_moves_on_and_takes_nothing_from_the_next() -> None:
    found = compute_deadline(a_term(5, 19, unit=TermUnit.DAY), MONDAY, CALENDAR)
    assert ends(found) == ["09/03/2026 17:00", "26/03/2026 17:00"]
    assert found.due_on == compute_deadline(Term(24, TermUnit.DAY), MONDAY, CALENDAR).due_on


def test_a_pause_in_the_second_office_moves_it_and_the_whole_but_not_the_first() -> None:
    term = a_term(5, 10, 2)
    before, pause = compute_deadline(term, MONDAY, CALENDAR), (date(2026, 3, 12), date(2026, 3, 18))
    after = replay(term, MONDAY, [pause], CALENDAR)
    assert ends(after)[0] == ends(before)[0]
    assert ends(after)[1:] > ends(before)[1:]
    standing = replay(term, MONDAY, [(date(2026, 3, 12), None)], CALENDAR)
    assert ends(standing) == [ends(before)[0], "", ""]


def test_a_term_that_starts_anew_starts_anew_for_every_office() -> None:
    found = replay(a_term(5, 10, 2), MONDAY, [(date(2026, 3, 12), date(2026, 3, 18))], CALENDAR, "restart")
    assert ends(found)[0] == "25/03/2026 17:00"


@given(
    shares=st.lists(st.integers(1, 15), min_size=2, max_size=4),
    unit=st.sampled_from([TermUnit.WORKING_DAY, TermUnit.DAY]),
    day=st.integers(0, 300),
    pause=st.none() | st.tuples(st.integers(1, 20), st.integers(0, 20)),
)
def test_each_date_is_that_of_a_term_as_long_as_the_offices_so_far(
    shares: list[int], unit: TermUnit, day: int, pause: tuple[int, int] | None
) -> None:
    received = datetime(2026, 1, 5, 9, 0) + timedelta(days=day)
    pauses: list[Pause] = []
    if pause is not None:
        begins = received.date() + timedelta(days=pause[0])
        pauses.append((begins, begins + timedelta(days=pause[1])))
    term = a_term(*shares, unit=unit)
    whole = replay(term, received, pauses, CALENDAR)
    assert len(whole.stages) == len(shares)
    assert whole.stages[-1].due_at == whole.due_at
    assert whole.due_at == replay(Term(term.value, unit), received, pauses, CALENDAR).due_at
    for n, stage in enumerate(whole.stages[:-1], 1):
        alone = replay(Term(sum(shares[:n]), unit), received, pauses, CALENDAR)
        assert stage.due_at is not None
        assert alone.due_at is not None
        assert stage.due_at <= alone.due_at  # a pause that begins on the day off it would move to is the next office's
        if pause is None:
            assert stage.due_at == alone.due_at
    assert why_date.explain(received, term, pauses, whole, version="x", second=None).adds_up


def test_the_steps_say_whose_part_ends_where() -> None:
    term = a_term(5, 10, 2)
    answer = why_date.explain(MONDAY, term, (), compute_deadline(term, MONDAY, CALENDAR), version="2026.1", second=None)
    assert answer.adds_up
    assert [line.count for line in answer.lines if "hết phần của" in line.what] == ["5", "15", "17"]
    assert "Chặng 1, Cơ quan 1: 05 ngày làm việc, đến 17 giờ, Thứ Hai ngày 09/03/2026" in answer.facts


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({"value": 5, "unit": "working_day", "stages": [("Xã", 2), ("Tỉnh", 2)]}, "cộng lại là 4, thời hạn ghi 5"),
        ({"value": 5, "unit": "working_day", "stages": [("Xã", 5)]}, "từ hai cơ quan"),
        ({"value": 5, "unit": "working_day", "stages": [("Xã", 0), ("Tỉnh", 5)]}, "ít nhất 1 ngày"),
        ({"value": 8, "unit": "hour", "stages": [("Xã", 4), ("Tỉnh", 4)]}, "chỉ dùng với thời hạn tính bằng ngày"),
    ],
)
def test_stages_that_do_not_add_up_are_refused_with_their_place(term: dict[str, object], said: str) -> None:
    data = copy.deepcopy(SMALL)
    stages = [{"agency": agency, "value": value} for agency, value in term["stages"]]  # type: ignore[attr-defined]
    data["variants"][0]["time"]["default"] = {**term, "stages": stages}
    with pytest.raises(DataProblem) as problem:
        procedure_from_data(data)
    assert said in str(problem.value)


def test_the_shipped_catalogue_names_the_offices_where_its_source_does() -> None:
    term = CATALOGUE.procedures["bao_tro.tro_cap_xa_hoi"].variants[0].default_term
    assert sum(stage.value for stage in term.stages) in (0, term.value)
    found = [
        term
        for procedure in CATALOGUE.procedures.values()
        for variant in procedure.variants
        if (term := variant.default_term).stages
    ]
    assert len(found) == 4
    assert all(sum(stage.value for stage in term.stages) == term.value for term in found)
