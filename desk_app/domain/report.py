"""What a report is: columns with their formulas, rows, totals and controls. Whole numbers only.

A figure is either counted (storage) or follows from others by a formula that stands here once: the screen shows it, the
paper prints it and the spreadsheet computes it live. A rate over nothing is no rate: it is None, shown as a dash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, reduce

from desk_app.domain.period import Period

DASH = "–"


class Group(StrEnum):
    """What one row of a report stands for."""

    FIELD = "field"
    PROCEDURE = "procedure"
    OFFICER = "officer"
    TIME = "time"
    KIND = "kind"
    SERIES = "series"
    DOSSIER = "dossier"
    CLASS = "class"
    CHANNEL = "channel"
    SERVED = "served"
    QUESTION = "question"
    INDEX = "index"


LABEL_HEADS = {
    Group.FIELD: "Lĩnh vực, công việc giải quyết theo cấp",
    Group.PROCEDURE: "Thủ tục hành chính",
    Group.OFFICER: "Cán bộ",
    Group.TIME: "Thời gian",
    Group.KIND: "Loại phí, lệ phí",
    Group.SERIES: "Ký hiệu (dải số được cấp)",
    Group.DOSSIER: "Mã hồ sơ",
    Group.CLASS: "Loại phản ánh, kiến nghị",
    Group.CHANNEL: "Hình thức tiếp nhận",
    Group.SERVED: "Lĩnh vực",
    Group.QUESTION: "Câu hỏi",
    Group.INDEX: "Chỉ số",
}


class Kind(StrEnum):
    """How a figure is written. NUMBER is a number of order (never summed), MEAN and PERCENT are rates."""

    TEXT = "text"
    COUNT = "count"
    VND = "vnd"
    NUMBER = "number"
    PERCENT = "percent"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Linear:
    """Columns added and subtracted: ``terms`` are (sign, column id), and a constant."""

    terms: tuple[tuple[int, str], ...]
    constant: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """The sum of the columns ``over`` divided by the sum of the columns ``under``; no rate over fewer than ``least``."""

    over: tuple[str, ...]
    under: tuple[str, ...]
    least: int = 1


Formula = Linear | Rate


def plus(*ids: str) -> Linear:
    """The sum of columns."""
    return Linear(tuple((1, id) for id in ids))


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``group``: the head it shares with its neighbours; ``hidden``: counted, used by a formula, not shown.

    ``brief``: the words a screen has room for, which say it without the shared head; ``width``: share of a paper.

    ``spoken``: the formula in words alone, for the notice board.

    ``rule``: what is counted, in words, for a figure without formula. ``behind``: dossiers or receipts can be listed.
    """

    id: str
    title: str
    kind: Kind = Kind.COUNT
    formula: Formula | None = None
    group: str = ""
    rule: str = ""
    behind: bool = False
    hidden: bool = False
    width: int = 14
    brief: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """Two sums that have to be the same in every row, with the words that say so."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate that keeps its two numbers; printed rounded half up, computed never."""

    over: int
    under: int

    def tenths(self, scale: int) -> int:
        """The rate times ``scale`` times 10, rounded half up."""
        return (2 * self.over * scale * 10 + self.under) // (2 * self.under)


Value = int | str | Ratio | None


