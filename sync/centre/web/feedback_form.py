"""For everybody: feedback to a commune, and afterwards where it stands, by the number its sender was given.

The answer page says state, dates and what the office made public; never who wrote or what.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sync.centre.database import Db
from sync.centre.public import Message, Told, told
from sync.centre.web.html import day, page, text

MOST_CONTENT = 2000  # letters; as much as the office's own form takes
_NUMBER = re.compile(r"[0-9]{5}[0-9A-F]{8,10}")


def message_of(form: Mapping[str, str]) -> Message:
    """What the form brought, each part no longer than the office keeps."""
    return Message(
        form.get("xa", ""), form.get("ten", "")[:120], form.get("dien_thoai", "")[:30], form.get("thu", "")[:120],
        form.get("dia_chi", "")[:200], form.get("noi_dung", ""), form.get("bi_mat", "") == "1", form.get("web", ""),
    )  # fmt: skip


def form_page(db: Db, given: Message, said: str = "") -> str:
    """The form; what was written before stays in it when something is missing."""
    units = db.execute("SELECT unit, profile->>'name' FROM unit ORDER BY 2, 1 LIMIT 2000").fetchall()
    choices = "".join(
        f'<option value="{text(unit)}"{" selected" if unit == given.unit else ""}>{text(name)}</option>'
        for unit, name in units
    )
    body = (
        (f'<p class="card bad">{text(said)}</p>' if said else "")
        + "<p>Phản ánh, kiến nghị về quy định hành chính hoặc về cán bộ khi giải quyết thủ tục. Đơn khiếu nại, tố cáo"
        ' gửi trực tiếp đến cơ quan có thẩm quyền, không gửi tại đây. <a href="/phan-anh/tra-cuu">Đã gửi rồi: xem tình'
        " trạng</a></p>"
        '<form method="post" action="/phan-anh"><label for="xa">Xã, phường</label>'
        f'<select id="xa" name="xa" required><option value="">Chọn nơi nhận</option>{choices}</select>'
        + _field("ten", "Họ và tên", given.name, 120)
        + _field("dien_thoai", "Điện thoại", given.phone, 30, kind="tel")
        + _field("thu", "Thư điện tử (nếu có)", given.email, 120, needed=False)
        + _field("dia_chi", "Địa chỉ", given.address, 200)
        + f'<label for="noi_dung">Nội dung</label><textarea id="noi_dung" name="noi_dung" required'
        f' maxlength="{MOST_CONTENT}">{text(given.content)}</textarea>'
        '<label class="tick" for="bi_mat"><input id="bi_mat" name="bi_mat" type="checkbox" value="1"'
        f"{' checked' if given.secret else ''}> Đề nghị giữ bí mật thông tin của tôi</label>"
        '<div class="hide"><label for="web">Để trống ô này</label><input id="web" name="web" tabindex="-1"></div>'
        '<p class="soft">Cần họ tên, địa chỉ và điện thoại thì cơ quan mới đủ điều kiện tiếp nhận (Điều 7 Nghị định'
        " 20/2008/NĐ-CP).</p><button>Gửi phản ánh</button></form>"
    )
    return page("Gửi phản ánh, kiến nghị", body)


def _field(id_: str, label: str, value: str, most: int, *, kind: str = "text", needed: bool = True) -> str:
    return (
        f'<label for="{id_}">{text(label)}</label><input id="{id_}" name="{id_}" type="{kind}" maxlength="{most}" '
        f'value="{text(value)}"{" required" if needed else ""}>'
    )


def missing(db: Db, given: Message) -> str:
    """What is wrong with a form, as a sentence; "" when it can be kept."""
    if db.execute("SELECT 1 FROM unit WHERE unit = %s", (given.unit,)).fetchone() is None:
        return "Chưa chọn xã, phường."
    if not given.name.strip() or not given.address.strip():
        return "Thiếu họ tên hoặc địa chỉ."
    if sum(letter.isdigit() for letter in given.phone) < 8:
        return "Thiếu số điện thoại."
    if not given.content.strip():
        return "Chưa có nội dung."
    if len(given.content) > MOST_CONTENT:
        return f"Nội dung dài quá {MOST_CONTENT} chữ. Rút gọn hoặc gửi làm hai lần."
    return ""


def thanks_page(number: str) -> str:
    """The number, in groups one can copy by hand."""
    return page(
        "Đã nhận phản ánh",
        f'<div class="card"><p class="big">Số: {text(spaced(number))}</p><p>Ghi lại số này để xem tình trạng tại'
        f' <a href="/phan-anh/tra-cuu?so={text(number)}">trang tra cứu</a>.</p><p>Phản ánh đã được chuyển tới hộp thư của'
        " xã. Xã trả lời trong thời hạn luật định, theo cách liên hệ bạn đã ghi.</p></div>",
    )


def told_page(db: Db, typed: str) -> str:
    """Form, and below it where the message stands when a number was given."""
    number = re.sub(r"[\s.\-·]", "", typed).upper()[:40]
    form = (
        '<form method="get" action="/phan-anh/tra-cuu"><label for="so">Số được cấp khi gửi phản ánh</label>'
        f'<input id="so" name="so" inputmode="numeric" autocomplete="off" maxlength="40" value="{text(number)}">'
        "<button>Xem</button></form>"
    )
    card = ""
    if number:
        found = told(db, number[:5], number) if _NUMBER.fullmatch(number) else None
        card = told_card(found) if found is not None else _UNKNOWN
    return page("Tình trạng phản ánh, kiến nghị", form + card)


_UNKNOWN = (
    '<div class="card"><p class="big">Không thấy số này.</p><p>Kiểm tra lại số đã ghi khi gửi. Cần gấp, gọi số điện thoại'
    " niêm yết của xã.</p></div>"
)


def told_card(found: Told) -> str:
    """State and dates; the words that the office itself made public."""
    state, more = _state(found)
    lines = [f"Nơi nhận: {found.office}", f"Ngày gửi: {day(found.sent_at)}"]
    if found.code:
        lines.append(f"Mã phản ánh: {found.code}, vào sổ ngày {day(found.received_at)}")
    rows = "".join(f"<p>{text(line)}</p>" for line in (*lines, *more) if line)
    said = f"<h2>Kết quả công khai</h2><p>{text(found.words)}</p>" if found.words else ""
    return f'<div class="card"><p class="big">{text(state)}</p>{rows}{said}</div>'


def _state(found: Told) -> tuple[str, tuple[str, ...]]:
    if found.outcome == "elsewhere":
        return (
            "Không thuộc phản ánh, kiến nghị",
            ("Đơn khiếu nại, tố cáo gửi trực tiếp đến cơ quan có thẩm quyền. Hỏi nơi gửi tại Bộ phận Một cửa.",),
        )
    if found.outcome == "information":
        return "Giữ làm thông tin tham khảo", ("Chưa đủ điều kiện tiếp nhận theo Điều 7 Nghị định 20/2008/NĐ-CP.",)
    if found.published_at is not None:
        return "Đã trả lời và công khai kết quả", (f"Trả lời ngày {day(found.answered_at)}.",)
    if found.answered_at is not None:
        return "Đã trả lời", (f"Trả lời ngày {day(found.answered_at)}, gửi theo cách liên hệ đã ghi.",)
    if found.refused_at is not None:
        return "Không tiếp nhận", (f"Văn bản nêu lý do và nơi cần gửi, ngày {day(found.refused_at)}.",)
    if found.transferred_at is not None:
        return "Đã chuyển cơ quan có thẩm quyền", (f"{found.to_agency}, ngày {day(found.transferred_at)}.",)
    if found.code:
        return "Đang xử lý", (f"Trả lời trước ngày {day(found.due)}.",) if found.due else ()
    return "Đã gửi, chờ xã tiếp nhận", ()


def spaced(number: str) -> str:
    """``10001 4821 9931 07``: easier to read aloud."""
    return " ".join([number[:5], *(number[at : at + 4] for at in range(5, len(number), 4))])
