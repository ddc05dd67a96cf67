"""Printers: which there are, how they are, and one way to hand them a paper.

A paper goes to the printer that was named, or the officer hears why not; never to another one, and never silently into
a file. `system_spooler` is the machine's own spooler, `FolderPrinter` keeps PDF files where there is no printer.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Literal, Protocol

from desk_app.domain.errors import DeskError, Failed

Media = Literal["A3", "A4", "A5"]


class PrinterState(Enum):
    """How a printer is. A stopped one keeps what it is given until somebody starts it."""

    READY = "ready"
    PRINTING = "printing"
    PAPER_OUT = "paper_out"
    STOPPED = "stopped"


class JobState(Enum):
    """How a paper fares. UNKNOWN: the spooler has forgotten it or never had it."""

    WAITING = "waiting"
    PRINTING = "printing"
    PAPER_OUT = "paper_out"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Printer:
    """One queue of the machine. `is_virtual`: it makes files or faxes; never chosen by itself."""

    name: str
    state: PrinterState
    is_virtual: bool
    is_default: bool


class SpoolPrinter(Protocol):
    """Where papers are handed over. Every call may take seconds: never on the ui thread."""

    def printers(self) -> tuple[Printer, ...]:
        """All queues, by name; none when there is no spooler."""

    def print_pdf(
        self, pdf: bytes, *, printer: str, media: Media, copies: int = 1, title: str, landscape: bool = False
    ) -> str:
        """Hand over a PDF at its true size; returns the job's id once the spooler has it.

        `title` is seen by everybody at the machine: a code, never a name. Failed: IN-03 no such printer (`printer`),
        IN-07 the spooler refused (`printer`), IN-08 the folder for PDF files cannot be written (`path`).
        """

    def print_raw(self, job: bytes, *, printer: str, title: str) -> str:
        """Hand over bytes in the printer's own language, unchanged; else like ``print_pdf``."""

    def job_state(self, job: str) -> JobState:
        """How that paper fares now."""

    def cancel(self, job: str) -> None:
        """Take the paper back if it is not out yet, so that it can go to another printer without coming out twice."""


def suggested(printers: tuple[Printer, ...]) -> Printer | None:
    """The printer to propose when none is chosen: the machine's default, or the only one; never a virtual one."""
    real = [printer for printer in printers if not printer.is_virtual]
    default = next((printer for printer in real if printer.is_default), None)
    return default or (real[0] if len(real) == 1 else None)


def complaint(state: JobState | PrinterState, *, printer: str, media: Media) -> DeskError | None:
    """What the officer has to hear about that state: IN-02 paper, IN-03 stopped or away, IN-07 failed; or nothing."""
    match state:
        case JobState.PAPER_OUT | PrinterState.PAPER_OUT:
            return Failed("IN-02", printer=printer, paper=media)
        case JobState.STOPPED | PrinterState.STOPPED:
            return Failed("IN-03", printer=printer)
        case JobState.FAILED:
            return Failed("IN-07", printer=printer)
        case _:
            return None


def check(pdf: bytes, copies: int) -> None:
    """A spooler prints anything as text; only a PDF of ours may reach it."""
    if not pdf.startswith(b"%PDF-") or copies < 1:
        raise ValueError("not a PDF, or no copy of it")


def looks_virtual(name: str, target: str = "") -> bool:
    """Whether a queue of that name or device makes files or faxes, not paper."""
    words = f"{name} {target}".casefold()
    signs = ("pdf", "xps", "onenote", "fax", "file:", "portprompt:", "nul:")
    return any(sign in words for sign in signs)


def system_spooler() -> SpoolPrinter:
    """The spooler of this machine: Windows' own, or CUPS."""
    if sys.platform == "win32":
        from desk_app.system.windows_spool import WindowsSpooler

        return WindowsSpooler()
    from desk_app.system.cups import CupsSpooler

    return CupsSpooler()


class FolderPrinter:
    """No printer: papers become PDF files in a folder, one per job, named by title; copies are one file (IN-04)."""

    NAME = "PDF"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def printers(self) -> tuple[Printer, ...]:
        return (Printer(self.NAME, PrinterState.READY, is_virtual=True, is_default=False),)

    def print_pdf(
        self,
        pdf: bytes,
        *,
        printer: str,  # noqa: ARG002
        media: Media,  # noqa: ARG002
        copies: int = 1,
        title: str,
        landscape: bool = False,  # noqa: ARG002
    ) -> str:
        """Returns the file's name; a second paper of the same title gets its own name and replaces nothing."""
        check(pdf, copies)
        words = "".join(letter if letter.isalnum() or letter in "_." else " " for letter in title).split()
        safe = "-".join(words).strip(".-") or "giay"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for number in range(1, 10_000):
                name = f"{safe}.pdf" if number == 1 else f"{safe}-{number}.pdf"
                try:
                    with (self._folder / name).open("xb") as out:
                        out.write(pdf)
                except FileExistsError:
                    continue
                return name
        except OSError as cause:
            raise Failed("IN-08", path=str(self._folder)) from cause
        raise Failed("IN-08", path=str(self._folder))

    def print_raw(self, job: bytes, *, printer: str, title: str) -> str:  # noqa: ARG002
        """A file of printer's language is no paper: Failed IN-03."""
        raise Failed("IN-03", printer=printer)

    def job_state(self, job: str) -> JobState:
        return JobState.DONE if (self._folder / job).exists() else JobState.UNKNOWN

    def cancel(self, job: str) -> None:
        """The file is out already; it stays."""
