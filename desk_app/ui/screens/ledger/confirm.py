"""Chờ xác nhận: what an officer did alone, seen whole and confirmed by the head with the own PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.money import format_vnd
from desk_app.services.waiting_list import Waiting
from desk_app.ui import errors
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.ledger.kit import FORM, figure, passage, refill
from desk_app.ui.theme import fix_width
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.label import across, label
from desk_app.ui.widgets.pin import PinEdit
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.table import Table

EMPTY = "Không có việc nào chờ xác nhận."
MINE = "Việc này do chính mình làm. Người có quyền khác xác nhận."
LONG = 24  # letters from which a value stands under its name, not beside it


@dataclass(frozen=True, slots=True)
class ConfirmPorts:
    """One bundle. ``waiting`` through ``submit``; ``confirm(command, task, pin)`` through ``paper_submit``: it is slow."""

    officer: str
    new_id: Callable[[], str]
    submit: Submit
    paper_submit: Submit
    waiting: Callable[[], Sequence[Waiting]]
    confirm: Callable[[str, str, str], bool]


class ConfirmPage(Page):
    """One act is looked at and confirmed at a time: there is no "confirm all"."""

    def __init__(self, ports: ConfirmPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self._command = ports.new_id()
        self.model: RowsModel[Waiting] = RowsModel(_COLUMNS, self)
        self.table = Table("Việc chờ xác nhận")
        self.table.setModel(self.model)
        self._list = QStackedWidget()
        for page in (self.table, EmptyState("circle-check", EMPTY)):
            self._list.addWidget(page)
        card = Card("Một người đã làm", padded=False)
        card.body.addWidget(self._list, 1)
        self.pin = PinEdit("Mã PIN của người xác nhận")
        self.pin_field = Field(f"Mã PIN của {ports.officer}", self.pin)
        self._title, self._lines = label("", "bigtitle", wrap=True), QVBoxLayout()
        self._lines.setSpacing(0)
        self.form = Card("Xác nhận")
        fix_width(self.form, FORM)
        told = QVBoxLayout()
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self._title)
        told.addLayout(self._lines)
        told.addStretch(1)
        self.form.body.addWidget(ScrollBody(told), 1)
        self.form.body.addWidget(self.pin_field)
        self.form.hide()
        layout = across(gap=12)
        layout.addWidget(card, 1)
        layout.addWidget(self.form)
        self.setLayout(layout)
        self.table.current_changed.connect(lambda _row: self._show())
        self.table.opened.connect(lambda _row: self.pin.setFocus())
        self.pin.typed.connect(self._typed)
        self.pin.entered.connect(lambda _pin: self.primary())

    @property
    def chosen(self) -> Waiting | None:
        row = self.table.current_row()
        return row if isinstance(row, Waiting) else None

    # ---- what the shell asks

    def activate(self) -> None:
        self.reload()
        self.table.setFocus()

    def bar_actions(self) -> Actions:
        busy = under_way(self, "confirm")
        say = "Số liệu đã ghi sổ từ trước; xác nhận không làm thay đổi số tiền nào." if self.chosen else ""
        return Actions(say, Action("primary", "Xác nhận", "primary", "badge-check", self.lacking(), busy))

    def lacking(self) -> str:
        """Why it can't be confirmed yet; "" when it can."""
        if self.chosen is None:
            return EMPTY
        if self.chosen.mine:
            return MINE
        return "" if self.pin.is_complete() else "Người xác nhận tự nhập mã PIN của mình."

    def primary(self) -> None:
        chosen = self.chosen
        if chosen is None or self.lacking():
            return
        job = partial(self.ports.confirm, self._command, chosen.task, self.pin.text())
        run(self, self.ports.paper_submit, job, partial(self._done, chosen), self._failed, action="confirm")
        self.actions_changed.emit()

    def show_field(self, message: errors.Message) -> None:
        self.pin.clear()
        self.pin_field.set_error(message.text, message.code)
        self.pin.setFocus()

    # ---- inside

    def reload(self) -> None:
        """Fetch what waits now."""
        run(self, self.ports.submit, self.ports.waiting, self._on_rows, self.show_error, action="waiting")

    def _on_rows(self, rows: Sequence[Waiting]) -> None:
        before = self.chosen.task if self.chosen else ""
        self.model.set_rows(rows)
        self._list.setCurrentIndex(0 if rows else 1)
        tasks = [row.task for row in rows]
        if rows:
            self.table.select_row(tasks.index(before) if before in tasks else 0)
        self._show()

    def _show(self) -> None:
        chosen = self.chosen
        self._command = self.ports.new_id()
        self.pin.clear()
        self.pin_field.set_error("")
        self.form.setVisible(chosen is not None)
        if chosen is not None:
            self._title.setText(chosen.title)
            parts = [passage(w, v) if len(v) > LONG else figure(w, v) for w, v in chosen.said]
            refill(self._lines, *parts)
            self.pin_field.setVisible(not chosen.mine)
        self.actions_changed.emit()

    def _typed(self) -> None:
        self.pin_field.set_error("")
        self.actions_changed.emit()

    def _done(self, chosen: Waiting, _first: bool) -> None:
        self.say("TP-45", task=chosen.title)
        self.reload()
        self.table.setFocus()

    def _failed(self, error: DeskError) -> None:
        self.show_error(error)
        if error.code == "TP-32":
            self.reload()
        self.actions_changed.emit()


def _when(row: Waiting) -> str:
    return f"{row.at[8:10]}/{row.at[5:7]} {row.at[11:16]}"


_COLUMNS: tuple[Column[Waiting], ...] = (
    Column("Việc", lambda w: w.title, bold=True, tip=lambda w: w.title),
    Column("Lúc", _when, width=98),
    Column("Người làm", lambda w: w.officer, width=124, tip=lambda w: w.officer),
    Column("Số tiền", lambda w: format_vnd(w.amount_vnd), width=100, right=True),
    Column("Ghi chú", lambda w: w.short, width=112, tip=lambda w: w.short, drop_below=560),
)
