"""The journal as sync sees it: every call is one job on the store thread, durable when it returns.

Keys: a signing seed lies in the encrypted file under the line's number; who has the file but not its key can't sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from datetime import datetime
from hashlib import sha256

from desk_app.services.ports import Ids
from desk_app.storage.lines import CLOSED, FROZEN, MAIN, SPARE
from desk_app.storage.queries import blobs, outbox
from desk_app.storage.store import Store
from sync.desk.ports import Identity, LineState, Tokens
from sync.protocol.envelope import GENESIS
from sync.protocol.facts import GrantAccepted, IncidentRaised
from sync.protocol.messages import LineGrant, RefusedRecord, Witness
from sync.protocol.subject import Subject

ACTOR = "sync"
_IDENTITY = "sync-identity"


class StoreVault(MutableMapping[str, str]):
    """The settings of the encrypted file as a mapping, for the signing seeds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, name: str) -> str:
        value = self._store.call(lambda: _setting(self._store, name))
        if not value:
            raise KeyError(name)
        return value

    def __setitem__(self, name: str, value: str) -> None:
        self._store.call(lambda: _set(self._store, name, value))

    def __delitem__(self, name: str) -> None:
        self._store.call(lambda: _set(self._store, name, ""))

    def __iter__(self) -> Iterator[str]:
        return iter(())  # keys are asked for by name; a vault lists nothing

    def __len__(self) -> int:
        return 0


