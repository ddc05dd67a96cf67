"""Intake through the store against the same statements on a bare connection: ``python -m tests.storage.bench_intake``.

Both sides take turns in one process on the same disk; prints {"name", "ratio", "limit", "ok", …} a line.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.storage.connection import connect
from desk_app.storage.store import Store
from tests.storage.builders import KEY, FakeClock, a_store, collect, open_line, receive, witness_of

ROUNDS, BATCH = 7, 60
LIMIT = 2.0


def intake(store: Store, clock: FakeClock, name: str) -> None:
    def job() -> None:
        with store.write(f"c-{name}", "o1") as tx:
            receive(tx, clock, f"d-{name}")
            collect(tx, clock, f"r-{name}", (f"d-{name}",))

    store.call(job)


def recorded(folder: Path) -> list[tuple[str, tuple[Any, ...]]]:
    """Every changing statement of one intake with its values, as the store sends them."""

    class Spy:
        def __init__(self, cursor: Any) -> None:
            self.cursor, self.seen = cursor, []

        def execute(self, sql: str, values: Any = ()) -> Any:
            self.seen.append((sql, tuple(values)))
            return self.cursor.execute(sql, values)

    store = a_store(folder)
    open_line(store)
    spy = Spy(store._cursor)
    store._cursor = spy
    intake(store, FakeClock(), "spied")
    store._cursor = spy.cursor
    store.close()
    return [s for s in spy.seen if s[0].split()[0] in ("INSERT", "UPDATE")]


def _fresh(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return value.replace("spied", name).replace("0193a000-0000-7000", name)
    return value


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        ours_path, bare_path = Path(folder) / "ours", Path(folder) / "bare"
        ours_path.mkdir()
        bare_path.mkdir()
        statements = recorded(bare_path)
        for witness in (None, witness_of(ours_path)):
            store = a_store(ours_path, witness=witness, seed=1 + (witness is not None))
            if witness is None:
                open_line(store)
            kind = "witness" if witness else "plain"
            # Both sides on the store thread: what is measured is the work, not the change of threads.
            print(json.dumps(store.call(partial(measure, store, bare_path / "desk.db", statements, kind))))
            store.close()


def measure(store: Store, path: Path, statements: list[tuple[str, tuple[Any, ...]]], kind: str) -> dict[str, Any]:
    connection = connect(path, KEY)
    connection.execute("PRAGMA synchronous = FULL")
    cursor = connection.cursor()
    clock = FakeClock()
    ours: list[float] = []
    raw: list[float] = []
    seq = cursor.execute("SELECT max(seq), max(n) FROM record, dossier").fetchone()
    state = {"seq": seq[0], "n": seq[1]}
    for round_no in range(ROUNDS):
        for index in range(BATCH):
            name = f"{kind}-{round_no}-{index}"
            start = time.perf_counter()
            intake(store, clock, name)
            ours.append(time.perf_counter() - start)
            if store._witness is not None:
                store._witness.sync()  # flushed after the answer; it may not slow the other side
            state["seq"] += 2
            state["n"] += 1
            shifted = shift(statements, state["seq"], state["n"], name)
            start = time.perf_counter()
            cursor.execute("BEGIN IMMEDIATE")
            for sql, values in shifted:
                cursor.execute(sql, values)
            cursor.execute("COMMIT")
            raw.append(time.perf_counter() - start)
    connection.close()
    a, b = statistics.median(ours[BATCH:]), statistics.median(raw[BATCH:])
    return {
        "name": f"intake-{kind}", "ratio": round(a / b, 2), "limit": LIMIT, "ok": a / b <= LIMIT,
        "ours_ms": round(a * 1e3, 3), "raw_ms": round(b * 1e3, 3), "statements": len(statements),
    }  # fmt: skip


def shift(statements: list[tuple[str, tuple[Any, ...]]], seq: int, n: int, name: str) -> list[tuple[str, Any]]:
    """The recorded statements under fresh keys."""
    found: list[tuple[str, Any]] = []
    first = True
    for sql, values in statements:
        fresh = [_fresh(v, name) for v in values]
        if sql.startswith("INSERT INTO record"):
            fresh[1] = seq - 1 if first else seq
            first = False
        elif "subject_use" in sql:
            fresh[1] = seq
        elif sql.startswith("INSERT INTO dossier_search"):
            fresh[0] = n
        elif "dossier_event" in sql:
            fresh[1] = seq
        found.append((sql, tuple(fresh)))
    return found


if __name__ == "__main__":
    main()
