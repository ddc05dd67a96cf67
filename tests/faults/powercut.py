"""Power cuts replayed: ``python -m tests.faults.powercut FOLDER STATES SEED``.

What each act of the cash desk writes is taken as the difference of its files before and after. A cut in the middle leaves
any subset of that, torn at 512 bytes: the disk may have kept a later sector and lost an earlier one. After the act was
answered everything of the database is on the disk; of the witness, which is flushed a moment later, any part may be gone.
A checkpoint writes into the database itself while the log still holds everything: there too any subset may be there.

Each state is opened as the program opens it. It must hold exactly the acts before the cut, and the one in the middle
whole or not at all.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults.money import Answer, Counter, broken_promises, open_desk

SECTOR = 512
DATABASE, LOG = "desk.db", "desk.db-wal"
WITNESSES = ("witness-1", "other/witness-2")
ACTS = 60
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Written:
    """What one act wrote: the files before and after it, and the answers given before it and by it."""

    before: Files
    after: Files
    known: tuple[Answer, ...]
    answer: Answer | None


def record(folder: Path, seed: int) -> list[Written]:
    """Let the desk act; now and then the log is taken into the database (a checkpoint)."""
    chance = random.Random(seed)
    desk = open_desk(folder)
    counter, known, found = Counter(desk, chance, "cut"), list[Answer](), list[Written]()
    store = desk.desk.store
    kept = _files(folder)
    for n in range(ACTS):
        answer = None
        if n % 12 == 11:
            store.call(lambda: store.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall())
        else:
            answer = counter.act()
        store.call(lambda: None)  # the witness of the act before is flushed
        now = _files(folder)
        found.append(Written(kept, now, tuple(known), answer))
        if answer is not None:
            known.append(answer)
        kept = now
    desk.close()
    return found


def run(folder: Path, states: int, seed: int) -> dict[str, object]:
    """So many states; those whose promises do not hold."""
    chance = random.Random(seed)
    acts: list[Written] = []
    broken: list[str] = []
    middle = whole = 0
    for number in range(states):
        if number % 1_000 == 0:
            place = folder / f"desk-{number}"
            place.mkdir(parents=True)
            acts = record(place, chance.randrange(1 << 30))
        act = chance.choice(acts)
        cut_inside = chance.random() < 0.8
        after_cut = folder / "state"
        shutil.rmtree(after_cut, ignore_errors=True)
        for name, data in _torn(act, chance, inside=cut_inside):
            path = after_cut / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        found, kept = _open(after_cut, act, inside=cut_inside, rebuild=number % 25 == 0)
        broken += [f"state {number}: {what}" for what in found]
        middle += cut_inside
        whole += kept
    return {"states": states, "cut in the middle": middle, "act whole afterwards": whole, "broken": broken}


def _torn(act: Written, chance: random.Random, *, inside: bool) -> Iterator[tuple[str, bytes]]:
    """The files as the cut leaves them. Inside: before the flush of the act; else after it."""
    share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for name, after in act.after.items():
        before = act.before.get(name, b"")
        if name in WITNESSES:
            yield name, before if inside else _subset(before, after, chance, chance.choice((0.0, 0.5, 1.0)))
        elif inside:
            yield name, _subset(before, after, chance, share)
        else:
            yield name, after


def _subset(before: bytes, after: bytes, chance: random.Random, share: float) -> bytes:
    """``before`` with some of the sectors that ``after`` changed; what lies behind the end is zeros where it is missing."""
    out = bytearray(before.ljust(len(after), b"\0"))
    longest = len(before)
    for at in range(0, len(after), SECTOR):
        new = after[at : at + SECTOR]
        if new != before[at : at + SECTOR] and chance.random() < share:
            out[at : at + len(new)] = new
            longest = max(longest, at + len(new))
    return bytes(out[: max(longest, 0)])


def _open(folder: Path, act: Written, *, inside: bool, rebuild: bool) -> tuple[list[str], bool]:
    """What is broken in a state, and whether the act in the middle is there."""
    try:
        desk = open_desk(folder)
    except Exception as error:  # noqa: BLE001  a state that can't be opened is a finding, not the end of the run
        return [f"does not open: {type(error).__name__} {error}"], False
    try:
        known = [*act.known, *([act.answer] if act.answer is not None and not inside else [])]
        broken = broken_promises(desk, known, rebuild=rebuild)
        there = act.answer is not None and not _missing(desk, act.answer)
        count = desk.query(lambda tx: tx.row("SELECT count(*) FROM command")[0])
        expected = 1 + len(act.known) + there
        if count != expected:
            broken.append(f"{count} commands, {expected} expected")
        return broken, there
    finally:
        desk.close()


def _missing(desk: object, answer: Answer) -> bool:
    return any("acknowledged and lost" in what for what in broken_promises(desk, [answer], rebuild=False))  # type: ignore[arg-type]


def _files(folder: Path) -> Files:
    """What lies on the disk; the shared index of the log is made anew at every opening and is no evidence."""
    found = {}
    for name in (DATABASE, LOG, *WITNESSES):
        path = folder / name
        if path.exists():
            found[name] = path.read_bytes()
    return found


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])), ensure_ascii=False))
