"""Lines: the gap-free streams this desk writes or has received, and which one is written now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sync.protocol.envelope import GENESIS

MAIN, TRAINING, SURVEY, SPARE = "main", "training", "survey", "spare"
TRAINING_SURVEY = "training-survey"  # answers given while practising; never sent
OPEN, FROZEN, CLOSED = "open", "frozen", "closed"

_COLUMNS = (
    "line, unit, station, station_no, kind, state, ours, next_seq, head, acked_seq, acked_head, gen, token, next_token,"
    " lost, frozen_at"
)


@dataclass(frozen=True, slots=True)
class LineState:
    """A line as the last commit left it. ``next_seq`` − 1 is its last record, ``head`` that record's hash.

    ``state``: open, frozen (money stops: a restored copy lacks ``lost`` records after ``frozen_at``), closed. ``ours``:
    this desk may write it.
    """

    line: int
    unit: str
    station: str
    station_no: int
    kind: str
    state: str
    ours: bool
    next_seq: int
    head: str
    acked_seq: int
    acked_head: str
    gen: int
    token: str
    next_token: str
    lost: int
    frozen_at: int

    @property
    def last_seq(self) -> int:
        return self.next_seq - 1

    @property
    def training(self) -> bool:
        return self.kind in (TRAINING, TRAINING_SURVEY)

    @property
    def anonymous(self) -> bool:
        """A line of surveys: its records tell neither who nor when."""
        return self.kind in (SURVEY, TRAINING_SURVEY)


def new_line(line: int, unit: str, station: str, kind: str, station_no: int) -> LineState:
    """A line before its first record."""
    return LineState(line, unit, station, station_no, kind, OPEN, True, 1, GENESIS, 0, GENESIS, 0, "", "", 0, 0)


def foreign_line(line: int, unit: str, station: str, kind: str, station_no: int) -> LineState:
    """A line of another station before its first record came."""
    return replace(new_line(line, unit, station, kind, station_no), ours=False)


def load(cursor: Any, line: int) -> LineState | None:
    row = cursor.execute(f"SELECT {_COLUMNS} FROM line WHERE line = ?", (line,)).fetchone()
    return _state(row) if row else None


def load_all(cursor: Any, *, ours_only: bool = True) -> tuple[LineState, ...]:
    where = "WHERE ours = 1 " if ours_only else ""
    return tuple(_state(row) for row in cursor.execute(f"SELECT {_COLUMNS} FROM line {where}ORDER BY line").fetchall())


def of_kind(cursor: Any, kind: str) -> LineState | None:
    """The newest line of a kind that this desk may still write."""
    kinds = (kind, SPARE) if kind == MAIN else (kind, kind)  # an opened spare line is the main one from then on
    row = cursor.execute(
        f"SELECT {_COLUMNS} FROM line WHERE ours = 1 AND kind IN (?, ?) AND state <> 'closed'"
        " ORDER BY line DESC LIMIT 1",
        kinds,
    ).fetchone()
    return _state(row) if row else None


def insert(cursor: Any, state: LineState) -> None:
    values = (
        state.line, state.unit, state.station, state.station_no, state.kind, state.state, int(state.ours),
        state.next_seq, state.head, state.acked_seq, state.acked_head, state.gen, state.token, state.next_token,
        state.lost, state.frozen_at,
    )  # fmt: skip
    cursor.execute(f"INSERT INTO line ({_COLUMNS}) VALUES ({', '.join('?' * 16)})", values)


def _state(row: Any) -> LineState:
    values = [*row[:6], bool(row[6]), *row[7:]]
    return LineState(*values)
