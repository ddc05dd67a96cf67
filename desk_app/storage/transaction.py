"""What a job may do with the journal while it holds it: read, or append facts in one whole transaction.

Reading and writing happen on the store thread only. ``append`` decides order, number of order, time and author; the
fact's record, folds, subjects, counters and the line's new head are one commit or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Executable, Row

from desk_app.storage import lines, numbers, trusted
from desk_app.storage.folds import apply
from desk_app.storage.folds.context import Placed
from desk_app.storage.foreign import ForeignRange, Took, receive
from desk_app.storage.lines import CLOSED, MAIN, TRAINING, LineState
from sync.protocol.canonical import Value
from sync.protocol.codec import to_body
from sync.protocol.envelope import Envelope, Record, open_record, seal
from sync.protocol.facts import Fact, LineOpened, Opaque, ReceiptIssued
from sync.protocol.subject import SubjectRef, commitment, make_subject

if TYPE_CHECKING:
    from desk_app.storage.store import Store

TZ_MINUTES = 420  # Vietnam keeps one offset the whole year

_RECORD = "INSERT INTO record (line, seq, id, kind, v, at, raw, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_USE = "INSERT OR IGNORE INTO subject_use VALUES (?, ?, ?)"
_LINE = "UPDATE line SET next_seq = ?, head = ? WHERE line = ?"


class ReadTx:
    """A look at the file. Rows come out as tuples; the queries of this package make frozen rows of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cursor = store.cursor()
        self._kind: str | None = None
        self._line: LineState | None = None

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """All rows of a prepared text."""
        return cast(list[Any], self._cursor.execute(sql, parameters).fetchall())

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first row of a prepared text; None when there is none."""
        return self._cursor.execute(sql, parameters).fetchone()

    def iterate(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Rows one by one, by a cursor of their own: for what may be long or be left early."""
        cursor = self._store.new_cursor()
        try:
            yield from cursor.execute(sql, parameters)
        finally:
            cursor.close()

    def select(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a Core statement."""
        return self._store.connection().execute(statement).all()

    @property
    def line(self) -> LineState:
        """The line this station writes now: the main one, before enrolment the training one. LookupError: none yet."""
        if self._line is None:
            kinds = (self._kind,) if self._kind else (MAIN, TRAINING)
            found = (lines.of_kind(self._cursor, kind) for kind in kinds)
            self._line = next((line for line in found if line is not None), None)
        if self._line is None:
            raise LookupError("no line was opened yet")
        return self._line

    def lines(self) -> tuple[LineState, ...]:
        """Every line this desk writes, the oldest first."""
        return lines.load_all(self._cursor)

    @property
    def training(self) -> int:
        """1 when the line written now is a training line; lists and totals show that side only."""
        try:
            return int(self.line.training)
        except LookupError:
            return 0

    def use_line(self, kind: str) -> LineState:
        """Take the newest line of ``kind`` (main, training, survey, spare) from here on."""
        self._kind, self._line = kind, None
        return self.line

    def subject(self, ref: SubjectRef | str) -> Mapping[str, Any] | None:
        """What a subject holds; None when it was erased or has not come."""
        id = ref if isinstance(ref, str) else ref.id
        row = self.row("SELECT data FROM subject WHERE id = ?", (id,))
        return cast(Mapping[str, Any], json.loads(row[0])["value"]) if row else None

    def ref(self, id: str) -> SubjectRef | None:
        """How a further fact names a subject that is already kept; None when it is not here."""
        row = self.row("SELECT salt, data FROM subject WHERE id = ?", (id,))
        return SubjectRef(id, commitment(bytes(row[0]), bytes(row[1]))) if row else None

    def blob(self, sha: str) -> bytes | None:
        row = self.row("SELECT data FROM blob WHERE sha256 = ?", (sha,))
        return bytes(row[0]) if row else None

    def setting(self, name: str) -> str | None:
        """A setting of this desk; kept, local, never synced."""
        row = self.row("SELECT value FROM setting WHERE name = ?", (name,))
        return str(row[0]) if row else None

    def records(self, line: int, first: int = 1, last: int | None = None) -> Iterator[Record]:
        """The sealed records of a line in order; ``last`` None: to its end."""
        sql = "SELECT raw FROM record WHERE line = ? AND seq BETWEEN ? AND ? ORDER BY seq"
        for (raw,) in self.iterate(sql, (line, first, 2**62 if last is None else last)):
            yield open_record(bytes(raw))


class WriteTx(ReadTx):
    """One whole transaction, under the command id that the screen gave it."""

    def __init__(self, store: Store, command_id: str, actor: str) -> None:
        super().__init__(store)
        self.command_id = command_id
        self.actor = actor
        self._folding = store.folding()
        self._taker = numbers.Taker()
        self._first: tuple[int, int] | None = None
        self._prior = self._load_prior()
        self.receipt_number: int | None = None

    @property
    def prior(self) -> tuple[Record, ...]:
        """The records this command sealed before (double press, replay after a crash); then nothing can be appended."""
        return self._prior

    def append(self, fact: Fact) -> Record:
        """Seal a fact as the next record of the line. Incident TP-09: money on a frozen line.

        Raises RuntimeError for a command that was done before, a closed line, a number that is not the next one.
        """
        if self._prior or not self.command_id:
            raise RuntimeError("this command was done before" if self._prior else "a fact needs a command id")
        line = self.line
        if line.state == CLOSED or not line.ours:
            raise RuntimeError("this line may not be written")
        sealed = seal(self._envelope(line, fact))
        # From here on only what the bytes say: text is composed, so that a rebuild folds the very same fact.
        e = trusted.envelope(sealed.raw)
        record, fact = Record(e, sealed.raw, sealed.h), trusted.fact(e)
        training = self._folding.training(line.line)
        numbers.check(self._folding, line, fact)
        pos = self._cursor.execute(_RECORD, (e.line, e.seq, e.id, e.kind, e.v, e.at, record.raw, record.h)).lastrowid
        for ref in _refs(fact):
            self._cursor.execute(_USE, (e.line, e.seq, ref.id))
        apply(self._folding, Placed(pos, e, training), fact)
        if self._first is None:
            self._first = (e.line, e.seq)
        if isinstance(fact, ReceiptIssued):
            self.receipt_number = fact.number
        self._line = replace(line, next_seq=e.seq + 1, head=record.h)
        return record

    def put_subject(self, kind: str, value: Mapping[str, Any]) -> SubjectRef:
        """Keep personal data beside the journal, under a fresh salt; the record names it by id and commitment."""
        subject = make_subject(
            self._store.ids.uuid7(), kind, self._store.ids.random_bytes(16), cast(Mapping[str, Value], value)
        )
        self._cursor.execute("INSERT INTO subject VALUES (?, ?, ?, ?)", (subject.id, kind, subject.salt, subject.data))
        self._folding.know(subject.id, value)
        return subject.ref

    def put_blob(self, data: bytes, media_type: str) -> str:
        """Keep bytes under their SHA-256; the same bytes are kept once."""
        sha = sha256(data).hexdigest()
        self._cursor.execute(
            "INSERT INTO blob VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", (sha, media_type, data, self._now())
        )
        return sha

    def take_number(self, series_kind: str, on: date) -> TakenNumber:
        """The next number of the line's grants for day ``on``. Refused TP-08 / DL-13: none left; Incident TP-09."""
        return self._taker.take(self._folding, self.line, series_kind, on)

    def set_setting(self, name: str, value: str) -> None:
        self._cursor.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def use_line(self, kind: str) -> LineState:
        if self._first is not None:
            raise RuntimeError("one command writes one line")
        return super().use_line(kind)

    def open_line(
        self,
        line: int,
        unit: str,
        station: str,
        kind: str,
        public_key_hex: str,
        station_no: int,
        reason: str,
        after_line: int = 0,
    ) -> Record:
        """Begin a line with its first record; it is the one written from here on, and ``after_line`` is closed."""
        if self._first is not None:
            raise RuntimeError("one command writes one line")
        lines.insert(self._cursor, lines.new_line(line, unit, station, kind, station_no))
        self._cursor.execute("UPDATE line SET state = 'closed' WHERE line = ?", (after_line,))
        self._kind, self._line = kind, lines.load(self._cursor, line)
        return self.append(LineOpened(kind, station_no, public_key_hex, reason, after_line))

    def receive(self, found: ForeignRange) -> Took:
        """Take in sealed records of another station; they are witnessed by nobody here, their centre has them."""
        return receive(self._cursor, self._folding, found)

    def finish(self) -> LineState | None:
        """Write what is written once a transaction: counters, head, command. Answers the line written."""
        self._folding.flush()
        if self._first is None or self._line is None:
            return None
        line, first = self._first
        self._cursor.execute(_LINE, (self._line.next_seq, self._line.head, line))
        self._cursor.execute(
            "INSERT INTO command VALUES (?, ?, ?, ?)", (self.command_id, line, first, self._line.last_seq)
        )
        return self._line

    def end(self) -> None:
        """Nothing can be written through it any more: outside its transaction every statement would commit alone."""
        self._cursor = None

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run a text of this package on a kept table; answers how many rows it changed."""
        return int(self._cursor.execute(sql, parameters).rowcount)

    def _load_prior(self) -> tuple[Record, ...]:
        row = self.row("SELECT line, first_seq, last_seq FROM command WHERE id = ?", (self.command_id,))
        return tuple(self.records(*row)) if row else ()

    def _envelope(self, line: LineState, fact: Fact) -> Envelope:
        kind, v = (fact.kind, fact.v) if isinstance(fact, Opaque) else (fact.KIND, fact.V)
        id, at, actor = self._store.ids.uuid7(), self._now(), self.actor
        if line.anonymous:  # a rising id tells the millisecond, as the time does: both are blunted to the day
            id, at, actor = self._store.ids.random_bytes(16).hex(), self._today(), ""
        return Envelope(
            line.unit, line.station, line.line, line.next_seq, id, kind, v, at, TZ_MINUTES, actor, line.head,
            to_body(fact),
        )  # fmt: skip

    def _now(self) -> str:
        now = self._store.clock.now_utc().astimezone(UTC)
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _today(self) -> str:
        """The beginning of the local day, in UTC."""
        offset = timedelta(minutes=TZ_MINUTES)
        local = self._store.clock.now_utc().astimezone(UTC) + offset
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) - offset
        return midnight.isoformat(timespec="milliseconds").replace("+00:00", "Z")


TakenNumber = numbers.TakenNumber


def _refs(fact: Fact) -> list[SubjectRef]:
    if isinstance(fact, Opaque):
        return []
    found = (getattr(fact, f.name) for f in fields(cast(Any, fact)))
    return [value for value in found if isinstance(value, SubjectRef)]
