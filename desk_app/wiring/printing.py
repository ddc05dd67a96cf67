"""Which queue prints what: the officer chooses printers by role once; nothing ever falls back in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from desk_app.system.printing import FolderPrinter, Media, SpoolPrinter, suggested
from desk_app.system.settings import Printers


class KeptFile(str):
    """What ``print_pdf`` answers when there is no printer: the name of the PDF file that was kept instead."""

    __slots__ = ()


class RolePrinter:
    """The port of the paper use cases over the system's spooler."""

    def __init__(self, spooler: SpoolPrinter, printers: Callable[[], Printers], papers: Path) -> None:
        self._spooler = spooler
        self._printers = printers
        self._folder = FolderPrinter(papers)

    def chosen(self, role: str) -> str:
        """The queue for a role: the officer's choice, else the machine's only real printer, else "" (PDF files)."""
        choice = self._printers()
        named = choice.receipt_a5 if role == "receipt" else choice.slip_a4
        if named:
            return named
        found = suggested(self._spooler.printers())
        return found.name if found else ""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> str:
        """Hand over; answers the queue's name, or a ``KeptFile`` when there is no printer. Raises IN-03, IN-07, IN-08."""
        queue = self.chosen(role)
        if not queue:
            return KeptFile(self._folder.print_pdf(pdf, printer="", media=cast(Media, media), title=title))
        self._spooler.print_pdf(pdf, printer=queue, media=cast(Media, media), title=title, landscape=landscape)
        return queue
