"""A desk's book of what came down, in memory: applies pages as ``wiring.feed_store`` does over the encrypted file."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field

from sync.protocol import feed
from sync.protocol.feed import FeedEvent, FeedPage, RecordsBody
from sync.protocol.messages import from_value
from sync.protocol.wire import unpack


@dataclass
class NewsBook:
    """Implements ``sync.desk.feed.FeedBook``. ``shown``: every version of the catalogue that was in force, in order."""

    at: tuple[int, int] = (0, 0)
    lines: dict[int, dict[int, str]] = field(default_factory=dict)
    gaps: set[int] = field(default_factory=set)
    version: int = 0
    shown: list[int] = field(default_factory=list)
    online: dict[str, str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def copy(self) -> NewsBook:
        lines = {line: dict(held) for line, held in self.lines.items()}
        twin = type(self)(self.at, lines, set(self.gaps), self.version, list(self.shown), dict(self.online))
        twin.said = set(self.said)
        return twin

    def begin(self, gen: int) -> None:
        """The centre began another life."""
        if self.at[0] != gen:
            self.at = (gen, 0)

    def cursor(self) -> tuple[int, int]:
        return self.at

    def apply(self, page: FeedPage) -> bool:
        again = False
        for event in page.events:
            again = self.take(event) or again
        self.at = (page.gen, 0 if again else page.next)
        return not again

    def take(self, event: FeedEvent) -> bool:
        """Apply one event; True: read again from the start, what was missing before it is here now."""
        if event.kind == feed.RECORDS:
            return self._records(from_value(RecordsBody, event.body))
        if event.kind == feed.VERSION:
            self.announced(int(str(event.body["version"])))
        elif event.kind == feed.ONLINE:
            self.online[str(event.body["id"])] = str(event.body["state"])
        elif event.kind == feed.STATUS:
            self.said.add(str(event.body["code"]))
        return False

    def announced(self, version: int) -> None:
        """Only ever forwards."""
        if version > self.version:
            self.version = version
            self.shown.append(version)

    def _records(self, body: RecordsBody) -> bool:
        batch = unpack(b64decode(body.batch))
        line, first = batch.header.line, batch.header.first
        held = self.lines.setdefault(line, {})
        if first > len(held) + 1:
            self.gaps.add(line)
            return False
        for sealed in batch.records:
            held[sealed.seq] = sealed.h.hex()
        closed = line in self.gaps
        self.gaps.discard(line)
        return closed
