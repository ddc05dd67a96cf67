"""One intake, folds included, against the same statements on the bare driver with the same file, key and FULL sync.

The statements are not written down here: the driver tells what the desk really executed, and the floor executes that
again, prepared once, on a copy of the file. So the floor moves with the desk and the ratio is what our layers cost.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from desk_app.storage.store import Store
from tests.bench.counter import Counter
from tests.bench.measure import Row, compare

ROUNDS = 60
_LITERAL = re.compile(r"[xX]'([0-9a-fA-F]*)'|'((?:[^']|'')*)'|(?<![\w.?])(-?\d+)(?![\w.])")
_Statement = tuple[str, tuple[Any, ...]]


def rows(folder: Path) -> Iterator[Row]:
    """The intake transaction; the medians are of single intakes."""
    counter = Counter(folder / "intake")
    commands = iter([counter.command(number) for number in range(2 * ROUNDS + 3)])
    counter.accept(next(commands))
    store = counter.desk.store
    store.call(lambda: store.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    copy = folder / "floor.db"
    shutil.copyfile(counter.file, copy)
    told = trace(store, [partial(counter.accept, next(commands)) for _ in range(ROUNDS + 1)])
    floor = floor_side(copy, counter.key, told)
    yield compare("intake transaction", 2.0, lambda: counter.accept(next(commands)), floor, rounds=ROUNDS)
    counter.close()


def floor_side(file: Path, key: bytes, told: list[list[_Statement]]) -> Callable[[], None]:
    """Executes the recorded intakes one after another on the file they were recorded against, each committed."""
    bare = driver.connect(str(file), isolation_level=None, cached_statements=1024)
    bare.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY"):
        bare.execute(f"PRAGMA {pragma}")
    cursor, turn = bare.cursor(), iter(told)

    def once() -> None:
        cursor.execute("BEGIN IMMEDIATE")
        for sql, values in next(turn):
            cursor.execute(sql, values).fetchall()
        cursor.execute("COMMIT")

    return once


def trace(store: Store, works: Sequence[Callable[[], object]]) -> list[list[_Statement]]:
    """What the driver executed for each of ``works`` (called from outside the store), as prepared texts with values."""
    told: list[list[_Statement]] = []
    for work in works:
        lines: list[str] = []
        store.call(lambda heard=lines: store.cursor().connection.set_trace_callback(heard.append))
        work()
        store.call(lambda: store.cursor().connection.set_trace_callback(None))
        lines = [line for line in lines if not re.match(r"(?i)\s*(begin|commit|rollback|--)", line)]
        # A statement is told once more for each trigger it fires.
        told.append([_prepared(line) for line, _again in groupby(lines)])
    return told


def _prepared(line: str) -> _Statement:
    """A statement with its values written in, taken apart again."""
    values: list[Any] = []

    def out(found: re.Match[str]) -> str:
        blob, text, number = found.groups()
        values.append(
            bytes.fromhex(blob) if blob is not None else text.replace("''", "'") if text is not None else int(number)
        )
        return "?"

    if re.match(r"(?i)\s*(pragma|savepoint|release)", line):
        return line, ()
    return _LITERAL.sub(out, line), tuple(values)
