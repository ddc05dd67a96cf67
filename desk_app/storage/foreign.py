"""Sealed records of the unit's other stations: kept as they are, folded like our own, written by nobody here.

The chain of every line stays whole: a record the centre set aside, or one this program cannot fold, is kept and only
not folded (table ``aside``), so that one poison record never stops what comes after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from desk_app.storage import lines
from desk_app.storage.errors import DatabaseErrors
from desk_app.storage.folds import apply
from desk_app.storage.folds.context import Folding, Placed
from sync.protocol.canonical import CanonicalError
from sync.protocol.codec import from_body
from sync.protocol.envelope import Envelope, open_record
from sync.protocol.facts import Fact, FactError
from sync.protocol.subject import Subject, commitment

_RECORD = "INSERT INTO record (line, seq, id, kind, v, at, raw, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

_UNFIT: tuple[type[Exception], ...] = (*DatabaseErrors, ArithmeticError, LookupError, TypeError, ValueError)


class Took(Enum):
    """What became of a range: all of it is here now, or records before it are missing."""

    ALL = "all"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class ForeignRange:
    """Records of one line from ``first`` on, with the people they name; ``aside``: seqs the centre could not take."""

    unit: str
    station: str
    station_no: int
    line: int
    kind: str
    first: int
    prev: str
    records: Sequence[bytes]
    subjects: Sequence[Subject]
    aside: frozenset[int]


def receive(cursor: Any, db: Folding, found: ForeignRange) -> Took:
    """Append what is new of a range, in the caller's transaction; what is here already is skipped."""
    state = lines.load(cursor, found.line)
    if state is None:
        lines.insert(cursor, lines.foreign_line(found.line, found.unit, found.station, found.kind, found.station_no))
        state = lines.load(cursor, found.line)
    assert state is not None
    if state.ours or found.first + len(found.records) <= state.next_seq:
        return Took.ALL
    if found.first > state.next_seq or (found.first == state.next_seq and found.prev != state.head):
        return Took.GAP
    _keep_people(cursor, found.subjects)
    head, seq = state.head, state.next_seq
    for raw in found.records[state.next_seq - found.first :]:
        head = _append(cursor, db, found, seq, head, raw)
        seq += 1
    cursor.execute("UPDATE line SET next_seq = ?, head = ? WHERE line = ?", (seq, head, found.line))
    return Took.ALL


def _append(cursor: Any, db: Folding, found: ForeignRange, seq: int, prev: str, raw: bytes) -> str:
    h = sha256(raw).hexdigest()
    read = None if seq in found.aside else _read(raw, found.line, seq, prev)
    e = read[0] if read else None
    values = (e.id, e.kind, e.v, e.at) if e else ("", "", 0, "")
    pos = cursor.execute(_RECORD, (found.line, seq, *values, raw, h)).lastrowid
    if read is None or not apply_guarded(cursor, db, Placed(pos, read[0], 0, ours=False), read[1]):
        cursor.execute("INSERT OR IGNORE INTO aside VALUES (?, ?)", (found.line, seq))
    return h


def apply_guarded(cursor: Any, db: Folding, at: Placed, fact: Fact) -> bool:
    """Fold what another station wrote; False, and nothing is changed, when it does not go together with what is here."""
    cursor.execute("SAVEPOINT foreign_fold")
    db.guard()
    done = True
    try:
        apply(db, at, fact)
    except _UNFIT:
        cursor.execute("ROLLBACK TO foreign_fold")
        done = False
    cursor.execute("RELEASE foreign_fold")
    db.release(done=done)
    return done


def _read(raw: bytes, line: int, seq: int, prev: str) -> tuple[Envelope, Fact] | None:
    """The envelope and fact of sealed bytes that came from elsewhere; None when they can't be read."""
    try:
        e = open_record(raw).envelope
        fact = from_body(e.kind, e.v, e.body)
    except (CanonicalError, FactError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return (e, fact) if (e.line, e.seq, e.prev) == (line, seq, prev) else None


def _keep_people(cursor: Any, subjects: Iterable[Subject]) -> None:
    """Keep people whose bytes match what a record names; who was erased here stays erased."""
    for s in subjects:
        gone = cursor.execute("SELECT 1 FROM erased WHERE subject = ?", (s.id,)).fetchone()
        if gone is None:
            cursor.execute("INSERT OR IGNORE INTO subject VALUES (?, ?, ?, ?)", (s.id, s.kind, s.salt, s.data))


def right_people(records: Sequence[bytes], subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """The subjects whose commitment stands in one of ``records``."""
    whole = b"\n".join(records)
    return tuple(s for s in subjects if commitment(s.salt, s.data).encode() in whole)
