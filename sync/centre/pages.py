"""The page a technician opens at the centre: which desks were heard of, how much is held, what waits for a person."""

from __future__ import annotations

from datetime import datetime

from sync.centre.accounts import Person
from sync.centre.database import Db
from sync.centre.web.html import moment, page, table, text

_DESKS = """
SELECT s.unit, u.profile->>'name', s.station_no, s.last_contact, s.revoked_at,
       coalesce(r.n, 0), coalesce(p.n, 0), coalesce(q.n, 0), coalesce(i.n, 0)
FROM station s JOIN unit u ON u.unit = s.unit
LEFT JOIN (SELECT unit, station, count(*) n FROM record GROUP BY 1, 2) r ON r.unit = s.unit AND r.station = s.station
LEFT JOIN (SELECT unit, station, count(*) n FROM receipt GROUP BY 1, 2) p ON p.unit = s.unit AND p.station = s.station
LEFT JOIN (SELECT unit, station, count(*) n FROM quarantine WHERE resolved_by IS NULL GROUP BY 1, 2) q
  ON q.unit = s.unit AND q.station = s.station
LEFT JOIN (SELECT unit, station, count(*) n FROM incident WHERE resolved_by IS NULL GROUP BY 1, 2) i
  ON i.unit = s.unit AND i.station = s.station
WHERE %s = '' OR s.unit = %s
ORDER BY s.unit, s.station_no, s.enrolled_at
LIMIT 500
"""


def status_page(db: Db, now: datetime, person: Person) -> str:
    """The whole page as HTML; no personal data, only offices, counters and numbers."""
    rows = db.execute(_DESKS, (person.unit, person.unit)).fetchall()
    rows_missing = db.execute("SELECT unit || '/' || station, sum(missing) FROM receipt_gap GROUP BY 1").fetchall()
    gaps: dict[str, int] = {r[0]: int(r[1]) for r in rows_missing}
    stations = db.execute("SELECT unit, station_no, station FROM station").fetchall()
    missing = {(r[0], r[1]): gaps.get(f"{r[0]}/{r[2]}", 0) for r in stations}
    units = len({r[0] for r in rows})
    body = [_row(r, missing.get((r[0], r[2]), 0), now) for r in rows]
    sums = [sum(int(r[n]) for r in rows) for n in (5, 6, 7, 8)]
    heads = [("Xã", False), ("Quầy", False), ("Liên lạc gần nhất", False), ("Bản ghi", True), ("Biên lai", True)]
    heads += [("Số biên lai thiếu", True), ("Chờ xem xét", True), ("Sự cố", True)]
    foot = f'<td colspan="3">Cộng</td>{_numbers(*sums[:2])}{_numbers(sum(missing.values()), *sums[2:], bad=True)}'
    words = f"<p>{units} xã, {len(rows)} quầy · {moment(now, now)}</p>"
    return page("Các quầy", words + table(heads, body, "Chưa có quầy nào ghi danh.", foot), person)


def _row(row: tuple[object, ...], missing: int, now: datetime) -> str:
    unit, name, counter, seen, revoked, records, receipts, waiting, incidents = row
    when = "Đã thu hồi" if revoked else moment(seen if isinstance(seen, datetime) else None, now)
    return (
        f"<td>{text(name)} ({text(unit)})</td><td>Quầy {counter}</td><td>{when}</td>"
        f"{_numbers(records, receipts)}{_numbers(missing, waiting, incidents, bad=True)}"
    )


def _numbers(*values: object, bad: bool = False) -> str:
    return "".join(
        f'<td class="n{" bad" if bad and value else ""}">{int(str(value)):,}</td>'.replace(",", ".") for value in values
    )
