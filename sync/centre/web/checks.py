"""Quarantine and incidents: a person looks, decides, says why. Every decision stands in the audit.

Accepting puts a record among the records, where its line says it stands; only a record that breaks no more than a rule
about *who may* (sent after revocation, a number outside the grant) can be accepted. All others can only be put aside:
the bytes stay for ever, they simply count for nothing.
"""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sync.centre.accounts import Person, note
from sync.centre.database import Db
from sync.centre.folds import fold
from sync.centre.reading import read
from sync.centre.web.html import hidden, moment, page, table, text
from sync.protocol.codes import AFTER_REVOCATION, OUTSIDE_GRANT
from sync.protocol.facts import ReceiptIssued
from sync.protocol.wire import Sealed

ACCEPTABLE = (AFTER_REVOCATION, OUTSIDE_GRANT)
WORDS = {
    "not-canonical": "Không đúng dạng", "not-a-fact": "Không đọc được", "bad-field": "Trường sai",
    "not-opened": "Dòng chưa mở đúng", "outside-grant": "Số ngoài dải được cấp", "number-twice": "Số dùng hai lần",
    "after-revocation": "Gửi sau khi thu hồi", "forked": "Hai bản cùng một chỗ", "commitment": "Sai cam kết",
}  # fmt: skip
_WAITING = """
SELECT q.unit, u.profile->>'name', q.station, s.station_no, q.line, q.seq, q.h, q.code, q.why, q.got, q.raw
FROM quarantine q JOIN unit u ON u.unit = q.unit
JOIN station s ON s.unit = q.unit AND s.station = q.station
WHERE q.resolved_by IS NULL AND (%s = '' OR q.unit = %s) ORDER BY q.got LIMIT 100
"""
_ONE = "unit = %s AND station = %s AND line = %s AND seq = %s"


class CannotAccept(ValueError):
    """The record can't stand among the records; the message says why, in Vietnamese."""


def waiting_page(db: Db, now: datetime, person: Person, said: str = "") -> str:
    """What waits for a person, the oldest first, with the record's own bytes to look at."""
    heads = [
        ("Xã", False),
        ("Quầy", False),
        ("Bản ghi", False),
        ("Vì sao", False),
        ("Đến lúc", False),
        ("Quyết định", False),
    ]
    rows = []
    for unit, name, station, counter, line, seq, h, code, why, got, raw in db.execute(
        _WAITING, (person.unit, person.unit)
    ).fetchall():
        shown = bytes(raw)[:2000].decode("utf-8", "replace")
        rows.append(
            f"<td>{text(name)}</td><td>Quầy {counter}</td><td>{line}/{seq}<details><summary>Xem</summary>"
            f"<code>{text(shown)}</code></details></td><td>{text(WORDS.get(code, code))}<br>"
            f'<span class="soft">{text(why)}</span></td><td>{text(moment(got, now))}</td>'
            f"<td>{_form(person, unit, station, line, seq, bytes(h).hex(), code)}</td>"
        )
    note_ = f'<p class="card">{text(said)}</p>' if said else ""
    return page("Chờ xem xét", note_ + table(heads, rows, "Không có bản ghi nào chờ."), person)


def _form(person: Person, unit: str, station: UUID, line: int, seq: int, h: str, code: str) -> str:
    fields = {"unit": unit, "station": station, "line": line, "seq": seq, "h": h}
    hide = "".join(f'<input type="hidden" name="{k}" value="{text(v)}">' for k, v in fields.items())
    accept = '<button name="quyet" value="accepted">Nhận</button>' if code in ACCEPTABLE else ""
    return (
        f'<form method="post" action="/xem/cho-duyet">{hidden(person)}{hide}'
        f'<input name="ly_do" required maxlength="200" placeholder="Lý do">{accept}'
        '<button class="plain" name="quyet" value="rejected">Để riêng</button></form>'
    )


def decide(
    db: Db, person: Person, unit: str, station: UUID, line: int, seq: int, h: bytes, decision: str, why: str, at: datetime
) -> bool:  # fmt: skip
    """Decide on one record, once. False: it does not wait any more. Raises CannotAccept."""
    row = db.execute(
        f"SELECT raw, code FROM quarantine WHERE {_ONE} AND h = %s AND resolved_by IS NULL FOR UPDATE",
        (unit, station, line, seq, h),
    ).fetchone()
    if row is None:
        return False
    raw, code = bytes(row[0]), row[1]
    if decision == "accepted":
        _accept(db, unit, station, line, seq, h, raw, code, at)
    db.execute(
        f"UPDATE quarantine SET resolved_by = %s, decision = %s, reason = %s, resolved_at = %s WHERE {_ONE} AND h = %s",
        (person.account, decision, why, at, unit, station, line, seq, h),
    )
    about = json.dumps({"line": line, "seq": seq, "code": code, "why": why}, ensure_ascii=False)
    note(db, unit, person.account, f"quarantine-{decision}", about, at)
    return True


def _accept(
    db: Db, unit: str, station: UUID, line: int, seq: int, h: bytes, raw: bytes, code: str, at: datetime
) -> None:  # fmt: skip
    if code not in ACCEPTABLE:
        raise CannotAccept("Loại lỗi này không nhận được, chỉ để riêng.")
    reading = read(Sealed(seq, raw, h))
    if reading.code or reading.at is None:
        raise CannotAccept("Bản ghi không đọc được.")
    inserted = db.execute(
        "INSERT INTO record (unit, station, line, seq, id, kind, at, h, raw, got)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1",
        (unit, station, line, seq, reading.id, reading.kind, reading.at, h, raw, at),
    ).fetchone()
    if inserted is None:
        raise CannotAccept("Đã có bản ghi khác ở đúng chỗ này.")
    fact = reading.fact
    if isinstance(fact, ReceiptIssued) and not fact.training:
        day = datetime.fromisoformat(fact.issued_at).date()
        taken = db.execute(
            "INSERT INTO receipt (unit, form, symbol, number, station, line, seq, grant_, amount, day)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1",
            (unit, fact.form, fact.symbol, fact.number, station, line, seq, fact.grant[:64], fact.total_vnd, day),
        ).fetchone()
        if taken is None:
            raise CannotAccept("Số biên lai này đã có người dùng.")
    fold(db, unit, station, line, [reading])


def close_incident(
    db: Db, person: Person, unit: str, station: UUID, line: int, seq: int, code: str, why: str, at: datetime
) -> bool:  # fmt: skip
    """Close an incident with what was done about it; False when it is closed already."""
    row = db.execute(
        f"UPDATE incident SET resolved_by = %s, reason = %s, resolved_at = %s WHERE {_ONE} AND code = %s"
        " AND resolved_by IS NULL RETURNING 1",
        (person.account, why, at, unit, station, line, seq, code),
    ).fetchone()
    if row is not None:
        about = json.dumps({"line": line, "seq": seq, "code": code, "why": why}, ensure_ascii=False)
        note(db, unit, person.account, "incident-closed", about, at)
    return row is not None
