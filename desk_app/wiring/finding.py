"""The index of procedures, built off the ui thread before the first page asks for it."""

from __future__ import annotations

from desk_app.domain.catalogue import Catalogue
from desk_app.domain.find_procedure import FinderEntry, ProcedureFinder
from desk_app.storage.queries import procedures
from desk_app.storage.store import Store


def build_finder(catalogue: Catalogue, store: Store) -> ProcedureFinder:
    """The index over every heading, weighed by the use of this desk and by what is usual anywhere."""
    entries = (
        FinderEntry(h.id, h.name, h.short_name, h.synonyms, h.code or "", h.field_name) for h in catalogue.headings
    )
    return ProcedureFinder(entries, store.call(lambda: _used(store)), catalogue.usual)


def _used(store: Store) -> dict[str, int]:
    with store.read() as tx:
        return procedures.used(tx)
