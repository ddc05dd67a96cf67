"""Hồ sơ: filters, a list that reads on as it is scrolled, and beside it the dossier with the one thing to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.lifecycle import Move, Transition
from desk_app.domain.why_date import Why
from desk_app.services.results import SettleDossier
from desk_app.ui import keys
from desk_app.ui.forms.dossier import FILTERS, NOTHING, ORDER, Standing, day_month, read_query, short_code, standing
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run
from desk_app.ui.screen import Page
from desk_app.ui.screens.dossiers.attaching import Attaching
from desk_app.ui.screens.dossiers.life import Book, Done, Group, LifePanel, Prepared, Typed
from desk_app.ui.screens.dossiers.panel import WIDTH, Panel, chip_of
from desk_app.ui.screens.dossiers.ports import Detail, DossierPorts, Query, Row, Rows
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.theme import theme
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.button import KeyButton, Pill
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.flow import FlowLayout
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.table import Table


class DossiersPage(Page):
    """``return_wanted(dossier)`` and ``collect_wanted(dossier)``: go on at the result or at the cash desk."""

    return_wanted = Signal(str)
    collect_wanted = Signal(str)

    def __init__(self, ports: DossierPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self._query = Query()
        self._wanted = ""
        self._pinned = ""  # stays in the panel although the list does not hold it (any more)
        self._detail: Detail | None = None
        self._command = ""
        self._counts: Mapping[str, int] = {}
        self._columns_of = self._query.filter
        self._pills = {id_: Pill(words, icon, tint or "text") for id_, words, icon, tint in FILTERS}
        self._group = QButtonGroup(self)
        self.model: RowsModel[Row] = RowsModel(self._columns(), self)
        self.table = Table("Danh sách hồ sơ")
        self.table.setModel(self.model)
        self._empty = EmptyState("folder-clock", "")
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._empty)
        self._foot = label("", "hint")
        self.panel, self.life = Panel(), LifePanel()
        self.attaching = Attaching(self)
        self.panel.scan.setHidden(ports.attach is None)
        self._move: Move | None = None
        self._group_of: tuple[str, ...] = ()
        self._side = QStackedWidget()
        self._side.addWidget(self.panel)
        self._side.addWidget(self.life)
        self.panel.more.setVisible(ports.life is not None)
        self._inside = False  # large text: the panel is a page of its own, Enter opens it, Esc leaves it
        self._list_side = self._list_card()
        body = across(self._list_side, self._side, gap=12)
        body.setStretch(0, 1)
        layout = down(self._filters(), margins=(16, 12, 16, 12), gap=10)
        layout.addLayout(body, 1)
        self.setLayout(layout)
        self._connect()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_list_side"):
            self._fit()

    def _fit(self) -> None:
        stacked = theme().folds
        self._side.setMinimumWidth(0 if stacked else theme().px(WIDTH))
        self._side.setMaximumWidth(16_777_215 if stacked else theme().px(WIDTH))
        self._list_side.setHidden(stacked and self._inside)
        self._side.setHidden(stacked and not self._inside)

    def _step_in(self, inside: bool) -> None:
        self._inside = inside
        self._fit()

    # ---- what the shell asks

    def activate(self) -> None:
        self._step_in(False)
        self.reload()
        self.table.setFocus()

    def on_search(self, text: str) -> bool:
        """Names without marks, ends of codes, and words that name a filter."""
        filter_, rest = read_query(text)
        self._query = Query(filter_ or ("all" if rest else self._query.filter), rest)
        self.reload()
        self.table.setFocus()
        return True

    def primary(self) -> None:
        (self.life if self._side.currentWidget() is self.life else self.panel).press()

    def back(self) -> None:
        """Esc: the form first, then the search, then the page."""
        if self._side.currentWidget() is self.life:
            self._close_life()
        elif theme().folds and self._inside:
            self._step_in(False)
            self.table.setFocus()
        elif self._query.text:
            self.show_filter("open")
        else:
            self.go.emit("today")

    def show_filter(self, filter_: str) -> None:
        """Show the dossiers of one filter without a search."""
        self._query = Query(filter_)
        self.reload()

    @property
    def shown(self) -> str:
        """The dossier in the panel, "" = none."""
        return self._detail.row.dossier if self._detail is not None else ""

    def open_dossier(self, dossier: str) -> None:
        """Show this dossier in the panel, wherever it stands in the list."""
        self._wanted = self._pinned = dossier
        self._step_in(True)
        self._ask_detail(dossier)

    def reload(self) -> None:
        """Ask for the list and the counts again."""
        self._pills[self._query.filter].setChecked(True)
        ports, query = self.ports, self._query
        done = partial(self._on_found, query)
        run(self, ports.submit, partial(ports.find, query), done, self.show_error, action="find")
        run(self, ports.submit, ports.counts, self._show_counts, self.show_error, action="counts")

    # ---- list

    def _columns(self, filter_: str = "open") -> list[Column[Row]]:
        """Where a result waits, its day and the telephone count; elsewhere the day that was promised."""

        def stands(row: Row) -> Standing:
            return standing(row.state, row.due_at, self.ports.now(), self.ports.calendar)

        def name(row: Row) -> str:
            return self.ports.procedure_name(row.procedure)

        code = Column[Row](
            "Mã hồ sơ", lambda row: short_code(row.code), width=122, drop_below=640, tip=lambda row: row.code
        )
        who = Column[Row]("Người nộp", lambda row: row.name, width=158, tip=lambda row: row.name)
        what = Column[Row]("Thủ tục", name, tip=name)
        if filter_ == "ready":
            return [
                Column("Có kết quả ▲", lambda row: day_month(row.settled_at), width=112),
                code, who, what,
                Column("Điện thoại", lambda row: row.phone or "không có", width=128, right=True),
            ]  # fmt: skip
        return [
            Column("Hạn trả ▲", lambda row: stands(row).text, width=164, deadline=lambda row: chip_of(stands(row))),
            code, who, what,
            Column("Ngày hẹn", lambda row: day_month(row.due_at) or "chưa có", width=92, right=True, drop_below=640),
        ]  # fmt: skip

    def _filters(self) -> QWidget:
        line = across(gap=8)
        pills = FlowLayout(gap=8)
        for id_, pill in self._pills.items():
            self._group.addButton(pill)
            pill.clicked.connect(lambda _on=False, id_=id_: self.show_filter(id_))
            pills.addWidget(pill)
        line.addLayout(pills, 1)
        self.groups = KeyButton("Theo nhóm", small=True, icon="folder-clock")
        if self.ports.life is None:  # setVisible(True) before there is a parent would be a window of its own
            self.groups.hide()
        self.groups.triggered.connect(self._ask_groups)
        line.addWidget(self.groups)
        line.addWidget(KeyHint([((keys.label("filter_previous"), keys.label("filter_next")), "đổi bộ lọc")]))
        made = QWidget()
        made.setLayout(line)
        return made

    def _list_card(self) -> Card:
        card = Card(padded=False)
        card.body.addWidget(self._list)
        shown = [(("↑", "↓"), "chọn"), (("⏎",), "mở"), ((keys.label("print_again"),), "in lại")]
        if self.ports.life is not None:
            shown.append(((keys.label("legal_basis"),), "vì sao ngày này"))
        hints = KeyHint(shown)
        card.set_footer(frame(across(self._foot, None, hints, margins=(14, 6, 14, 6))), line=False)
        return card

    def _connect(self) -> None:
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _row: self._enter_panel())
        self.model.more_wanted.connect(self._more)
        self.panel.acted.connect(self._act)
        self.panel.again.connect(self._print_again)
        self.panel.collect.connect(self._collect)
        self.panel.more_wanted.connect(self._ask_moves)
        self.life.chosen.connect(self._ask_form)
        self.life.wanted.connect(self._do_move)
        self.life.closed.connect(self._close_life)
        self.life.print_wanted.connect(self._print_why)
        self.life.group_chosen.connect(self._open_group)
        self.life.book_chosen.connect(self._open_book)
        self.life.sheet_chosen.connect(self._print_sheet)
        keys.attach(self, "legal_basis", self._ask_why)
        keys.attach(self, "filter_previous", lambda: self._turn(-1))
        keys.attach(self, "filter_next", lambda: self._turn(1))

    def _turn(self, step: int) -> None:
        order = [id_ for id_, *_ in FILTERS]
        self.show_filter(order[(order.index(self._query.filter) + step) % len(order)])

    def _on_found(self, asked: Query, found: Rows) -> None:
        """Show what was found, or ask again when something else was asked for meanwhile."""
        if asked == self._query:
            self._show(found)
        else:
            self.reload()

    def _show(self, found: Rows) -> None:
        query = self._query
        if query.filter == "ready" or self._columns_of == "ready":
            self._columns_of = query.filter
            self.model.set_columns(self._columns(query.filter))
            self.table.set_widths()
        self.model.set_rows(found.rows, more=found.more)
        nothing = NOTHING[query.filter]
        if query.text:
            nothing = f"Không thấy hồ sơ khớp “{query.text[:40]}”. Thử 4 số cuối của mã hoặc họ tên không dấu."
        self._empty.set_sentence(nothing)
        self._list.setCurrentWidget(self.table if found.rows else self._empty)
        self._count_rows()
        ids = [row.dossier for row in found.rows]
        if self._wanted in ids:
            self.table.select_row(ids.index(self._wanted))
        elif self._pinned == self._wanted != "":
            self.table.clearSelection()
        elif ids:
            self.table.select_row(0)
        else:
            self._show_detail(None)

    def _more(self, last: object) -> None:
        query = Query(self._query.filter, self._query.text, last)  # type: ignore[arg-type]
        job = partial(self.ports.find, query)
        run(self, self.ports.submit, job, self._append, self.show_error, action="more")

    def _append(self, found: Rows) -> None:
        self.model.append_rows(found.rows, more=found.more)
        self._count_rows()

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        for id_, words, *_ in FILTERS:
            self._pills[id_].setText(f"{words} {counts.get(id_, 0)}")
            self._pills[id_].updateGeometry()
        self._count_rows()

    def _count_rows(self) -> None:
        shown = self.model.rowCount()
        order = "mới nhất trước" if self._query.text else ORDER.get(self._query.filter, "hạn gần nhất trước")
        total = "" if self._query.text else f" trong {max(shown, self._counts.get(self._query.filter, shown))}"
        self._foot.setText(f"{shown}{total} hồ sơ, {order}" if shown else "")

    # ---- panel

    def _on_current(self, row: Row | None) -> None:
        if row is not None:
            self._wanted, self._pinned = row.dossier, ""
            self._ask_detail(row.dossier)

    def _ask_detail(self, dossier: str) -> None:
        job = partial(self.ports.detail, dossier)
        run(self, self.ports.submit, job, self._on_detail, self.show_error, action="detail")

    def _on_detail(self, detail: Detail) -> None:
        if detail.row.dossier != self._wanted:
            self._ask_detail(self._wanted)
            return
        self._show_detail(detail)

    def _show_detail(self, detail: Detail | None) -> None:
        if detail is None or self._detail is None or detail.row.dossier != self._detail.row.dossier:
            self._command = self.ports.new_id()
            self._side.setCurrentWidget(self.panel)
        self._detail = detail
        names = {event.actor: self.ports.officer_name(event.actor) for event in detail.events} if detail else {}
        procedure = self.ports.procedure_name(detail.row.procedure) if detail else ""
        self.panel.show_detail(detail, procedure, names, self.ports.now(), self.ports.calendar)

    def _enter_panel(self) -> None:
        """Enter: the apology of an overdue dossier, the result of another one."""
        self._step_in(True)
        if self.ports.life is not None and self._is_overdue():
            self._ask_form(Move.APOLOGISE)
            return
        if self.panel.result_no.isVisible():
            self.panel.result_no.setFocus()
        elif self.panel.main.isVisible():
            self.panel.main.setFocus()

    def _act(self, what: str, outcome: str, result_no: str) -> None:
        if self._detail is None:
            return
        dossier = self._detail.row.dossier
        if what == "give":
            self.return_wanted.emit(dossier)
            return
        job = partial(self.ports.settle, SettleDossier(self._command, dossier, outcome, result_no))
        if run(self, self.ports.submit, job, self._settled, self._failed, action="settle"):
            self.panel.set_busy(True)

    # ---- the other moves

    def _is_overdue(self) -> bool:
        row = self._detail.row if self._detail is not None else None
        if row is None:
            return False
        return standing(row.state, row.due_at, self.ports.now(), self.ports.calendar).kind == "overdue"

    def _ask_moves(self) -> None:
        if self._detail is None or self.ports.life is None:
            return
        life, dossier = self.ports.life, self._detail.row.dossier

        def ask() -> tuple[Sequence[Transition], Sequence[Book]]:
            return life.moves(dossier), life.sheets(dossier)

        run(self, self.ports.submit, ask, self._show_moves, self.show_error, action="moves")

    def _show_moves(self, found: tuple[Sequence[Transition], Sequence[Book]]) -> None:
        self._move = None
        self._step_in(True)
        self._side.setCurrentWidget(self.life)
        self.life.show_moves(*found)

    def _ask_groups(self) -> None:
        if self.ports.life is not None:
            run(self, self.ports.submit, self.ports.life.groups, self._show_groups, self.show_error, action="groups")

    def _show_groups(self, groups: Sequence[Group]) -> None:
        assert self.ports.life is not None
        self._move = None
        self._step_in(True)
        self._side.setCurrentWidget(self.life)
        self.life.show_groups(groups, self.ports.life.books)

    def _open_group(self, group: Group) -> None:
        """The form of a move for all of a group, filled with what is usual for it."""
        self._show_form(group.move, Prepared(group.values, f"{len(group.dossiers)} hồ sơ. {group.title}."))
        self._group_of = group.dossiers

    def _open_book(self, id_: str) -> None:
        assert self.ports.life is not None
        if self.ports.life.open_book is not None:
            job = partial(self.ports.life.open_book, id_)
            run(self, self.ports.paper_submit or self.ports.submit, job, self._printed, self.show_error, action="print")

    def _print_sheet(self, id_: str) -> None:
        life = self.ports.life
        if self._detail is not None and life is not None and life.print_sheet is not None:
            job = partial(life.print_sheet, self._detail.row.dossier, id_)
            run(self, self.ports.paper_submit or self.ports.submit, job, self._printed, self.show_error, action="print")

    def _ask_form(self, move: Move) -> None:
        if self._detail is None or self.ports.life is None:
            return
        job = partial(self.ports.life.prepare, self._detail.row.dossier, move)
        run(self, self.ports.submit, job, partial(self._show_form, move), self.show_error, action="prepare")

    def _show_form(self, move: Move, prepared: Prepared) -> None:
        self._move, self._command, self._group_of = move, self.ports.new_id(), ()
        self._step_in(True)
        self._side.setCurrentWidget(self.life)
        self.life.show_form(move, prepared)

    def _do_move(self, values: Mapping[str, str]) -> None:
        one = self._detail.row.dossier if self._detail is not None else ""
        if self._move is None or self.ports.life is None or not (one or self._group_of):
            return
        typed = Typed(self._command, one, self._move, values, self._group_of)
        job = partial(self.ports.life.do, typed)
        if run(self, self.ports.submit, job, self._moved, self._move_failed, action="move"):
            self.life.set_busy(True)

    def _moved(self, done: Done) -> None:
        self._close_life()
        self._pinned = self._wanted
        self.toast.emit(done.say, Tone.OK, "")
        self.reload()
        if self._wanted:
            self._ask_detail(self._wanted)
        if done.about:
            job = partial(self._print_all, done.about)
            run(self, self.ports.paper_submit or self.ports.submit, job, self._printed, self.show_error, action="print")

    def _print_all(self, about: str) -> Printing:
        """On the paper thread: the papers of one fact, or of several, in their order."""
        out = [self.ports.print_papers(one) for one in about.split()]
        return replace(out[0], sheets=sum(p.sheets for p in out))

    def _move_failed(self, error: DeskError) -> None:
        self.life.set_busy(False)
        self.show_error(error)

    def _close_life(self) -> None:
        self.life.set_busy(False)
        self._move, self._command = None, self.ports.new_id()
        self._side.setCurrentWidget(self.panel)
        self.table.setFocus()

    def _ask_why(self) -> None:
        """Ctrl I: the steps that lead to the date."""
        if self._detail is None or self.ports.life is None:
            return
        job = partial(self.ports.life.why, self._detail.row.dossier)
        run(self, self.ports.submit, job, self._show_why, self.show_error, action="why")

    def _show_why(self, why: Why) -> None:
        self._move = None
        self._step_in(True)
        self._side.setCurrentWidget(self.life)
        self.life.show_why(why)

    def _print_why(self) -> None:
        if self._detail is None or self.ports.life is None:
            return
        job = partial(self.ports.life.print_why, self._detail.row.dossier)
        run(self, self.ports.paper_submit or self.ports.submit, job, self._printed, self.show_error, action="print")

    def _collect(self) -> None:
        if self._detail is not None:
            self.collect_wanted.emit(self._detail.row.dossier)

    def _settled(self, code: str) -> None:
        self.panel.set_busy(False)
        self._command, self._pinned = self.ports.new_id(), self._wanted
        self.toast.emit(f"Đã ghi nhận có kết quả hồ sơ {code}. Báo công dân đến nhận.", Tone.OK, "")
        self.reload()
        self._ask_detail(self._wanted)
        self.table.setFocus()

    def _failed(self, error: DeskError) -> None:
        self.panel.set_busy(False)
        self.show_error(error)

    def _print_again(self) -> None:
        if self._detail is None:
            return
        job = partial(self.ports.print_papers, self._detail.row.dossier)
        run(self, self.ports.paper_submit or self.ports.submit, job, self._printed, self.show_error, action="print")

    def _printed(self, printing: Printing) -> None:
        if printing.saved_as:
            self.say("IN-04", file=printing.saved_as)
        elif printing.sheets:
            self.say("IN-01", n=printing.sheets, printer=printing.printer)
