"""The drawer: money in no closing yet, closings, what waits for a second person, unsigned, unsent, remitted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class Move:
    """Money that came (amount > 0) or was taken back. ``what``: issued, replaced, voided. ``fresh``: day not closed."""

    seq: int
    receipt: str
    what: str
    method: str
    amount_vnd: int
    at: str
    account_day: str
    officer: str


@dataclass(frozen=True, slots=True)
class UsedSeries:
    """Numbers of one series used by open receipts up to a day."""

    form: str
    symbol: str
    series_id: int
    first: int
    last: int
    count: int
    sum_vnd: int
    struck: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UndoRow:
    """What undid a receipt or noted an error; ``kind``: replaced, voided, noted; ``second`` "": waits for the head."""

    undo: str
    kind: str
    receipt: str
    new: str
    symbol: str
    number: int
    at: str
    reason: str
    note: str
    refund_vnd: int
    extra_vnd: int
    sheets: int
    officer: str
    second: str
    tax_data: str


@dataclass(frozen=True, slots=True)
class CloseRow:
    """A closing with its whole body (``DayClosed``); ``second`` as it is known now."""

    closing: str
    line: int
    day: str
    shift: int
    closed_at: str
    ends_day: bool
    body: dict[str, Any]
    cash_vnd: int
    transfer_vnd: int
    difference_vnd: int
    through_seq: int
    officer: str
    second: str


@dataclass(frozen=True, slots=True)
class WaitingSecond:
    """What an officer did alone."""

    task: str
    what: str
    at: str
    officer: str


_UNDO = (
    "SELECT undo, kind, receipt, new, symbol, number, at, reason, note, refund_vnd, extra_vnd, sheets, officer, second,"
    " tax_data FROM undo "
)
_CLOSE = (
    "SELECT closing, line, day, shift, closed_at, ends_day, body, cash_vnd, transfer_vnd, difference_vnd, through_seq,"
    " officer, second FROM day_close "
)


def open_moves(tx: ReadTx) -> tuple[Move, ...]:
    """Money of the line written now that is in no closing, in order."""
    rows = tx.rows(
        "SELECT seq, receipt, what, method, amount_vnd, at, account_day, officer FROM cash_move"
        " WHERE line = ? AND closing = '' ORDER BY n",
        (tx.line.line,),
    )
    return tuple(Move(*row) for row in rows)


def moves_of(tx: ReadTx, closing: str) -> tuple[Move, ...]:
    """The money of one closing, in order."""
    rows = tx.rows(
        "SELECT seq, receipt, what, method, amount_vnd, at, account_day, officer FROM cash_move WHERE closing = ?"
        " ORDER BY n",
        (closing,),
    )
    return tuple(Move(*row) for row in rows)


def open_account_days(tx: ReadTx) -> tuple[str, ...]:
    """The days that open money counts for, the oldest first, as folded: a postponed one names the day after."""
    rows = tx.rows(
        "SELECT DISTINCT account_day || CASE WHEN account_day > substr(at, 1, 10) THEN '+' ELSE '' END FROM cash_move"
        " WHERE line = ? AND closing = '' ORDER BY 1",
        (tx.line.line,),
    )
    return tuple(row[0] for row in rows)


def used_series(tx: ReadTx, day: str) -> tuple[UsedSeries, ...]:
    """First and last number, count and gross sum of the receipts that a closing of ``day`` takes in."""
    rows = tx.rows(
        "SELECT r.form, r.symbol, r.series_id, min(r.number), max(r.number), count(*), sum(r.total_vnd)"
        " FROM cash_move m JOIN receipt r ON r.receipt = m.receipt"
        " WHERE m.line = ? AND m.closing = '' AND m.what = 'issued' AND m.account_day <= ?"
        " GROUP BY r.form, r.symbol, r.series_id ORDER BY r.symbol, r.series_id",
        (tx.line.line, day),
    )
    return tuple(UsedSeries(*[*row, _struck(tx, row[1], row[2], day)]) for row in rows)


def _struck(tx: ReadTx, symbol: str, series_id: int, day: str) -> tuple[int, ...]:
    rows = tx.rows(
        "SELECT r.number FROM cash_move m JOIN receipt r ON r.receipt = m.receipt WHERE m.line = ? AND m.closing = ''"
        " AND m.what <> 'issued' AND m.account_day <= ? AND r.symbol = ? AND r.series_id = ? ORDER BY r.number",
        (tx.line.line, day, symbol, series_id),
    )
    return tuple(row[0] for row in rows)


def sums(tx: ReadTx, day: str, by: str) -> tuple[tuple[str, int, int], ...]:
    """Net cash and transfer of a closing of ``day``, by ``officer`` or by ``fee`` (the name on the receipt)."""
    where = " WHERE m.line = ? AND m.closing = '' AND m.account_day <= ? GROUP BY 1 ORDER BY 1"
    if by == "officer":
        sql = (
            "SELECT m.officer, sum(CASE WHEN m.method = 'cash' THEN m.amount_vnd ELSE 0 END),"
            " sum(CASE WHEN m.method = 'cash' THEN 0 ELSE m.amount_vnd END) FROM cash_move m" + where
        )
    else:
        amount = "i.amount_vnd * CASE WHEN m.amount_vnd < 0 THEN -1 ELSE 1 END"
        sql = (
            f"SELECT i.name, sum(CASE WHEN m.method = 'cash' THEN {amount} ELSE 0 END),"
            f" sum(CASE WHEN m.method = 'cash' THEN 0 ELSE {amount} END)"
            " FROM cash_move m JOIN receipt_item i ON i.receipt = m.receipt" + where
        )
    return tuple((row[0], row[1], row[2]) for row in tx.rows(sql, (tx.line.line, day)))


def gaps(tx: ReadTx) -> tuple[str, ...]:
    """Symbols of ranges of this line whose numbers used are not exactly first … last: none, ever."""
    rows = tx.rows(
        "SELECT g.symbol FROM grant_ g JOIN series_use u ON u.grant_id = g.grant_id WHERE g.line = ?"
        " AND g.series_kind LIKE 'receipt%' AND u.used <> u.last_number - g.first + 1",
        (tx.line.line,),
    )
    return tuple(row[0] for row in rows)


def numbers_left(tx: ReadTx, series_kind: str, year: str) -> tuple[tuple[str, int], ...]:
    """How many numbers of each symbol this line still has."""
    rows = tx.rows(
        "SELECT g.symbol, sum(g.last - coalesce(u.last_number, g.first - 1)) FROM grant_ g LEFT JOIN series_use u"
        " ON u.grant_id = g.grant_id AND u.period_key = CASE g.period WHEN 'year' THEN ? ELSE '' END"
        " WHERE g.line = ? AND g.series_kind = ? GROUP BY g.symbol ORDER BY g.symbol",
        (year, tx.line.line, series_kind),
    )
    return tuple((row[0], row[1]) for row in rows)


def last_close(tx: ReadTx) -> CloseRow | None:
    """The newest closing of the line written now."""
    row = tx.row(f"{_CLOSE}WHERE line = ? ORDER BY n DESC LIMIT 1", (tx.line.line,))
    return _close(row) if row else None


def closing(tx: ReadTx, id: str) -> CloseRow | None:
    row = tx.row(f"{_CLOSE}WHERE closing = ?", (id,))
    return _close(row) if row else None


def closings(tx: ReadTx, first: date, last: date) -> tuple[CloseRow, ...]:
    """Closings of a period, in order."""
    rows = tx.rows(
        f"{_CLOSE}WHERE day BETWEEN ? AND ? AND training = ? ORDER BY day, n",
        (first.isoformat(), last.isoformat(), tx.training),
    )
    return tuple(map(_close, rows))


def shifts(tx: ReadTx, day: str) -> int:
    """How many closings the line's drawer has had on ``day``."""
    return int(tx.row("SELECT count(*) FROM day_close WHERE line = ? AND day = ?", (tx.line.line, day))[0])


