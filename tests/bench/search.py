"""One keystroke in the procedure box with 3,000 procedures: every beginning of every query officers really type."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from desk_app.domain.find_procedure import FinderEntry, ProcedureFinder
from tests.bench.measure import Row, count
from tests.domain.shipped import CATALOGUE
from tests.domain.test_find_shipped import ASKED

COPIES = 19


def rows(folder: Path) -> Iterator[Row]:
    """The 50th and 95th percentile of a keystroke, and the time to build the index."""
    del folder
    entries = [
        FinderEntry(f"{h.id}.{n}", h.name, h.short_name, h.synonyms, f"{h.code or ''}{n}", h.field_name)
        for n in range(COPIES)
        for h in CATALOGUE.headings
    ]
    begun = time.perf_counter()
    finder = ProcedureFinder(entries, {}, CATALOGUE.usual)
    built = time.perf_counter() - begun
    times = []
    for line in ASKED.splitlines():
        query = line.split(" → ")[0]
        for end in range(1, len(query) + 1):
            begun = time.perf_counter()
            finder.find(query[:end])
            times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    yield count("search keystroke p50", 8, times[len(times) // 2], "ms")
    yield count("search keystroke p95", 16, times[int(len(times) * 0.95)], "ms")
    yield count("search index of 3,000", 3, built, "s")
