"""Danh sách quá hạn: every dossier whose promise is broken: still open, or settled late in the period (§11.6).

No names: the list is printed and exported, and the code finds the person at the desk.
"""

from __future__ import annotations

from datetime import date

from desk_app.domain.report import Column, Group, Kind, Report, Row
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx

LIMIT = 1000
_WHAT = "d.dossier, d.code, d.procedure, d.received_at, {due}, d.settled_at, d.apologies, d.new_day"
#: A promise that was broken at the end of the days asked for: by what held then, whatever holds now.
_BROKEN = (
    f"SELECT {_WHAT.format(due='p.due_at')} FROM promise p JOIN dossier d ON d.dossier = p.dossier"
    " WHERE {held} AND p.due_at < ? AND p.since <= ? AND p.training = ? ORDER BY p.due_at LIMIT ?"
)
_LATE = (
    f"SELECT {_WHAT.format(due='d.due_at')} FROM dossier d WHERE d.closed_at <> '' AND d.closed_at BETWEEN ? AND ?"
    " AND d.due_at <> '' AND d.settled_at > d.due_at AND d.training = ? ORDER BY d.closed_at LIMIT ?"
)

REPORT = Report(
    "overdue",
    "Hồ sơ quá hạn",
    (Group.DOSSIER,),
    (
        Column("procedure", "Thủ tục", Kind.TEXT, width=40),
        Column("received", "Ngày nhận", Kind.TEXT),
        Column("due", "Hẹn trả", Kind.TEXT),
        Column("settled", "Có kết quả", Kind.TEXT, rule="Ngày có kết quả; trống: chưa có"),
        Column("again", "Hẹn lại", Kind.TEXT, rule="Ngày hẹn lại trên phiếu xin lỗi gần nhất"),
        Column("apologies", "Phiếu xin lỗi", rule="Số phiếu xin lỗi đã gửi"),
        Column("owing", "Chưa xin lỗi", rule="1: quá hạn mà chưa có phiếu xin lỗi nào"),
        Column(
            "late_days", "Số ngày trễ (ngày lịch)", brief="Số ngày trễ",
            rule="Từ ngày hẹn đến ngày có kết quả, hoặc đến nay",
        ),
    ),
    chart=("late_days",),
    icon="octagon-x",
    unit="Số ngày",
)  # fmt: skip


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """The oldest promise first; at most ``LIMIT`` of either sort."""
    moment = asked.now.replace(tzinfo=None).isoformat(timespec="seconds")
    end = min(moment, asked.last + "T99")
    broken = (end, end, tx.training, LIMIT)
    found = [
        *tx.rows(_BROKEN.format(held="p.until = ''"), broken),
        *tx.rows(_BROKEN.format(held="p.until > ?"), (end, *broken)),
        *tx.rows(_LATE, (asked.first, asked.last + "T99", tx.training, LIMIT)),
    ]
    return tuple(_row(asked, *row) for row in sorted(found, key=lambda row: (row[4], row[1])))


def _row(
    asked: Asked, dossier: str, code: str, procedure: str, received: str, due: str, settled: str, apologies: int, new: str
) -> Row:  # fmt: skip
    end = date.fromisoformat(settled[:10]) if settled else asked.now.date()
    days = (end - date.fromisoformat(due[:10])).days
    figures: dict[str, int | str] = {
        "procedure": procedure, "received": received[:10], "due": due[:10], "settled": settled[:10], "again": new[:10],
        "apologies": apologies, "owing": int(apologies == 0), "late_days": days,
    }  # fmt: skip
    return Row(dossier, code, figures)
