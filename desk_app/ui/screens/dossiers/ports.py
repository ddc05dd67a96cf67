"""What the list of dossiers asks of the rest of the desk; ``main`` plugs queries and use cases in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from desk_app.ui.screens.intake.ports import Printing

if TYPE_CHECKING:
    from desk_app.domain.calendar import WorkCalendar
    from desk_app.services.results import SettleDossier
    from desk_app.ui.screens.dossiers.life import LifePorts

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


class Row(Protocol):
    """A dossier in a list; times are local stamps ("" = not yet), amounts whole đồng."""

    @property
    def dossier(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def state(self) -> int: ...
    @property
    def received_at(self) -> str: ...
    @property
    def due_at(self) -> str: ...
    @property
    def settled_at(self) -> str: ...
    @property
    def returned_at(self) -> str: ...
    @property
    def owed_vnd(self) -> int: ...


class Event(Protocol):
    """A step of a timeline."""

    @property
    def at(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def actor(self) -> str: ...
    @property
    def note(self) -> Mapping[str, Any]: ...


class Detail(Protocol):
    """One dossier whole."""

    @property
    def row(self) -> Row: ...
    @property
    def events(self) -> Sequence[Event]: ...


@dataclass(frozen=True, slots=True)
class Query:
    """What to list. ``filter``: all, open, overdue, today, waiting, ready; ``after``: the last row shown before."""

    filter: str = "open"
    text: str = ""
    after: Row | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the list; ``more``: the query has further ones."""

    rows: tuple[Row, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class DossierPorts:
    """One bundle. Pure: ``now``, ``new_id``, ``procedure_name``, ``officer_name``. The rest through ``submit``.

    ``procedure_name`` is the name a list has room for; ``find`` sorts as ``storage.queries.dossiers.find`` does.
    ``papers_of``: id and name of a dossier's papers; ``attach(command, dossier, paper, file)`` keeps a scan of one;
    both None: no scans are kept here. ``life``: the other moves of a dossier; None: only results are noted here.
    """

    calendar: WorkCalendar
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    procedure_name: Callable[[str], str]
    officer_name: Callable[[str], str]
    submit: Submit
    find: Callable[[Query], Rows]
    counts: Callable[[], Mapping[str, int]]
    detail: Callable[[str], Detail]
    settle: Callable[[SettleDossier], str]
    print_papers: Callable[[str], Printing]
    paper_submit: Submit | None = None
    life: LifePorts | None = None
    papers_of: Callable[[str], Sequence[tuple[str, str]]] | None = None
    attach: Callable[[str, str, str, str], object] | None = None
