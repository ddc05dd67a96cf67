"""Columns of the page's tables, from the columns of a report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from desk_app.domain.report import LABEL_HEADS, Kind, Row, Table, text_of
from desk_app.domain.report import Column as Figure
from desk_app.ui.models import Column
from desk_app.ui.screens.reports.ports import Behind

WIDTHS = {Kind.TEXT: 118, Kind.COUNT: 62, Kind.VND: 118, Kind.NUMBER: 84, Kind.PERCENT: 92, Kind.MEAN: 92}
RULE = 240
LABEL = 190  # least width of the first column; with less room the table scrolls
NAMED = 290  # of one whose rows are sentences
_PAD = 18


def width_of(figure: Figure) -> int:
    """Design pixels of a column; words that need room say so by their share of the paper."""
    return RULE if figure.kind is Kind.TEXT and figure.width >= 60 else WIDTHS[figure.kind]


def columns_of(table: Table, metrics: QFontMetrics, scale: float, room: int) -> list[Column[Row]]:
    """The label, then one column a figure; heads are broken into lines that fit. ``room``: width of the table in pixels."""

    def words(figure: Figure) -> str:
        title = figure.brief or figure.title
        lines = _wrapped(title, metrics, int((width_of(figure) - _PAD) * scale))
        return "\n".join([*lines, f"({table.report.number(figure.id)})"])

    def figure_column(figure: Figure) -> Column[Row]:
        return Column(
            words(figure),
            lambda row: text_of(table.value(row, figure), figure.kind),
            width=width_of(figure),
            right=figure.kind is not Kind.TEXT,
            bold=figure.formula is not None,
            tip=lambda _row: table.report.formula_words(figure),
        )

    least = LABEL if table.report.summed else NAMED
    rest = room / scale - sum(width_of(figure) for figure in table.report.shown)
    head = "\n".join(_wrapped(LABEL_HEADS[table.group], metrics, int((max(rest, least) - _PAD) * scale)))
    label = Column[Row](head, lambda row: row.label, width=0 if rest >= least else least, tip=lambda row: row.label)
    return [label, *(figure_column(figure) for figure in table.report.shown)]


def behind_columns(found: Sequence[Behind]) -> list[Column[Behind]]:
    """What a list behind a figure shows; columns in which nothing stands are left out."""
    money = any(item.amount_vnd is not None for item in found)
    columns: list[Column[Behind]] = [
        Column("Số, mã", lambda i: i.ref, width=210),
        Column("Nội dung", lambda i: i.procedure, tip=lambda i: i.procedure),
        Column("Ngày", lambda i: _date(i.at), width=108),
    ]
    if any(item.due_at for item in found):
        columns.append(Column("Hẹn trả", lambda i: _date(i.due_at), width=108))
    if any(item.settled_at for item in found):
        columns.append(Column("Xong", lambda i: _date(i.settled_at), width=108))
    if money:
        columns.append(Column("Số tiền", lambda i: text_of(i.amount_vnd, Kind.VND), width=118, right=True))
    return columns


def _date(stamp: str) -> str:
    return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}" if stamp else ""


def _wrapped(text: str, metrics: QFontMetrics, room: int) -> list[str]:
    """Words over as many lines as they need."""
    lines: list[str] = []
    for word in text.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
