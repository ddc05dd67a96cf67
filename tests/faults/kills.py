"""kill -9 at random instants of issue, undo and close: ``python -m tests.faults.kills FOLDER ROUNDS SEED``.

Like the rounds of the whole counter (``tests.kill.rounds``), but nothing except money: several acts a life, so that most
ends fall into the middle of one.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from tests.faults.money import Answer, Counter, another_life, broken_promises, open_desk
from tests.kill.rounds import say, watch
from tests.services.money_desk import catalogue

ROUNDS_A_FOLDER = 40
MOST_ANSWERS, LONGEST_S = 4, 0.012


def child(folder: Path, seed: int, out: int, known: list[Answer], *, rebuild: bool) -> None:
    """Look, then act until the end comes."""
    desk = open_desk(folder)
    say(out, ["found", *broken_promises(desk, known, rebuild=rebuild)])
    another_life(desk, seed)
    counter = Counter(desk, random.Random(seed), f"life-{seed}")
    while True:
        answer = counter.act()
        say(out, [answer.kind, answer.id])


def run(folder: Path, rounds: int, seed: int) -> dict[str, object]:
    """So many lives; what was promised and broken, and how much was acknowledged of each kind."""
    catalogue()  # read once, before the first fork
    chance = random.Random(seed)
    broken: list[str] = []
    heard: dict[str, int] = {}
    done = 0
    while done < rounds:
        part, known = folder / f"money-{done}", list[Answer]()
        part.mkdir(parents=True)
        count = min(ROUNDS_A_FOLDER, rounds - done)
        for number in range(count + 1):  # one more, killed at once, that only looks
            last = number == count
            life = (0, 0.0) if last else (chance.randrange(MOST_ANSWERS + 1), chance.random() * LONGEST_S)
            born, check = chance.randrange(1 << 30), last or number % 10 == 9

            def work(out: int, born: int = born, check: bool = check) -> None:
                child(part, born, out, known, rebuild=check)  # noqa: B023  the child runs before the next round

            found, told = watch(work, life)
            broken += [f"round {done + number}: {what}" for what in found]
            known += [Answer(*line) for line in told]
        for answer in known:
            heard[answer.kind] = heard.get(answer.kind, 0) + 1
        done += count
    return {"rounds": done, "acknowledged": heard, "broken": broken}


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])), ensure_ascii=False))
