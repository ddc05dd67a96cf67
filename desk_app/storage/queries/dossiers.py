"""Lists of dossiers, search, and one dossier with all that belongs to it."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Literal

from desk_app.storage.queries import papers, receipts
from desk_app.storage.rows import DOSSIER_COLUMNS, DossierDetail, DossierRow, EventRow, dossier_row, marks
from desk_app.storage.search_key import match as match_text
from desk_app.storage.search_key import words
from desk_app.storage.tables import OPEN_STATES
from desk_app.storage.transaction import ReadTx

Filter = Literal["all", "open", "overdue", "today", "waiting", "ready"]
FILTERS: tuple[Filter, ...] = ("all", "open", "overdue", "today", "waiting", "ready")

#: Where a page ended: the sorting text ("" where arrival alone sorts) and ``n``.
Keyset = tuple[str, int]

_SELECT = f"SELECT {DOSSIER_COLUMNS} FROM dossier "
_ALL = "n > 0"
#: The clock runs; in the others (supplement, payment, withdrawal) the citizen is waited for.
_RUNS = "state IN (2, 4)"


#: First and last day of receipt, both included.
Period = tuple[date, date]


def find(
    tx: ReadTx,
    text: str,
    *,
    filter: Filter = "all",
    now: datetime,
    after: Keyset | None = None,
    limit: int = 50,
    period: Period | None = None,
) -> tuple[DossierRow, ...]:
    """A page of dossiers that match ``text`` (names without marks, ends of codes, telephone, card, slip) and filter.

    Text sorts the newest first; without text: all newest first, ready by day of result, the others by due date.
    """
    where, values = _within(tx, *_condition(filter, now), period)
    if text.strip():
        return _search(tx, text, where, values, after, limit)
    column = _order(filter)
    if column == "n":
        bound, order = "n < ?", "n DESC"
        start: tuple[object, ...] = (after[1] if after else 2**62,)
    else:
        bound, order = f"({column}, n) > (?, ?)", f"{column}, n"
        start = after or ("", 0)
    sql = f"{_SELECT}WHERE {where} AND {bound} AND training = ? ORDER BY {order} LIMIT ?"
    return tuple(map(dossier_row, tx.rows(sql, (*values, *start, tx.training, limit))))


def of_procedures(
    tx: ReadTx,
    procedures: tuple[str, ...],
    *,
    filter: Filter = "all",
    now: datetime,
    after: Keyset | None = None,
    limit: int = 50,
    period: Period | None = None,
) -> tuple[DossierRow, ...]:
    """A page of the dossiers of some procedures inside a filter, the newest first; each procedure by its own index."""
    where, values = _within(tx, *_condition(filter, now), period)
    column = "n" if filter == "all" else "+n"  # inside a filter its own index is the shorter one
    sql = f"{_SELECT}WHERE {where} AND {column} < ? AND procedure = ? AND training = ? ORDER BY {column} DESC LIMIT ?"
    start = after[1] if after else 2**62
    found = [row for p in procedures for row in tx.rows(sql, (*values, start, p, tx.training, limit))]
    return tuple(map(dossier_row, sorted(found, key=lambda row: -row[0])[:limit]))


def keyset(row: DossierRow, filter: Filter, *, text: str = "") -> Keyset:
    """Where the page that ends with ``row`` goes on."""
    column = "n" if text.strip() else _order(filter)
    return {"due_key": row.due_at or "9999", "settled_at": row.settled_at}.get(column, ""), row.n


def counts(tx: ReadTx, now: datetime) -> dict[Filter, int]:
    """How many dossiers stand under each filter."""
    found: dict[Filter, int] = {}
    for filter in FILTERS[1:]:
        where, values = _condition(filter, now)
        row = tx.row(f"SELECT count(*) FROM dossier WHERE {where} AND training = ?", (*values, tx.training))
        found[filter] = row[0] if row else 0
    row = tx.row("SELECT n FROM counter WHERE day = '' AND what = 'dossiers' AND training = ?", (tx.training,))
    return {"all": row[0] if row else 0, **found}


def get(tx: ReadTx, dossier: str) -> DossierRow | None:
    return _one(tx, "dossier = ?", dossier)


def by_code(tx: ReadTx, code: str) -> DossierRow | None:
    """The dossier of a whole code, on the side (real or training) that is written now."""
    row = tx.row(f"{_SELECT}WHERE code = ? AND training = ? ORDER BY n DESC LIMIT 1", (code, tx.training))
    return dossier_row(row) if row else None


def by_slip_code(tx: ReadTx, slip_code: str) -> DossierRow | None:
    """By the digits on the acceptance slip."""
    return _one(tx, "slip_code = ?", slip_code)


def by_last4(tx: ReadTx, last4: str, now: datetime, *, limit: int = 20) -> tuple[DossierRow, ...]:
    """By the serial of the day, the last 4 digits of the code: today's first, then the newest."""
    rows = tx.rows(f"{_SELECT}WHERE last4 = ? AND training = ? ORDER BY n DESC LIMIT ?", (last4, tx.training, limit))
    today = now.date().isoformat()
    found = sorted(map(dossier_row, rows), key=lambda row: not row.received_at.startswith(today))
    return tuple(found)


