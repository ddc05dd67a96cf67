"""Sealed bytes of our own file → envelope and fact, without the checks of what comes from outside.

A rebuild reads a million records; that they were canonical and fitted their kinds was proved when they were sealed, and
their hash shows that they are the same bytes. So this is several times faster than ``open_record`` and ``from_body``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import itemgetter
from typing import Any, cast, get_args, get_origin, get_type_hints

from sync.protocol.envelope import Envelope
from sync.protocol.facts import REGISTRY, Fact, Opaque

#: The values of an envelope in the order of its fields, and the reader of JSON text without the looks around it.
_PARTS = itemgetter(*(f.name for f in fields(Envelope)))
_READ = json.JSONDecoder().raw_decode

Read = Callable[[Any], Any]


def envelope(raw: bytes) -> Envelope:
    """The envelope of sealed bytes whose hash was compared."""
    return Envelope(*_PARTS(_READ(raw.decode())[0]))


def fact(e: Envelope) -> Fact:
    """The fact of an envelope; kinds and versions of a newer program become Opaque."""
    known = REGISTRY.get(e.kind)
    if known is None or e.v > known.V:
        return Opaque(e.kind, e.v, e.body)
    return cast(Fact, _reader(cast(type, known))(e.body))


@cache
def _reader(cls: type) -> Read:
    """How a dataclass is made from its mapping: a plan laid once per class."""
    hints = get_type_hints(cls)
    plan = [(f.name, _field(hints[f.name])) for f in fields(cls)]
    names = [name for name, _ in plan]
    parts = itemgetter(*names) if len(names) > 1 else lambda value: (value[names[0]],)
    converted = [(at, conv) for at, (_, conv) in enumerate(plan) if conv is not None]

    def read(value: Mapping[str, Any]) -> Any:
        try:
            values = parts(value)
        except KeyError:  # an older record, of a time before one of the fields
            return cls(**{name: conv(value[name]) if conv else value[name] for name, conv in plan if name in value})
        if converted:
            values = list(values)
            for at, conv in converted:
                values[at] = conv(values[at])
        return cls(*values)

    return read


def _field(hint: Any) -> Read | None:
    """What must be done with a value of type ``hint``; None: it is taken as it stands."""
    if is_dataclass(hint) and isinstance(hint, type):
        return _reader(hint)
    if get_origin(hint) is tuple:
        inner = _field(get_args(hint)[0])
        return tuple if inner is None else lambda values: tuple(map(inner, values))
    for option in get_args(hint):
        if is_dataclass(option) and isinstance(option, type):
            reader = _reader(option)
            return lambda value: None if value is None else reader(value)
    return None
