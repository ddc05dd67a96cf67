"""The look-up window over the catalogue: given words and ids, never the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desk_app.domain.unit import UnitProfile
from desk_app.services import lookup
from desk_app.services.lookup import TakeList
from desk_app.ui.screens.lookup import LookupPorts, LookupWindow
from desk_app.wiring.catalogue import CatalogueTools
from desk_app.wiring.printing import print_due

Row = tuple[str, str, str]


def lookup_window(
    tools: CatalogueTools, top_used: Callable[[int], Sequence[str]], profile: UnitProfile
) -> LookupWindow:
    """The window for citizens; must be asked for on the ui thread."""
    desk = tools.desk
    headings = {h.id: h for h in desk.catalogue.headings}

    def rows(ids: Sequence[str]) -> tuple[Row, ...]:
        return tuple((id, headings[id].name, headings[id].field_name) for id in ids if id in headings)

    def take(procedure: str) -> str:
        done = desk.store.call(lambda: lookup.take_list(desk, TakeList(desk.ids.uuid7(), procedure)))
        printing = print_due(desk, tools.printer, done.guidance)
        return printing.printer or "quầy"

    return LookupWindow(
        LookupPorts(
            title=profile.desk_name,
            hours=profile.hours_text,
            feedback=profile.feedback,
            submit=tools.submit,
            paper_submit=tools.paper,
            usual=lambda: rows(top_used(9)),
            find=lambda text: rows(tools.find(text)),
            read=lambda id: lookup.read(desk, id),
            take=take,
        )
    )
