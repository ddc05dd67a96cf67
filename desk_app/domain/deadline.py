"""When a dossier is due, and the steps that lead to the date, so that an officer can show "Vì sao ngày này?".

Law: Bộ luật Dân sự 2015 Điều 147 (the first day is not counted) and 148 (a last day off moves to the next working
day), Nghị định 23/2015 Điều 7 (same day, after 15:00 the next). Local naive times of Vietnam; always computed from the
facts (receipt, pauses), never from an edited date. Beyond the announced calendar only weekends are known and the note
says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from desk_app.domain.calendar import WorkCalendar, weekday_name
from desk_app.domain.procedure import Term, TermUnit

Pause = tuple[date, date | None]
Policy = Literal["resume", "restart"]
UNKNOWN_TERM = "chưa xác định"
SHIFT_AT = time(15, 0)
_DAY = timedelta(days=1)
_UNIT_WORDS = {TermUnit.WORKING_DAY: "ngày làm việc", TermUnit.DAY: "ngày", TermUnit.HOUR: "giờ làm việc"}
# A term is at most ten years; this only stops a calendar in which no day is worked.
_HORIZON = timedelta(days=366 * 40)


@dataclass(frozen=True, slots=True)
class Step:
    """One day on the way to the date. `counted` days (or `minutes` of an hour term) add up to the term."""

    day: date
    label: str
    counted: bool
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class StageDue:
    """One office's share of a term and when it ends; `due_at` None while a pause leaves it open."""

    agency: str
    term_text: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The promise: day and hour, None while the term is unknown or the clock stands still.

    `stages`: the same for each office, when the term is shared; the last of them ends with the whole.
    """

    due_on: date | None
    due_at: datetime | None
    term_text: str
    steps: tuple[Step, ...]
    note: str = ""
    stages: tuple[StageDue, ...] = ()


def term_text(term: Term) -> str:
    """The term as papers print it: "03 ngày làm việc", "ngay trong ngày", "chưa xác định"."""
    if term.value is None or term.unit is None:
        return UNKNOWN_TERM
    if term.unit is TermUnit.SAME_DAY:
        return "ngay trong ngày"
    return f"{term.value:02d} {_UNIT_WORDS[term.unit]}"


def compute_deadline(
    term: Term, received_at: datetime, calendar: WorkCalendar, *, cutoff_shifts_start: bool = False
) -> Deadline:
    """The deadline of a dossier that was never paused.

    `cutoff_shifts_start`: a term in working days received at or after 15:00 starts on the next working day
    (law-and-forms §6.1 rule 5c; a setting of the office, off by default).
    """
    return replay(term, received_at, (), calendar, cutoff_shifts_start=cutoff_shifts_start)


def replay(
    term: Term,
    received_at: datetime,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
    policy: Policy = "resume",
    resume_day_counts: bool = False,
    *,
    cutoff_shifts_start: bool = False,
) -> Deadline:
    """The deadline from all facts: receipt and every pause (day of the supplement slip, day of the last paper).

    No day of a pause counts; the day of arrival counts only with `resume_day_counts`. `restart` gives the full term
    again from the day of arrival. A pause without an end leaves the date open. Pauses that begin after the term has
    run out change nothing.
    """
    if term.value is None or term.unit is None:
        return Deadline(None, None, UNKNOWN_TERM, (), term.note)
    walk = _Walk(calendar, tuple(sorted(pauses)), policy, resume_day_counts)
    start = walk.receive(received_at, first_day_counts=term.unit in (TermUnit.SAME_DAY, TermUnit.HOUR))
    if term.unit is TermUnit.SAME_DAY:
        # "sau 15 giờ": exactly 15:00:00 is still in time.
        if term.cutoff is not None and term.after_cutoff is not None and start.time() > term.cutoff:
            walk.note_day(start.date(), f"Nhận sau {clock_text(term.cutoff)}: không kịp trong ngày")
            due = walk.count(term.after_cutoff, start)
        else:
            due = walk.same_day(start)
    else:
        if cutoff_shifts_start and term.unit is TermUnit.WORKING_DAY and start.time() >= SHIFT_AT:
            start = walk.shift(start)
        due = walk.count(term, start)
    return walk.finish(due, term)


def clock_text(at: time) -> str:
    """ "15 giờ" or "07 giờ 30 phút", as papers write the hour."""
    return f"{at.hour:02d} giờ {at.minute:02d} phút" if at.minute else f"{at.hour} giờ"


class _Walk:
    """Goes day by day from the receipt to the date and writes down each step."""

    def __init__(
        self, calendar: WorkCalendar, pauses: tuple[Pause, ...], policy: Policy, resume_day_counts: bool
    ) -> None:
        self._calendar = calendar
        self._pauses = pauses
        self._restart = policy == "restart"
        # A restarted term never counts the day of arrival, as a first term never counts the day of receipt.
        self._arrival_counts = resume_day_counts and not self._restart
        self._steps: list[Step] = []
        self._uncovered: set[int] = set()

    def note_day(self, day: date, label: str, *, counted: bool = False, minutes: int = 0) -> None:
        if not self._calendar.covers_day(day):
            self._uncovered.add(day.year)
            label = f"{label} (chưa có lịch nghỉ năm {day.year})"
        self._steps.append(Step(day, label, counted, minutes))

    def receive(self, at: datetime, *, first_day_counts: bool) -> datetime:
        """The moment that counts as receipt; days skipped on the way are written down."""
        not_counted = "" if first_day_counts else ", không tính vào thời hạn"
        start = self._calendar.received(at)
        day = at.date()
        if start.date() != day:
            why = self._calendar.why_off(day)
            self.note_day(day, f"Nhận ngày nghỉ ({why})" if why else "Nhận sau giờ làm việc")
            self._note_days_off(day, start.date())
            self.note_day(start.date(), f"Coi như nhận lúc {clock_text(start.time())}{not_counted}")
        else:
            self.note_day(day, f"Ngày nhận hồ sơ{not_counted}")
        return start

    def shift(self, start: datetime) -> datetime:
        """Receipt at or after 15:00 moved to the next working day."""
        self.note_day(start.date(), f"Nhận từ {clock_text(SHIFT_AT)}: coi như nhận ngày làm việc tiếp theo")
        day = self._calendar.next_working(start.date())
        self._note_days_off(start.date(), day)
        self.note_day(day, "Coi như ngày nhận hồ sơ, không tính vào thời hạn")
        return datetime.combine(day, self._calendar.opening(day))

    def _note_days_off(self, after: date, before: date) -> None:
        day = after + _DAY
        while day < before:
            self.note_day(day, self._calendar.why_off(day) or "")
            day += _DAY

    def same_day(self, start: datetime) -> datetime | None:
        """Closing time of the day of receipt, or of the day the clock runs again after a pause."""
        day = start.date()
        if self._pause_over(day) is None:
            self.note_day(day, "Trả trong ngày")
            return self._closing(day)
        limit = day + _HORIZON
        while day < limit:
            pause = self._pause_over(day)
            if pause is None and self._calendar.is_working(day):
                self.note_day(day, "Đã đủ giấy tờ, trả trong ngày")
                return self._closing(day)
            if pause is not None and pause[1] is None:
                self.note_day(day, "Đang chờ bổ sung giấy tờ")
                return None
            self.note_day(day, "Chờ bổ sung" if pause else self._calendar.why_off(day) or "")
            day += _DAY
        return None

    def count(self, term: Term, start: datetime) -> datetime | None:
        """The moment the whole term has run, None while a pause is open."""
        assert term.value is not None
        if term.unit is TermUnit.HOUR:
            return self._count_hours(term.value * 60, start)
        left = term.value
        day = start.date()
        limit = day + _HORIZON
        while day < limit:
            day += _DAY
            pause = self._pause_over(day)
            if pause is not None:
                if pause[1] is None:
                    self.note_day(day, "Tạm dừng: chờ bổ sung giấy tờ")
                    return None
                self.note_day(day, "Tạm dừng, không tính")
                if self._restart and day == pause[1]:
                    self._begin_again()
                    left = term.value
                continue
            if term.unit is TermUnit.WORKING_DAY:
                left = self._count_working(day, left, term.value)
            elif left:
                left -= 1
                self._count_calendar(day, term.value - left)
                if not left and self._calendar.is_working(day):
                    return self._closing(day)
                continue
            elif self._calendar.is_working(day):
                self.note_day(day, "Ngày cuối rơi vào ngày nghỉ: hạn chuyển sang ngày làm việc này")
                return self._closing(day)
            else:
                self.note_day(day, self._calendar.why_off(day) or "")
                continue
            if not left:
                return self._closing(day)
        return None

    def _count_working(self, day: date, left: int, total: int) -> int:
        why = self._calendar.why_off(day)
        if why is not None:
            self.note_day(day, why)
            return left
        made_up = self._calendar.swapped_in.get(day)
        number = total - left + 1
        self.note_day(day, f"Ngày thứ {number} ({made_up})" if made_up else f"Ngày thứ {number}", counted=True)
        return left - 1

    def _count_calendar(self, day: date, number: int) -> None:
        why = self._calendar.why_off(day)
        self.note_day(day, f"Ngày thứ {number} ({why})" if why else f"Ngày thứ {number}", counted=True)

    def _begin_again(self) -> None:
        """The full term once more: what was counted before no longer is."""
        self._steps = [Step(s.day, f"{s.label}, tính lại từ đầu", False) if s.counted else s for s in self._steps]

    def _count_hours(self, minutes: int, start: datetime) -> datetime | None:
        left = minutes
        day = start.date()
        limit = day + _HORIZON
        while day < limit:
            pause = self._pause_over(day)
            if pause is not None and pause[1] is None:
                self.note_day(day, "Tạm dừng: chờ bổ sung giấy tờ")
                return None
            if pause is not None or not self._calendar.is_working(day):
                self.note_day(day, "Tạm dừng, không tính" if pause else self._calendar.why_off(day) or "")
                if pause is not None and self._restart and day == pause[1]:
                    self._begin_again()
                    left = minutes
            else:
                due, used = self._work(day, start, left)
                left -= used
                self.note_day(day, f"{_hours_text(used)} làm việc", counted=used > 0, minutes=used)
                if due is not None:
                    return due
            day += _DAY
        return None

    def _work(self, day: date, start: datetime, left: int) -> tuple[datetime | None, int]:
        """The moment the minutes are used up on this day, if they are, and how many minutes were used."""
        used = 0
        for opens, closes in self._calendar.hours:
            begin = max(datetime.combine(day, opens), start)
            free = (datetime.combine(day, closes) - begin) // timedelta(minutes=1)
            if free <= 0:
                continue
            if left - used <= free:
                return begin + timedelta(minutes=left - used), left
            used += free
        return None, used

    def _pause_over(self, day: date) -> Pause | None:
        for begins, ends in self._pauses:
            last = ends if ends is None or not self._arrival_counts else ends - _DAY
            if begins <= day and (last is None or day <= last):
                return begins, ends
        return None

    def _closing(self, day: date) -> datetime:
        return datetime.combine(day, self._calendar.closing(day))

    def finish(self, due: datetime | None, term: Term) -> Deadline:
        """The deadline with its steps and everything that must be said beside it."""
        notes = [term.note] if term.note else []
        notes += [f"Lịch nghỉ năm {year} chưa có: tính theo thứ trong tuần" for year in sorted(self._uncovered)]
        if due is None:
            notes.append("Đang tạm dừng: ngày trả tính lại khi đủ giấy tờ")
        stages = self._stages(term, due)
        return Deadline(due.date() if due else None, due, term_text(term), tuple(self._steps), "; ".join(notes), stages)

    def _stages(self, term: Term, due: datetime | None) -> tuple[StageDue, ...]:
        """When each office's share ends: with its last counted day, moved on like the whole when that is a day off."""
        counted = [at for at, step in enumerate(self._steps) if step.counted]
        found: list[StageDue] = []
        used = 0
        for stage in term.stages:
            used += stage.value
            last = len(found) == len(term.stages) - 1
            at = counted[used - 1] if used <= len(counted) else None
            if at is not None:
                step = self._steps[at]
                self._steps[at] = replace(step, label=f"{step.label}, hết phần của {stage.agency}")
            text = term_text(Term(stage.value, term.unit))
            found.append(StageDue(stage.agency, text, due if last else self._end_of(at)))
        return tuple(found)

    def _end_of(self, at: int | None) -> datetime | None:
        if at is None:
            return None
        day = self._steps[at].day
        return self._closing(day if self._calendar.is_working(day) else self._calendar.next_working(day))


def due_text(due_at: datetime) -> str:
    """ "17 giờ, Thứ Sáu ngày 21/03/2025", as slips print the promise."""
    return f"{clock_text(due_at.time())}, {weekday_name(due_at.date())} ngày {due_at:%d/%m/%Y}"


def _hours_text(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} giờ {rest:02d} phút" if rest else f"{hours} giờ"


def stage_text(stage: StageDue) -> str:
    """ "UBND cấp xã: 05 ngày làm việc, đến 17 giờ, Thứ Sáu ngày 21/03/2025", as slips and "Vì sao ngày này?" say it."""
    end = f"đến {due_text(stage.due_at)}" if stage.due_at else "chưa có ngày"
    return f"{stage.agency}: {stage.term_text}, {end}"
