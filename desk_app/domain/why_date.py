""" "Vì sao ngày này?": the steps that lead from the receipt to the date, in words that end an argument at the desk.

Data for a panel and for a printed page; the counted steps always add up to the term, which ``adds_up`` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from desk_app.domain.calendar import weekday_name
from desk_app.domain.deadline import Deadline, Pause, Step, due_text, stage_text
from desk_app.domain.procedure import Term, TermUnit

WEEKEND = "Nghỉ cuối tuần"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the day (or the days) with its weekday, what it was, and the running count ("" when not counted)."""

    when: str
    what: str
    count: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The whole answer. ``facts``: what it was computed from; ``total``: how much was counted, as the term says it."""

    facts: tuple[str, ...]
    lines: tuple[Line, ...]
    total: str
    result: str
    adds_up: bool
    note: str


def explain(
    received_at: datetime, term: Term, pauses: Sequence[Pause], deadline: Deadline, *, version: str, second: date | None
) -> Why:
    """The answer for one dossier. ``version``: of the calendar; ``second``: the date of an apology, which changes nothing."""
    facts = [
        f"Nhận lúc {received_at:%H:%M}, {weekday_name(received_at.date())} {received_at:%d/%m/%Y}",
        f"Thời hạn: {deadline.term_text}" + (", gồm:" if deadline.stages else ""),
        *(f"Chặng {n}, {stage_text(stage)}" for n, stage in enumerate(deadline.stages, 1)),
        *(_pause_text(pause) for pause in pauses),
        f"Lịch làm việc bản {version}",
    ]
    if second is not None:
        facts.append(f"Đã xin lỗi, hẹn lại {second:%d/%m/%Y}; hồ sơ vẫn tính theo ngày hẹn đầu")
    counted = _counted(term, deadline.steps)
    result = f"Trả kết quả: {due_text(deadline.due_at)}" if deadline.due_at else "Chưa có ngày trả"
    return Why(
        facts=tuple(facts),
        lines=_lines(term, deadline.steps),
        total=_total_text(term, counted),
        result=result,
        adds_up=(deadline.due_at is None or counted == _whole(term)) and _shared(term),
        note=deadline.note,
    )


def _pause_text(pause: Pause) -> str:
    begins, ends = pause
    until = f"đến {ends:%d/%m/%Y}" if ends else "đến nay"
    return f"Tạm dừng từ {begins:%d/%m/%Y} {until}"


def _shared(term: Term) -> bool:
    """The offices that share a term have all of it."""
    return not term.stages or sum(stage.value for stage in term.stages) == term.value


def _whole(term: Term) -> int:
    """What the counted steps must add up to: days, or minutes of an hour term; a same-day term counts nothing."""
    if term.value is None or term.unit in (None, TermUnit.SAME_DAY):
        return 0
    return term.value * 60 if term.unit is TermUnit.HOUR else term.value


def _counted(term: Term, steps: Sequence[Step]) -> int:
    if term.unit is TermUnit.SAME_DAY:
        return 0
    if term.unit is TermUnit.HOUR:
        return sum(step.minutes for step in steps if step.counted)
    return sum(step.counted for step in steps)


def _total_text(term: Term, counted: int) -> str:
    if term.unit is TermUnit.HOUR:
        hours, minutes = divmod(counted, 60)
        return f"Cộng: {hours} giờ làm việc" + (f" {minutes} phút" if minutes else "")
    if term.unit is TermUnit.SAME_DAY or term.unit is None:
        return ""
    return f"Cộng: {counted} {'ngày làm việc' if term.unit is TermUnit.WORKING_DAY else 'ngày'}"


def _lines(term: Term, steps: Sequence[Step]) -> tuple[Line, ...]:
    """The steps, days in a row with the same reason drawn together."""
    lines: list[Line] = []
    held: list[Step] = []
    count = 0

    def let_go() -> None:
        if held:
            first, last = held[0].day, held[-1].day
            when = _day(first) if first == last else f"{_day(first)} đến {_day(last)}"
            lines.append(Line(when, held[0].label, "", counted=False))
            held.clear()

    for step in map(_plain, steps):
        if not step.counted and held and held[0].label == step.label:
            held.append(step)
            continue
        let_go()
        if not step.counted:
            held.append(step)
            continue
        count += step.minutes if term.unit is TermUnit.HOUR else 1
        shown = f"{count // 60}:{count % 60:02d}" if term.unit is TermUnit.HOUR else str(count)
        lines.append(Line(_day(step.day), step.label, shown, counted=True))
    let_go()
    return tuple(lines)


def _plain(step: Step) -> Step:
    """A day off that is only a Saturday or Sunday says so once for both."""
    name = weekday_name(step.day)
    if step.counted or not step.label.startswith(name):
        return step
    return replace(step, label=WEEKEND + step.label.removeprefix(name))


def _day(day: date) -> str:
    return f"{weekday_name(day)} {day:%d/%m/%Y}"
