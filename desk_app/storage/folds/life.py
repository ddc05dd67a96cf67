"""Folds of a dossier's life between receipt and result: states, second dates, slips, corrections, steps taken back.

A fold only writes down what its fact says; whether the move was possible was decided before it was sealed.
"""

from __future__ import annotations

from typing import Any

from desk_app.domain.lifecycle import BY_MOVE, Move, State
from desk_app.storage.folds import paper, promise
from desk_app.storage.folds.context import Folding, Placed, dump
from desk_app.storage.folds.dossier import NO_TERM, against_due, search_key
from desk_app.storage.folds.step import step
from desk_app.storage.tables import insert_text, slip
from sync.protocol.dossier_facts import (
    ApologyMade,
    DossierCorrected,
    DossierHandedOver,
    DossierRefused,
    DossierStopped,
    DossierTakenBack,
    DossierTakenOver,
    DueMoved,
    HandoverListed,
    PaymentFulfilled,
    PaymentRequested,
    SupplementCompleted,
    SupplementRequested,
    WithdrawalAsked,
    WithdrawalDeclined,
)

_SLIP = insert_text(slip)


def listed(db: Folding, at: Placed, fact: HandoverListed) -> None:
    _slip(db, at, "handover_list", fact.handover, "", fact.listed_at)
    paper.due(db, at, "handover_list", fact.handover)


def handed_over(db: Folding, at: Placed, fact: DossierHandedOver) -> None:
    _move(db, at, Move.HAND_OVER, fact.dossier, fact.handed_at)
    db.execute(
        "UPDATE dossier SET agency = ?, handed_at = ?, taken_at = '' WHERE dossier = ?",
        (fact.agency, fact.handed_at, fact.dossier),
    )
    note = {"agency": fact.agency, "handover": fact.handover, "taker": fact.taker, "note": fact.note}
    db.event(fact.dossier, at, fact.KIND, fact.handed_at, note)
    db.count(fact.handed_at[:10], "handed_over", at.training)


def taken_over(db: Folding, at: Placed, fact: DossierTakenOver) -> None:
    _move(db, at, Move.TAKE_OVER, fact.dossier, fact.taken_at)
    db.execute("UPDATE dossier SET taken_at = ? WHERE dossier = ?", (fact.taken_at, fact.dossier))
    db.event(fact.dossier, at, fact.KIND, fact.taken_at, {"taker": fact.taker})


def supplement(db: Folding, at: Placed, fact: SupplementRequested) -> None:
    _move(db, at, Move.SUPPLEMENT, fact.dossier, fact.asked_at)
    db.execute("UPDATE dossier SET supplements = MAX(supplements, ?) WHERE dossier = ?", (fact.round, fact.dossier))
    promise.note(db, fact.dossier, fact.asked_at)
    _slip(db, at, "supplement_slip", fact.supplement, fact.dossier, fact.asked_at)
    paper.due(db, at, "supplement_slip", fact.supplement)
    note = {"number": fact.number, "symbol": fact.symbol, "round": fact.round, "needs": len(fact.needs)}
    db.event(fact.dossier, at, fact.KIND, fact.asked_at, note)
    db.count(fact.asked_at[:10], "supplements", at.training)


def completed(db: Folding, at: Placed, fact: SupplementCompleted) -> None:
    _move(db, at, Move.COMPLETE, fact.dossier, fact.completed_at)
    _due(db, fact.dossier, fact.due_at, fact.completed_at)
    db.event(fact.dossier, at, fact.KIND, fact.completed_at, {"due_at": fact.due_at})


def payment_asked(db: Folding, at: Placed, fact: PaymentRequested) -> None:
    _move(db, at, Move.ASK_PAYMENT, fact.dossier, fact.asked_at)
    promise.note(db, fact.dossier, fact.asked_at)
    db.event(fact.dossier, at, fact.KIND, fact.asked_at, {"what": fact.what})


def payment_done(db: Folding, at: Placed, fact: PaymentFulfilled) -> None:
    _move(db, at, Move.PAID, fact.dossier, fact.fulfilled_at)
    _due(db, fact.dossier, fact.due_at, fact.fulfilled_at)
    db.event(fact.dossier, at, fact.KIND, fact.fulfilled_at, {"proof": fact.proof, "due_at": fact.due_at})


