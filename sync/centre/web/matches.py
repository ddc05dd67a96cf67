"""Days whose two sides differ, and drawers that did not agree with their receipts: one page for the whole level."""

from __future__ import annotations

from datetime import datetime

from sync.centre.accounts import Person
from sync.centre.database import Db
from sync.centre.web.communes import LATEST, Span
from sync.centre.web.html import day, link, moment, number, page, table, text
from sync.centre.web.voice import pills

_MATCHES = f"""
SELECT m.unit, u.profile->>'name', s.station_no, m.day, m.equal, m.differs, m.at
FROM ({LATEST}) m JOIN unit u ON u.unit = m.unit JOIN station s ON s.unit = m.unit AND s.station = m.station
WHERE m.day BETWEEN %s AND %s AND (%s = '' OR m.unit = %s) AND NOT m.equal ORDER BY m.day DESC, 2, 3 LIMIT 300
"""
_EQUAL = f"""
SELECT count(*) FILTER (WHERE equal), count(*) FROM ({LATEST}) m
WHERE m.day BETWEEN %s AND %s AND (%s = '' OR m.unit = %s)
"""
_CASH = """
SELECT c.unit, u.profile->>'name', s.station_no, c.day, c.shift, c.cash_vnd, c.difference_vnd, c.reason
FROM day_close c JOIN unit u ON u.unit = c.unit JOIN station s ON s.unit = c.unit AND s.station = c.station
WHERE c.day BETWEEN %s AND %s AND (%s = '' OR c.unit = %s) AND c.difference_vnd <> 0
ORDER BY abs(c.difference_vnd) DESC, c.day DESC LIMIT 300
"""


def matches_page(db: Db, span: Span, now: datetime, person: Person) -> str:
    """What differs in a period; equal days are only counted."""
    asked = (span.first, span.last, person.unit, person.unit)
    row = db.execute(_EQUAL, asked).fetchone()
    equal, days = (int(row[0]), int(row[1])) if row else (0, 0)
    heads = [("Xã", False), ("Quầy", False), ("Ngày", False), ("Chỗ lệch", True), ("So lần cuối", False)]
    rows = [
        f"<td>{link(name, 'xem', 'xa', unit)}</td><td>Quầy {counter}</td><td>{day(on)}</td>{number(differs, bad=True)}"
        f"<td>{text(moment(at, now))}</td>"
        for unit, name, counter, on, _equal, differs, at in db.execute(_MATCHES, asked).fetchall()
    ]
    body = (
        pills("xem/khop-so", span)
        + f'<p class="soft">{text(span.title)}. {equal} trên {days} ngày của các quầy khớp hai bên. Máy quầy và máy chủ so'
        " từng dòng sau khi khóa sổ: số bản ghi, số biên lai, số tiền.</p>"
        + "<h2>Ngày chưa khớp số</h2>" + table(heads, rows, "Mọi ngày đã so đều khớp.") + _cash(db, asked)
    )  # fmt: skip
    return page("Khớp số, lệch quỹ", body, person)


def _cash(db: Db, asked: tuple[object, ...]) -> str:
    heads = [("Xã", False), ("Quầy", False), ("Ngày", False), ("Ca", True), ("Tiền mặt theo sổ", True), ("Chênh lệch", True),
             ("Lý do đã ghi", False)]  # fmt: skip
    rows = [
        f"<td>{link(name, 'xem', 'xa', unit)}</td><td>Quầy {counter}</td><td>{day(on)}</td>{number(shift)}{number(cash)}"
        f"{number(difference, bad=True)}<td>{text(reason)}</td>"
        for unit, name, counter, on, shift, cash, difference, reason in db.execute(_CASH, asked).fetchall()
    ]
    return "<h2>Khóa sổ lệch quỹ</h2>" + table(heads, rows, "Không có lần khóa sổ nào lệch quỹ.")
