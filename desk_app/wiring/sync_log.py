"""The technician's log of sync: what happened by known words, numbers and ids; anything else is withheld."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path

from desk_app.system.log import Event, Level, Log, Value
from sync.desk.trouble import Kind
from sync.protocol.codes import REQUEST_CODES

_EVENTS = {
    "sync.pushed": (Event.SYNC_PUSHED, Level.INFO),
    "sync.new_line": (Event.SYNC_SESSION, Level.WARNING),
    "sync.fed": (Event.SYNC_SESSION, Level.INFO),
    "sync.blob": (Event.SYNC_PUSHED, Level.INFO),
    "sync.trouble": (Event.SYNC_FAILED, Level.WARNING),
    "sync.broken": (Event.SYNC_FAILED, Level.ERROR),
}
_OTHER = (
    "clone", "rolled-back", "forked", "frozen", "ConnectionError", "ConnectTimeout", "ReadTimeout", "SSLError",
    "ProxyError", "ChunkedEncodingError", "KeyError", "ValueError", "TypeError", "OSError", "RuntimeError",
)  # fmt: skip
Word = Enum("Word", {w: w for w in (*(k.value for k in Kind), *REQUEST_CODES, *_OTHER)})  # type: ignore[misc]


class SyncLog:
    """``sync.desk.ports.Log`` over the desk's own log."""

    def __init__(self, folder: Path, now_utc: Callable[[], datetime]) -> None:
        self._log = Log(folder, now_utc)

    def event(self, event: str, **values: int | str | None) -> None:
        """One line; a word that is not known here is withheld by the log itself."""
        known, level = _EVENTS.get(event, (Event.SYNC_SESSION, Level.INFO))
        kept: dict[str, Value] = {}
        for name, value in values.items():
            if isinstance(value, str):
                status = value.split(" ", 1)[0]
                kept[name] = int(status) if status.isdigit() and len(status) == 3 else _word(value)
            elif value is not None:
                kept[name] = value
        self._log.event(known, level, **kept)

    def close(self) -> None:
        """Let the file go."""
        self._log.close()


def _word(text: str) -> Value:
    return Word(text) if text in Word._value2member_map_ else text
