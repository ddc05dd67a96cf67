"""Read what comes down, page by page; each page and its cursor are one transaction at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sync.desk.client import CentreClient
from sync.desk.ports import Clock, Identity, LineState, Log, Signer
from sync.desk.trouble import Kind, Trouble
from sync.protocol.feed import FeedPage, FeedRequest
from sync.protocol.messages import SYNC, encode
from sync.protocol.sign import FEED

SMALLEST, START, LARGEST = 16 << 10, 64 << 10, 512 << 10
QUICK_MS = 5_000


class FeedBook(Protocol):
    """The desk's side of the feed. ``apply`` is durable when it returns."""

    def cursor(self) -> tuple[int, int]:
        """Life number of the centre and position read up to."""

    def apply(self, page: FeedPage) -> bool:
        """Apply the events in order and move the cursor, both or neither; False: read again from the cursor."""


class FeedReader:
    """A step of the runner: everything new, until there is no more."""

    def __init__(self, book: FeedBook, signer: Signer, clock: Clock, log: Log) -> None:
        self._book, self._signer, self._clock, self._log = book, signer, clock, log
        self.max_bytes = START

    def __call__(
        self, client: CentreClient, who: Identity, line: LineState, ending: Callable[[], bool]
    ) -> Trouble | None:
        while not ending():
            gen, pos = self._book.cursor()
            body = encode(FeedRequest(SYNC, who.unit, who.station, line.line, who.gen, pos, self.max_bytes))
            if gen != who.gen:
                return Trouble(Kind.DAMAGED, "DB-14", "the cursor belongs to another life of the centre")
            started = self._clock.ticks_ms()
            reply = client.feed(who, line.line, body, self._signer.sign(line.line, FEED, body))
            if isinstance(reply, Trouble):
                if reply.kind is Kind.SLOW:
                    self.max_bytes = max(SMALLEST, self.max_bytes // 2)
                return reply
            if self._clock.ticks_ms() - started < QUICK_MS:
                self.max_bytes = min(LARGEST, self.max_bytes * 2)
            page = reply[0]
            if page.gen != who.gen or page.next < page.pos or page.pos not in (pos, 0):
                return Trouble(Kind.STRANGER, "DB-05", "a page that does not fit the cursor")
            self._book.apply(page)
            if page.events:
                self._log.event("sync.fed", events=len(page.events), pos=page.next)
            if not page.more and self._book.cursor()[1] >= page.next:
                return None
        return None
