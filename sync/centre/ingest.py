"""A batch becomes rows: everything or nothing, once or never twice, and only then an answer.

The line's row is locked first, so one batch of a line is judged at a time; what is there already is compared by hash;
new records go in by COPY. (No staging table: under the lock nothing can come between looking and writing, and the
primary key would stop it.) What the centre acknowledges it holds: a record that breaks a rule lies in quarantine, a
forked one beside the first, and the line goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sync.centre.closings import check_new
from sync.centre.database import Db
from sync.centre.feed import tell_records
from sync.centre.folds import fold
from sync.centre.online import accept_online
from sync.centre.reading import WORD, Reading, read_all
from sync.centre.refuse import Refused
from sync.centre.supply import FEW, next_spare, top_up
from sync.protocol.codes import (
    AFTER_REVOCATION,
    BAD_FIELD,
    BAD_REQUEST,
    COMMITMENT,
    FORKED,
    GAP,
    GEN,
    NOT_OPENED,
    NUMBER_TWICE,
    OUTSIDE_GRANT,
)
from sync.protocol.facts import LineOpened, ReceiptIssued, SubjectErased
from sync.protocol.messages import SYNC, PushAck, RefusedRecord, Result
from sync.protocol.subject import Subject, commitment
from sync.protocol.sync_facts import OnlineAccepted
from sync.protocol.wire import Batch

_ONE_LINE = "unit = %s AND station = %s AND line = %s"


@dataclass(frozen=True, slots=True)
class LineKey:
    """Whose line a request is about."""

    unit: str
    station: UUID
    line: int

    @property
    def args(self) -> tuple[str, UUID, int]:
        return self.unit, self.station, self.line


@dataclass(slots=True)
class _Sorted:
    """Where each record of the batch goes."""

    new: list[Reading]
    refused: list[Reading]
    refused_before: list[RefusedRecord]
    forked: list[Reading]
    skipped: int


def read_batch(batch: Batch) -> list[Reading]:
    """The records as facts; no database is needed for this part."""
    return read_all(batch.records)


def ingest(
    db: Db, gen: int, key: LineKey, body: bytes, batch: Batch, readings: Sequence[Reading], at: datetime
) -> PushAck:
    """Store a batch inside the caller's transaction; the answer may be sent only after its commit. Raises Refused."""
    header = batch.header
    if (header.unit, header.station, header.line) != (key.unit, str(key.station), key.line):
        raise Refused(BAD_REQUEST)
    if header.gen != gen:
        raise Refused(GEN, gen=gen)
    row = db.execute(
        "SELECT l.mark, l.head, l.state, l.public_key, s.revoked_at,"
        " (SELECT json_agg(json_build_array(g.form, g.symbol, g.first, g.last, g.grant_)) FROM grant_ g"
        "  WHERE g.unit = l.unit AND g.station = l.station AND g.line = l.line AND g.series_kind LIKE 'receipt%%') FROM line l"
        " JOIN station s ON s.unit = l.unit AND s.station = l.station"
        " WHERE l.unit = %s AND l.station = %s AND l.line = %s FOR UPDATE OF l",
        key.args,
    ).fetchone()
    if row is None:
        raise Refused(BAD_REQUEST)
    mark, head, state, public_key, revoked_at, grants = row
    aside_only = header.closed and state == "open"  # somebody else owns the line: a clone that was given another
    if header.first > mark + 1 and not aside_only and state != "forked":
        raise Refused(GAP, mark=mark, gen=gen)
    found = _sort(db, key, header.prev, readings, mark, head, aside_only)
    if revoked_at is not None:
        _move(found, lambda _r: (AFTER_REVOCATION, "the station was revoked"))
    _move(found, lambda r: _opening_rule(r, public_key))
    _receipt_rules(db, key, found, grants or [])
    _write(db, key, found, at, aside_only)
    fold(db, key.unit, key.station, key.line, found.new)
    check_new(db, key.args, found.new, at)
    wanted = _subjects(db, key, batch.subjects, readings)
    _erase(db, key, found.new, at)
    last_taken = max((r.sealed for r in (*found.new, *found.refused)), key=lambda s: s.seq, default=None)
    if last_taken is not None:
        tell_records(db, *key.args, mark + 1, last_taken.seq, at)
        _supply(db, gen, key, found, grants or [], mark == 0, at)
        mark, head = last_taken.seq, last_taken.h.hex()
    state = "forked" if found.forked and not aside_only else state
    refused = [RefusedRecord(r.sealed.seq, r.code, r.why) for r in found.refused] + found.refused_before
    result = Result(
        accepted=len(found.new),
        skipped=found.skipped,
        refused=tuple(sorted(refused, key=lambda r: r.seq)),
        forked=tuple(r.sealed.seq for r in found.forked),
        wanted=wanted,
    )
    digest = sha256(body)
    db.execute(
        f"WITH moved AS (UPDATE line SET mark = %s, head = %s, state = %s WHERE {_ONE_LINE}),"
        " seen AS (UPDATE station SET last_contact = %s WHERE unit = %s AND station = %s)"
        " INSERT INTO ack_log (unit, station, line, batch, first, last, mark, accepted, skipped, refused, forked, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, clock_timestamp()) ON CONFLICT DO NOTHING",
        (mark, head, state, *key.args, at, *key.args[:2], *key.args, digest.digest(), header.first, header.last, mark,
         result.accepted, result.skipped, len(refused), len(result.forked)),
    )  # fmt: skip
    return PushAck(SYNC, digest.hexdigest(), gen, mark, head, result)


