"""Records → what the pages read: dossiers, guidance slips, day closings, catalogues in use.

Every statement gives the same row whatever comes first, so lines need not wait for each other and folding all records
again (``refold``) gives the same tables. Kinds that are not named here stay in the records and are shown nowhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, cast

from sync.centre import folds_voice
from sync.centre.database import Db
from sync.centre.folds_voice import moment as _time
from sync.centre.folds_voice import put_voice
from sync.centre.folds_voice import word as _word
from sync.centre.reading import Reading
from sync.protocol.dossier_facts import (
    ApologyMade,
    DossierCorrected,
    DossierStopped,
    DossierTakenBack,
    DueMoved,
    PaymentFulfilled,
    PaymentRequested,
    SupplementCompleted,
    SupplementRequested,
)
from sync.protocol.facts import DossierReceived, DossierSettled, Fact, GuidanceGiven, ReceiptIssued, ResultReturned
from sync.protocol.money_facts import ReceiptReplaced, ReceiptVoided

_SUMS = ("cash_vnd", "transfer_vnd", "difference_vnd")
TABLES = ("dossier", "collected", "guidance", "day_close", "catalogue_use", *folds_voice.TABLES)
Rows = dict[str, list[tuple[Any, ...]]]

#: A due date holds from the moment its fact names; the newest holds.
_DUE = (
    "INSERT INTO dossier AS d (unit, dossier, due_at, due_set_at) VALUES (%s, %s, %s, %s) ON CONFLICT (unit, dossier)"
    " DO UPDATE SET due_at = excluded.due_at, due_set_at = excluded.due_set_at"
    " WHERE d.due_set_at IS NULL OR d.due_set_at <= excluded.due_set_at"
)
_RECEIVED = (
    "INSERT INTO dossier (unit, dossier, code, slip_code, procedure, catalogue, channel, received_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (unit, dossier) DO UPDATE SET code = excluded.code,"
    " slip_code = CASE WHEN dossier.slip_code = '' THEN excluded.slip_code ELSE dossier.slip_code END,"
    " procedure = excluded.procedure, catalogue = excluded.catalogue, channel = excluded.channel,"
    " received_at = excluded.received_at"
)
_CORRECTED = (
    "INSERT INTO dossier (unit, dossier, slip_code, procedure) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (unit, dossier) DO UPDATE SET slip_code = excluded.slip_code, procedure = excluded.procedure"
)
_APOLOGY = (
    "INSERT INTO dossier (unit, dossier, apologies, new_day) VALUES (%s, %s, %s, %s) ON CONFLICT (unit, dossier)"
    " DO UPDATE SET apologies = greatest(dossier.apologies, excluded.apologies),"
    " new_day = greatest(dossier.new_day, excluded.new_day)"
)
_SUPPLEMENT = (
    "INSERT INTO dossier (unit, dossier, supplements, asked_at) VALUES (%s, %s, %s, %s) ON CONFLICT (unit, dossier)"
    " DO UPDATE SET supplements = greatest(dossier.supplements, excluded.supplements),"
    " asked_at = greatest(dossier.asked_at, excluded.asked_at)"
)
_GUIDANCE = "INSERT INTO guidance (unit, guidance, day, round) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
_COLLECTED = (
    "INSERT INTO collected (unit, receipt, amount, day) VALUES (%s, %s, %s, %s) ON CONFLICT (unit, receipt)"
    " DO UPDATE SET amount = excluded.amount, day = excluded.day"
)
_STRUCK = (
    "INSERT INTO collected (unit, receipt, struck_day) VALUES (%s, %s, %s) ON CONFLICT (unit, receipt)"
    " DO UPDATE SET struck_day = least(collected.struck_day, excluded.struck_day)"
)
_CATALOGUE = (
    "INSERT INTO catalogue_use AS u (unit, station, catalogue, at) VALUES (%s, %s, %s, %s) ON CONFLICT (unit, station)"
    " DO UPDATE SET catalogue = excluded.catalogue, at = excluded.at WHERE u.at <= excluded.at"
)
_CLOSE = (
    "INSERT INTO day_close (unit, station, line, seq, day, shift, cash_vnd, transfer_vnd, difference_vnd, reason)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_BACK = "UPDATE dossier SET {column} = NULL WHERE unit = %s AND dossier = %s AND {column} <= %s"
_BACK_TO: dict[str, tuple[str, ...]] = {
    "return": ("returned_at",), "settle": ("returned_at", "settled_at"), "settle_refused": ("returned_at", "settled_at"),
    "agree_stop": ("stopped_at",), "expire": ("stopped_at",),
}  # fmt: skip


def _newest(column: str) -> str:
    return (
        f"INSERT INTO dossier (unit, dossier, {column}) VALUES (%s, %s, %s) ON CONFLICT (unit, dossier)"
        f" DO UPDATE SET {column} = greatest(dossier.{column}, excluded.{column})"
    )


def fold(db: Db, unit: str, station: object, line: int, readings: Sequence[Reading]) -> None:
    """Fold new records of one line inside the caller's transaction."""
    rows: Rows = {}
    for reading in readings:
        _fold_one(rows, unit, station, line, reading)
    cursor = db.cursor()
    for statement in _ORDER:
        found = rows.pop(statement, None)
        if found:
            # one order in every transaction: no deadlock; the sort keeps the order of one dossier's records
            _run(cursor, statement, sorted(found, key=_place))
    assert not rows, rows


