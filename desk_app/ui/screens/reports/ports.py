"""What the reports' page asks of the rest of the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from desk_app.domain.report import Report, Table
from desk_app.services.reports import AskReport

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


class Counted(Protocol):
    """A report as counted, and how fresh its figures are."""

    @property
    def table(self) -> Table: ...
    @property
    def sources(self) -> str: ...


class Behind(Protocol):
    """One dossier, slip or receipt behind a figure."""

    @property
    def ref(self) -> str: ...
    @property
    def dossier(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def due_at(self) -> str: ...
    @property
    def settled_at(self) -> str: ...
    @property
    def amount_vnd(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a file was written."""

    file: str
    folder: str


@dataclass(frozen=True, slots=True)
class ReportPorts:
    """One bundle. Pure: ``now``, ``reports``. Through ``submit``: ``count``, ``behind``; through ``paper_submit``: rest.

    ``behind(ask, column, key)``: key None = behind the total. ``print_report`` and ``print_notice`` (for the
    notice board) answer where it went.
    """

    reports: Sequence[Report]
    now: Callable[[], datetime]
    submit: Submit
    count: Callable[[AskReport], Counted]
    behind: Callable[[AskReport, str, str | None], Sequence[Behind]]
    paper_submit: Submit
    print_report: Callable[[Any], str]
    print_notice: Callable[[Any], str]
    save_xlsx: Callable[[Any], Saved]
    save_csv: Callable[[Any], Saved]
