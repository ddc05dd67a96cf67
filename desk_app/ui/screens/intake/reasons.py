"""Ctrl+I on the intake: what stands behind the paper in focus, the fees and the term; it follows the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain import grounds
from desk_app.domain.grounds import Grounds
from desk_app.ui import keys
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.widgets.grounds import GroundsPanel

if TYPE_CHECKING:
    from desk_app.ui.screens.intake.papers_step import PapersStep
    from desk_app.ui.screens.intake.screen import IntakePage


class Reasons:
    """Works for one ``IntakePage``."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page
        self.panel = GroundsPanel(page.stack)

    def follow(self, papers: PapersStep) -> None:
        """The list of papers stands: its key and its focus are heard."""
        keys.attach(papers, "legal_basis", self.toggle)
        papers.checklist.moved.connect(self._follow)

    def toggle(self) -> None:
        """Open on the thing in focus, or close."""
        if not self.dismiss():
            self.panel.set_grounds(self._found())

    def dismiss(self) -> bool:
        """Close; False when nothing was open."""
        was_open = self.panel.isVisible()
        self.panel.set_grounds(())
        return was_open

    def refresh(self) -> None:
        """The form changed: an open panel shows the reasons of now, and closes where nothing has a reason."""
        if self.panel.isVisible():
            self.panel.set_grounds(self._found())

    def _follow(self, _document: str) -> None:
        self.refresh()

    def _found(self) -> tuple[Grounds, ...]:
        page = self._page
        view = page.visit.view()
        if page.visit.at is At.PROMISE:
            return grounds.of_money(view)
        if page.visit.at is not At.PAPERS:
            return ()
        route = grounds.of_route(view, page.visit.referred_to(view))
        found = (route, *grounds.of_view(view)) if route else grounds.of_view(view)
        at = page.papers.focused_paper
        row = next((r for r in view.rows if r.document.id == at), None)
        if row is None or view.variant is None:
            return found
        first = grounds.of_document(view.variant, row.document, row.why)
        return (first, *(other for other in found if other != first))
