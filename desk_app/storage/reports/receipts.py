"""Sử dụng biên lai: numbers used of every granted range, what is missing between, what is left (law-and-forms §11.3)."""

from __future__ import annotations

from desk_app.domain.report import Column, Group, Kind, Linear, Report, Row
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx

REPORT = Report(
    "receipts",
    "Sử dụng biên lai",
    (Group.SERIES,),
    (
        Column("form", "Mẫu số", Kind.TEXT, rule="Ký hiệu mẫu biên lai"),
        Column("first", "Từ số", Kind.NUMBER, rule="Số nhỏ nhất dùng trong kỳ"),
        Column("last", "Đến số", Kind.NUMBER, rule="Số lớn nhất dùng trong kỳ"),
        Column("used", "Đã dùng", rule="Số biên lai lập trong kỳ", behind=True),
        Column("struck", "Thay thế, xóa bỏ", rule="Số biên lai bị thay thế hoặc xóa bỏ trong kỳ"),
        Column("missing", "Số bị thiếu", formula=Linear(((1, "last"), (-1, "first"), (-1, "used")), 1)),
        Column("left", "Còn lại", rule="Số chưa dùng của dải số đến nay"),
        Column("amount", "Số tiền", Kind.VND, rule="Tổng tiền các biên lai", width=18),
    ),
    chart=("used",),
    icon="receipt-text",
    unit="Số biên lai",
)


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """One row for each granted range that was used in the period."""
    found = tx.rows(
        "SELECT s.grant_id, s.symbol, s.form, min(nullif(s.first_number, 0)), max(s.last_number), sum(s.n), sum(s.amount_vnd),"
        " sum(s.struck_n), g.first, g.last,"
        " coalesce((SELECT max(u.last_number) FROM series_use u WHERE u.grant_id = s.grant_id), g.first - 1)"
        " FROM series_day s LEFT JOIN grant_ g ON g.grant_id = s.grant_id"
        " WHERE s.training = ? AND s.day BETWEEN ? AND ? GROUP BY 1, 2, 3 ORDER BY 2, 4",
        (tx.training, asked.first, asked.last),
    )
    out = []
    for grant, symbol, form, first, last, used, amount, struck, from_, to, reached in found:
        label = f"{symbol} ({from_}–{to})" if from_ is not None else symbol
        figures = {"form": form, "first": first or 0, "last": last, "used": used, "struck": struck, "amount": amount}
        out.append(Row(grant, label, figures | {"left": to - reached if to is not None else 0}))
    return tuple(out)
