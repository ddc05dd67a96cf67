"""What the intake screen asks of the rest of the desk; ``main`` plugs the use cases in, tests a desk that behaves.

Calls marked "slow" are handed to ``run`` and answer on the ui thread; the others are pure and at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desk_app.domain.intake import IntakeForm

if TYPE_CHECKING:
    from desk_app.domain.catalogue import Catalogue
    from desk_app.domain.find_procedure import Hit
    from desk_app.domain.identity import CardReading
    from desk_app.domain.unit import UnitProfile
    from desk_app.services.intake import AcceptDossier, Accepted, GiveGuidance, Guided, History
    from desk_app.services.stopping import Refusal, RefuseDossier
    from desk_app.services.visit import AcceptVisit
    from desk_app.services.visit import Visit as TakenVisit
    from desk_app.ui.screens.intake.online import OnlineRow

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An intake that was begun. ``saved_at``: local stamp; ``parked``: put aside with Ctrl+Space."""

    form: IntakeForm
    saved_at: str
    parked: bool = False


@dataclass(frozen=True, slots=True)
class Printing:
    """What went to the printer: its name, number of sheets, the papers; ``saved_as`` when there is no printer."""

    printer: str
    sheets: int
    papers: tuple[str, ...]
    saved_as: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The range of receipt numbers in use: its symbol and how many are left. ``stopped``: why no money is taken now."""

    symbol: str
    left: int
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class IntakePorts:
    """One bundle. ``submit`` is the store's entry, ``paper_submit`` the paper worker's.

    ``training`` shows the button that scans a sample card.
    At once: ``now`` (local, naive), ``new_id``, ``find``, ``top_used`` (ids), ``read_card``, ``sample_card`` (QR text).
    ``find`` answers some forty hits: the screen puts the favourites in front and shows eight.
    Slow: ``history``, ``accept``, ``guide``, ``reopen``, ``save_draft``, ``drafts``, ``drop_draft``, ``print_papers``,
    ``series``. ``print_papers`` takes the id of a dossier or of a guidance slip, or several with a space
    between them, and prints what belongs to them. ``accept_visit``: several forms of one visit, with one receipt.
    ``online``: online dossiers that wait; ``take_online`` asks the centre for one, so it goes through ``paper_submit``.
    """

    catalogue: Catalogue
    profile: UnitProfile
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    find: Callable[[str], Sequence[Hit]]
    top_used: Callable[[int], Sequence[str]]
    read_card: Callable[[str], CardReading]
    submit: Submit
    history: Callable[[IntakeForm], History]
    accept: Callable[[AcceptDossier], Accepted]
    guide: Callable[[GiveGuidance], Guided]
    reopen: Callable[[str], IntakeForm]
    save_draft: Callable[[Draft], None]
    drafts: Callable[[], Sequence[Draft]]
    drop_draft: Callable[[str], None]
    print_papers: Callable[[str], Printing]
    series: Callable[[], Series]
    training: bool = False
    sample_card: Callable[[], str] = lambda: ""
    paper_submit: Submit | None = None
    print_form: Callable[[IntakeForm], Any] | None = None
    refuse: Callable[[RefuseDossier], Refusal] | None = None
    accept_visit: Callable[[AcceptVisit], TakenVisit] | None = None
    online: Callable[[], Sequence[OnlineRow]] | None = None
    take_online: Callable[[str], IntakeForm] | None = None
