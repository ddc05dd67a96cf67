"""Looks after the sheets at the printer: paper out, printer away, and what nobody knows about (TP-03)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from desk_app.domain.errors import DeskError
from desk_app.services import paper_queue, papers
from desk_app.services.desk import Desk
from desk_app.services.paper_queue import PaperQueue, QueueRow, QueueState
from desk_app.services.ports import Jobs, Printer
from desk_app.ui import errors
from desk_app.ui.run import run
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.paper_question import UnsurePaper
from desk_app.ui.widgets.banner import Notice

if TYPE_CHECKING:
    from desk_app.ui.shell import Shell

EVERY_MS = 5000
ASK = (QueueState.UNSURE, QueueState.FAILED)


class PaperWatch(QObject):
    """One per shell; asks the spooler on the paper thread every few seconds, never on the ui thread."""

    def __init__(self, desk: Desk, jobs: Jobs, paper: Submit, shell: Shell) -> None:
        super().__init__(shell)
        self._desk, self._paper, self._shell = desk, paper, shell
        self._queue = PaperQueue(jobs)
        self._said: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Ask now."""
        run(self._shell, self._paper, lambda: self._queue.look(self._desk), self._show, self._failed, action="watch")

    def stop(self) -> None:
        """No more looks: the paper thread ends."""
        self._timer.stop()

    def _show(self, rows: Sequence[QueueRow]) -> None:
        wanted = {row.error.code: row.error for row in reversed(rows) if row.error is not None}
        for code in self._said - set(wanted):
            self._shell.banner.clear_notice(code)
        for code, error in wanted.items():
            message = errors.message_of(error)
            text = message.text
            if code == "TP-03" and not error.values.get("number"):
                text = "Máy tắt hoặc máy in lỗi khi đang in giấy. Giấy đã lập còn đủ. Giấy đã ra chưa?"
            action = "Trả lời" if code == "TP-03" else ""
            if code not in self._said:
                self._shell.raise_notice(Notice(code, message.tone, text, message.title, code, action))
        self._said = set(wanted)
        self._shell.set_papers_waiting(len(rows))

    def _failed(self, error: DeskError) -> None:
        """A spooler that can't be asked is no news; the next look asks again."""
        del error


def unsure(desk: Desk, jobs: Jobs) -> tuple[UnsurePaper, ...]:
    """Sheets to ask about. On the paper thread."""
    rows = PaperQueue(jobs).look(desk)
    return tuple(
        UnsurePaper(r.sheet.paper, str(r.error.values.get("number", "")) if r.error else "", papers.title_of(r.kind))
        for r in rows
        if r.state in ASK
    )


def answer(desk: Desk, printer: Printer, paper: str, came_out: bool) -> None:
    """Note the answer; a sheet that did not come out is printed as a copy. On the paper thread."""
    say = paper_queue.came_out if came_out else paper_queue.did_not_come_out
    desk.store.call(lambda: say(desk, desk.ids.uuid7(), paper))
    if not came_out:
        papers.print_paper(desk, printer, paper, paper_queue.LOST)


class NoJobs:
    """A printer that can't be asked (PDF files): nothing of it is ever noted."""

    def job_state(self, job: str) -> str:
        del job
        return "unknown"


def jobs_of(printer: Printer) -> Jobs:
    """The printer's own jobs where it has them."""
    return cast(Jobs, printer) if hasattr(printer, "job_state") else NoJobs()
