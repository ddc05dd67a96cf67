"""Use cases in a child until it is killed, again and again: ``python -m tests.kill.rounds FOLDER ROUNDS SEED``.

A child takes people in, guides, collects, settles and hands over, telling every answer it gave; then comes kill -9. The
next child first looks at what was left. The parent opens no store and starts no thread, so that forking is safe.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.kill.promises import broken_promises
from tests.kill.worker import Worker, open_worker

ROUNDS_A_FOLDER = 25  # looking at a folder takes longer the more lies in it
MOST_ANSWERS, LONGEST_S = 5, 0.04  # it dies so long after so many answers, at most


def child(folder: Path, seed: int, out: int, known: list[list[str]], *, rebuild: bool) -> None:
    """Look, then work until the end comes."""
    _station, desk = open_worker(folder)
    say(out, ["found", *broken_promises(desk, known, rebuild=rebuild)])
    worker = Worker(desk, random.Random(seed))
    while True:
        for answer in worker.step():
            say(out, answer)


def say(out: int, words: list[str]) -> None:
    """One line, whole: a pipe takes up to 4,096 bytes at once."""
    os.write(out, json.dumps(words, ensure_ascii=True).encode()[:4000] + b"\n")


def one_round(folder: Path, seed: int, life: tuple[int, float], known: list[list[str]], *, rebuild: bool) -> list[str]:
    """Let a child give `life[0]` answers and live `life[1]` seconds more; answers the promises it found broken."""
    found, told = watch(lambda out: child(folder, seed, out, known, rebuild=rebuild), life)
    known.extend(told)
    return found


def watch(work: Callable[[int], None], life: tuple[int, float]) -> tuple[list[str], list[list[str]]]:
    """Let a child `work` (it is given where to say its lines) until it is killed; what it found broken, its answers.

    It gives `life[0]` answers and lives `life[1]` seconds more. Its first line must be what it found.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            work(writer)
        except BaseException as bug:  # noqa: BLE001  told to the parent; the child must not go on as a second parent
            say(writer, ["found", f"{type(bug).__name__}: {bug}"])
        finally:
            os._exit(1)
    os.close(writer)
    data = b""
    end = time.monotonic() + 60
    while data.count(b"\n") <= life[0] and time.monotonic() < end:
        if select.select([reader], [], [], 1)[0]:
            part = os.read(reader, 1 << 20)
            if not part:
                break
            data += part
    time.sleep(life[1])
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while chunk := os.read(reader, 1 << 20):
        data += chunk
    os.close(reader)
    lines = [json.loads(line) for line in data.splitlines() if line.endswith(b"]")]
    if not lines or lines[0][0] != "found":
        return ["the child did not start"], []
    broken = [*lines[0][1:], *(line[1] for line in lines[1:] if line[0] == "found")]
    return broken, [line for line in lines[1:] if line[0] != "found"]


def run(folder: Path, rounds: int, seed: int) -> dict[str, object]:
    """So many rounds; what was promised and broken, and how much work was acknowledged."""
    rng = random.Random(seed)
    broken: list[str] = []
    acknowledged = 0
    done = 0
    while done < rounds:
        part, known = folder / f"desk-{done}", list[list[str]]()
        count = min(ROUNDS_A_FOLDER, rounds - done)
        for number in range(count + 1):  # one more, killed at once, that only looks
            last = number == count
            rebuild = last or number % 5 == 4
            life = (0, 0.0) if last else (rng.randrange(MOST_ANSWERS + 1), rng.random() * LONGEST_S)
            found = one_round(part, rng.randrange(1 << 30), life, known, rebuild=rebuild)
            broken += [f"round {done + number}: {what}" for what in found]
        acknowledged += len(known)
        done += count
    return {"rounds": done, "acknowledged": acknowledged, "broken": broken}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])), ensure_ascii=False))
