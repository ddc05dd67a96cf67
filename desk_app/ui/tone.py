"""How grave a thing is; the same five words colour badges, banners and toasts."""

from __future__ import annotations

from enum import Enum


class Tone(Enum):
    """How grave it is, least first; the gravest banner is the one shown."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"

    @property
    def rank(self) -> int:
        return list(Tone).index(self)
