"""What the centre thinks of one record before it asks the database: canonical, a known fact, fields in order.

Nothing here refuses a batch. A record that can't be read is kept aside with its reason and acknowledged like the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
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
_LONG_NUMBER = re.compile(rb"[:,\[-][0-9]{16}")
_WIDE_KEY = re.compile(rb'[\x80-\xff][^"]*":')
_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A record and the verdict. ``code`` "" when it may enter the records; ``refs``: the subjects it names."""

    sealed: Sealed
    id: str
    kind: str
    at: str
    fact: Fact | None
    refs: tuple[tuple[str, str], ...]
    code: str = ""
    why: str = ""


def read(sealed: Sealed) -> Reading:
    """Judge one record by itself."""
    try:
        value = _parse(sealed.raw)
        body, kind, v = value["body"], value["kind"], value["v"]
        id, at = value["id"], value["at"]
    except (CanonicalError, KeyError, TypeError) as error:
        return Reading(sealed, "", "", "", None, (), NOT_CANONICAL, type(error).__name__)
    if not isinstance(body, Mapping) or not isinstance(kind, str) or type(v) is not int:
        return Reading(sealed, "", "", "", None, (), BAD_FIELD, "kind, v or body")
    if not isinstance(id, str) or not WORD.fullmatch(id) or not WORD.fullmatch(kind) or not _is_time(at):
        return Reading(sealed, "", "", "", None, (), BAD_FIELD, "id, kind or at")
    refs = tuple(_refs(body))
    try:
        fact = from_body(kind, v, body)
    except (FactError, ValueError, TypeError, AttributeError, RecursionError) as error:
        why = str(error) if isinstance(error, FactError) else type(error).__name__
        return Reading(sealed, id, kind, str(at), None, refs, NOT_A_FACT, _plain(why))
    return Reading(sealed, id, kind, str(at), fact, refs)


def _parse(raw: bytes) -> Mapping[str, Value]:
    """The value of canonical bytes. The common case is settled in C; whatever is unusual goes the strict way."""
    value = None
    if not _LONG_NUMBER.search(raw):
        try:
            text = raw.decode("utf-8")
            plain = _READER.decode(text)
        except (ValueError, RecursionError) as error:
            raise CanonicalError("not JSON") from error
        wide = len(text) != len(raw)
        flat = raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH or _depth(plain) <= MAX_DEPTH
        if (
            flat
            and _PLAIN.encode(plain) == text
            and not (wide and (not is_normalized("NFC", text) or _WIDE_KEY.search(raw)))
        ):
            value = plain
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


def _is_time(at: Value) -> bool:
    if not isinstance(at, str) or not _AT.fullmatch(at):
        return False
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def _refs(value: Value) -> Iterator[tuple[str, str]]:
    """Every subject named anywhere in a body: an object of exactly an id and a commitment."""
    if isinstance(value, Mapping):
        commit, id = value.get("commit"), value.get("id")
        if len(value) == 2 and isinstance(commit, str) and isinstance(id, str):
            if len(commit) == 64 and WORD.fullmatch(id) and re.fullmatch("[0-9a-f]{64}", commit):
                yield id, commit
            return
        for v in value.values():
            if isinstance(v, dict | list):
                yield from _refs(v)
    elif isinstance(value, list):
        for v in value:
            if isinstance(v, dict | list):
                yield from _refs(v)


def _plain(why: str) -> str:
    return re.sub(r"[^A-Za-z0-9 .,:;_$()\[\]-]", "?", why)[:200]
