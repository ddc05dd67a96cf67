"""A report on A4 landscape, ready for signature: official head, period, table with formulas, bar chart, two signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.bars import Bars
from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import short_date
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4_LANDSCAPE, Layout, to_pdf
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block
from desk_app.domain.report import LABEL_HEADS, Kind, Table, bars_of, text_of

_TT = 9.0
_LEAST_LABEL = 46.0


@dataclass(frozen=True)
class ReportPaper:
    """The table and who signs. ``sources``: the line that says how fresh the figures are."""

    table: Table
    letterhead: Letterhead
    desk_name: str
    made_on: date
    receiver: str
    sources: str
    maker_name: str
    head_title: str
    head_name: str = ""
    marks: tuple[Mark, ...] = ()


def render(data: ReportPaper) -> bytes:
    """The report as PDF. A control that does not hold is printed above the signatures, never hidden."""
    found, lines = data.table, Lines(A4_LANDSCAPE.text_width, 11)
    report = found.report
    body: list[Block] = [
        head(data.letterhead, data.made_on, report.form and f"…/BC ({report.form})", left=130, width=lines.width / MM),
        title(report.title.upper(), lines.width, marks=data.marks, gap=4),
        lines.text(_period(found), align="centre"),
        lines.text(f"Đơn vị báo cáo: {data.desk_name}. Đơn vị nhận báo cáo: {data.receiver}."),
        lines.text(f"Đơn vị tính: {report.unit}." if report.unit else "", align="right"),
        Gap(1),
        *_table(found, lines),
        Gap(2),
    ]
    if not found.rows:
        body.append(lines.text("Kỳ này chưa có số liệu."))
    bars = bars_of(found)
    if bars:
        body += [Bars(bars, [report.column(id).title for id in report.chart], lines.width), Gap(1)]
    body += [*_formulas(found, lines), lines.text(data.sources)]
    body += [lines.text(f"Số liệu chưa khớp: {words}.") for words in found.broken()]
    signers = (Signer("NGƯỜI LẬP BÁO CÁO", data.maker_name), Signer(data.head_title, data.head_name))
    tail = [signatures(signers, lines.width, free=20)]
    name = f"{report.title} {found.period.title}"
    foot = foot_note(data.marks, lines.width)
    return to_pdf(Layout(A4_LANDSCAPE, name, data.desk_name, body, tail, foot, data.marks, code=name, air=0))


def _period(found: Table) -> str:
    first, last = short_date(found.period.first), short_date(found.period.last)
    return f"Kỳ báo cáo: {found.period.title} (Từ ngày {first} đến ngày {last})"


def _table(found: Table, lines: Lines) -> Sequence[Block]:
    shown = found.report.shown
    wide = lines.width / MM
    label = max(_LEAST_LABEL, wide * 0.24)
    weights = sum(column.width for column in shown)
    each = (wide - _TT - label) / weights
    columns = [Column("TT", _TT, "c"), Column(LABEL_HEADS[found.group], label)]
    columns += [Column(column.title, column.width * each, "l" if column.kind is Kind.TEXT else "r") for column in shown]
    body: list[Sequence[str | Cell]] = [
        (str(index), row.label, *(text_of(found.value(row, column), column.kind) for column in shown))
        for index, row in enumerate(found.rows, start=1)
    ]
    body += [
        ("", Cell("Tổng số", Face.BOLD), *(Cell(text_of(found.value(total, c), c.kind), Face.BOLD) for c in shown))
        for total in found.foot
    ]
    return table(columns, body, Style(size=9.5, side=0.8 * MM, air=1.3), groups=_groups(found), numbered=True)


def _groups(found: Table) -> list[tuple[str, int, int]]:
    """Heads over several columns, by position in the table."""
    out: list[tuple[str, int, int]] = []
    for index, column in enumerate(found.report.shown, start=2):
        if column.group and out and out[-1][0] == column.group:
            out[-1] = (column.group, out[-1][1], index)
        elif column.group:
            out.append((column.group, index, index))
    return out


def _formulas(found: Table, lines: Lines) -> Sequence[Block]:
    if not found.report.summed:  # each row says beside it how it is reckoned
        return []
    words = [found.report.formula_words(c) for c in found.report.shown if c.formula is not None]
    words += [control.words for control in found.report.controls]
    return [lines.text(f"Cách tính: {'; '.join(words)}.")] if words else []