def refused(db: Folding, at: Placed, fact: DossierRefused) -> None:
    _slip(db, at, "refusal_slip", fact.refusal, "", fact.refused_at, subject=fact.applicant.id)
    paper.due(db, at, "refusal_slip", fact.refusal)
    db.count(fact.refused_at[:10], "refused", at.training)


def withdrawal_asked(db: Folding, at: Placed, fact: WithdrawalAsked) -> None:
    _move(db, at, Move.WITHDRAW, fact.dossier, fact.asked_at)
    promise.note(db, fact.dossier, fact.asked_at)
    db.event(fact.dossier, at, fact.KIND, fact.asked_at, {"reason": fact.reason})


def withdrawal_declined(db: Folding, at: Placed, fact: WithdrawalDeclined) -> None:
    _move(db, at, Move.DECLINE_STOP, fact.dossier, fact.declined_at, to_state=fact.to_state)
    promise.note(db, fact.dossier, fact.declined_at)
    db.event(fact.dossier, at, fact.KIND, fact.declined_at, {"reason": fact.reason})


def stopped(db: Folding, at: Placed, fact: DossierStopped) -> None:
    _move(db, at, Move.EXPIRE if fact.expired else Move.AGREE_STOP, fact.dossier, fact.stopped_at)
    db.execute("UPDATE dossier SET closed_at = ? WHERE dossier = ? AND closed_at = ''", (fact.stopped_at, fact.dossier))
    promise.end(db, fact.dossier, fact.stopped_at)
    _slip(db, at, "stop_notice", fact.notice, fact.dossier, fact.stopped_at)
    paper.due(db, at, "stop_notice", fact.notice)
    db.event(fact.dossier, at, fact.KIND, fact.stopped_at, {"number": fact.number, "symbol": fact.symbol})
    db.count(fact.stopped_at[:10], "stopped", at.training)


def apologised(db: Folding, at: Placed, fact: ApologyMade) -> None:
    step(db, at, fact.dossier, Move.APOLOGISE, fact.made_at, new_day=fact.new_day)
    db.execute(
        "UPDATE dossier SET apologies = MAX(apologies, ?), new_day = ?, cause = ? WHERE dossier = ?",
        (fact.ordinal, fact.new_day, fact.cause, fact.dossier),
    )
    _slip(db, at, "apology_letter", fact.apology, fact.dossier, fact.made_at)
    paper.due(db, at, "apology_letter", fact.apology)
    note = {"number": fact.number, "symbol": fact.symbol, "cause": fact.cause, "new_day": fact.new_day}
    db.event(fact.dossier, at, fact.KIND, fact.made_at, note)
    in_time = "apologies_in_time" if fact.made_at <= fact.due_at else "apologies_late"
    db.count(fact.made_at[:10], in_time, at.training)


def corrected(db: Folding, at: Placed, fact: DossierCorrected) -> None:
    row = db.execute("SELECT n, search_key, code FROM dossier WHERE dossier = ?", (fact.dossier,)).fetchone()
    if row is None:
        return
    n, old_key, code = row
    applicant, submitter = db.person(fact.applicant), db.person(fact.submitter)
    key = search_key(code, applicant, submitter)
    body = at.envelope.body
    db.execute(
        "UPDATE dossier SET slip_code = ?, symbol = ?, number = ?, procedure = ?, variant = ?, catalogue = ?,"
        " answers = ?, marks = ?, applicant = ?, submitter = ?, name = ?, submitter_name = ?, search_key = ?,"
        " birth_year = ?, phone = ?, id_number = ?, term_value = ?, term_unit = ?, calendar = ?, fee_vnd = ?,"
        " result_channel = ? WHERE n = ?",
        (
            fact.slip_code, fact.symbol, fact.number, fact.procedure, fact.variant, fact.catalogue,
            dump(body["answers"]), dump(body["marks"]), fact.applicant.id,
            fact.submitter.id if fact.submitter else "", applicant.name, submitter.name, key, applicant.birth_year,
            applicant.phone, applicant.id_number, fact.term_value, fact.term_unit, fact.calendar, fact.fee_vnd,
            fact.result_channel, n,
        ),
    )  # fmt: skip
    _due(db, fact.dossier, fact.due_at, fact.corrected_at)
    db.index(n, key, old=old_key)
    step(db, at, fact.dossier, Move.CORRECT, fact.corrected_at)
    _void_slips(db, fact.dossier)
    _slip(db, at, "acceptance_slip", fact.correction, fact.dossier, fact.corrected_at)
    paper.due(db, at, "acceptance_slip", fact.correction)
    note = {"changed": list(fact.changed), "reason": fact.reason, "void": fact.void_number, "number": fact.number}
    db.event(fact.dossier, at, fact.KIND, fact.corrected_at, note)


