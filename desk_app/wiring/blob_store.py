"""``sync.desk.blobs.BlobBook`` over the store."""

from __future__ import annotations

from desk_app.services.desk import local_time
from desk_app.services.ports import Ids
from desk_app.storage.queries import blobs
from desk_app.storage.store import Store
from desk_app.wiring.sync_store import ACTOR
from sync.desk.blobs import WaitingBlob
from sync.protocol.facts import IncidentRaised

DAY_BYTES = 50 << 20  # of scans, where the office has not set its own


class StoreBlobs:
    """Scans of the encrypted file; ``day_bytes``: how much of them may go out on one day."""

    def __init__(self, store: Store, ids: Ids, day_bytes: int = DAY_BYTES) -> None:
        self._store, self._ids, self._day_bytes = store, ids, day_bytes

    def next_blob(self) -> WaitingBlob | None:
        found = self._store.call(self._next)
        return WaitingBlob(*found) if found is not None else None

    def _next(self) -> tuple[str, int] | None:
        with self._store.read() as tx:
            return blobs.next_waiting(tx)

    def waiting(self) -> tuple[WaitingBlob, ...]:
        """All that wait, for the stick."""
        return tuple(WaitingBlob(*found) for found in self._store.call(self._all))

    def _all(self) -> tuple[tuple[str, int], ...]:
        with self._store.read() as tx:
            return blobs.waiting(tx)

    def read_blob(self, sha256: str, offset: int, length: int) -> bytes | None:
        return self._store.call(lambda: self._piece(sha256, offset, length))

    def _piece(self, sha256: str, offset: int, length: int) -> bytes | None:
        with self._store.read() as tx:
            return blobs.piece(tx, sha256, offset, length)

    def blob_sent(self, sha256: str) -> None:
        self._store.call(lambda: self._state(sha256, "sent"))

    def _state(self, sha256: str, state: str) -> None:
        with self._store.write("", ACTOR) as tx:
            blobs.set_state(tx, sha256, state)

    def blob_lost(self, sha256: str, code: str) -> None:
        self._store.call(lambda: self._lost(sha256, code))

    def _lost(self, sha256: str, code: str) -> None:
        with self._store.write(f"blob-lost:{sha256}", ACTOR) as tx:
            blobs.set_state(tx, sha256, "lost")
            if not tx.prior:
                tx.append(IncidentRaised(self._ids.uuid7(), code, {}))

    def budget_left(self) -> int:
        return self._store.call(self._left)

    def _left(self) -> int:
        with self._store.read() as tx:
            return self._day_bytes - blobs.spent(tx, self._today())

    def spend(self, size: int) -> None:
        self._store.call(lambda: self._spend(size))

    def _spend(self, size: int) -> None:
        with self._store.write("", ACTOR) as tx:
            blobs.spend(tx, self._today(), size)

    def _today(self) -> str:
        return local_time(self._store.clock.now_utc()).date().isoformat()
