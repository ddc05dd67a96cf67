"""By stick: pack everything that waits into one file, and read what came back. The other way of the same road.

A mark still moves only by the centre's signed acknowledgement of a batch this desk remembers to have packed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from sync.desk.blobs import WaitingBlob
from sync.desk.catalogue import ParcelBook, request_for_stick, take_from_stick
from sync.desk.daymatch import DayBook, keep_answer
from sync.desk.feed import LARGEST, FeedBook
from sync.desk.ports import Clock, Identity, LineState, Outbox, Signer
from sync.protocol.blob import BlobAnswer, BlobPart, encode_part
from sync.protocol.bundle import (
    BUNDLE,
    BundleManifest,
    Part,
    Reply,
    ReturnManifest,
    check_digits,
    file_name,
    join,
    manifest_value,
    split,
)
from sync.protocol.canonical import canonical
from sync.protocol.codes import GEN
from sync.protocol.daymatch import DayAnswer, DayRequest
from sync.protocol.feed import FeedPage, FeedRequest
from sync.protocol.lockbox import LockboxError, lock
from sync.protocol.messages import SYNC, MessageError, PushAck, Refusal, decode, encode, from_value
from sync.protocol.parcels import ParcelAnswer
from sync.protocol.sign import BLOB, DAY, FEED, PARCELS, PUSH, SignatureError, open_answer
from sync.protocol.sign import BUNDLE as SIGN_BUNDLE
from sync.protocol.wire import pack

_BATCH = 1 << 20  # journal bytes a batch
_CHUNK = 512 << 10  # bytes of a scan in one request
_SCANS = 256 << 20  # bytes of scans on one stick: the file is made in memory


class NotAReturn(ValueError):
    """Not a return file for this desk, changed, or cut; nothing of it was taken."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What was asked in one part, remembered until its answer came. ``body`` only where the answer is read with it."""

    request: str
    path: str
    line: int
    first: int
    last: int
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Copied:
    """A file for the stick. ``digits``: what the paper slip shows; ``records``: how many records are in it."""

    name: str
    data: bytes
    no: int
    records: int
    receipts: int
    digits: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a return file said. ``records``: newly acknowledged; ``refused``: kept aside at the centre."""

    no: int
    records: int
    refused: int
    days: int
    events: int
    again: bool = False


class StickBlobs(Protocol):
    """The scans that wait, for the stick."""

    def waiting(self) -> Sequence[WaitingBlob]:
        """All of them, the oldest first."""

    def read_blob(self, sha256: str, offset: int, length: int) -> bytes | None: ...

    def blob_sent(self, sha256: str) -> None: ...


class CourierBook(Protocol):
    """What the desk remembers of its sticks. Each method is durable when it returns."""

    def next_no(self) -> int: ...

    def remember(self, no: int, made_at: str, records: int, digits: str, packets: Sequence[Packet]) -> None: ...

    def packet(self, request: str) -> Packet | None: ...

    def answered(self, no: int) -> None: ...


class Courier:
    """Packs and reads for one desk."""

    def __init__(
        self,
        outbox: Outbox,
        signer: Signer,
        clock: Clock,
        book: CourierBook,
        days: DayBook,
        feed: FeedBook,
        blobs: StickBlobs | None = None,
        parcels: ParcelBook | None = None,
    ) -> None:
        self._outbox, self._signer, self._clock, self._book = outbox, signer, clock, book
        self._days, self._feed, self._blobs, self._parcels = days, feed, blobs, parcels

    # ---- out -------------------------------------------------------------------------------------------------------

    def pack(self, station_no: int) -> Copied | None:
        """Everything that waits, as one file; None when nothing does. Raises LockboxError without a centre's key."""
        who = self._outbox.identity()
        lines = list(self._outbox.lines())
        current = next((line for line in lines if line.current), None)
        if who is None or current is None:
            raise LockboxError("not enrolled")
        packets: list[Packet] = []
        parts: list[Part] = []
        bodies: list[bytes] = []
        receipts = 0

        def add(
            path: str, line: int, purpose: str, body: bytes, first: int = 0, last: int = 0, keep: bool = False
        ) -> None:
            name = sha256(body).hexdigest()
            signature = self._signer.sign(line, purpose, body)
            parts.append(Part(path, f"{who.unit}/{who.station}/{line}", signature, name, len(body)))
            bodies.append(body)
            packets.append(Packet(name, path, line, first, last, body if keep else b""))

        for line in lines:
            after = line.acked_seq
            while records := self._outbox.pending(line.line, after, _BATCH):
                receipts += sum(b'"kind":"receipt.issued"' in raw for raw in records)
                add(
                    "/v1/push", line.line, PUSH, self._batch(who, line, after, records), after + 1, after + len(records)
                )
                after += len(records)
        records_in = sum(p.last - p.first + 1 for p in packets)
        for day in self._days.days_wanted():
            request = self._days.day_request(day)
            if request is not None:
                add("/v1/day", current.line, DAY, encode(request), keep=True)
        if not packets and (self._blobs is None or not self._blobs.waiting()):
            return None
        gen, pos = self._feed.cursor()
        asked = FeedRequest(SYNC, who.unit, who.station, current.line, gen, pos, LARGEST)
        add("/v1/feed", current.line, FEED, encode(asked))
        if self._parcels is not None:
            add("/v1/parcels", current.line, PARCELS, encode(request_for_stick(self._parcels, who, current.line)))
        for body in self._scans(who, current.line):
            add("/v1/blob", current.line, BLOB, body)
        no, made_at = self._book.next_no(), self._clock.utc().strftime("%Y-%m-%dT%H:%M:%S.000Z")
        manifest = manifest_value(
            BundleManifest(BUNDLE, who.unit, who.station, current.line, no, made_at, records_in, tuple(parts))
        )
        signed = {**manifest, "sig": self._signer.sign(current.line, SIGN_BUNDLE, canonical(manifest))}
        data = lock(join(canonical(signed), bodies), who.centre_key)
        digits = check_digits(data)
        self._book.remember(no, made_at, records_in, digits, packets)
        return Copied(file_name("QUAY", who.unit, station_no, no), data, no, records_in, receipts, digits)

    def _scans(self, who: Identity, line: int) -> Iterator[bytes]:
        """Chunks of the scans that wait, whole scans only, while the stick's file stays small."""
        left = _SCANS
        for blob in self._blobs.waiting() if self._blobs is not None else ():
            if blob.size < 1 or blob.size > left:
                continue
            left -= blob.size
            for offset in range(0, blob.size, _CHUNK):
                piece = self._blobs.read_blob(blob.sha256, offset, _CHUNK) if self._blobs is not None else None
                if piece:
                    yield encode_part(
                        BlobPart(SYNC, who.unit, who.station, line, blob.sha256, blob.size, offset), piece
                    )

    def _batch(self, who: Identity, line: LineState, after: int, records: Sequence[bytes]) -> bytes:
        return pack(
            unit=who.unit, station=who.station, line=line.line, gen=who.gen, first=after + 1,
            prev=self._outbox.head_at(line.line, after), records=records,
            subjects=self._outbox.subjects_for(line.line, after + 1, after + len(records)),
            closed=not (line.current or line.beside),
        ).body  # fmt: skip

    # ---- back ------------------------------------------------------------------------------------------------------

    def read(self, data: bytes) -> ReadBack:
        """Take the answers of a return file; any number of times, in any order with the net. Raises NotAReturn."""
        who = self._outbox.identity()
        if who is None:
            raise NotAReturn("not enrolled")
        raw = self._open(data)
        try:
            first, parts = split(raw, ReturnManifest)
            manifest = from_value(ReturnManifest, open_answer(who.centre_key, first))
        except (MessageError, SignatureError) as error:
            raise NotAReturn(str(error)) from error
        if (manifest.unit, manifest.station) != (who.unit, who.station):
            raise NotAReturn("for another desk")
        done = {"records": 0, "refused": 0, "days": 0, "events": 0}
        for reply, (_name, body) in zip(manifest.replies, parts, strict=True):
            packet = self._book.packet(reply.request)
            if packet is not None:
                self._take(who, packet, reply, body, done)
        self._book.answered(manifest.no)
        return ReadBack(manifest.no, done["records"], done["refused"], done["days"], done["events"])

    def _open(self, data: bytes) -> bytes:
        """With any key of this desk: the line may have changed since the file was written."""
        for line in reversed(list(self._outbox.lines())):
            try:
                return self._signer.unlock(line.line, data)
            except (LockboxError, KeyError):
                continue
        raise NotAReturn("not for this desk, or damaged")

    def _take(self, who: Identity, packet: Packet, reply: Reply, body: bytes, done: dict[str, int]) -> None:
        try:
            value = open_answer(who.centre_key, body)
            if reply.status != 200:
                self._refused(who, from_value(Refusal, value))
            elif packet.path == "/v1/push":
                self._acked(packet, from_value(PushAck, value), body, done)
            elif packet.path == "/v1/day":
                self._matched(packet, from_value(DayAnswer, value), body, done)
            elif packet.path == "/v1/blob":
                self._scanned(packet, from_value(BlobAnswer, value))
            elif packet.path == "/v1/parcels" and self._parcels is not None:
                take_from_stick(self._parcels, from_value(ParcelAnswer, value))
            elif packet.path == "/v1/feed":
                self._fed(who, packet, from_value(FeedPage, value), done)
        except (SignatureError, MessageError):
            return  # one answer that does not hold leaves the others as they are

    def _refused(self, who: Identity, refusal: Refusal) -> None:
        if refusal.error == GEN.word and refusal.gen > who.gen:
            self._outbox.reset_marks(refusal.gen)

    def _acked(self, packet: Packet, ack: PushAck, raw: bytes, done: dict[str, int]) -> None:
        now = self._outbox.identity()
        if ack.batch != packet.request or now is None or ack.gen != now.gen:
            return
        if ack.res.refused or ack.res.forked:
            self._outbox.note_trouble(packet.line, ack.res.refused, ack.res.forked)
            done["refused"] += len(ack.res.refused) + len(ack.res.forked)
        state = next((line for line in self._outbox.lines() if line.line == packet.line), None)
        if ack.res.forked or state is None:
            return
        mark, head = ack.mark, ack.mark_head
        if self._outbox.head_at(packet.line, mark) != head:  # a copy went another way after this batch
            mark, head = packet.last, self._outbox.head_at(packet.line, packet.last)
            if ack.mark <= mark or ack.res.accepted + ack.res.skipped + len(ack.res.refused) != mark - packet.first + 1:
                return
        if mark > state.acked_seq:
            self._outbox.mark_acked(packet.line, mark, head, raw, ack.gen)
            done["records"] += mark - state.acked_seq

    def _matched(self, packet: Packet, answer: DayAnswer, raw: bytes, done: dict[str, int]) -> None:
        request = decode(DayRequest, packet.body)
        if answer.request == packet.request and keep_answer(self._days, request, answer, raw) is None:
            done["days"] += 1

    def _scanned(self, packet: Packet, answer: BlobAnswer) -> None:
        if answer.request == packet.request and answer.complete and self._blobs is not None:
            self._blobs.blob_sent(answer.sha256)

    def _fed(self, who: Identity, packet: Packet, page: FeedPage, done: dict[str, int]) -> None:
        gen, pos = self._feed.cursor()
        if page.request != packet.request or page.gen != gen or gen != who.gen:
            return
        if page.pos <= pos < page.next:  # what the net brought meanwhile is applied again, without effect
            self._feed.apply(page)
            done["events"] += len(page.events)
