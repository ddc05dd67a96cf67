"""Scans go last: chunk by chunk from where the centre stands, within a budget of bytes a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sync.desk.client import CentreClient
from sync.desk.ports import Clock, Identity, LineState, Log, Signer
from sync.desk.trouble import Kind, Trouble
from sync.protocol.blob import BlobAnswer, BlobPart, encode_part
from sync.protocol.messages import SYNC
from sync.protocol.sign import BLOB

SMALLEST, START, LARGEST = 4 << 10, 32 << 10, 512 << 10
QUICK_MS = 5_000
_STARTS = 3  # how often one scan may begin anew in one run


@dataclass(frozen=True, slots=True)
class WaitingBlob:
    """A scan that waits. ``size`` in bytes."""

    sha256: str
    size: int


class BlobBook(Protocol):
    """The desk's scans. Each method is durable when it returns."""

    def next_blob(self) -> WaitingBlob | None:
        """The oldest that waits; None: none does."""

    def read_blob(self, sha256: str, offset: int, length: int) -> bytes | None:
        """A piece of it; None when the bytes are gone."""

    def blob_sent(self, sha256: str) -> None:
        """The centre holds it whole."""

    def blob_lost(self, sha256: str, code: str) -> None:
        """It can't be sent as it is: DB-31 the bytes are gone or changed. Its record is not troubled."""

    def budget_left(self) -> int:
        """Bytes that scans may still take today."""

    def spend(self, size: int) -> None: ...


class BlobSender:
    """The last step of the runner. ``moved``: chunks that arrived since the start."""

    def __init__(self, book: BlobBook, signer: Signer, clock: Clock, log: Log) -> None:
        self._book, self._signer, self._clock, self._log = book, signer, clock, log
        self.chunk = START
        self.moved = 0
        self._known: dict[str, int] = {}

    def __call__(
        self, client: CentreClient, who: Identity, line: LineState, ending: Callable[[], bool]
    ) -> Trouble | None:
        while not ending() and self._book.budget_left() > 0:
            blob = self._book.next_blob()
            if blob is None:
                return None
            trouble = self._send(client, who, line, blob, ending)
            if trouble is not None:
                return trouble
        return None

    def _send(
        self, client: CentreClient, who: Identity, line: LineState, blob: WaitingBlob, ending: Callable[[], bool]
    ) -> Trouble | None:
        if blob.size < 1:
            self._book.blob_lost(blob.sha256, "DB-31")
            return None
        answer = self._start(client, who, line, blob)
        starts = 0
        while not isinstance(answer, Trouble):
            if answer.complete:
                self._book.blob_sent(blob.sha256)
                self._log.event("sync.blob", size=blob.size)
                return None
            starts += answer.why == "hash"
            piece = self._book.read_blob(blob.sha256, answer.offset, self.chunk)
            if not piece or answer.why == "size" or starts >= _STARTS or answer.offset >= blob.size:
                self._book.blob_lost(blob.sha256, "DB-31")
                return None
            if ending() or self._book.budget_left() <= 0:
                return None
            answer = self._ask(client, who, line, blob, answer.offset, piece)
        if answer.kind in (Kind.SLOW, Kind.OFFLINE):  # a chunk must fit in between two drops of the line
            self.chunk = max(SMALLEST, self.chunk // 2)
        return answer

    def _start(self, client: CentreClient, who: Identity, line: LineState, blob: WaitingBlob) -> BlobAnswer | Trouble:
        """Where does the centre stand? What it said last is taken for it: a wrong guess costs a chunk, not the scan."""
        offset = self._known.get(blob.sha256, 0)
        piece = self._book.read_blob(blob.sha256, offset, self.chunk) if 0 < offset < blob.size else None
        return self._ask(client, who, line, blob, offset if piece else 0, piece or b"")

    def _ask(
        self, client: CentreClient, who: Identity, line: LineState, blob: WaitingBlob, offset: int, piece: bytes
    ) -> BlobAnswer | Trouble:
        part = BlobPart(SYNC, who.unit, who.station, line.line, blob.sha256, blob.size, offset)
        body = encode_part(part, piece)
        started = self._clock.ticks_ms()
        if piece:
            self._book.spend(len(body))
        reply = client.blob(who, line.line, body, self._signer.sign(line.line, BLOB, body))
        if isinstance(reply, Trouble):
            return reply
        if piece and self._clock.ticks_ms() - started < QUICK_MS:
            self.chunk = min(LARGEST, self.chunk * 2)
        answer = reply[0]
        self.moved += bool(piece)
        if answer.sha256 != blob.sha256 or not 0 <= answer.offset <= blob.size:
            return Trouble(Kind.STRANGER, "DB-05", "an answer about another scan")
        self._known = {blob.sha256: answer.offset}
        return answer
