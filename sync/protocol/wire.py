"""A batch on the wire: JSON lines under zstd. Header, records, then the subjects they need.

Sealed bytes never change, yet a record costs few bytes: what the header already says is cut out of each envelope's text
(line, seq, previous hash, station, unit, and the commitment of a subject that travels in the same batch), hashes and
ids are written in base64, and all is put back, letter for letter, on the other side. The chain up to ``head`` proves
that the rebuilt bytes are the sealed ones.

May never happen here: unpacking more than ``MAX_RAW`` bytes, or taking a cut frame for a whole one.
"""

from __future__ import annotations

import json
import re
from binascii import a2b_base64, a2b_hex, b2a_base64, b2a_hex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import zstandard

from sync.protocol.canonical import canonical
from sync.protocol.codes import BAD_LINE, CUT_FRAME, TOO_LARGE, Code
from sync.protocol.envelope import PROTOCOL, ChainError
from sync.protocol.messages import SYNC, MessageError, PushHeader, decode, encode
from sync.protocol.subject import SALT_BYTES, Subject, commitment

LEVEL: Final = 10
MAX_RAW: Final = 8 << 20
MAX_WINDOW: Final = 8 << 20
MAX_RECORDS: Final = 20_000

_EMPTY_REF = re.compile(rb'"commit":"","id":"([^"\\]*)"')
_HEX = re.compile(rb'"(?:([0-9a-f]{64}|[0-9a-f]{32})|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
_BASE64 = re.compile(rb'"~([#-])([A-Za-z0-9+/]{43}|[A-Za-z0-9+/]{22})"')
_FULL_REF = re.compile(rb'"commit":"([0-9a-f]{64})","id":"([^"\\]*)"')


class WireError(ValueError):
    """A body that is not a whole batch: nothing of it was read. ``code`` says which way."""

    def __init__(self, code: Code, why: str) -> None:
        super().__init__(f"{code.word}: {why}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record as it arrived: its number, its exact bytes, their SHA-256."""

    seq: int
    raw: bytes
    h: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Records in order, complete from ``header.first`` to ``header.last``, and the subjects beside them."""

    header: PushHeader
    records: tuple[Sealed, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """A batch ready to be signed and sent. ``raw_bytes``: before compression."""

    header: PushHeader
    body: bytes
    raw_bytes: int


def pack(
    *,
    unit: str,
    station: str,
    line: int,
    gen: int,
    first: int,
    prev: str,
    records: Sequence[bytes],
    subjects: Sequence[Subject] = (),
    closed: bool = False,
) -> Packed:
    """Close a batch of sealed bytes that follow ``prev`` on their line.

    Raises ChainError at the first record that does not: the journal itself is damaged and must not be sent.
    """
    texts = _Tail(unit, station, line)
    lifted = not any(b'"commit":"",' in raw or b'"~' in raw for raw in records)
    lifted = lifted and not any(b'"~' in s.data for s in subjects)
    commits = _commits(subjects) if lifted else {}
    lines: list[bytes] = []
    head, seq = prev, first - 1
    for raw in records:
        seq += 1
        cut = texts.cut(raw, seq, head)
        if commits:
            cut = _FULL_REF.sub(lambda m: _lift(m, commits), cut)
        lines.append(cut)
        head = sha256(raw).hexdigest()
    once = {(s.id, s.salt, s.data): s for s in subjects}
    header = PushHeader(SYNC, unit, station, line, gen, first, seq, prev, head, len(once), lifted, closed)
    lines.extend(map(_subject_line, once.values()))
    if lifted:
        lines = [_HEX.sub(_shorten, text) for text in lines]
    raw_body = b"\n".join([encode(header), *lines])
    body = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(raw_body)
    return Packed(header, body, len(raw_body))


def unpack(body: bytes) -> Batch:
    """The batch with its exact sealed bytes, chain checked up to ``head``. Raises WireError."""
    lines = _decompress(body).split(b"\n")
    try:
        header = decode(PushHeader, lines[0])
    except MessageError as error:
        raise WireError(BAD_LINE, "header") from error
    n = header.last - header.first + 1
    if header.p != SYNC or header.first < 1 or not 0 < n <= MAX_RECORDS or header.subjects < 0:
        raise WireError(BAD_LINE, "header")
    if len(lines) != 1 + n + header.subjects:
        raise WireError(BAD_LINE, "number of lines")
    if header.lifted:
        lines = [_BASE64.sub(_lengthen, text) for text in lines]
    subjects = tuple(_read_subject(text) for text in lines[1 + n :])
    return Batch(header, tuple(_rebuild(header, lines[1 : 1 + n], subjects)), subjects)


class _Tail:
    """The part of each envelope's text that follows from the header: canonical keys stand in order of the alphabet."""

    def __init__(self, unit: str, station: str, line: int) -> None:
        self._before = f'"line":{line},"p":{json.dumps(PROTOCOL)},"prev":"'
        self._station = f'"station":{canonical(station).decode()},'
        self._unit = f',"unit":{canonical(unit).decode()}'.encode()

    def _middle(self, seq: int, prev: str) -> bytes:
        return f'{self._before}{prev}","seq":{seq},{self._station}'.encode()

    def cut(self, raw: bytes, seq: int, prev: str) -> bytes:
        middle = self._middle(seq, prev)
        start = raw.rfind(middle)
        unit = raw.rfind(self._unit)
        if start < 0 or unit < start:
            raise ChainError(seq, "does not follow the record before it on this line")
        cut = raw[:start] + raw[start + len(middle) : unit] + raw[unit + len(self._unit) :]
        if self.restore(cut, seq, prev) != raw:
            raise ChainError(seq, "is not a sealed envelope of this line")
        return cut

    def restore(self, cut: bytes, seq: int, prev: str) -> bytes:
        tz = cut.rfind(b'"tz":')
        v = cut.rfind(b',"v":')
        if tz < 0 or v < tz:
            raise WireError(BAD_LINE, f"seq {seq}")
        return b"".join((cut[:tz], self._middle(seq, prev), cut[tz:v], self._unit, cut[v:]))


def _rebuild(header: PushHeader, lines: Iterable[bytes], subjects: Sequence[Subject]) -> Iterable[Sealed]:
    tail = _Tail(header.unit, header.station, header.line)
    commits = _commits(subjects) if header.lifted else {}
    prev, seq = header.prev, header.first - 1
    for text in lines:
        seq += 1
        if commits and b'"commit":"",' in text:
            text = _EMPTY_REF.sub(lambda m: _fill(m, commits), text)
        raw = tail.restore(text, seq, prev)
        digest = sha256(raw)
        prev = digest.hexdigest()
        yield Sealed(seq, raw, digest.digest())
    if prev != header.head:
        raise WireError(BAD_LINE, "the chain does not end at the head")


def _commits(subjects: Iterable[Subject]) -> dict[bytes, bytes]:
    """Commitment by subject id, for ids that stand for one content only."""
    found: dict[bytes, set[bytes]] = {}
    for s in subjects:
        found.setdefault(s.id.encode(), set()).add(commitment(s.salt, s.data).encode())
    return {id: commits.pop() for id, commits in found.items() if len(commits) == 1}


def _lift(m: re.Match[bytes], commits: dict[bytes, bytes]) -> bytes:
    return b'"commit":"","id":"' + m[2] + b'"' if commits.get(m[2]) == m[1] else m[0]


def _fill(m: re.Match[bytes], commits: dict[bytes, bytes]) -> bytes:
    commit = commits.get(m[1])
    return m[0] if commit is None else b'"commit":"' + commit + b'","id":"' + m[1] + b'"'


def _shorten(m: re.Match[bytes]) -> bytes:
    plain = m[1]
    digits = plain or m[0][1:-1].replace(b"-", b"")
    return (b'"~#' if plain else b'"~-') + b2a_base64(a2b_hex(digits), newline=False).rstrip(b"=") + b'"'


def _lengthen(m: re.Match[bytes]) -> bytes:
    h = b2a_hex(a2b_base64(m[2] + b"=="))
    if m[1] == b"-":
        h = b"-".join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))
    return b'"' + h + b'"'


