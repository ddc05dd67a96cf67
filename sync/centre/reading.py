"""What the centre thinks of one record before it asks the database: canonical, a known fact, fields in order.

Nothing here refuses a batch. A record that can't be read is kept aside with its reason and acknowledged like the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import is_normalized

import orjson

from sync.protocol.canonical import MAX_DEPTH, CanonicalError, Value, parse
from sync.protocol.codec import from_body
from sync.protocol.codes import BAD_FIELD, NOT_A_FACT, NOT_CANONICAL
from sync.protocol.facts import Fact, FactError
from sync.protocol.wire import Sealed

#: What PostgreSQL text takes without harm; ids and kinds are such words.
WORD = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_REF = re.compile(rb'\{"commit":"([0-9a-f]{64})","id":"([A-Za-z0-9._:-]{1,64})"\}')
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


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
    """All letters composed: what need not be looked at string by string."""
    if raw.isascii():
        return True
    try:
        return is_normalized("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _parse(raw: bytes, plain: bool) -> Mapping[str, Value]:
    """The value of canonical bytes. The common case is settled in C; whatever is unusual goes the strict way."""
    value = None
    if plain:
        try:
            quick = orjson.loads(raw)
            if (_is_simple(raw) or _is_sound(quick, 0)) and orjson.dumps(quick, option=_CANONICAL) == raw:
                value = quick
        except (orjson.JSONDecodeError, orjson.JSONEncodeError, RecursionError):
            value = None  # the strict way says why
    value = parse(raw) if value is None else value
    if not isinstance(value, Mapping):
        raise CanonicalError("not an envelope")
    return value


_FRACTION = re.compile(rb'(?:":|[,\[])-?[0-9]+[.eE]')


def _is_simple(raw: bytes) -> bool:
    """Sound at one look at its letters: all ASCII, few brackets, nothing that could be a fraction."""
    return raw.isascii() and raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH and _FRACTION.search(raw) is None


def _is_sound(value: Any, depth: int) -> bool:
    """No fraction anywhere, every key an ASCII word, not too deep."""
    if type(value) is dict:
        if not "".join(value).isascii():
            return False
        value = value.values()
    elif type(value) is not list:
        return type(value) is not float
    if depth >= MAX_DEPTH:
        return False
    for inner in value:
        kind = type(inner)
        if kind is float or ((kind is dict or kind is list) and not _is_sound(inner, depth + 1)):
            return False
    return True


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
