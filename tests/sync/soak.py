"""``python -m tests.sync.soak SECONDS [FIRST_SEED]``: episodes from a seed on; the last line is one JSON object.

Where the last run stopped stands in ``next_seed``; a seed that breaks something is named with what broke.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from tests.sync.episode import run_episode
from tests.sync.inside import inside
from tests.sync.server import CentreProcess


def run(seconds: int, first_seed: int = 100_000) -> dict[str, object]:
    """Play episodes for about ``seconds``."""
    broken: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="desk-centre-", ignore_cleanup_errors=True) as folder:
        process = CentreProcess(Path(folder))
        process.start()
        try:
            with inside(process) as centre:
                seed, end = first_seed, time.monotonic() + seconds
                while time.monotonic() < end:
                    found = run_episode(process, centre, seed)
                    if found:
                        broken.append({"seed": seed, "broken": found})
                    seed += 1
        finally:
            process.stop()
            process.postgresql.stop()
    return {"episodes": seed - first_seed, "next_seed": seed, "broken": broken, "ok": not broken}


def main() -> int:
    """Exit 1 when an episode broke a promise."""
    done = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
    print(json.dumps(done, ensure_ascii=False))
    return 0 if done["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
