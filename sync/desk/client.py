"""One method = one request to the centre, and the proof that it was the centre that answered.

No retry, no redirect, no cache. An answer counts only with our content type, the hash of our request and the signature
of the pinned key; a log-in page of the network, a proxy's error and a stranger's certificate become values.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TypeVar

import requests

from sync.desk.ports import Clock, Identity
from sync.desk.trouble import Kind, Trouble, refused
from sync.protocol.blob import BlobAnswer
from sync.protocol.canonical import CanonicalError, parse
from sync.protocol.daymatch import DayAnswer
from sync.protocol.feed import ClaimAnswer, FeedPage
from sync.protocol.messages import (
    BATCH_TYPE,
    CONTENT_TYPE,
    H_LINE,
    H_SIGNATURE,
    EnrolAnswer,
    MessageError,
    PushAck,
    Refusal,
    SessionAnswer,
    from_value,
)
from sync.protocol.parcels import ParcelAnswer
from sync.protocol.sign import SignatureError, open_answer

CONNECT_S = 10
READ_S = 120
MAX_ANSWER = 4 << 20  # a page of the feed may hold one event that is larger than a body
WHOLE_MS = 300_000  # an answer that drips longer than this is none

A = TypeVar("A", EnrolAnswer, SessionAnswer, PushAck, DayAnswer, FeedPage, ClaimAnswer, BlobAnswer, ParcelAnswer)


class CentreClient:
    """A keep-alive connection to one centre. ``ca_file``: the office's own certificate authority."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        *,
        app: str = "",
        ca_file: str | None = None,
        connect_s: int = CONNECT_S,
        read_s: int = READ_S,
    ) -> None:
        self.url = url.rstrip("/")
        self._clock = clock
        self._timeout = (connect_s, read_s)
        self._session = requests.Session()
        self._session.headers["User-Agent"] = app or "mot-cua-desk"
        if ca_file is not None:
            self._session.verify = ca_file

    def close(self) -> None:
        """Drop the connection; the next request opens another."""
        self._session.close()

    def enrol(self, body: bytes, signature: str) -> tuple[EnrolAnswer, bytes] | Trouble:
        """Ask for a station. The answer's own key is trusted here, once; people compare its fingerprint."""
        return self._ask("/v1/enrol", body, {H_SIGNATURE: signature, "Content-Type": CONTENT_TYPE}, EnrolAnswer, None)

    def session(self, who: Identity, line: int, body: bytes, signature: str) -> tuple[SessionAnswer, bytes] | Trouble:
        """Say where we stand on a line."""
        return self._ask(
            "/v1/session", body, _headers(who, line, signature, CONTENT_TYPE), SessionAnswer, who.centre_key
        )

    def push(self, who: Identity, line: int, body: bytes, signature: str) -> tuple[PushAck, bytes] | Trouble:
        """Send a batch."""
        return self._ask("/v1/push", body, _headers(who, line, signature, BATCH_TYPE), PushAck, who.centre_key)

    def day(self, who: Identity, line: int, body: bytes, signature: str) -> tuple[DayAnswer, bytes] | Trouble:
        """Ask for the day receipt."""
        return self._ask("/v1/day", body, _headers(who, line, signature, CONTENT_TYPE), DayAnswer, who.centre_key)

    def feed(self, who: Identity, line: int, body: bytes, signature: str) -> tuple[FeedPage, bytes] | Trouble:
        """Read on in the feed."""
        return self._ask("/v1/feed", body, _headers(who, line, signature, CONTENT_TYPE), FeedPage, who.centre_key)

    def claim(self, who: Identity, line: int, body: bytes, signature: str) -> tuple[ClaimAnswer, bytes] | Trouble:
        """Take an online dossier, or let it go."""
        return self._ask("/v1/claim", body, _headers(who, line, signature, CONTENT_TYPE), ClaimAnswer, who.centre_key)

    def blob(self, who: Identity, line: int, body: bytes, signature: str) -> tuple[BlobAnswer, bytes] | Trouble:
        """Send a chunk of a scan, or ask how far it has come."""
        return self._ask("/v1/blob", body, _headers(who, line, signature, CONTENT_TYPE), BlobAnswer, who.centre_key)

    def parcels(self, who: Identity, line: int, body: bytes, signature: str) -> tuple[ParcelAnswer, bytes] | Trouble:
        """Ask what is newer in the catalogue, or for a piece of it."""
        return self._ask(
            "/v1/parcels", body, _headers(who, line, signature, CONTENT_TYPE), ParcelAnswer, who.centre_key
        )

    def _ask(
        self, path: str, body: bytes, headers: dict[str, str], shape: type[A], key: str | None
    ) -> tuple[A, bytes] | Trouble:
        try:
            with self._session.post(
                self.url + path, data=body, headers=headers, allow_redirects=False, stream=True, timeout=self._timeout
            ) as response:
                status = response.status_code
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
                retry_after = response.headers.get("Retry-After", "")
                raw = self._read(response) if kind == CONTENT_TYPE else b""
        except requests.exceptions.SSLError as error:
            return Trouble(Kind.STRANGER, "DB-05", _certificate(error))
        except requests.exceptions.Timeout as error:
            return Trouble(Kind.SLOW, "DB-01", type(error).__name__)
        except requests.exceptions.RequestException as error:
            return Trouble(Kind.OFFLINE, "DB-01", type(error).__name__)
        if kind != CONTENT_TYPE:
            return _not_ours(status, kind, retry_after)
        return _judge(raw, status, sha256(body).hexdigest(), shape, key)

    def _read(self, response: requests.Response) -> bytes:
        parts: list[bytes] = []
        size, end = 0, self._clock.ticks_ms() + WHOLE_MS
        for part in response.iter_content(16_384):
            size += len(part)
            if size > MAX_ANSWER or self._clock.ticks_ms() > end:
                raise requests.exceptions.ReadTimeout("the answer has no end")
            parts.append(part)
        return b"".join(parts)


