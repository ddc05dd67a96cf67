"""Appends in a child until it is killed, again and again: ``python -m tests.storage.killing FOLDER ROUNDS SEED``.

Prints one JSON line: rounds, commands acknowledged, and every promise that was broken. The parent opens no store, so
that forking is safe; each child first checks what the one before it left.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from desk_app.storage.transaction import ReadTx
from sync.protocol.codec import from_body
from sync.protocol.envelope import check_chain
from sync.protocol.facts import DossierReceived, ReceiptIssued
from tests.storage.builders import LINE, FakeClock, a_store, collect, open_line, receive, witness_of


def child(folder: Path, round_no: int, out: int) -> None:
    """Check, then take in dossiers with a receipt each, telling every acknowledged one."""
    clock = FakeClock()
    store = a_store(folder, seed=round_no, witness=witness_of(folder), clock=clock)
    say(out, "found", store.call(lambda: look(store)) if not store.report else ["the witness is ahead"])
    if round_no == 0:
        open_line(store)
    n = 0
    while True:
        n += 1
        name = f"{round_no}-{n}"

        def job(name: str = name) -> None:
            with store.write(f"c-{name}", "o1") as tx:
                receive(tx, clock, f"d-{name}")
                collect(tx, clock, f"r-{name}", (f"d-{name}",))

        store.call(job)
        say(out, "done", name)


def look(store: object) -> list[str]:
    """The names of all commands found, or what is broken."""
    with store.read() as tx:  # type: ignore[attr-defined]
        try:
            tx.line  # noqa: B018
        except LookupError:
            return []
        return names(tx)


def names(tx: ReadTx) -> list[str]:
    records = list(tx.records(LINE))
    if check_chain(records) != (tx.line.last_seq, tx.line.head):
        return ["chain and line differ"]
    facts = [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in records]
    receipts = [f for f in facts if isinstance(f, ReceiptIssued)]
    dossiers = [f for f in facts if isinstance(f, DossierReceived)]
    if [f.number for f in receipts] != list(range(1, len(receipts) + 1)) or len(dossiers) != len(receipts):
        return ["half or doubled"]
    rows = tx.row(
        "SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM receipt), (SELECT count(*) FROM command)"
    )
    if rows != (len(dossiers), len(receipts), len(receipts) + 1):
        return [f"tables differ: {rows}"]
    return [f.dossier[2:] for f in dossiers]


def say(out: int, word: str, value: object) -> None:
    os.write(out, json.dumps([word, value]).encode() + b"\n")


def one_round(folder: Path, round_no: int, after: int, wait: float, known: list[str], broken: list[str]) -> None:
    """Kill the child ``wait`` seconds after its ``after``-th acknowledged command, somewhere inside the next."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            child(folder, round_no, writer)
        finally:
            os._exit(1)
    os.close(writer)
    data = b""
    end = time.monotonic() + 60
    while data.count(b"\n") <= after and time.monotonic() < end:  # its first line says what it found
        if select.select([reader], [], [], 1)[0]:
            data += os.read(reader, 1 << 20)
    time.sleep(wait)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while chunk := os.read(reader, 1 << 20):
        data += chunk
    os.close(reader)
    lines = [json.loads(line) for line in data.splitlines() if line.endswith(b"]")]
    found = lines[0][1] if lines else ["no answer"]
    # Everything acknowledged is there, in its order; besides that only one command may have been whole and unheard.
    if found[: len(known)] != known or len(found) > len(known) + 1:
        broken.append(f"round {round_no}: {len(known)} acknowledged, found {len(found)}: {found[:1]}")
    known[:] = [*found, *(value for word, value in lines if word == "done")]


def main(folder: Path, rounds: int, seed: int) -> None:
    rng = random.Random(seed)
    known: list[str] = []
    broken: list[str] = []
    for round_no in range(rounds):
        one_round(folder, round_no, rng.randint(1, 5), rng.random() * 0.008, known, broken)
    print(json.dumps({"rounds": rounds, "acknowledged": len(known), "broken": broken}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
