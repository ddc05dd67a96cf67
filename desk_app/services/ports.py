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
    """Where a paper went: the queue's name, or with ``is_file`` the name of the PDF kept instead.

    ``job``: what the spooler calls it, so that it can be asked how the paper fares; "" when it can't.
    """

    where: str
    is_file: bool = False
    job: str = ""


class Printer(Protocol):
    """The system's spooler behind a role (slip, receipt, report)."""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        """Hand over to the spooler. Raises DeskError IN-02, IN-03, IN-07, IN-08."""
        ...


class Jobs(Protocol):
    """The spooler, asked how a paper fares. May take seconds: on the paper thread only."""

    def job_state(self, job: str) -> str:
        """waiting, printing, paper_out, stopped, done, failed or unknown."""
        ...


class Events(Protocol):
    def event(self, name: str, **ids: int | str) -> None:
        """Log an event: numbers, codes and ids only."""


class SignerCertificate(Protocol):
    """Who signs."""

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str: ...


class ReceiptSigner(Protocol):
    """The office's digital signature, unlocked (``system.signing``)."""

    @property
    def certificate(self) -> SignerCertificate: ...

    def sign_pdf(self, pdf: bytes, *, at: datetime, reason: str, place: str) -> bytes:
        """A PAdES signature over the whole PDF; ``at`` is aware. Raises DeskError TP-34 … TP-36."""
        ...

    def sign_data(self, data: bytes) -> str:
        """A plain signature in hexadecimal digits. Raises DeskError TP-34."""
        ...
