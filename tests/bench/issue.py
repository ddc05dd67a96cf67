"""Issue of a receipt, its flush included, against the same statements on the bare driver, one committed transaction each.

What the desk does more than the floor: the amount's rules, the next number, the seal (canonical bytes, hash, chain), the
folds' decisions, the note in the witness outside the database and the way to the store's thread and back. The witness is
flushed after the answer: the first row is what the officer waits for, the second what a queue without a pause costs.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.intake import floor_side, trace
from tests.bench.measure import Row, compare
from tests.services.money_desk import open_cash_desk

ROUNDS = 120
LIMIT, IN_A_ROW = 1.5, 4.0


def rows(folder: Path) -> Iterator[Row]:
    """The medians are of single receipts."""
    cash = open_cash_desk(folder)
    for _ in range(20):
        cash.take()
    store = cash.desk.store

    def rest() -> None:
        store.call(lambda: None)

    for name, limit, between in (("issue of a receipt", LIMIT, rest), ("receipts without a pause", IN_A_ROW, None)):
        store.call(lambda: store.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
        copy = folder / f"floor-{limit}.db"
        shutil.copyfile(store.path, copy)
        told = trace(store, [cash.take] * (ROUNDS + 5))
        floor = floor_side(copy, bytes(32), told)
        yield compare(name, limit, cash.take, floor, rounds=ROUNDS, warm=5, between=between or (lambda: None))
    cash.close()
