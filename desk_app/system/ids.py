"""New ids and random bytes, from the operating system's generator."""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_MILLISECONDS = 48
_COUNTER = 12


class SystemIds:
    """Ids in the order they were made, so that an index over them grows at one end."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._last = 0

    def uuid7(self) -> str:
        """A version 7 UUID (RFC 9562); each is greater than the ones this object made before, also if the clock jumps
        back. Lower-case, with hyphens."""
        with self._guard:
            # Milliseconds above, a counter below: the counter carries over into the time when it is used up.
            self._last = max((time.time_ns() // 1_000_000) << _COUNTER, self._last + 1)
            moment, count = self._last >> _COUNTER, self._last & ((1 << _COUNTER) - 1)
        value = (
            (moment & ((1 << _MILLISECONDS) - 1)) << 80 | 0x7 << 76 | count << 64 | 0b10 << 62 | secrets.randbits(62)
        )
        return str(uuid.UUID(int=value))

    def random_bytes(self, count: int) -> bytes:
        """`count` bytes nobody can guess."""
        return secrets.token_bytes(count)
