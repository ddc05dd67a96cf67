"""Which queue prints what: the officer chooses printers by role once; nothing ever falls back in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from desk_app.documents import thermal
from desk_app.domain.errors import Failed
from desk_app.services import papers, signing
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed, Printer
from desk_app.storage.rows import PaperRow
from desk_app.system.printing import FolderPrinter, Media, SpoolPrinter, suggested
from desk_app.system.roll_spool import PREFIX, RollSpooler
from desk_app.system.settings import Printers
from desk_app.ui.screens.intake.ports import Printing

NETWORK = "tcp:"  # a printer chosen by its address, not by the name of a queue


class RolePrinter:
    """The port of the paper use cases over the system's spooler; without a real printer papers become PDF files."""

    def __init__(
        self,
        spooler: SpoolPrinter,
        printers: Callable[[], Printers],
        papers: Path,
    ) -> None:
        self._spooler = spooler
        self._printers = printers
        self._folder = FolderPrinter(papers)
        self._roll = RollSpooler(self._address)

    def chosen(self, role: str) -> str:
        """The queue for a role: the officer's choice, else the machine's only real printer, else "" (PDF files)."""
        choice = self._printers()
        if role == "roll":
            return choice.roll_k80
        named = choice.receipt_a5 if role == "receipt" else choice.slip_a4
        if named:
            return named
        found = suggested(self._spooler.printers())
        return found.name if found else ""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        """Hand over; Raises IN-03, IN-07, IN-08."""
        queue = self.chosen(role)
        if role == "roll":
            return self._print_roll(pdf, queue, title)
        if not queue:
            name = self._folder.print_pdf(pdf, printer="", media=cast(Media, media), title=title)
            return Printed(name, is_file=True)
        job = self._spooler.print_pdf(pdf, printer=queue, media=cast(Media, media), title=title, landscape=landscape)
        return Printed(queue, job=job)

    def job_state(self, job: str) -> str:
        """How a paper fares; see ``ports.Jobs``."""
        return (self._roll if job.startswith(PREFIX) else self._spooler).job_state(job).value

    def _address(self) -> str:
        """Where the K80 printer of the network is now, "" = none."""
        place = self._printers().roll_k80
        return place.removeprefix(NETWORK) if place.startswith(NETWORK) else ""

    def _print_roll(self, pdf: bytes, place: str, title: str) -> Printed:
        """Dots for the K80 printer: to its address through our own queue, or through the spooler's queue unchanged."""
        if not place:
            raise Failed("IN-03", printer="K80")
        job = thermal.raster(pdf)
        if place.startswith(NETWORK):
            return Printed(f"K80 {place.removeprefix(NETWORK)}", job=self._roll.add(job))
        return Printed(place, job=self._spooler.print_raw(job, printer=place, title=title))


def has_roll(printer: Printer) -> bool:
    """Whether a K80 printer was chosen: the payer then gets the short form, and the whole receipt on asking."""
    return bool(getattr(printer, "chosen", lambda _role: "")("roll"))


def print_due(desk: Desk, printer: Printer, about: str) -> Printing:
    """Print what ``about`` (and its receipts) promised and did not come out yet; when all is out, print it once more.

    ``about``: one id, or several with a space between them (one visit); a receipt they share comes out once.
    """
    rows = _rows(desk, papers.due_with_receipts, about)
    reason = ""
    if not rows:
        rows, reason = _rows(desk, papers.again, about), "In lại theo yêu cầu tại quầy"
    out = [_print(desk, printer, row.paper, reason) for row in rows]
    where = out[0].printer if out else ""
    is_file = bool(out) and out[0].is_file
    return Printing("" if is_file else where, len(out), tuple(p.title for p in out), where if is_file else "")


def _rows(desk: Desk, of: Callable[[Desk, str], tuple[PaperRow, ...]], about: str) -> tuple[PaperRow, ...]:
    """The papers of every id, each once, in order."""
    found = desk.store.call(lambda: [row for one in about.split() for row in of(desk, one)])
    return tuple({row.paper: row for row in found}.values())


def print_left(desk: Desk, printer: Printer) -> int:
    """Print every paper that was promised and did not come out, oldest first; answers how many."""
    rows = desk.store.call(lambda: papers.due(desk))
    for row in rows:
        _print(desk, printer, row.paper, "")
    return len(rows)


def _print(desk: Desk, printer: Printer, paper: str, reason: str) -> papers.PaperOut:
    """Print a paper; an electronic receipt is signed first, and stays due while it can't be: a confirmation comes out."""
    kind, about = paper.split(":", 1)
    if kind != "fee_receipt" or signing.ready_to_hand_out(desk, about):
        if kind == "fee_receipt" and not reason and has_roll(printer):
            paper = papers.paper_id(papers.ROLL, about)
        return papers.print_paper(desk, printer, paper, reason)
    instead = papers.paper_id("payment_confirmation", about)
    again = any(p.paper == instead and p.copies for p in desk.store.call(lambda: papers.of(desk, about)))
    return papers.print_paper(desk, printer, instead, "In lại theo yêu cầu tại quầy" if again else "")
