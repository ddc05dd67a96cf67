"""Survey campaigns for the people above: begin one, watch its numbers, end it. Nothing here can name anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sync.centre.accounts import Person
from sync.centre.campaigns import LEAST, Running, Wanted, means, running
from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.web.html import day, grouped, hidden, number, page, share, table, text


def survey_page(db: Db, now: datetime, person: Person, said: str = "") -> str:
    """Every campaign with its offices, then the form for another one."""
    today = (now + VIETNAM).date()
    found = running(db, person.unit)
    parts = [f'<p class="card">{text(said)}</p>' if said else ""]
    parts += [_campaign(db, one, today, person) for one in found]
    if not found:
        parts.append("<p>Chưa có đợt khảo sát nào.</p>")
    if person.may_decide and not person.unit:
        parts.append(_begin_form(db, today, person))
    return page("Đợt khảo sát hài lòng", "".join(parts), person)


def _campaign(db: Db, one: Running, today: date, person: Person) -> str:
    over = one.ended_at is not None or one.last < today
    state = "đã kết thúc" if over else "chưa bắt đầu" if one.first > today else "đang lấy phiếu"
    heads = [("Xã", False), ("Chỉ tiêu", True), ("Phiếu đã về", True), ("Đạt chỉ tiêu", True), ("Có chấm điểm", True),
             ("Hài lòng", True)]  # fmt: skip
    rows = []
    for r in one.results:
        rate = share(r.satisfied, r.scored) if r.may_show else '<td class="n soft">chưa đủ phiếu</td>'
        rows.append(
            f"<td>{text(r.name)}</td>{number(r.target)}{number(r.answers)}{share(min(r.answers, r.target), r.target)}"
            f"{number(r.scored)}{rate}"
        )
    end = ""
    if not over and person.may_decide:
        end = (
            f'<form method="post" action="/xem/khao-sat">{hidden(person)}<input type="hidden" name="dot" value="{one.id}">'
            '<button class="plain" name="viec" value="ket-thuc">Kết thúc sớm</button></form>'
        )
    return (
        f"<h2>{text(one.title)} · {day(one.first)} – {day(one.last)} · {state}</h2>"
        f'<p class="soft">Hài lòng = điểm 4 và 5 ÷ phiếu có chấm điểm; dưới {LEAST} phiếu không hiện. Phiếu về theo nhóm'
        " từ năm phiếu, sau ngày lấy.</p>" + table(heads, rows, "") + _means(db, one, person) + end
    )  # fmt: skip


def _means(db: Db, one: Running, person: Person) -> str:
    rows = (
        f'<td>{text(words)}</td>{number(n)}<td class="n">{_tenths(total, n)}</td>'
        for words, n, total in means(db, one.id, person.unit)
    )
    shown = list(rows)
    if not shown:
        return ""
    heads = [("Câu hỏi", False), ("Phiếu trả lời", True), ("Điểm bình quân (1–5)", True)]
    return f"<details><summary>Từng câu hỏi</summary>{table(heads, shown, '')}</details>"


def _tenths(total: int, n: int) -> str:
    hundredths = (total * 200 + n) // (2 * n)
    return f"{hundredths // 100},{hundredths % 100:02d}"


def _begin_form(db: Db, today: date, person: Person) -> str:
    units = db.execute("SELECT unit, profile->>'name' FROM unit ORDER BY 2, 1 LIMIT 2000").fetchall()
    choices = "".join(f'<option value="{text(unit)}" selected>{text(name)}</option>' for unit, name in units)
    return (
        f'<h2>Mở đợt mới</h2><form method="post" action="/xem/khao-sat">{hidden(person)}'
        '<label for="ten">Tên đợt</label><input id="ten" name="ten" maxlength="120" required>'
        f'<label for="tu">Từ ngày</label><input id="tu" name="tu" type="date" value="{today}" required>'
        '<label for="den">Đến ngày</label><input id="den" name="den" type="date" required>'
        f'<label for="chi_tieu">Số phiếu mỗi xã (từ {LEAST})</label><input id="chi_tieu" name="chi_tieu" type="number"'
        f' min="{LEAST}" max="100000" value="30" required>'
        '<label for="cau_hoi">Câu hỏi thêm, mỗi dòng một câu, trả lời theo thang 5 mức</label>'
        '<textarea id="cau_hoi" name="cau_hoi" maxlength="4000"></textarea>'
        f'<label for="xa">Xã, phường ({grouped(len(units))})</label><select id="xa" name="xa" multiple size="6">{choices}'
        '</select><button name="viec" value="mo">Mở đợt khảo sát</button></form>'
    )  # fmt: skip


def wanted_of(form: Mapping[str, str], units: tuple[str, ...]) -> Wanted:
    """What the form asks for. Raises ValueError (in Vietnamese) for days and numbers that are none."""
    try:
        first, last = date.fromisoformat(form.get("tu", "")), date.fromisoformat(form.get("den", ""))
        target = int(form.get("chi_tieu", ""))
    except ValueError as error:
        raise ValueError("Ngày hoặc số phiếu không đúng.") from error
    lines = (line.strip()[:200] for line in form.get("cau_hoi", "").splitlines())
    title = form.get("ten", "").strip()[:120]
    return Wanted(title, first, last, target, tuple(line for line in lines if line), units)
