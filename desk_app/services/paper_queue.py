"""Our own memory of what is at the printer: noted before the spooler gets a sheet, dropped when the sheet is out.

The spooler forgets, machines die, paper jams. So a note stands in the desk's file (a setting, no fact) from just before
the hand-over until the spooler says that the sheet is out. What is still noted at the next start, or failed, is never
printed again unasked: the officer says whether the paper came out (TP-03); a second print carries its mark.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from desk_app.documents import kinds
from desk_app.domain.errors import DeskError, Failed, Refused
from desk_app.services.desk import Desk, stamp
from desk_app.services.ports import Jobs, Printed
from desk_app.storage.queries import papers as paper_query
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.facts import PaperPrinted

_NOTE = "printing:"
LOST = "Máy tắt khi đang in, không rõ giấy đã ra chưa"


class QueueState(StrEnum):
    """How a sheet fares in the officer's words: chờ in, đang in, đã in, hết giấy, máy in dừng, lỗi, chưa rõ."""

    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    PAPER_OUT = "paper_out"
    STOPPED = "stopped"
    FAILED = "failed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet at the printer. ``copy`` 0 = first print; ``job`` "" = the hand-over itself was not finished."""

    paper: str
    copy: int
    at: str
    printer: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A sheet and its state; ``error`` is what to tell the officer, None when all is well."""

    sheet: Sheet
    kind: str
    state: QueueState
    error: DeskError | None = None


class PaperQueue:
    """Follows the sheets of this run. One per program, on the paper thread."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._seen: set[str] = set()

    def look(self, desk: Desk) -> tuple[QueueRow, ...]:
        """Every sheet that is not known to be out, oldest first; what is out is dropped from the notes."""
        rows = [self._row(desk, sheet) for sheet in desk.store.call(lambda: _sheets(desk))]
        for row in rows:
            if row.state is QueueState.PRINTED:
                desk.store.call(lambda paper=row.sheet.paper: forget(desk, paper))  # type: ignore[misc]
        return tuple(row for row in rows if row.state is not QueueState.PRINTED)

    def _row(self, desk: Desk, sheet: Sheet) -> QueueRow:
        state = self._state(sheet)
        kind = sheet.paper.split(":", 1)[0]
        media = kinds.KINDS[kind].media
        error: DeskError | None = None
        match state:
            case QueueState.PAPER_OUT:
                error = Failed("IN-02", printer=sheet.printer, paper=media)
            case QueueState.STOPPED:
                error = Failed("IN-03", printer=sheet.printer)
            case QueueState.FAILED | QueueState.UNSURE:
                error = Failed("TP-03", number=desk.store.call(lambda: _number(desk, sheet.paper)))
            case _:
                pass
        return QueueRow(sheet, kind, state, error)

    def _state(self, sheet: Sheet) -> QueueState:
        if not sheet.job:
            return QueueState.UNSURE
        told = self._jobs.job_state(sheet.job)
        if told == "unknown":  # spoolers forget what is out; of an earlier run nobody can say
            return QueueState.PRINTED if sheet.job in self._seen else QueueState.UNSURE
        self._seen.add(sheet.job)
        return QueueState.PRINTED if told == "done" else QueueState(told)


def begin(desk: Desk, paper: str, copy: int) -> None:
    """Note that a sheet is about to be handed over. A job of the store thread."""
    with desk.store.write("", desk.officer.id) as tx:
        tx.set_setting(_NOTE + paper, _text(Sheet(paper, copy, stamp(desk.now()))))


def handed(tx: WriteTx, paper: str, copy: int, now: datetime, out: Printed) -> None:
    """The spooler has it: follow its job; a file, or a spooler that tells nothing, needs no following."""
    if out.job and not out.is_file:
        tx.set_setting(_NOTE + paper, _text(Sheet(paper, copy, stamp(now), out.where, out.job)))
    else:
        _drop(tx, paper)


def forget(desk: Desk, paper: str) -> None:
    """The sheet is out, or was never handed over. A job of the store thread."""
    with desk.store.write("", desk.officer.id) as tx:
        _drop(tx, paper)


def noted(tx: ReadTx) -> Mapping[str, Sheet]:
    """Sheets that may be at the printer, by paper."""
    rows = tx.rows("SELECT value FROM setting WHERE name LIKE 'printing:%'")
    sheets = sorted((Sheet(**json.loads(row[0])) for row in rows), key=lambda s: (s.at, s.paper))
    return {sheet.paper: sheet for sheet in sheets}


def came_out(desk: Desk, command_id: str, paper: str) -> None:
    """The officer says that the paper came out: it counts as printed. Refuses: IN-09 nobody asked."""
    _answer(desk, command_id, paper, "")


def did_not_come_out(desk: Desk, command_id: str, paper: str) -> None:
    """The officer says that it did not: from here on a print of it is a marked copy. Refuses: IN-09 nobody asked."""
    _answer(desk, command_id, paper, LOST)


def _answer(desk: Desk, command_id: str, paper: str, reason: str) -> None:
    with desk.store.write(command_id, desk.officer.id) as tx:
        if tx.prior:
            return
        sheet = noted(tx).get(paper)
        if sheet is None:
            raise Refused("IN-09")
        tx.use_line(desk.line_kind)
        row = paper_query.get(tx, paper)
        if row is not None and row.copies <= sheet.copy:
            tx.append(PaperPrinted(paper, sheet.copy, reason))
        _drop(tx, paper)


def _drop(tx: WriteTx, paper: str) -> None:
    tx.execute("DELETE FROM setting WHERE name = ?", (_NOTE + paper,))


def _sheets(desk: Desk) -> tuple[Sheet, ...]:
    with desk.store.read() as tx:
        return tuple(noted(tx).values())


def _number(desk: Desk, paper: str) -> str:
    with desk.store.read() as tx:
        row = tx.row("SELECT symbol, number FROM receipt WHERE receipt = ?", (paper.split(":", 1)[1],))
        return f"{row[0]} {row[1]}" if row else ""


def _text(sheet: Sheet) -> str:
    return json.dumps(asdict(sheet), sort_keys=True)
