"""Báo cáo (F8): a list of reports, a period, one table with its formulas, one bar chart; Enter shows what is behind.

F9 prints, Ctrl E saves a workbook, Ctrl P a CSV file. Nothing here can be changed: a report is what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLayout, QStackedWidget, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.report import Group, Report, Row, Table, bars_of, text_of
from desk_app.services.reports import AskReport
from desk_app.ui import keys
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.reports.period_bar import PeriodBar
from desk_app.ui.screens.reports.ports import Behind, Counted, ReportPorts, Saved
from desk_app.ui.screens.reports.views import behind_columns, columns_of
from desk_app.ui.theme import fix_width, theme
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.bars import Bars
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.label import Elided, across, down, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment
from desk_app.ui.widgets.table import Table as TableView

LEFT, CHOICES = 236, 250
LOW = 520  # below this height the chart makes room for the table
EMPTY = "Kỳ này chưa có số liệu."
GROUP_WORDS = {
    Group.FIELD: "Lĩnh vực", Group.PROCEDURE: "Thủ tục", Group.OFFICER: "Cán bộ", Group.TIME: "Thời gian",
    Group.KIND: "Loại phí", Group.SERIES: "Dải số", Group.DOSSIER: "Hồ sơ", Group.CLASS: "Loại phản ánh",
    Group.CHANNEL: "Hình thức", Group.SERVED: "Lĩnh vực", Group.QUESTION: "Câu hỏi", Group.INDEX: "Chỉ số",
}  # fmt: skip
BEHIND_MOST = 500


@dataclass(frozen=True)
class Choice:
    """A figure whose dossiers can be listed: its column, words and number."""

    column: str
    words: str
    count: str


@dataclass(frozen=True)
class _Look:
    """What stands behind a figure: of which row (None = the total), of which column."""

    row: Row | None
    column: str


class ReportsPage(Page):
    """``dossier_wanted(code)``: open a dossier behind a figure."""

    dossier_wanted = Signal(str)

    def __init__(self, ports: ReportPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.report = ports.reports[0]
        self.group = self.report.groups[0]
        self.counted: Counted | None = None
        self._again = False
        self._look: _Look | None = None
        self.period = PeriodBar(ports.now().date())
        self.names: RowsModel[Report] = RowsModel([Column("Báo cáo", lambda r: r.title, tip=lambda r: r.title)], self)
        self.list = TableView("Danh sách báo cáo", header=False)
        self.list.setModel(self.names)
        self.names.set_rows(ports.reports)
        self.table = TableView("Số liệu")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.behind = TableView("Hồ sơ phía sau số liệu")
        self.chart = Bars("Biểu đồ")
        self._title, self._sources = Elided("", "bigtitle"), Elided("", "hint")
        self._formula = label("", "soft", wrap=True)
        self._behind_title = label("", "cardtitle", wrap=True)
        self._groups, self._group_box = Segment([("none", "–")], "Xếp theo"), across()
        self.choices: RowsModel[Choice] = RowsModel(
            [Column("Số liệu", lambda c: c.words), Column("", lambda c: c.count, width=84, right=True, bold=True)], self
        )
        self.figures = TableView("Số liệu của dòng này")
        self.figures.setModel(self.choices)
        fix_width(self.figures, CHOICES)
        self._stack = QStackedWidget()
        self.setLayout(self._layout())
        self._connect()
        self._take(self.report)

    def _layout(self) -> QLayout:
        left = Card("Báo cáo", "chart-column", padded=False)
        fix_width(left, LEFT)
        left.body.addWidget(self.list, 1)
        figures = Card("", padded=False)
        figures.body.addWidget(self.table, 1)
        bars = Card("", padded=True)
        bars.body.addWidget(self.chart)
        counted = QWidget()
        self._bars = ScrollBody(down(bars, None))
        halves = down(figures, self._formula, self._bars, gap=8)
        halves.setStretch(0, 3)
        halves.setStretch(2, 2)
        counted.setLayout(halves)
        behind = Card("", padded=False)
        behind.body.addLayout(across(self._behind_title, margins=(16, 12, 16, 0)))
        lists = across(self.figures, self.behind, gap=0)
        lists.setStretch(1, 1)
        behind.body.addLayout(lists, 1)
        empty = Card("", padded=False)
        empty.body.addWidget(EmptyState("chart-column", EMPTY), 1)
        for page in (counted, empty, behind):
            self._stack.addWidget(page)
        self._group_box.addWidget(self._groups)
        self._group_box.addStretch(1)
        right = down(across(self._title, 12, self._sources), self.period, self._group_box, self._stack, gap=8)
        right.setStretch(3, 1)
        layout = across(left, margins=(16, 12, 16, 12), gap=12)
        layout.addLayout(right, 1)
        return layout

    def _connect(self) -> None:
        self.list.current_changed.connect(lambda report: self._take(report) if report is not None else None)
        self.list.opened.connect(lambda _report: self.table.setFocus())
        self.period.changed.connect(lambda _period: self.reload())
        self.period.wrong.connect(self.show_error)
        self.table.opened.connect(self._open)
        self.behind.opened.connect(self._open_behind)
        self.figures.current_changed.connect(self._choose_figure)
        self.figures.opened.connect(lambda _choice: self.behind.setFocus())
        keys.attach(self, "filter_previous", lambda: self.period.step(-1))
        keys.attach(self, "filter_next", lambda: self.period.step(1))

    # ---- what the shell asks

    def activate(self) -> None:
        self.reload()
        if self.list.current_row() is None:
            self.list.select_row(0)
        self.list.setFocus()

    def bar_actions(self) -> Actions:
        why = "" if self.counted is not None and self.counted.table.rows else EMPTY
        busy = under_way(self, "print")
        back = Action("back", "Quay lại", "back")
        others: tuple[Action, ...] = (
            Action("csv", "Lưu CSV", "print_again", reason=why),
            Action("export", "Xuất Excel", "export", reason=why),
        )
        if self.report.public:
            hidden = "Bản niêm yết không nêu tên cán bộ. Xếp theo cách khác." if self.group is Group.OFFICER else ""
            others = (Action("notice", "In bản niêm yết", reason=why or hidden), *others)
        say = "In báo cáo để ký." if not why else ""
        return Actions(say, Action("primary", "In", "primary", "printer", why, busy), back, others)

    def on_action(self, action_id: str) -> None:
        if action_id == "export":
            self._save(action_id, self.ports.save_xlsx)
        elif action_id == "notice" and self.counted is not None:
            self._print(self.ports.print_notice)
        elif action_id == "csv":
            self._save(action_id, self.ports.save_csv)
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        if self.counted is not None:
            self._print(self.ports.print_report)

    def _print(self, draw: Callable[[Counted], str]) -> None:
        if self.counted is not None:
            run(self, self.ports.paper_submit, partial(draw, self.counted), self._printed, self._failed, action="print")
            self.actions_changed.emit()

    def back(self) -> None:
        if self._look is not None:
            self._look = None
            self._stack.setCurrentIndex(0)
            self.table.setFocus()
            self.actions_changed.emit()
        else:
            self.go.emit("today")

    # ---- counting

    def reload(self) -> None:
        """Count again what is chosen; a choice made meanwhile is counted after it."""
        job = partial(self.ports.count, self._ask())
        self._again = not run(self, self.ports.submit, job, self._counted, self._not_counted, action="count")

    def _ask(self) -> AskReport:
        return AskReport(self.report.id, self.period.period, self.group)

    def _take(self, report: Report) -> None:
        if report is self.report and self.counted is not None:
            return
        self.report, self.group, self._look = report, report.groups[0], None
        self.period.set_closing(report.closing)
        self._group_box.removeWidget(self._groups)
        self._groups.deleteLater()
        self._groups = Segment([(g.value, GROUP_WORDS[g]) for g in report.groups], "Xếp theo", self.group.value)
        self._groups.chosen.connect(self._regroup)
        self._group_box.insertWidget(0, self._groups)
        if len(report.groups) == 1:  # setVisible(True) before there is a parent would flash a window of its own
            self._groups.hide()
        self._title.setText(f"{report.title} · {self.period.period.title}")
        if self.isVisible():
            self.reload()

    def _regroup(self, group: str) -> None:
        self.group, self._look = Group(group), None
        self.reload()

    def _counted(self, counted: Counted) -> None:
        if self._again:
            self.reload()
            return
        self.counted = counted
        self._look = None
        self._show()
        self.table.select_row(0)
        broken = counted.table.broken()
        if broken:
            self.say("BC-05", words=broken[0])
        else:
            self.notice_gone.emit("BC-05")

    def _not_counted(self, error: DeskError) -> None:
        self.counted = None
        self._stack.setCurrentIndex(1)
        self.actions_changed.emit()
        self.show_error(error)

    def _show(self) -> None:
        if self.counted is None:
            return
        table = self.counted.table
        self._title.setText(f"{table.report.title} · {table.period.title}")
        self._sources.setText(self.counted.sources)
        self._set_columns(table)
        self.table.selectionModel().currentChanged.connect(lambda index, _old: self._explain(index.column()))
        self.chart.set_bars(bars_of(table), [table.report.column(id).title for id in table.report.chart])
        self._bars.setVisible(self._has_bars)
        self._explain(0)
        if self._look is None:
            self._stack.setCurrentIndex(0 if table.rows else 1)
        self.actions_changed.emit()

    def _set_columns(self, table: Table) -> None:
        look = theme()
        columns = columns_of(table, look.metrics(13, bold=True), look.scale / 100, self.table.width())
        model = RowsModel(columns, self)
        model.set_rows((*table.rows, *table.foot) if table.rows else ())
        self.table.setModel(model)
        lines = max(column.title.count("\n") + 1 for column in columns)
        self.table.horizontalHeader().setFixedHeight(lines * look.metrics(13, bold=True).lineSpacing() + look.px(10))

    @property
    def _has_bars(self) -> bool:
        """Room for a chart, and something to draw."""
        return self.height() >= theme().px(LOW) and bool(self.report.chart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bars.setVisible(self._has_bars)
        if self.counted is not None and event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self._show)

    def _explain(self, column: int) -> None:
        """The formula of the column the cell cursor stands in; in the first one those of all figures."""
        assert self.counted is not None
        report = self.counted.table.report
        shown = report.shown
        row = self.table.current_row()
        if not report.summed and isinstance(row, Row):
            self._say(f"Cách tính: {row.label} = {row.counted['rule']}. · Enter: xem hồ sơ chưa đạt")
            return
        chosen = [shown[column - 1]] if 0 < column <= len(shown) else [c for c in shown if c.formula is not None]
        words = "; ".join(w for w in map(report.formula_words, chosen) if w)
        hint = " · Enter: xem hồ sơ phía sau" if any(c.behind for c in shown) else ""
        self._say(f"Cách tính: {words}.{hint}" if words else hint.removeprefix(" · "))

    def _say(self, text: str) -> None:
        self._formula.setText(text)
        self._formula.setMinimumHeight(self._formula.heightForWidth(max(self._formula.width(), 100)))

    # ---- behind a figure

    def _open(self, row: Row) -> None:
        assert self.counted is not None
        table = self.counted.table
        if table.group is Group.DOSSIER:
            if row.key:
                self.dossier_wanted.emit(row.label)
            return
        choices = [c for c in table.report.columns if c.behind]
        if not choices:
            return
        at = self.table.currentIndex().column() - 1
        shown = table.report.shown
        column = shown[at] if 0 <= at < len(shown) and shown[at].behind else choices[0]
        self._look_behind(_Look(row if row.key else None, column.id))

    def _look_behind(self, look: _Look) -> None:
        key = look.row.key if look.row is not None else None
        job = partial(self.ports.behind, self._ask(), look.column, key)
        run(self, self.ports.submit, job, partial(self._show_behind, look), self.show_error, action="behind")

    def _show_behind(self, look: _Look, found: Sequence[Behind]) -> None:
        if self.counted is None:
            return
        table, row = self.counted.table, look.row or self.counted.table.total
        entered, self._look = self._look is None or self._look.row is not look.row, look
        most = f" · {BEHIND_MOST} dòng mới nhất" if len(found) >= BEHIND_MOST else ""
        self._behind_title.setText(f"{table.report.title} · {row.label}{most}")
        if entered:
            self._list_choices(table, row, look.column)
        model = RowsModel(behind_columns(found), self)
        model.set_rows(found)
        self.behind.setModel(model)
        self.behind.select_row(0)
        self._stack.setCurrentIndex(2)
        if entered:
            self.figures.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def _list_choices(self, table: Table, row: Row, column: str) -> None:
        """The figures of the row that something stands behind, an arrow key apart."""
        choices = [
            Choice(c.id, c.brief or c.title, text_of(table.value(row, c), c.kind))
            for c in table.report.columns
            if c.behind
        ]
        self.choices.set_rows(choices)
        self.figures.select_row([choice.column for choice in choices].index(column))

    def _choose_figure(self, choice: Choice | None) -> None:
        if choice is not None and self._look is not None and choice.column != self._look.column:
            self._look_behind(_Look(self._look.row, choice.column))

    def _open_behind(self, item: Behind) -> None:
        if item.dossier:
            self.dossier_wanted.emit(item.ref)

    # ---- paper and files

    def _save(self, action: str, save: object) -> None:
        if self.counted is not None and self.counted.table.rows and callable(save):
            job = partial(save, self.counted)
            run(self, self.ports.paper_submit, job, self._saved, self._failed, action=f"save {action}")

    def _saved(self, saved: Saved) -> None:
        self.say("BC-03", file=saved.file, folder=saved.folder)

    def _printed(self, where: str) -> None:
        self.say("BC-04", printer=where)
        self.actions_changed.emit()

    def _failed(self, error: DeskError) -> None:
        self.actions_changed.emit()
        self.show_error(error)
