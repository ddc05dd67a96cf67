"""How often one address may ask: counted in memory, forgotten after its span, never more than a fixed room."""

from __future__ import annotations

from collections import OrderedDict, deque
from threading import Lock

_ADDRESSES = 20_000


class Limit:
    """At most ``times`` within ``seconds`` for one address; thread-safe."""

    def __init__(self, times: int, seconds: int) -> None:
        self._times, self._seconds = times, seconds
        self._seen: OrderedDict[str, deque[int]] = OrderedDict()
        self._lock = Lock()

    def allows(self, address: str, now_s: int) -> bool:
        """Count one request; False when it is one too many."""
        with self._lock:
            seen = self._seen.setdefault(address, deque())
            self._seen.move_to_end(address)
            while len(self._seen) > _ADDRESSES:
                self._seen.popitem(last=False)
            while seen and seen[0] <= now_s - self._seconds:
                seen.popleft()
            if len(seen) >= self._times:
                return False
            seen.append(now_s)
            return True
