"""Sổ sách: a list of tasks at the left, the task in front at the right, one blue button (F9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui.models import Column, RowsModel
from desk_app.ui.screen import Page
from desk_app.ui.theme import fix_width
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.label import across
from desk_app.ui.widgets.table import Table

LEFT = 212


@dataclass(frozen=True)
class Task:
    """One line of the list and its page."""

    id: str
    title: str
    page: Page


class LedgerPage(Page):
    """Only the tasks the officer may do are in the list; Enter goes into the task, Esc back to the list."""

    def __init__(self, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks = {task.id: task for task in tasks}
        self.model: RowsModel[Task] = RowsModel([Column("Việc", lambda t: t.title, tip=lambda t: t.title)], self)
        self.model.set_rows(tasks)
        self.list = Table("Việc với sổ thu", header=False)
        self.list.setModel(self.model)
        card = Card("Chọn việc", "book-open", padded=False)
        fix_width(card, LEFT)
        card.body.addWidget(self.list, 1)
        self._stack = QStackedWidget()
        for task in tasks:
            self._stack.addWidget(task.page)
            for signal, mine in (
                (task.page.actions_changed, self.actions_changed), (task.page.go, self.go),
                (task.page.toast, self.toast), (task.page.notice, self.notice),
                (task.page.notice_gone, self.notice_gone),
            ):  # fmt: skip
                signal.connect(mine)
        layout = across(card, margins=(16, 12, 16, 12), gap=12)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.list.current_changed.connect(self._show)
        self.list.opened.connect(lambda task: self.open_task(task.id))

    @property
    def front(self) -> Page:
        """The page of the task in front."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def open_task(self, id: str) -> None:
        """Bring a task to the front with the focus in its first field."""
        self.list.select_row(list(self.tasks).index(id))
        self.front.activate()
        self.actions_changed.emit()

    # ---- what the shell asks

    def activate(self) -> None:
        if self.list.current_row() is None:
            self.list.select_row(0)
        self.front.activate()
        self.list.setFocus()

    def can_leave(self) -> bool:
        return self.front.can_leave()

    def on_scan(self, text: str) -> bool:
        return self.front.on_scan(text)

    def primary(self) -> None:
        self.front.primary()

    @property
    def in_list(self) -> bool:
        """Whether the keyboard stands in the list of tasks, from where Esc leaves the tab."""
        return self.list.hasFocus()

    def back(self) -> None:
        self.list.setFocus()

    def bar_actions(self) -> Actions | None:
        return self.front.bar_actions()

    def on_action(self, action_id: str) -> None:
        if action_id == "back":
            self.back()
        else:
            self.front.on_action(action_id)

    def _show(self, task: object) -> None:
        if isinstance(task, Task) and task.page is not self._stack.currentWidget():
            self._stack.setCurrentWidget(task.page)
            task.page.activate()
            if self.list.isVisible():
                self.list.setFocus()
            self.actions_changed.emit()
