"""A desk without a window: journal in memory, real envelopes, the real client, pusher and runner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sync.centre.clock import system_clock
from sync.desk.client import CentreClient
from sync.desk.enrol import Enrolment, enrol
from sync.desk.keys import SeedSigner
from sync.desk.ports import Identity, LineState, Tokens
from sync.desk.push import BatchSize, Pushed, Pusher
from sync.desk.runner import Runner, SyncStatus
from sync.desk.trouble import Trouble
from sync.protocol.envelope import GENESIS, Record
from sync.protocol.messages import LineGrant, RefusedRecord, Witness
from sync.protocol.subject import Subject
from tests.sync.news import NewsBook
from tests.sync.office import Book


class TestClock:
    """The PC's clock."""

    __test__ = False

    def utc(self) -> datetime:
        return system_clock()

    def ticks_ms(self) -> int:
        return int(system_clock().timestamp() * 1000)


@dataclass
class LogLines:
    """Keeps what would be logged."""

    lines: list[dict[str, object]] = field(default_factory=list)

    def event(self, event: str, **values: int | str | None) -> None:
        self.lines.append({"event": event, **values})


@dataclass
class _Line:
    book: Book
    acked: int = 0
    ack_raw: bytes = b""
    tokens: Tokens = field(default_factory=lambda: Tokens(""))
    forked: int = 0
    frozen: bool = False
    current: bool = True


