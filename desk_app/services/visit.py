"""One visit, several procedures: identified once, paid once, the papers together.

Everything is one transaction: all dossiers are taken in with one receipt, or none is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk_app.domain.errors import Refused
from desk_app.domain.fees import FeeQuote
from desk_app.domain.intake import IntakeForm
from desk_app.domain.session import Role
from desk_app.services import intake, money
from desk_app.services.desk import Desk
from desk_app.services.intake import Accepted
from desk_app.storage.transaction import WriteTx
from sync.protocol.codec import from_body
from sync.protocol.facts import DossierReceived, DossierSettled, ReceiptIssued
from sync.protocol.subject import SubjectRef


@dataclass(frozen=True, slots=True)
class AcceptVisit:
    """Take in every form; the person of the first stands for all. ``collect``: one receipt for what is owed now."""

    id: str
    forms: tuple[IntakeForm, ...]
    collect: bool = True


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
        quotes: list[FeeQuote] = []
        paid: list[str] = []
        received: list[DossierReceived] = []
        settled: dict[str, DossierSettled] = {}
        applicant: SubjectRef | None = None
        for form in forms:
            taken = intake.take_in(desk, tx, form, now, collect=command.collect, applicant=applicant)
            applicant = taken.received.applicant
            received.append(taken.received)
            if taken.owed_now is not None:
                quotes.append(taken.owed_now)
                paid.append(taken.received.dossier)
        receipt = None
        owed = _together(quotes)
        if owed is not None and owed.total_vnd and applicant is not None:
            receipt = money.issue(desk, tx, owed, tuple(paid), applicant, forms[0].method, now)
        for fact in received:
            if fact.done_at_once:
                settled[fact.dossier] = intake.settle_at_once(tx, fact.dossier, now)
    desk.wake_sync()
    return _visit(received, receipt, settled)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _one_person(forms: tuple[IntakeForm, ...]) -> tuple[IntakeForm, ...]:
    """Every form with the person that was identified once."""
    if not forms:
        raise Refused("TN-19")
    first = forms[0]
    return tuple(
        replace(f, person=f.person or first.person, submitter=f.submitter or first.submitter,
                scanned_at=f.scanned_at or first.scanned_at)
        for f in forms
    )  # fmt: skip


def _together(quotes: list[FeeQuote]) -> FeeQuote | None:
    """The lines of all, in order; None when nothing is owed."""
    if not quotes:
        return None
    lines = tuple(line for quote in quotes for line in quote.lines)
    return FeeQuote(lines, sum(quote.total_vnd or 0 for quote in quotes))


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