def day_ended(tx: ReadTx, day: str) -> bool:
    """Whether the book of ``day`` or a later one is closed for good."""
    sql = "SELECT 1 FROM day_close WHERE line = ? AND day >= ? AND ends_day = 1 LIMIT 1"
    return tx.row(sql, (tx.line.line, day)) is not None


def undo(tx: ReadTx, id: str) -> UndoRow | None:
    row = tx.row(f"{_UNDO}WHERE undo = ?", (id,))
    return UndoRow(*row) if row else None


def undos_of(tx: ReadTx, receipt: str) -> tuple[UndoRow, ...]:
    """What happened to a receipt, in order."""
    return tuple(UndoRow(*row) for row in tx.rows(f"{_UNDO}WHERE receipt = ? ORDER BY n", (receipt,)))


def waiting(tx: ReadTx) -> tuple[WaitingSecond, ...]:
    """What waits for the head, the oldest first."""
    rows = tx.rows(
        "SELECT task, what, at, officer FROM waiting_second WHERE training = ? ORDER BY at, task", (tx.training,)
    )
    return tuple(WaitingSecond(*row) for row in rows)


def unsigned(tx: ReadTx, *, limit: int = 200) -> tuple[tuple[str, int], ...]:
    """Electronic receipts of this line without a signature: id and number, the oldest first."""
    rows = tx.rows(
        "SELECT receipt, number FROM receipt WHERE signed_sha256 = '' AND line = ? AND form LIKE 'EBL%'"
        " ORDER BY n LIMIT ?",
        (tx.line.line, limit),
    )
    return tuple((row[0], row[1]) for row in rows)


