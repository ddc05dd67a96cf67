"""``sync.desk.daymatch.DayBook`` over the store."""

from __future__ import annotations

from desk_app.services import daymatch
from desk_app.storage.store import Store
from desk_app.wiring.sync_store import ACTOR
from sync.protocol.daymatch import DayAnswer, DayRequest


class StoreDayBook:
    """Counts and keeps on the store thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def days_wanted(self) -> tuple[str, ...]:
        return self._store.call(self._wanted)

    def _wanted(self) -> tuple[str, ...]:
        with self._store.read() as tx:
            return tuple(daymatch.wanted(tx))

    def day_request(self, day: str) -> DayRequest | None:
        return self._store.call(lambda: self._count(day))

    def _count(self, day: str) -> DayRequest | None:
        with self._store.read() as tx:
            line = tx.use_line("main").line
            at = self._store.clock.now_utc().strftime("%Y-%m-%dT%H:%M:%S.000Z")
            return daymatch.count(tx, day, line, at)

    def keep_day(self, request: DayRequest, answer: DayAnswer, raw: bytes) -> None:
        self._store.call(lambda: daymatch.keep(self._store, request, answer, raw, ACTOR))
