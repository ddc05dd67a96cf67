"""The kept table of survey answers that wait for their group. What is taken out here is gone in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from desk_app.storage.transaction import ReadTx, WriteTx

KEY_BYTES = 16
#: More than a busy office gathers in years; beyond it nothing is kept, and the counter is never held up.
MOST = 20_000


def put(tx: WriteTx, key: bytes, day: str, answer: Mapping[str, Any]) -> bool:
    """Keep an answer under a random key; False when the table is full."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 16 random bytes")
    if count(tx) >= MOST:
        return False
    body = json.dumps(answer, ensure_ascii=False, sort_keys=True)
    tx.execute("INSERT INTO survey_waiting (key, day, answer) VALUES (?, ?, ?)", (key, day, body))
    return True


def count(tx: ReadTx) -> int:
    row = tx.row("SELECT count(*) FROM survey_waiting")
    return int(row[0])


def count_form(tx: ReadTx, form: str) -> int:
    """How many answers to one form wait."""
    row = tx.row("SELECT count(*) FROM survey_waiting WHERE json_extract(answer, '$.form') = ?", (form,))
    return int(row[0])


def waiting(tx: ReadTx, before_day: str) -> tuple[tuple[bytes, Mapping[str, Any]], ...]:
    """Keys and answers of the days before ``before_day``."""
    rows = tx.rows("SELECT key, answer FROM survey_waiting WHERE day < ? ORDER BY key", (before_day,))
    return tuple((bytes(key), json.loads(answer)) for key, answer in rows)


def drop(tx: WriteTx, keys: Sequence[bytes]) -> None:
    """These were released."""
    for key in keys:
        tx.execute("DELETE FROM survey_waiting WHERE key = ?", (key,))