def _subject_line(s: Subject) -> bytes:
    return b'{"data":' + s.data + b',"id":' + canonical(s.id) + b',"salt":"' + s.salt.hex().encode() + b'"}'


def _read_subject(text: bytes) -> Subject:
    """``data`` are the bytes as they stand: whether they are the right ones, the commitment of a record says."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError(BAD_LINE, "subject") from error
    if not isinstance(value, dict) or set(value) != {"data", "id", "salt"}:
        raise WireError(BAD_LINE, "subject")
    data, id, salt = value["data"], value["id"], value["salt"]
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(id, str) or not isinstance(salt, str) or not isinstance(kind, str):
        raise WireError(BAD_LINE, "subject")
    if not re.fullmatch(f"[0-9a-f]{{{2 * SALT_BYTES}}}", salt):
        raise WireError(BAD_LINE, "subject salt")
    end = text.rfind(b',"id":')
    subject = Subject(id, kind, bytes.fromhex(salt), text[len(b'{"data":') : end])
    if end < 0 or not id.isprintable() or _subject_line(subject) != text:
        raise WireError(BAD_LINE, "subject")
    return subject


def _decompress(body: bytes) -> bytes:
    """One whole frame, within the caps. A cut frame decodes without complaint in stream mode: sizes are compared."""
    try:
        frame = zstandard.get_frame_parameters(body)
    except zstandard.ZstdError as error:
        raise WireError(CUT_FRAME, "not a frame") from error
    if frame.content_size in (zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR):
        raise WireError(CUT_FRAME, "a frame without its size")
    if frame.content_size > MAX_RAW or frame.window_size > MAX_WINDOW:
        raise WireError(TOO_LARGE, "more than the cap")
    try:
        raw = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompress(body, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise WireError(CUT_FRAME, "a broken frame") from error
    if len(raw) != frame.content_size:
        raise WireError(CUT_FRAME, "shorter than it says")
    return raw
