"""The other stations of the office whose records have come here, and up to when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class Station:
    """Another counter; ``sealed_at``: local time of the last record of it that is here."""

    station: str
    station_no: int
    sealed_at: datetime


def stations(tx: ReadTx) -> tuple[Station, ...]:
    """Every other station with at least one record here, by number."""
    rows = tx.rows(
        "SELECT l.station, l.station_no, (SELECT r.raw FROM record r WHERE r.line = l.line ORDER BY r.seq DESC LIMIT 1)"
        " FROM line l WHERE l.ours = 0 AND l.kind = 'main' ORDER BY l.station_no"
    )
    found: dict[str, Station] = {}
    for station, number, raw in rows:
        if raw is None:
            continue
        at = _local(bytes(raw))
        if station not in found or found[station].sealed_at < at:
            found[station] = Station(station, number, at)
    return tuple(found.values())


def _local(raw: bytes) -> datetime:
    sealed = json.loads(raw)
    at = datetime.fromisoformat(sealed["at"].removesuffix("Z")) + timedelta(minutes=sealed["tz"])
    return at.replace(microsecond=0)
