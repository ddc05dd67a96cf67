"""The rows of the two books: the dossier register of any period, the certification book of any volume."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk_app.storage.rows import DOSSIER_COLUMNS, DossierRow, dossier_row
from desk_app.storage.transaction import ReadTx

_PAGE = 1000
_MORE = "book, entry_no, sets, result_channel, receiver, applicant, answers, certification_book, certification_no"
_COLUMNS = f"{DOSSIER_COLUMNS}, {_MORE}"


@dataclass(frozen=True, slots=True)
class BookRow:
    """A dossier with what only the books print. ``applicant``: the subject, whose address is asked apart."""

    row: DossierRow
    book: str
    entry_no: int
    sets: int
    result_channel: str
    receiver: str
    applicant: str
    answers: dict[str, Any]
    certification_book: str
    certification_no: int


def register(tx: ReadTx, first: date, last: date) -> Iterator[BookRow]:
    """Dossiers taken in during a period, both days included, in the order of receipt; read page by page."""
    sql = (
        f"SELECT {_COLUMNS} FROM dossier WHERE (received_at, n) > (?, ?) AND received_at < ? AND training = ?"
        " ORDER BY received_at, n LIMIT ?"
    )
    after: tuple[str, int] = (first.isoformat(), 0)
    while True:
        rows = tx.rows(sql, (*after, last.isoformat() + "U", tx.training, _PAGE))
        for row in rows:
            found = _book(row)
            after = (found.row.received_at, found.row.n)
            yield found
        if len(rows) < _PAGE:
            return


def certifications(tx: ReadTx, book: str, first: int = 1, last: int = 10**8) -> tuple[BookRow, ...]:
    """The acts of one volume of the certification book by number."""
    sql = (
        f"SELECT {_COLUMNS} FROM dossier WHERE certification_no > 0 AND certification_book = ?"
        " AND certification_no BETWEEN ? AND ? AND training = ? ORDER BY certification_no"
    )
    return tuple(map(_book, tx.rows(sql, (book, first, last, tx.training))))


def certification_books(tx: ReadTx) -> tuple[tuple[str, int], ...]:
    """Every volume with its last number."""
    sql = (
        "SELECT certification_book, max(certification_no) FROM dossier WHERE certification_no > 0 AND training = ?"
        " GROUP BY certification_book ORDER BY certification_book"
    )
    return tuple((row[0], row[1]) for row in tx.rows(sql, (tx.training,)))


def _book(row: Any) -> BookRow:
    base, rest = row[:29], row[29:]
    values = [dossier_row(base), *rest[:6], json.loads(rest[6]), *rest[7:]]
    return BookRow(*values)
