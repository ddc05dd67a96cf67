"""Thu phí as one page of the rail with four tabs: Thu · Biên lai · Khóa sổ · Sổ sách; only those for the officer."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close import DayClosePage
from desk_app.ui.screens.fees import FeesPage
from desk_app.ui.screens.ledger import LedgerPage
from desk_app.ui.screens.receipts import ReceiptsPage
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.label import across, down
from desk_app.ui.widgets.segment import Segment

TABS = (("fees", "Thu"), ("receipts", "Biên lai"), ("close", "Khóa sổ"), ("ledger", "Sổ sách"))


class CashDeskPage(Page):
    """Hands every call of the shell to the tab in front. A page that is None is not for this officer: no tab."""

    def __init__(
        self,
        fees: FeesPage | None,
        receipts: ReceiptsPage,
        close: DayClosePage | None,
        ledger: LedgerPage | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fees, self.receipts, self.close_page, self.ledger = fees, receipts, close, ledger
        every = {"fees": fees, "receipts": receipts, "close": close, "ledger": ledger}
        self._pages: dict[str, Page] = {id: page for id, page in every.items() if page is not None}
        self._first = next(iter(self._pages))
        self.tabs = Segment([tab for tab in TABS if tab[0] in self._pages], "Thu phí", self._first)
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
        return self._pages[self.tabs.chosen_id() or self._first]

    def open_tab(self, tab: str) -> None:
        """Bring a tab to the front; one that this officer has not is left alone."""
        if tab not in self._pages:
            return
        self.tabs.set_chosen(tab)
        self._stack.setCurrentWidget(self._pages[tab])
        self.front.activate()
        self.actions_changed.emit()

    def open_dossier(self, dossier: str) -> None:
        """Collect the fee of a dossier: the first tab, for those who take money."""
        if self.fees is None:
            self.say("DN-06", role="Thu phí, lệ phí")
            return
        self.open_tab("fees")
        self.fees.open_dossier(dossier)

    def activate(self) -> None:
        self.front.activate()

    def can_leave(self) -> bool:
        return self.front.can_leave()

    def on_scan(self, text: str) -> bool:
        if self.front is self.ledger and self.ledger.on_scan(text):
            return True
        if self.fees is not None and self.fees.on_scan(text):
            if self.front is not self.fees:
                self.open_tab("fees")
            return True
        if self.receipts is not None and self.receipts.on_scan(text):
            if self.front is not self.receipts:
                self.open_tab("receipts")
            return True
        return self.front.on_scan(text)

    def on_search(self, text: str) -> bool:
        if self.fees is None:
            return self.front.on_search(text)
        if self.front is not self.fees:
            self.open_tab("fees")
        return self.fees.on_search(text)

    def primary(self) -> None:
        self.front.primary()

    def back(self) -> None:
        front = self.front
        inside = (front is self.receipts and self.receipts.chosen is not None) or (
            front is self.ledger and not self.ledger.in_list
        )
        if inside or front is self._pages[self._first]:
            front.back()
        else:
            self.open_tab(self._first)

    def bar_actions(self) -> Actions | None:
        return self.front.bar_actions()

    def on_action(self, action_id: str) -> None:
        if action_id == "back":
            self.back()
        else:
            self.front.on_action(action_id)

    def on_notice_action(self, key: str) -> None:
        self.front.on_notice_action(key)
