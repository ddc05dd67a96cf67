"""Words about a dossier in a list: where it stands against its day, its steps, and what a search asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.money import format_vnd
from desk_app.domain.text import fold
from desk_app.ui.forms.life import life_event_text

ASKED, STOPPED, SETTLED, RETURNED = 5, 8, 9, 10
WAITING: Final[Mapping[int, str]] = {ASKED: "Chờ bổ sung", 6: "Chờ nộp tiền", 7: "Xin rút hồ sơ"}

#: Filters above the list in order: id, words, icon, its tint.
FILTERS: Final = (
    ("all", "Tất cả", "", ""),
    ("open", "Đang giải quyết", "", ""),
    ("overdue", "Quá hạn", "octagon-x", "bad"),
    ("today", "Hôm nay", "clock", "warn"),
    ("waiting", "Chờ bổ sung", "hourglass", "text"),
    ("ready", "Chờ trả kết quả", "package-check", "text"),
)
NOTHING: Final[Mapping[str, str]] = {
    "all": "Chưa có hồ sơ nào. Quét thẻ căn cước để tiếp nhận.",
    "open": "Không có hồ sơ đang giải quyết.",
    "overdue": "Không có hồ sơ quá hạn.",
    "today": "Không có hồ sơ đến hạn hôm nay.",
    "waiting": "Không có hồ sơ chờ bổ sung.",
    "ready": "Không có hồ sơ chờ trả kết quả.",
}
ORDER: Final[Mapping[str, str]] = {"all": "mới nhất trước", "ready": "có kết quả sớm nhất trước"}
_SAID: Final = (
    ("qua han", "overdue"),
    ("den han hom nay", "today"),
    ("hom nay", "today"),
    ("cho bo sung", "waiting"),
    ("cho tra ket qua", "ready"),
    ("cho tra", "ready"),
    ("dang giai quyet", "open"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands. ``kind``: ahead, today, overdue, waiting, done."""

    kind: str
    text: str


def standing(state: int, due_at: str, now: datetime, calendar: WorkCalendar) -> Standing:
    """The chip: "Còn 3 ngày", "Hôm nay, 17:00", "Quá hạn 2 ngày", "Chờ bổ sung", "Chờ trả", "Đã trả". Working days."""
    if state == RETURNED:
        return Standing("done", "Đã trả")
    if state == SETTLED:
        return Standing("done", "Chờ trả")
    if state in WAITING:
        return Standing("waiting", WAITING[state])
    if state == STOPPED:
        return Standing("done", "Đã dừng")
    if not due_at:
        return Standing("ahead", "Chưa có hạn")
    due = datetime.fromisoformat(due_at)
    if due < now:
        late = working_days(due.date(), now.date(), calendar)
        return Standing("overdue", f"Quá hạn {late} ngày" if late else f"Quá hạn, {due:%H:%M}")
    if due.date() == now.date():
        return Standing("today", f"Hôm nay, {due:%H:%M}")
    return Standing("ahead", f"Còn {working_days(now.date(), due.date(), calendar)} ngày")


def working_days(first: date, last: date, calendar: WorkCalendar) -> int:
    """Working days after `first` up to and with `last`."""
    count, day = 0, first
    while day < last:
        day += timedelta(days=1)
        count += calendar.is_working(day)
    return count


def short_code(code: str) -> str:
    """The fixed prefix of a code is cut: ``…261119-0031``."""
    return f"…{code.split('-', 1)[1]}" if code.count("-") >= 2 else code


def day_month(stamp: str) -> str:
    """``25/11`` of a local stamp, "" stays empty."""
    return f"{stamp[8:10]}/{stamp[5:7]}" if stamp else ""


def moment_text(stamp: str) -> str:
    """``17:00, 25/11/2026`` of a local stamp, "" stays empty."""
    return f"{stamp[11:16]}, {stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}" if stamp else ""


def read_query(text: str) -> tuple[str | None, str]:
    """A search as typed: the filter its words name, if any, and the rest ("quá hạn khai sinh" → overdue, khai sinh)."""
    rest = fold(text)
    for words, filter_ in _SAID:
        if f" {words} " in f" {rest} ":
            return filter_, " ".join(f" {rest} ".replace(f" {words} ", " ", 1).split())
    return None, text.strip()


#: What the level above says of a dossier; a word of a later version is shown as it is.
_UPSTREAM = {
    "received": "đã tiếp nhận",
    "processing": "đang giải quyết",
    "supplement": "yêu cầu bổ sung",
    "late": "chậm, có hẹn lại",
    "done": "đã có kết quả",
    "refused": "từ chối giải quyết",
}


def event_text(kind: str, note: Mapping[str, Any]) -> str:
    """A step of the timeline in words."""
    if kind == "dossier.settled":
        return "Có kết quả: từ chối" if note.get("outcome") == "refused" else "Có kết quả"
    if kind == "receipt.issued":
        amount = note.get("total_vnd")
        return f"Đã thu {format_vnd(amount)}" if isinstance(amount, int) else "Đã thu phí, lệ phí"
    if kind == "result.returned":
        return "Đã trả cho người nhận thay" if note.get("receiver") == "authorised" else "Đã trả kết quả"
    if kind == "upstream.said":
        state, words = str(note.get("state", "")), str(note.get("note", "")).strip()
        return f"Cấp trên: {_UPSTREAM.get(state, state)}" + (f" ({words})" if words else "")
    known = {"dossier.received": "Tiếp nhận, hẹn trả", "guidance.given": "Hướng dẫn, in phiếu"}
    return known.get(kind) or life_event_text(kind, note) or "Cập nhật"
