"""The sealed spare line: a line and numbers granted in advance, for a desk whose money is frozen while no network helps.

It is opened by the head, once, and its opening is an incident that goes upwards with the next records. From then on it
is the line this desk writes; the frozen one is closed and only emptied.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.errors import Refused
from desk_app.domain.receipt_regime import LAST_PAPER_DAY
from desk_app.domain.session import ROLE_TEXT, Officer, Role
from desk_app.services.desk import Desk
from desk_app.storage.lines import FROZEN, MAIN, SPARE
from desk_app.storage.queries import officers, receipts
from desk_app.storage.rows import OfficerRow
from sync.protocol.facts import GrantAccepted, IncidentRaised
from sync.protocol.messages import LineGrant


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why no money is taken here: the last receipt ``here`` and the last one ``seen`` outside the file (0 = none),
    ``lost`` records that the file lacks; ``spare``: a sealed line lies here; ``paper``: paper receipts may be used."""

    here: int
    seen: int
    lost: int
    spare: bool
    paper: bool


def look(desk: Desk, *, has_spare: bool) -> Stopped | None:
    """How it stands; None: money is not stopped."""
    with desk.store.read() as tx:
        line = tx.use_line(desk.line_kind)
        here = receipts.last_number(tx, line.line)
    if line.state != FROZEN:
        return None
    seen = next((s.number for s in desk.store.witnessed() if s.line == line.line), 0)
    paper = desk.now().date() <= LAST_PAPER_DAY
    return Stopped(here, seen, line.lost, has_spare, paper)


def heads(desk: Desk) -> tuple[OfficerRow, ...]:
    """Who may decide here."""
    with desk.store.read() as tx:
        return tuple(o for o in officers.all(tx) if o.active and Role.HEAD.value in o.roles)


def head(desk: Desk, officer: str) -> Officer:
    """The head who decides. Refuses DN-06 for anybody else."""
    found = next((o for o in heads(desk) if o.officer == officer), None)
    if found is None:
        raise Refused("DN-06", role=ROLE_TEXT[Role.HEAD])
    return Officer(found.officer, found.name, frozenset(Role(r) for r in found.roles))


def open_spare(desk: Desk, grant: LineGrant, public_key: str) -> None:
    """Open the spare line in the place of the frozen one; money works again at once.

    Refuses: the head's role is missing, DB-20 money is not frozen, DB-21 the spare line was opened before.
    """
    desk.officer.require(Role.HEAD)
    with desk.store.read() as tx:
        if any(line.line == grant.line for line in tx.lines()):
            raise Refused("DB-21")
        old = tx.use_line(MAIN)
    if old.state != FROZEN:
        raise Refused("DB-20")
    with desk.store.write(f"spare:{grant.line}", desk.officer.id) as tx:
        tx.open_line(
            line=grant.line,
            unit=old.unit,
            station=old.station,
            kind=SPARE,
            public_key_hex=public_key,
            station_no=old.station_no,
            reason="frozen",
            after_line=old.line,
        )
        for g in grant.grants:
            tx.append(GrantAccepted(g.grant, g.series_kind, g.form, g.symbol, g.series_id, g.first, g.last, g.period))
        seen = {"line": grant.line, "after": old.line, "lost": old.lost}
        tx.append(IncidentRaised(desk.ids.uuid7(), "DB-22", seen))
    desk.wake_sync()
