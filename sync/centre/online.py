"""Online dossiers: shown to every station of the office, taken by one. A claim is a lease that sync renews."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sync.centre.clock import stamp
from sync.centre.database import Db
from sync.centre.feed import tell
from sync.centre.refuse import Refused
from sync.protocol.codes import BAD_REQUEST
from sync.protocol.feed import ACCEPTED, CLAIMED, ONLINE, OPEN, STATUS, VERSION, ClaimAnswer, ClaimRequest
from sync.protocol.messages import SYNC

LEASE = timedelta(minutes=30)


def add_online(db: Db, unit: str, id: str, body: Mapping[str, Any], at: datetime) -> bool:
    """An online dossier has come; False when it is known already."""
    done = db.execute(
        "INSERT INTO online (unit, id, body, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (unit, id, json.dumps(body, ensure_ascii=False), at),
    ).rowcount
    if done:
        _tell(db, unit, id, at)
    return bool(done)


def announce(db: Db, unit: str, what: str, version: int, sha: str, size: int, at: datetime) -> bool:
    """A new signed version of something lies ready; False, and nothing happens, unless the version rises."""
    done = db.execute(
        "INSERT INTO announced (unit, what, version, sha256, size, at) VALUES (%s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (unit, what) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256,"
        " size = excluded.size, at = excluded.at WHERE announced.version < excluded.version",
        (unit, what, version, sha, size, at),
    ).rowcount
    if done:
        tell(db, unit, VERSION, {"what": what, "version": version, "sha256": sha, "size": size}, at)
    return bool(done)


def tell_status(db: Db, unit: str, code: str, state: str, note: str, at: datetime) -> None:
    """What the level above says about a dossier, by its national code."""
    tell(db, unit, STATUS, {"code": code, "state": state, "note": note, "at": stamp(at)}, at)


def claim(db: Db, body: bytes, request: ClaimRequest, at: datetime) -> ClaimAnswer:
    """Take, release or accept an online dossier; of two stations that ask at once one gets it. Raises Refused."""
    station = UUID(request.station)
    row = db.execute(
        "SELECT o.state, o.station, o.station_no, o.until, s.station_no FROM online o"
        " JOIN station s ON s.unit = o.unit AND s.station = %s WHERE o.unit = %s AND o.id = %s FOR UPDATE OF o",
        (station, request.unit, request.online),
    ).fetchone()
    if row is None or request.what not in ("take", "release", "accept"):
        raise Refused(BAD_REQUEST)
    state, owner, owner_no, until, number = row
    mine = owner == station
    free = state == OPEN or (state == CLAIMED and (mine or until is None or until <= at))
    granted = mine if state == ACCEPTED else (free if request.what != "release" else mine)
    if granted and state != ACCEPTED:
        if request.what == "release":
            state, owner, owner_no, until = OPEN, None, 0, None
        else:
            state, owner, owner_no = (CLAIMED if request.what == "take" else ACCEPTED), station, number
            until = at + LEASE if state == CLAIMED else None
        db.execute(
            "UPDATE online SET state = %s, station = %s, station_no = %s, until = %s WHERE unit = %s AND id = %s",
            (state, owner, owner_no, until, request.unit, request.online),
        )
        _tell(db, request.unit, request.online, at)
    return ClaimAnswer(
        SYNC, sha256(body).hexdigest(), request.online, bool(granted), state, owner_no, stamp(until) if until else ""
    )


def accept_online(db: Db, unit: str, station: UUID, id: str, at: datetime) -> bool:
    """A station sealed that it took this one in. False: another station had done so, two people worked on one dossier."""
    row = db.execute(
        "SELECT o.state, o.station, s.station_no FROM online o JOIN station s ON s.unit = o.unit AND s.station = %s"
        " WHERE o.unit = %s AND o.id = %s FOR UPDATE OF o",
        (station, unit, id),
    ).fetchone()
    if row is None or row[0] == ACCEPTED:
        return row is None or row[1] == station
    db.execute(
        "UPDATE online SET state = %s, station = %s, station_no = %s, until = NULL WHERE unit = %s AND id = %s",
        (ACCEPTED, station, row[2], unit, id),
    )
    _tell(db, unit, id, at)
    return True


def _tell(db: Db, unit: str, id: str, at: datetime) -> None:
    row = db.execute(
        "SELECT body, state, station, station_no, until FROM online WHERE unit = %s AND id = %s", (unit, id)
    ).fetchone()
    assert row is not None
    body, state, station, number, until = row
    value = {
        "id": id, "body": body, "state": state, "station": str(station) if station else "", "station_no": number,
        "until": stamp(until) if until else "",
    }  # fmt: skip
    tell(db, unit, ONLINE, value, at)
