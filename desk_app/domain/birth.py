"""Dates as people type them: day first, with or without separators, sometimes only a year; never month first."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from desk_app.domain.problem import Problem

Century = Callable[[int], int]
NO_SUCH_DATE: Final = "TN-21"
_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_PARTS: Final = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{4}|\d{2}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SOLID: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_YEAR_ONLY: Final = re.compile(r"(?:(?:0{1,2}|[-–—_?.…xX]{1,3})\s*[/.\-\s]\s*){2}(\d{4})|0000(\d{4})|(\d{4})")


def parse_date(text: str, today: date | None = None) -> date | Problem:
    """A day typed as 24112026, 24/11/2026, 24.11.26 or, with `today` given, 24/11 (this year).

    Two digits of a year mean 20yy. Refuses (TN-21) what is no day of the calendar, 31/02 first of all.
    """
    return _read(text, today, lambda yy: 2000 + yy)


def parse_birth(text: str, today: date | None = None) -> date | int | Problem:
    """A day of birth, or the year alone (1950, --/--/1950, 00/00/1950, 00001950): old registrations know no more.

    Two digits of a year mean the last century unless that year has come again by `today`; without `today` they are
    refused, and so is a day after `today`.
    """
    bare = text.strip()
    if year := _YEAR_ONLY.fullmatch(bare) if bare.isascii() or "–" in bare or "—" in bare or "…" in bare else None:
        number = int(year[1] or year[2] or year[3])
        last = today.year if today else _LAST_YEAR
        return number if _FIRST_YEAR <= number <= last else _problem(text)
    if today is None and not re.search(r"\d{4}", bare):
        return _problem(text)
    born = _read(text, None, lambda yy: 1900 + yy if today is None or 2000 + yy > today.year else 2000 + yy)
    if isinstance(born, date) and today is not None and born > today:
        return _problem(text)
    return Problem(NO_SUCH_DATE, "birth_date", born.message_values) if isinstance(born, Problem) else born


def _read(text: str, today: date | None, century: Century) -> date | Problem:
    bare = text.strip()
    if not bare.isascii():
        return _problem(text)
    if iso := _ISO.fullmatch(bare):
        year, month, day = (int(part) for part in iso.groups())
    elif parts := _PARTS.fullmatch(bare) or _SOLID.fullmatch(bare):
        day, month = int(parts[1]), int(parts[2])
        if parts[3] is None:
            if today is None:
                return _problem(text)
            year = today.year
        else:
            year = int(parts[3]) if len(parts[3]) == 4 else century(int(parts[3]))
    else:
        return _problem(text)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return _problem(text)
    try:
        return date(year, month, day)
    except ValueError:
        return _problem(text)


def _problem(text: str) -> Problem:
    return Problem(NO_SUCH_DATE, "birth_date", {"text": text.strip()[:20]})
