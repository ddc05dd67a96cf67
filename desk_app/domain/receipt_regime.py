"""Which receipts an office uses on a day: electronic, self-printed or pre-printed paper, or none. Dated data.

The day of collection decides, never today's habit. Law: Nghị định 254/2026/NĐ-CP (electronic from 1/7/2026; left-over
paper until 31/12/2026, Điều 44 khoản 2), before it Nghị định 123/2020 and Thông tư 78/2021, 303/2016. ``LAW`` holds for
an office that says nothing else; its own rows come first and can't reach beyond the law's last day of paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sync.protocol.canonical import Value

LAST_PAPER_DAY = date(2026, 12, 31)
FIRST_ELECTRONIC_DAY = date(2026, 7, 1)
_EVER = date(9999, 12, 31)

_LETTERS = "ABCDEGHKLMNPQRSTUVXY"
_ELECTRONIC = (re.compile(r"EBL0[12]"), re.compile(rf"\d{{2}}T[{_LETTERS}]{{2}}"), 8)
_PAPER = (re.compile(r"0[12]BLP\d-\d{3}"), re.compile(rf"(\d{{2}})?[{_LETTERS}]{{2}}-\d{{2}}[TPE]"), 7)


class Mode(StrEnum):
    """How receipts are made; codes are data, never reused."""

    ELECTRONIC = "electronic"
    SELF_PRINTED = "self_printed"
    PREPRINTED = "preprinted"
    NONE = "none"


#: The series of numbers a mode uses (``GrantAccepted.series_kind``).
SERIES_KIND = {
    Mode.ELECTRONIC: "receipt",
    Mode.SELF_PRINTED: "receipt_paper",
    Mode.PREPRINTED: "receipt_book",
}


@dataclass(frozen=True, slots=True)
class Regime:
    """``mode`` from ``first`` to ``last``, both included."""

    mode: Mode
    first: date
    last: date = _EVER

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


LAW = (
    Regime(Mode.ELECTRONIC, FIRST_ELECTRONIC_DAY),
    Regime(Mode.SELF_PRINTED, date(2017, 1, 1), date(2026, 6, 30)),
)


def mode_on(day: date, own: Iterable[Regime] = ()) -> Mode:
    """How a receipt of ``day`` is made; NONE when nothing covers the day, or only paper that may no longer be used."""
    for regime in (*own, *LAW):
        if regime.covers(day):
            late = regime.mode in (Mode.SELF_PRINTED, Mode.PREPRINTED) and day > LAST_PAPER_DAY
            return Mode.NONE if late else regime.mode
    return Mode.NONE


def paper_days_left(day: date, own: Sequence[Regime] = ()) -> int | None:
    """Days until paper may no longer be used, 0 on the last one; None when ``day`` is not a day of paper."""
    if mode_on(day, own) not in (Mode.SELF_PRINTED, Mode.PREPRINTED):
        return None
    ends = next(regime.last for regime in (*own, *LAW) if regime.covers(day))
    return (min(ends, LAST_PAPER_DAY) - day).days


def read_regimes(value: Value) -> tuple[Regime, ...]:
    """Rows ``{mode, from, to?}`` of an office's profile. Raises ValueError for an unknown mode, a bad or reversed day."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError("not a list")  # noqa: TRY004 - one kind of error for a bad profile
    return tuple(_regime(row) for row in value)


def _regime(row: Value) -> Regime:
    if not isinstance(row, Mapping):
        raise ValueError("not a row")  # noqa: TRY004
    first = date.fromisoformat(str(row.get("from")))
    last = date.fromisoformat(str(row["to"])) if row.get("to") else _EVER
    if last < first:
        raise ValueError("ends before it begins")
    return Regime(Mode(str(row.get("mode"))), first, last)


def is_lawful(mode: Mode, form: str, symbol: str, number: int) -> bool:
    """Whether form symbol, series and number have the shape of the regime (91/2026 Phụ lục II; 78/2021 Phụ lục I)."""
    forms, series, digits = _ELECTRONIC if mode is Mode.ELECTRONIC else _PAPER
    return bool(forms.fullmatch(form) and series.fullmatch(symbol)) and 1 <= number < 10**digits


def number_text(mode: Mode, number: int) -> str:
    """A number as printed: electronic without leading zeros, paper with seven digits."""
    return str(number) if mode is Mode.ELECTRONIC else f"{number:07d}"
