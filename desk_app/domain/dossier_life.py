"""One dossier's life, folded from its steps: state, pauses, rounds, dates; and whether a further move may be made.

Nothing here is edited: the same steps always give the same life, and the due date is replayed from receipt and pauses
(``deadline.replay``), however many rounds there were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.deadline import Deadline, Pause, Policy, replay
from desk_app.domain.errors import Refused
from desk_app.domain.lifecycle import BY_MOVE, STATE_TEXT, Clock, Move, State, Transition
from desk_app.domain.procedure import Term
from desk_app.domain.session import ROLE_TEXT, Role

CORRECTION_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limits:
    """How often the law (or a sector, in its data) lets a desk ask again, apologise, and what a pause does."""

    supplements: int = 2
    free_supplements: int = 1
    apologies: int = 1
    policy: Policy = "resume"
    arrival_counts: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One move as recorded. ``at`` local time; ``new_due``: the date of an apology. A taking back undoes the last one."""

    move: Move
    at: datetime
    new_due: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What the steps so far amount to. ``pauses``: days without counting; ``done``: the moves that still stand,
    ``trail``: the lives before each of them."""

    state: State = State.DRAFT
    received_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    supplements: int = 0
    apologies: int = 0
    new_due: date | None = None
    taken_over: bool = False
    handed_over: bool = False
    done: tuple[Move, ...] = ()
    trail: tuple[Life, ...] = ()

    @property
    def paused_from(self) -> date | None:
        """The day the clock was stopped, None while it runs."""
        return self.pauses[-1][0] if self.pauses and self.pauses[-1][1] is None else None


START = Life()


def limits_for(defaults: Mapping[str, object], field: str) -> Limits:
    """The limits of a field: the catalogue's defaults, overridden by ``by_field`` where sector law has its own."""
    sectors = defaults.get("by_field")
    own = sectors.get(field) if isinstance(sectors, Mapping) else None
    values = {**defaults, **(own if isinstance(own, Mapping) else {})}
    policy = values.get("pause_policy")
    found = policy.get("settling_supplement") if isinstance(policy, Mapping) else policy
    return Limits(
        supplements=_count(values, "supplements_allowed", 2),
        free_supplements=_count(values, "supplements_free", 1),
        apologies=_count(values, "apologies_allowed", 1),
        policy=cast(Policy, found) if found in ("resume", "restart") else "resume",
        arrival_counts=values.get("resume_day_counts") is True,
    )


def _count(values: Mapping[str, object], name: str, default: int) -> int:
    found = values.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else default


def live(steps: Iterable[Step]) -> Life:
    """The life after ``steps``. One that was not possible (two stations crossed) stays in the timeline and counts not."""
    life = START
    for step in steps:
        if life.state in BY_MOVE[step.move].sources:
            life = advance(life, step)
    return life


def advance(life: Life, step: Step) -> Life:
    """The life after one more step. Raises ValueError for a move that ``life.state`` does not allow."""
    rule = BY_MOVE[step.move]
    if life.state not in rule.sources:
        raise ValueError(f"{step.move} from {life.state.name}")
    if step.move is Move.TAKE_BACK:
        before = life.trail[-1] if life.trail else life
        # what was handed out was handed out: a step taken back gives no further request and no further letter
        return replace(before, supplements=life.supplements, apologies=life.apologies)
    if step.move is Move.CORRECT:
        return life
    state = life.state if rule.target is None else rule.target
    after = replace(life, trail=(*life.trail, life), done=(*life.done, step.move), state=state)
    match step.move:
        case Move.RECEIVE:
            return replace(after, received_at=step.at)
        case Move.SUPPLEMENT | Move.ASK_BEFORE:
            after = replace(after, supplements=life.supplements + 1)
        case Move.APOLOGISE:
            return replace(after, apologies=life.apologies + 1, new_due=step.new_due)
        case Move.HAND_OVER:
            return replace(after, handed_over=True, taken_over=False)
        case Move.TAKE_OVER:
            return replace(after, taken_over=True)
        case Move.DECLINE_STOP:
            return replace(after, state=life.trail[-1].state if life.trail else State.IN_PROGRESS)
    return _clock(after, rule, step.at.date())


def _clock(life: Life, rule: Transition, day: date) -> Life:
    if rule.clock is Clock.PAUSES and life.paused_from is None:
        return replace(life, pauses=(*life.pauses, (day, None)))
    if rule.clock is Clock.RESUMES and life.paused_from is not None:
        return replace(life, pauses=(*life.pauses[:-1], (life.pauses[-1][0], day)))
    return life


def decide(life: Life, move: Move, roles: Iterable[Role], limits: Limits, *, why: str = "", code: str = "") -> Life:
    """The life before the move, when it may be made now; the caller then records it.

    ``why``: the written reason of moves that need one. ``code``: the dossier's, for the words.
    Refuses: DN-06 not this role, HS-09 not from this state, HS-10 a reason is missing, TN-14 a second supplement is the
    supervisor's with a reason, TN-15 no further supplement, HS-04 no further apology, HS-11 an apology before a date.
    """
    rule, held = BY_MOVE[move], frozenset(roles)
    if not rule.roles & held:
        raise Refused("DN-06", role=", ".join(ROLE_TEXT[role] for role in Role if role in rule.roles))
    if life.state not in rule.sources:
        raise Refused("HS-09", dossier=code, state=STATE_TEXT[life.state], move=rule.text)
    if move in (Move.SUPPLEMENT, Move.ASK_BEFORE):
        _check_round(life, held, limits, why)
    if move is Move.APOLOGISE and life.apologies >= limits.apologies:
        raise Refused("HS-04", n=life.apologies, signer="người đứng đầu cơ quan giải quyết")
    if move is Move.TAKE_OVER and (life.taken_over or not life.handed_over):
        raise Refused("HS-09", dossier=code, state=STATE_TEXT[life.state], move=rule.text)
    if move in (Move.TAKE_BACK, Move.REFUSE, Move.EXPIRE, Move.WITHDRAW, Move.DECLINE_STOP) and not why.strip():
        raise Refused("HS-10", move=rule.text)
    return life


def _check_round(life: Life, held: frozenset[Role], limits: Limits, why: str) -> None:
    if life.supplements >= limits.supplements:
        raise Refused("TN-15", n=life.supplements)
    if life.supplements >= limits.free_supplements and (Role.HEAD not in held or not why.strip()):
        last = life.pauses[-1][0] if life.pauses else None
        raise Refused("TN-14", date=f"{last:%d/%m/%Y}" if last else "trước")


def due(
    life: Life, term: Term, calendar: WorkCalendar, limits: Limits, *, cutoff_shifts_start: bool = False
) -> Deadline:
    """The date from the facts: receipt, term and every pause. The date of an apology never replaces it."""
    if life.received_at is None:
        raise ValueError("a dossier that was not received has no date")
    return replay(
        term, life.received_at, life.pauses, calendar, limits.policy, limits.arrival_counts,
        cutoff_shifts_start=cutoff_shifts_start,
    )  # fmt: skip


def may_correct_freely(received_at: datetime, now: datetime) -> bool:
    """Whether the citizen is taken to stand here still: 'sửa và in lại' without a reason (15 minutes)."""
    return timedelta(0) <= now - received_at <= CORRECTION_WINDOW
