"""Thu phí as one page of the rail with four tabs: Thu · Biên lai · Khóa sổ · Sổ sách; only those for the officer."""

from __future__ import annotations

<<<<<<< HEAD
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget
=======
from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QWidget
>>>>>>> main

from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close import DayClosePage
from desk_app.ui.screens.fees import FeesPage
from desk_app.ui.screens.ledger import LedgerPage
from desk_app.ui.screens.receipts import ReceiptsPage
<<<<<<< HEAD
from desk_app.ui.screens.stopped import StoppedPage
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.label import across, down
from desk_app.ui.widgets.segment import Segment
=======
from desk_app.ui.screens.tabs import TabbedPage
>>>>>>> main

TITLES = {"fees": "Thu", "receipts": "Biên lai", "close": "Khóa sổ", "ledger": "Sổ sách"}


<<<<<<< HEAD
class CashDeskPage(Page):
    """Hands every call of the shell to the tab in front. A page that is None is not for this officer: no tab.

    ``stopped`` takes the place of the first tab as long as money is stopped.
    """

    def __init__(
        self,
        fees: FeesPage | None,
        receipts: ReceiptsPage,
        close: DayClosePage | None,
        ledger: LedgerPage | None,
        stopped: StoppedPage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fees, self.receipts, self.close_page, self.ledger = fees, receipts, close, ledger
        every = {"fees": fees, "receipts": receipts, "close": close, "ledger": ledger}
        self._pages: dict[str, Page] = {id: page for id, page in every.items() if page is not None}
        self._first = next(iter(self._pages))
        self.tabs = Segment([tab for tab in TABS if tab[0] in self._pages], "Thu phí", self._first)
        self._stack = QStackedWidget()
        self._taking, self._stopped = fees, stopped
        for page in (*self._pages.values(), *((stopped,) if stopped is not None else ())):
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
        if fees is not None and stopped is not None:
            fees.stopped.connect(self._stop)
            stopped.resumed.connect(partial(self._stop, on=False))

    def _stop(self, on: bool) -> None:
        """Money is stopped, or taken again: the first tab shows the one page or the other."""
        wanted = self._stopped if on else self._taking
        if wanted is None or self._pages.get("fees") is wanted:
            return
        was_front = self._stack.currentWidget() is self._pages["fees"]
        self._pages["fees"] = wanted
        if was_front:
            self._stack.setCurrentWidget(wanted)
            wanted.activate()
            self.actions_changed.emit()
=======
class CashDeskPage(TabbedPage):
    """``builders``: how the tabs of this officer are built, in the order of ``TITLES``."""

    def __init__(self, builders: dict[str, Callable[[], Page]], parent: QWidget | None = None) -> None:
        super().__init__(
            [(id, title, builders[id]) for id, title in TITLES.items() if id in builders], "Thu phí", parent
        )
        self._first = self.ids[0]
>>>>>>> main

    @property
    def fees(self) -> FeesPage | None:
        """The tab of who takes money."""
        return cast(FeesPage, self.page("fees")) if "fees" in self.ids else None

    @property
    def receipts(self) -> ReceiptsPage:
        """The list of receipts."""
        return cast(ReceiptsPage, self.page("receipts"))

    @property
    def close_page(self) -> DayClosePage | None:
        """The closing of the day."""
        return cast(DayClosePage, self.page("close")) if "close" in self.ids else None

    @property
    def ledger(self) -> LedgerPage | None:
        """The tasks of the book-keeper."""
        return cast(LedgerPage, self.page("ledger")) if "ledger" in self.ids else None

    def open_dossier(self, dossier: str) -> None:
        """Collect the fee of a dossier: the first tab, for those who take money."""
        if self.fees is None:
            self.say("DN-06", role="Thu phí, lệ phí")
            return
        self.open("fees")
        self.fees.open_dossier(dossier)

    def on_scan(self, text: str) -> bool:
        if self.front_id == "ledger" and self.current.on_scan(text):
            return True
        if self.fees is not None and self.fees.on_scan(text):
            if self.front_id != "fees":
                self.open("fees")
            return True
        if self.receipts.on_scan(text):
            if self.front_id != "receipts":
                self.open("receipts")
            return True
        return self.current.on_scan(text)

    def on_search(self, text: str) -> bool:
        if self.fees is None:
            return self.current.on_search(text)
        if self.front_id != "fees":
            self.open("fees")
        return self.fees.on_search(text)

    def back(self) -> None:
        if self._inside() or self.front_id == self._first:
            self.current.back()
        else:
            self.open(self._first)

    def _inside(self) -> bool:
        """Whether the tab in front has something open that Esc closes first."""
        front = self.current
        if isinstance(front, ReceiptsPage):
            return front.chosen is not None
        return isinstance(front, LedgerPage) and not front.in_list

    def on_action(self, action_id: str) -> None:
        if action_id == "back":
            self.back()
        else:
            super().on_action(action_id)
