"""The second person: another officer who types his own PIN, or the head who confirms afterwards.

What an officer did alone is recorded and shown until it is confirmed (decisions: a lone officer); it is never undone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk_app.domain.errors import Refused
from desk_app.domain.session import Role
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import cash, officers
from desk_app.storage.queries.cash import WaitingSecond
from desk_app.storage.rows import OfficerRow
from desk_app.storage.transaction import ReadTx
from sync.protocol.money_facts import SecondConfirmed

#: Proves an officer by PIN through the key slots; refuses DN-01, DN-02. Slow on purpose: never on the store thread.
PinCheck = Callable[[str, str], object]

ROLES = (Role.RECEPTION, Role.CASHIER, Role.HEAD, Role.LEADER)
CONFIRMERS = (Role.HEAD, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Second:
    """Who confirms; ``officer`` "": nobody is here, the head confirms afterwards. Made by ``prove`` or ``ALONE``."""

    officer: str = ""


ALONE = Second()


def prove(desk: Desk, check: PinCheck, officer: str, pin: str) -> Second:
    """The second person of one act, proved by PIN. Refuses: TP-06 the same person, DN-01 wrong PIN, DN-02 locked."""
    if officer == desk.officer.id:
        raise Refused("TP-06")
    check(officer, pin)
    return Second(officer)


def accept(desk: Desk, tx: ReadTx, second: Second, roles: tuple[Role, ...] = ROLES) -> str:
    """The id to record, "" for nobody yet. Refuses: TP-06 the same person, DN-04 not active here, DN-06 the role."""
    if not second.officer:
        return ""
    if second.officer == desk.officer.id:
        raise Refused("TP-06")
    found = officers.get(tx, second.officer)
    if found is None or not found.active:
        raise Refused("DN-04")
    if not set(found.roles).intersection(role.value for role in roles):
        raise Refused("DN-06", role=", ".join(r.value for r in roles))
    return second.officer


def candidates(desk: Desk, roles: tuple[Role, ...] = ROLES) -> tuple[OfficerRow, ...]:
    """Officers who may be the second person of whoever sits here."""
    wanted = {role.value for role in roles}
    with desk.store.read() as tx:
        return tuple(o for o in officers.all(tx) if o.officer != desk.officer.id and wanted.intersection(o.roles))


def waiting(desk: Desk) -> tuple[WaitingSecond, ...]:
    """What waits for the head, the oldest first."""
    with desk.store.read() as tx:
        return cash.waiting(tx)


def confirm_later(desk: Desk, command_id: str, task: str) -> bool:
    """The head signed in confirms what an officer did alone; False when the same command did it before.

    Refuses: DN-06 not the head, TP-32 nothing waits under that id, TP-06 it was his own act.
    """
    desk.officer.require(*CONFIRMERS)
    with desk.store.write(command_id, desk.officer.id) as tx:
        if tx.prior:
            return False
        tx.use_line(desk.line_kind)
        found = next((w for w in cash.waiting(tx) if w.task == task), None)
        if found is None:
            raise Refused("TP-32")
        if found.officer == desk.officer.id:
            raise Refused("TP-06")
        tx.append(SecondConfirmed(task, stamp(desk.now()), desk.officer.id))
    desk.wake_sync()
    return True
