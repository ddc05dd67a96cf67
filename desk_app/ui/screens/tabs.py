"""Several pages under one item of the rail, chosen by a row of tabs; Alt and the digit are not used, Tab is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui.screen import Page
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.label import across, down
from desk_app.ui.widgets.segment import Segment


class TabbedPage(Page):
    """``tabs``: id, title and how the page is built; a page is built when it is first opened."""

    def __init__(self, tabs: Sequence[tuple[str, str, Callable[[], Page]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._builders = {id: build for id, _, build in tabs}
        self._pages: dict[str, Page] = {}
        self._row = Segment([(id, title) for id, title, _ in tabs], "Trang", tabs[0][0])
        self._stack = QStackedWidget()
        layout = down(across(self._row, None, margins=(16, 10, 16, 0)), self._stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._open = tabs[0][0]
        self._row.chosen.connect(self.open)

    @property
    def current(self) -> Page:
        """The page in front."""
        return self.page(self._open)

    def page(self, id: str) -> Page:
        """A page by its tab; built when it is first wanted."""
        if id not in self._pages:
            made = self._builders[id]()
            self._pages[id] = made
            self._stack.addWidget(made)
            made.actions_changed.connect(self.actions_changed)
            made.go.connect(self.go)
            made.toast.connect(self.toast)
            made.notice.connect(self.notice)
            made.notice_gone.connect(self.notice_gone)
        return self._pages[id]

    def open(self, id: str) -> None:
        """Bring a tab to the front."""
        self._open = id
        self._row.set_chosen(id)
        self._stack.setCurrentWidget(self.current)
        self.current.activate()
        self.actions_changed.emit()

    def activate(self) -> None:
        self.open(self._open)

    def can_leave(self) -> bool:
        return self.current.can_leave()

    def on_scan(self, text: str) -> bool:
        return self.current.on_scan(text)

    def on_search(self, text: str) -> bool:
        return self.current.on_search(text)

    def primary(self) -> None:
        self.current.primary()

    def back(self) -> None:
        self.current.back()

    def bar_actions(self) -> Actions | None:
        return self.current.bar_actions()

    def on_action(self, action_id: str) -> None:
        self.current.on_action(action_id)

    def on_notice_action(self, key: str) -> None:
        self.current.on_notice_action(key)
