"""The one canonical envelope of every record, and the chain it forms on its line.

A *line* is one gap-free stream of records written by exactly one station. The hash of a record is the SHA-256 of its
envelope bytes, and the envelope holds the hash of the record before it, so a changed, removed or inserted record shows.
Personal data never stand here: a body refers to a subject by id and commitment (``subject.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sync.protocol.canonical import CanonicalError, Value, canonical, parse

PROTOCOL = "desk/1"
GENESIS = "0" * 64  # what the first record of a line names as the one before it

_FIELDS = {"p", "unit", "station", "line", "seq", "id", "kind", "v", "at", "tz", "actor", "prev", "body"}


class ChainError(ValueError):
    """A record does not follow the one before it. ``seq`` is the first place that is wrong."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"seq {seq}: {why}")
        self.seq = seq
        self.why = why


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is sealed. ``at``: UTC ``2026-11-25T03:40:22.123Z``; ``tz``: the offset in minutes (Vietnam: 420)."""

    unit: str
    station: str
    line: int
    seq: int
    id: str
    kind: str
    v: int
    at: str
    tz: int
    actor: str
    prev: str
    body: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Record:
    """A sealed envelope: its exact bytes and their hash (64 hexadecimal digits)."""

    envelope: Envelope
    raw: bytes
    h: str


def seal(envelope: Envelope) -> Record:
    """Close the envelope. Raises CanonicalError for a body that can't be sealed, ChainError for a bad number."""
    if envelope.seq < 1 or (envelope.seq == 1) != (envelope.prev == GENESIS):
        raise ChainError(envelope.seq, "the first record, and only the first, starts from nothing")
    raw = canonical(_as_value(envelope))
    return Record(envelope, raw, sha256(raw).hexdigest())


def open_record(raw: bytes) -> Record:
    """Read sealed bytes back; unknown kinds and body fields are kept. Raises CanonicalError for another form."""
    value = parse(raw)
    if not isinstance(value, Mapping) or set(value) != _FIELDS or value["p"] != PROTOCOL:
        raise CanonicalError("not an envelope of " + PROTOCOL)
    text = {k: value[k] for k in ("unit", "station", "id", "kind", "at", "actor", "prev")}
    numbers = {k: value[k] for k in ("line", "seq", "v", "tz")}
    body = value["body"]
    if (
        not all(isinstance(t, str) for t in text.values())
        or not all(isinstance(n, int) and not isinstance(n, bool) for n in numbers.values())
        or not isinstance(body, Mapping)
    ):
        raise CanonicalError("an envelope field is of the wrong type")
    return Record(Envelope(**text, **numbers, body=body), raw, sha256(raw).hexdigest())  # type: ignore[arg-type]


def check_chain(records: Iterable[Record], *, prev: str = GENESIS, seq: int = 0) -> tuple[int, str]:
    """Follow a line from ``(seq, prev)``; answers its last seq and head. Raises ChainError at the first wrong place."""
    line: tuple[str, str, int] | None = None
    for record in records:
        e = record.envelope
        if line is not None and (e.unit, e.station, e.line) != line:
            raise ChainError(e.seq, "another line")
        line = (e.unit, e.station, e.line)
        if e.seq != seq + 1:
            raise ChainError(seq + 1, "a gap")
        if e.prev != prev:
            raise ChainError(e.seq, "does not follow the record before it")
        if sha256(record.raw).hexdigest() != record.h:
            raise ChainError(e.seq, "the hash is not that of the bytes")
        seq, prev = e.seq, record.h
    return seq, prev


def _as_value(e: Envelope) -> dict[str, Value]:
    return {
        "p": PROTOCOL,
        "unit": e.unit,
        "station": e.station,
        "line": e.line,
        "seq": e.seq,
        "id": e.id,
        "kind": e.kind,
        "v": e.v,
        "at": e.at,
        "tz": e.tz,
        "actor": e.actor,
        "prev": e.prev,
        "body": e.body,
    }