def untaxed(tx: ReadTx) -> tuple[tuple[str, str, str], ...]:
    """Electronic receipts and what was done to them not yet in tax data: (row id, receipt, kind), in order."""
    rows = tx.rows(
        "SELECT receipt, receipt, 'issued', issued_at, n FROM receipt WHERE tax_data = '' AND form LIKE 'EBL%'"
        " AND line = ? UNION ALL"
        " SELECT u.undo, u.receipt, u.kind, u.at, r.n FROM undo u JOIN receipt r ON r.receipt = u.receipt"
        " WHERE u.tax_data = '' AND u.kind <> 'voided' AND r.form LIKE 'EBL%' AND u.line = ? ORDER BY 4, 5",
        (tx.line.line, tx.line.line),
    )
    return tuple((row[0], row[1], row[2]) for row in rows)


def collected_in(tx: ReadTx, first: str, last: str) -> int:
    """Net money of all days first … last, in đồng."""
    row = tx.row(
        "SELECT coalesce(sum(amount_vnd), 0) FROM cash_move WHERE account_day BETWEEN ? AND ? AND training = ?",
        (first, last, tx.training),
    )
    return int(row[0])


def remitted_total(tx: ReadTx, month: str = "") -> int:
    """What was remitted, of one month or of all."""
    row = tx.row(
        "SELECT coalesce(sum(amount_vnd), 0) FROM remittance WHERE training = ? AND (? = '' OR month = ?)",
        (tx.training, month, month),
    )
    return int(row[0])


def remittance(tx: ReadTx, id: str) -> tuple[str, str, int, int, int, str, str, str] | None:
    """Month, time, amount, collected, balance, account, reference, officer of one remittance."""
    row = tx.row(
        "SELECT month, remitted_at, amount_vnd, collected_vnd, balance_vnd, account, reference, officer FROM remittance"
        " WHERE remittance = ?",
        (id,),
    )
    return tuple(row) if row else None


def _close(row: Any) -> CloseRow:
    values = [*row[:5], bool(row[5]), json.loads(row[6]), *row[7:]]
    return CloseRow(*values)
