"""The sealed spare line: a line and numbers granted in advance, for a desk whose money is frozen while no network helps.

It is opened by the head, once, and its opening is an incident that goes upwards with the next records. From then on it
is the line this desk writes; the frozen one is closed and only emptied.
"""

from __future__ import annotations

from desk_app.domain.errors import Refused
from desk_app.domain.session import Role
from desk_app.services.desk import Desk
from desk_app.storage.lines import FROZEN, MAIN, SPARE
from sync.protocol.facts import GrantAccepted, IncidentRaised
from sync.protocol.messages import LineGrant


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