@dataclass(frozen=True, slots=True)
class Report:
    """A report: title, what a row may stand for, columns, controls; ``chart``: the columns its bars are made of.

    ``form``: number of the official form, ``unit``: what is counted; ``closing``: the day of the month on which quarters
    and years of this report end, 0 = the calendar's. ``public``: the columns that may hang on the notice board, () = none.
    ``summed``: whether its rows may be added up; without a chart it has no bars.
    """

    id: str
    title: str
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    chart: tuple[str, ...]
    icon: str = "chart-column"
    form: str = ""
    unit: str = ""
    controls: tuple[Control, ...] = ()
    closing: int = 0
    public: tuple[str, ...] = ()
    summed: bool = True

    @property
    def shown(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if not c.hidden)

    def column(self, id: str) -> Column:
        """Raises KeyError for an unknown column: a bug of the report."""
        for column in self.columns:
            if column.id == id:
                return column
        raise KeyError(id)

    def number(self, id: str) -> int:
        """The number under which the official form knows a shown column: TT is 1, the label 2, figures from 3 on."""
        return [c.id for c in self.shown].index(id) + 3

    def formula_words(self, column: Column) -> str:
        """The formula as shown beside the figure: ``(3) = (4) + (5) + (6)``; the rule for a counted one."""
        match column.formula:
            case None:
                return column.rule
            case Linear(terms, constant):
                parts = [f"{'+' if sign > 0 else '−'} {self._name(id)}" for sign, id in terms]
                if constant:
                    parts.append(f"{'+' if constant > 0 else '−'} {abs(constant)}")
                words = " ".join(parts).removeprefix("+ ")
            case Rate(over, under, least):
                words = f"{self._sum(over)} ÷ {self._sum(under)}"
                words += " × 100 %" if column.kind is Kind.PERCENT else ""
                words += f" (từ {least} trở lên)" if least > 1 else ""
        return f"{self._name(column.id)} = {words}"

    def _name(self, id: str) -> str:
        column = self.column(id)
        return f"[{column.title}]" if column.hidden else f"({self.number(id)})"

    def _sum(self, ids: tuple[str, ...]) -> str:
        names = " + ".join(map(self._name, ids))
        return f"[{names}]" if len(ids) > 1 else names


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it stands for (``key``), its label, the counted figures."""

    key: str
    label: str
    counted: Mapping[str, int | str]


@dataclass(frozen=True)
class Table:
    """A report of one period, counted. ``others``: figures from another place that a control compares the total with."""

    report: Report
    group: Group
    period: Period
    rows: tuple[Row, ...]
    others: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Row:
        """The sum of all rows; numbers of order and texts have none."""
        return self._total_row

    @cached_property
    def _total_row(self) -> Row:
        summed = [c.id for c in self.report.columns if c.formula is None and c.kind in (Kind.COUNT, Kind.VND)]
        return Row("", "Tổng số", {id: sum(_int(row, id) for row in self.rows) for id in summed})

    @property
    def foot(self) -> tuple[Row, ...]:
        """The total as the last row; nothing where rows are no parts of one whole."""
        return (self.total,) if self.report.summed else ()

    def value(self, row: Row, column: Column) -> Value:
        """The figure of a row in a column, computed from what was counted."""
        match column.formula:
            case None:
                return row.counted.get(column.id)
            case Linear(terms, constant):
                if row is self._total_row and self._of_numbers(terms):
                    return sum(v for r in self.rows if isinstance(v := self.value(r, column), int))
                found = [(sign, self.value(row, self.report.column(id)) or 0) for sign, id in terms]
                return constant + sum(sign * v for sign, v in found if isinstance(v, int))
            case Rate(over, under, least):
                top, below = self._add(row, over), self._add(row, under)
                return Ratio(top, below) if below >= max(1, least) else None

    def broken(self) -> tuple[str, ...]:
        """The words of every control that does not hold, with the row."""
        wrong = []
        for control in self.report.controls:
            for row in (*self.rows, self.total):
                left, right = self._add(row, control.left), self._other(row, control.right)
                if right is not None and left != right:
                    wrong.append(f"{row.label}: {control.words} ({left} ≠ {right})")
        return tuple(wrong)

    def _of_numbers(self, terms: tuple[tuple[int, str], ...]) -> bool:
        return any(self.report.column(id).kind is Kind.NUMBER for _, id in terms)

    def _add(self, row: Row, ids: tuple[str, ...]) -> int:
        found = (self.value(row, self.report.column(id)) for id in ids)
        return sum(v for v in found if isinstance(v, int))

    def _other(self, row: Row, ids: tuple[str, ...]) -> int | None:
        """Right side of a control: columns of the row, or a figure from elsewhere that only the total is held against."""
        known = {c.id for c in self.report.columns}
        if all(id in known for id in ids):
            return self._add(row, ids)
        if row.key or not all(id in self.others for id in ids):
            return None
        return sum(self.others[id] for id in ids)


def _int(row: Row, id: str) -> int:
    value = row.counted.get(id, 0)
    return value if isinstance(value, int) else 0


def merge(rows: Sequence[Row], key: Callable[[Row], tuple[str, str]]) -> tuple[Row, ...]:
    """Rows that share ``key`` (and label) become one: counted figures added, in the order in which they first came."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return tuple(Row(k, label, reduce(_added, (r.counted for r in group), {})) for (k, label), group in found.items())


def _added(left: Mapping[str, int | str], right: Mapping[str, int | str]) -> Mapping[str, int | str]:
    out = dict(left)
    for id, value in right.items():
        before = out.get(id, 0)
        out[id] = before + value if isinstance(value, int) and isinstance(before, int) else value
    return out


def text_of(value: Value, kind: Kind) -> str:
    """A figure as it is read: ``1.234``, ``97,4 %``, ``2,5``, ``–`` for what does not exist."""
    if value is None:
        return DASH if kind in (Kind.PERCENT, Kind.MEAN) else ""
    if isinstance(value, Ratio):
        tenths = value.tenths(100 if kind is Kind.PERCENT else 1)
        words = f"{grouped(tenths // 10)},{tenths % 10}"
        return f"{words} %" if kind is Kind.PERCENT else words
    return value if isinstance(value, str) else str(value) if kind is Kind.NUMBER else grouped(value)


def grouped(n: int) -> str:
    """``1.234.567``"""
    return f"{n:,}".replace(",", ".")


BARS = 12  # in a chart; the rest is one bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: label, a value for each part, the words of their sum."""

    label: str
    values: tuple[int, ...]
    words: str


def bars_of(table: Table, most: int = BARS) -> tuple[Bar, ...]:
    """The bars of a table's chart, the longest first (time in its order); beyond ``most`` rows the rest is one bar."""
    if not table.report.chart:
        return ()
    kind = table.report.column(table.report.chart[0]).kind
    bars = [(row.label, tuple(_size(table, row, id) for id in table.report.chart)) for row in table.rows]
    bars = [bar for bar in bars if sum(bar[1])]
    if table.group is not Group.TIME:
        bars.sort(key=lambda bar: -sum(bar[1]))
    if len(bars) > most:
        rest = bars[most - 1 :]
        sums = tuple(sum(values) for values in zip(*(values for _, values in rest), strict=True))
        bars = [*bars[: most - 1], (f"Còn lại ({len(rest)})", sums)]
    return tuple(Bar(label, values, text_of(sum(values), kind)) for label, values in bars)


def _size(table: Table, row: Row, id: str) -> int:
    value = table.value(row, table.report.column(id))
    return value if isinstance(value, int) else 0
