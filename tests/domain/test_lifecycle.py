"""The one machine: who may do what from where, whatever the order; and dates that a slow reader comes to as well."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.dossier_life import START, Life, Limits, Step, advance, decide, due, limits_for, live
from desk_app.domain.errors import Refused
from desk_app.domain.lifecycle import BY_MOVE, TRANSITIONS, Clock, Move, State, allowed, drawing, listing
from desk_app.domain.procedure import Term, TermUnit
from desk_app.domain.session import Role
from desk_app.main import main

HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
CALENDAR = WorkCalendar(
    {date(2026, 11, 24): "Ngày Văn hóa Việt Nam", date(2027, 1, 1): "Tết Dương lịch"},
    {date(2026, 12, 12): "Làm bù"}, HOURS, "test", (date(2026, 1, 1), date(2027, 12, 31)),
)  # fmt: skip
EVERYBODY = frozenset(Role)
START_AT = datetime(2026, 11, 9, 9, 0)

#: law-and-forms §5, by hand: who may make each move. R reception, C cashier, S specialist, L leader, H head.
WHO = {
    Move.GUIDE: "RH", Move.RECEIVE: "RH", Move.ASK_BEFORE: "RH", Move.REFUSE: "RH", Move.HAND_OVER: "RSH",
    Move.TAKE_OVER: "RSLH", Move.SUPPLEMENT: "RSLH", Move.COMPLETE: "RH", Move.EXPIRE: "LH", Move.ASK_PAYMENT: "RSLH",
    Move.PAID: "RCH", Move.APOLOGISE: "RSLH", Move.SETTLE: "RSLH", Move.SETTLE_REFUSED: "RSLH", Move.RETURN: "RH",
    Move.WITHDRAW: "RH", Move.AGREE_STOP: "LH", Move.DECLINE_STOP: "LH", Move.CORRECT: "RH", Move.TAKE_BACK: "H",
}  # fmt: skip
LETTER = {
    Role.RECEPTION: "R", Role.CASHIER: "C", Role.SPECIALIST: "S", Role.LEADER: "L", Role.HEAD: "H",
    Role.TECHNICIAN: "T", Role.AUDITOR: "A",
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("move", Move)
def test_every_role_may_make_exactly_its_moves(move: Move, role: Role) -> None:
    source = min(BY_MOVE[move].sources)
    life = Life(source, handed_over=True)
    if LETTER[role] in WHO[move]:
        assert decide(life, move, {role}, Limits(supplements=9, free_supplements=9), why="lý do") is life
        return
    with pytest.raises(Refused) as caught:
        decide(life, move, {role}, Limits(), why="lý do")
    assert caught.value.code == "DN-06"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_no_move_is_made_from_a_state_that_does_not_have_it(move: Move, state: State) -> None:
    if state in BY_MOVE[move].sources:
        assert move in {one.move for one in allowed(state, EVERYBODY)}
        return
    assert move not in {one.move for one in allowed(state, EVERYBODY)}
    with pytest.raises(Refused) as caught:
        decide(Life(state, handed_over=True), move, EVERYBODY, Limits(), why="lý do", code="x")
    assert caught.value.code == "HS-09"


def test_every_official_status_has_its_number_and_every_move_of_the_law_is_there() -> None:
    assert [s.value for s in State if 1 <= s <= 10] == list(range(1, 11))
    assert {one.number for one in TRANSITIONS} == {f"T{n}" for n in range(1, 16)}
    assert set(BY_MOVE) == set(Move)


def test_overdue_and_apologised_are_no_states() -> None:
    assert BY_MOVE[Move.APOLOGISE].target is None
    assert not {"OVERDUE", "APOLOGISED"} & {s.name for s in State}


def test_what_ended_stays_ended_but_for_the_head() -> None:
    for state in (State.STOPPED, State.RETURNED):
        assert [one.move for one in allowed(state, EVERYBODY)] == [Move.TAKE_BACK]
    assert allowed(State.NOT_ACCEPTED, EVERYBODY) == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(Move), max_size=25), st.frozensets(st.sampled_from(Role), min_size=1), st.booleans())
def test_whatever_is_pressed_in_whatever_order_only_legal_moves_happen(
    moves: list[Move], roles: frozenset[Role], with_reason: bool
) -> None:
    life, limits, at = START, Limits(), START_AT
    for move in moves:
        at += timedelta(hours=5)
        rule = BY_MOVE[move]
        try:
            decide(life, move, roles, limits, why="lý do" if with_reason else "")
        except Refused:
            continue
        assert life.state in rule.sources
        assert rule.roles & roles
        before, life = life, advance(life, Step(move, at, at.date()))
        if rule.target is not None:
            assert life.state is rule.target
        if move is Move.TAKE_BACK and before.trail:
            assert life.state is before.trail[-1].state
        assert life.supplements <= limits.supplements
        assert life.apologies <= limits.apologies
        assert sum(end is None for _, end in life.pauses) <= 1
        assert (life.paused_from is not None) <= (
            life.state in (State.SUPPLEMENT, State.PAYMENT, State.WITHDRAWAL, State.STOPPED)
        )


def test_steps_of_two_stations_that_crossed_do_not_stop_the_reading() -> None:
    steps = [
        Step(Move.RECEIVE, START_AT), Step(Move.SETTLE, START_AT), Step(Move.SETTLE, START_AT),
        Step(Move.SUPPLEMENT, START_AT), Step(Move.RETURN, START_AT),
    ]  # fmt: skip
    assert live(steps).state is State.RETURNED


# ---- dates -----------------------------------------------------------------------------------------------------------


def slow_due(received: date, term: int, pauses: list[tuple[date, date]], *, restart: bool) -> date:
    """Day by day, the simplest reading: no day of a pause counts, neither its first nor its last."""
    counted, day = 0, received
    while True:
        day += timedelta(days=1)
        inside = [p for p in pauses if p[0] <= day <= p[1]]
        if inside:
            if restart and any(day == p[1] for p in inside):
                counted = 0
            continue
        if CALENDAR.is_working(day):
            counted += 1
            if counted == term:
                return day


@settings(max_examples=250, deadline=None)
@given(
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 12)), max_size=7),
    st.sampled_from(("resume", "restart")),
)
def test_any_number_of_supplement_rounds_gives_the_date_of_a_slow_reader(
    term: int, rounds: list[tuple[int, int]], policy: str
) -> None:
    """However often it was stopped, the date follows from the list of steps alone (OpenCPS #1254)."""
    limits = Limits(supplements=99, free_supplements=99, policy="resume" if policy == "resume" else "restart")
    steps, day, pauses = [Step(Move.RECEIVE, START_AT)], START_AT.date(), []
    whole = Term(term, TermUnit.WORKING_DAY)
    for gap, length in rounds:
        begin = day + timedelta(days=gap)
        if begin > slow_due(START_AT.date(), term, pauses, restart=policy == "restart"):
            break  # it would have been settled by then
        day = begin + timedelta(days=length)
        pauses.append((begin, day))
        steps += [
            Step(Move.SUPPLEMENT, datetime.combine(begin, time(10))), Step(Move.COMPLETE, datetime.combine(day, time(11)))
        ]  # fmt: skip
        day += timedelta(days=1)
    life = live(steps)
    assert life.supplements == len(pauses)
    found = due(life, whole, CALENDAR, limits)
    assert found.due_on == slow_due(START_AT.date(), term, pauses, restart=policy == "restart")
    assert sum(step.counted for step in found.steps) == term


def test_while_the_citizen_is_asked_there_is_no_date() -> None:
    life = live([Step(Move.RECEIVE, START_AT), Step(Move.SUPPLEMENT, START_AT + timedelta(days=2))])
    assert due(life, Term(5, TermUnit.WORKING_DAY), CALENDAR, Limits()).due_at is None


def test_an_apology_changes_no_date() -> None:
    steps = [Step(Move.RECEIVE, START_AT)]
    before = due(live(steps), Term(5, TermUnit.WORKING_DAY), CALENDAR, Limits())
    steps.append(Step(Move.APOLOGISE, START_AT, date(2026, 12, 1)))
    assert due(live(steps), Term(5, TermUnit.WORKING_DAY), CALENDAR, Limits()) == before


def test_a_sector_may_have_its_own_numbers() -> None:
    defaults = {
        "supplements_allowed": 2, "apologies_allowed": 1, "pause_policy": {"settling_supplement": "resume"},
        "by_field": {"dat_dai": {"supplements_allowed": 3, "apologies_allowed": 0, "pause_policy": "restart"}},
    }  # fmt: skip
    assert limits_for(defaults, "ho_tich") == Limits(2, 1, 1, "resume")
    assert limits_for(defaults, "dat_dai") == Limits(3, 1, 0, "restart")


# ---- the drawing -----------------------------------------------------------------------------------------------------


def test_the_command_lists_every_move_and_draws_every_state(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lifecycle"]) == 0
    listed = capsys.readouterr().out
    assert listed == listing()
    assert all(one.text in listed for one in TRANSITIONS)
    assert main(["lifecycle", "--dot"]) == 0
    drawn = capsys.readouterr().out
    assert drawn == drawing()
    assert all(f"s{state.value} [" in drawn for state in State)
    assert all(one.clock in Clock for one in TRANSITIONS)