def _supply(db: Db, gen: int, key: LineKey, found: _Sorted, grants: Sequence[Any], opening: bool, at: datetime) -> None:
    """What the batch makes necessary: another spare line once this one was opened, more numbers when few are left."""
    if opening:
        next_spare(db, key.args, gen, at)
    for reading in found.new:
        if isinstance(reading.fact, OnlineAccepted) and not accept_online(db, *key.args[:2], reading.fact.online, at):
            _incident(db, key, reading.sealed.seq, "online-twice", at)
    used = [(r.fact.form, r.fact.symbol, r.fact.number) for r in found.new if isinstance(r.fact, ReceiptIssued)]
    if any(
        (form, symbol) == u[:2] and first <= u[2] <= last and last - u[2] < FEW
        for form, symbol, first, last, _grant in grants
        for u in used[-1:]
    ):
        top_up(db, key.args, at)


def _sort(
    db: Db, key: LineKey, prev: str, readings: Sequence[Reading], mark: int, head: str, aside_only: bool
) -> _Sorted:
    """Compare with what is held: same hash = skipped; another one = forked, and so is all that follows it."""
    found = _Sorted([], [], [], [], 0)
    first, last = readings[0].sealed.seq, readings[-1].sealed.seq
    held: dict[int, bytes] = {}
    aside: dict[int, tuple[str, str]] = {}
    if first <= mark:
        span = (*key.args, first, last)
        rows = db.execute(f"SELECT seq, h FROM record WHERE {_ONE_LINE} AND seq BETWEEN %s AND %s", span).fetchall()
        held.update(rows)
        rows = db.execute(
            f"SELECT seq, h, code, why FROM quarantine WHERE {_ONE_LINE} AND seq BETWEEN %s AND %s AND code <> %s"
            " AND decision IS DISTINCT FROM 'accepted'",
            (*span, FORKED),
        ).fetchall()
        held.update((r[0], r[1]) for r in rows)
        aside.update((r[0], (r[2], r[3])) for r in rows)
    branch = aside_only or first > mark + 1 or (first == mark + 1 and prev != head)
    for reading in readings:
        seq = reading.sealed.seq
        same = held.get(seq) == reading.sealed.h
        if not same and (branch or seq <= mark):
            branch = True
            found.forked.append(replace(reading, code=FORKED, why="another record stands at this place"))
        elif seq > mark:
            (found.refused if reading.code else found.new).append(reading)
        elif seq in aside:
            found.refused_before.append(RefusedRecord(seq, *aside[seq]))
        else:
            found.skipped += 1
    return found