def of_person(tx: ReadTx, id_number: str, *, limit: int = 50) -> tuple[DossierRow, ...]:
    """A person's dossiers by card or paper number, the newest first."""
    if not id_number:
        return ()
    sql = f"{_SELECT}WHERE id_number = ? AND id_number <> '' AND training = ? ORDER BY n DESC LIMIT ?"
    return tuple(map(dossier_row, tx.rows(sql, (id_number, tx.training, limit))))


def open_same_procedure(tx: ReadTx, id_number: str, procedure: str) -> DossierRow | None:
    """A dossier of the person for the same procedure that is still open (TN-07); the newest."""
    sql = (
        f"{_SELECT}WHERE id_number = ? AND id_number <> '' AND procedure = ? AND {OPEN_STATES} AND training = ?"
        " ORDER BY n DESC LIMIT 1"
    )
    row = tx.row(sql, (id_number, procedure, tx.training)) if id_number else None
    return dossier_row(row) if row else None


def visits(tx: ReadTx, id_number: str) -> int:
    """On how many days a person handed something in here or was guided."""
    if not id_number:
        return 0
    row = tx.row(
        "SELECT count(*) FROM (SELECT substr(received_at, 1, 10) FROM dossier WHERE id_number = ? AND id_number <> ''"
        " AND training = ? UNION SELECT substr(given_at, 1, 10) FROM guidance WHERE id_number = ? AND id_number <> ''"
        " AND training = ?)",
        (id_number, tx.training, id_number, tx.training),
    )
    return int(row[0]) if row else 0


def detail(tx: ReadTx, dossier: str) -> DossierDetail | None:
    """One dossier with its steps in order, receipts and papers (those of its receipts and guidance slip too)."""
    row = get(tx, dossier)
    if row is None:
        return None
    rest = tx.row(
        "SELECT line, symbol, number, book, entry_no, answers, marks, applicant, submitter, term_value, term_unit,"
        " calendar, outcome, result_no, certification_book, certification_no, receiver, sets, result_channel, guidance,"
        " external_code FROM dossier WHERE n = ?",
        (row.n,),
    )
    assert rest is not None
    events = tx.rows("SELECT at, kind, actor, note FROM dossier_event WHERE dossier = ? ORDER BY pos", (dossier,))
    paid = receipts.of_dossier(tx, dossier)
    later = [
        row[0] for row in tx.rows("SELECT slip FROM slip WHERE dossier = ? AND dossier <> '' ORDER BY n", (dossier,))
    ]
    about = (dossier, *(receipt.receipt for receipt in paid), *((rest[19],) if rest[19] else ()), *later)
    values = [row, *rest[:5], json.loads(rest[5]), marks(rest[6]), *rest[7:]]
    timeline = tuple(EventRow(at, kind, actor, json.loads(note)) for at, kind, actor, note in events)
    kept = tuple(paper for id in about for paper in papers.of(tx, id))
    return DossierDetail(*[*values, timeline, paid, kept])


