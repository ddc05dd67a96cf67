"""The centre's time: one function, passed in, so that a test can say what time it is."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

VIETNAM = timedelta(hours=7)  # fixed: a server without time-zone data is right too


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


def stamp(at: datetime) -> str:
    """``2026-11-25T03:40:22.123Z``, as in the envelope."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
