"""Catalogues come down: ask what is newer, fetch it piece by piece, hand the whole over; the office's own layer goes up.

Nothing is used here. A parcel that is cut, changed or a bomb is thrown away and fetched anew, and never stops the rest.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from sync.desk.client import CentreClient
from sync.desk.ports import Clock, Identity, LineState, Log, Signer
from sync.desk.trouble import Kind, Trouble
from sync.protocol.messages import SYNC, encode
from sync.protocol.parcel import ParcelError
from sync.protocol.parcels import (
    MOST_GIVEN,
    ParcelAnswer,
    ParcelOffer,
    ParcelRequest,
    pack_parcel,
    unpack_parcel,
)
from sync.protocol.sign import PARCELS


class ParcelBook(Protocol):
    """The desk's side. Each method is durable when it returns."""

    def have(self) -> Mapping[str, int]:
        """Serial by layer that is in use or waits, or was refused for good."""

    def told(self, at: str, keys: Mapping[str, str]) -> None:
        """The centre answered: nothing else was there at ``at`` (UTC), and these keys sign its layers."""

    def arrived(self, offer: ParcelOffer, raw: bytes) -> bool:
        """A whole parcel; False: it can't be used here and is not asked for again."""

    def to_give(self) -> bytes | None:
        """The commune's own layer as long as the centre does not hold it."""

    def given(self, raw: bytes) -> None:
        """The centre holds it."""


@dataclass
class _Coming:
    """What has come of a parcel; kept while the program runs, so that a cut connection goes on where it was."""

    offer: ParcelOffer
    packed: bytearray = field(default_factory=bytearray)


class CatalogueFetcher:
    """A step of the runner. ``on_arrived``: told on the sync thread when a parcel waits."""

    def __init__(
        self, book: ParcelBook, signer: Signer, clock: Clock, log: Log, on_arrived: Callable[[], None] = lambda: None
    ) -> None:
        self._book, self._signer, self._clock, self._log = book, signer, clock, log
        self._on_arrived = on_arrived
        self._coming: _Coming | None = None

    def __call__(
        self, client: CentreClient, who: Identity, line: LineState, ending: Callable[[], bool]
    ) -> Trouble | None:
        trouble = self._give(client, who, line)
        if trouble is not None:
            return trouble
        answer = self._ask(client, who, line)
        if isinstance(answer, Trouble):
            return None if _knows_none(answer) else answer
        self._book.told(answer.at, answer.keys)
        for offer in answer.offers:
            if ending():
                return None
            trouble = self._fetch(client, who, line, offer, ending)
            if trouble is not None:
                return trouble
        return None

    def _give(self, client: CentreClient, who: Identity, line: LineState) -> Trouble | None:
        raw = self._book.to_give()
        packed = pack_parcel(raw) if raw is not None else b""
        if raw is None or len(packed) > MOST_GIVEN:
            return None
        answer = self._ask(client, who, line, give=b64encode(packed).decode("ascii"), give_size=len(raw))
        if isinstance(answer, Trouble):
            if _knows_none(answer):
                return None
            if answer.kind is not Kind.REFUSED:
                return answer
            self._log.event("sync.parcel_not_taken", code=answer.code)
        elif not answer.taken:
            return None
        self._book.given(raw)
        return None

    def _fetch(
        self, client: CentreClient, who: Identity, line: LineState, offer: ParcelOffer, ending: Callable[[], bool]
    ) -> Trouble | None:
        if self._coming is None or self._coming.offer != offer:
            self._coming = _Coming(offer)
        packed = self._coming.packed
        while len(packed) < offer.packed:
            if ending():
                return None
            answer = self._ask(client, who, line, want=offer.sha256, offset=len(packed))
            if isinstance(answer, Trouble):
                return answer
            piece = _piece(answer, offer, len(packed))
            if not piece:
                self._coming = None  # a newer one was published meanwhile: the next run asks for that
                return None
            packed += piece
        self._coming = None
        self._finish(offer, bytes(packed))
        return None

    def _finish(self, offer: ParcelOffer, packed: bytes) -> None:
        try:
            raw = unpack_parcel(packed, offer.size)
        except ParcelError:
            raw = b""
        if sha256(raw).hexdigest() != offer.sha256:
            self._log.event("sync.parcel_damaged", layer=offer.layer, serial=offer.serial)
            return
        used = self._book.arrived(offer, raw)
        self._log.event("sync.parcel", layer=offer.layer, serial=offer.serial, size=offer.size, kept=int(used))
        if used:
            self._on_arrived()

    def _ask(
        self,
        client: CentreClient,
        who: Identity,
        line: LineState,
        *,
        want: str = "",
        offset: int = 0,
        give: str = "",
        give_size: int = 0,
    ) -> ParcelAnswer | Trouble:
        have = {layer: serial for layer, serial in self._book.have().items() if serial > 0}
        request = ParcelRequest(SYNC, who.unit, who.station, line.line, have, want, offset, give, give_size)
        body = encode(request)
        reply = client.parcels(who, line.line, body, self._signer.sign(line.line, PARCELS, body))
        return reply if isinstance(reply, Trouble) else reply[0]


def request_for_stick(book: ParcelBook, who: Identity, line: int) -> ParcelRequest:
    """What a stick asks and gives: the newest parcel in one piece, the office's own layer while it is wanted."""
    raw = book.to_give()
    packed = pack_parcel(raw) if raw is not None else b""
    given = raw if raw is not None and len(packed) <= MOST_GIVEN else b""
    give = b64encode(packed).decode("ascii") if given else ""
    have = {layer: serial for layer, serial in book.have().items() if serial > 0}
    return ParcelRequest(SYNC, who.unit, who.station, line, have, give=give, give_size=len(given), whole=True)


def take_from_stick(book: ParcelBook, answer: ParcelAnswer) -> None:
    """A parcel that came by stick waits like one that came by net; one that is damaged is left aside."""
    book.told(answer.at, answer.keys)
    raw = book.to_give() if answer.taken else None
    if raw is not None:
        book.given(raw)
    offer = next((offer for offer in answer.offers if offer.sha256 == answer.want), None)
    if offer is None:
        return
    try:
        whole = unpack_parcel(b64decode(answer.data, validate=True), offer.size)
    except (ParcelError, ValueError):
        return
    if sha256(whole).hexdigest() == offer.sha256:
        book.arrived(offer, whole)


def _knows_none(trouble: Trouble) -> bool:
    """An older centre that has no catalogues to offer: nothing is wrong with it."""
    return trouble.kind in (Kind.OFFLINE, Kind.PORTAL) and trouble.detail.startswith("404 ")


def _piece(answer: ParcelAnswer, offer: ParcelOffer, offset: int) -> bytes:
    """The bytes of an answer that fit where we are; b"" when they don't."""
    if answer.want != offer.sha256 or answer.offset != offset:
        return b""
    try:
        piece = b64decode(answer.data, validate=True)
    except (Base64Error, ValueError):
        return b""
    return piece if offset + len(piece) <= offer.packed else b""
