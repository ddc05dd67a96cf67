"""The feed: events of a unit in the order of their commits, read by its stations page by page.

Rows are written without a position, inside the transaction they tell about. Whoever reads first gives the positions:
under a lock of the unit, to rows that are committed by then. So no row can appear behind a cursor.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sync.centre.database import Db
from sync.centre.public import public_message
from sync.centre.reading import subject_refs
from sync.centre.refuse import Refused
from sync.protocol.canonical import Value
from sync.protocol.codes import FORKED, GEN, REVOKED
from sync.protocol.envelope import GENESIS, ChainError
from sync.protocol.feed import PUBLIC, RECORDS, FeedEvent, FeedPage, FeedRequest, RecordsBody
from sync.protocol.messages import SYNC, as_value
from sync.protocol.subject import Subject
from sync.protocol.wire import pack

EVENT_RECORDS = 200  # records in one event: some 20 kB on the wire
LARGEST_PAGE = 1 << 20
_LOCK = 7_302_612


def tell_records(db: Db, unit: str, station: UUID, line: int, first: int, last: int, at: datetime) -> None:
    """Write the events of newly held records, inside the transaction that holds them."""
    starts = list(range(first, last + 1, EVENT_RECORDS))
    db.execute(
        "INSERT INTO outfeed (unit, event, kind, station, line, first, last, at)"
        " SELECT %s, gen_random_uuid(), %s, %s, %s, s, least(s + %s, %s), %s FROM unnest(%s::bigint[]) AS s",
        (unit, RECORDS, station, line, EVENT_RECORDS - 1, last, at, starts),
    )


def tell(db: Db, unit: str, kind: str, body: Mapping[str, Any], at: datetime, target: UUID | None = None) -> None:
    """Write any other event."""
    db.execute(
        "INSERT INTO outfeed (unit, event, kind, target, body, at) VALUES (%s, gen_random_uuid(), %s, %s, %s, %s)",
        (unit, kind, target, json.dumps(body, ensure_ascii=False), at),
    )


def sequence(db: Db, unit: str) -> int:
    """Give positions to what is committed by now; answers the last one."""
    db.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", (unit, _LOCK))
    row = db.execute(  # a statement of its own: it sees everything committed before the lock was had
        "WITH waiting AS (SELECT event, row_number() OVER (ORDER BY line NULLS FIRST, first, at, event) AS n"
        " FROM outfeed WHERE unit = %(unit)s AND pos IS NULL),"
        " base AS (SELECT feed_pos FROM unit WHERE unit = %(unit)s),"
        " placed AS (UPDATE outfeed o SET pos = base.feed_pos + w.n FROM waiting w, base"
        " WHERE o.unit = %(unit)s AND o.event = w.event RETURNING 1)"
        " UPDATE unit SET feed_pos = feed_pos + (SELECT count(*) FROM placed) WHERE unit = %(unit)s RETURNING feed_pos",
        {"unit": unit},
    ).fetchone()
    return int(row[0]) if row else 0


def read_feed(db: Db, gen: int, body: bytes, request: FeedRequest) -> FeedPage:
    """The page after the cursor. A cursor from another life of this centre is refused with ``gen``. Raises Refused."""
    unit, station = request.unit, UUID(request.station)
    row = db.execute("SELECT revoked_at FROM station WHERE unit = %s AND station = %s", (unit, station)).fetchone()
    if row is None or row[0] is not None:
        raise Refused(REVOKED)
    if request.gen != gen:
        raise Refused(GEN, gen=gen)
    last = sequence(db, unit)
    pos = request.pos if 0 <= request.pos <= last else 0  # restored, and nobody said so: from the beginning
    budget = max(1, min(request.max_bytes, LARGEST_PAGE))
    events: list[FeedEvent] = []
    more = False
    rows = db.execute(
        "SELECT pos, event, kind, station, line, first, last, body FROM outfeed WHERE unit = %s AND pos > %s"
        " AND (target IS NULL OR target = %s) AND station IS DISTINCT FROM %s ORDER BY pos LIMIT 500",
        (unit, pos, station, station),
    ).fetchall()
    next_pos = last if len(rows) < 500 else int(rows[-1][0])
    for n, (at, event, kind, owner, line, first, end, value) in enumerate(rows):
        if kind == RECORDS:
            found = _records(db, gen, unit, owner, line, first, end)
        else:
            found = public_message(db, unit, value) if kind == PUBLIC else value
        budget -= len(json.dumps(found))
        if events and budget < 0:
            next_pos, more = int(rows[n - 1][0]), True
            break
        if found:
            events.append(FeedEvent(int(at), str(event), kind, found))
    return FeedPage(SYNC, sha256(body).hexdigest(), gen, pos, next_pos, more or next_pos < last, tuple(events))


def _records(db: Db, gen: int, unit: str, station: UUID, line: int, first: int, last: int) -> Mapping[str, Value]:
    """The sealed bytes of a range with their people; {} when they are not held whole (the gap finder tells of it)."""
    span = (unit, station, line, first - 1, last)
    where = "unit = %s AND station = %s AND line = %s AND seq BETWEEN %s AND %s"
    held: dict[int, tuple[bytes, bool]] = {
        seq: (raw, True)
        for seq, raw in db.execute(f"SELECT seq, raw FROM quarantine WHERE {where} AND code <> %s", (*span, FORKED))
    }
    held |= {seq: (raw, False) for seq, raw in db.execute(f"SELECT seq, raw FROM record WHERE {where}", span)}
    about = db.execute(
        "SELECT s.station_no, l.kind FROM line l JOIN station s ON s.unit = l.unit AND s.station = l.station"
        " WHERE l.unit = %s AND l.station = %s AND l.line = %s",
        (unit, station, line),
    ).fetchone()
    wanted = range(first, last + 1)
    if about is None or any(seq not in held for seq in wanted) or (first > 1 and first - 1 not in held):
        return {}
    records = [held[seq][0] for seq in wanted]
    prev = GENESIS if first == 1 else sha256(held[first - 1][0]).hexdigest()
    try:
        batch = pack(
            unit=unit, station=str(station), line=line, gen=gen, first=first, prev=prev, records=records,
            subjects=_people(db, unit, records),
        )  # fmt: skip
    except ChainError:
        return {}
    aside = tuple(seq for seq in wanted if held[seq][1])
    return as_value(RecordsBody(about[0], about[1], b64encode(batch.body).decode(), aside))


def _people(db: Db, unit: str, records: list[bytes]) -> list[Subject]:
    named = sorted({ref for raw in records for ref in subject_refs(raw)})
    if not named:
        return []
    rows = db.execute(
        "SELECT s.id, s.kind, s.salt, s.data FROM unnest(%s::text[], %s::bytea[]) AS a (id, commit_h)"
        " JOIN subject s ON s.unit = %s AND s.id = a.id AND s.commit_h = a.commit_h",
        ([id for id, _ in named], [bytes.fromhex(commit) for _, commit in named], unit),
    ).fetchall()
    return [Subject(id, kind, salt, data) for id, kind, salt, data in rows]