def people(tx: ReadTx, dossier: str) -> tuple[str, str]:
    """The subjects of a dossier: applicant, submitter ("" = handed in by the applicant himself)."""
    row = tx.row("SELECT applicant, submitter FROM dossier WHERE dossier = ?", (dossier,))
    return (str(row[0]), str(row[1])) if row else ("", "")


def _one(tx: ReadTx, where: str, value: str) -> DossierRow | None:
    row = tx.row(f"{_SELECT}WHERE {where} ORDER BY n DESC LIMIT 1", (value,))
    return dossier_row(row) if row else None


def _search(
    tx: ReadTx, text: str, where: str, values: tuple[object, ...], after: Keyset | None, limit: int
) -> tuple[DossierRow, ...]:
    if text.strip().isdecimal() and len(text.strip()) >= 18:  # the digits of a slip
        row = by_slip_code(tx, text.strip())
        return (row,) if row else ()
    query = match_text(text)
    if not query:
        return ()
    start = after[1] if after else 2**62
    if not where.startswith(_ALL):
        return _search_few(tx, text, where, (*values, start), limit)
    # CROSS JOIN keeps the order of the loops: words first, newest first, and it ends after ``limit`` rows.
    sql = (
        f"SELECT {DOSSIER_COLUMNS} FROM dossier_search s CROSS JOIN dossier ON n = s.rowid"
        f" WHERE s.dossier_search MATCH ? AND s.rowid < ? AND {where} AND training = ?"
        " ORDER BY s.rowid DESC LIMIT ?"
    )
    return tuple(map(dossier_row, tx.rows(sql, (query, start, *values, tx.training, limit))))


def _search_few(tx: ReadTx, text: str, where: str, values: tuple[object, ...], limit: int) -> tuple[DossierRow, ...]:
    """Search inside a filter: its index holds few rows and their words, so it is read whole and nothing else is.

    ``+n`` keeps the planner from walking the whole table in the order that is asked for.
    """
    *whole, last = words(text)[:12]
    if text[-1:].isspace():
        whole, last = [*whole, last], ""
    needles = [f" {word} " for word in whole] + ([f" {last}"] if last else [])
    holds = " AND ".join(["instr(' ' || search_key || ' ', ?) > 0"] * len(needles))
    found = f"SELECT n FROM dossier WHERE {where} AND +n < ? AND training = ? AND {holds} ORDER BY +n DESC LIMIT ?"
    sql = f"{_SELECT}WHERE n IN ({found}) ORDER BY n DESC"
    return tuple(map(dossier_row, tx.rows(sql, (*values, tx.training, *needles, limit))))


def _within(
    tx: ReadTx, where: str, values: tuple[object, ...], period: Period | None
) -> tuple[str, tuple[object, ...]]:
    """The condition with a period of receipt. ``n`` rises with arrival, so the period is a stretch of ``n`` first."""
    if period is None:
        return where, values
    first, end = period[0].isoformat(), period[1].isoformat() + "U"
    row = tx.row("SELECT min(n), max(n) FROM dossier WHERE received_at >= ? AND received_at < ?", (first, end))
    low, high = (row[0], row[1]) if row and row[0] is not None else (0, -1)
    limits = "n BETWEEN ? AND ? AND received_at >= ? AND received_at < ?"
    limits = limits if where == _ALL else f"+{limits}"
    return f"{where} AND {limits}", (*values, low, high, first, end)


def _order(filter: Filter) -> str:
    match filter:
        case "all":
            return "n"
        case "ready":
            return "settled_at"
        case _:
            return "due_key"


def _condition(filter: Filter, now: datetime) -> tuple[str, tuple[object, ...]]:
    moment = now.replace(tzinfo=None).isoformat(timespec="seconds")
    match filter:
        case "open":
            return f"{OPEN_STATES} AND due_key > ''", ()
        case "overdue":
            return f"{OPEN_STATES} AND {_RUNS} AND due_key < ?", (moment,)
        case "today":
            return f"{OPEN_STATES} AND {_RUNS} AND due_key BETWEEN ? AND ?", (moment, moment[:10] + "T99")
        case "waiting":
            return f"{OPEN_STATES} AND state IN (5, 6, 7) AND due_key > ''", ()
        case "ready":
            return "state = 9 AND settled_at > ''", ()
        case _:
            return _ALL, ()
