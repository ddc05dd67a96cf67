"""Fact ↔ body: the mapping that is sealed. Driven by the fields of the dataclass, so a kind is written once.

Absent fields take their default (older records), unknown fields are ignored (newer ones; the sealed bytes keep them).
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sync.protocol.canonical import Value
from sync.protocol.facts import REGISTRY, Fact, FactError, Opaque


def to_body(fact: Fact) -> dict[str, Value]:
    """The body that is sealed for ``fact``."""
    if isinstance(fact, Opaque):
        return dict(fact.body)
    return cast(dict[str, Value], _out(fact))


def from_body(kind: str, v: int, body: Mapping[str, Value]) -> Fact:
    """The fact of a body; a kind or version this program does not know becomes Opaque.

    Raises FactError when a known kind's body does not fit (the centre puts such a record into quarantine).
    """
    known = REGISTRY.get(kind)
    if known is None or v > known.V:
        return Opaque(kind, v, body)
    return cast(Fact, _into(known, body, kind))


def _out(value: object) -> Value:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _out(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _out(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_out(v) for v in value]
    return cast(Value, value)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _is_free(hint: Any) -> bool:
    """Whether any canonical value may stand there (``Value``), as against a closed choice such as ``Answer``."""
    return any(get_origin(option) is not None for option in get_args(hint))


def _into(hint: Any, value: Value, place: str) -> object:
    if hint is Any:
        return value
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        return _into_union(hint, value, place)
    if is_dataclass(hint):
        return _into_dataclass(cast(type, hint), value, place)
    if origin is tuple:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise FactError(f"{place}: not a list")
        inner = get_args(hint)[0]
        return tuple(_into(inner, v, f"{place}[{i}]") for i, v in enumerate(value))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise FactError(f"{place}: not a mapping")
        inner = get_args(hint)[1]
        if _is_free(inner):
            return dict(value)
        return {k: _into(inner, v, f"{place}.{k}") for k, v in value.items()}
    return _into_scalar(hint, value, place)


def _into_union(hint: Any, value: Value, place: str) -> object:
    options = get_args(hint)
    if value is None and type(None) in options:
        return None
    for option in options:
        if option is type(None):
            continue
        try:
            return _into(option, value, place)
        except FactError:
            continue
    raise FactError(f"{place}: of the wrong type")


def _into_scalar(hint: Any, value: Value, place: str) -> object:
    if hint is bool and isinstance(value, bool):
        return value
    if hint is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint is str and isinstance(value, str):
        return value
    raise FactError(f"{place}: of the wrong type")


def _into_dataclass(cls: type, value: Value, place: str) -> object:
    if not isinstance(value, Mapping):
        raise FactError(f"{place}: not a mapping")
    hints, given = _hints(cls), {}
    for f in fields(cls):
        if f.name in value:
            given[f.name] = _into(hints[f.name], value[f.name], f"{place}.{f.name}")
        elif f.default is MISSING and f.default_factory is MISSING:
            raise FactError(f"{place}.{f.name}: missing")
    return cls(**given)


S = TypeVar("S")


def write_shape(message: object) -> Value:
    """The value of a dataclass of the contract, a message or a part of one."""
    return _out(message)


def read_shape(shape: type[S], value: Value) -> S:
    """Read ``value`` as the dataclass ``shape``, under the same rules as a body. Raises FactError."""
    return cast(S, _into(shape, value, shape.__name__))
