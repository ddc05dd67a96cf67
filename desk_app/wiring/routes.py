"""From one page to another: a number of the first screen, a scanned slip, a name typed at the top (ui.md §3, routing)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.scan import ScanKind, classify
from desk_app.ui import errors
from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.dossiers import DossiersPage
from desk_app.ui.screens.intake.screen import IntakePage
from desk_app.ui.screens.results import ResultsPage
from desk_app.ui.screens.tabs import TabbedPage

if TYPE_CHECKING:
    from desk_app.ui.shell import Shell

_FILTER_OF_TILE: Final = {"overdue": "overdue", "due_today": "today", "ready": "ready"}
_PAGE_OF_SLIP: Final = {SlipKind.ACCEPTANCE: "results", SlipKind.GUIDANCE: "intake", SlipKind.FEEDBACK: "feedback"}


class Routes:
    """Ways between the pages of one shell; a page that may not be left now stays in front and nothing else happens."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def tile(self, tile: str) -> None:
        """A number of the first screen opens the list behind it."""
        if tile == "collected":
            self._shell.open("fees")
        elif self._shell.open("dossiers"):
            cast(DossiersPage, self._shell.page("dossiers")).show_filter(_FILTER_OF_TILE.get(tile, "all"))

    def dossier(self, dossier: str) -> None:
        """The dossier of that id, in the list."""
        if self._shell.open("dossiers"):
            cast(DossiersPage, self._shell.page("dossiers")).open_dossier(dossier)

    def dossiers(self, text: str) -> None:
        """The dossiers found by a code or by words."""
        if self._shell.open("dossiers"):
            self._shell.page("dossiers").on_search(text)

    def hand_over(self, dossier: str) -> None:
        """The result of that dossier, to be handed over."""
        if self._shell.open("results"):
            cast(ResultsPage, self._shell.page("results")).open_dossier(dossier)

    def collect(self, dossier: str) -> None:
        """The fee of that dossier, to be collected."""
        if self._shell.open("fees"):
            cast(CashDeskPage, self._shell.page("fees")).open_dossier(dossier)

    def receipts(self) -> None:
        """The list of receipts."""
        if self._shell.open("fees"):
            cast(CashDeskPage, self._shell.page("fees")).open("receipts")

    def moved_dates(self) -> None:
        """The dossiers whose date the table of days off has moved."""
        if self._shell.open("admin"):
            cast(TabbedPage, self._shell.page("admin")).open("dates")

    def procedure(self, procedure: str) -> None:
        """An intake of that procedure."""
        if self._shell.open("intake"):
            cast(IntakePage, self._shell.page("intake")).choose(procedure)

    def scan(self, text: str) -> None:
        """A scan that the page in front did not take opens the page it belongs to."""
        page = page_of(text)
        if not page:
            show_error(self._shell, Refused("TN-05"))
        elif page == "dossiers":
            self.dossiers(text)
        elif page != self._shell.current and self._shell.open(page):
            self._shell.page(page).on_scan(text)

    def search(self, text: str) -> None:
        """Typed into the top field on a page that does not search: a code of ours opens its page, words the list."""
        if page_of(text) not in ("", "dossiers"):
            self.scan(text)
        else:
            self.dossiers(text)


def page_of(text: str) -> str:
    """The page a scanned or typed code belongs to, "" = none."""
    match classify(text):
        case ScanKind.CARD:
            return "intake"
        case ScanKind.DOSSIER_CODE:
            return "dossiers"
        case ScanKind.OWN_CODE:
            code = parse_code(text)
            return _PAGE_OF_SLIP.get(code.kind, "") if isinstance(code, SlipCode) else "fees"
    return ""


def show_error(shell: Shell, error: DeskError) -> None:
    """Errors of the shell itself are a toast."""
    message = errors.message_of(error)
    shell.toaster.show(message.text, message.tone, message.code)
