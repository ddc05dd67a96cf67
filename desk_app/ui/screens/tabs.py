"""Several pages under one item of the rail, chosen by a row of tabs; Alt and the digit are not used, Tab is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui.screen import Page
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.label import across, down
from desk_app.ui.widgets.segment import Segment


class TabbedPage(Page):
    """``tabs``: id, title and how the page is built; a page is built when it is first opened, or ahead."""

    def __init__(
        self,
        tabs: Sequence[tuple[str, str, Callable[[], Page]]],
        name: str = "Trang",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._builders = {id: build for id, _, build in tabs}
        self._pages: dict[str, Page] = {}
        self.tabs = Segment([(id, title) for id, title, _ in tabs], name, tabs[0][0])
        self._stack = QStackedWidget()
        layout = down(across(self.tabs, None, margins=(16, 10, 16, 0)), self._stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.front_id = tabs[0][0]
        self.tabs.chosen.connect(self.open)

    @property
    def ids(self) -> tuple[str, ...]:
        """The tabs from left to right."""
        return tuple(self._builders)

    @property
    def current(self) -> Page:
        """The page in front."""
        return self.page(self.front_id)

    def page(self, id: str) -> Page:
        """A page by its tab; built when it is first wanted."""
        if id not in self._pages:
            with unwatched(self._stack):
                self._pages[id] = made = self._builders[id]()
                self.adopt(made)
        return self._pages[id]

    def adopt(self, made: Page) -> None:
        """A page stands in the place of the tabs; what it says goes up."""
        self._stack.addWidget(made)
        made.actions_changed.connect(self.actions_changed)
        made.go.connect(self._on_go)
        made.toast.connect(self.toast)
        made.notice.connect(self.notice)
        made.notice_gone.connect(self.notice_gone)

    def _on_go(self, id: str) -> None:
        """A page wants another one: of these tabs, or of the rail."""
        if id in self._builders:
            self.open(id)
        else:
            self.go.emit(id)

    def open(self, id: str) -> None:
        """Bring a tab to the front; one that this officer has not is left alone."""
        if id not in self._builders:
            return
        self.front_id = id
        self.tabs.set_chosen(id)
        self._stack.setCurrentWidget(self.current)
        self.current.activate()
        self.actions_changed.emit()

    def build_more(self) -> bool:
        for id in self._builders:
            if id not in self._pages:
                self.page(id)
                return True
            if self._pages[id].build_more():
                return True
        return False

    def activate(self) -> None:
        self.open(self.front_id)

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
