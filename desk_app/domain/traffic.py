"""How near a promise is: the traffic light of a dossier, always computed against its first date, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desk_app.domain.calendar import WorkCalendar

WAITING_TEXT = {5: "Chờ bổ sung", 6: "Chờ nộp tiền", 7: "Xin rút hồ sơ"}
STOPPED, SETTLED, RETURNED = 8, 9, 10


class Light(StrEnum):
    """Where a dossier stands against its day."""

    AHEAD = "ahead"
    TODAY = "today"
    OVERDUE = "overdue"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Nearness:
    """The light with its words; ``days``: working days left (ahead) or late (overdue)."""

    light: Light
    text: str
    days: int = 0


def nearness(state: int, due_at: datetime | None, now: datetime, calendar: WorkCalendar) -> Nearness:
    """The light of a dossier in national ``state`` at local time ``now``; days off are not counted."""
    if state == RETURNED:
        return Nearness(Light.DONE, "Đã trả")
    if state == SETTLED:
        return Nearness(Light.DONE, "Chờ trả kết quả")
    if state == STOPPED:
        return Nearness(Light.DONE, "Đã dừng")
    if state in WAITING_TEXT:
        return Nearness(Light.WAITING, WAITING_TEXT[state])
    if due_at is None:
        return Nearness(Light.AHEAD, "Chưa có hạn")
    if now > due_at:
        late = working_days_between(due_at.date(), now.date(), calendar)
        return Nearness(Light.OVERDUE, f"Quá hạn {late} ngày" if late else "Quá hạn hôm nay", late)
    if due_at.date() == now.date():
        return Nearness(Light.TODAY, f"Hôm nay, {due_at:%H:%M}")
    left = working_days_between(now.date(), due_at.date(), calendar)
    return Nearness(Light.AHEAD, f"Còn {left} ngày", left)


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after ``start`` up to and with ``end``; 0 when ``end`` is not after ``start``."""
    count, day = 0, start
    while (day := calendar.next_working(day)) <= end:
        count += 1
    return count
