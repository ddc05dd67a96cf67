"""Lists behind the ledger of the desk: months with money, payments to the treasury, tax data made, sheets of a booklet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class Remitted:
    """One payment to the treasury, in đồng; ``at`` local time."""

    remittance: str
    month: str
    at: str
    amount_vnd: int
    reference: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Tax data that was made: its day, how many rows, whether after that day."""

    data: str
    day: str
    at: str
    rows: int
    late: bool


def months(tx: ReadTx) -> tuple[str, ...]:
    """Months (2026-11) in which money came in, the newest first."""
    rows = tx.rows(
        "SELECT DISTINCT substr(account_day, 1, 7) FROM cash_move WHERE training = ? ORDER BY 1 DESC", (tx.training,)
    )
    return tuple(row[0] for row in rows)


def remittances(tx: ReadTx, *, limit: int = 24) -> tuple[Remitted, ...]:
    """The newest payments to the treasury."""
    rows = tx.rows(
        "SELECT remittance, month, remitted_at, amount_vnd, reference FROM remittance WHERE training = ?"
        " ORDER BY remitted_at DESC, remittance DESC LIMIT ?",
        (tx.training, limit),
    )
    return tuple(Remitted(*row) for row in rows)


def tax_data(tx: ReadTx, first: date, last: date) -> tuple[Sent, ...]:
    """Tax data of the days first … last, the newest first."""
    rows = tx.rows(
        "SELECT data, day, made_at, rows, late FROM tax_data WHERE training = ? AND day BETWEEN ? AND ?"
        " ORDER BY made_at DESC, data DESC",
        (tx.training, first.isoformat(), last.isoformat()),
    )
    return tuple(Sent(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows)


def tax_data_head(tx: ReadTx, data: str) -> tuple[str, str, bool, str]:
    """When tax data was made, the digest of its XML, whether late and why; data that exists."""
    row = tx.row("SELECT made_at, sha256, late, reason FROM tax_data WHERE data = ?", (data,))
    return row[0], row[1], bool(row[2]), row[3]
