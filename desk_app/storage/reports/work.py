"""One look at ``work_day`` for every report of dossiers: counted figures by procedure, officer or time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk_app.domain.period import Period
from desk_app.domain.report import Group, Row
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
    source, values = _source(tx, asked, since)
    rows = tx.rows(f"SELECT {key_of(asked)}, {counted} FROM ({source}) GROUP BY 1", values)
    return {row[0]: dict(zip((id for id, _ in figures), row[1:], strict=True)) for row in rows}


def _source(tx: ReadTx, asked: Asked, since: str) -> tuple[str, list[object]]:
    """Rows of the days asked for: whole months from ``work_month`` (as their first day), the rest from ``work_day``."""
    spans = [] if since else [("", _before(asked.first))]
    spans.append((asked.first, asked.last))
    selects, values = [], list[object]()
    for first, last in spans:
        for table, low, high in _parts(asked, first, last):
            name = "month" if table == "work_month" else "day"
            day = "month || '-01' AS day" if table == "work_month" else "day"
            selects.append(
                f"SELECT {day}, procedure, what, officer, channel, n, days FROM {table}"
                f" WHERE training = ? AND {name} BETWEEN ? AND ?"
            )
            values += [tx.training, low, high]
    return " UNION ALL ".join(selects), values


def _parts(asked: Asked, first: str, last: str) -> list[tuple[str, str, str]]:
    """Cut a span of days into whole months and what is left at its ends."""
    by_day = asked.group is Group.TIME and asked.time_key == "day"
    month, end_month = first[:7], last[:7]
    if by_day or month == end_month or last < first:
        return [("work_day", first, last)]
    out: list[tuple[str, str, str]] = []
    if first and first[8:] != "01":
        out.append(("work_day", first, f"{month}-31"))
        month += "~"  # sorts behind the month itself
    whole = last == _month_end(last)
    out.append(("work_month", month, end_month if whole else _before(f"{end_month}-01")[:7]))
    if not whole:
        out.append(("work_day", f"{end_month}-01", last))
    return out


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _month_end(day: str) -> str:
    following = date.fromisoformat(f"{day[:7]}-28") + timedelta(days=4)
    return (following - timedelta(days=following.day)).isoformat()


def to_rows(found: dict[str, dict[str, int]]) -> tuple[Row, ...]:
    """Rows in the order of their keys, without those in which nothing happened."""
    return tuple(Row(key, key, dict(figures)) for key, figures in sorted(found.items()) if any(figures.values()))


def literal(day: date | str) -> str:
    """A day as SQL text; days only, so nothing has to be escaped."""
    return f"'{date.fromisoformat(str(day)).isoformat()}'"
