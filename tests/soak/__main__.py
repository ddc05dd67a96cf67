"""`python -m tests.soak [minutes]`: the rounds of death by the thousand, until the time is over; one JSON line a folder.

`python -m tests.soak sync …`: 20,000 episodes of whole offices, see tests/sync/soak.py.

Exit 1 when a promise was broken; the seed is printed, and `--seed` runs the same rounds again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.kill import rounds, window_rounds
from tests.sync.soak import main as sync_episodes

ROUNDS, WINDOWS = 200, 5


def main() -> int:
    """Alternate use cases and windows; stop at the first folder that breaks a promise and keep it."""
    if sys.argv[1:2] == ["sync"]:
        return sync_episodes(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="soak")
    parser.add_argument("minutes", nargs="?", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    chosen = parser.parse_args()
    end, chance, total = time.monotonic() + chosen.minutes * 60, random.Random(chosen.seed), 0
    while time.monotonic() < end:
        seed = chance.randrange(1 << 30)
        folder = Path(tempfile.mkdtemp(prefix="desk-soak-"))
        done = rounds.run(folder / "use-cases", ROUNDS, seed)
        heard = window_rounds.run(folder / "window", WINDOWS, seed)
        broken = [*done["broken"], *heard.broken]  # type: ignore[misc]
        total += ROUNDS + WINDOWS
        told = {"seed": seed, "killed": total, "acknowledged": done["acknowledged"], "taken_up": heard.taken_up}
        print(json.dumps({**told, "ok": not broken, "broken": broken}, ensure_ascii=False), flush=True)
        if broken:
            print(f"kept: {folder}", file=sys.stderr)
            return 1
        _remove(folder)
    return 0


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


if __name__ == "__main__":
    sys.exit(main())
