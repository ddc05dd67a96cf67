"""A clock that starts where a test wants and then runs as fast as the real one."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

VIETNAM = timedelta(hours=7)


class DeskClock:
    """The machine's clock. Times are given as local time of Vietnam, as people at the counter say them."""

    def __init__(self, local: str) -> None:
        self.set(local)

    def set(self, local: str) -> None:
        """From now on it is `local`, like ``2026-11-23 15:10``."""
        self._start = (datetime.fromisoformat(local) - VIETNAM).replace(tzinfo=UTC)
        self._began = time.monotonic()

    def now_utc(self) -> datetime:
        """Now, aware, UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)
