"""Ctrl+S: which paper of the dossier was scanned, then which file; the scan follows its record by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu

from desk_app.ui.run import run
from desk_app.ui.tone import Tone

if TYPE_CHECKING:
    from desk_app.ui.screens.dossiers.screen import DossiersPage

FILES = "Ảnh và PDF (*.jpg *.jpeg *.png *.pdf)"
KEPT = "Đã gắn bản chụp; bản chụp gửi lên sau hồ sơ, khi có mạng."


class Attaching:
    """Works for one ``DossiersPage``. ``menu``: the papers to choose from while it is open."""

    def __init__(self, page: DossiersPage) -> None:
        self._page = page
        self.menu: QMenu | None = None
        page.panel.scan_wanted.connect(self.ask)

    def ask(self) -> None:
        """The papers of the dossier in sight, as a list under the button."""
        page, dossier = self._page, self._page.shown
        if page.ports.papers_of is not None and dossier:
            job = partial(page.ports.papers_of, dossier)
            run(page, page.ports.submit, job, partial(self._choose, dossier), page.show_error, action="papers")

    def _choose(self, dossier: str, papers: Sequence[tuple[str, str]]) -> None:
        button = self._page.panel.scan
        self.menu = QMenu(self._page)
        for id, name in papers:
            self.menu.addAction(name).triggered.connect(partial(self._file, dossier, id))
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _file(self, dossier: str, paper: str, _checked: bool = False) -> None:
        path, _kind = QFileDialog.getOpenFileName(self._page, "Gắn bản chụp", "", FILES)
        if path:
            self.attach(dossier, paper, path)

    def attach(self, dossier: str, paper: str, path: str) -> None:
        """Keep this file as that paper; on the thread of the papers, since a file may be large."""
        page = self._page
        if page.ports.attach is not None:
            job = partial(page.ports.attach, page.ports.new_id(), dossier, paper, path)
            submit = page.ports.paper_submit or page.ports.submit
            run(page, submit, job, partial(self._attached, dossier), page.show_error, action="attach")

    def _attached(self, dossier: str, _sha: object) -> None:
        self._page.toast.emit(KEPT, Tone.OK, "")
        self._page.open_dossier(dossier)
