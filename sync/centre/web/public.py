"""The two pages for everybody: the state of a dossier by the 20 digits of its slip, and feedback to a commune.

A slip's page says state and dates, nothing about a person or what was asked for. What is not found and what is not a
slip look the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.grants import new_uuid
from sync.centre.web.html import day, page, text

MOST_CONTENT = 4000
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
    if _SLIP.fullmatch(digits):
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


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the form brought; ``trap`` is a field people do not see."""

    unit: str = ""
    name: str = ""
    contact: str = ""
    address: str = ""
    content: str = ""
    trap: str = ""


def feedback_page(db: Db, given: Feedback, said: str = "") -> str:
    """The form; what was written before stays in it when something is missing."""
    units = db.execute("SELECT unit, profile->>'name' FROM unit ORDER BY 2, 1 LIMIT 2000").fetchall()
    choices = "".join(
        f'<option value="{text(unit)}"{" selected" if unit == given.unit else ""}>{text(name)}</option>'
        for unit, name in units
    )
    body = (
        (f'<p class="card bad">{text(said)}</p>' if said else "")
        + "<p>Phản ánh, kiến nghị về quy định hành chính hoặc về cán bộ khi giải quyết thủ tục. Đơn khiếu nại, tố cáo"
        " gửi trực tiếp đến cơ quan có thẩm quyền, không gửi tại đây.</p>"
        '<form method="post" action="/phan-anh"><label for="xa">Xã, phường</label>'
        f'<select id="xa" name="xa" required><option value="">Chọn nơi nhận</option>{choices}</select>'
        + _field("ten", "Họ và tên", given.name, 120)
        + _field("lien_he", "Điện thoại hoặc thư điện tử", given.contact, 120)
        + _field("dia_chi", "Địa chỉ", given.address, 200)
        + f'<label for="noi_dung">Nội dung</label><textarea id="noi_dung" name="noi_dung" required'
        f' maxlength="{MOST_CONTENT}">{text(given.content)}</textarea>'
        '<div class="hide"><label for="web">Để trống ô này</label><input id="web" name="web" tabindex="-1"></div>'
        '<p class="soft">Cần họ tên, địa chỉ và cách liên hệ thì cơ quan mới đủ điều kiện trả lời.</p>'
        "<button>Gửi phản ánh</button></form>"
    )
    return page("Gửi phản ánh, kiến nghị", body)


def _field(id_: str, label: str, value: str, most: int) -> str:
    return (
        f'<label for="{id_}">{text(label)}</label><input id="{id_}" name="{id_}" maxlength="{most}" '
        f'value="{text(value)}" required>'
    )


def missing(db: Db, given: Feedback) -> str:
    """What is wrong with a form, as a sentence; "" when it can be kept."""
    if db.execute("SELECT 1 FROM unit WHERE unit = %s", (given.unit,)).fetchone() is None:
        return "Chưa chọn xã, phường."
    if not all(part.strip() for part in (given.name, given.contact, given.address)):
        return "Thiếu họ tên, cách liên hệ hoặc địa chỉ."
    if not given.content.strip():
        return "Chưa có nội dung."
    if len(given.content) > MOST_CONTENT:
        return f"Nội dung dài quá {MOST_CONTENT} chữ. Rút gọn hoặc gửi làm hai lần."
    return ""


def keep(db: Db, given: Feedback, at: datetime) -> str:
    """Put a feedback into its office's inbox; answers the number the citizen may name. A robot's is thanked and lost."""
    feedback = new_uuid()
    if not given.trap:
        db.execute(
            "INSERT INTO public_feedback (unit, feedback, at, name, contact, address, content)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (given.unit, feedback, at, given.name, given.contact, given.address, given.content),
        )
    return str(feedback)[:8].upper()


def thanks_page(number: str) -> str:
    return page(
        "Đã nhận phản ánh",
        f'<div class="card"><p class="big">Số: {text(number)}</p><p>Phản ánh đã được chuyển tới hộp thư của xã. Xã trả lời'
        " trong thời hạn luật định, theo cách liên hệ bạn đã ghi.</p></div>",
    )
