"""Đúng hạn, sớm hạn, số ngày: how quickly results came, and the rates that are made of it."""

from __future__ import annotations

from desk_app.domain.report import Column, Group, Kind, Rate, Report, Row, plus
from desk_app.storage.reports.work import SETTLED, Asked, sums, to_rows
from desk_app.storage.transaction import ReadTx

REPORT = Report(
    "timeliness",
    "Thời gian giải quyết hồ sơ",
    (Group.FIELD, Group.PROCEDURE, Group.OFFICER, Group.TIME),
    (
        Column("done", "Đã giải quyết", formula=plus("early", "on_time", "late")),
        Column("early", "Trước hạn", rule="Có kết quả trước ngày hẹn", behind=True),
        Column("on_time", "Đúng hạn", rule="Có kết quả trong ngày hẹn, không quá giờ hẹn", behind=True),
        Column("late", "Quá hạn", rule="Có kết quả sau giờ hẹn", behind=True),
        Column("days", "Tổng số ngày", hidden=True, rule="Số ngày lịch từ ngày nhận đến ngày có kết quả"),
        Column(
            "on_time_rate", "Tỷ lệ trước và đúng hạn", Kind.PERCENT, brief="Tỷ lệ trước, đúng hạn",
            formula=Rate(("early", "on_time"), ("done",)), spoken="trước hạn và đúng hạn chia cho đã giải quyết",
        ),
        Column("early_rate", "Tỷ lệ trước hạn", Kind.PERCENT, formula=Rate(("early",), ("done",))),
        Column(
            "mean_days", "Số ngày bình quân (ngày lịch)", Kind.MEAN, brief="Ngày bình quân",
            formula=Rate(("days",), ("done",)),
        ),
    ),
    chart=("early", "on_time", "late"),
    icon="hourglass",
    public=("done", "early", "on_time", "late", "on_time_rate"),
    unit="Số hồ sơ TTHC",
)  # fmt: skip


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """Settled in the period, by key."""
    figures = [(how, f"what = '{how}'") for how in ("early", "on_time", "late")]
    return to_rows(sums(tx, asked, (*figures, ("days", f"what IN {SETTLED}")), since=asked.first))
