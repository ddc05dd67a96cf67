"""One visit, several procedures: identified once, paid once, the papers together.

Everything is one transaction: all dossiers are taken in with one receipt, or none is. What was taken in a moment ago
and is not paid yet can stand on the same receipt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk_app.domain.errors import Refused
from desk_app.domain.fees import FeeQuote, together
from desk_app.domain.intake import IntakeForm
from desk_app.domain.person import Person
from desk_app.domain.session import Role
from desk_app.services import cashier, intake, money
from desk_app.services.desk import Desk
from desk_app.services.intake import Accepted
from desk_app.storage.transaction import WriteTx
from sync.protocol.codec import from_body
from sync.protocol.facts import DossierReceived, DossierSettled, ReceiptIssued
from sync.protocol.subject import SubjectRef


@dataclass(frozen=True, slots=True)
class AcceptVisit:
    """Take in every form; a form without a person has that of the last one, where it was put right last.

    ``collect``: one receipt for what is owed now, paid as the last form says. ``owing``: dossiers of the same visit that
    were taken in before and are not paid yet; with ``collect`` they stand on that receipt too.
    """

    id: str
    forms: tuple[IntakeForm, ...]
    collect: bool = True
    owing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit brought: the dossiers in order and the one receipt (None: nothing was collected). In đồng."""

    dossiers: tuple[Accepted, ...]
    receipt: str | None
    receipt_symbol: str
    receipt_no: int | None
    total_vnd: int
    repeated: bool = False


def accept_visit(desk: Desk, command: AcceptVisit) -> Visit:
    """Take in all forms of a visit.

    Refuses what ``intake.accept`` refuses, for the first form that is not in order, and then takes in none of them.
    """
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    forms = _one_person(command.forms)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _before(tx)
        tx.use_line(desk.line_kind)
        now = desk.now()
        quotes, paid = _owed_before(desk, tx, command)
        received: list[DossierReceived] = []
        settled: dict[str, DossierSettled] = {}
        people: dict[Person | None, SubjectRef] = {}
        for form in forms:
            taken = intake.take_in(desk, tx, form, now, collect=command.collect, applicant=people.get(form.person))
            people[form.person] = taken.received.applicant
            received.append(taken.received)
            if taken.owed_now is not None:
                quotes.append(taken.owed_now)
                paid.append(taken.received.dossier)
        receipt, owed = None, together(quotes)
        if owed is not None and owed.total_vnd:
            payer = people[forms[-1].person]
            receipt = money.issue(desk, tx, owed, tuple(paid), payer, forms[-1].method, now)
        for fact in received:
            if fact.done_at_once:
                settled[fact.dossier] = intake.settle_at_once(tx, fact.dossier, now)
    desk.wake_sync()
    return _visit(received, receipt, settled)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _one_person(forms: tuple[IntakeForm, ...]) -> tuple[IntakeForm, ...]:
    """Every form with the person that was identified once; another applicant in between keeps his own form."""
    if not forms:
        raise Refused("TN-19")
    last = forms[-1]
    return tuple(
        replace(
            f, person=last.person, submitter=f.submitter or last.submitter, scanned_at=f.scanned_at or last.scanned_at
        )
        if f.person is None or _same(f.person, last.person)
        else f
        for f in forms
    )


def _same(one: Person, other: Person | None) -> bool:
    return other is not None and ((bool(one.id_number) and one.id_number == other.id_number) or one == other)


def _owed_before(desk: Desk, tx: WriteTx, command: AcceptVisit) -> tuple[list[FeeQuote], list[str]]:
    """What the earlier dossiers of the visit owe and which they are; one that was paid meanwhile is left out."""
    quotes: list[FeeQuote] = []
    paid: list[str] = []
    for dossier in command.owing if command.collect else ():
        quote = cashier.owed_now(desk, tx, dossier)
        if quote is not None:
            quotes.append(quote)
            paid.append(dossier)
    return quotes, paid


def _visit(received: list[DossierReceived], receipt: ReceiptIssued | None, settled: dict[str, DossierSettled]) -> Visit:
    rows = tuple(intake.accepted(fact, None, settled.get(fact.dossier)) for fact in received)
    return Visit(
        dossiers=rows,
        receipt=receipt.receipt if receipt else None,
        receipt_symbol=receipt.symbol if receipt else "",
        receipt_no=receipt.number if receipt else None,
        total_vnd=receipt.total_vnd if receipt else 0,
    )


def _before(tx: WriteTx) -> Visit:
    facts = [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in tx.prior]
    received = [f for f in facts if isinstance(f, DossierReceived)]
    receipt = next((f for f in facts if isinstance(f, ReceiptIssued)), None)
    settled = {f.dossier: f for f in facts if isinstance(f, DossierSettled)}
    return replace(_visit(received, receipt, settled), repeated=True)
