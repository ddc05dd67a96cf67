"""Thu phí as one page of the rail with three tabs: Thu · Biên lai · Khóa sổ."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close import DayClosePage
from desk_app.ui.screens.fees import FeesPage
from desk_app.ui.screens.receipts import ReceiptsPage
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.label import across, down
from desk_app.ui.widgets.segment import Segment

TABS = (("fees", "Thu"), ("receipts", "Biên lai"), ("close", "Khóa sổ"))


class CashDeskPage(Page):
    """Hands every call of the shell to the tab in front."""

    def __init__(
        self, fees: FeesPage, receipts: ReceiptsPage, close: DayClosePage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fees, self.receipts, self.close_page = fees, receipts, close
        self._pages: dict[str, Page] = {"fees": fees, "receipts": receipts, "close": close}
        self.tabs = Segment(TABS, "Thu phí", "fees")
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
            page.actions_changed.connect(self.actions_changed)
            page.go.connect(self.go)
            page.toast.connect(self.toast)
            page.notice.connect(self.notice)
            page.notice_gone.connect(self.notice_gone)
        layout = down(across(self.tabs, None, margins=(16, 10, 16, 0)), self._stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.tabs.chosen.connect(self.open_tab)

    @property
    def front(self) -> Page:
        """The page of the tab in front."""
        return self._pages[self.tabs.chosen_id() or "fees"]

    def open_tab(self, tab: str) -> None:
        """Bring a tab to the front."""
        self.tabs.set_chosen(tab)
        self._stack.setCurrentWidget(self._pages[tab])
        self.front.activate()
        self.actions_changed.emit()

    def open_dossier(self, dossier: str) -> None:
        """Collect the fee of a dossier: the first tab."""
        self.open_tab("fees")
        self.fees.open_dossier(dossier)

    def activate(self) -> None:
        self.front.activate()

    def can_leave(self) -> bool:
        return self.front.can_leave()

    def on_scan(self, text: str) -> bool:
        if self.fees.on_scan(text):
            if self.front is not self.fees:
                self.open_tab("fees")
            return True
        return self.front.on_scan(text)

    def on_search(self, text: str) -> bool:
        if self.front is not self.fees:
            self.open_tab("fees")
        return self.fees.on_search(text)

    def primary(self) -> None:
        self.front.primary()

    def back(self) -> None:
        if self.front is self.fees:
            self.front.back()
        elif self.front is self.receipts and self.receipts.chosen is not None:
            self.receipts.back()
        else:
            self.open_tab("fees")

    def bar_actions(self) -> Actions | None:
        return self.front.bar_actions()

    def on_action(self, action_id: str) -> None:
        if action_id == "back":
            self.back()
        else:
            self.front.on_action(action_id)

    def on_notice_action(self, key: str) -> None:
        self.front.on_notice_action(key)
