"""Receipts of a day, by number, of a dossier; sums. Training receipts are counted on their own side only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desk_app.storage.rows import ReceiptItemRow, ReceiptRow
from desk_app.storage.transaction import ReadTx

_COLUMNS = (
    "r.receipt, r.line, r.training, r.form, r.symbol, r.series_id, r.number, r.payer, r.name, r.total_vnd, r.method,"
    " r.issued_at, r.series_total_vnd, r.dossiers, r.officer, r.status, r.replaced_by, r.replaces, r.happened_at,"
    " r.signed_sha256"
)
_SELECT = f"SELECT {_COLUMNS} FROM receipt r "


@dataclass(frozen=True, slots=True)
class Totals:
    """What the living receipts of one day brought, in đồng; ``ranges``: first and last number used per series."""

    count: int
    total_vnd: int
    cash_vnd: int
    transfer_vnd: int
    ranges: tuple[tuple[str, int, int], ...]


def of_day(tx: ReadTx, day: date, *, limit: int = 1000) -> tuple[ReceiptRow, ...]:
    """The receipts of a day, the newest first."""
    sql = f"{_SELECT}WHERE r.day = ? AND r.training = ? ORDER BY r.n DESC LIMIT ?"
    return tuple(map(_receipt, tx.rows(sql, (day.isoformat(), tx.training, limit))))


def get(tx: ReadTx, receipt: str) -> ReceiptRow | None:
    row = tx.row(f"{_SELECT}WHERE r.receipt = ?", (receipt,))
    return _receipt(row) if row else None


def by_number(tx: ReadTx, symbol: str, number: int) -> tuple[ReceiptRow, ...]:
    """Receipts with this number on series ``symbol``; the newest first (one a year)."""
    sql = (
        f"{_SELECT}WHERE r.number = ? AND r.symbol = ? AND r.series_id IN"
        " (SELECT series_id FROM grant_ WHERE symbol = ?) ORDER BY r.n DESC"
    )
    return tuple(map(_receipt, tx.rows(sql, (number, symbol, symbol))))


def by_series(tx: ReadTx, series_id: int, number: int) -> tuple[ReceiptRow, ...]:
    """The same by the number that stands for the series in printed codes."""
    sql = f"{_SELECT}WHERE r.series_id = ? AND r.number = ? ORDER BY r.n DESC"
    return tuple(map(_receipt, tx.rows(sql, (series_id, number))))


def of_dossier(tx: ReadTx, dossier: str) -> tuple[ReceiptRow, ...]:
    sql = (
        f"SELECT {_COLUMNS} FROM receipt_dossier d JOIN receipt r ON r.receipt = d.receipt WHERE d.dossier = ?"
        " ORDER BY r.n"
    )
    return tuple(map(_receipt, tx.rows(sql, (dossier,))))


def items(tx: ReadTx, receipt: str) -> tuple[ReceiptItemRow, ...]:
    """The lines of a receipt in their order."""
    rows = tx.rows(
        "SELECT fee, levy_kind, name, basis, quantity, unit_vnd, amount_vnd, exempt_reason, explanation"
        " FROM receipt_item WHERE receipt = ? ORDER BY item",
        (receipt,),
    )
    return tuple(ReceiptItemRow(*row) for row in rows)


def sealed_as(tx: ReadTx, receipt: str) -> str:
    """The hash of the record that issued a receipt: what its check number is made of. KeyError: no such receipt."""
    row = tx.row("SELECT r.h FROM receipt x JOIN record r ON r.pos = x.n WHERE x.receipt = ?", (receipt,))
    if row is None:
        raise KeyError(receipt)
    return str(row[0])


def signed_at(tx: ReadTx, receipt: str) -> str:
    """When a receipt was digitally signed, "" while it is not."""
    row = tx.row("SELECT signed_at FROM receipt WHERE receipt = ?", (receipt,))
    return str(row[0]) if row else ""


def transfer_reference(tx: ReadTx, receipt: str) -> str:
    """What the bank calls the transfer that paid a receipt, "" when nothing was noted."""
    row = tx.row("SELECT transfer_ref FROM receipt WHERE receipt = ?", (receipt,))
    return str(row[0]) if row else ""


def signed_data(tx: ReadTx, receipt: str) -> str:
    """SHA-256 of the XML that was signed with a receipt, "" while it is not."""
    row = tx.row("SELECT signed_data FROM receipt WHERE receipt = ?", (receipt,))
    return str(row[0]) if row else ""


def entered_at(tx: ReadTx, receipt: str) -> str:
    """When a hand-written receipt was entered: the time of its record, in Vietnam time."""
    row = tx.row("SELECT r.at FROM receipt x JOIN record r ON r.pos = x.n WHERE x.receipt = ?", (receipt,))
    moment = datetime.fromisoformat(str(row[0]).removesuffix("Z")) + timedelta(hours=7)
    return moment.isoformat(timespec="seconds")


def totals(tx: ReadTx, day: date) -> Totals:
    """Count, sums and ranges of a day."""
    rows = tx.rows(
        "SELECT symbol, sum(status = 'issued'), min(number), max(number),"
        " sum(CASE WHEN status = 'issued' THEN total_vnd ELSE 0 END),"
        " sum(CASE WHEN method = 'cash' AND status = 'issued' THEN total_vnd ELSE 0 END)"
        " FROM receipt WHERE day = ? AND training = ?"
        " GROUP BY symbol ORDER BY symbol",
        (day.isoformat(), tx.training),
    )
    total, cash = sum(row[4] for row in rows), sum(row[5] for row in rows)
    return Totals(
        sum(row[1] for row in rows), total, cash, total - cash, tuple((row[0], row[2], row[3]) for row in rows)
    )


def series_total(tx: ReadTx, symbol: str, series_id: int) -> int:
    """Everything the line written now ever took on a series, in đồng: what the next ``series_total_vnd`` builds on."""
    row = tx.row(
        "SELECT coalesce(sum(u.total_vnd), 0) FROM grant_ g JOIN series_use u ON u.grant_id = g.grant_id"
        " WHERE g.line = ? AND g.series_kind LIKE 'receipt%' AND g.series_id = ? AND g.symbol = ?",
        (tx.line.line, series_id, symbol),
    )
    return int(row[0]) if row else 0


def _receipt(row: Any) -> ReceiptRow:
    values = [row[0], row[1], bool(row[2]), *row[3:13], tuple(json.loads(row[13])), *row[14:]]
    return ReceiptRow(*values)


def last_number(tx: ReadTx, line: int) -> int:
    """The number of the newest receipt of a line; 0: it has none."""
    row = tx.row("SELECT number FROM receipt WHERE line = ? ORDER BY n DESC LIMIT 1", (line,))
    return int(row[0]) if row else 0
