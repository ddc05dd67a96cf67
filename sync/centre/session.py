"""Session: desk and centre compare where they stand; a clone, a restored copy or a fork gets a line of its own.

Tokens: the desk sends the one it holds and the one it will hold. (old, same next) is a lost answer repeated; (old,
other next) is a second PC with a copy of the same data; anything older is a restored copy. A line is never fenced off
from both: the caller who can't be the owner gets a new line, once, however often it asks with the same new key.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sync.centre.database import Db
from sync.centre.enrol import is_key, plain
from sync.centre.grants import NoRange, grant_line, line_grant
from sync.centre.identity import CentreKey
from sync.centre.refuse import Refused
from sync.protocol.codes import BAD_REQUEST, NO_RANGE, REVOKED, TOO_OLD
from sync.protocol.messages import MAX_BODY, SCHEMA, SYNC, LineGrant, SessionAnswer, SessionRequest

SCHEMA_MIN = 1


def open_session(
    db: Db, key: CentreKey, gen: int, body: bytes, request: SessionRequest, at: datetime, server_time: str
) -> SessionAnswer:
    """Answer mark, limits and, where needed, a new line; moves the token. Raises Refused."""
    if 1 not in request.proto:
        raise Refused(TOO_OLD)
    unit, station = request.unit, UUID(request.station)
    row = db.execute(
        "SELECT l.mark, l.head, l.state, l.token, l.next_token, l.kind, s.station_no, s.revoked_at"
        " FROM line l JOIN station s ON s.unit = l.unit AND s.station = l.station"
        " WHERE l.unit = %s AND l.station = %s AND l.line = %s FOR UPDATE",
        (unit, station, request.line),
    ).fetchone()
    if row is None or not is_key(request.next_key):
        raise Refused(BAD_REQUEST)
    mark, head, state, token, next_token, _kind, station_no, revoked_at = row
    if revoked_at is not None:
        raise Refused(REVOKED)
    db.execute(
        "UPDATE station SET last_contact = %s, app = %s WHERE unit = %s AND station = %s",
        (at, plain(request.app), unit, station),
    )
    reason = _trouble(key, gen, request, mark, head, state, token, next_token)
    new_line = None
    if reason:
        new_line = _new_line(db, request, station, station_no, reason, gen, at, (mark, head))
    else:
        db.execute(
            "UPDATE line SET token = %s, next_token = %s WHERE unit = %s AND station = %s AND line = %s",
            (key.hide(request.token), key.hide(request.next_token), unit, station, request.line),
        )
    return SessionAnswer(
        ok=SYNC,
        request=sha256(body).hexdigest(),
        gen=gen,
        mark=mark,
        mark_head=head,
        server_time=server_time,
        schema_min=SCHEMA_MIN,
        schema_max=SCHEMA,
        batch_bytes=MAX_BODY,
        new_line=new_line,
    )


def _trouble(
    key: CentreKey,
    gen: int,
    request: SessionRequest,
    mark: int,
    head: str,
    state: str,
    token: bytes | None,
    next_token: bytes | None,
) -> str:
    """Why this caller may not go on with the line; "" when it may."""
    mine, wanted = key.hide(request.token), key.hide(request.next_token)
    if state == "forked":
        return "forked"
    if any(w.line == request.line and w.seq > request.seq for w in request.witness):
        return "rolled-back"
    if request.gen == gen and request.seq < mark:
        return "rolled-back"
    if request.seq == mark and mark > 0 and request.head != head:
        return "forked"
    if token is not None and mine == token and next_token not in (None, wanted):
        return "clone"
    if token is not None and mine not in (token, next_token):
        return "rolled-back"
    return ""


def _new_line(
    db: Db,
    request: SessionRequest,
    station: UUID,
    station_no: int,
    reason: str,
    gen: int,
    at: datetime,
    stands: tuple[int, str],
) -> LineGrant:
    given = db.execute(
        "SELECT line FROM line WHERE unit = %s AND public_key = %s AND station = %s",
        (request.unit, request.next_key, station),
    ).fetchone()
    if given is not None:
        return line_grant(db, request.unit, station, int(given[0]))
    seen: dict[str, Any] = {"seq": request.seq, "mark": stands[0]}
    db.execute(
        "INSERT INTO incident (unit, station, line, seq, code, seen, at) VALUES (%s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (request.unit, station, request.line, request.seq, reason, json.dumps(seen), at),
    )
    if reason != "clone":  # the other PC of a clone goes on with the line
        db.execute(
            "UPDATE line SET state = 'replaced' WHERE unit = %s AND station = %s AND line = %s AND state = 'open'",
            (request.unit, station, request.line),
        )
    try:
        return grant_line(
            db, request.unit, station, station_no, kind="main", reason=reason, public_key=request.next_key,
            after_line=request.line, gen=gen, at=at,
        )  # fmt: skip
    except NoRange as error:
        raise Refused(NO_RANGE) from error
