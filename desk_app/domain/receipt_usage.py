"""Use of receipts in a period, range by range, as form BC7/AC counts it (Thông tư 303/2016/TT-BTC Điều 6).

Controls of the form: column 12 = 13 + 14 + 16 + 18 and 22 = 5 − 12; they are computed here and never typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers ``first`` … ``last``, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class RangeUse:
    """One granted range. ``opening``: unused when the period began; ``received``: granted in it; None = none.

    ``used``: numbers issued in the period and still standing; ``struck``: voided or replaced ones; ``lost``: numbers
    between that no receipt holds. ``touched``: first and last number of the period.
    """

    form: str
    symbol: str
    opening: Numbers | None
    received: Numbers | None
    touched: Numbers | None
    used: int
    struck: tuple[int, ...]
    lost: tuple[int, ...]
    amount_vnd: int

    @property
    def total(self) -> int:
        """Column 5."""
        return sum(part.count for part in (self.opening, self.received) if part is not None)

    @property
    def gone(self) -> int:
        """Column 12: used, voided and lost together; nothing is destroyed by a desk (column 18 is 0)."""
        return self.used + len(self.struck) + len(self.lost)

    @property
    def left(self) -> Numbers | None:
        """Columns 20–22."""
        start, end = self._bounds
        first = start + self.gone
        return Numbers(first, end) if first <= end else None

    @property
    def _bounds(self) -> tuple[int, int]:
        parts = [part for part in (self.opening, self.received) if part is not None]
        return (parts[0].first, parts[-1].last) if parts else (1, 0)


def range_use(
    form: str, symbol: str, granted: Numbers, before: int, *, new: bool,
    issued: Sequence[tuple[int, int]], struck: Sequence[int],
) -> RangeUse:  # fmt: skip
    """The figures of a range. ``before``: the last number used before the period (``granted.first`` − 1 = none).

    ``new``: granted within the period. ``issued``: number and amount in đồng of each receipt of the period, struck ones
    included. ``struck``: numbers taken back in the period; one of an earlier period was used there and is not counted
    again.
    """
    stock = Numbers(max(before + 1, granted.first), granted.last)
    mine = {number for number, _ in issued}
    gone = tuple(sorted(number for number in struck if number in mine))
    touched = Numbers(min(mine), max(mine)) if mine else None
    lost = tuple(n for n in range(stock.first, max(mine) + 1) if n not in mine) if mine else ()
    whole = stock if stock.count > 0 else None
    return RangeUse(
        form, symbol, None if new else whole, whole if new else None, touched, len(mine) - len(gone), gone, lost,
        sum(amount for number, amount in issued if number not in set(gone)),
    )  # fmt: skip


def listed(numbers: Sequence[int]) -> str:
    """Numbers as the form writes them: ``3; 7–9``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return "; ".join(str(p[0]) if len(p) == 1 else f"{p[0]}–{p[1]}" for p in parts)
