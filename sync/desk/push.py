"""Send what a line holds, batch by batch, and move its mark only by signed answers."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from sync.desk.client import CentreClient
from sync.desk.ports import Clock, Identity, LineState, Outbox, Signer
from sync.desk.trouble import Kind, Trouble
from sync.protocol.codes import GAP, GEN, TOO_LARGE
from sync.protocol.envelope import ChainError
from sync.protocol.messages import MAX_BODY, PushAck
from sync.protocol.sign import PUSH
from sync.protocol.wire import Packed, pack

SMALLEST, START, LARGEST = 8 << 10, 16 << 10, 512 << 10
QUICK_MS = 5_000
_RAW_CAP = 4 << 20


@dataclass(slots=True)
class BatchSize:
    """How many bytes on the wire the next batch may have: doubled after a quick answer, halved after none.

    ``shrink`` is how much smaller a batch became on the wire lately, in tenths; it turns wire bytes into journal bytes.
    """

    wire_bytes: int = START
    shrink: int = 80

    def answered(self, ms: int) -> None:
        if ms < QUICK_MS:
            self.wire_bytes = min(LARGEST, self.wire_bytes * 2)

    def timed_out(self) -> None:
        self.wire_bytes = max(SMALLEST, self.wire_bytes // 2)

    def packed(self, journal_bytes: int, wire_bytes: int) -> None:
        self.shrink = min(200, max(10, 10 * journal_bytes // max(1, wire_bytes)))

    @property
    def journal_bytes(self) -> int:
        return min(_RAW_CAP, self.wire_bytes * self.shrink // 10)


@dataclass(frozen=True, slots=True)
class Pushed:
    """One batch was acknowledged. ``last``: its last record; ``on``: go on after this one."""

    ack: PushAck
    last: int
    on: int


class Pusher:
    """Pushes lines over one client; remembers how large batches may be."""

    def __init__(self, outbox: Outbox, signer: Signer, clock: Clock, size: BatchSize | None = None) -> None:
        self._outbox, self._signer, self._clock = outbox, signer, clock
        self.size = size or BatchSize()
        self._ahead: _Ahead | None = None

    def push_next(self, client: CentreClient, who: Identity, state: LineState, after: int) -> Pushed | Trouble | None:
        """Send the records after ``after``; None when there are none. The mark is durable when this returns."""
        try:
            packed = self._next(who, state, after)
        except ChainError as error:
            return Trouble(Kind.DAMAGED, "DB-14", str(error))
        if packed is None:
            return None
        self._ahead = _Ahead(self, who, state, packed.header.last)
        started = self._clock.ticks_ms()
        answer = client.push(who, state.line, packed.body, self._signer.sign(state.line, PUSH, packed.body))
        if isinstance(answer, Trouble):
            return self._troubled(answer)
        self.size.answered(self._clock.ticks_ms() - started)
        ack, raw = answer
        return self._acked(who, state.line, packed, ack, raw)

    def _next(self, who: Identity, state: LineState, after: int) -> Packed | None:
        """The batch packed while the last one was on its way, where it is the one wanted; else a fresh one."""
        ahead, self._ahead = self._ahead, None
        ready = ahead.take(who, state, after) if ahead is not None else None
        return ready or self._pack(who, state, after)

    def _pack(self, who: Identity, state: LineState, after: int) -> Packed | None:
        line = state.line
        budget = self.size.journal_bytes
        while records := self._outbox.pending(line, after, budget):
            packed = pack(
                unit=who.unit,
                station=who.station,
                line=line,
                gen=who.gen,
                first=after + 1,
                prev=self._outbox.head_at(line, after),
                records=records,
                subjects=self._outbox.subjects_for(line, after + 1, after + len(records)),
                closed=not (state.current or state.beside),
            )
            self.size.packed(sum(map(len, records)), len(packed.body))
            if len(packed.body) <= MAX_BODY or len(records) == 1:
                return packed
            budget //= 2
        return None

    def _troubled(self, trouble: Trouble) -> Trouble:
        error = trouble.refusal.error if trouble.refusal else ""
        # A line that drops every half minute must get a whole batch in between two drops.
        if trouble.kind in (Kind.SLOW, Kind.OFFLINE) or error == TOO_LARGE.word:
            self.size.timed_out()
        return trouble

    def _acked(self, who: Identity, line: int, packed: Packed, ack: PushAck, raw: bytes) -> Pushed | Trouble:
        stranger = Trouble(Kind.STRANGER, "DB-05", "an answer that does not fit the batch")
        if ack.gen != who.gen or (ack.mark < packed.header.first - 1 and not ack.res.forked):
            return stranger
        if ack.res.refused or ack.res.forked:
            self._outbox.note_trouble(line, ack.res.refused, ack.res.forked)
        if ack.res.forked:
            return Pushed(ack, packed.header.last, packed.header.last)
        mark, head = ack.mark, ack.mark_head
        if self._outbox.head_at(line, mark) != head:
            # A copy of this line went another way after what was just sent: all of the batch is held, no more is known.
            mark, head = packed.header.last, packed.header.head
            if ack.mark <= mark or ack.res.accepted + ack.res.skipped + len(ack.res.refused) != _count(packed):
                return Trouble(Kind.DAMAGED, "DB-14", "the centre holds another record at its mark")
        self._outbox.mark_acked(line, mark, head, raw, ack.gen)
        return Pushed(ack, packed.header.last, mark)


class _Ahead:
    """Packs the next batch on a thread of its own while the network works. What goes wrong there goes wrong again later."""

    def __init__(self, pusher: Pusher, who: Identity, state: LineState, after: int) -> None:
        self._wanted = (who, state.line, state.current, after)
        self._packed: Packed | None = None
        self._thread = threading.Thread(target=self._work, args=(pusher, who, state, after), daemon=True, name="pack")
        self._thread.start()

    def _work(self, pusher: Pusher, who: Identity, state: LineState, after: int) -> None:
        try:
            self._packed = pusher._pack(who, state, after)
        except Exception:  # noqa: BLE001 - it is packed again on the thread that can tell of it
            self._packed = None

    def take(self, who: Identity, state: LineState, after: int) -> Packed | None:
        """The batch after ``after``, when that is what was packed."""
        self._thread.join()
        return self._packed if self._wanted == (who, state.line, state.current, after) else None


def _count(packed: Packed) -> int:
    return packed.header.last - packed.header.first + 1


def wants_reset(trouble: Trouble) -> int:
    """The centre's new life number, when that is what the trouble is about; else 0."""
    refusal = trouble.refusal
    return refusal.gen if refusal is not None and refusal.error == GEN.word else 0


def wants_earlier(trouble: Trouble) -> int | None:
    """The mark to start from again, when the centre misses records before our batch."""
    refusal = trouble.refusal
    return refusal.mark if refusal is not None and refusal.error == GAP.word else None
