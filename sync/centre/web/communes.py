"""Communes side by side: what each settled in time, what is late without an apology, which desks are silent."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sync.centre.clock import VIETNAM
from sync.centre.database import Db

#: What nobody owes anything for any more; a transferred feedback is answered by another body.
OPEN = "f.received_at IS NOT NULL AND coalesce(f.answered_at, f.refused_at, f.transferred_at, f.information_at) IS NULL"
DUE = "coalesce(f.extended_to, f.answer_by)"
#: The newest answer for a day of a counter holds: a later one may have put an earlier difference right.
LATEST = (
    "SELECT DISTINCT ON (unit, station, day) unit, station, day, equal, differs, at FROM day_match"
    " ORDER BY unit, station, day, at DESC"
)
#: Late and nobody waits for the citizen; by the local clock.
LATE = "d.closed_at IS NULL AND d.due_at < {now} AND NOT coalesce(d.asked_at > coalesce(d.answered_at, '-infinity'), false)"

_SQL = f"""
WITH o AS (SELECT unit, profile->>'name' AS name FROM unit WHERE %(unit)s = '' OR unit = %(unit)s),
r AS (SELECT unit, count(*) n FROM dossier d WHERE received_at >= %(first)s AND received_at < %(after)s GROUP BY 1),
c AS (SELECT unit, count(*) n,
        count(*) FILTER (WHERE settled_at IS NULL OR due_at IS NULL OR settled_at <= due_at) good,
        count(*) FILTER (WHERE settled_at::date < due_at::date) early,
        coalesce(sum(closed_at::date - received_at::date), 0) days
      FROM dossier d WHERE closed_at >= %(first)s AND closed_at < %(after)s GROUP BY 1),
l AS (SELECT unit, count(*) n, count(*) FILTER (WHERE apologies = 0) sorry FROM dossier d
      WHERE {LATE.format(now="%(now)s")} GROUP BY 1),
g AS (SELECT unit, count(*) n, count(*) FILTER (WHERE round = 1) once FROM guidance
      WHERE day >= %(first)s AND day < %(after)s GROUP BY 1),
s AS (SELECT unit, count(*) n, count(*) FILTER (WHERE coalesce(last_contact, enrolled_at) < %(silent)s) silent
      FROM station WHERE revoked_at IS NULL GROUP BY 1),
p AS (SELECT unit, sum(missing)::bigint n FROM receipt_gap GROUP BY 1),
m AS (SELECT unit, sum(vnd)::bigint n FROM (
        SELECT unit, amount vnd FROM collected WHERE day >= %(first)s AND day < %(after)s
        UNION ALL SELECT unit, -amount FROM collected WHERE struck_day >= %(first)s AND struck_day < %(after)s) x GROUP BY 1),
z AS (SELECT unit, count(*) FILTER (WHERE difference_vnd <> 0) n FROM day_close
      WHERE day >= %(first)s AND day < %(after)s GROUP BY 1),
i AS (SELECT unit, count(*) n FROM incident WHERE resolved_by IS NULL GROUP BY 1),
q AS (SELECT unit, count(*) n FROM quarantine WHERE resolved_by IS NULL GROUP BY 1),
f AS (SELECT unit, count(*) FILTER (WHERE received_at >= %(first)s AND received_at < %(after)s
          AND information_at IS NULL) came, count(*) FILTER (WHERE {OPEN} AND {DUE} < %(now)s::date) late
      FROM feedback f GROUP BY 1),
w AS (SELECT unit, count(*) n FROM public_feedback WHERE taken_at IS NULL GROUP BY 1),
k AS (SELECT unit, count(*) FILTER (WHERE NOT equal) n FROM ({LATEST}) m
      WHERE day >= %(first)s AND day < %(after)s GROUP BY 1),
v AS (SELECT unit, string_agg(DISTINCT catalogue, ', ') n FROM catalogue_use GROUP BY 1)
SELECT o.unit, o.name, coalesce(r.n, 0), coalesce(c.n, 0), coalesce(c.good, 0), coalesce(c.early, 0),
  coalesce(c.days, 0), coalesce(l.n, 0), coalesce(l.sorry, 0), coalesce(g.n, 0), coalesce(g.once, 0),
  coalesce(s.n, 0), coalesce(s.silent, 0), coalesce(p.n, 0), coalesce(m.n, 0), coalesce(z.n, 0), coalesce(i.n, 0),
  coalesce(q.n, 0), coalesce(f.came, 0), coalesce(f.late, 0), coalesce(w.n, 0), coalesce(k.n, 0), coalesce(v.n, '')
FROM o {" ".join(f"LEFT JOIN {x} USING (unit)" for x in "rclgspmziqfwkv")}
ORDER BY o.name, o.unit
"""


@dataclass(frozen=True, slots=True)
class Commune:
    """One office in a period. ``good``: closed in time; ``days``: calendar days of all that was closed."""

    unit: str
    name: str
    received: int
    closed: int
    good: int
    early: int
    days: int
    late: int
    late_no_apology: int
    slips: int
    slips_once: int
    stations: int
    silent: int
    gaps: int
    collected_vnd: int
    cash_differences: int
    incidents: int
    quarantine: int
    feedback: int
    feedback_late: int
    feedback_waiting: int
    unmatched: int
    catalogues: str


@dataclass(frozen=True, slots=True)
class Span:
    """A period of days, with the word by which a page is asked for it."""

    word: str
    title: str
    first: date
    last: date


def span_of(word: str, today: date) -> Span:
    """today, week, month (also for an unknown word), quarter, year; or two days ``2026-11-01_2026-11-25``."""
    first, _, last = word.partition("_")
    if last:
        try:
            one, other = sorted((date.fromisoformat(first), date.fromisoformat(last)))
        except ValueError:
            return span_of("thang", today)
        return Span(word, f"Từ {one:%d/%m/%Y} đến {other:%d/%m/%Y}", one, other)
    match word:
        case "ngay":
            return Span(word, f"Ngày {today:%d/%m/%Y}", today, today)
        case "tuan":
            monday = today - timedelta(days=today.weekday())
            return Span(word, f"Tuần từ {monday:%d/%m/%Y}", monday, today)
        case "quy":
            month = (today.month - 1) // 3 * 3 + 1
            return Span(
                word, f"Quý {('I', 'II', 'III', 'IV')[month // 3]}/{today.year}", date(today.year, month, 1), today
            )
        case "nam":
            return Span(word, f"Năm {today.year}", date(today.year, 1, 1), today)
        case _:
            return Span("thang", f"Tháng {today:%m/%Y}", today.replace(day=1), today)


def communes(db: Db, span: Span, now: datetime, unit: str = "") -> list[Commune]:
    """Every office (or the one), by name, also those of which nothing was heard."""
    values: dict[str, Any] = {
        "unit": unit, "first": span.first, "after": span.last + timedelta(days=1),
        "now": (now + VIETNAM).replace(tzinfo=None), "silent": now - timedelta(days=1),
    }  # fmt: skip
    return [Commune(*row) for row in db.execute(_SQL, values).fetchall()]


def total(rows: list[Commune]) -> Commune:
    """The sum of all rows."""
    sums = {f.name: sum(getattr(row, f.name) for row in rows) for f in fields(Commune)[2:-1]}
    return Commune(unit="", name="Cộng", catalogues="", **sums)
