"""What is being typed: saved at every field, offered after a crash, gone when its fact is appended. Never synced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk_app.domain.errors import Refused
from desk_app.storage.transaction import ReadTx, WriteTx

PARKED_MAX = 9
_SELECT = "SELECT id, kind, updated_at, data, parked_no FROM draft "


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A form as it was left. ``parked_no`` 1–9: put aside by the officer; None: being typed when the program ended."""

    id: str
    kind: str
    updated_at: str
    data: Mapping[str, Any]
    parked_no: int | None

    def __repr__(self) -> str:
        return f"Draft({self.id}, {self.kind}, …)"


def save(tx: WriteTx, id: str, kind: str, data: Mapping[str, Any], updated_at: str) -> None:
    """Keep the form as it stands; a parked one stays parked."""
    tx.execute(
        "INSERT INTO draft (id, kind, updated_at, data) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " updated_at = excluded.updated_at, data = excluded.data",
        (id, kind, updated_at, json.dumps(data, ensure_ascii=False, sort_keys=True)),
    )


def load(tx: ReadTx, id: str) -> Draft | None:
    row = tx.row(f"{_SELECT}WHERE id = ?", (id,))
    return _draft(row) if row else None


def all(tx: ReadTx) -> tuple[Draft, ...]:
    """Every draft, the parked ones first by their number, then the newest."""
    rows = tx.rows(f"{_SELECT}ORDER BY parked_no IS NULL, parked_no, updated_at DESC, id")
    return tuple(map(_draft, rows))


def drop(tx: WriteTx, id: str) -> None:
    """Forget a draft: its fact was appended in this transaction, or the officer threw it away."""
    tx.execute("DELETE FROM draft WHERE id = ?", (id,))


def park(tx: WriteTx, id: str) -> int:
    """Put a draft aside under the lowest free number 1–9; refuses TN-18 when nine are parked."""
    draft = load(tx, id)
    if draft is None:
        raise KeyError(id)
    if draft.parked_no is not None:
        return draft.parked_no
    taken = {row[0] for row in tx.rows("SELECT parked_no FROM draft WHERE parked_no IS NOT NULL")}
    free = next((n for n in range(1, PARKED_MAX + 1) if n not in taken), None)
    if free is None:
        raise Refused("TN-18", n=PARKED_MAX)
    tx.execute("UPDATE draft SET parked_no = ? WHERE id = ?", (free, id))
    return free


def take_up(tx: WriteTx, id: str) -> Draft | None:
    """Go on with a parked draft: its number becomes free."""
    tx.execute("UPDATE draft SET parked_no = NULL WHERE id = ?", (id,))
    return load(tx, id)


def _draft(row: Any) -> Draft:
    return Draft(row[0], row[1], row[2], json.loads(row[3]), row[4])
