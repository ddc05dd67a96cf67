"""One JSON object a line on standard error: event, numbers, ids, codes. No names, no bodies, no free text."""

import json
import sys

from sync.centre.clock import Clock, stamp, system_clock


class Log:
    """Writes events; a value is a number, an id or a code, so personal data have no way in."""

    def __init__(self, clock: Clock = system_clock) -> None:
        self._clock = clock

    def event(self, event: str, **values: int | str | None) -> None:
        """One line; ``values`` of more than 80 characters are cut."""
        kept = {k: v[:80] if isinstance(v, str) else v for k, v in values.items() if v is not None}
        line = json.dumps({"at": stamp(self._clock()), "event": event, **kept}, ensure_ascii=True)
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