class StoreOutbox:
    """``sync.desk.ports.Outbox`` over the store."""

    def __init__(self, store: Store, ids: Ids) -> None:
        self._store = store
        self._ids = ids

    def identity(self) -> Identity | None:
        return self._store.call(self._identity)

    def _identity(self) -> Identity | None:
        with self._store.read() as tx:
            kept = tx.setting(_IDENTITY)
            gen = outbox.remote(tx).gen
        if not kept:
            return None
        unit, station, url, key = kept.split("\n")
        return Identity(unit, station, url, key, gen)

    def remember(self, unit: str, station: str, url: str, centre_key: str, gen: int) -> None:
        """Keep who this desk is for its centre; the centre's key is pinned from now on."""

        def job() -> None:
            with self._store.write("", ACTOR) as tx:
                tx.set_setting(_IDENTITY, "\n".join((unit, station, url, centre_key)))
                outbox.begin_gen(tx, gen)

        self._store.call(job)

    def lines(self) -> Sequence[LineState]:
        return self._store.call(self._lines)

    def _lines(self) -> list[LineState]:
        with self._store.read() as tx:
            ours = [line for line in outbox.lines(tx) if not line.training and line.ours]
            forked = outbox.forked(tx)
        current = max((x.line for x in ours if x.kind in (MAIN, SPARE) and x.state != CLOSED), default=0)
        return [
            LineState(x.line, x.last_seq, x.head, x.acked_seq, x.line == current, beside=x.anonymous)
            for x in ours
            if x.line == current or x.last_seq > forked.get(x.line, -1)
        ]

    def pending(self, line: int, after_seq: int, max_bytes: int) -> Sequence[bytes]:
        return self._store.call(lambda: self._pending(line, after_seq, max_bytes))

    def _pending(self, line: int, after_seq: int, max_bytes: int) -> list[bytes]:
        with self._store.read() as tx:
            return outbox.pending(tx, line, after_seq, max_bytes)

    def head_at(self, line: int, seq: int) -> str:
        return self._store.call(lambda: self._head_at(line, seq))

    def _head_at(self, line: int, seq: int) -> str:
        if seq == 0:
            return GENESIS
        with self._store.read() as tx:
            return next((r.h for r in tx.records(line, seq, seq)), "")

    def subjects_for(self, line: int, from_seq: int, to_seq: int) -> Sequence[Subject]:
        return self._store.call(lambda: self._subjects(line, from_seq, to_seq))

    def _subjects(self, line: int, first: int, last: int) -> list[Subject]:
        with self._store.read() as tx:
            return outbox.subjects_for(tx, line, first, last)

    def mark_acked(self, line: int, mark: int, head: str, ack_raw: bytes, gen: int) -> None:
        del gen  # the answer was checked against ours before it came here

        def job() -> None:
            with self._store.write("", ACTOR) as tx:
                now = self._store.clock.now_utc().isoformat(timespec="seconds")
                outbox.mark_acked(tx, line, mark, head, sha256(ack_raw).hexdigest(), ack_raw, now)

        self._store.call(job)

    def note_trouble(self, line: int, refused: Sequence[RefusedRecord], forked: Sequence[int]) -> None:
        self._store.call(lambda: self._note_trouble(line, refused, forked))

    def _note_trouble(self, line: int, refused: Sequence[RefusedRecord], forked: Sequence[int]) -> None:
        with self._store.write("", ACTOR) as tx:
            for record in refused:
                tx.set_setting(f"sync-refused:{line}:{record.seq}", f"{record.code}\n{record.why}")
            if forked:
                outbox.note_forked(tx, line, max(forked))
        if forked:
            with self._store.write(f"forked:{line}:{min(forked)}", ACTOR) as tx:
                if not tx.prior:
                    seen = {"line": line, "seq": min(forked), "count": len(forked)}
                    tx.append(IncidentRaised(self._ids.uuid7(), "DB-14", seen))

    def reset_marks(self, gen: int) -> None:
        def job() -> None:
            with self._store.write("", ACTOR) as tx:
                if outbox.begin_gen(tx, gen):
                    blobs.begin_again(tx)

        self._store.call(job)

    def tokens(self, line: int) -> Tokens:
        found = self._store.call(lambda: self._line_tokens(line))
        return Tokens(*found)

    def _line_tokens(self, line: int) -> tuple[str, str]:
        with self._store.read() as tx:
            return next(((x.token, x.next_token) for x in outbox.lines(tx) if x.line == line), ("", ""))

    def set_tokens(self, line: int, tokens: Tokens) -> None:
        def job() -> None:
            with self._store.write("", ACTOR) as tx:
                outbox.set_tokens(tx, line, tokens.token, tokens.next_token)

        self._store.call(job)

    def add_line(self, grant: LineGrant, public_key: str) -> None:
        self._store.call(lambda: self._add_line(grant, public_key))

    def _add_line(self, grant: LineGrant, public_key: str) -> None:
        with self._store.read() as tx:
            old = next(x for x in reversed(outbox.lines(tx)) if x.kind in (MAIN, SPARE))
        with self._store.write(f"line:{grant.line}", ACTOR) as tx:
            if tx.prior:
                return
            tx.open_line(
                line=grant.line,
                unit=old.unit,
                station=old.station,
                kind=grant.kind,
                public_key_hex=public_key,
                station_no=old.station_no,
                reason=grant.reason,
                after_line=grant.after_line,
            )
            for g in grant.grants:
                tx.append(
                    GrantAccepted(g.grant, g.series_kind, g.form, g.symbol, g.series_id, g.first, g.last, g.period)
                )
            tx.append(IncidentRaised(self._ids.uuid7(), "DB-15", {"line": grant.line, "after": grant.after_line}))

    def witness(self) -> Sequence[Witness]:
        return self._store.call(self._witness)

    def _witness(self) -> list[Witness]:
        """A frozen line stays behind its witness, however far it was written since: its lost records are not there."""
        with self._store.read() as tx:
            behind = {x.line: x.last_seq + max(1, x.lost) for x in outbox.lines(tx) if x.state == FROZEN}
        seen = self._store.witnessed()
        return [Witness(s.line, max(s.seq, behind.get(s.line, 0)), s.number) for s in seen]


class SyncClock:
    """Time for sync: the desk's clock for people, a counter that never goes back for waiting."""

    def __init__(self, now: Callable[[], datetime], ticks_ms: Callable[[], int]) -> None:
        self.utc = now
        self.ticks_ms = ticks_ms


def _setting(store: Store, name: str) -> str | None:
    with store.read() as tx:
        return tx.setting(name)


def _set(store: Store, name: str, value: str) -> None:
    with store.write("", ACTOR) as tx:
        tx.set_setting(name, value)
