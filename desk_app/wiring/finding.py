"""The index of procedures, built on a worker while the officer looks at the first screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol, TypeVar

from desk_app.domain.catalogue import Catalogue
from desk_app.domain.find_procedure import FinderEntry, Hit, ProcedureFinder
from desk_app.storage.queries import procedures
from desk_app.storage.store import Store

T = TypeVar("T")


class Submit(Protocol):
    """How work gets onto a worker."""

    def __call__(self, job: Callable[[], T], /) -> Future[T]: ...


class Finding:
    """Answers what ``ProcedureFinder`` answers; whoever asks before it is built waits for the rest of the building."""

    def __init__(self, catalogue: Catalogue, store: Store, submit: Submit) -> None:
        self._built = submit(lambda: build_finder(catalogue, store))

    def find(self, query: str, limit: int = 8) -> Sequence[Hit]:
        return self._built.result().find(query, limit)

    def top_used(self, n: int) -> Sequence[str]:
        return self._built.result().top_used(n)


def build_finder(catalogue: Catalogue, store: Store) -> ProcedureFinder:
    """The index over every heading, weighed by the use of this desk and by what is usual anywhere."""
    entries = (
        FinderEntry(h.id, h.name, h.short_name, h.synonyms, h.code or "", h.field_name) for h in catalogue.headings
    )
    return ProcedureFinder(entries, store.call(lambda: _used(store)), catalogue.usual)


def _used(store: Store) -> dict[str, int]:
    with store.read() as tx:
        return procedures.used(tx)
