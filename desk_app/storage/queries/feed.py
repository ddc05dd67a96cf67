"""What came down from the centre besides records: online dossiers, news about dossiers, announced versions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from desk_app.storage.transaction import ReadTx, WriteTx


@dataclass(frozen=True, slots=True)
class Announced:
    """A version that lies ready at the centre; 0 = none was announced."""

    what: str
    version: int
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class OnlineRow:
    """An online dossier as the centre last told it. ``until``: end of the claim, UTC."""

    id: str
    state: str
    station: str
    station_no: int
    until: str
    body: dict[str, Any]

    def __repr__(self) -> str:
        return f"OnlineRow({self.id}, {self.state})"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What the level above said about a dossier; ``at`` UTC."""

    code: str
    state: str
    at: str
    note: str


def announced(tx: ReadTx, what: str) -> Announced:
    """The newest announced version of ``what`` (catalogue, holidays, app)."""
    found = json.loads(tx.setting(f"announced-{what}") or "{}")
    return Announced(what, int(found.get("version", 0)), str(found.get("sha256", "")), int(found.get("size", 0)))


def online(tx: ReadTx, *, state: str = "", limit: int = 200) -> tuple[OnlineRow, ...]:
    """Online dossiers in the order they changed, of one state or all."""
    rows = tx.rows(
        "SELECT id, state, station, station_no, until, body FROM online WHERE ? IN ('', state) ORDER BY pos LIMIT ?",
        (state, limit),
    )
    return tuple(OnlineRow(r[0], r[1], r[2], r[3], r[4], json.loads(r[5])) for r in rows)


def statuses(tx: ReadTx, code: str) -> tuple[StatusRow, ...]:
    """The level above about one dossier, in the order it was said; the last one holds."""
    found = (
        json.loads(row[0]) for row in tx.rows("SELECT body FROM upstream WHERE code = ? ORDER BY gen, pos", (code,))
    )
    return tuple(StatusRow(code, str(b.get("state", "")), str(b.get("at", "")), str(b.get("note", ""))) for b in found)


def accepted_here(tx: WriteTx, id: str) -> None:
    """It was taken in on this machine; the centre's own word comes later and says the same."""
    tx.execute("UPDATE online SET state = 'accepted', until = '' WHERE id = ?", (id,))
