"""Folds of the ends of a dossier's life: received, settled, returned. State codes: law-and-forms §5."""

from __future__ import annotations

from dataclasses import replace

from desk_app.domain.lifecycle import Move
from desk_app.storage.folds import paper, promise
from desk_app.storage.folds.context import EVENT, Folding, Person, Placed, dump
from desk_app.storage.folds.step import step
from desk_app.storage.search_key import fold as fold_text
from desk_app.storage.tables import dossier, insert_text
from sync.protocol.facts import DossierReceived, DossierSettled, ResultReturned

RECEIVED, SETTLED, RETURNED = 2, 9, 10
NO_TERM = "9999"  # sorts behind every date

_INSERT = insert_text(dossier)


def search_key(code: str, *people: Person) -> str:
    """What a dossier is found by: names, year of birth, telephone, card number and its last 4, day and serial of the code."""
    parts = [word for person in people for word in _words(person) if word]
    return fold_text(" ".join([*parts, *code.split("-")[-2:]]))


def _words(person: Person) -> tuple[str, ...]:
    born = str(person.birth_year or "")
    return person.name_key, born, person.phone, person.id_number, person.id_number[-4:]


def received(db: Folding, at: Placed, fact: DossierReceived) -> None:
    applicant, submitter = db.person(fact.applicant), db.person(fact.submitter)
    key = search_key(fact.code, applicant, submitter)
    body = at.envelope.body
    n = db.execute(
        _INSERT,
        (
            None, fact.dossier, at.envelope.line, at.training, fact.code, fact.code[-4:], fact.slip_code, fact.symbol,
            fact.number, fact.book, fact.entry_no, fact.procedure, fact.variant, fact.catalogue, dump(body["answers"]),
            dump(body["marks"]), fact.applicant.id, fact.submitter.id if fact.submitter else "", applicant.name,
            submitter.name, key, applicant.birth_year, applicant.phone, applicant.id_number, RECEIVED,
            fact.received_at, fact.due_at, fact.due_at or NO_TERM, fact.term_value, fact.term_unit, fact.calendar,
            "", "", "", "", 0, "", "", fact.fee_vnd, 0, fact.sets, fact.channel, fact.result_channel,
            int(fact.done_at_once), fact.guidance, fact.external_code, at.envelope.actor, 0, 0, "", fact.due_at, "", "",
            "", "", "",
        ),
    ).lastrowid  # fmt: skip
    db.index(n, key)
    db.use_procedure(fact.procedure)
    if fact.guidance:
        _guided_before(db, fact.dossier, fact.guidance)
    promise.begin(db, at, fact)
    first = at if at.ours else replace(at, pos=0)  # moves of other stations may have come before their dossier
    step(db, first, fact.dossier, Move.RECEIVE, fact.received_at)
    db.event(
        fact.dossier, first, fact.KIND, fact.received_at, {"due_at": fact.due_at, "done_at_once": fact.done_at_once}
    )
    day = fact.received_at[:10]
    db.count("", "dossiers", at.training)
    db.count(day, "received", at.training)
    if fact.done_at_once:
        db.count(day, "done_at_once", at.training)
    else:
        paper.due(db, at, "acceptance_slip", fact.dossier)


def against_due(due_at: str, settled_at: str) -> str:
    """The counter of a result: before its day, on it, late, or without a date. Always the law's date, never a second one."""
    if not due_at:
        return "settled_undated"
    if settled_at > due_at:
        return "settled_late"
    return "settled_early" if settled_at[:10] < due_at[:10] else "settled_on_day"


def settled(db: Folding, at: Placed, fact: DossierSettled) -> None:
    row = db.execute("SELECT due_at FROM dossier WHERE dossier = ?", (fact.dossier,)).fetchone()
    due_at = row[0] if row else ""
    db.execute(
        "UPDATE dossier SET state = MAX(state, ?), settled_at = ?, closed_at = ?, outcome = ?, result_no = ?,"
        " certification_book = ?, certification_no = ? WHERE dossier = ?",
        (
            SETTLED, fact.settled_at, fact.settled_at, fact.outcome, fact.result_no, fact.certification_book,
            fact.certification_no, fact.dossier,
        ),
    )  # fmt: skip
    promise.end(db, fact.dossier, fact.settled_at)
    note = {"outcome": fact.outcome, "result_no": fact.result_no}
    if fact.certification_no:
        note |= {"certification_book": fact.certification_book, "certification_no": str(fact.certification_no)}
    db.event(fact.dossier, at, fact.KIND, fact.settled_at, note)
    step(db, at, fact.dossier, Move.SETTLE_REFUSED if fact.outcome == "refused" else Move.SETTLE, fact.settled_at)
    db.count(fact.settled_at[:10], "settled", at.training)
    db.count(fact.settled_at[:10], against_due(due_at, fact.settled_at), at.training)


def returned(db: Folding, at: Placed, fact: ResultReturned) -> None:
    db.execute(
        "UPDATE dossier SET state = ?, returned_at = ?, receiver = ?,"
        " closed_at = iif(closed_at = '', ?, closed_at) WHERE dossier = ?",
        (RETURNED, fact.returned_at, fact.receiver, fact.returned_at, fact.dossier),
    )
    promise.end(db, fact.dossier, fact.returned_at)
    note = {"receiver": fact.receiver, "authorised": fact.authorised.id if fact.authorised else ""}
    step(db, at, fact.dossier, Move.RETURN, fact.returned_at)
    db.event(fact.dossier, at, fact.KIND, fact.returned_at, note)
    db.count(fact.returned_at[:10], "returned", at.training)


def _guided_before(db: Folding, dossier_id: str, guidance: str) -> None:
    """The slip that came before stands first in the timeline, with its own time and officer."""
    row = db.execute("SELECT given_at, officer, slip_code, n FROM guidance WHERE guidance = ?", (guidance,)).fetchone()
    if row is not None:
        note = dump({"guidance": guidance, "slip_code": row[2]})
        db.later(EVENT, (dossier_id, row[3] - 2**40, row[0], "guidance.given", row[1], note))
