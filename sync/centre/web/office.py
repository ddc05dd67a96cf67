"""One commune: its counters, what is late, missing receipt numbers, closings that differ, incidents, feedback waiting."""

from __future__ import annotations

from datetime import datetime

from sync.centre.accounts import Person
from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.web.communes import LATE
from sync.centre.web.html import day, grouped, hidden, moment, number, page, table, text

_COUNTERS = """
SELECT s.station_no, s.last_contact, s.revoked_at, s.app, coalesce(u.catalogue, ''),
       (SELECT count(*) FROM record r WHERE r.unit = s.unit AND r.station = s.station)
FROM station s LEFT JOIN catalogue_use u ON u.unit = s.unit AND u.station = s.station
WHERE s.unit = %s ORDER BY s.station_no, s.enrolled_at LIMIT 200
"""
_LATE = f"""
SELECT code, procedure, received_at, due_at, apologies, new_day FROM dossier d
WHERE unit = %s AND {LATE.format(now="%s")} ORDER BY apologies > 0, due_at LIMIT 300
"""
_GAPS = """
SELECT s.station_no, g.form, g.symbol, g.first, g.last_used, g.missing FROM receipt_gap g
JOIN station s ON s.unit = g.unit AND s.station = g.station WHERE g.unit = %s AND g.missing > 0 ORDER BY 1, 4 LIMIT 200
"""
_CLOSES = """
SELECT c.day, s.station_no, c.shift, c.cash_vnd, c.transfer_vnd, c.difference_vnd, c.reason FROM day_close c
JOIN station s ON s.unit = c.unit AND s.station = c.station
WHERE c.unit = %s ORDER BY c.difference_vnd <> 0 DESC, c.day DESC LIMIT 60
"""
_INCIDENTS = """
SELECT i.station, i.line, i.seq, i.code, i.at, s.station_no FROM incident i
JOIN station s ON s.unit = i.unit AND s.station = i.station
WHERE i.unit = %s AND i.resolved_by IS NULL ORDER BY i.at DESC LIMIT 200
"""


def office_page(db: Db, unit: str, now: datetime, person: Person) -> str | None:
    """The page of an office; None when there is no such office. Codes and numbers, no names of citizens."""
    row = db.execute("SELECT profile->>'name' FROM unit WHERE unit = %s", (unit,)).fetchone()
    if row is None:
        return None
    local = (now + VIETNAM).replace(tzinfo=None)
    parts = [
        _counters(db, unit, now),
        _late(db, unit, local),
        _gaps(db, unit),
        _closes(db, unit),
        _incidents(db, unit, now, person),
        _feedback(db, unit, now, person),
    ]
    return page(f"{row[0]} ({unit})", "".join(parts), person)


def _counters(db: Db, unit: str, now: datetime) -> str:
    heads = [("Quầy", False), ("Liên lạc gần nhất", False), ("Phần mềm", False), ("Danh mục", False), ("Bản ghi", True)]
    rows = []
    for counter, seen, revoked, app, catalogue, records in db.execute(_COUNTERS, (unit,)).fetchall():
        silent = revoked is None and (seen is None or (now - seen).days >= 1)
        when = "Đã thu hồi" if revoked else moment(seen, now)
        mark = ' class="bad"' if silent else ""
        rows.append(
            f"<td>Quầy {counter}</td><td{mark}>{text(when)}</td><td>{text(app)}</td><td>{text(catalogue)}</td>"
            + number(records)
        )
    return "<h2>Các quầy</h2>" + table(heads, rows, "Chưa có quầy nào ghi danh.")


