"""The log: JSON lines with numbers, enums and ids, and nothing else.

Names, addresses and free text cannot get in: a value of another shape is withheld, and only that it was there is
written, so that neither a citizen's name nor the log itself ever stops the counter. A failing disk never stops the desk
because of its log. Ten megabytes in all, never sent anywhere unasked. To log something new: a member of `Event`.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import re
import traceback
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

_FILE_BYTES: Final = 2 * 1024 * 1024
_FILES: Final = 4
# UUID; SHA-256 or its half in hex; message code; enum-like word. Twelve digits, a card number, match none of them.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=.*[a-f])([0-9a-f]{32}|[0-9a-f]{64})|[A-Z]{2}-[0-9]{2}")
WITHHELD: Final = "(withheld)"
# An int of nine or more digits may be a telephone or card number.
_LARGEST: Final = 10**8

Value = int | bool | Enum | str


class Event(Enum):
    """Everything that is ever logged."""

    STARTED = "started"
    STOPPED = "stopped"
    OPENED = "opened"
    LOCKED = "locked"
    LOGGED_IN = "logged_in"
    LOGIN_REFUSED = "login_refused"
    USE_CASE = "use_case"
    REFUSED = "refused"
    FAILED = "failed"
    INCIDENT = "incident"
    BUG = "bug"
    SETTINGS_RESET = "settings_reset"
    MIGRATED = "migrated"
    REBUILT = "rebuilt"
    BACKED_UP = "backed_up"
    PRINTED = "printed"
    PRINT_FAILED = "print_failed"
    SYNC_SESSION = "sync_session"
    SYNC_PUSHED = "sync_pushed"
    SYNC_FAILED = "sync_failed"
    SLOW = "slow"
    DISK_LOW = "disk_low"


class Level(Enum):
    """INFO once for each use case; WARNING somebody should look; ERROR a bug or an incident."""

    INFO = logging.INFO
    WARNING = logging.WARNING
    ERROR = logging.ERROR


class Log:
    """The log of one desk, in `folder`. Safe from several threads."""

    def __init__(self, folder: Path, now_utc: Callable[[], datetime]) -> None:
        self._now = now_utc
        self._handler: logging.Handler
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handler = _QuietFile(
                folder / "desk.jsonl", maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8"
            )
        except OSError:  # no place for a log is no reason not to open the desk
            self._handler = logging.NullHandler()

    def event(self, event: Event, level: Level = Level.INFO, /, **ids: Value) -> None:
        """Write one line. Values: ints below 10^8, booleans, enums, ids; anything else is withheld."""
        line: dict[str, object] = {"at": self._now().isoformat(timespec="milliseconds"), "event": event.value}
        line |= {"level": level.name} | {name: _safe(value) for name, value in ids.items()}
        self._write(level, line)

    def bug(self, error: BaseException) -> None:
        """An exception nobody expected: its type and where it came from; never its message or local values."""
        chain: list[BaseException] = []
        cause: BaseException | None = error
        while cause is not None and cause not in chain:
            chain.append(cause)
            cause = cause.__cause__ or cause.__context__
        frames = [
            [type(one).__name__, [f"{Path(f.filename).name}:{f.lineno}:{f.name}" for f in _frames(one)]]
            for one in chain
        ]
        at = self._now().isoformat(timespec="milliseconds")
        self._write(Level.ERROR, {"at": at, "event": Event.BUG.value, "level": "ERROR", "frames": frames})

    def close(self) -> None:
        """Flush and let go of the file."""
        self._handler.close()

    def _write(self, level: Level, line: dict[str, object]) -> None:
        text = json.dumps(line, ensure_ascii=True)
        self._handler.handle(logging.LogRecord("desk", level.value, "", 0, text, None, None))


class _QuietFile(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is told to the officer elsewhere; the log stays silent."""


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))[-20:]


def _safe(value: Value) -> object:
    if isinstance(value, Enum):
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", str(value.value)):
            return value.name
        return value.value
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < _LARGEST):
        return value
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    return WITHHELD
