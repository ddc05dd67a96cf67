"""The centre's half of the day receipt: it counts its own tables and hashes its own bytes, and says where they differ.

Records are hashed anew from the kept bytes, sums come from the receipt table: a row changed behind the centre's back
shows as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sync.centre.closings import check_span
from sync.centre.database import Db
from sync.centre.reading import WORD
from sync.centre.refuse import Refused
from sync.protocol.codes import BAD_REQUEST
from sync.protocol.daymatch import (
    COUNT,
    MISSING,
    OTHER,
    REFUSED,
    SUM,
    UNKNOWN_LINE,
    DayAnswer,
    DayLine,
    DayRequest,
    Difference,
    KindSum,
    blocks,
    spans,
)
from sync.protocol.envelope import GENESIS
from sync.protocol.messages import SYNC

_MOST_RECORDS = 2_000_000
_MOST_DIFFERENCES = 500
_SPAN = "unit = %s AND station = %s AND line = %s AND seq BETWEEN %s AND %s"


@dataclass(frozen=True, slots=True)
class _Held:
    """What the centre holds of one line between two marks."""

    hashes: dict[int, bytes]
    kinds: dict[str, int]
    collected_vnd: int
    receipts: int
    aside: Sequence[tuple[int, bytes, str]]


def match_day(db: Db, body: bytes, request: DayRequest, at: datetime, server_time: str) -> DayAnswer:
    """Compare every line of the request; the answer is the same however often it is asked. Raises Refused."""
    try:
        station, day = UUID(request.station), date.fromisoformat(request.day)
    except ValueError as error:
        raise Refused(BAD_REQUEST) from error
    if not WORD.fullmatch(request.match) or sum(max(0, x.last - x.first + 1) for x in request.lines) > _MOST_RECORDS:
        raise Refused(BAD_REQUEST)
    lines: list[DayLine] = []
    differs: list[Difference] = []
    for asked in request.lines:
        ours = _line(db, request.unit, station, asked, differs)
        if ours is not None:
            lines.append(ours)
            differs += check_span(db, (request.unit, station, asked.line), asked.first, asked.last, at)
    answer = DayAnswer(
        SYNC, sha256(body).hexdigest(), request.match, request.day, not differs, tuple(lines),
        tuple(differs[:_MOST_DIFFERENCES]), server_time,
    )  # fmt: skip
    db.execute(
        "INSERT INTO day_match (unit, station, match, day, equal, differs, asked, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (request.unit, station, request.match, day, answer.equal, len(differs), sha256(body).digest(), at),
    )
    return answer


def _line(db: Db, unit: str, station: UUID, asked: DayLine, differs: list[Difference]) -> DayLine | None:
    if not 0 < asked.line < 1 << 62 or not 0 < asked.first <= asked.last + 1 < 1 << 62:
        raise Refused(BAD_REQUEST)
    known = db.execute(
        "SELECT 1 FROM line WHERE unit = %s AND station = %s AND line = %s", (unit, station, asked.line)
    ).fetchone()
    if known is None:
        differs.append(Difference(asked.line, UNKNOWN_LINE, asked.first, asked.last))
        return None
    held = _held(db, unit, station, asked)
    differs.extend(_missing(asked, held))
    differs.extend(Difference(asked.line, REFUSED, seq, seq, code) for seq, _h, code in held.aside)
    everything = held.hashes | {seq: h for seq, h, _code in held.aside if seq not in held.hashes}
    ours = [everything.get(seq, b"") for seq in range(asked.first, asked.last + 1)]
    sums = tuple(
        KindSum(kind, n, held.collected_vnd if kind == "receipt.issued" else 0)
        for kind, n in sorted(held.kinds.items())
    )
    before = GENESIS if asked.first == 1 else asked.head
    head = everything.get(asked.last, b"").hex() if asked.last >= asked.first else before
    line = DayLine(asked.line, asked.first, asked.last, head, blocks(ours, asked.first), sums)
    differs.extend(_other(asked, line, everything))
    differs.extend(_figures(asked, line, held))
    return line


def _held(db: Db, unit: str, station: UUID, asked: DayLine) -> _Held:
    span = (unit, station, asked.line, asked.first, asked.last)
    hashes: dict[int, bytes] = {}
    kinds: dict[str, int] = {}
    for seq, kind, raw in db.execute(f"SELECT seq, kind, raw FROM record WHERE {_SPAN} ORDER BY seq", span):
        hashes[seq] = sha256(raw).digest()
        kinds[kind] = kinds.get(kind, 0) + 1
    row = db.execute(f"SELECT count(*), coalesce(sum(amount), 0) FROM receipt WHERE {_SPAN}", span).fetchone()
    aside = db.execute(
        f"SELECT seq, raw, code FROM quarantine WHERE {_SPAN} AND resolved_by IS NULL ORDER BY seq, code", span
    ).fetchall()
    receipts, collected = row or (0, 0)
    return _Held(
        hashes, kinds, int(collected), int(receipts), [(s, sha256(raw).digest(), code) for s, raw, code in aside]
    )


def _missing(asked: DayLine, held: _Held) -> list[Difference]:
    """Runs of records that are neither among the records nor aside."""
    here = held.hashes.keys() | {seq for seq, _h, _code in held.aside}
    found: list[Difference] = []
    for seq in range(asked.first, asked.last + 1):
        if seq in here:
            continue
        if found and found[-1].last == seq - 1:
            found[-1] = Difference(asked.line, MISSING, found[-1].first, seq)
        else:
            found.append(Difference(asked.line, MISSING, seq, seq))
    return found


def _other(asked: DayLine, ours: DayLine, everything: dict[int, bytes]) -> list[Difference]:
    """Blocks that are whole here and yet not the same."""
    if len(asked.blocks) != len(ours.blocks):
        return [Difference(asked.line, OTHER, asked.first, asked.last)]
    found = []
    for (first, last), theirs, mine in zip(spans(asked.first, asked.last), asked.blocks, ours.blocks, strict=True):
        if theirs != mine and all(seq in everything for seq in range(first, last + 1)):
            found.append(Difference(asked.line, OTHER, first, last))
    whole = asked.last in everything or asked.last < asked.first
    if not found and whole and asked.head != ours.head:
        found.append(Difference(asked.line, OTHER, asked.last, asked.last))
    return found


def _figures(asked: DayLine, ours: DayLine, held: _Held) -> list[Difference]:
    theirs, mine = {s.kind: s for s in asked.sums}, {s.kind: s for s in ours.sums}
    found = []
    for kind in sorted(theirs.keys() | mine.keys()):
        a, b = theirs.get(kind, KindSum(kind, 0)), mine.get(kind, KindSum(kind, 0))
        if a.count != b.count:
            found.append(Difference(asked.line, COUNT, asked.first, asked.last, kind[:64], a.count, b.count))
        if a.sum_vnd != b.sum_vnd:
            found.append(Difference(asked.line, SUM, asked.first, asked.last, kind[:64], a.sum_vnd, b.sum_vnd))
    issued = mine.get("receipt.issued", KindSum("", 0)).count
    if held.receipts != issued:
        found.append(Difference(asked.line, COUNT, asked.first, asked.last, "receipt", issued, held.receipts))
    return found
