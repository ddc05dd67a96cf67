"""``sync.desk.courier.CourierBook`` over the store."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.storage.queries import sticks
from desk_app.storage.queries.sticks import StickPart, StickRow
from desk_app.storage.store import Store
from desk_app.wiring.sync_store import ACTOR
from sync.desk.courier import Packet


class StoreCourier:
    """Remembers sticks in the encrypted file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def next_no(self) -> int:
        return self._store.call(self._next_no)

    def _next_no(self) -> int:
        with self._store.read() as tx:
            return sticks.next_no(tx)

    def remember(self, no: int, made_at: str, records: int, digits: str, packets: Sequence[Packet]) -> None:
        parts = [StickPart(p.request, p.path, p.line, p.first, p.last, p.body) for p in packets]
        self._store.call(lambda: self._remember(StickRow(no, made_at, records, digits, ""), parts))

    def _remember(self, stick: StickRow, parts: Sequence[StickPart]) -> None:
        with self._store.write("", ACTOR) as tx:
            sticks.add(tx, stick, parts)

    def packet(self, request: str) -> Packet | None:
        return self._store.call(lambda: self._packet(request))

    def _packet(self, request: str) -> Packet | None:
        with self._store.read() as tx:
            p = sticks.part(tx, request)
        return Packet(p.request, p.path, p.line, p.first, p.last, p.body) if p is not None else None

    def answered(self, no: int) -> None:
        self._store.call(lambda: self._answered(no))

    def _answered(self, no: int) -> None:
        with self._store.write("", ACTOR) as tx:
            sticks.answered(tx, no, self._store.clock.now_utc().isoformat(timespec="seconds"))
