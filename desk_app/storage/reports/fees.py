"""Phí, lệ phí đã thu: by kind or by day, cash and transfer, exemptions (law-and-forms §11.3).

The total is held against the receipts themselves: what the lines of all receipts add up to is what was receipted.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.report import Column, Control, Group, Kind, Report, Row, plus
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx

REPORT = Report(
    "fees",
    "Phí, lệ phí",
    (Group.KIND, Group.TIME),
    (
        Column("lines", "Số khoản thu", rule="Số dòng trên các biên lai", behind=True),
        Column("quantity", "Số lượng", rule="Số lượng ghi trên các dòng"),
        Column(
            "exempt", "Khoản được miễn, giảm", brief="Khoản miễn, giảm", rule="Số dòng có lý do miễn, giảm", behind=True
        ),
        Column("cash", "Tiền mặt", Kind.VND, rule="Thu bằng tiền mặt", width=18),
        Column("transfer", "Chuyển khoản", Kind.VND, rule="Thu bằng chuyển khoản", width=18),
        Column("collected", "Tổng thu", Kind.VND, formula=plus("cash", "transfer"), width=18),
    ),
    chart=("cash", "transfer"),
    icon="banknote",
    unit="Đồng",
    controls=(Control(("collected",), ("receipted",), "tổng thu = tổng tiền các biên lai"),),
)


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """By kind (``fee|name``) or by step of time."""
    by_time = asked.group is Group.TIME
    key, label = (asked.time_key, asked.time_key) if by_time else ("fee || '|' || name", "name")
    found = tx.rows(
        f"SELECT {key}, min({label}), sum(n), sum(quantity), sum(exempt_n),"
        " sum(iif(method = 'cash', amount_vnd, 0)), sum(iif(method = 'cash', 0, amount_vnd))"
        " FROM levy_day WHERE training = ? AND day BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
        (tx.training, asked.first, asked.last),
    )
    names = ("lines", "quantity", "exempt", "cash", "transfer")
    return tuple(Row(row[0], row[1], dict(zip(names, row[2:], strict=True))) for row in found)


def others(tx: ReadTx, asked: Asked) -> Mapping[str, int]:
    """The sum of the receipts of the period, from their own summary."""
    row = tx.row(
        "SELECT coalesce(sum(amount_vnd), 0) FROM series_day WHERE training = ? AND day BETWEEN ? AND ?",
        (tx.training, asked.first, asked.last),
    )
    return {"receipted": row[0] if row else 0}
