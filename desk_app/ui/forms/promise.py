"""The promised date and the papers as words: the day strip, why this date, what was received (design/ui.md §4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.deadline import Deadline, stage_text, term_text
from desk_app.domain.intake import IntakeView, MarkState, Row
from desk_app.domain.procedure import DocumentKind, Term

_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


class DayKind(Enum):
    """How a day of the strip is drawn."""

    RECEIVED = "received"
    COUNTED = "counted"
    OFF = "off"
    MADE_UP = "made_up"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of the strip: weekday, day of the month, a word below, and the name of a holiday."""

    kind: DayKind
    weekday: str = ""
    number: str = ""
    caption: str = ""
    holiday: str = ""


def days(deadline: Deadline, received: date, calendar: WorkCalendar) -> tuple[Day, ...]:
    """Every day from receipt to the promised one; the strip itself shortens a long row."""
    if deadline.due_on is None:
        return ()
    counted = [step.day for step in deadline.steps if step.counted]
    cells = []
    day = received
    while day <= deadline.due_on:
        cells.append(_cell(day, received, deadline.due_on, counted, calendar))
        day += timedelta(days=1)
    return tuple(cells)


def _cell(day: date, received: date, due: date, counted: list[date], calendar: WorkCalendar) -> Day:
    weekday, number = _SHORT[day.weekday()], str(day.day)
    if day == due:
        return Day(DayKind.DUE, weekday, number, "hẹn trả")
    if day == received:
        return Day(DayKind.RECEIVED, weekday, number, "nhận")
    if not calendar.is_working(day):
        return Day(DayKind.OFF, weekday, number, "nghỉ", calendar.holidays.get(day, ""))
    if day in calendar.swapped_in:
        return Day(DayKind.MADE_UP, weekday, number, "làm bù")
    caption = f"ngày {counted.index(day) + 1}" if day in counted else ""
    return Day(DayKind.COUNTED, weekday, number, caption)


def short_term(term: Term) -> str:
    """The term for lists: ``3 ngày làm việc``, ``Trong ngày``, ``Chưa xác định``."""
    text = term_text(term)
    if text == "ngay trong ngày":
        return "Trong ngày"
    text = text.lstrip("0") or text
    return text[:1].upper() + text[1:]


def why_this_day(deadline: Deadline, received: date, calendar: WorkCalendar) -> str:
    """Why the promise falls on that day, and which calendar says so."""
    parts = [_how_counted(deadline)]
    parts += [f"Chặng {n}, {stage_text(stage)}." for n, stage in enumerate(deadline.stages, 1)]
    if deadline.due_on is not None:
        named: dict[str, list[str]] = {}
        day = received
        while day <= deadline.due_on:
            if day in calendar.holidays:
                named.setdefault(calendar.holidays[day], []).append(f"{day:%d/%m}")
            day += timedelta(days=1)
        parts += [f"Nghỉ {name}: {', '.join(dates)}." for name, dates in named.items()]
    if deadline.note:
        parts.append(f"{deadline.note.rstrip('.')}.")
    parts.append(f"Lịch nghỉ bản {calendar.version}.")
    return " ".join(part for part in parts if part)


def _how_counted(deadline: Deadline) -> str:
    text = deadline.term_text.lstrip("0")
    if "ngày làm việc" in text:
        return f"{text}, tính từ ngày làm việc sau ngày nhận, không tính thứ Bảy, Chủ nhật."
    if text == "ngay trong ngày":
        later = any(step.counted for step in deadline.steps)
        return "Nhận sau giờ chốt nên trả ngày làm việc tiếp theo." if later else "Trả kết quả ngay trong ngày nhận."
    if deadline.due_on is None:
        return "Danh mục chưa xác định thời hạn: chưa hẹn được ngày."
    if "giờ" in text:
        return f"{text}, chỉ tính trong giờ làm việc."
    return f"{text}, không tính ngày nhận; ngày cuối trùng ngày nghỉ thì chuyển sang ngày làm việc tiếp theo."


def due_words(deadline: Deadline) -> tuple[str, str]:
    """The promise in two lines: ``17:00`` and ``Thứ Hai, 30/11/2026``."""
    if deadline.due_at is None:
        return "Chưa xác định", "Báo công dân khi có ngày trả"
    names = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
    return f"{deadline.due_at:%H:%M}", f"{names[deadline.due_at.weekday()]}, {deadline.due_at:%d/%m/%Y}"


def papers_received(view: IntakeView) -> tuple[str, str]:
    """What stays at the desk, and what was only shown or need not be handed in; "" when there is none."""
    kept = [_counted(row) for row in view.rows if _stays(row)]
    shown = [row.document.name for row in view.rows if _met(row) and row.document.kind is DocumentKind.SHOW]
    spared = [row.document.name for row in view.rows if row.mark.state is MarkState.NOT_NEEDED]
    rest = []
    if shown:
        rest.append(f"Xuất trình, đã trả lại: {', '.join(map(_lower, shown))}")
    if spared:
        rest.append(f"Không phải nộp: {', '.join(map(_lower, spared))}")
    return " · ".join(kept), " · ".join(rest)


def _met(row: Row) -> bool:
    return row.mark.state is MarkState.OK


def _stays(row: Row) -> bool:
    return _met(row) and row.document.kind is DocumentKind.HAND_IN


def _counted(row: Row) -> str:
    document = row.document
    counts = [f"{document.originals} bản chính"] if document.originals else []
    counts += [f"{document.copies} bản sao"] if document.copies else []
    return f"{document.name} ({', '.join(counts)})" if counts else document.name


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
