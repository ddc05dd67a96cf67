"""`python -m tests.soak [SECONDS]`: ends of every kind by the thousand; each part has its share of the time.

Parts: kills of the whole counter, of the window, of the cash desk; power cuts replayed; full and failing disks; episodes
of whole offices with their centre. One JSON line a batch. Exit 1 when a promise was broken: the folder is kept, and
`--seed` runs the same rounds again. `python -m tests.soak sync …`: 20,000 episodes alone, see tests/sync/soak.py.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults import disk, kills, powercut
from tests.kill import rounds, window_rounds
from tests.sync import soak as sync_soak

Told = dict[str, object]


def _counter(folder: Path, seed: int) -> Told:
    return rounds.run(folder, 25, seed)


def _window(folder: Path, seed: int) -> Told:
    heard = window_rounds.run(folder, 2, seed)
    return {"rounds": 2, "taken_up": heard.taken_up, "broken": heard.broken}


def _cash(folder: Path, seed: int) -> Told:
    return kills.run(folder, 80, seed)


def _power(folder: Path, seed: int) -> Told:
    done = powercut.run(folder, 100, seed)
    return {"rounds": done["states"], **done}


def _disk(folder: Path, _seed: int) -> Told:
    refused, broken = 0, list[str]()
    for act in disk.ACTS:
        times, found = disk.at_every_write(folder / act, act)
        code, more = disk.with_a_failing_log(folder / f"{act}-failing", act)
        refused += times + bool(code)
        broken += [f"{act}: {what}" for what in (*found, *more)]
    return {"rounds": refused, "broken": broken}


def _sync(_folder: Path, seed: int) -> Told:
    done = sync_soak.run(1 << 30, 20, seed)
    return {"rounds": 20, **done}


#: A part, its share of the time, a batch of it.
PARTS: dict[str, tuple[float, Callable[[Path, int], Told]]] = {
    "counter": (0.15, _counter),
    "window": (0.10, _window),
    "cash desk": (0.30, _cash),
    "power cuts": (0.20, _power),
    "disk": (0.05, _disk),
    "sync": (0.20, _sync),
}


def main() -> int:
    """Every part for its share, one after the other; stop at the first broken promise."""
    if sys.argv[1:2] == ["sync"]:
        return sync_soak.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="soak")
    parser.add_argument("seconds", nargs="?", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    parser.add_argument("--part", action="append", choices=sorted(PARTS), help="only these; all of them by default")
    chosen = parser.parse_args()
    parts = {name: PARTS[name] for name in chosen.part or PARTS}
    whole = sum(share for share, _ in parts.values())
    return max(
        _part(name, chosen.seconds * share / whole, batch, chosen.seed) for name, (share, batch) in parts.items()
    )


def _part(name: str, seconds: float, batch: Callable[[Path, int], Told], seed: int) -> int:
    """Batches of one part until its time is over: at least one, and none begun that would not end in time."""
    chance, begun, total, longest = random.Random(f"{seed} {name}"), time.monotonic(), 0, 0.0
    while not total or time.monotonic() - begun + longest < seconds:
        start, own = time.monotonic(), chance.randrange(1 << 30)
        folder = Path(tempfile.mkdtemp(prefix="desk-soak-"))
        done = batch(folder, own)
        longest = max(longest, time.monotonic() - start)
        total += int(str(done["rounds"]))
        told = {"part": name, "seed": seed, "batch": own, **done, "total": total, "ok": not done["broken"]}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        if done["broken"]:
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
