"""The period pills: today, week, month, quarter, year, or two days typed; one step back and forth."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.period import Period, Span, between, period_of
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.dates import DateEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.segment import Segment

_PILLS = (
    (Span.DAY, "Hôm nay"), (Span.WEEK, "Tuần"), (Span.MONTH, "Tháng"), (Span.QUARTER, "Quý"), (Span.YEAR, "Năm"),
    (Span.RANGE, "Từ…đến"),
)  # fmt: skip


class PeriodBar(QWidget):
    """``changed(Period)`` when another one is chosen; ``wrong(DeskError)`` when the two days make none."""

    changed = Signal(object)
    wrong = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._closing = today, 0
        self.period = period_of(Span.MONTH, today)
        self.pills = Segment([(span.value, words) for span, words in _PILLS], "Kỳ", Span.MONTH.value)
        self.pills.chosen.connect(lambda span: self._choose(Span(span)))
        self.back, self.on = KeyButton("‹ Kỳ trước", small=True), KeyButton("Kỳ sau ›", small=True)
        self.back.triggered.connect(lambda: self.set_period(self.period.before()))
        self.on.triggered.connect(lambda: self.set_period(self.period.after()))
        self.first, self.last = DateEdit("Từ ngày"), DateEdit("Đến ngày")
        for edit in (self.first, self.last):
            edit.changed.connect(self._typed)
            edit.setFixedWidth(150)
        self._days = frame(across(label("Từ", "field"), self.first, label("đến", "field"), self.last, None))
        self.setLayout(down(across(self.pills, None, self.back, self.on), self._days, gap=8))
        self._show()

    def set_period(self, period: Period) -> None:
        """Show and announce this one."""
        self.period = period
        self._show()
        self.changed.emit(period)

    def set_closing(self, closing: int) -> None:
        """Quarters and years of this report end on another day; the page counts again by itself."""
        self._closing = closing
        self.period = self.period.closed_on(closing, self._today)
        self._show()

    def step(self, by: int) -> None:
        """The pill before or after the chosen one."""
        spans = [span for span, _ in _PILLS]
        index = max(0, min(len(spans) - 1, spans.index(self.period.span) + by))
        if spans[index] is not self.period.span:
            self._choose(spans[index])

    def _choose(self, span: Span) -> None:
        if span is Span.RANGE:
            self.set_period(between(self.period.first, min(self.period.last, self._today)))
            self.first.setFocus()
        else:
            self.set_period(period_of(span, min(self.period.last, self._today), self._closing))

    def _typed(self, _day: object) -> None:
        first, last = self.first.day(), self.last.day()
        if first is None or last is None:
            return
        try:
            period = between(first, last)
        except DeskError as error:
            self.last.set_bad(True)
            self.wrong.emit(error)
            return
        self.last.set_bad(False)
        self.period = period
        self._show(fill=False)
        self.changed.emit(period)

    def _show(self, *, fill: bool = True) -> None:
        self.pills.set_chosen(self.period.span.value)
        is_range = self.period.span is Span.RANGE
        self._days.setVisible(is_range)
        if fill:
            self.first.set_day(self.period.first)
            self.last.set_day(self.period.last)
        late = self.period.last >= self._today
        self.on.set_reason("Kỳ sau chưa đến." if late else "")
