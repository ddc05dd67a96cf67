"""Thư xin lỗi for what a feedback showed to be our fault: wrong refusal, papers asked twice, behaviour.

Never for a late dossier: that is Mẫu số 04 (``apology``). One letter for one feedback; the head signs it (§3.13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain import feedback as rules
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import State
from desk_app.domain.session import Role
from desk_app.services.desk import Desk, stamp
from desk_app.services.feedback_steps import HANDLERS, require_unconcerned
from desk_app.storage.queries import apologies
from desk_app.storage.queries import feedback as query
from desk_app.storage.transaction import WriteTx
from sync.protocol.codec import from_body
from sync.protocol.voice_facts import ConductApologyWritten

#: States in which it is known whether the office was at fault.
SETTLED = frozenset({State.ANSWERED, State.PUBLISHED})


@dataclass(frozen=True, slots=True, repr=False)
class WriteApology:
    """Each part a whole sentence of its own; ``new_day``: a new promise, None = none was made."""

    id: str
    feedback: str
    what_happened: str
    whose_fault: str
    cause: str
    corrected: str
    new_day: date | None = None


def write(desk: Desk, command: WriteApology) -> str:
    """Number the letter and promise its paper; answers its id.

    Refuses: PA-41 a part is missing, HS-03 the new day is no working day after today, PA-17 no such feedback, PA-06 it is
    not settled, PA-42 there is a letter already, PA-08 the officer is concerned.
    """
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    parts = _parts(command)
    _check_day(desk, command.new_day)
    with desk.store.write(command.id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        if tx.prior:
            return _before(tx)
        row = query.get(tx, command.feedback)
        if row is None:
            raise Refused("PA-17")
        if State(row.state) not in SETTLED:
            raise Refused("PA-06", state=rules.STATE_TEXT[State(row.state)].lower())
        if apologies.of_feedback(tx, row.feedback) is not None:
            raise Refused("PA-42")
        require_unconcerned(desk, tx, row)
        person = tx.ref(row.person)
        if person is None:
            raise Refused("IN-09")
        now = desk.now()
        taken = tx.take_number("apology", now.date())
        fact = ConductApologyWritten(
            apology=desk.ids.uuid7(), symbol=taken.symbol, number=taken.number, person=person,
            text=tx.put_subject("apology_text", parts), written_at=stamp(now), feedback=row.feedback,
            dossier_about=row.dossier, new_day=command.new_day.isoformat() if command.new_day else "",
            grant=taken.grant,
        )  # fmt: skip
        tx.append(fact)
    desk.wake_sync()
    return fact.apology


def _parts(command: WriteApology) -> dict[str, str]:
    given = {
        "what_happened": command.what_happened, "whose_fault": command.whose_fault, "cause": command.cause,
        "corrected": command.corrected,
    }  # fmt: skip
    parts = {key: rules.clean_text(text, rules.REPLY_LIMIT) for key, text in given.items()}
    if not all(parts.values()):
        raise Refused("PA-41")
    return parts


def _check_day(desk: Desk, day: date | None) -> None:
    if day is not None and (day <= desk.now().date() or not desk.catalogue.calendar.is_working(day)):
        raise Refused("HS-03", date=f"{desk.catalogue.calendar.next_working(desk.now().date()):%d/%m/%Y}")


def _before(tx: WriteTx) -> str:
    facts = (from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in tx.prior)
    return next(fact.apology for fact in facts if isinstance(fact, ConductApologyWritten))
