"""What the centre thinks of one record before it asks the database: canonical, a known fact, fields in order.

Nothing here refuses a batch. A record that can't be read is kept aside with its reason and acknowledged like the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from unicodedata import is_normalized

from sync.protocol.canonical import MAX_DEPTH, CanonicalError, Value, parse
from sync.protocol.codec import from_body
from sync.protocol.codes import BAD_FIELD, NOT_A_FACT, NOT_CANONICAL
from sync.protocol.facts import Fact, FactError
from sync.protocol.wire import Sealed

#: What PostgreSQL text takes without harm; ids and kinds are such words.
WORD = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_REF = re.compile(rb'\{"commit":"([0-9a-f]{64})","id":"([A-Za-z0-9._:-]{1,64})"\}')
_LONG_NUMBER = re.compile(rb"[:,\[-][0-9]{16}")
_WIDE_KEY = re.compile(rb'[\x80-\xff][\x00-!#-\x7f]*":')
_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(slots=True)
class Reading:
    """A record and the verdict. ``code`` "" when it may enter the records; ``refs``: the subjects it names.

    (Not frozen: half a million are made in a busy minute.)
    """

    sealed: Sealed
    id: str
    kind: str
    at: datetime | None
    fact: Fact | None
    refs: tuple[tuple[str, str], ...]
    code: str = ""
    why: str = ""


def read_all(records: Sequence[Sealed]) -> list[Reading]:
    """Judge the records of a batch, each by itself."""
    plain = _is_plain(b"".join([sealed.raw for sealed in records]))
    return [read(sealed, plain) for sealed in records]


def read(sealed: Sealed, plain: bool = False) -> Reading:
    """Judge one record. ``plain``: ``_is_plain`` holds for a text that contains it."""
    try:
        value = _parse(sealed.raw, plain or _is_plain(sealed.raw))
        body, kind, v = value["body"], value["kind"], value["v"]
        id, at = value["id"], value["at"]
    except (CanonicalError, KeyError, TypeError) as error:
        return Reading(sealed, "", "", None, None, (), NOT_CANONICAL, type(error).__name__)
    if not isinstance(body, dict) or not isinstance(kind, str) or type(v) is not int:
        return Reading(sealed, "", "", None, None, (), BAD_FIELD, "kind, v or body")
    time = _time(at)
    if not isinstance(id, str) or not WORD.fullmatch(id) or not WORD.fullmatch(kind) or time is None:
        return Reading(sealed, "", "", None, None, (), BAD_FIELD, "id, kind or at")
    refs = subject_refs(sealed.raw)
    try:
        fact = from_body(kind, v, body)
    except (FactError, ValueError, TypeError, AttributeError, RecursionError) as error:
        why = str(error) if isinstance(error, FactError) else type(error).__name__
        return Reading(sealed, id, kind, time, None, refs, NOT_A_FACT, _plain(why))
    return Reading(sealed, id, kind, time, fact, refs)


def _is_plain(raw: bytes) -> bool:
    """No number too long for comfort, all letters composed, keys of ASCII: what C code need not look at again."""
    if _LONG_NUMBER.search(raw):
        return False
    if raw.isascii():
        return True
    try:
        return is_normalized("NFC", raw.decode("utf-8")) and not _WIDE_KEY.search(raw)
    except UnicodeDecodeError:
        return False


def _parse(raw: bytes, plain: bool) -> Mapping[str, Value]:
    """The value of canonical bytes. The common case is settled in C; whatever is unusual goes the strict way."""
    value = None
    if plain:
        try:
            text = raw.decode("utf-8")
            quick = _READER.decode(text)
        except (ValueError, RecursionError) as error:
            raise CanonicalError("not JSON") from error
        flat = raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH or _depth(quick) <= MAX_DEPTH
        if flat and _PLAIN.encode(quick) == text:
            value = quick
    value = parse(raw) if value is None else value
    if not isinstance(value, Mapping):
        raise CanonicalError("not an envelope")
    return value


def _no_fraction(_text: str) -> Value:
    raise CanonicalError("a fraction")


_READER = json.JSONDecoder(parse_float=_no_fraction, parse_constant=_no_fraction)


def _depth(value: Value) -> int:
    if isinstance(value, Mapping):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def _time(at: Value) -> datetime | None:
    if not isinstance(at, str) or not _AT.fullmatch(at):
        return None
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        return None


def subject_refs(raw: bytes) -> tuple[tuple[str, str], ...]:
    """Every subject named anywhere in canonical bytes: an object of exactly a commitment and an id."""
    return tuple([(id.decode(), commit.decode()) for commit, id in _REF.findall(raw)])


def _plain(why: str) -> str:
    return re.sub(r"[^A-Za-z0-9 .,:;_$()\[\]-]", "?", why)[:200]
