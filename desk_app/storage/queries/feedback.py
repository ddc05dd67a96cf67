"""Feedback: lists under the traffic light, one whole, by slip, and the recent texts for the hint of similar ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from desk_app.storage.search_key import fold
from desk_app.storage.transaction import ReadTx

Filter = Literal["open", "overdue", "transferred", "answered", "information", "all"]
FILTERS: tuple[str, ...] = get_args(Filter)
_COLUMNS = (
    "n, feedback, code, slip_code, symbol, number, channel, person, name, text, secret, dossier, procedure, against,"
    " scans, sheets, read_back, received_at, transfer_by, answer_by, due_key, extended, class, state, handler, refer_to,"
    " sent_at, sent_symbol, sent_number, notice_symbol, notice_number, basis, verdict, reply, reply_symbol,"
    " reply_number, closed_at, published_at, publication, missing, officer, sent_public_at, letter, refusal_symbol,"
    " refusal_number, extension_symbol, extension_number"
)
_WHERE = {
    "open": "due_key <> ''",
    "overdue": "due_key <> '' AND due_key < :today",
    "transferred": "state = 'transferred'",
    "answered": "state IN ('answered', 'published')",
    "information": "state IN ('information', 'not_accepted')",
    "all": "1",
}


@dataclass(frozen=True, slots=True, repr=False)
class FeedbackRow:
    """One feedback as folded. Days are ISO days, times local stamps, "" = not yet; ``name`` is "" when secret."""

    n: int
    feedback: str
    code: str
    slip_code: str
    symbol: str
    number: int
    channel: str
    person: str
    name: str
    text: str
    secret: bool
    dossier: str
    procedure: str
    against: tuple[str, ...]
    scans: tuple[Mapping[str, Any], ...]
    sheets: int
    read_back: bool
    received_at: str
    transfer_by: str
    answer_by: str
    due_key: str
    extended: bool
    feedback_class: str
    state: str
    handler: str
    refer_to: str
    sent_at: str
    sent_symbol: str
    sent_number: int
    notice_symbol: str
    notice_number: int
    basis: tuple[Mapping[str, str], ...]
    verdict: str
    reply: str
    reply_symbol: str
    reply_number: int
    closed_at: str
    published_at: str
    publication: str
    missing: tuple[str, ...]
    officer: str
    sent_public_at: str
    letter: str
    refusal_symbol: str
    refusal_number: int
    extension_symbol: str
    extension_number: int

    def __repr__(self) -> str:
        return f"FeedbackRow({self.code or self.feedback}, {self.state}, …)"


@dataclass(frozen=True, slots=True)
class FeedbackEvent:
    """One step of its way."""

    at: str
    kind: str
    actor: str
    note: Mapping[str, Any]


def get(tx: ReadTx, feedback: str) -> FeedbackRow | None:
    return _row(tx.row(f"SELECT {_COLUMNS} FROM feedback WHERE feedback = ?", (feedback,)))


def by_slip(tx: ReadTx, slip_code: str) -> FeedbackRow | None:
    """The one whose slip a citizen shows."""
    return _row(tx.row(f"SELECT {_COLUMNS} FROM feedback WHERE slip_code = ? ORDER BY n DESC LIMIT 1", (slip_code,)))


def find(tx: ReadTx, filter: str, text: str, today: str, limit: int = 200) -> tuple[FeedbackRow, ...]:
    """Under a filter, the nearest day first; ``text``: part of the code or of a name that is not secret."""
    where = _WHERE[filter if filter in _WHERE else "open"].replace(":today", "?")
    parameters: list[Any] = [today] if "?" in where else []
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM feedback WHERE training = ? AND {where}"
        " ORDER BY due_key = '', CASE WHEN due_key = '' THEN -n ELSE 0 END, due_key, n LIMIT ?",
        (tx.training, *parameters, 2_000 if text else limit),
    )
    found = [row for row in map(_row, rows) if row is not None]
    key = fold(text)
    if key:
        found = [row for row in found if key in fold(row.code) or (row.name and key in fold(row.name))]
    return tuple(found[:limit])


def counts(tx: ReadTx, today: str) -> dict[str, int]:
    """How many stand under each filter."""
    found = {}
    for name, where in _WHERE.items():
        sql = where.replace(":today", "?")
        parameters = (tx.training, today) if "?" in sql else (tx.training,)
        found[name] = int(tx.row(f"SELECT count(*) FROM feedback WHERE training = ? AND {sql}", parameters)[0])
    return found


def published(tx: ReadTx, since: str) -> tuple[FeedbackRow, ...]:
    """What was made public since an ISO day, the newest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM feedback WHERE training = ? AND state = 'published' AND published_at >= ?"
        " ORDER BY published_at DESC, n DESC",
        (tx.training, since),
    )
    return tuple(row for row in map(_row, rows) if row is not None)


def of_letter(tx: ReadTx, letter: str) -> tuple[FeedbackRow, ...]:
    """Everything that one letter was split into, in the order of the book; ``letter``: the first of them."""
    if not letter:
        return ()
    rows = tx.rows(f"SELECT {_COLUMNS} FROM feedback WHERE letter = ? ORDER BY n", (letter,))
    return tuple(row for row in map(_row, rows) if row is not None)


def recent(tx: ReadTx, since: str, limit: int = 200) -> tuple[FeedbackRow, ...]:
    """The newest in the book since a local stamp, for the hint of similar ones."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM feedback WHERE training = ? AND code <> '' AND received_at >= ?"
        " ORDER BY n DESC LIMIT ?",
        (tx.training, since, limit),
    )
    return tuple(row for row in map(_row, rows) if row is not None)


def of_days(tx: ReadTx, first: str, last: str) -> tuple[FeedbackRow, ...]:
    """Everything in the book between two days, in order of arrival: the pages of the book."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM feedback WHERE training = ? AND code <> '' AND substr(received_at, 1, 10)"
        " BETWEEN ? AND ? ORDER BY n",
        (tx.training, first, last),
    )
    return tuple(row for row in map(_row, rows) if row is not None)


def events(tx: ReadTx, feedback: str) -> tuple[FeedbackEvent, ...]:
    rows = tx.rows("SELECT at, kind, actor, note FROM feedback_event WHERE feedback = ? ORDER BY pos", (feedback,))
    return tuple(FeedbackEvent(at, kind, actor, json.loads(note)) for at, kind, actor, note in rows)


def _row(row: Any) -> FeedbackRow | None:
    if row is None:
        return None
    v = list(row)
    v[10], v[16], v[21] = bool(v[10]), bool(v[16]), bool(v[21])
    for at in (13, 14, 31, 39):
        v[at] = tuple(json.loads(v[at]))
    return FeedbackRow(*v)
