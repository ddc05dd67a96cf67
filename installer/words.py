"""What the installer says: Vietnamese first, English below, always with the next step.

Nothing here raises on a console that cannot show Vietnamese letters: they are replaced, not refused.
"""

from __future__ import annotations

import sys


class Stop(Exception):
    """The installer cannot go on; carries the words for the person and the exit code for the machine."""

    def __init__(self, vietnamese: str, english: str, code: int = 1) -> None:
        super().__init__(english)
        self.vietnamese = vietnamese
        self.english = english
        self.code = code


def speak_utf8() -> None:
    """Let both streams take Vietnamese letters, whatever the console's own code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def tell(vietnamese: str, english: str) -> None:
    """One thing under way, on standard error, so that the output of the verb stays clean."""
    print(f"{vietnamese}\n  ({english})", file=sys.stderr, flush=True)
