"""Z records: a desk closed its drawer and says what it used; the centre counts its own receipts and says where they differ.

Compared by series, without a calendar: a desk uses its numbers from small to large, so first and last number of a
closing name exactly its receipts. The total of the series ever since covers what no closing names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sync.centre.database import Db
from sync.centre.reading import Reading, read
from sync.protocol.daymatch import CLOSING, Difference
from sync.protocol.money_facts import DayClosed, SeriesClosed
from sync.protocol.wire import Sealed

INCIDENT = "closing-differs"
_LINE = "unit = %s AND station = %s AND line = %s"
_SERIES = f"FROM receipt WHERE {_LINE} AND form = %s AND symbol = %s"
Key = tuple[str, UUID, int]


def check(db: Db, key: Key, seq: int, fact: DayClosed) -> list[Difference]:
    """Where the closing at ``seq`` and the centre's own figures differ; amounts in đồng.

    ``code`` of a difference: ``head``, or ``first``, ``last``, ``count``, ``sum``, ``total`` and the series.
    """
    found = [] if _same_head(db, key, fact) else [Difference(key[2], CLOSING, seq, seq, "head")]
    for series in fact.series:
        for what, theirs, ours in _figures(db, key, fact.through_seq, series):
            if theirs != ours:
                found.append(Difference(key[2], CLOSING, seq, seq, f"{what} {series.symbol}"[:64], theirs, ours))
    return found


def check_new(db: Db, key: Key, new: Sequence[Reading], at: datetime) -> None:
    """Check the closings among records that were just taken; one that differs is an incident, and the line goes on."""
    for reading in new:
        if isinstance(reading.fact, DayClosed):
            differs = check(db, key, reading.sealed.seq, reading.fact)
            if differs:
                _raise(db, key, reading.sealed.seq, differs, at)


def check_span(db: Db, key: Key, first: int, last: int, at: datetime) -> list[Difference]:
    """The closings among the records ``first`` … ``last``, checked again by what is held now."""
    rows = db.execute(
        f"SELECT seq, h, raw FROM record WHERE {_LINE} AND seq BETWEEN %s AND %s AND kind = %s ORDER BY seq",
        (*key, first, last, DayClosed.KIND),
    ).fetchall()
    found: list[Difference] = []
    for seq, h, raw in rows:
        fact = read(Sealed(seq, bytes(raw), bytes(h))).fact
        if isinstance(fact, DayClosed) and (differs := check(db, key, seq, fact)):
            _raise(db, key, seq, differs, at)
            found += differs
    return found


def _same_head(db: Db, key: Key, fact: DayClosed) -> bool:
    row = db.execute(f"SELECT h FROM record WHERE {_LINE} AND seq = %s", (*key, fact.through_seq)).fetchone()
    return row is not None and bytes(row[0]).hex() == fact.head


def _figures(db: Db, key: Key, through: int, series: SeriesClosed) -> Iterable[tuple[str, int, int]]:
    """What is compared: its word, the desk's figure, the centre's."""
    place = (*key, series.form, series.symbol)
    row = db.execute(
        f"SELECT count(*), coalesce(sum(amount), 0), coalesce(min(number), 0), coalesce(max(number), 0) {_SERIES}"
        " AND number BETWEEN %s AND %s AND seq <= %s",
        (*place, series.first, series.last, through),
    ).fetchone()
    total = db.execute(f"SELECT coalesce(sum(amount), 0) {_SERIES} AND seq <= %s", (*place, through)).fetchone()
    count, amount, first, last = map(int, row or (0, 0, 0, 0))
    yield from (
        ("first", series.first, first),
        ("last", series.last, last),
        ("count", series.count, count),
        ("sum", series.sum_vnd, amount),
        ("total", series.series_total_vnd, int(total[0]) if total else 0),
    )


def _raise(db: Db, key: Key, seq: int, differs: Sequence[Difference], at: datetime) -> None:
    seen = {d.code: [d.desk, d.centre] for d in differs}
    db.execute(
        "INSERT INTO incident (unit, station, line, seq, code, seen, at) VALUES (%s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (*key, seq, INCIDENT, json.dumps(seen), at),
    )
