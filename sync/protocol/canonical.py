"""One byte string for one value: UTF-8 JSON, sorted keys, NFC text, whole numbers, no spaces.

Sealed bytes are stored, sent and kept for ever as they were written; so the same value must always give the same bytes,
on every machine and in every later version. A subset of RFC 8785 in which nothing is left to taste: there are no
fractions, keys are short ASCII words and text is precomposed Unicode.
"""

import json
from collections.abc import Mapping, Sequence
from unicodedata import is_normalized, normalize

#: A value that can be sealed. Integers stay inside what every JSON reader can hold exactly (±2^53).
Value = Mapping[str, "Value"] | Sequence["Value"] | str | int | bool | None

MAX_INT = 2**53
MAX_DEPTH = 32


class CanonicalError(ValueError):
    """The value or the bytes are outside the canonical form; the message names the place, never the content."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Value) -> bytes:
    """The canonical bytes of ``value``; text becomes NFC.

    Raises CanonicalError for fractions, too large integers, keys that are not text, and values of other types.
    """
    try:
        return _ENCODER.encode(_clean(value, "$", 0)).encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError("half a character") from error


def parse(data: bytes) -> Value:
    """The value of canonical bytes; other JSON is refused, so that a seal has one spelling only."""
    try:
        value: Value = json.loads(
            data.decode("utf-8"), parse_float=_no_fraction, parse_constant=_no_fraction, object_pairs_hook=_no_double
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise CanonicalError("not JSON") from error
    if canonical(value) != data:
        raise CanonicalError("not canonical")
    return value


def _clean(value: Value, place: str, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise CanonicalError(f"{place}: too deep")
    if isinstance(value, str):  # nearly everything sealed is ASCII (ids, hashes, codes) and composed as it is
        return value if value.isascii() or is_normalized("NFC", value) else normalize("NFC", value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if not -MAX_INT <= value <= MAX_INT:
            raise CanonicalError(f"{place}: integer out of range")
        return value
    if isinstance(value, Mapping):
        cleaned: dict[str, Value] = {}
        within = depth < MAX_DEPTH
        for k, v in value.items():
            if not (isinstance(k, str) and k.isascii()):
                raise CanonicalError(f"{place}: a key is not an ASCII word")
            # ASCII text is what it is: no look deeper, and no name of a place that nobody will read
            cleaned[k] = v if within and type(v) is str and v.isascii() else _clean(v, f"{place}.{k}", depth + 1)
        return cleaned
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_clean(v, f"{place}[{i}]", depth + 1) for i, v in enumerate(value)]
    raise CanonicalError(f"{place}: {type(value).__name__} can't be sealed")


def _no_fraction(_text: str) -> Value:
    raise CanonicalError("a fraction")


def _no_double(pairs: list[tuple[str, Value]]) -> Value:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CanonicalError("a key stands twice")
    return found
