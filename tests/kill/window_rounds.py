"""Kill the real window at chosen words and a random moment after them, and start it again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

#: After which word of the window the end comes, and how long after it at most: while typing, around F9, while papers come
#: out after the code stood on the screen, and at once when it stands there.
MOMENTS = (("typed", 0.03), ("pressing", 0.25), ("code", 0.25), ("code", 0.0))
PATIENCE_S = 90


@dataclass
class Heard:
    """What the windows told so far."""

    codes: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    taken_up: int = 0
    printed: int = 0


def run(folder: Path, rounds: int, seed: int) -> Heard:
    """So many ends, and one more start that only looks."""
    rng, heard = random.Random(seed), Heard()
    for round_no in range(rounds + 1):
        moment, most = MOMENTS[round_no % len(MOMENTS)]
        if round_no == rounds and heard.typed:
            moment, most = "taken", 0.0
        one_round(folder, round_no, moment, rng.random() * most, heard)
    return heard


def one_round(folder: Path, round_no: int, moment: str, wait: float, heard: Heard) -> None:
    """One life of the window."""
    state = folder.parent / f"{folder.name}.state.json"
    state.write_text(json.dumps({"codes": heard.codes, "typed": heard.typed}), encoding="utf-8")
    command = [sys.executable, "-m", "tests.kill.window", str(folder), str(round_no), str(state)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as window:
        watch = threading.Timer(PATIENCE_S, window.kill)
        watch.start()
        assert window.stdout is not None and window.stderr is not None
        killed = False
        for line in window.stdout:
            word, *values = json.loads(line)
            listen(heard, word, values, round_no)
            if word == moment and not killed:
                killed = True
                time.sleep(wait)
                window.send_signal(signal.SIGKILL)
        watch.cancel()
        if not killed:
            told = [line for line in window.stderr.read().splitlines() if "Error" in line]
            heard.broken.append(f"round {round_no}: never came to {moment}: {' '.join(told)}")


def listen(heard: Heard, word: str, values: list[str], round_no: int) -> None:
    """Keep what is promised from now on."""
    match word:
        case "found":
            heard.broken += [f"round {round_no}: {what}" for what in values]
        case "typed":
            heard.typed = values
        case "pressing":
            heard.typed = []  # from here on it may be a record or still a draft
        case "code":
            heard.codes += values
        case "taken":
            heard.taken_up += 1
        case "printed":
            heard.printed += 1


def main() -> None:
    """``python -m tests.kill.window_rounds FOLDER ROUNDS SEED``."""
    heard = run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps({"rounds": int(sys.argv[2]), **heard.__dict__}, ensure_ascii=False))


if __name__ == "__main__":
    main()
