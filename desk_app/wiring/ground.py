"""What the pages need to know before they are built, read on workers: no page waits for the file while it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain.find_procedure import ProcedureFinder
from desk_app.domain.name_lexicon import NameLexicon
from desk_app.domain.unit import UnitProfile
from desk_app.services import dossiers, office
from desk_app.services.desk import Desk
from desk_app.system import resources
from desk_app.wiring.finding import build_finder


@dataclass(frozen=True, slots=True, repr=False)
class Ground:
    """The desk of who signed in, the office, the counter's title, officers' names by id, letters, procedures."""

    desk: Desk
    profile: UnitProfile
    station: str
    officers: Mapping[str, str]
    names: NameLexicon
    finder: ProcedureFinder


def lay(desk: Desk, before: Ground | None = None) -> Ground:
    """Read it all; waits for the store, so never on the ui thread. What did not change since ``before`` is kept."""

    def read() -> tuple[UnitProfile, str]:
        with desk.store.read() as tx:
            return desk.profile(tx), office.station_title(tx)

    profile, station = desk.store.call(read)
    officers = desk.store.call(lambda: dossiers.officer_names(desk))
    same = before is not None and before.desk.catalogue is desk.catalogue
    return Ground(
        desk,
        profile,
        station,
        officers,
        before.names if before is not None else _lexicon(),
        before.finder if before is not None and same else build_finder(desk.catalogue, desk.store),
    )


def _lexicon() -> NameLexicon:
    return NameLexicon.from_lines(resources.path("names", "vi.txt").read_text(encoding="utf-8").splitlines())
