"""The page a technician opens at the centre: which desks were heard of, how much is held, what waits for a person."""

from __future__ import annotations

from datetime import datetime
from html import escape

from sync.centre.clock import VIETNAM
from sync.centre.database import Db

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24;
background:#fff}h1{font-size:1.4rem;margin:0}p{color:#57606a;margin:.25rem 0 1.5rem}table{border-collapse:collapse;
width:100%}th{text-align:left;font-weight:600;border-bottom:2px solid #1b1f24;padding:.4rem .6rem}td{border-bottom:1px
solid #d8dee4;padding:.4rem .6rem}.n{text-align:right;font-variant-numeric:tabular-nums}.bad{color:#b42318;
font-weight:600}tfoot td{font-weight:600;border-bottom:0}"""

_NOBODY = '<tr><td colspan="8">Chưa có quầy nào ghi danh.</td></tr>'
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
ORDER BY s.unit, s.station_no, s.enrolled_at
LIMIT 500
"""


def status_page(db: Db, now: datetime) -> str:
    """The whole page as HTML; no personal data, only offices, counters and numbers."""
    rows = db.execute(_DESKS).fetchall()
    rows_missing = db.execute("SELECT unit || '/' || station, sum(missing) FROM receipt_gap GROUP BY 1").fetchall()
    gaps: dict[str, int] = {r[0]: int(r[1]) for r in rows_missing}
    stations = db.execute("SELECT unit, station_no, station FROM station").fetchall()
    missing = {(r[0], r[1]): gaps.get(f"{r[0]}/{r[2]}", 0) for r in stations}
    units = len({r[0] for r in rows})
    body = "".join(_row(r, missing.get((r[0], r[2]), 0), now) for r in rows)
    sums = [sum(int(r[n]) for r in rows) for n in (5, 6, 7, 8)]
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Máy chủ cấp trên</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head><body>
<h1>Máy chủ cấp trên</h1><p>{units} xã, {len(rows)} quầy · {_when(now, now)}</p>
<table><thead><tr><th>Xã</th><th>Quầy</th><th>Liên lạc gần nhất</th><th class="n">Bản ghi</th>
<th class="n">Biên lai</th><th class="n">Số biên lai thiếu</th><th class="n">Chờ xem xét</th>
<th class="n">Sự cố</th></tr></thead>
<tbody>{body or _NOBODY}</tbody>
<tfoot><tr><td colspan="3">Cộng</td>{_numbers(*sums[:2])}
{_numbers(sum(missing.values()), *sums[2:], bad=True)}</tr>
</tfoot></table></body></html>"""


def _row(row: tuple[object, ...], missing: int, now: datetime) -> str:
    unit, name, counter, seen, revoked, records, receipts, waiting, incidents = row
    when = "Đã thu hồi" if revoked else _when(seen, now) if isinstance(seen, datetime) else "Chưa"
    return (
        f"<tr><td>{escape(str(name))} ({escape(str(unit))})</td><td>Quầy {counter}</td><td>{when}</td>"
        f"{_numbers(records, receipts)}{_numbers(missing, waiting, incidents, bad=True)}</tr>"
    )


def _numbers(*values: object, bad: bool = False) -> str:
    return "".join(
        f'<td class="n{" bad" if bad and value else ""}">{int(str(value)):,}</td>'.replace(",", ".") for value in values
    )


def _when(at: datetime, now: datetime) -> str:
    local = at + VIETNAM
    days = ((now + VIETNAM).date() - local.date()).days
    ago = f" ({days} ngày trước)" if days > 0 else ""
    return f"{local:%H:%M %d/%m/%Y}{ago}"
