"""The centre without HTTP: bytes and signatures in, signed bytes out. One transaction for each request."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from psycopg import OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure

from sync.centre.blobs import BlobStore, take_part
from sync.centre.catalogue import parcels
from sync.centre.clock import Clock, stamp, system_clock
from sync.centre.database import Db, Pool
from sync.centre.daymatch import match_day
from sync.centre.enrol import enrol
from sync.centre.feed import read_feed
from sync.centre.identity import CentreKey
from sync.centre.ingest import LineKey, ingest, read_batch
from sync.centre.log import Log
from sync.centre.metrics import Metrics
from sync.centre.online import claim
from sync.centre.refuse import Refused
from sync.centre.session import open_session
from sync.protocol.blob import BlobPart, decode_part
from sync.protocol.codes import BAD_REQUEST, BAD_SIGNATURE, UNAVAILABLE, Code
from sync.protocol.daymatch import DayRequest
from sync.protocol.feed import ClaimRequest, FeedRequest
from sync.protocol.messages import (
    SYNC,
    EnrolRequest,
    MessageError,
    Refusal,
    SessionRequest,
    as_value,
    decode,
)
from sync.protocol.parcels import ParcelRequest
from sync.protocol.sign import BLOB, CLAIM, DAY, FEED, PARCELS, PUSH, SESSION, sign_answer, verify
from sync.protocol.wire import WireError, unpack

_Of = SessionRequest | DayRequest | FeedRequest | ClaimRequest | BlobPart | ParcelRequest
_TRIES = 3  # of one transaction that met a deadlock
_KEYS = 100_000  # public keys held in memory, about 20 MB
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: its exact body, the line it claims to speak for, the signature over the body."""

    body: bytes
    line: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and signed bytes. ``retry_after`` in seconds, 0 = none."""

    status: int
    body: bytes
    retry_after: int = 0


class Centre:
    """All use cases of the server; every method may run on any thread."""

    def __init__(
        self,
        pool: Pool,
        key: CentreKey,
        gen: int,
        log: Log,
        clock: Clock = system_clock,
        blobs: BlobStore | None = None,
    ) -> None:
        self.pool, self.key, self.gen, self.clock, self.log = pool, key, gen, clock, log
        self.blobs = blobs  # None: this centre keeps no scans
        self.metrics = Metrics()
        self._keys: dict[LineKey, str] = {}

    def enrol(self, asked: Asked) -> Answer:
        """A code becomes a station."""
        request = _decode(EnrolRequest, asked.body)
        at = self.clock()
        answer = self._transact(
            lambda db: enrol(db, self.key, self.gen, asked.body, request, asked.signature, at, stamp(at))
        )
        self.log.event("enrolled", unit=answer.unit, station=answer.station, counter=answer.station_no)
        return self._answer(answer)

    def session(self, asked: Asked) -> Answer:
        """A desk says where it stands."""
        key = self._who(asked, SESSION)
        request = _decode(SessionRequest, asked.body)
        self._is_of(key, request)
        at = self.clock()
        answer = self._transact(lambda db: open_session(db, self.key, self.gen, asked.body, request, at, stamp(at)))
        new = answer.new_line
        self.log.event(
            "session", unit=key.unit, station=str(key.station), line=key.line, mark=answer.mark,
            new_line=new.line if new else None, reason=new.reason if new else None,
        )  # fmt: skip
        return self._answer(answer)

    def push(self, asked: Asked) -> Answer:
        """A batch is stored; the answer leaves after the commit."""
        started = time.monotonic_ns()
        key = self._who(asked, PUSH)
        try:
            batch = unpack(asked.body)
        except WireError as error:
            raise Refused(error.code) from error
        readings = read_batch(batch)
        at = self.clock()
        ack = self._transact(lambda db: ingest(db, self.gen, key, asked.body, batch, readings, at))
        ms = (time.monotonic_ns() - started) // 1_000_000
        res = ack.res
        counts = {
            "accepted": res.accepted, "skipped": res.skipped, "refused": len(res.refused), "forked": len(res.forked)
        }  # fmt: skip
        self.metrics.records(**counts)
        self.metrics.batch(ms)
        self.log.event(
            "push", unit=key.unit, station=str(key.station), line=key.line, first=batch.header.first,
            last=batch.header.last, mark=ack.mark, bytes=len(asked.body), ms=ms, wanted=len(res.wanted), **counts,
        )  # fmt: skip
        return self._answer(ack)

    def day(self, asked: Asked) -> Answer:
        """Both sides of a day are compared."""
        key = self._who(asked, DAY)
        request = _decode(DayRequest, asked.body)
        self._is_of(key, request)
        at = self.clock()
        answer = self._transact(lambda db: match_day(db, asked.body, request, at, stamp(at)))
        self.log.event(
            "day", unit=key.unit, station=str(key.station), day=answer.day, equal=int(answer.equal),
            differs=len(answer.differs),
        )  # fmt: skip
        return self._answer(answer)

    def feed(self, asked: Asked) -> Answer:
        """A page of what comes down."""
        key = self._who(asked, FEED)
        request = _decode(FeedRequest, asked.body)
        self._is_of(key, request)
        page = self._transact(lambda db: read_feed(db, self.gen, asked.body, request))
        self.metrics.fed(len(page.events))
        return self._answer(page)

    def claim(self, asked: Asked) -> Answer:
        """A station takes an online dossier, or lets it go."""
        key = self._who(asked, CLAIM)
        request = _decode(ClaimRequest, asked.body)
        self._is_of(key, request)
        at = self.clock()
        answer = self._transact(lambda db: claim(db, asked.body, request, at))
        self.log.event("claim", unit=key.unit, station=str(key.station), what=request.what, granted=int(answer.granted))
        return self._answer(answer)

    def parcels(self, asked: Asked) -> Answer:
        """What is newer in the catalogue, or a piece of it."""
        key = self._who(asked, PARCELS)
        request = _decode(ParcelRequest, asked.body)
        self._is_of(key, request)
        at = self.clock()
        return self._answer(self._transact(lambda db: parcels(db, asked.body, request, at)))

    def blob(self, asked: Asked) -> Answer:
        """A chunk of a scan, or the question how far it has come."""
        key = self._who(asked, BLOB)
        try:
            part, chunk = decode_part(asked.body)
        except MessageError as error:
            raise Refused(BAD_REQUEST) from error
        self._is_of(key, part)
        if self.blobs is None:
            raise Refused(UNAVAILABLE)
        store, at = self.blobs, self.clock()
        return self._answer(self._transact(lambda db: take_part(db, store, key.station, asked.body, part, chunk, at)))

    @staticmethod
    def _is_of(
        key: LineKey, request: SessionRequest | DayRequest | FeedRequest | ClaimRequest | BlobPart | ParcelRequest
    ) -> None:
        """Raise Refused unless the signed line is the one the request speaks of."""
        if (request.unit, request.station, request.line) != (key.unit, str(key.station), key.line):
            raise Refused(BAD_REQUEST)

    def refuse(self, code: Code, asked: Asked, **values: int) -> Answer:
        """The signed refusal of a whole request."""
        refusal = Refusal(
            SYNC, sha256(asked.body).hexdigest(), code.word, values.get("mark", 0), values.get("gen", 0),
            values.get("retry_after", 0),
        )  # fmt: skip
        body = sign_answer(self.key.seed, as_value(refusal))
        return Answer(code.status, body, values.get("retry_after", 0))

    def _answer(self, message: object) -> Answer:
        return Answer(200, sign_answer(self.key.seed, as_value(message)))

    def _who(self, asked: Asked, purpose: str) -> LineKey:
        """Whose line it is, proven by its key, before one byte of the body is read. Raises Refused."""
        try:
            unit, station, line = asked.line.split("/")
            key = LineKey(unit, UUID(station), int(line))
        except ValueError as error:
            raise Refused(BAD_SIGNATURE) from error
        if not 0 < key.line < 1 << 62 or "\0" in unit:
            raise Refused(BAD_SIGNATURE)
        public_key = self._public_key(key)
        if not public_key or not verify(public_key, purpose, asked.body, asked.signature):
            raise Refused(BAD_SIGNATURE)
        return key

    def _public_key(self, key: LineKey) -> str:
        """The key of a line, "" for an unknown one. A line keeps its key for ever, so it is looked up once."""
        known = self._keys.get(key)
        if known is None:
            with self.pool.connection() as db:
                row = db.execute(
                    "SELECT public_key FROM line WHERE unit = %s AND station = %s AND line = %s", key.args
                ).fetchone()
            if row is None:
                return ""
            if len(self._keys) >= _KEYS:
                self._keys.clear()
            self._keys[key] = known = str(row[0])
        return known

    def _transact(self, job: Callable[[Db], T]) -> T:
        """Run ``job`` in one transaction; again after a deadlock or a dead connection (a batch twice is held once)."""
        for left in range(_TRIES - 1, -1, -1):
            db: Db | None = None
            try:
                with self.pool.connection() as db, db.transaction():
                    return job(db)
            except (DeadlockDetected, SerializationFailure):
                if not left:
                    raise
            except OperationalError:
                if not left or db is None or not db.closed:
                    raise
        raise AssertionError


def _decode(shape: type[T], body: bytes) -> T:
    try:
        return decode(shape, body)
    except MessageError as error:
        raise Refused(BAD_REQUEST) from error