def _late(db: Db, unit: str, local: datetime) -> str:
    heads = [("Mã hồ sơ", False), ("Thủ tục", False), ("Ngày nhận", False), ("Hẹn trả", False), ("Trễ (ngày)", True),
             ("Phiếu xin lỗi", False)]  # fmt: skip
    rows = []
    for code, procedure, received, due, apologies, new_day in db.execute(_LATE, (unit, local)).fetchall():
        sorry = f"{apologies}, hẹn lại {day(new_day)}" if apologies else "chưa có"
        mark = "" if apologies else ' class="bad"'
        late = (local.date() - due.date()).days
        rows.append(
            f"<td>{text(code)}</td><td>{text(procedure)}</td><td>{day(received)}</td><td>{day(due)}</td>"
            f"{number(late)}<td{mark}>{text(sorry)}</td>"
        )
    return "<h2>Hồ sơ quá hạn (chưa xin lỗi đứng trước)</h2>" + table(heads, rows, "Không có hồ sơ quá hạn.")


def _gaps(db: Db, unit: str) -> str:
    heads = [("Quầy", False), ("Mẫu số", False), ("Ký hiệu", False), ("Từ số", True), ("Đến số", True), ("Thiếu", True)]
    rows = (
        f"<td>Quầy {counter}</td><td>{text(form)}</td><td>{text(symbol)}</td>{number(first)}{number(last)}"
        + number(missing, bad=True)
        for counter, form, symbol, first, last, missing in db.execute(_GAPS, (unit,)).fetchall()
    )
    return "<h2>Số biên lai thiếu</h2>" + table(heads, rows, "Không thiếu số nào.")


def _closes(db: Db, unit: str) -> str:
    heads = [("Ngày", False), ("Quầy", False), ("Ca", True), ("Tiền mặt", True), ("Chuyển khoản", True),
             ("Chênh lệch", True), ("Lý do", False)]  # fmt: skip
    rows = (
        f"<td>{day(on)}</td><td>Quầy {counter}</td>{number(shift)}{number(cash)}{number(transfer)}"
        f"{number(difference, bad=True)}<td>{text(reason)}</td>"
        for on, counter, shift, cash, transfer, difference, reason in db.execute(_CLOSES, (unit,)).fetchall()
    )
    return "<h2>Khóa sổ quỹ</h2>" + table(heads, rows, "Chưa có lần khóa sổ nào.")


def _incidents(db: Db, unit: str, now: datetime, person: Person) -> str:
    heads = [("Lúc", False), ("Quầy", False), ("Mã", False), ("Xử lý", False)]
    rows = []
    for station, line, seq, code, at, counter in db.execute(_INCIDENTS, (unit,)).fetchall():
        act = ""
        if person.may_decide:
            fields = {"unit": unit, "station": station, "line": line, "seq": seq, "code": code}
            hide = "".join(f'<input type="hidden" name="{k}" value="{text(v)}">' for k, v in fields.items())
            act = (
                f'<form method="post" action="/xem/su-co">{hidden(person)}{hide}'
                '<input name="ly_do" required maxlength="200" placeholder="Đã xử lý thế nào"><button>Đóng</button></form>'
            )
        rows.append(f"<td>{text(moment(at, now))}</td><td>Quầy {counter}</td><td>{text(code)}</td><td>{act}</td>")
    return "<h2>Sự cố chưa đóng</h2>" + table(heads, rows, "Không có sự cố.")


def _feedback(db: Db, unit: str, now: datetime, person: Person) -> str:
    """How many wait; what they say is for people who decide only."""
    row = db.execute("SELECT count(*) FROM public_feedback WHERE unit = %s AND taken_at IS NULL", (unit,)).fetchone()
    count = int(row[0]) if row else 0
    head = f"<h2>Phản ánh từ trang công khai</h2><p>{grouped(count)} phản ánh chờ xã lấy về.</p>"
    if not person.may_decide or not count:
        return head
    found = db.execute(
        "SELECT at, content FROM public_feedback WHERE unit = %s AND taken_at IS NULL ORDER BY at LIMIT 50", (unit,)
    ).fetchall()
    rows = (f"<td>{text(moment(at, now))}</td><td>{text(content)}</td>" for at, content in found)
    return head + table([("Lúc", False), ("Nội dung", False)], rows, "")
