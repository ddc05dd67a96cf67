"""What the use cases need from the machine, as small protocols; ``main`` plugs in the real parts."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now_utc(self) -> datetime:
        """Now, aware, UTC."""


class Ids(Protocol):
    def uuid7(self) -> str: ...

    def random_bytes(self, n: int) -> bytes: ...


class Printer(Protocol):
    """The system's spooler behind a role (slip, receipt, report)."""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> str:
        """Hand over to the spooler; answers the printer's name. Raises DeskError IN-02 … IN-04."""
        ...


class Events(Protocol):
    def event(self, name: str, **ids: int | str) -> None:
        """Log an event: numbers, codes and ids only."""
