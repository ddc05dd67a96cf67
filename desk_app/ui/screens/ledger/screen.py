"""Sổ sách: a list of tasks at the left, the task in front at the right, one blue button (F9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui.models import Column, RowsModel
from desk_app.ui.screen import Page
from desk_app.ui.screens.ledger.kit import TaskPage
from desk_app.ui.theme import fix_width
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.label import across
from desk_app.ui.widgets.table import Table

LEFT = 226


@dataclass(frozen=True)
class Task:
    """One line of the list and how its page is built."""

    id: str
    title: str
    build: Callable[[], TaskPage]


class LedgerPage(Page):
    """Only the tasks the officer may do are in the list; Enter goes into the task, Esc back to the list."""

    def __init__(self, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks = {task.id: task for task in tasks}
        self._notes: dict[str, str] = {}
        self._pages: dict[str, TaskPage] = {}
        columns = (
            Column[Task]("Việc", lambda t: t.title, tip=lambda t: t.title),
            Column[Task]("Đang chờ", lambda t: self._notes.get(t.id, ""), width=44, right=True, bold=True),
        )
        self.model: RowsModel[Task] = RowsModel(columns, self)
        self.model.set_rows(tasks)
        self.list = Table("Việc với sổ thu", header=False)
        self.list.setModel(self.model)
        card = Card("Chọn việc", "book-open", padded=False)
        fix_width(card, LEFT)
        card.body.addWidget(self.list, 1)
        self._stack = QStackedWidget()
        layout = across(card, margins=(16, 12, 16, 12), gap=12)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.list.current_changed.connect(self._show)
        self.list.opened.connect(lambda task: self.open_task(task.id))

    def page(self, id: str) -> TaskPage:
        """The page of a task; built when it is first wanted."""
        if id not in self._pages:
            with unwatched(self._stack):
                self._pages[id] = page = self.tasks[id].build()
                self._stack.addWidget(page)
            page.noted.connect(partial(self._note, id))
            for signal, mine in (
                (page.actions_changed, self.actions_changed), (page.go, self.go), (page.toast, self.toast),
                (page.notice, self.notice), (page.notice_gone, self.notice_gone),
            ):  # fmt: skip
                signal.connect(mine)
        return self._pages[id]

    def build_more(self) -> bool:
        for id in self.tasks:
            if id not in self._pages:
                self.page(id)
                return True
        return False

    @property
    def front(self) -> Page:
        """The page of the task in front."""
        if self._stack.currentWidget() is None:
            self.page(next(iter(self.tasks)))
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
        for id in self.tasks:
            if self.page(id) is not self.front:
                self.page(id).look()
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

    def _note(self, id: str, text: str) -> None:
        """How much waits in a task, beside its title."""
        self._notes[id] = text
        self.list.viewport().update()

    def _show(self, task: object) -> None:
        if isinstance(task, Task) and self.page(task.id) is not self._stack.currentWidget():
            self._stack.setCurrentWidget(self.page(task.id))
            self.page(task.id).activate()
            if self.list.isVisible():
                self.list.setFocus()
            self.actions_changed.emit()
