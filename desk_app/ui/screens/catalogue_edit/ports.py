"""What the editor of the catalogue needs of the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desk_app.domain.catalogue_draft import Draft
    from desk_app.domain.catalogue_form import Problem
    from desk_app.services.catalogue_edit import Checked, Opened, SaveEdit

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


@dataclass(frozen=True, slots=True)
class EditPorts:
    """Slow calls go by ``submit``; ``find`` answers ids for what is typed, at once.

    ``procedures``: id and name of all, in the order of the catalogue. ``saved``: a new version is in use. ``export``
    writes the office's signed layer to a file and answers where. ``draft_problems`` checks without the catalogue.
    """

    submit: Submit
    today: Callable[[], date]
    new_id: Callable[[], str]
    procedures: Sequence[tuple[str, str]]
    find: Callable[[str], Sequence[str]]
    open: Callable[[str, date], Opened]
    draft_problems: Callable[[Draft], Sequence[Problem]]
    check: Callable[[Draft, frozenset[str]], Checked]
    save: Callable[[SaveEdit], Any]
    take_over: Callable[[], Any]
    saved: Callable[[], None]
