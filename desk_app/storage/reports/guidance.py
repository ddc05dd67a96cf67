"""Hướng dẫn một lần: guidance slips, and how often a case needed more than one (law-and-forms §11.7)."""

from __future__ import annotations

from desk_app.domain.report import Column, Group, Kind, Rate, Report, Row, plus
from desk_app.storage.reports.work import Asked, sums, to_rows
from desk_app.storage.transaction import ReadTx

REPORT = Report(
    "guidance",
    "Hướng dẫn một lần",
    (Group.FIELD, Group.PROCEDURE, Group.OFFICER, Group.TIME),
    (
        Column("slips", "Phiếu hướng dẫn", formula=plus("guided_first", "guided_again")),
        Column("guided_first", "Lần đầu", rule="Phiếu đầu tiên của một người cho một thủ tục", behind=True),
        Column("guided_again", "Lần hai trở đi", rule="Phiếu thêm cho cùng người, cùng thủ tục", behind=True),
        Column("once_rate", "Tỷ lệ hướng dẫn một lần", Kind.PERCENT, formula=Rate(("guided_first",), ("slips",))),
        Column("per_case", "Số phiếu mỗi vụ việc", Kind.MEAN, formula=Rate(("slips",), ("guided_first",))),
    ),
    chart=("guided_first", "guided_again"),
    icon="info",
    unit="Số phiếu",
)


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """Slips given in the period, by key."""
    figures = [(what, f"what = '{what}'") for what in ("guided_first", "guided_again")]
    return to_rows(sums(tx, asked, figures, since=asked.first))
