"""Feedback for the people above: how each office keeps its days, what was sent up to this level, and its answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sync.centre.accounts import Person, note
from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.feed import tell
from sync.centre.subjects import text_of
from sync.centre.web.communes import DUE, OPEN, Span
from sync.centre.web.html import day, hidden, link, number, page, share, table, text
from sync.protocol.feed import REPLY

MOST_REPLY = 4000
#: Closed here in the period: answered, refused, or sent on.
CLOSED = "coalesce(f.answered_at, f.refused_at, f.transferred_at)"

_FIGURES = f"""
WITH f AS (SELECT f.unit,
    count(*) FILTER (WHERE f.received_at >= %(first)s AND f.received_at < %(after)s AND f.information_at IS NULL) came,
    count(*) FILTER (WHERE {CLOSED} >= %(first)s AND {CLOSED} < %(after)s) done,
    count(*) FILTER (WHERE {CLOSED} >= %(first)s AND {CLOSED} < %(after)s AND {CLOSED}::date <= {DUE}) good,
    count(*) FILTER (WHERE {OPEN}) still,
    count(*) FILTER (WHERE {OPEN} AND {DUE} < %(today)s) late,
    count(*) FILTER (WHERE f.transferred_at IS NOT NULL AND f.answered_at IS NULL) sent
  FROM feedback f GROUP BY 1),
w AS (SELECT unit, count(*) n FROM public_feedback WHERE taken_at IS NULL GROUP BY 1)
SELECT u.unit, u.profile->>'name', coalesce(f.came, 0), coalesce(f.done, 0), coalesce(f.good, 0), coalesce(f.still, 0),
  coalesce(f.late, 0), coalesce(f.sent, 0), coalesce(w.n, 0)
FROM unit u LEFT JOIN f USING (unit) LEFT JOIN w USING (unit)
WHERE %(unit)s = '' OR u.unit = %(unit)s ORDER BY 2, 1
"""
_SENT = """
SELECT f.unit, u.profile->>'name', f.feedback, f.code, f.to_agency, f.transferred_at, s.data, r.text, r.number, r.at
FROM feedback f JOIN unit u ON u.unit = f.unit
LEFT JOIN subject s ON s.unit = f.unit AND s.id = f.text_id AND f.text_id <> ''
LEFT JOIN feedback_reply r ON r.unit = f.unit AND r.feedback = f.feedback
WHERE f.transferred_at IS NOT NULL AND f.answered_at IS NULL AND (%s = '' OR f.unit = %s)
ORDER BY r.at IS NOT NULL, f.transferred_at LIMIT 100
"""


def feedback_page(db: Db, span: Span, now: datetime, person: Person, said: str = "") -> str:
    """Offices side by side; below, what was transferred and waits for an answer."""
    local = (now + VIETNAM).replace(tzinfo=None)
    values = {"unit": person.unit, "first": span.first, "after": span.last + timedelta(days=1), "today": local.date()}
    rows = db.execute(_FIGURES, values).fetchall()
    heads = [("Xã", False), ("Tiếp nhận", True), ("Đã trả lời, chuyển", True), ("Đúng hạn", True), ("Tỷ lệ đúng hạn", True),
             ("Đang xử lý", True), ("Quá hạn", True), ("Đã chuyển, chờ trả lời", True),
             ("Trang công khai, chờ xã nhận", True)]  # fmt: skip
    sums = ("", "Cộng", *(sum(int(row[at]) for row in rows) for at in range(2, 9)))
    note_ = f'<p class="card">{text(said)}</p>' if said else ""
    figures = table(heads, (_row(row) for row in rows), "Chưa có xã nào.", _row(sums))
    rule = "Tỷ lệ đúng hạn = trả lời, chuyển hoặc từ chối không sau ngày hẹn ÷ tất cả đã trả lời, chuyển, từ chối trong kỳ."
    body = note_ + pills("xem/phan-anh", span) + f'<p class="soft">{text(span.title)}. {rule}</p>' + figures
    return page("Phản ánh, kiến nghị", body + _sent(db, person), person)


def _row(row: tuple[Any, ...]) -> str:
    unit, name, came, done, good, still, late, sent, waiting = row
    first = f"<td>{link(name, 'xem', 'xa', unit)}</td>" if unit else f"<td>{text(name)}</td>"
    return (
        first + number(came) + number(done) + number(good) + share(good, done) + number(still) + number(late, bad=True)
        + number(sent) + number(waiting)
    )  # fmt: skip


def _sent(db: Db, person: Person) -> str:
    heads = [("Xã", False), ("Mã", False), ("Chuyển đến", False), ("Ngày chuyển", False), ("Nội dung", False),
             ("Trả lời", False)]  # fmt: skip
    rows = []
    for unit, name, feedback, code, agency, at, data, reply, letter, replied in db.execute(
        _SENT, (person.unit, person.unit)
    ).fetchall():
        words = text_of(data, "content") if person.may_decide else ""
        done = f"<td>{text(reply)}<br><span class=soft>{text(letter)} {day(replied)}</span></td>" if reply else ""
        rows.append(
            f"<td>{text(name)}</td><td>{text(code)}</td><td>{text(agency)}</td><td>{day(at)}</td><td>{text(words)}</td>"
            + (done or f"<td>{_reply_form(person, unit, feedback)}</td>")
        )
    return "<h2>Chuyển lên, chờ trả lời</h2>" + table(heads, rows, "Không có phản ánh nào chờ cấp trên trả lời.")


def _reply_form(person: Person, unit: str, feedback: str) -> str:
    if not person.may_decide:
        return ""
    return (
        f'<form method="post" action="/xem/phan-anh">{hidden(person)}<input type="hidden" name="unit" value="{text(unit)}">'
        f'<input type="hidden" name="feedback" value="{text(feedback)}"><input name="so" maxlength="80"'
        ' placeholder="Số văn bản (nếu có)"><textarea name="tra_loi" required maxlength="4000" placeholder="Nội dung trả'
        ' lời"></textarea><button>Gửi về xã</button></form>'
    )


def answer(db: Db, person: Person, unit: str, feedback: str, words: str, letter: str, at: datetime) -> bool:
    """Answer a transferred feedback, once; the words go down to its office. False: it does not wait for an answer."""
    row = db.execute(
        "INSERT INTO feedback_reply (unit, feedback, text, number, account, at)"
        " SELECT f.unit, f.feedback, %s, %s, %s, %s FROM feedback f WHERE f.unit = %s AND f.feedback = %s"
        " AND f.transferred_at IS NOT NULL AND f.answered_at IS NULL ON CONFLICT DO NOTHING RETURNING 1",
        (words, letter, person.account, at, unit, feedback),
    ).fetchone()
    if row is None:
        return False
    local = (at + VIETNAM).replace(tzinfo=None, microsecond=0).isoformat()
    tell(db, unit, REPLY, {"feedback": feedback, "text": words, "number": letter, "at": local}, at)
    note(db, unit, person.account, "feedback-answered", feedback, at)
    return True


def pills(path: str, span: Span) -> str:
    """Links to the usual spans of one page."""
    names = (("ngay", "Hôm nay"), ("tuan", "Tuần"), ("thang", "Tháng"), ("quy", "Quý"), ("nam", "Năm"))
    links = "".join(
        f'<a class="{"on" if word == span.word else ""}" href="/{path}?ky={word}">{text(name)}</a>'
        for word, name in names
    )
    return f'<div class="pills">{links}</div>'
