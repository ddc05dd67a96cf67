"""``python -m tests.sync.soak [--seconds S | --episodes N] [--first SEED]``: episodes; the last line is one JSON object.

Without ``--first`` the seeds go on where the last run of this checkout stopped (``.soak-seed``). A seed that breaks a
promise is written to ``regressions.txt``, which every test run plays again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from tests.sync.episode import forget, play
from tests.sync.inside import inside
from tests.sync.oracle import broken
from tests.sync.server import CentreProcess, open_folder

REGRESSIONS = Path(__file__).parent / "regressions.txt"
_STOPPED = Path(__file__).parents[2] / ".soak-seed"
_FIRST, _AT_ONCE = 100_000, 200


def run(seconds: int, episodes: int, first_seed: int) -> dict[str, object]:
    """Play ``episodes`` from ``first_seed``, or for about ``seconds`` when that is over first."""
    found: list[dict[str, object]] = []
    started, seed, steps = time.monotonic(), first_seed, 0
    with open_folder() as folder:
        process = CentreProcess(folder)
        process.start()
        try:
            with inside(process, quick=True) as centre:
                while seed < first_seed + episodes and time.monotonic() - started < seconds:
                    world = play(centre, seed)
                    wrong = broken(world)
                    if wrong:
                        found.append({"seed": seed, "broken": wrong})
                    seed, steps = seed + 1, steps + len(world.done)
                    if seed % _AT_ONCE == 0:
                        forget(world)
        finally:
            process.stop()
            process.postgresql.stop()
    took_ms = int((time.monotonic() - started) * 1000)
    return {
        "episodes": seed - first_seed, "steps": steps, "ms": took_ms, "next_seed": seed, "broken": found, "ok": not found
    }  # fmt: skip


def known() -> list[int]:
    """Seeds that once broke a promise."""
    lines = REGRESSIONS.read_text("utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


def _remember(found: list[dict[str, object]]) -> None:
    have = set(known())
    with REGRESSIONS.open("a", encoding="utf-8") as file:
        for one in found:
            if one["seed"] not in have:
                file.write(f"{one['seed']}  {one['broken'][0]}\n")  # type: ignore[index]


def main(arguments: list[str] | None = None) -> int:
    """Exit 1 when an episode broke a promise."""
    parser = argparse.ArgumentParser(prog="soak sync")
    parser.add_argument("--seconds", type=int, default=1 << 30)
    parser.add_argument("--episodes", type=int, default=20_000)
    parser.add_argument("--first", type=int, help="first seed; otherwise where the last run stopped")
    chosen = parser.parse_args(arguments)
    goes_on = chosen.first is None
    first = chosen.first if not goes_on else int(_STOPPED.read_text("ascii")) if _STOPPED.exists() else _FIRST
    done = run(chosen.seconds, chosen.episodes, first)
    if goes_on:
        _STOPPED.write_text(f"{done['next_seed']}\n", "ascii")
        _remember(done["broken"])  # type: ignore[arg-type]
    print(json.dumps(done, ensure_ascii=False))
    return 0 if done["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