def _run(cursor: Any, statement: str, ordered: Sequence[tuple[Any, ...]]) -> None:
    """Many rows in one statement where no row is met twice; else one by one."""
    if statement is _CATALOGUE:  # one station: the newest holds, and its row is touched once
        ordered = [max(ordered, key=lambda values: values[-1])]
    parts = _INSERT.fullmatch(statement)
    if parts is None or len(ordered) < _FEW or len({row[:2] for row in ordered}) < len(ordered):
        cursor.executemany(statement, ordered)
        return
    casts = ", ".join(f"%s::{kind}[]" for kind in _types(cursor, parts["table"], parts["columns"]))
    whole = f"{parts['head']}SELECT * FROM unnest({casts}) AS t{parts['tail']}"
    cursor.execute(whole, [list(column) for column in zip(*ordered, strict=True)])


def _types(cursor: Any, table: str, columns: str) -> tuple[str, ...]:
    """The types of some columns, asked of the database once: a column of values goes over as one array."""
    name = (table, columns)
    if name not in _KNOWN:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0",
            (table,),
        )
        kinds = dict(cursor.fetchall())
        _KNOWN[name] = tuple(kinds[column] for column in columns.split(", "))
    return _KNOWN[name]


_KNOWN: dict[tuple[str, str], tuple[str, ...]] = {}
_FEW = 3  # rows that are not worth another statement
_INSERT = re.compile(
    r"(?P<head>INSERT INTO (?P<table>\w+)(?: AS \w+)? \((?P<columns>[\w, ]+)\) )VALUES \((?:%s(?:, )?)+\)(?P<tail>.*)"
)


def _place(values: tuple[Any, ...]) -> tuple[str, str]:
    return str(values[0]), str(values[1])


def refold(db: Db) -> int:
    """Empty what is folded and fold every record again, in one transaction; answers how many there were."""
    from sync.centre.reading import read
    from sync.protocol.wire import Sealed

    done = 0
    for table in TABLES:
        db.execute(f"TRUNCATE {table}")
    with db.cursor(name="refold") as cursor:
        cursor.itersize = 1000
        cursor.execute("SELECT unit, station, line, seq, h, raw FROM record ORDER BY unit, station, line, seq")
        for unit, station, line, seq, h, raw in cast(Iterable[tuple[Any, ...]], cursor):
            fold(db, unit, station, line, [read(Sealed(seq, bytes(raw), bytes(h)))])
            done += 1
    return done


def _fold_one(rows: Rows, unit: str, station: object, line: int, reading: Reading) -> None:
    def put(statement: str, *values: object) -> None:
        rows.setdefault(statement, []).append(values)

    fact = reading.fact
    if reading.kind == "day.closed":
        _day_close(put, unit, station, line, reading)
    elif isinstance(fact, GuidanceGiven):
        given = _time(fact.given_at)
        if given is not None:
            put(_GUIDANCE, unit, _word(fact.guidance), given.date(), _small(fact.round))
            put(_CATALOGUE, unit, station, _word(fact.catalogue), given)
    elif fact is not None and not put_voice(put, unit, station, line, reading, fact):
        _dossier(put, unit, station, fact)