def taken_back(db: Folding, at: Placed, fact: DossierTakenBack) -> None:
    row = db.execute(
        "SELECT state, due_at, settled_at, returned_at FROM dossier WHERE dossier = ?", (fact.dossier,)
    ).fetchone()
    if row is None:
        return
    step(db, at, fact.dossier, Move.TAKE_BACK, fact.taken_back_at)
    db.execute("UPDATE dossier SET state = ? WHERE dossier = ?", (fact.to_state, fact.dossier))
    if fact.to_state < State.STOPPED:
        db.execute("UPDATE dossier SET closed_at = '' WHERE dossier = ?", (fact.dossier,))
    if fact.undone == Move.RETURN.value:
        db.execute("UPDATE dossier SET returned_at = '', receiver = '' WHERE dossier = ?", (fact.dossier,))
        db.count(row[3][:10], "returned", at.training, -1)
    elif fact.undone in (Move.SETTLE.value, Move.SETTLE_REFUSED.value):
        db.execute(
            "UPDATE dossier SET settled_at = '', outcome = '', result_no = '' WHERE dossier = ?", (fact.dossier,)
        )
        db.count(row[2][:10], "settled", at.training, -1)
        db.count(row[2][:10], against_due(row[1], row[2]), at.training, -1)
    elif fact.undone == Move.HAND_OVER.value:
        db.execute("UPDATE dossier SET agency = '', handed_at = '', taken_at = '' WHERE dossier = ?", (fact.dossier,))
    promise.note(db, fact.dossier, fact.taken_back_at)
    note = {"undone": fact.undone, "reason": fact.reason}
    db.event(fact.dossier, at, fact.KIND, fact.taken_back_at, note)


def due_moved(db: Folding, at: Placed, fact: DueMoved) -> None:
    _due(db, fact.dossier, fact.due_at, fact.moved_at)
    db.execute("UPDATE dossier SET calendar = ? WHERE dossier = ?", (fact.calendar, fact.dossier))
    note = {"was_due_at": fact.was_due_at, "due_at": fact.due_at, "calendar": fact.calendar}
    db.event(fact.dossier, at, fact.KIND, fact.moved_at, note)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _move(db: Folding, at: Placed, move: Move, dossier: str, when: str, *, to_state: int | None = None) -> None:
    target = BY_MOVE[move].target
    state = to_state if to_state is not None else target
    assert state is not None
    # what another station settled meanwhile is not opened again by an older step
    db.execute(
        "UPDATE dossier SET state = ? WHERE dossier = ? AND state < ?", (int(state), dossier, int(State.STOPPED))
    )
    step(db, at, dossier, move, when)


def _due(db: Folding, dossier: str, due_at: str, when: str) -> None:
    db.execute("UPDATE dossier SET due_at = ?, due_key = ? WHERE dossier = ?", (due_at, due_at or NO_TERM, dossier))
    promise.note(db, dossier, when)


def _slip(db: Folding, at: Placed, kind: str, id: str, dossier: str, when: str, *, subject: str = "") -> None:
    body: Any = at.envelope.body
    code = str(body.get("slip_code") or body.get("letter_code") or "")
    db.execute(
        _SLIP,
        (
            None, id, at.envelope.line, at.training, kind, dossier, str(body.get("symbol", "")),
            int(body.get("number", 0)), code, when, at.envelope.actor, subject, dump(body),
        ),
    )  # fmt: skip


def _void_slips(db: Folding, dossier: str) -> None:
    """The slips that were right before: kept to look at, never printed again."""
    db.execute(
        "UPDATE paper SET state = 'void' WHERE kind = 'acceptance_slip' AND (about = ? OR about IN"
        " (SELECT slip FROM slip WHERE dossier = ? AND dossier <> '' AND kind = 'acceptance_slip'))",
        (dossier, dossier),
    )
