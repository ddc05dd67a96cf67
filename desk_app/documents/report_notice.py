"""A report for the notice board: what citizens may ask for, in few figures and large letters; no officer is named.

Results are made public (Nghị định 61/2018/NĐ-CP Điều 8, 20/2008/NĐ-CP Điều 19); the full table with its controls is the
paper of ``report``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.bars import Bars
from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signed_by_head, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import short_date
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block, Run
from desk_app.domain.report import LABEL_HEADS, Table, bars_of, text_of

TITLE = "CÔNG KHAI"
_LABEL = 62.0


@dataclass(frozen=True)
class ReportNotice:
    """``table``: a report with public columns, its rows no officers. ``contact``: where to ask or to complain."""

    table: Table
    letterhead: Letterhead
    agency: str
    posted_on: date
    contact: str
    head_title: str
    head_name: str = ""
    marks: tuple[Mark, ...] = ()


def render(data: ReportNotice) -> bytes:
    """One or more A4 sheets. Raises ValueError for a report that is not meant for the board."""
    found, lines = data.table, Lines(A4.text_width, 13)
    report = found.report
    if not report.public:
        raise ValueError("this report is not made public")
    first, last = short_date(found.period.first), short_date(found.period.last)
    body: list[Block] = [
        head(data.letterhead, data.posted_on, ""),
        title(TITLE, lines.width, marks=data.marks, gap=8),
        lines.text(Run(report.title.upper(), Face.BOLD), align="centre"),
        lines.text(f"{found.period.title} (từ ngày {first} đến ngày {last})", align="centre"),
        lines.text(f"Đơn vị tính: {report.unit}", align="right"),
        Gap(1),
        *_table(found, lines),
        Gap(3),
    ]
    bars = bars_of(found)
    if bars:
        body += [Bars(bars, [report.column(id).title for id in report.chart], lines.width), Gap(2)]
    body += [lines.text(f"{words}.") for words in _formulas(found)]
    body.append(lines.text(f"Hỏi thêm, góp ý: {data.contact}."))
    tail = [signed_by_head(Signer(data.head_title, data.head_name, ""), ("Niêm yết;", "Lưu: VT."), lines.width)]
    name = f"{TITLE} {report.title} {found.period.title}"
    foot = foot_note(data.marks, lines.width)
    return to_pdf(Layout(A4, name, data.agency, body, tail, foot, data.marks, code=name, air=1))


def _table(found: Table, lines: Lines) -> Sequence[Block]:
    shown = [found.report.column(id) for id in found.report.public]
    each = (lines.width / MM - _LABEL) / len(shown)
    columns = [Column(LABEL_HEADS[found.group], _LABEL), *(Column(c.brief or c.title, each, "r") for c in shown)]
    body: list[Sequence[str | Cell]] = [
        (row.label, *(text_of(found.value(row, column), column.kind) for column in shown)) for row in found.rows
    ]
    for total in found.foot:
        sums = (Cell(text_of(found.value(total, column), column.kind), Face.BOLD) for column in shown)
        body.append((Cell("Tổng số", Face.BOLD), *sums))
    return table(columns, body, Style(size=12, side=1.2 * MM, air=2.2))


def _formulas(found: Table) -> Sequence[str]:
    """How a rate is reckoned, by the words of its columns: the board has no column numbers."""
    words = []
    for id in found.report.public:
        column = found.report.column(id)
        if column.spoken:
            words.append(f"{column.brief or column.title} = {column.spoken}")
    return words
