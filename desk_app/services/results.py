"""Results: noted when the settling agency's paper is at the desk, handed to the citizen with checks, never twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain import dossier_life
from desk_app.domain.errors import Refused
from desk_app.domain.lifecycle import Move
from desk_app.domain.person import Person
from desk_app.domain.session import Role
from desk_app.services import life, office
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import dossiers
from desk_app.storage.rows import DossierRow
from desk_app.storage.transaction import ReadTx
from sync.protocol.facts import DossierSettled, ResultReturned

SETTLED, RETURNED = 9, 10  # national status codes (law-and-forms §5)

#: What the officer does before the result leaves the desk; the last is the citizen's pen on the book.
CHECKS = ("slip_scanned", "card_matched", "papers_given", "signed")
_REQUIRED = frozenset(CHECKS[1:3])


@dataclass(frozen=True, slots=True)
class SettleDossier:
    """Note that the result is here. ``outcome``: granted or refused; ``result_no``: number of the result paper."""

    id: str
    dossier: str
    outcome: str = "granted"
    result_no: str = ""


@dataclass(frozen=True, slots=True)
class ReturnResult:
    """Hand over. ``authorised``: who takes it instead of the applicant; ``checks``: subset of CHECKS done."""

    id: str
    dossier: str
    authorised: Person | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What was recorded: code, whom it went to, when (local stamp)."""

    code: str
    name: str
    returned_at: str
    repeated: bool = False


def settle(desk: Desk, command: SettleDossier) -> str:
    """Note the result of a dossier; answers its code. Refuses: HS-06 settled or returned before, HS-09 not from its state."""
    desk.officer.require(Role.RECEPTION, Role.SPECIALIST, Role.LEADER, Role.HEAD)
    if command.outcome not in ("granted", "refused"):
        raise Refused("HS-07")
    with desk.store.write(command.id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        found = _row(tx, command.dossier)
        if not tx.prior:
            if found.state >= SETTLED:
                raise Refused("HS-06", dossier=found.code)
            move = Move.SETTLE_REFUSED if command.outcome == "refused" else Move.SETTLE
            whole = life.known(desk, tx, command.dossier)
            dossier_life.decide(whole.life, move, desk.officer.roles, whole.limits, code=found.code)
            tx.append(
                DossierSettled(
                    dossier=command.dossier,
                    settled_at=stamp(desk.now()),
                    outcome=command.outcome,
                    result_no=command.result_no.strip(),
                )
            )
    desk.wake_sync()
    return found.code


def check_identity(tx: ReadTx, dossier: str, number: str) -> None:
    """Refuses TK-02 when the scanned card is neither the applicant's nor the submitter's."""
    found = dossiers.detail(tx, dossier)
    if found is None:
        raise Refused("HS-08")
    people = [tx.subject(s) for s in (found.applicant, found.submitter) if s]
    if number not in {p.get("id_number") for p in people if p}:
        raise Refused("TK-02")


def _row(tx: ReadTx, dossier: str) -> DossierRow:
    found = dossiers.get(tx, dossier)
    if found is None:
        raise Refused("HS-08")
    return found


def return_result(desk: Desk, command: ReturnResult) -> Returned:
    """Hand the result over.

    Refuses: TK-05 not settled yet, TK-04 handed over before, TK-03 a fee is unpaid, TK-07 a check is missing.
    """
    desk.officer.require(Role.RECEPTION, Role.HEAD)
    with desk.store.write(command.id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        found = _row(tx, command.dossier)
        receiver = command.authorised.name if command.authorised else found.name
        if tx.prior:
            return Returned(found.code, receiver, found.returned_at, repeated=True)
        if found.state == RETURNED:
            at = found.returned_at
            raise Refused("TK-04", returned_at=datetime.fromisoformat(at), name=found.name)
        if found.state != SETTLED:
            raise Refused("TK-05", date=office.day_text(found.due_at))
        if found.owed_vnd:
            raise Refused("TK-03", amount_vnd=found.owed_vnd)
        if not _REQUIRED.issubset(command.checks):
            raise Refused("TK-07", n=len(_REQUIRED.difference(command.checks)))
        subject = tx.put_subject("person", command.authorised.to_subject()) if command.authorised else None
        fact = ResultReturned(
            dossier=command.dossier,
            returned_at=stamp(desk.now()),
            receiver="authorised" if subject else "applicant",
            authorised=subject,
            checks=tuple(c for c in CHECKS if c in command.checks),
        )
        tx.append(fact)
    desk.wake_sync()
    return Returned(found.code, receiver, fact.returned_at)
