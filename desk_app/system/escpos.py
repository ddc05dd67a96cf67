"""A K80 printer on the network (raw port 9100): asked how it is, handed a job, believed only when it answers.

A receipt must not come out twice, so what became of a job is told in four ways: done, not begun (it may be tried again
without a second thought: nothing of it was sent), no paper (not begun either), or broken off, where only a person who
looks at the printer knows.
"""

from __future__ import annotations

import re
import socket
from enum import Enum
from typing import Final

PORT: Final = 9100
_ASK: Final = b"\x10\x04\x01\x10\x04\x04"  # DLE EOT 1, DLE EOT 4: answered at once, in order
#: A printer that still waits for the rest of a torn picture takes these for it; elsewhere they mean nothing.
_CALM: Final = bytes(2048)
_OFFLINE: Final = 0x08
_NO_PAPER: Final = 0x60
_PAPER_END: Final = 0x0C
_STATUS_SECONDS: Final = 2.0
_PLACE = re.compile(r"^(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(?P<port>\d{1,5}))?$")


class Outcome(Enum):
    """What became of a job."""

    DONE = "done"
    NOT_BEGUN = "not_begun"
    NO_PAPER = "no_paper"
    BROKEN_OFF = "broken_off"


def place_of(text: str) -> tuple[str, int] | None:
    """Host and port of ``192.168.1.87`` or ``may-in:9100``; None when it is no address."""
    found = _PLACE.match(text.strip())
    port = int(found["port"] or PORT) if found else 0
    return (found["host"], port) if found and 0 < port < 65_536 else None


class EscposPrinter:
    """One printer. Every call may take seconds: never on the ui thread."""

    def __init__(self, host: str, port: int = PORT, *, seconds: float = 10) -> None:
        self._place = (host, port)
        self._seconds = seconds

    def send(self, job: bytes) -> Outcome:
        """Hand over a job that ends with the question for paper; returns once the printer has answered, or can't."""
        try:
            line = socket.create_connection(self._place, timeout=self._seconds)
        except OSError:
            return Outcome.NOT_BEGUN
        with line:
            try:
                state = self._state(line)
            except OSError:
                return Outcome.NOT_BEGUN
            if state is not None:
                return state
            try:
                line.settimeout(self._seconds)
                line.sendall(job)
                answer = _answer(line)
            except OSError:
                return Outcome.BROKEN_OFF
        return Outcome.DONE if answer is not None and not answer & _PAPER_END else Outcome.BROKEN_OFF

    def _state(self, line: socket.socket) -> Outcome | None:
        """Why nothing should be sent now; None: go on, also when the printer does not know the question."""
        line.settimeout(min(self._seconds, _STATUS_SECONDS))
        line.sendall(_CALM + _ASK)
        said = b""
        try:
            while len(said) < 2:
                more = line.recv(2 - len(said))
                if not more:
                    return Outcome.NOT_BEGUN
                said += more
        except TimeoutError:
            return None
        if said[1] & _NO_PAPER == _NO_PAPER:
            return Outcome.NO_PAPER
        return Outcome.NOT_BEGUN if said[0] & _OFFLINE else None


def _answer(line: socket.socket) -> int | None:
    """The answer to the question for paper; None when the line ends first.

    A picture may hold the bytes of a question that is answered at once: such answers have bits 1 and 4 set, are not
    asked for, and are passed over.
    """
    while True:
        said = line.recv(1)
        if not said:
            return None
        if said[0] & 0x93 != 0x12:
            return said[0]
