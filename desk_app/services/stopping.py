"""The two ways in which a request ends without a result: not taken in (Mẫu số 03), or stopped (Thông báo dừng, 2025)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desk_app.domain import dossier_life
from desk_app.domain.code import SlipKind
from desk_app.domain.dossier_life import START, Limits
from desk_app.domain.errors import Refused
from desk_app.domain.intake import IntakeForm
from desk_app.domain.lifecycle import Move, State
from desk_app.domain.money import format_dong
from desk_app.services import office
from desk_app.services.desk import Desk, stamp
from desk_app.services.life import Known, Moved, record
from desk_app.storage.transaction import WriteTx
from sync.protocol.codec import from_body
from sync.protocol.dossier_facts import DossierRefused, DossierStopped
from sync.protocol.facts import Fact


@dataclass(frozen=True, slots=True)
class RefuseDossier:
    """Do not take in what the form holds. ``reason`` names điểm, khoản, Điều; ``competent`` who does it, with address."""

    id: str
    form: IntakeForm
    reason: str
    competent: str = ""


@dataclass(frozen=True, slots=True)
class StopDossier:
    """Stop settling: because the applicant asked (state 7), or because the term for supplement ran out (state 5).

    ``ground`` and ``papers_back`` as printed; ``signer``: who signs, with his title.
    """

    id: str
    dossier: str
    ground: str
    papers_back: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal slip that was made."""

    refusal: str
    paper: str
    number_text: str
    repeated: bool = False


def refuse(desk: Desk, command: RefuseDossier) -> Refusal:
    """Refuse to take a request in, with the rule. Refuses: HS-10 no reason, TN-36 no named person, TN-09, DN-06."""
    dossier_life.decide(START, Move.REFUSE, desk.officer.roles, Limits(), why=command.reason)
    form = command.form
    if form.person is None or not form.person.name.strip():
        raise Refused("TN-36")
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            e = tx.prior[0].envelope
            return _refusal(from_body(e.kind, e.v, e.body), repeated=True)
        tx.use_line(desk.line_kind)
        now = desk.now()
        procedure = desk.catalogue.procedures.get(form.procedure)
        variant = procedure.variant_on(now.date()) if procedure else None
        if procedure is None or variant is None:
            raise Refused("TN-09")
        taken = tx.take_number("guidance_slip", now.date())
        fact = DossierRefused(
            refusal=desk.ids.uuid7(),
            slip_code=office.slip_code(desk, tx, SlipKind.REFUSAL, now, taken.number),
            symbol=taken.symbol,
            number=taken.number,
            refused_at=stamp(now),
            procedure=procedure.id,
            variant=variant.id,
            catalogue=desk.catalogue.version,
            applicant=tx.put_subject("person", form.person.to_subject()),
            reason=command.reason.strip(),
            competent=command.competent.strip(),
            grant=taken.grant,
        )
        tx.append(fact)
    desk.wake_sync()
    return _refusal(fact)


def stop(desk: Desk, command: StopDossier) -> Moved:
    """Stop a dossier; what kind of stop follows from its state. Refuses: HS-10 no ground, HS-09, DN-06."""
    if not command.ground.strip():
        raise Refused("HS-10", move="Dừng giải quyết")
    return record(desk, command.id, command.dossier, _which, partial(_stopped, desk, command), why=command.ground)


def _which(found: Known) -> Move:
    return Move.EXPIRE if found.life.state is State.SUPPLEMENT else Move.AGREE_STOP


def _stopped(desk: Desk, command: StopDossier, tx: WriteTx, found: Known, now: datetime) -> Fact:
    taken = tx.take_number("stop_notice", now.date())
    return DossierStopped(
        dossier=command.dossier,
        notice=desk.ids.uuid7(),
        symbol=taken.symbol,
        number=taken.number,
        stopped_at=stamp(now),
        ground=command.ground.strip().rstrip("."),
        stage=_stage(found),
        money=_money(found),
        papers_back=tuple(p.strip() for p in command.papers_back if p.strip()),
        expired=found.life.state is State.SUPPLEMENT,
        signer_title=command.signer_title or desk.profile(tx).head_title,
        signer=command.signer.strip(),
        grant=taken.grant,
    )


def _stage(found: Known) -> str:
    if not found.life.handed_over:
        return "đã tiếp nhận, chưa chuyển giải quyết"
    agency = found.detail.row.agency
    return f"đang giải quyết tại {agency}" if agency else "đang giải quyết"


def _money(found: Known) -> str:
    """A fee is not given back unless a law says so; the sentence only says what was paid."""
    paid = found.detail.row.paid_vnd
    return f"đã nộp {format_dong(paid)}" if paid else "chưa thu"


def _refusal(fact: Fact, *, repeated: bool = False) -> Refusal:
    assert isinstance(fact, DossierRefused)
    number = office.number_text(fact.number, fact.symbol)
    return Refusal(fact.refusal, f"refusal_slip:{fact.refusal}", number, repeated)
