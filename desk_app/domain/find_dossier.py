"""What was typed to find a dossier: words of a person or code, a month of receipt, perhaps the name of a procedure.

"khai sinh tháng 10" means the birth registrations taken in last October; the newest month that has begun is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desk_app.domain.catalogue import Heading
from desk_app.domain.text import fold

_MONTH = re.compile(r"\bthang (1[0-2]|0?[1-9])(?:\s+(?:nam )?(\d{4}))?(?!\d)")
_MOST = 12  # procedures that one search stands for


@dataclass(frozen=True, slots=True)
class Wanted:
    """``text`` without the month; ``first`` and ``last`` day of receipt, None = any."""

    text: str
    first: date | None = None
    last: date | None = None


def read(text: str, today: date) -> Wanted:
    """The month in what was typed, if there is one: "tháng 10", "tháng 10/2025", "tháng 10 năm 2025"."""
    plain = fold(text.replace("/", " "))
    found = _MONTH.search(plain)
    if found is None:
        return Wanted(text)
    month, year = int(found[1]), int(found[2]) if found[2] else today.year
    if not found[2] and month > today.month:
        year -= 1
    first = date(year, month, 1)
    following = (first + timedelta(days=32)).replace(day=1)
    rest = f"{plain[: found.start()]} {plain[found.end() :]}".split()
    return Wanted(" ".join(rest), first, following - timedelta(days=1))


def procedures_named(headings: Iterable[Heading], text: str) -> tuple[str, ...]:
    """Procedures whose name, short name or an everyday word holds every word of ``text``; shorter names first."""
    words = fold(text).split()
    if not words or all(word.isdigit() for word in words):
        return ()
    found = []
    for heading in headings:
        names = (heading.name, heading.short_name, *heading.synonyms)
        known = [name for name in map(fold, names) if _holds(name, words)]
        if known:
            found.append((min(map(len, known)), heading.id))
    return tuple(id_ for _, id_ in sorted(found)[:_MOST])


def _holds(name: str, words: list[str]) -> bool:
    """Whole words, the last one as a beginning."""
    padded = f" {name} "
    return all(f" {word} " in padded for word in words[:-1]) and f" {words[-1]}" in padded
