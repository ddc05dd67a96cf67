"""What a line is given later, without anybody asking: further receipt numbers, and a sealed spare line after one was opened.

Both are told by the feed to the one station they are for. The rows are written in the transaction of the batch that
made them necessary, so a batch that comes twice gives nothing twice.
"""

from __future__ import annotations

from datetime import datetime

from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.feed import tell
from sync.centre.grants import NoRange, further_block, grant_line, local_year
from sync.protocol.feed import GRANTS, SPARE
from sync.protocol.messages import Grant, as_value

FEW = 500  # receipts left on a line: some days of a busy counter, so the next sync in time brings more
_LAST_MONTH = 12
_ONE_LINE = "unit = %s AND station = %s AND line = %s"


def receipts_left(db: Db, key: tuple[object, ...], year: int) -> int | None:
    """How many receipt numbers of a line can still be used in ``year``, as far as is known here; None: it has none."""
    row = db.execute(
        "SELECT sum(g.last - greatest(g.first - 1, coalesce((SELECT max(r.number) FROM receipt r WHERE r.unit = g.unit"
        " AND r.form = g.form AND r.symbol = g.symbol AND r.number BETWEEN g.first AND g.last), 0))) FROM grant_ g"
        f" WHERE g.series_kind = 'receipt' AND {_ONE_LINE.replace('unit', 'g.unit').replace('station', 'g.station')}"
        " AND (g.symbol !~ '^[0-9][0-9]T[A-Z][A-Z]$' OR left(g.symbol, 2) = %s)",
        (*key, f"{year % 100:02d}"),
    ).fetchone()
    return int(row[0]) if row and row[0] is not None else None


def top_up(db: Db, key: tuple[object, ...], at: datetime) -> Grant | None:
    """Give the line a further block when few receipt numbers are left; None: enough, or the series is at its end.

    From December on the first block of the next year is given too: at midnight the old series ends.
    """
    year = local_year(at)
    left = receipts_left(db, key, year)
    if left is None or left < FEW:
        return give_block(db, key, at, year)
    if (at + VIETNAM).month == _LAST_MONTH and receipts_left(db, key, year + 1) is None:
        return give_block(db, key, at, year + 1)
    return None


def give_block(db: Db, key: tuple[object, ...], at: datetime, year: int = 0) -> Grant | None:
    """A further block of the line's receipt series of ``year`` (0: of now), told to its station.

    None: every number is granted, or the line takes no receipts.
    """
    unit, station, line = key
    try:
        grant = further_block(db, unit, station, line, "receipt", at, year)  # type: ignore[arg-type]
    except NoRange:
        return None
    if grant is not None:
        tell(db, str(unit), GRANTS, {"line": line, "grants": [as_value(grant)]}, at, station)  # type: ignore[arg-type]
    return grant


def next_spare(db: Db, key: tuple[object, ...], gen: int, at: datetime) -> int:
    """After the seal of a spare line was broken: put another one away. 0: a sealed one is there, or no number is left."""
    unit, station, line = key
    row = db.execute(
        "SELECT s.station_no, l.public_key, (SELECT count(*) FROM line o WHERE o.unit = l.unit AND o.station = l.station"
        " AND o.kind = 'spare' AND o.line <> l.line AND o.mark = 0 AND o.after_line = l.line) FROM line l"
        " JOIN station s ON s.unit = l.unit AND s.station = l.station"
        " WHERE l.unit = %s AND l.station = %s AND l.line = %s AND l.kind = 'spare'",
        key,
    ).fetchone()
    if row is None or row[2]:
        return 0
    try:
        given = grant_line(
            db, str(unit), station, row[0], kind="spare", reason="in advance", public_key=row[1],  # type: ignore[arg-type]
            after_line=int(str(line)), gen=gen, at=at,
        )  # fmt: skip
    except NoRange:
        return 0
    tell(db, str(unit), SPARE, {"line": line, "spare": as_value(given)}, at, station)  # type: ignore[arg-type]
    return given.line
