"""The moves of a dossier between receipt and result: each asked of the one machine, recorded as a fact, its paper promised.

Every use case reads the life again inside its transaction (``domain.dossier_life``), so an illegal move is refused with
its reason whatever a screen offered, and the same command twice gives the first answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.domain import dossier_life
from desk_app.domain.assessment import assess
from desk_app.domain.code import SlipKind
from desk_app.domain.deadline import Deadline, StageDue
from desk_app.domain.dossier_life import Life, Limits, Step
from desk_app.domain.errors import Refused
from desk_app.domain.lifecycle import Move, Transition, allowed
from desk_app.domain.procedure import Procedure, Term, TermUnit, Variant
from desk_app.domain.settling import with_own_name
from desk_app.services import office
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import dossiers
from desk_app.storage.queries import life as life_query
from desk_app.storage.rows import DossierDetail
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.codec import from_body
from sync.protocol.dossier_facts import (
    DossierTakenBack,
    DossierTakenOver,
    PaymentFulfilled,
    PaymentRequested,
    SupplementCompleted,
    SupplementRequested,
    WithdrawalAsked,
    WithdrawalDeclined,
)
from sync.protocol.facts import Fact


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier with its life, and the rules it was taken in under. ``procedure`` None: it has left the catalogue."""

    detail: DossierDetail
    life: Life
    limits: Limits
    procedure: Procedure | None
    term: Term

    @property
    def code(self) -> str:
        return self.detail.row.code


@dataclass(frozen=True, slots=True)
class Moved:
    """What was recorded: the dossier's code, its slip (``kind:id`` to print, "" = none), the date that holds now."""

    dossier: str
    code: str
    paper: str = ""
    number_text: str = ""
    due_at: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RequestSupplement:
    """Ask for everything that is missing, once. ``needs``: sentences as printed; ``second_reason``: the supervisor's."""

    id: str
    dossier: str
    needs: tuple[str, ...]
    reason: str
    second_reason: str = ""
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class SimpleMove:
    """A move that needs no more than words: ``text`` is its note, reason, proof or who took it over."""

    id: str
    dossier: str
    text: str = ""


def known(desk: Desk, tx: ReadTx, dossier: str) -> Known:
    """A dossier with its life. Refuses HS-08 for one that is not here."""
    detail = dossiers.detail(tx, dossier)
    if detail is None:
        raise Refused("HS-08")
    procedure = desk.catalogue.procedures.get(detail.row.procedure)
    limits = dossier_life.limits_for(desk.catalogue.defaults, procedure.field if procedure else "")
    steps = (
        Step(Move(s.move), datetime.fromisoformat(s.at), date.fromisoformat(s.new_day) if s.new_day else None)
        for s in life_query.steps(tx, dossier)
    )
    return Known(detail, dossier_life.live(steps), limits, procedure, _term(desk, tx, detail, procedure))


def moves(desk: Desk, dossier: str) -> tuple[Transition, ...]:
    """What the officer at the desk may do with a dossier now: the only moves a screen offers."""
    with desk.store.read() as tx:
        found = known(desk, tx, dossier)
    last = found.life.done[-1:]
    return tuple(
        one
        for one in allowed(found.life.state, desk.officer.roles)
        if (one.move is not Move.TAKE_OVER or (found.life.handed_over and not found.life.taken_over))
        and (one.move is not Move.TAKE_BACK or last not in ((), (Move.RECEIVE,)))
    )


def promise(desk: Desk, tx: ReadTx, found: Known, life: Life | None = None) -> Deadline:
    """The date that follows from the facts alone, under the calendar in use."""
    profile = desk.profile(tx)
    return dossier_life.due(
        life or found.life, found.term, desk.catalogue.calendar, found.limits,
        cutoff_shifts_start=profile.cutoff_shifts_start,
    )  # fmt: skip


def stages_of(desk: Desk, tx: ReadTx, dossier: str) -> tuple[StageDue, ...]:
    """The limit and the date of each office the dossier passes; empty when one limit holds for all. Refuses HS-08."""
    found = known(desk, tx, dossier)
    return promise(desk, tx, found).stages if found.term.stages and found.life.received_at else ()


