"""Apologies: before the promise is broken, with cause and a second date, one letter for one promise.

Thông tư 01/2018 Mẫu 04, Thông tư 03/2025 Mẫu 04; 61/2018/NĐ-CP Điều 19: at most one re-appointment unless a sector says
otherwise. The dossier stays late against its first date whatever the letter says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.domain import dossier_life
from desk_app.domain.code import SlipKind
from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.lateness import CAUSES
from desk_app.domain.lifecycle import Move
from desk_app.services import office
from desk_app.services.desk import Desk, stamp
from desk_app.services.handover import settling_agency
from desk_app.services.life import Known, Moved, known, moved
from desk_app.storage.queries import dossiers
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.codec import from_body
from sync.protocol.dossier_facts import ApologyMade

USUAL_DELAY = 3  # working days proposed


@dataclass(frozen=True, slots=True)
class MakeApologies:
    """One letter for each dossier, same cause and date. ``text`` stands beside the cause, for "other" it is the cause.

    ``new_day`` None: the proposal, three working days from now.
    """

    id: str
    dossiers: tuple[str, ...]
    cause: str
    text: str = ""
    new_day: date | None = None
    signer_title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the panel shows for one dossier. ``refusal``: code and words why no letter can be made, None when it can."""

    code: str
    name: str
    due_at: str
    made: int
    most: int
    new_day: date
    agency: str
    signer_title: str
    refusal: DeskError | None


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters that were made, and the dossiers for which none could be made, with the reason."""

    made: tuple[Moved, ...]
    refused: tuple[tuple[str, DeskError], ...] = ()
    repeated: bool = False


def propose(desk: Desk, dossier: str) -> Proposal:
    """The panel of one dossier."""
    with desk.store.read() as tx:
        found = known(desk, tx, dossier)
        new_day = proposed_day(desk)
        row = found.detail.row
        return Proposal(
            code=row.code,
            name=row.name,
            due_at=row.due_at,
            made=found.life.apologies,
            most=found.limits.apologies,
            new_day=new_day,
            agency=settling_agency(desk, row),
            signer_title=desk.profile(tx).head_title,
            refusal=_refusal(desk, found, new_day),
        )


def proposed_day(desk: Desk) -> date:
    """Three working days from today."""
    return desk.catalogue.calendar.add_working(desk.now().date(), USUAL_DELAY)


def apologise(desk: Desk, command: MakeApologies) -> Letters:
    """Make the letters, in one transaction; a dossier for which none may be made is left out and named.

    Refuses: HS-02 no cause, HS-03 the new day is no working day after today, DN-06; for a single dossier whatever
    refuses it: HS-04 no further letter, HS-09, HS-11 its date is not near, HS-12 the promised second date still holds.
    """
    cause = cause_text(command.cause, command.text)
    new_day = command.new_day or proposed_day(desk)
    _check_day(desk, new_day)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _before(tx)
        tx.use_line(desk.line_kind)
        made: list[Moved] = []
        refused: list[tuple[str, DeskError]] = []
        for dossier in dict.fromkeys(command.dossiers):
            found = known(desk, tx, dossier)
            refusal = _refusal(desk, found, new_day)
            if refusal is not None:
                refused.append((found.code, refusal))
                continue
            fact = _letter(desk, tx, found, command, cause, new_day)
            tx.append(fact)
            made.append(moved(fact, dossier, found.code))
        if refused and len(command.dossiers) == 1:
            raise refused[0][1]
    desk.wake_sync()
    return Letters(tuple(made), tuple(refused))


def cause_text(cause: str, text: str) -> str:
    """The cause as printed. Refuses HS-02 without one, or "other" without words."""
    words = text.strip().rstrip(".")
    if cause not in CAUSES or (cause == "other" and not words):
        raise Refused("HS-02")
    if cause == "other":
        return f"{words}."
    return f"{CAUSES[cause]}: {words}." if words else f"{CAUSES[cause]}."


# ---- inside ----------------------------------------------------------------------------------------------------------


def _check_day(desk: Desk, day: date) -> None:
    calendar = desk.catalogue.calendar
    if day <= desk.now().date() or not calendar.is_working(day):
        raise Refused("HS-03", date=f"{proposed_day(desk):%d/%m/%Y}")


def _refusal(desk: Desk, found: Known, new_day: date) -> DeskError | None:
    row, now = found.detail.row, desk.now()
    try:
        dossier_life.decide(found.life, Move.APOLOGISE, desk.officer.roles, found.limits, code=found.code)
    except Refused as refusal:
        return refusal
    if not row.due_at:
        return Refused("HS-11", dossier=row.code, date="chưa xác định")
    due = datetime.fromisoformat(row.due_at)
    if due.date() > desk.catalogue.calendar.next_working(now.date()):
        return Refused("HS-11", dossier=row.code, date=f"{due:%d/%m/%Y}")
    if new_day <= due.date():
        return Refused("HS-03", date=f"{desk.catalogue.calendar.add_working(due.date(), USUAL_DELAY):%d/%m/%Y}")
    # a second letter, where a sector allows it, only when the second date is broken too
    second = found.life.new_due
    if second is not None and second > desk.catalogue.calendar.next_working(now.date()):
        return Refused("HS-12", dossier=row.code, date=f"{second:%d/%m/%Y}")
    return None


def _letter(desk: Desk, tx: WriteTx, found: Known, command: MakeApologies, cause: str, new_day: date) -> ApologyMade:
    now, profile = desk.now(), desk.profile(tx)
    taken = tx.take_number("apology", now.date())
    return ApologyMade(
        dossier=found.detail.row.dossier,
        apology=desk.ids.uuid7(),
        letter_code=office.slip_code(desk, tx, SlipKind.APOLOGY, now, taken.number),
        symbol=taken.symbol,
        number=taken.number,
        made_at=stamp(now),
        due_at=found.detail.row.due_at,
        cause=command.cause,
        cause_text=cause,
        new_day=new_day.isoformat(),
        agency=profile.authority,
        signer_title=command.signer_title.strip() or profile.head_title,
        signer=command.signer.strip(),
        ordinal=found.life.apologies + 1,
        grant=taken.grant,
    )


def _before(tx: WriteTx) -> Letters:
    made = []
    for record in tx.prior:
        fact = from_body(record.envelope.kind, record.envelope.v, record.envelope.body)
        assert isinstance(fact, ApologyMade)
        made.append(moved(fact, fact.dossier, _code(tx, fact.dossier)))
    return Letters(tuple(made), (), repeated=True)


def _code(tx: ReadTx, dossier: str) -> str:
    row = dossiers.get(tx, dossier)
    return row.code if row else ""
