"""The day receipt of the desk in memory: it counts its own books."""

from __future__ import annotations

from collections import Counter

from sync.protocol.daymatch import DayAnswer, DayLine, DayRequest, KindSum, blocks
from sync.protocol.messages import SYNC
from tests.sync.desk import Desk

DAY = "2026-11-25"


class MemoryDayBook:
    """``sync.desk.daymatch.DayBook`` over a ``Desk``."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.wanted = [DAY]
        self.kept: list[tuple[DayRequest, DayAnswer]] = []

    def days_wanted(self) -> tuple[str, ...]:
        return tuple(self.wanted)

    def day_request(self, day: str) -> DayRequest:
        desk, lines = self.desk, []
        for state in desk.lines():
            records = desk.records(state.line)
            kinds = Counter(r.envelope.kind for r in records)
            paid = sum(
                r.envelope.body["total_vnd"]  # type: ignore[misc]
                for r in records
                if r.envelope.kind == "receipt.issued" and "total_vnd" in r.envelope.body
            )
            sums = tuple(
                KindSum(kind, n, int(paid) if kind == "receipt.issued" else 0) for kind, n in sorted(kinds.items())
            )
            hashes = [bytes.fromhex(r.h) for r in records]
            lines.append(DayLine(state.line, 1, state.seq, state.head, blocks(hashes, 1), sums))
        who = desk.who
        return DayRequest(SYNC, who.unit, who.station, desk.line, "m-1", day, "2026-11-25T10:00:00.000Z", tuple(lines))

    def keep_day(self, request: DayRequest, answer: DayAnswer, raw: bytes) -> None:
        self.kept.append((request, answer))
        self.wanted.clear()