def request_supplement(desk: Desk, command: RequestSupplement) -> Moved:
    """Ask for what is missing (Mẫu số 02); the clock stands from today.

    Refuses: HS-16 nothing is asked for or no reason, TN-14 a second time only the head with a reason, TN-15 no further
    time, HS-09, DN-06.
    """
    needs = tuple(need.strip() for need in command.needs if need.strip())
    if not needs or not command.reason.strip():
        raise Refused("HS-16")

    def build(tx: WriteTx, found: Known, now: datetime) -> Fact:
        taken = tx.take_number("guidance_slip", now.date())
        return SupplementRequested(
            dossier=command.dossier,
            supplement=desk.ids.uuid7(),
            slip_code=office.slip_code(desk, tx, SlipKind.SUPPLEMENT, now, taken.number),
            symbol=taken.symbol,
            number=taken.number,
            asked_at=stamp(now),
            needs=needs,
            reason=command.reason.strip(),
            round=found.life.supplements + 1,
            second_reason=command.second_reason.strip() if found.life.supplements else "",
            answer_by=command.answer_by.isoformat() if command.answer_by else "",
            grant=taken.grant,
        )

    return record(desk, command.id, command.dossier, Move.SUPPLEMENT, build, why=command.second_reason)


def complete_supplement(desk: Desk, command: SimpleMove) -> Moved:
    """Everything asked for has come; the date is computed anew from all facts. Refuses: HS-09, DN-06."""

    def build(tx: WriteTx, found: Known, now: datetime) -> Fact:
        due_at = _due_after(desk, tx, found, Step(Move.COMPLETE, now))
        return SupplementCompleted(
            command.dossier, stamp(now), due_at, desk.catalogue.calendar.version, command.text.strip()
        )

    return record(desk, command.id, command.dossier, Move.COMPLETE, build)


def request_payment(desk: Desk, command: SimpleMove) -> Moved:
    """The applicant owes ``text`` elsewhere; the clock stands. Refuses: HS-10 it is not said what, HS-09, DN-06."""
    if not command.text.strip():
        raise Refused("HS-10", move="Yêu cầu nghĩa vụ tài chính")
    return record(
        desk, command.id, command.dossier, Move.ASK_PAYMENT,
        lambda _tx, _found, now: PaymentRequested(command.dossier, stamp(now), command.text.strip()),
    )  # fmt: skip


def note_payment(desk: Desk, command: SimpleMove) -> Moved:
    """What was owed elsewhere is paid, ``text`` is the number of the proof. Refuses: HS-09, DN-06."""

    def build(tx: WriteTx, found: Known, now: datetime) -> Fact:
        due_at = _due_after(desk, tx, found, Step(Move.PAID, now))
        return PaymentFulfilled(
            command.dossier, stamp(now), command.text.strip(), due_at, desk.catalogue.calendar.version
        )

    return record(desk, command.id, command.dossier, Move.PAID, build)


def take_over(desk: Desk, command: SimpleMove) -> Moved:
    """The settling agency has it; ``text``: who signed for it. Refuses: HS-09 it was not handed over, DN-06."""
    return record(
        desk, command.id, command.dossier, Move.TAKE_OVER,
        lambda _tx, _found, now: DossierTakenOver(command.dossier, stamp(now), command.text.strip()),
    )  # fmt: skip


def ask_withdrawal(desk: Desk, command: SimpleMove) -> Moved:
    """The applicant asks in writing to have it back, ``text`` says why. Refuses: HS-10, HS-09, DN-06."""
    return record(
        desk, command.id, command.dossier, Move.WITHDRAW,
        lambda _tx, _found, now: WithdrawalAsked(command.dossier, stamp(now), command.text.strip()), why=command.text,
    )  # fmt: skip


