"""Thu phí as one page of the rail with four tabs: Thu · Biên lai · Khóa sổ · Sổ sách; only those for the officer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import cast

from PySide6.QtWidgets import QWidget

from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close import DayClosePage
from desk_app.ui.screens.fees import FeesPage
from desk_app.ui.screens.ledger import LedgerPage
from desk_app.ui.screens.receipts import ReceiptsPage
from desk_app.ui.screens.stopped import StoppedPage
from desk_app.ui.screens.tabs import TabbedPage
from desk_app.ui.watch import unwatched

TITLES = {"fees": "Thu", "receipts": "Biên lai", "close": "Khóa sổ", "ledger": "Sổ sách"}


class CashDeskPage(TabbedPage):
    """``builders``: how the tabs of this officer are built, in the order of ``TITLES``.

    ``stopped`` takes the place of the first tab as long as money is stopped.
    """

    def __init__(
        self,
        builders: dict[str, Callable[[], Page]],
        stopped: Callable[[], StoppedPage] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            [(id, title, builders[id]) for id, title in TITLES.items() if id in builders], "Thu phí", parent
        )
        self._first = self.ids[0]
        self._build_stopped, self._stopped = stopped, False

    def page(self, id: str) -> Page:
        new = id not in self._pages
        made = super().page(id)
        if new and isinstance(made, FeesPage):
            made.stopped.connect(self._stop)
        return made

    @property
    def current(self) -> Page:
        return self.stopped_page if self._stopped and self.front_id == "fees" else super().current

    @cached_property
    def stopped_page(self) -> StoppedPage:
        """What stands in the place of the first tab while money is stopped."""
        assert self._build_stopped is not None
        with unwatched():
            made = self._build_stopped()
            self.adopt(made)
        made.resumed.connect(partial(self._stop, on=False))
        return made

    def _stop(self, on: bool) -> None:
        """Money is stopped, or taken again: the first tab shows the one page or the other."""
        if on == self._stopped or self._build_stopped is None:
            return
        self._stopped = on
        if self.front_id == "fees":
            self.open("fees")

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
