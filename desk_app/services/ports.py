"""What the use cases need from the machine, as small protocols; ``main`` plugs in the real parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now_utc(self) -> datetime:
        """Now, aware, UTC."""


class Ids(Protocol):
    def uuid7(self) -> str: ...

    def random_bytes(self, n: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a paper went: the queue's name, or with ``is_file`` the name of the PDF kept instead."""

    where: str
    is_file: bool = False


class Printer(Protocol):
    """The system's spooler behind a role (slip, receipt, report)."""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        """Hand over to the spooler. Raises DeskError IN-02, IN-03, IN-07, IN-08."""
        ...


class Events(Protocol):
    def event(self, name: str, **ids: int | str) -> None:
        """Log an event: numbers, codes and ids only."""
