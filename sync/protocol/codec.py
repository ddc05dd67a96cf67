"""Fact ↔ body: the mapping that is sealed. Driven by the fields of the dataclass, so a kind is written once.

Absent fields take their default (older records), unknown fields are ignored (newer ones; the sealed bytes keep them).
"""

from __future__ import annotations

import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sync.protocol import (  # kinds must be registered before anything is read
    catalogue_facts,  # noqa: F401
    dossier_facts,  # noqa: F401
    feedback_facts,  # noqa: F401
    money_facts,  # noqa: F401
    sync_facts,  # noqa: F401
    voice_facts,  # noqa: F401
)
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
    return cast(Fact, _reader(cast(Any, known))(body, kind))


def _out(value: object) -> Value:
    kind = type(value)
    if kind in _PLAIN:  # nearly every value of a fact
        return cast(Value, value)
    if (names := _names(cast(Hashable, kind))) is not None:
        return {name: _out(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(k): _out(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_out(v) for v in value]
    return cast(Value, value)


_PLAIN = frozenset((str, int, bool, type(None)))


@cache
def _names(kind: Hashable) -> tuple[str, ...] | None:
    """The fields of a dataclass in their order; None for another type."""
    return tuple(f.name for f in fields(cast(Any, kind))) if is_dataclass(kind) else None


#: Reads one value at one place (named for the message of an error); raises FactError.
Reader = Callable[[Value, str], object]


@cache
def _reader(hint: Any) -> Reader:
    """The reader of a type; built once, so that a record costs no look at type hints."""
    if hint is Any:
        return lambda value, _place: value
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        return _union_reader(get_args(hint))
    if is_dataclass(hint):
        return _dataclass_reader(cast(type, hint))
    if origin is tuple:
        return _list_reader(_reader(get_args(hint)[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_reader(get_args(hint)[1])
    return _scalar_reader(hint)


def _is_free(hint: Any) -> bool:
    """Whether any canonical value may stand there (``Value``), as against a closed choice such as ``Answer``."""
    return any(get_origin(option) is not None for option in get_args(hint))


def _union_reader(options: tuple[Any, ...]) -> Reader:
    readers = [_reader(option) for option in options if option is not type(None)]
    optional = len(readers) < len(options)

    def read(value: Value, place: str) -> object:
        if value is None and optional:
            return None
        for reader in readers:
            try:
                return reader(value, place)
            except FactError:
                continue
        raise FactError(f"{place}: of the wrong type")

    return read


def _list_reader(inner: Reader) -> Reader:
    def read(value: Value, place: str) -> object:
        if not isinstance(value, list | tuple):
            raise FactError(f"{place}: not a list")
        return tuple([inner(v, f"{place}[{i}]") for i, v in enumerate(value)])

    return read


def _mapping_reader(hint: Any) -> Reader:
    inner = None if _is_free(hint) else _reader(hint)

    def read(value: Value, place: str) -> object:
        if not isinstance(value, Mapping):
            raise FactError(f"{place}: not a mapping")
        return dict(value) if inner is None else {k: inner(v, f"{place}.{k}") for k, v in value.items()}

    return read


def _scalar_reader(hint: Any) -> Reader:
    def read(value: Value, place: str) -> object:
        if type(value) is hint and hint in (bool, int, str):
            return value
        raise FactError(f"{place}: of the wrong type")

    return read


def _dataclass_reader(cls: type) -> Reader:
    hints = get_type_hints(cls)
    plan: tuple[tuple[str, Any, Reader | None, bool], ...] = ()

    def made() -> tuple[tuple[str, Any, Reader | None, bool], ...]:
        found = []
        for f in fields(cls):
            hint = hints[f.name]
            reader = None if hint in (bool, int, str) else _reader(hint)
            found.append((f.name, hint, reader, f.default is MISSING and f.default_factory is MISSING))
        return tuple(found)

    def read(value: Value, place: str) -> object:
        if not isinstance(value, Mapping):
            raise FactError(f"{place}: not a mapping")
        nonlocal plan
        if not plan:  # at the first use, so that a shape may hold itself; whole at once, for other threads
            plan = made()
        given = {}
        for name, hint, reader, needed in plan:
            if name in value:
                inner = value[name]
                if reader is not None:
                    inner = reader(inner, f"{place}.{name}")  # type: ignore[assignment]
                elif type(inner) is not hint:
                    raise FactError(f"{place}.{name}: of the wrong type")
                given[name] = inner
            elif needed:
                raise FactError(f"{place}.{name}: missing")
        return cls(**given)

    return read


S = TypeVar("S")


def write_shape(message: object) -> Value:
    """The value of a dataclass of the contract, a message or a part of one."""
    return _out(message)


def read_shape(shape: type[S], value: Value) -> S:
    """Read ``value`` as the dataclass ``shape``, under the same rules as a body. Raises FactError."""
    return cast(S, _reader(cast(Any, shape))(value, shape.__name__))
