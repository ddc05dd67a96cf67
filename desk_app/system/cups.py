"""CUPS, through its own programs `lp`, `lpstat`, `cancel`.

They know the machine's configuration (server, access, default printer); their words are asked for in English, so that
they can be read. The paper is sent at its true size on the named medium: without the medium CUPS takes its default, A4.
"""

from __future__ import annotations

import os
import re
import subprocess
from typing import Final

from desk_app.domain.errors import Failed
from desk_app.system.printing import JobState, Media, Printer, PrinterState, check, looks_virtual

_SECONDS: Final = 20
_MISSING = re.compile(r"does not exist|unknown destination|no such file|not accepting jobs|no default", re.IGNORECASE)


class CupsSpooler:
    """The CUPS server of this machine, or the one at `server` (host:port or a socket's path)."""

    def __init__(self, server: str | None = None) -> None:
        self._server = ["-h", server] if server else []

    def printers(self) -> tuple[Printer, ...]:
        """All queues; none when CUPS is not installed or does not run."""
        try:
            states = self._ask("lpstat", "-l", "-p")
            targets = dict(re.findall(r"^device for (.+?): (.*)$", self._ask("lpstat", "-v"), re.MULTILINE))
            default = re.search(r"system default destination: (\S+)", self._ask("lpstat", "-d"))
            refusing = set(re.findall(r"^(\S+) not accepting requests", self._ask("lpstat", "-a"), re.MULTILINE))
        except Failed:
            return ()
        found = []
        for block in re.split(r"^printer ", states, flags=re.MULTILINE)[1:]:
            name = block.split(" ", 1)[0]
            state = PrinterState.STOPPED if name in refusing else _printer_state(block)
            virtual = looks_virtual(name, targets.get(name, ""))
            found.append(Printer(name, state, virtual, bool(default and default[1] == name)))
        return tuple(sorted(found, key=lambda printer: printer.name))

    def print_pdf(
        self,
        pdf: bytes,
        *,
        printer: str,
        media: Media,
        copies: int = 1,
        title: str,
        landscape: bool = False,  # noqa: ARG002
    ) -> str:
        """See `SpoolPrinter`. CUPS turns a landscape page to the paper by itself; nothing is scaled."""
        check(pdf, copies)
        options = ["-o", f"media={media}", "-o", "print-scaling=none", "-o", "sides=one-sided"]
        return self._hand_over(pdf, printer, title, "-n", str(copies), *options)

    def print_raw(self, job: bytes, *, printer: str, title: str) -> str:
        """See `SpoolPrinter`: no filter touches it."""
        return self._hand_over(job, printer, title, "-o", "raw")

    def _hand_over(self, given: bytes, printer: str, title: str, *options: str) -> str:
        if not printer:
            raise Failed("IN-03", printer=printer)
        said = self._run("lp", "-d", printer, "-t", title, *options, "--", "-", given=given)
        job = re.search(rb"request id is (\S+)", said.stdout)
        if said.returncode != 0 or not job:
            code = "IN-03" if _MISSING.search(said.stderr.decode(errors="replace")) else "IN-07"
            raise Failed(code, printer=printer)
        return job[1].decode()

    def job_state(self, job: str) -> JobState:
        """How that paper fares; UNKNOWN also when the spooler does not answer now."""
        try:
            waiting = _block(self._ask("lpstat", "-l", "-W", "not-completed", "-o"), job)
            if waiting is not None:
                printer = job.rsplit("-", 1)[0]
                return _waiting_state(waiting, self._ask("lpstat", "-l", "-p", printer))
            finished = _block(self._ask("lpstat", "-l", "-W", "completed", "-o"), job)
        except Failed:
            return JobState.UNKNOWN
        if finished is None:
            return JobState.UNKNOWN
        return JobState.FAILED if _spoilt(finished) else JobState.DONE

    def cancel(self, job: str) -> None:
        """Take the paper back; nothing happens when it is out or forgotten."""
        self._run("cancel", job)

    def _ask(self, *command: str) -> str:
        said = self._run(*command)
        if said.returncode != 0 and not said.stdout:
            raise Failed("IN-07", printer="")
        return said.stdout.decode(errors="replace")

    def _run(self, program: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                [program, *self._server, *arguments],
                input=given,
                capture_output=True,
                env={**os.environ, "LC_ALL": "C"},
                check=False,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as cause:
            raise Failed("IN-07", printer="") from cause


def _printer_state(block: str) -> PrinterState:
    first = block.splitlines()[0]
    if " disabled since" in first or re.search(r"Alerts:.*(offline|shutdown|connecting-to-device)", block):
        return PrinterState.STOPPED
    if re.search(r"Alerts:.*media-(empty|needed)", block):
        return PrinterState.PAPER_OUT
    return PrinterState.PRINTING if "now printing" in first else PrinterState.READY


def _block(listing: str, job: str) -> str | None:
    """The lines `lpstat -l -o` says about one job."""
    found = re.search(rf"^{re.escape(job)}\s.*(?:\n\s.*)*", listing, re.MULTILINE)
    return found[0] if found else None


def _spoilt(job: str) -> bool:
    return re.search(r"Alerts:.*(canceled|aborted|with-errors)", job) is not None


def _waiting_state(job: str, printer: str) -> JobState:
    if _spoilt(job):  # a paper the filters could not read stays in the queue
        return JobState.FAILED
    state = _printer_state(printer.removeprefix("printer "))
    if state is PrinterState.STOPPED or "printer-stopped" in job:
        return JobState.STOPPED
    if "job-printing" in job:
        return JobState.PAPER_OUT if state is PrinterState.PAPER_OUT else JobState.PRINTING
    return JobState.PAPER_OUT if state is PrinterState.PAPER_OUT else JobState.WAITING
