"""The two-sided day receipt: both sides count, sum and hash the same records; the centre signs whether they are equal.

A desk names each of its lines, the records ``first``…``last``, and what it found there; the centre finds out for itself
and answers with its own figures and the places that differ. Nothing is repaired by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

BLOCK: Final = 100  # records under one hash, so that a difference is found within so many

# ---- what may differ; words of the contract -------------------------------------------------------------------------
MISSING: Final = "missing"  # the centre does not hold these records
OTHER: Final = "other"  # both hold records there, and they are not the same
REFUSED: Final = "refused"  # the centre keeps the record aside; ``code`` says why
COUNT: Final = "count"  # the numbers of records of a kind are not equal; ``code`` is the kind
SUM: Final = "sum"  # the amounts are not equal; ``code`` is the kind
UNKNOWN_LINE: Final = "unknown-line"
CLOSING: Final = "closing"  # a closing of a drawer (Z) says another figure than the centre counts; ``code`` says which


@dataclass(frozen=True, slots=True)
class KindSum:
    """How many records of a kind, and their amounts together (đồng; 0 for kinds without money)."""

    kind: str
    count: int
    sum_vnd: int = 0


@dataclass(frozen=True, slots=True)
class DayLine:
    """One side's view of records ``first``…``last`` of a line. ``blocks``: hashes of 100 records each, 16 digits."""

    line: int
    first: int
    last: int
    head: str
    blocks: tuple[str, ...]
    sums: tuple[KindSum, ...]


@dataclass(frozen=True, slots=True)
class DayRequest:
    """What the desk found. ``match``: id of this receipt; ``day``: local day it is asked for; ``made_at``: UTC."""

    p: str
    unit: str
    station: str
    line: int
    match: str
    day: str
    made_at: str
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the sides differ; for COUNT, SUM and CLOSING the two figures."""

    line: int
    what: str
    first: int
    last: int
    code: str = ""
    desk: int = 0
    centre: int = 0


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The centre's word. ``equal`` exactly when ``differs`` is empty; ``lines``: the centre's own figures."""

    ok: str
    request: str
    match: str
    day: str
    equal: bool
    lines: tuple[DayLine, ...]
    differs: tuple[Difference, ...]
    server_time: str


def blocks(hashes: Iterable[bytes], first: int) -> tuple[str, ...]:
    """The block hashes of records from ``first`` on; block borders are at multiples of 100 of seq."""
    found: list[str] = []
    digest, seq, held = sha256(), first, 0
    for h in hashes:
        digest.update(h)
        held += 1
        if seq % BLOCK == 0:
            found.append(digest.hexdigest()[:16])
            digest, held = sha256(), 0
        seq += 1
    if held:
        found.append(digest.hexdigest()[:16])
    return tuple(found)


def spans(first: int, last: int) -> Sequence[tuple[int, int]]:
    """First and last seq of each block of ``first``…``last``."""
    found = []
    while first <= last:
        end = min(last, (first + BLOCK - 1) // BLOCK * BLOCK)
        found.append((first, end))
        first = end + 1
    return found