class Desk:
    """Outbox and its books; implements ``sync.desk.ports.Outbox`` as the real journal does."""

    def __init__(self, enrolment: Enrolment, vault: dict[str, str], seed: int = 1) -> None:
        self.vault = vault
        self.signer = SeedSigner(vault)
        self.clock = TestClock()
        self.log = LogLines()
        self.enrolment = enrolment
        self.who = Identity(
            enrolment.unit, enrolment.station, enrolment.centre_url, enrolment.centre_key, enrolment.gen
        )
        self.refused: list[RefusedRecord] = []
        self.witnesses: tuple[Witness, ...] = ()
        self.news = NewsBook((self.who.gen, 0))
        self.seed = seed
        self._lines: dict[int, _Line] = {}
        self._start(enrolment.main, enrolment.public_key)
        self._lines[enrolment.main.line].tokens = Tokens(enrolment.token)

    def _start(self, grant: LineGrant, public_key: str) -> None:
        book = Book(self.who.unit, self.who.station, grant.line, self.seed + len(self._lines))
        book.open(public_key, grant.grants, self.enrolment.station_no, grant.after_line)
        for line in self._lines.values():
            line.current = line.frozen = False
        self._lines[grant.line] = _Line(book)

    # ---- for tests ----
    @property
    def line(self) -> int:
        return next(n for n, line in self._lines.items() if line.current)

    @property
    def book(self) -> Book:
        return self._lines[self.line].book

    def acked(self, line: int = 0) -> int:
        return self._lines[line or self.line].acked

    def work(self, records: int) -> None:
        """Go on until the current line holds ``records`` records."""
        list(self.book.day(records))

    def records(self, line: int) -> list[Record]:
        return self._lines[line].book.records

    def state(self) -> LineState:
        return next(state for state in self.lines() if state.current)

    def client(self, url: str = "", read_s: int = 20) -> CentreClient:
        return CentreClient(url or self.who.centre_url, self.clock, connect_s=3, read_s=read_s)

    def push(self, url: str = "", size: int = 0, after: int | None = None) -> Pushed | Trouble | None:
        """One batch over a connection of its own."""
        pusher = Pusher(self, self.signer, self.clock, BatchSize(size or 512 << 10, 150))
        client = self.client(url)
        try:
            return pusher.push_next(client, self.who, self.state(), self.acked() if after is None else after)
        finally:
            client.close()

    def runner(self, url: str = "", on_change: object = None, **options: object) -> Runner:
        def seen(status: SyncStatus) -> None:
            if callable(on_change):
                on_change(status)

        return Runner(self, self.signer, self.clock, self.log, lambda _who: self.client(url), seen, **options)  # type: ignore[arg-type]

    def copy(self) -> Desk:
        """The same data on another PC: a disk image, or a backup kept for later."""
        twin = Desk.__new__(Desk)
        twin.__dict__.update(self.__dict__)
        twin.vault = dict(self.vault)
        twin.signer = SeedSigner(twin.vault)
        twin.log = LogLines()
        twin.refused = []
        twin.news = self.news.copy()
        twin._lines = {}
        for number, line in self._lines.items():
            book = Book(line.book.unit, line.book.station, line.book.line, line.book.seed + 77)
            book.__dict__.update({k: v for k, v in line.book.__dict__.items() if k not in ("random", "seed")})
            book.records = list(line.book.records)
            book.subjects = {k: list(v) for k, v in line.book.subjects.items()}
            book._used = dict(line.book._used)
            twin._lines[number] = replace(line, book=book)
        return twin

    # ---- Outbox ----
    def identity(self) -> Identity | None:
        return self.who

    def lines(self) -> Sequence[LineState]:
        return [
            LineState(n, len(line.book.records), line.book.head, line.acked, line.current)
            for n, line in sorted(self._lines.items())
            if line.current or len(line.book.records) > (line.forked or -1)
        ]

    def pending(self, line: int, after_seq: int, max_bytes: int) -> Sequence[bytes]:
        found: list[bytes] = []
        size = 0
        for record in self._lines[line].book.records[after_seq:]:
            size += len(record.raw)
            if found and size > max_bytes:
                break
            found.append(record.raw)
        return found

    def head_at(self, line: int, seq: int) -> str:
        records = self._lines[line].book.records
        return GENESIS if seq == 0 else records[seq - 1].h if 0 < seq <= len(records) else ""

    def subjects_for(self, line: int, from_seq: int, to_seq: int) -> Sequence[Subject]:
        held = self._lines[line].book.subjects
        return [s for seq in range(from_seq, to_seq + 1) for s in held.get(seq, ())]

    def mark_acked(self, line: int, mark: int, head: str, ack_raw: bytes, gen: int) -> None:
        assert self.head_at(line, mark) == head
        self._lines[line].acked = mark
        self._lines[line].ack_raw = ack_raw

    def note_trouble(self, line: int, refused: Sequence[RefusedRecord], forked: Sequence[int]) -> None:
        self.refused.extend(refused)
        if forked:
            self._lines[line].forked = max(*forked, self._lines[line].forked)

    def reset_marks(self, gen: int) -> None:
        self.who = replace(self.who, gen=gen)
        self.news.begin(gen)
        for line in self._lines.values():
            line.acked = line.forked = 0

    def tokens(self, line: int) -> Tokens:
        return self._lines[line].tokens

    def set_tokens(self, line: int, tokens: Tokens) -> None:
        self._lines[line].tokens = tokens

    def add_line(self, grant: LineGrant, public_key: str) -> None:
        self._start(grant, public_key)

    def witness(self) -> Sequence[Witness]:
        behind = {n: len(line.book.records) + 1 for n, line in self._lines.items() if line.frozen}
        return [Witness(w.line, max(w.seq, behind.get(w.line, 0)), w.no) for w in self.witnesses]

    def open_again(self) -> None:
        """The program starts: a line that the witness saw further, or otherwise, is frozen until it is replaced."""
        for seen in self.witnesses:
            line = self._lines.get(seen.line)
            if (
                line is not None
                and line.current
                and not self.head_at(seen.line, seen.seq).startswith(seen.head8 or "-")
            ):
                line.frozen = True


def enrol_desk(url: str, code: str, seed: int = 1, client: CentreClient | None = None) -> Desk:
    """Spend a code and start the line it gives; ``client``: another way to the centre than HTTP."""
    vault: dict[str, str] = {}
    client = client or CentreClient(url, TestClock(), connect_s=3, read_s=20)
    try:
        enrolment = enrol(client, SeedSigner(vault, vault), code=code, app="test", machine={"system": "test"})
    finally:
        client.close()
    assert isinstance(enrolment, Enrolment), enrolment
    return Desk(enrolment, vault, seed)
