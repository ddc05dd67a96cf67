"""Rows, and the one way to measure two sides fairly."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """One budget. `ratio` is compared with `limit`; where nothing is divided, `ratio` is the count itself."""

    name: str
    ratio: float
    limit: float
    desk: float
    floor: float
    unit: str

    @property
    def ok(self) -> bool:
        """Whether the budget is kept."""
        return self.ratio <= self.limit

    def as_json(self) -> str:
        """One line for machines."""
        rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(self).items()}
        return json.dumps({**rounded, "ok": self.ok})

    def __str__(self) -> str:
        sign = "ok  " if self.ok else "OVER"
        against = f"  floor {self.floor:.2f} {self.unit}" if self.floor else ""
        return f"{sign} {self.name:28} {self.ratio:8.2f} ≤ {self.limit:<7g} desk {self.desk:.2f} {self.unit}{against}"


def compare(
    name: str,
    limit: float,
    desk_side: Callable[[], object],
    floor_side: Callable[[], object],
    *,
    rounds: int,
    warm: int = 1,
    between: Callable[[], object] = lambda: None,
) -> Row:
    """Run both sides in turn, `warm` rounds unmeasured; the medians in milliseconds and their ratio.

    `between` runs unmeasured before each side: what the one before left to be done must not burden the next.
    """
    seen: dict[Callable[[], object], list[float]] = {desk_side: [], floor_side: []}
    for number in range(warm + rounds):
        for side, times in seen.items():
            between()
            start = time.perf_counter()
            side()
            if number >= warm:
                times.append((time.perf_counter() - start) * 1000)
    desk, floor = median(seen[desk_side]), median(seen[floor_side])
    return Row(name, desk / floor, limit, desk, floor, "ms")


def count(name: str, limit: float, seen: float, unit: str) -> Row:
    """A budget that is a number by itself."""
    return Row(name, seen, limit, seen, 0.0, unit)