def decline_withdrawal(desk: Desk, command: SimpleMove) -> Moved:
    """It goes on as it was, ``text`` says why. Refuses: HS-10, HS-09, DN-06."""

    def build(_tx: WriteTx, found: Known, now: datetime) -> Fact:
        after = dossier_life.advance(found.life, Step(Move.DECLINE_STOP, now))
        return WithdrawalDeclined(command.dossier, stamp(now), command.text.strip(), int(after.state))

    return record(desk, command.id, command.dossier, Move.DECLINE_STOP, build, why=command.text)


def take_back(desk: Desk, command: SimpleMove) -> Moved:
    """Undo the last step (a hand-over, a result, a return …), ``text`` says why; the step stays in the timeline.

    Refuses: TK-06 not the head or no reason, HS-09 nothing to take back.
    """
    if not command.text.strip():
        raise Refused("TK-06")

    def build(_tx: WriteTx, found: Known, now: datetime) -> Fact:
        last = found.life.done[-1]
        after = dossier_life.advance(found.life, Step(Move.TAKE_BACK, now))
        return DossierTakenBack(command.dossier, stamp(now), last.value, int(after.state), command.text.strip())

    return record(desk, command.id, command.dossier, Move.TAKE_BACK, build, why=command.text)


def record(
    desk: Desk,
    command_id: str,
    dossier: str,
    move: Move | Callable[[Known], Move],
    build: Callable[[WriteTx, Known, datetime], Fact],
    *,
    why: str = "",
) -> Moved:
    """Ask the machine, then seal what ``build`` makes of it, in one transaction; ``move`` may depend on the state."""
    with desk.store.write(command_id, desk.officer.id) as tx:
        if tx.prior:
            row = dossiers.get(tx, dossier)
            e = tx.prior[-1].envelope
            return moved(from_body(e.kind, e.v, e.body), dossier, row.code if row else "", repeated=True)
        tx.use_line(desk.line_kind)
        found = known(desk, tx, dossier)
        asked = move if isinstance(move, Move) else move(found)
        dossier_life.decide(found.life, asked, desk.officer.roles, found.limits, why=why, code=found.code)
        fact = build(tx, found, desk.now())
        tx.append(fact)
    desk.wake_sync()
    return moved(fact, dossier, found.code)


_PAPERS = (
    ("supplement", "supplement_slip"), ("apology", "apology_letter"), ("notice", "stop_notice"),
    ("correction", "acceptance_slip"), ("handover", "handover_list"),
)  # fmt: skip


def moved(fact: Fact, dossier: str, code: str, *, repeated: bool = False) -> Moved:
    """The answer of a move, read from its fact."""
    paper = next((f"{kind}:{id}" for name, kind in _PAPERS if (id := getattr(fact, name, ""))), "")
    number = getattr(fact, "number", 0)
    text = office.number_text(number, getattr(fact, "symbol", "")) if number else ""
    return Moved(dossier, code, paper, text, getattr(fact, "due_at", ""), repeated)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _due_after(desk: Desk, tx: ReadTx, found: Known, step: Step) -> str:
    due = promise(desk, tx, found, dossier_life.advance(found.life, step)).due_at
    return stamp(due) if due else ""


def _term(desk: Desk, tx: ReadTx, detail: DossierDetail, procedure: Procedure | None) -> Term:
    """The term it was received under; the catalogue's while it says the same, for its hour of the day and its stages."""
    if detail.term_value is None or not detail.term_unit:
        kept = Term(None, None)
    else:
        kept = Term(detail.term_value, TermUnit(detail.term_unit))
    variant = procedure.variant(detail.row.variant) if procedure else None
    if procedure is None or variant is None or not (kept.unit is TermUnit.SAME_DAY or _has_stages(variant)):
        return kept
    on = datetime.fromisoformat(detail.row.received_at).date()
    term = assess(procedure, variant, detail.answers, settings=desk.profile(tx).tariffs, on=on).term
    if term is None or (term.value, term.unit) != (kept.value, kept.unit):
        return kept
    return with_own_name(term, desk.profile(tx).authority)


def _has_stages(variant: Variant) -> bool:
    return any(term.stages for term in (variant.default_term, *(case.term for case in variant.term_cases)))