def _move(found: _Sorted, rule: Any) -> None:
    """Records the rule has a code for go from new to refused."""
    kept = []
    for reading in found.new:
        verdict = rule(reading)
        if verdict is None:
            kept.append(reading)
        else:
            found.refused.append(replace(reading, code=verdict[0], why=verdict[1]))
    found.new = kept


def _opening_rule(reading: Reading, public_key: str) -> tuple[str, str] | None:
    opens = isinstance(reading.fact, LineOpened)
    if (reading.sealed.seq == 1) != opens:
        return NOT_OPENED, "the first record, and only the first, opens the line"
    if isinstance(reading.fact, LineOpened) and reading.fact.public_key != public_key:
        return NOT_OPENED, "opened under another key than the registered one"
    return None


def _receipt_rules(db: Db, key: LineKey, found: _Sorted, grants: Sequence[tuple[str, str, int, int, str]]) -> None:
    """Each number inside a grant of this line, and no number twice: the receipt table is written here."""
    facts = {r.sealed.seq: r.fact for r in found.new if isinstance(r.fact, ReceiptIssued) and not r.fact.training}
    if not facts:
        return
    of_grant: dict[int, str] = {}

    def verdict(reading: Reading) -> tuple[str, str] | None:
        fact = facts.get(reading.sealed.seq)
        if fact is None:
            return None
        for form, symbol, first, last, grant in grants:
            if (form, symbol) == (fact.form, fact.symbol) and first <= fact.number <= last:
                of_grant[reading.sealed.seq] = grant
        if reading.sealed.seq not in of_grant:
            return OUTSIDE_GRANT, "number: not granted to this line"
        return None if _day(fact.issued_at) else (BAD_FIELD, "issued_at: not a time")

    _move(found, verdict)
    receipts = [(r.sealed.seq, facts[r.sealed.seq]) for r in found.new if r.sealed.seq in facts]
    taken = _take_numbers(db, key, receipts, of_grant)
    _move(
        found,
        lambda r: (
            (NUMBER_TWICE, "number: used already") if r.sealed.seq in facts and r.sealed.seq not in taken else None
        ),
    )


def _take_numbers(
    db: Db, key: LineKey, receipts: Sequence[tuple[int, ReceiptIssued]], of_grant: dict[int, str]
) -> set[int]:
    """Write the receipts; answers the seqs whose number was still free."""
    if not receipts:
        return set()
    receipts = sorted(receipts, key=lambda r: (r[1].form, r[1].symbol, r[1].number))  # one order: no deadlock
    columns: Iterable[list[Any]] = map(
        list,
        zip(
            *((f.form, f.symbol, f.number, seq, of_grant[seq], f.total_vnd, _day(f.issued_at)) for seq, f in receipts),
            strict=True,
        ),
    )
    rows = db.execute(
        "INSERT INTO receipt (unit, station, line, form, symbol, number, seq, grant_, amount, day)"
        " SELECT %s, %s, %s, t.* FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::text[],"
        " %s::bigint[], %s::date[]) AS t ON CONFLICT DO NOTHING RETURNING seq",
        (*key.args, *columns),
    ).fetchall()
    return {int(r[0]) for r in rows}


def _day(local: str) -> date | None:
    try:
        return datetime.fromisoformat(local).date()
    except ValueError:
        return None


def _write(db: Db, key: LineKey, found: _Sorted, at: datetime, aside_only: bool) -> None:
    cursor = db.cursor()
    if found.new:
        statement = "COPY record (unit, station, line, seq, id, kind, at, h, raw, got) FROM STDIN (FORMAT BINARY)"
        with cursor.copy(statement) as copy:
            copy.set_types(
                ["text", "uuid", "int8", "int8", "text", "text", "timestamptz", "bytea", "bytea", "timestamptz"]
            )
            for r in found.new:
                copy.write_row((*key.args, r.sealed.seq, r.id, r.kind, r.at, r.sealed.h, r.sealed.raw, at))
    aside = [*found.refused, *found.forked]
    if aside:
        cursor.executemany(
            # What a clone offered beside the line may become the line itself, once the centre knows whose it is.
            "INSERT INTO quarantine AS q (unit, station, line, seq, h, raw, code, why, got)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (unit, station, line, seq, h) DO UPDATE"
            f" SET code = excluded.code, why = excluded.why WHERE q.code = '{FORKED}' AND excluded.code <> '{FORKED}'",
            [(*key.args, r.sealed.seq, r.sealed.h, r.sealed.raw, r.code, r.why, at) for r in aside],
        )
    serious = [r for r in found.refused if r.code == NUMBER_TWICE] + ([] if aside_only else found.forked[:1])
    if serious:
        cursor.executemany(
            "INSERT INTO incident (unit, station, line, seq, code, seen, at) VALUES (%s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [(*key.args, r.sealed.seq, r.code, json.dumps({"seq": r.sealed.seq}), at) for r in serious],
        )


