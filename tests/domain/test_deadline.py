"""Deadlines: every worked example of the domain document, and a slow oracle that walks day by day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.catalogue import load_catalogue
from desk_app.domain.deadline import Deadline, Pause, Policy, compute_deadline, replay, term_text
from desk_app.domain.procedure import Term, TermUnit

ROOT = Path(__file__).resolve().parents[2]
CALENDAR = load_catalogue((ROOT / "resources" / "catalogue" / "catalogue.json").read_bytes()).calendar

WORKING = """\
20/01/2025 09:00 3 23/01/2025 23/01/2025
22/01/2025 09:00 3 03/02/2025 03/02/2025
23/01/2025 09:00 5 06/02/2025 06/02/2025
24/01/2025 10:00 1 03/02/2025 03/02/2025
24/01/2025 14:59 3 05/02/2025 05/02/2025
24/01/2025 15:00 3 06/02/2025 05/02/2025
04/04/2025 09:00 1 08/04/2025 08/04/2025
25/04/2025 09:00 1 26/04/2025 26/04/2025
25/04/2025 09:00 3 29/04/2025 29/04/2025
29/04/2025 16:00 1 06/05/2025 05/05/2025
27/08/2025 09:00 3 03/09/2025 03/09/2025
29/08/2025 09:00 1 03/09/2025 03/09/2025
29/08/2025 15:00 2 05/09/2025 04/09/2025
31/12/2025 09:00 1 05/01/2026 05/01/2026
08/01/2026 09:00 2 10/01/2026 10/01/2026
11/02/2026 09:00 5 25/02/2026 25/02/2026
13/02/2026 09:00 3 25/02/2026 25/02/2026
13/02/2026 16:30 3 26/02/2026 25/02/2026
24/04/2026 10:00 1 28/04/2026 28/04/2026
29/04/2026 08:00 3 06/05/2026 06/05/2026
20/08/2026 09:00 3 24/08/2026 24/08/2026
21/08/2026 16:00 1 24/08/2026 22/08/2026
27/08/2026 09:00 3 04/09/2026 04/09/2026
28/08/2026 15:05 5 10/09/2026 09/09/2026
01/09/2026 09:00 1 04/09/2026 04/09/2026
20/11/2026 10:00 3 26/11/2026 26/11/2026
23/11/2026 15:30 1 26/11/2026 25/11/2026"""
OTHER_UNITS = """\
17/03/2025 14:00 0 same_day 17/03/2025 17:00
21/03/2025 15:10 0 same_day 24/03/2025 17:00
24/01/2025 16:00 0 same_day 03/02/2025 17:00
24/01/2025 09:00 5 day 03/02/2025 17:00
20/02/2025 09:00 10 day 03/03/2025 17:00
27/08/2025 09:00 5 day 03/09/2025 17:00
10/03/2025 10:00 8 hour 11/03/2025 10:30"""


def at(day: str, clock: str) -> datetime:
    return datetime.strptime(f"{day} {clock}", "%d/%m/%Y %H:%M")  # noqa: DTZ007 – local times are naive


def a_term(value: int, unit: str) -> Term:
    if unit == "same_day":
        return Term(0, TermUnit.SAME_DAY, time(15), Term(1, TermUnit.WORKING_DAY))
    return Term(value, TermUnit(unit))


@pytest.mark.parametrize("line", WORKING.splitlines())
@pytest.mark.parametrize("shifts", [True, False])
def test_working_days_fall_as_in_the_worked_examples(line: str, *, shifts: bool) -> None:
    day, clock, count, shifted, literal = line.split()
    due = compute_deadline(a_term(int(count), "working_day"), at(day, clock), CALENDAR, cutoff_shifts_start=shifts)
    assert due.due_at == at(shifted if shifts else literal, "17:00")
    assert adds_up(due, int(count))


@pytest.mark.parametrize("line", OTHER_UNITS.splitlines())
def test_other_units_fall_as_in_the_worked_examples(line: str) -> None:
    day, clock, value, unit, due_day, due_clock = line.split()
    assert compute_deadline(a_term(int(value), unit), at(day, clock), CALENDAR).due_at == at(due_day, due_clock)


@pytest.mark.parametrize(
    ("policy", "resume_day_counts", "due"),
    [("resume", False, "21/03/2025"), ("resume", True, "20/03/2025"), ("restart", False, "24/03/2025")],
)
def test_a_supplement_pauses_as_in_the_worked_examples(policy: Policy, resume_day_counts: bool, due: str) -> None:
    pauses = ((date(2025, 3, 12), date(2025, 3, 17)),)
    result = replay(a_term(5, "working_day"), at("10/03/2025", "09:00"), pauses, CALENDAR, policy, resume_day_counts)
    assert result.due_at == at(due, "17:00")
    assert adds_up(result, 5)


def test_an_open_supplement_leaves_the_date_open() -> None:
    result = replay(a_term(5, "working_day"), at("10/03/2025", "09:00"), ((date(2025, 3, 12), None),), CALENDAR)
    assert result.due_on is None
    assert result.due_at is None
    assert "tạm dừng" in result.note.lower()


def test_a_supplement_after_the_term_has_run_out_changes_nothing() -> None:
    term, received = a_term(2, "working_day"), at("10/03/2025", "09:00")
    late = replay(term, received, ((date(2025, 3, 20), date(2025, 3, 25)),), CALENDAR)
    assert late.due_on == compute_deadline(term, received, CALENDAR).due_on


def test_fifteen_o_clock_sharp_is_still_the_same_day_and_a_second_later_is_not() -> None:
    term = a_term(0, "same_day")
    sharp = datetime(2025, 3, 21, 15, 0, 0)
    assert compute_deadline(term, sharp, CALENDAR).due_on == date(2025, 3, 21)
    assert compute_deadline(term, sharp + timedelta(seconds=1), CALENDAR).due_on == date(2025, 3, 24)


def test_received_after_closing_counts_as_the_next_working_morning() -> None:
    evening = at("13/03/2026", "17:01")
    assert compute_deadline(a_term(0, "same_day"), evening, CALENDAR).due_on == date(2026, 3, 16)
    assert compute_deadline(a_term(1, "working_day"), evening, CALENDAR).due_on == date(2026, 3, 17)
    assert compute_deadline(a_term(1, "working_day"), at("13/03/2026", "17:00"), CALENDAR).due_on == date(2026, 3, 16)


def test_an_unknown_term_is_said_and_never_zero() -> None:
    unknown = compute_deadline(Term(None, None), at("13/03/2026", "09:00"), CALENDAR)
    assert (unknown.due_on, unknown.term_text) == (None, "chưa xác định")


def test_a_date_beyond_the_calendar_says_that_next_year_is_missing() -> None:
    result = compute_deadline(a_term(5, "working_day"), at("29/12/2026", "09:00"), CALENDAR)
    assert result.due_on == date(2027, 1, 5)
    assert "Lịch nghỉ năm 2027 chưa có" in result.note
    assert any("chưa có lịch nghỉ năm 2027" in step.label for step in result.steps)


def test_steps_name_each_day_off_and_each_worked_saturday() -> None:
    steps = {
        s.day: s.label for s in compute_deadline(a_term(4, "working_day"), at("20/08/2026", "09:00"), CALENDAR).steps
    }
    assert "làm bù ngày 31/08/2026" in steps[date(2026, 8, 22)]
    assert steps[date(2026, 8, 23)] == "Chủ nhật"
    steps = {
        s.day: s.label for s in compute_deadline(a_term(2, "working_day"), at("23/11/2026", "09:00"), CALENDAR).steps
    }
    assert steps[date(2026, 11, 24)] == "Ngày Văn hóa Việt Nam"


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term(3, TermUnit.WORKING_DAY), "03 ngày làm việc"),
        (Term(30, TermUnit.DAY), "30 ngày"),
        (Term(8, TermUnit.HOUR), "08 giờ làm việc"),
        (Term(0, TermUnit.SAME_DAY), "ngay trong ngày"),
        (Term(None, None), "chưa xác định"),
    ],
)
def test_the_term_reads_as_on_paper(term: Term, words: str) -> None:
    assert term_text(term) == words


# --- the oracle -------------------------------------------------------------------------------------------------


def adds_up(result: Deadline, value: int) -> bool:
    """The steps explain the date: counted days are the term, in order, and the last step is the due day."""
    days = [step.day for step in result.steps]
    counted = sum(step.counted for step in result.steps)
    return counted == value and days == sorted(days) and days[-1] == result.due_on


def off(day: date) -> bool:
    if day in CALENDAR.swapped_in:
        return False
    return day.isoweekday() in (6, 7) or day in CALENDAR.holidays


def slow_start(received: datetime, *, shifts: bool) -> date:
    day = received.date()
    late = received.time() > time(17) and not off(day)
    moved = False
    while off(day) or late:
        day, late, moved = day + timedelta(1), False, True
    if shifts and not moved and received.time() >= time(15):
        day += timedelta(1)
        while off(day):
            day += timedelta(1)
    return day


def slow_due(value: int, unit: str, start: date, pauses: list[tuple[date, date]], policy: str, arrival: bool) -> date:
    """Counts on paper: a list of the days that count, cut at each restart; the due day is the value-th."""

    def paused(day: date) -> bool:
        last_counts = arrival and policy == "resume"
        return any(a <= day and (day < b if last_counts else day <= b) for a, b in pauses)

    days: list[date] = []
    day = start
    while True:
        day += timedelta(1)
        if paused(day):
            if policy == "restart":
                days = []
            continue
        if unit == "working_day" and not off(day):
            days.append(day)
            if len(days) == value:
                return day
        if unit == "day":
            if len(days) < value:
                days.append(day)
            if len(days) == value and not off(day):
                return day


moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 9, 30)).map(lambda d: d.replace(microsecond=0))


@given(moments, st.integers(1, 60), st.sampled_from(["working_day", "day"]), st.booleans())
def test_deadlines_agree_with_counting_day_by_day(received: datetime, value: int, unit: str, shifts: bool) -> None:
    result = compute_deadline(a_term(value, unit), received, CALENDAR, cutoff_shifts_start=shifts)
    start = slow_start(received, shifts=shifts and unit == "working_day")
    assert result.due_on == slow_due(value, unit, start, [], "resume", False)
    assert result.due_on is not None
    assert not off(result.due_on)
    assert sum(step.counted for step in result.steps) == value
    assert result.steps[-1].day == result.due_on


@st.composite
def paused_dossiers(draw: st.DrawFn) -> tuple[datetime, list[tuple[date, date]]]:
    received = draw(moments)
    pauses = []
    day = received.date()
    for _ in range(draw(st.integers(0, 3))):
        begins = day + timedelta(draw(st.integers(0, 20)))
        ends = begins + timedelta(draw(st.integers(0, 30)))
        pauses.append((begins, ends))
        day = ends + timedelta(1)
    return received, pauses


@given(
    paused_dossiers(),
    st.integers(1, 30),
    st.sampled_from(["working_day", "day"]),
    st.sampled_from(["resume", "restart"]),
    st.booleans(),
)
def test_pauses_agree_with_counting_day_by_day(
    case: tuple[datetime, list[tuple[date, date]]], value: int, unit: str, policy: Policy, arrival: bool
) -> None:
    received, pauses = case
    shown: tuple[Pause, ...] = tuple(pauses)
    result = replay(a_term(value, unit), received, shown, CALENDAR, policy, arrival)
    expected = slow_due(value, unit, slow_start(received, shifts=False), pauses, policy, arrival)
    assert result.due_on == expected
    assert sum(step.counted for step in result.steps) == value


@given(moments, st.integers(1, 80))
def test_hours_are_spent_only_while_the_desk_is_open(received: datetime, hours: int) -> None:
    received = received.replace(second=0)
    result = compute_deadline(a_term(hours, "hour"), received, CALENDAR)
    assert result.due_at is not None
    spent, now = 0, received
    while now < result.due_at:
        in_hours = time(7, 30) <= now.time() < time(11, 30) or time(13, 30) <= now.time() < time(17)
        spent += in_hours and not off(now.date())
        now += timedelta(minutes=1)
    assert spent == hours * 60
    assert sum(step.minutes for step in result.steps) == hours * 60


@given(moments, st.integers(0, 0))
def test_same_day_is_today_before_the_cutoff_and_the_next_working_day_after(received: datetime, _: int) -> None:
    result = compute_deadline(a_term(0, "same_day"), received, CALENDAR)
    day = received.date()
    if not off(day) and received.time() <= time(15):
        assert result.due_on == day
    elif not off(day) and received.time() <= time(17):
        assert result.due_on == CALENDAR.next_working(day)
    else:
        assert result.due_on == slow_start(received, shifts=False)
    assert result.due_at == datetime.combine(result.due_on or day, time(17))


GOLDEN = [
    line for line in (ROOT / "tests" / "domain" / "golden_deadlines.txt").read_text().splitlines() if line[0] != "#"
]


def test_no_golden_date_has_moved() -> None:
    assert len(GOLDEN) + 2 * len(WORKING.splitlines()) + len(OTHER_UNITS.splitlines()) + 3 >= 300
    for line in GOLDEN:
        received, value, unit, cutoff, policy, shown, due = line.split()
        pauses: tuple[Pause, ...] = ()
        if shown != "-":
            spans = [span.split("/") for span in shown.split(",")]
            pauses = tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in spans)
        result = replay(
            a_term(int(value), unit),
            datetime.fromisoformat(received),
            pauses,
            CALENDAR,
            "restart" if policy.startswith("restart") else "resume",
            policy.endswith("+arrival"),
            cutoff_shifts_start=cutoff == "shift",
        )
        assert (line, result.due_on) == (line, date.fromisoformat(due))
        assert sum(step.counted for step in result.steps) == int(value)


def test_a_same_day_promise_waits_for_the_missing_paper() -> None:
    term, received = a_term(0, "same_day"), at("12/03/2026", "09:00")
    waits = ((date(2026, 3, 12), date(2026, 3, 13)),)
    assert replay(term, received, waits, CALENDAR).due_on == date(2026, 3, 16)
    assert replay(term, received, waits, CALENDAR, resume_day_counts=True).due_on == date(2026, 3, 13)
    assert replay(term, received, ((date(2026, 3, 12), None),), CALENDAR).due_on is None
    assert replay(term, received, ((date(2026, 3, 13), None),), CALENDAR).due_on == date(2026, 3, 12)


def test_hours_stand_still_while_papers_are_missing() -> None:
    term, received = a_term(8, "hour"), at("10/03/2025", "10:00")
    waits = ((date(2025, 3, 11), date(2025, 3, 12)),)
    assert replay(term, received, waits, CALENDAR).due_at == at("13/03/2025", "10:30")
    assert replay(term, received, waits, CALENDAR, "restart").due_at == at("14/03/2025", "08:00")
    assert replay(term, received, ((date(2025, 3, 11), None),), CALENDAR).due_at is None


def test_each_day_is_named_once_and_counted_days_are_numbered() -> None:
    steps = compute_deadline(a_term(3, "working_day"), at("14/03/2026", "09:00"), CALENDAR).steps
    assert [(step.day.day, step.label) for step in steps] == [
        (14, "Nhận ngày nghỉ (Thứ Bảy)"),
        (15, "Chủ nhật"),
        (16, "Coi như nhận lúc 07 giờ 30 phút, không tính vào thời hạn"),
        (17, "Ngày thứ 1"),
        (18, "Ngày thứ 2"),
        (19, "Ngày thứ 3"),
    ]
