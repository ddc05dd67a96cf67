"""Numbers and lines: who may use which. Given once, never twice, never taken back to be given again.

Numbers are granted to a line, not to a PC: the line that replaces a broken one gets numbers of its own. Each kind of
series is cut into blocks; the main line of counter n takes the n-th block where it is free.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.protocol.envelope import GENESIS
from sync.protocol.messages import Grant, LineGrant

LINES_PER_GEN = 1_000_000
RECEIPT_BLOCK = 10_000  # numbers of at most 8 digits: 10,000 blocks a series
PAPER_BLOCK = 50  # a booklet
DOSSIER_BLOCK = 500  # four digits a day: 20 blocks
_RESERVED = 10  # first blocks belong to the main lines of counters 1…10


class NoRange(RuntimeError):
    """Every number of a series is granted; the office needs a further series."""


@dataclass(frozen=True, slots=True)
class _Series:
    kind: str
    form: str
    symbol: str
    first: int
    block: int
    last: int
    period: str


def new_uuid() -> UUID:
    """A random id (UUIDv4) for a station or a grant."""
    return UUID(bytes=secrets.token_bytes(16), version=4)


def grant_line(
    db: Db,
    unit: str,
    station: UUID,
    station_no: int,
    *,
    kind: str,
    reason: str,
    public_key: str,
    after_line: int,
    gen: int,
    at: datetime,
) -> LineGrant:
    """Give a new line with its numbers, inside the caller's transaction. Raises NoRange."""
    row = db.execute(
        "UPDATE unit SET lines_made = lines_made + 1 WHERE unit = %s RETURNING lines_made, profile", (unit,)
    ).fetchone()
    if row is None:
        raise LookupError(unit)
    made, profile = int(row[0]), row[1]
    line = gen * LINES_PER_GEN + made
    db.execute(
        "INSERT INTO line (unit, station, line, kind, public_key, reason, after_line, head, granted_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (unit, station, line, kind, public_key, reason, after_line, GENESIS, at),
    )
    first_of_counter = kind == "main" and after_line == 0
    wanted = station_no - 1 if first_of_counter and station_no <= _RESERVED else None
    numbered = kind != "survey"  # answers have no numbers
    taken = _Taken.of(db, unit)
    grants = tuple(
        taken.block(series, wanted)
        for series in (_series_of(profile, station_no, made, first_of_counter, at) if numbered else ())
    )
    _keep(db, unit, station, line, grants, at)
    return LineGrant(line, kind, grants, reason, after_line)


#: An electronic series names the year whose numbers it holds (254/2026 Điều 23).
ELECTRONIC = re.compile(r"\d\dT[A-Z]{2}")


def local_year(at: datetime) -> int:
    """The year it is in Vietnam."""
    return (at + VIETNAM).year


def further_block(
    db: Db, unit: str, station: UUID, line: int, series_kind: str, at: datetime, year: int = 0
) -> Grant | None:
    """Another block of a series the line has already; None: it has none of this kind. Raises NoRange.

    Electronic receipts: a block of the series of ``year`` (0: of now), so that a new year begins with its own numbers.
    """
    row = db.execute(
        "SELECT form, symbol, last - first + 1, period FROM grant_ WHERE unit = %s AND station = %s AND line = %s"
        " AND series_kind = %s ORDER BY granted_at DESC, first DESC LIMIT 1",
        (unit, station, line, series_kind),
    ).fetchone()
    if row is None:
        return None
    symbol, wanted = str(row[1]), None
    if ELECTRONIC.fullmatch(symbol):
        symbol = f"{(year or local_year(at)) % 100:02d}{symbol[2:]}"
    if symbol != row[1]:  # a counter begins the year with the block that is kept for it, as on its first day
        counter = db.execute(
            "SELECT station_no FROM station WHERE unit = %s AND station = %s", (unit, station)
        ).fetchone()
        wanted = counter[0] - 1 if counter and counter[0] <= _RESERVED else None
    series = _Series(series_kind, row[0], symbol, 1, RECEIPT_BLOCK, 99_999_999, row[3])
    db.execute("SELECT 1 FROM unit WHERE unit = %s FOR UPDATE", (unit,))  # one grant of a unit at a time
    grant = _Taken.of(db, unit).block(series, wanted)
    _keep(db, unit, station, line, [grant], at)
    return grant


def grants_of(db: Db, unit: str, station: UUID, line: int) -> tuple[Grant, ...]:
    """What a line may use, in a fixed order."""
    rows = db.execute(
        "SELECT grant_, series_kind, form, symbol, series_id, first, last, period FROM grant_"
        " WHERE unit = %s AND station = %s AND line = %s ORDER BY series_kind, symbol, first",
        (unit, station, line),
    ).fetchall()
    return tuple(Grant(str(r[0]), *r[1:]) for r in rows)


def line_grant(db: Db, unit: str, station: UUID, line: int) -> LineGrant:
    """A line as it was given."""
    row = db.execute(
        "SELECT kind, reason, after_line FROM line WHERE unit = %s AND station = %s AND line = %s",
        (unit, station, line),
    ).fetchone()
    if row is None:
        raise LookupError(line)
    return LineGrant(line, row[0], grants_of(db, unit, station, line), row[1], row[2])