def _incident(db: Db, key: LineKey, seq: int, code: str, at: datetime) -> None:
    db.execute(
        "INSERT INTO incident (unit, station, line, seq, code, seen, at) VALUES (%s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (*key.args, seq, code, json.dumps({"seq": seq}), at),
    )


def _subjects(db: Db, key: LineKey, subjects: Sequence[Subject], readings: Sequence[Reading]) -> tuple[str, ...]:
    """Keep the subjects whose bytes are the ones committed to; answers the ids still wanted."""
    named = {ref for r in readings for ref in r.refs}
    right: list[tuple[str, str, Subject]] = []
    wrong: list[tuple[str, str, Subject]] = []
    for s in subjects:
        commit = commitment(s.salt, s.data)
        id = s.id if WORD.fullmatch(s.id) else "?"
        s = replace(s, kind=s.kind if WORD.fullmatch(s.kind) else "?")
        (right if (id, commit) in named else wrong).append((id, commit, s))
    cursor = db.cursor()
    if right:
        right.sort(key=lambda x: x[:2])  # one order in every transaction: no deadlock
        columns = [
            list(c) for c in zip(*((i, bytes.fromhex(c), s.kind, s.salt, s.data) for i, c, s in right), strict=True)
        ]
        db.execute(
            "INSERT INTO subject (unit, id, commit_h, kind, salt, data)"
            " SELECT %s, t.* FROM unnest(%s::text[], %s::bytea[], %s::text[], %s::bytea[], %s::bytea[])"
            " AS t (id, commit_h, kind, salt, data)"
            " WHERE NOT EXISTS (SELECT 1 FROM erased e WHERE e.unit = %s AND e.subject = t.id) ON CONFLICT DO NOTHING",
            (key.unit, *columns, key.unit),
        )
    if wrong:
        cursor.executemany(
            "INSERT INTO quarantine_subject (unit, station, line, id, commit_h, kind, salt, data, code)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(*key.args, id, bytes.fromhex(c), s.kind, s.salt, s.data, COMMITMENT) for id, c, s in wrong],
        )
    asked = sorted(named - {(id, c) for id, c, _ in right})
    if not asked:
        return ()
    rows = db.execute(
        "SELECT a.id FROM unnest(%s::text[], %s::bytea[]) AS a (id, commit_h)"
        " WHERE NOT EXISTS (SELECT 1 FROM subject s WHERE s.unit = %s AND s.id = a.id AND s.commit_h = a.commit_h)"
        " AND NOT EXISTS (SELECT 1 FROM erased e WHERE e.unit = %s AND e.subject = a.id)",
        ([id for id, _ in asked], [bytes.fromhex(c) for _, c in asked], key.unit, key.unit),
    ).fetchall()
    return tuple(sorted({str(r[0]) for r in rows}))


def _erase(db: Db, key: LineKey, new: Sequence[Reading], at: datetime) -> None:
    ids = [r.fact.subject for r in new if isinstance(r.fact, SubjectErased) and WORD.fullmatch(r.fact.subject)]
    if not ids:
        return
    db.execute(
        "INSERT INTO erased (unit, subject, at) SELECT %s, x, %s FROM unnest(%s::text[]) x ON CONFLICT DO NOTHING",
        (key.unit, at, ids),
    )
    db.execute("DELETE FROM subject WHERE unit = %s AND id = ANY(%s)", (key.unit, ids))
    db.execute("DELETE FROM quarantine_subject WHERE unit = %s AND id = ANY(%s)", (key.unit, ids))
