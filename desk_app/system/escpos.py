"""A K80 printer on the network (raw port 9100): sends a job and waits until the printer says that it took all of it."""

from __future__ import annotations

import socket
from typing import Final

from desk_app.domain.errors import Failed

PORT: Final = 9100
_PAPER_END: Final = 0x0C


class EscposPrinter:
    """One printer. Every call may take seconds: never on the ui thread."""

    def __init__(self, host: str, port: int = PORT, *, seconds: float = 10) -> None:
        self._place = (host, port)
        self._seconds = seconds

    @property
    def name(self) -> str:
        return self._place[0]

    def send(self, job: bytes) -> None:
        """Hand over a job that ends with the question for paper; returns once the printer has answered.

        Failed IN-03: it can't be reached, or went away before it had everything; nobody knows then whether paper came
        out. IN-02: it has no paper. IN-07: it took everything and says nothing.
        """
        try:
            with socket.create_connection(self._place, timeout=self._seconds) as line:
                line.settimeout(self._seconds)
                line.sendall(job)
                line.shutdown(socket.SHUT_WR)
                answer = line.recv(1)
        except TimeoutError as cause:
            raise Failed("IN-07", printer=self.name) from cause
        except OSError as cause:
            raise Failed("IN-03", printer=self.name) from cause
        if not answer:
            raise Failed("IN-03", printer=self.name)
        if answer[0] & _PAPER_END:
            raise Failed("IN-02", printer=self.name, paper="K80")
