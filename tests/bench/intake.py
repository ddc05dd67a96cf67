"""One intake, folds included, against the same statements on the bare driver with the same file, key and FULL sync.

The statements are not written down here: the driver tells what the desk really executed, and the floor executes that
again, prepared once, on a copy of the file. So the floor moves with the desk and the ratio is what our layers cost.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from tests.bench.counter import Counter
from tests.bench.measure import Row, compare

ROUNDS = 60
_LITERAL = re.compile(r"[xX]'([0-9a-fA-F]*)'|'((?:[^']|'')*)'|(?<![\w.?])(-?\d+)(?![\w.])")
_Statement = tuple[str, tuple[Any, ...]]


def rows(folder: Path) -> Iterator[Row]:
    """The intake transaction; the medians are of single intakes."""
    counter = Counter(folder / "intake")
    key = counter.station.slots.unlock(counter.station.logins()[0].id, "1234", counter.station._machine_secret())
    commands = iter([counter.command(number) for number in range(ROUNDS + 12)])
    counter.accept(next(commands))
    counter.desk.store.call(counter.desk.store.checkpoint)
    copy = folder / "floor.db"
    shutil.copyfile(counter.station.folder / "desk.db", copy)
    told = _trace(counter, [next(commands) for _ in range(10)])
    floor = floor_side(copy, key, told)
    yield compare("intake transaction", 2.0, lambda: counter.accept(next(commands)), floor, rounds=ROUNDS, warm=1)
    counter.station.close()


def floor_side(file: Path, key: bytes, told: list[list[_Statement]]) -> Callable[[], None]:
    """Executes one recorded intake, rolled forward in a savepoint each time so that it can be done again."""
    bare = driver.connect(str(file), isolation_level=None, cached_statements=1024)
    bare.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("PRAGMA temp_store = MEMORY")
    bare.execute("CREATE TABLE bench_round (n INTEGER)")
    cursor = bare.cursor()
    turn = iter(told * (1 + ROUNDS // max(1, len(told))))
    page = bytes(range(256)) * 24

    def once() -> None:
        statements = next(turn, told[-1])
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("SAVEPOINT intake")
        for sql, values in statements:
            cursor.execute(sql, values).fetchall()
        # Ten recorded intakes are played several times, so each is taken back; what the commit then has to write is as
        # much as one intake writes, for the floor pays for its own flush.
        cursor.execute("ROLLBACK TO intake")
        cursor.execute("INSERT INTO bench_round (n) VALUES (zeroblob(0) || ?)", (page,))
        cursor.execute("COMMIT")

    return once


def _trace(counter: Counter, commands: list[Any]) -> list[list[_Statement]]:
    """What the driver executed for each intake, as prepared texts with their values."""
    told: list[list[_Statement]] = []
    for command in commands:
        lines: list[str] = []
        counter.desk.store.call(lambda heard=lines: _connection(counter).set_trace_callback(heard.append))
        counter.accept(command)
        counter.desk.store.call(lambda: _connection(counter).set_trace_callback(None))
        told.append([_prepared(line) for line in lines if not re.match(r"(?i)\s*(begin|commit|rollback|--)", line)])
    return told


def _connection(counter: Counter) -> Any:
    return counter.desk.store.cursor().connection


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
