"""One look at ``work_day`` for every report of dossiers: counted figures by procedure, officer or time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.domain.report import Group, Period, Row
from desk_app.storage.transaction import ReadTx

SETTLED = "('early', 'on_time', 'late')"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for. ``now``: local time; days after it are in no figure."""

    period: Period
    group: Group
    now: datetime

    @property
    def first(self) -> str:
        return self.period.first.isoformat()

    @property
    def last(self) -> str:
        """The last day with figures: of the period, at the latest today."""
        return min(self.period.last, self.now.date()).isoformat()

    @property
    def is_current(self) -> bool:
        """Whether the period has today in it, so that what is open is what is open now."""
        return self.period.first <= self.now.date() <= self.period.last

    @property
    def time_key(self) -> str:
        """SQL that names the step of time of a row: the day, and the month in periods of more than 62 days."""
        return "day" if self.period.days <= 62 else "substr(day, 1, 7)"


def key_of(asked: Asked) -> str:
    """SQL of what a row stands for; rows of a field are merged from those of its procedures."""
    match asked.group:
        case Group.OFFICER:
            return "officer"
        case Group.TIME:
            return asked.time_key
        case _:
            return "procedure"


def sums(tx: ReadTx, asked: Asked, figures: Sequence[tuple[str, str]], since: str = "") -> dict[str, dict[str, int]]:
    """Figures (id, condition on a row of ``work_day``) by key, over the days from ``since`` on to the last one.

    The id "days" sums days instead of counting.
    """
    counted = ", ".join(
        f"coalesce(sum({'days' if id == 'days' else 'n'}) FILTER (WHERE {condition}), 0)" for id, condition in figures
    )
    rows = tx.rows(
        f"SELECT {key_of(asked)}, {counted} FROM work_day WHERE training = ? AND day BETWEEN ? AND ? GROUP BY 1",
        (tx.training, since, asked.last),
    )
    return {row[0]: dict(zip((id for id, _ in figures), row[1:], strict=True)) for row in rows}


def to_rows(found: dict[str, dict[str, int]]) -> tuple[Row, ...]:
    """Rows in the order of their keys, without those in which nothing happened."""
    return tuple(Row(key, key, dict(figures)) for key, figures in sorted(found.items()) if any(figures.values()))


def literal(day: date | str) -> str:
    """A day as SQL text; days only, so nothing has to be escaped."""
    return f"'{date.fromisoformat(str(day)).isoformat()}'"