def _dossier(put: Callable[..., None], unit: str, station: object, fact: Fact) -> None:
    """Everything that moves a dossier or its money. Times that are none are left out, the rest of the fact counts."""
    match fact:
        case DossierReceived():
            at = _time(fact.received_at)
            put(
                _RECEIVED, unit, _word(fact.dossier), _word(fact.code), _word(fact.slip_code), _word(fact.procedure),
                _word(fact.catalogue), _small(fact.channel), at,
            )  # fmt: skip
            put(_DUE, unit, _word(fact.dossier), _time(fact.due_at), at)
            if at is not None:
                put(_CATALOGUE, unit, station, _word(fact.catalogue), at)
        case DossierSettled():
            put(_SETTLED, unit, _word(fact.dossier), _time(fact.settled_at))
        case DossierStopped():
            put(_STOPPED, unit, _word(fact.dossier), _time(fact.stopped_at))
        case ResultReturned():
            put(_RETURNED, unit, _word(fact.dossier), _time(fact.returned_at))
        case SupplementRequested():
            put(_SUPPLEMENT, unit, _word(fact.dossier), _small(fact.round), _time(fact.asked_at))
        case PaymentRequested():
            put(_ASKED, unit, _word(fact.dossier), _time(fact.asked_at))
        case SupplementCompleted():
            put(_ANSWERED, unit, _word(fact.dossier), _time(fact.completed_at))
            put(_DUE, unit, _word(fact.dossier), _time(fact.due_at), _time(fact.completed_at))
        case PaymentFulfilled():
            put(_ANSWERED, unit, _word(fact.dossier), _time(fact.fulfilled_at))
            put(_DUE, unit, _word(fact.dossier), _time(fact.due_at), _time(fact.fulfilled_at))
        case DueMoved():
            put(_DUE, unit, _word(fact.dossier), _time(fact.due_at), _time(fact.moved_at))
        case DossierCorrected():
            put(_CORRECTED, unit, _word(fact.dossier), _word(fact.slip_code), _word(fact.procedure))
            put(_DUE, unit, _word(fact.dossier), _time(fact.due_at), _time(fact.corrected_at))
        case ApologyMade():
            day = _time(fact.new_day)
            put(_APOLOGY, unit, _word(fact.dossier), _small(fact.ordinal), day.date() if day else None)
        case ReceiptIssued(training=False):
            issued = _time(fact.issued_at)
            put(_COLLECTED, unit, _word(fact.receipt), fact.total_vnd, issued.date() if issued else None)
        case ReceiptReplaced(replaced_at=when) | ReceiptVoided(voided_at=when):
            struck = _time(when)
            put(_STRUCK, unit, _word(fact.receipt), struck.date() if struck else None)
        case DossierTakenBack():
            for column in _BACK_TO.get(fact.undone, ()):
                put(_BACK.format(column=column), unit, _word(fact.dossier), _time(fact.taken_back_at))


def _day_close(put: Callable[..., None], unit: str, station: object, line: int, reading: Reading) -> None:
    """A closing of a drawer; read by its fields, so that a centre older than the kind keeps it as well."""
    body = json.loads(reading.sealed.raw)["body"]
    try:
        day = date.fromisoformat(body["day"])
        sums = [_small(int(body["shift"])), *(int(body[name]) for name in _SUMS)]
    except (KeyError, TypeError, ValueError):
        return
    put(_CLOSE, unit, station, line, reading.sealed.seq, day, *sums, _word(str(body.get("reason", ""))))


def _small(number: int) -> int:
    """A counter, held inside what its column takes."""
    return max(0, min(number, 2**31 - 1))


_SETTLED, _STOPPED, _RETURNED, _ASKED, _ANSWERED = map(
    _newest, ("settled_at", "stopped_at", "returned_at", "asked_at", "answered_at")
)
_ORDER: Iterable[str] = (
    _RECEIVED, _CORRECTED, _DUE, _SUPPLEMENT, _ASKED, _ANSWERED, _APOLOGY, _SETTLED, _STOPPED, _RETURNED,
    *(_BACK.format(column=column) for column in ("returned_at", "settled_at", "stopped_at")), _GUIDANCE, _CATALOGUE,
    _COLLECTED, _STRUCK,
    _CLOSE, *folds_voice.ORDER,
)  # fmt: skip
