"""Personal data beside the chain: a salted object that can be erased while every chain still verifies.

A record carries the subject's id and ``SHA-256(salt ‖ canonical bytes)``; the object itself lives in its own table and
travels beside the batch that first needs it. Erasing = deleting object and salt everywhere, plus a fact that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sync.protocol.canonical import Value, canonical

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """How a record names a subject: id and commitment (64 hexadecimal digits)."""

    id: str
    commit: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, organisation, contact or free text about a person; ``data`` are the canonical bytes."""

    id: str
    kind: str
    salt: bytes
    data: bytes

    def __repr__(self) -> str:
        return f"Subject({self.id}, {self.kind}, …)"

    @property
    def ref(self) -> SubjectRef:
        return SubjectRef(self.id, commitment(self.salt, self.data))


def make_subject(id: str, kind: str, salt: bytes, value: Mapping[str, Value]) -> Subject:
    """Freeze ``value`` under a fresh random ``salt`` of 16 bytes. Raises ValueError for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    return Subject(id, kind, salt, canonical({"kind": kind, "value": value}))


def commitment(salt: bytes, data: bytes) -> str:
    """The commitment that a record carries for a subject."""
    return sha256(salt + data).hexdigest()