def _headers(who: Identity, line: int, signature: str, content_type: str) -> dict[str, str]:
    return {H_LINE: f"{who.unit}/{who.station}/{line}", H_SIGNATURE: signature, "Content-Type": content_type}


def _not_ours(status: int, kind: str, retry_after: str) -> Trouble:
    """Somebody between us and the centre answered."""
    detail = f"{status} {kind[:40]}"
    cut = CONTENT_TYPE.startswith(kind)  # the line broke within the headers
    if status in (429, 502, 503, 504):
        return Trouble(Kind.BUSY, "DB-10", detail, int(retry_after) if retry_after.isdigit() else 0)
    if 300 <= status < 400 or status == 511 or kind == "text/html" or (status < 300 and not cut):
        return Trouble(Kind.PORTAL, "DB-02", detail)
    return Trouble(Kind.OFFLINE, "DB-01", detail)


def _judge(raw: bytes, status: int, request: str, shape: type[A], key: str | None) -> tuple[A, bytes] | Trouble:
    stranger = Trouble(Kind.STRANGER, "DB-05", f"{status} not signed by the pinned key")
    try:
        value = open_answer(key or _own_key(raw), raw) if key or status == 200 else parse(raw)
    except (SignatureError, CanonicalError):
        return stranger
    try:
        if status != 200:
            refusal = from_value(Refusal, value)
            # A body that was not read whole has another hash, so a refusal of it can't name ours.
            return refused(refusal) if refusal.request == request or status in (400, 413) else stranger
        answer = from_value(shape, value)
    except MessageError:
        return stranger
    named = answer.batch if isinstance(answer, PushAck) else answer.request
    return (answer, raw) if named == request else stranger


def _own_key(raw: bytes) -> str:
    value = parse(raw)
    key = value.get("centre_key") if isinstance(value, dict) else None
    return key if isinstance(key, str) else ""


def _certificate(error: requests.exceptions.SSLError) -> str:
    """The library's reason without addresses: "certificate verify failed: self-signed certificate"."""
    text = str(error)
    start = text.find("certificate verify failed")
    return text[start:].split("(", 1)[0].strip()[:120] if start >= 0 else "no common language with the other side"
