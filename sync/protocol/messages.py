"""What desk and centre say to each other: enrol, session, push and the signed answers. Shapes only.

Fields are added with a default and never re-typed; a reader ignores what it does not know. Times are UTC as in the
envelope. To add a message: a dataclass here, a sample in ``tests/contract/samples``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from sync.protocol.canonical import CanonicalError, Value, canonical, parse
from sync.protocol.codec import read_shape, write_shape
from sync.protocol.facts import FactError

SYNC: Final = "desk-sync/1"
SCHEMA: Final = 1  # the newest set of record kinds this program writes
CONTENT_TYPE: Final = "application/vnd.motcua.desk-sync+json"
BATCH_TYPE: Final = "application/vnd.motcua.desk-sync+zstd"
H_LINE: Final = "X-Desk-Line"  # unit/station/line: whose key verifies the body, before anything in it is read
H_SIGNATURE: Final = "X-Desk-Signature"
MAX_BODY: Final = 1 << 20

M = TypeVar("M")


class MessageError(ValueError):
    """Bytes that are not the message they should be."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Numbers one line alone may use; the fields of ``facts.GrantAccepted``."""

    grant: str
    series_kind: str
    form: str
    symbol: str
    series_id: int
    first: int
    last: int
    period: str


@dataclass(frozen=True, slots=True)
class LineGrant:
    """A line the station may write. ``kind``: main, spare or survey. ``reason``: why a new one replaces ``after_line``."""

    line: int
    kind: str
    grants: tuple[Grant, ...]
    reason: str = ""
    after_line: int = 0


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """``public_key`` signs this request and everything on the lines it is given. ``token`` starts the rotation."""

    proto: tuple[int, ...]
    app: str
    schema: int
    code: str
    public_key: str
    token: str
    machine: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    """``request``: SHA-256 of the request's bytes. ``centre_key`` is pinned from now on."""

    ok: str
    request: str
    unit: str
    profile: Mapping[str, Value]
    station: str
    station_no: int
    gen: int
    centre_key: str
    lines: tuple[LineGrant, ...]
    server_time: str


@dataclass(frozen=True, slots=True)
class Witness:
    """What the desk saw of one line outside its database: last seq, last receipt number, first 8 digits of the head."""

    line: int
    seq: int
    no: int = 0
    head8: str = ""


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """The desk shows where it stands. ``next_key`` is the key of the new line, should it be given one."""

    proto: tuple[int, ...]
    app: str
    schema: int
    unit: str
    station: str
    line: int
    seq: int
    head: str
    gen: int
    token: str
    next_token: str
    next_key: str
    witness: tuple[Witness, ...]
    clock: str


@dataclass(frozen=True, slots=True)
class SessionAnswer:
    """``mark``: up to there every record is held for good. ``new_line``: this line is closed, go on with that one."""

    ok: str
    request: str
    gen: int
    mark: int
    mark_head: str
    server_time: str
    schema_min: int
    schema_max: int
    batch_bytes: int
    new_line: LineGrant | None = None


@dataclass(frozen=True, slots=True)
class PushHeader:
    """First line of a batch: records ``first``…``last`` of one line, from ``prev`` to ``head``, then the subjects.

    ``lifted``: hashes and ids are shortened as ``wire.py`` says. ``closed``: the sender writes another line now; where
    the centre still knows an owner of this one, what differs is kept aside and the owner is not troubled.
    """

    p: str
    unit: str
    station: str
    line: int
    gen: int
    first: int
    last: int
    prev: str
    head: str
    subjects: int
    lifted: bool
    closed: bool = False


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record the centre keeps aside. ``why`` names field and reason, never content."""

    seq: int
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the batch. ``wanted``: subjects named by a record that the centre does not hold."""

    accepted: int
    skipped: int
    refused: tuple[RefusedRecord, ...] = ()
    forked: tuple[int, ...] = ()
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PushAck:
    """The proof that everything up to ``mark`` is held: in the records or in quarantine.

    ``batch``: SHA-256 of the body that was sent.
    """

    ok: str
    batch: str
    gen: int
    mark: int
    mark_head: str
    res: Result


@dataclass(frozen=True, slots=True)
class Refusal:
    """The whole request was refused; ``error`` is a word of ``codes.py``."""

    ok: str
    request: str
    error: str
    mark: int = 0
    gen: int = 0
    retry_after: int = 0


def encode(message: object) -> bytes:
    """The canonical bytes of a message."""
    return canonical(write_shape(message))


def as_value(message: object) -> Mapping[str, Value]:
    """The message as the mapping that is signed."""
    return cast(Mapping[str, Value], write_shape(message))


def decode(shape: type[M], raw: bytes) -> M:
    """Read a message. Raises MessageError when it does not have that shape."""
    try:
        return from_value(shape, parse(raw))
    except CanonicalError as error:
        raise MessageError(str(error)) from error


def from_value(shape: type[M], value: Value) -> M:
    """Read a message that is parsed already. Raises MessageError."""
    try:
        return read_shape(shape, value)
    except FactError as error:
        raise MessageError(str(error)) from error