def _series_of(
    profile: Mapping[str, Any], station_no: int, made: int, first_of_counter: bool, at: datetime
) -> tuple[_Series, ...]:
    year = (at + VIETNAM).year % 100
    tail = "" if first_of_counter and station_no == 1 else f"-Q{station_no}"
    if not first_of_counter:
        tail += f"-{made}"  # a slip series of its own for every further line
    book = f"{station_no:02d}" if first_of_counter else f"{station_no:02d}-{made}"
    form = str(profile.get("receipt_form", "EBL01"))
    symbol = str(profile.get("receipt_symbol", f"{year:02d}TAA"))
    return (
        _Series("receipt", form, symbol, 1, RECEIPT_BLOCK, 99_999_999, "all"),
        _Series("dossier", "", str(profile.get("agency_code", "")), 0, DOSSIER_BLOCK, 9_999, "day"),
        _Series("register", "", book, 1, 999_999, 999_999, "year"),
        _Series("certification", "", book, 1, 999_999, 999_999, "year"),
        _Series("acceptance_slip", "", f"TNHS{tail}", 1, 999_999, 999_999, "year"),
        _Series("guidance_slip", "", f"HDHS{tail}", 1, 999_999, 999_999, "year"),
        _Series("apology", "", f"PXL-UBND{tail}", 1, 999_999, 999_999, "year"),
        _Series("stop_notice", "", f"TB-UBND{tail}", 1, 999_999, 999_999, "year"),
        _Series("error_notice", "", f"TBSS{tail}", 1, 999_999, 999_999, "year"),
        _Series("void_minutes", "", f"BBXB{tail}", 1, 999_999, 999_999, "year"),
        *_paper_series(profile, at),
        _Series("feedback_slip", "", f"PTN-PAKN{tail}", 1, 999_999, 999_999, "year"),
        _Series("feedback_transfer", "", f"PC-UBND{tail}", 1, 999_999, 999_999, "year"),
        _Series("feedback_reply", "", f"UBND-PAKN{tail}", 1, 999_999, 999_999, "year"),
    )


def _paper_series(profile: Mapping[str, Any], at: datetime) -> tuple[_Series, ...]:
    """Paper receipts an office still has (``paper_receipts``: kind, form, symbol, first, last), until 31/12/2026."""
    if (at + VIETNAM).year > 2026:
        return ()
    return tuple(
        _Series(
            "receipt_book" if row.get("kind") == "preprinted" else "receipt_paper",
            str(row["form"]), str(row["symbol"]), int(row["first"]), PAPER_BLOCK, int(row["last"]), "all",
        )
        for row in profile.get("paper_receipts", ())
    )  # fmt: skip


@dataclass(slots=True)
class _Taken:
    """What a unit has granted of its series, read once for a line: (kind, form, symbol) → first numbers, series id."""

    firsts: dict[tuple[str, str, str], list[int]]
    ids: dict[tuple[str, str, str], int]

    @classmethod
    def of(cls, db: Db, unit: str) -> _Taken:
        firsts: dict[tuple[str, str, str], list[int]] = {}
        ids: dict[tuple[str, str, str], int] = {}
        for kind, form, symbol, first, series_id in db.execute(
            "SELECT series_kind, form, symbol, first, series_id FROM grant_ WHERE unit = %s", (unit,)
        ):
            firsts.setdefault((kind, form, symbol), []).append(first)
            ids[kind, form, symbol] = series_id
        return cls(firsts, ids)

    def block(self, s: _Series, wanted: int | None) -> Grant:
        """The wanted block of a series where it is free, else the next one; it is taken now. Raises NoRange."""
        name = (s.kind, s.form, s.symbol)
        taken = {first // s.block for first in self.firsts.get(name, ())}
        blocks = (s.last - s.first + 1) // s.block
        if wanted is None or wanted in taken or wanted >= blocks:
            start = _RESERVED if blocks > _RESERVED else 0
            wanted = next((n for n in range(start, blocks) if n not in taken), None)
        series_id = self.ids.get(name) or max(self.ids.values(), default=0) + 1
        if wanted is None or series_id > 999:  # codes of digits only have three for the series
            raise NoRange(s.kind)
        first, last = max(1, s.first + wanted * s.block), s.first + (wanted + 1) * s.block - 1
        self.firsts.setdefault(name, []).append(first)
        self.ids[name] = series_id
        return Grant(str(new_uuid()), s.kind, s.form, s.symbol, series_id, first, last, s.period)


def _keep(db: Db, unit: str, station: UUID, line: int, grants: Sequence[Grant], at: datetime) -> None:
    columns = (
        [list(c) for c in zip(*((UUID(g.grant), *as_row(g)) for g in grants), strict=True)] if grants else [[]] * 8
    )
    db.execute(
        "INSERT INTO grant_ (unit, station, line, granted_at, grant_, series_kind, form, symbol, series_id, first, last,"
        " period) SELECT %s, %s, %s, %s, t.* FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::int[],"
        " %s::bigint[], %s::bigint[], %s::text[]) AS t",
        (unit, station, line, at, *columns),
    )


def as_row(g: Grant) -> tuple[str, str, str, int, int, int, str]:
    """The columns of a grant after its id."""
    return g.series_kind, g.form, g.symbol, g.series_id, g.first, g.last, g.period
