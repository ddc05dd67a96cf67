"""Phí, lệ phí đã thu: by kind or by day, cash and transfer, exemptions (law-and-forms §11.3).

The total is held against the receipts themselves: what the lines of all receipts add up to is what was receipted.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.report import Column, Control, Group, Kind, Linear, Report, Row
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx

_NET = Linear(((1, "cash"), (1, "transfer"), (-1, "back")))

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
        Column(
            "back", "Hoàn, thay thế", Kind.VND, rule="Tiền trên biên lai bị thay thế hoặc xóa bỏ trong kỳ", width=18
        ),
        Column("collected", "Thực thu", Kind.VND, formula=_NET, width=18),
    ),
    chart=("collected",),
    icon="banknote",
    unit="Đồng",
    controls=(Control(("collected",), ("receipted",), "thực thu = tổng tiền sổ biên lai"),),
)


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """By kind (``fee|name``) or by step of time."""
    by_time = asked.group is Group.TIME
    key, label = (asked.time_key, asked.time_key) if by_time else ("fee || '|' || name", "name")
    found = tx.rows(
        f"SELECT {key}, min({label}), sum(n), sum(quantity), sum(exempt_n),"
        " sum(iif(method = 'cash', amount_vnd, 0)), sum(iif(method = 'cash', 0, amount_vnd)), sum(back_vnd)"
        " FROM levy_day WHERE training = ? AND day BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
        (tx.training, asked.first, asked.last),
    )
    names = ("lines", "quantity", "exempt", "cash", "transfer", "back")
    return tuple(Row(row[0], row[1], dict(zip(names, row[2:], strict=True))) for row in found)


def others(tx: ReadTx, asked: Asked) -> Mapping[str, int]:
    """What the book of receipts counted as it went: another fold, so the control can fail."""
    row = tx.row(
        "SELECT coalesce(sum(n), 0) FROM counter WHERE what = 'collected_vnd' AND training = ? AND day BETWEEN ? AND ?",
        (tx.training, asked.first, asked.last),
    )
    return {"receipted": row[0] if row else 0}
