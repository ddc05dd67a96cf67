"""A page for everybody: the state of a dossier, or of a feedback, by the 20 digits of its slip.

A slip's page says state and dates, nothing about a person or what was asked for. What is not found and what is not a
slip look the same.
"""

from __future__ import annotations

import re
from datetime import datetime

from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.public import told_by_slip
from sync.centre.web.feedback_form import told_card
from sync.centre.web.html import day, page, text

FEEDBACK = "4"  # first digit of a slip of feedback
_SLIP = re.compile(r"[0-9]{20}")
_FIND = """
SELECT u.profile->>'name', d.received_at, d.due_at, d.new_day, d.settled_at, d.stopped_at, d.returned_at,
       d.closed_at IS NULL AND d.asked_at > coalesce(d.answered_at, '-infinity')
FROM dossier d JOIN unit u ON u.unit = d.unit WHERE d.unit = %s AND d.slip_code = %s AND d.received_at IS NOT NULL
"""


def slip_page(db: Db, typed: str, now: datetime) -> str:
    """Form, and below it the answer when digits were given."""
    digits = re.sub(r"[\s.\-·]", "", typed)[:40]
    form = (
        '<form method="get" action="/tra-cuu"><label for="ma">20 chữ số dưới mã QR trên giấy hẹn</label>'
        f'<input id="ma" name="ma" inputmode="numeric" autocomplete="off" maxlength="40" value="{text(digits)}">'
        "<button>Xem</button></form>"
    )
    return page("Tra cứu hồ sơ", form + (_answer(db, digits, now) if digits else ""))


def _answer(db: Db, digits: str, now: datetime) -> str:
    row = None
    if _SLIP.fullmatch(digits) and digits[0] == FEEDBACK:
        if (found := told_by_slip(db, digits)) is not None:
            return told_card(found)
    elif _SLIP.fullmatch(digits):
        row = db.execute(_FIND, (digits[1:6], digits)).fetchone()
    if row is None:
        return (
            '<div class="card"><p class="big">Không thấy giấy hẹn này.</p>'
            "<p>Kiểm tra lại 20 chữ số. Hồ sơ mới nhận có thể đến sau vài giờ; cần gấp, gọi số ghi trên giấy hẹn.</p></div>"
        )
    unit, received, due, new_day, settled, stopped, returned, waiting = row
    local = (now + VIETNAM).replace(tzinfo=None)
    lines = [f"Nơi nhận: {unit}", f"Ngày nhận: {day(received)}"]
    if due is not None:
        lines.append(f"Hẹn trả: {due:%H:%M} ngày {day(due)}")
    if returned is not None:
        state, more = "Đã trả kết quả", f"Ngày trả: {day(returned)}"
    elif settled is not None:
        state, more = "Đã có kết quả, mời đến nhận", f"Có từ ngày {day(settled)}. Mang theo giấy hẹn và thẻ căn cước."
    elif stopped is not None:
        state, more = "Đã dừng giải quyết", "Mời đến nhận thông báo và giấy tờ trả lại."
    elif waiting:
        state, more = "Chờ bổ sung hồ sơ", "Xem phiếu yêu cầu bổ sung đã gửi, hoặc gọi số ghi trên giấy hẹn."
    elif due is not None and due < local:
        again = (
            f"Hẹn lại ngày {day(new_day)}." if new_day is not None else "Cơ quan phải có thư xin lỗi và hẹn lại ngày."
        )
        state, more = "Quá hạn trả kết quả", again
    else:
        state, more = "Đang giải quyết", ""
    rows = "".join(f"<p>{text(line)}</p>" for line in [*lines, more] if line)
    return f'<div class="card"><p class="big">{text(state)}</p>{rows}</div>'
