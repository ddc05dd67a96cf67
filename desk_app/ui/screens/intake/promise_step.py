"""Step 3: when the result comes and why, how it is given, what was received; the fee beside it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.fees import FeeQuote
from desk_app.domain.grounds import fee_why
from desk_app.domain.intake import IntakeForm, IntakeView
from desk_app.domain.procedure import Submission
from desk_app.ui.forms.intake import CHANNELS
from desk_app.ui.forms.plan import change_due, total_due
from desk_app.ui.forms.promise import Day, days, due_words, papers_received, why_this_day
from desk_app.ui.icons import IconLabel
from desk_app.ui.screens.intake.fee_card import FeeCard
from desk_app.ui.screens.intake.ports import Series
from desk_app.ui.theme import fix_width, theme
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.day_strip import DayKind, DayStrip, StripDay
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

RIGHT, NARROW, WIDEST = 372, 1130, 16_777_215
_KINDS = {"received": DayKind.RECEIVED, "counted": DayKind.WORKING, "off": DayKind.OFF, "made_up": DayKind.MAKEUP}


def strip_day(day: Day, calendar_version: str) -> StripDay:
    """A day as the strip paints it; a holiday is named by its tooltip."""
    kind = _KINDS.get(day.kind.value, DayKind.DUE)
    tip = f"Nghỉ {day.holiday}, theo lịch nghỉ bản {calendar_version}." if day.holiday else ""
    return StripDay(day.weekday, day.number, day.caption, kind, tip)


class PromiseStep(QWidget):
    """``channel_chosen(id)`` · ``phone_typed(text)`` · ``fee_built(FeeCard)`` once."""

    channel_chosen = Signal(str)
    phone_typed = Signal(str)
    fee_built = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = label("", "name", wrap=True)
        self._code = label("cấp khi bấm F9", "soft", right=True)
        self._strip = DayStrip()
        self._hour, self._day = label("", "hour"), label("", "strong")
        self._why = label("", "hint", wrap=True)
        self._channel = Segment(CHANNELS, "Phương thức nhận kết quả", "desk")
        self.phone = TextEdit("Điện thoại báo kết quả", icon="phone")
        self._kept, self._shown = label("", "soft", wrap=True), label("", "soft", wrap=True)
        self._beside = label("", "strong", wrap=True)
        self._beside.hide()
        self._cards = across(self._left(), margins=(16, 12, 16, 12), gap=12)
        self._cards.setStretch(0, 1)
        self.setLayout(down(ScrollBody(self._cards)))
        self._channel.chosen.connect(self.channel_chosen)
        self.phone.textEdited.connect(self.phone_typed)

    @cached_property
    def fee(self) -> FeeCard:
        """What is owed and how it is paid; built when it is wanted, or ahead."""
        with unwatched():
            fee = FeeCard(self)
            self._cards.addWidget(fee)
        self.fee_built.emit(fee)
        QTimer.singleShot(0, self, self._fit)
        return fee

    def set_view(
        self, view: IntakeView, form: IntakeForm, calendar: WorkCalendar, now: datetime, *, transfer_seen: bool
    ) -> None:
        """Show the promise and how it is paid."""
        if view.procedure is None or view.deadline is None:
            return
        self._name.setText(view.procedure.name)
        shown = days(view.deadline, now.date(), calendar)
        self._strip.set_days([strip_day(day, calendar.version) for day in shown])
        self._strip.setVisible(bool(shown))
        hour, day = due_words(view.deadline)
        self._hour.setText(hour)
        self._day.setText(day)
        special = f" Thời hạn này {view.term_why}." if view.term_why.startswith("vì") else ""
        self._why.setText(why_this_day(view.deadline, now.date(), calendar) + special)
        self._channel.set_chosen(form.result_channel)
        self._offer(view.variant.submission if view.variant else None)
        if not self.phone.hasFocus():
            self.phone.setText(form.person.phone if form.person else "")
        kept, rest = papers_received(view)
        self._kept.setText(kept or "Không giữ giấy tờ nào.")
        self._shown.setText(rest)
        self._shown.setVisible(bool(rest))
        total = total_due(view.fee)
        given = form.cash_given_vnd
        missing = (total or 0) - given if given is not None and form.method == "cash" else 0
        self.fee.set_payment(
            form.method, given, change_due(form, total), seen=transfer_seen, too_little=max(0, missing)
        )

    def set_beside(self, lines: tuple[str, ...]) -> None:
        """What else of this visit the same F9 takes in or collects, a line each."""
        self._beside.setText("\n".join(("Cùng lượt này:", *lines)))
        self._beside.setVisible(bool(lines))

    def set_fee(self, view: IntakeView, version: str, series: Series | None, whole: FeeQuote | None) -> None:
        """Show the lines of the fee of the whole visit; only when they change, they are built anew."""
        why = ""
        if view.procedure is not None and view.variant is not None and view.fee is not None:
            why = fee_why(view.procedure, view.variant, view.fee, view.answers)
        self.fee.set_quote(whole, view.variant, version, series, exemptions=True, why=why)

    def enter(self, *, money: bool) -> None:
        """The focus goes to the first thing still open: the telephone number, else the cash given."""
        if money and self.phone.text().strip() and self.fee.cash.isVisible():
            self.fee.cash.setFocus()
        else:
            self.phone.setFocus()
            QTimer.singleShot(0, self, lambda: self._body.ensureWidgetVisible(self.phone, 0, 16))

    def _offer(self, submission: Submission | None) -> None:
        """Ways the law does not open are off, with the reason."""
        why = "Thủ tục này không trả kết quả qua"
        post = submission is None or submission.post
        online = submission is None or submission.online == "toan_trinh"
        self._channel.set_part_reason("post", "" if post else f"{why} bưu chính.")
        self._channel.set_part_reason("online", "" if online else f"{why} đường trực tuyến.")

    def _left(self) -> Card:
        card = Card("Hẹn trả kết quả", padded=False)
        names = across(down(label("Thủ tục", "hint"), self._name, gap=1), gap=12)
        names.setStretch(0, 1)
        names.addLayout(down(label("Mã hồ sơ", "hint", right=True), self._code, gap=1))
        promise = down(None, label("Hẹn trả lúc", "hint"), self._hour, self._day, None, gap=0)
        self._when = across(self._strip, 6, promise, None, gap=8)
        why = across(down(IconLabel("calendar-days", 17, "text2"), None), gap=8)
        why.addWidget(self._why, 1)
        phone = Field("Điện thoại báo kết quả", self.phone)
        fix_width(phone, 230)
        self._ways = across(down(Field("Phương thức nhận kết quả", self._channel), None), gap=16)
        self._ways.setStretch(0, 1)
        self._ways.addLayout(down(phone, None))
        papers = down(label("Giấy tờ đã nhận", "field"), self._kept, self._shown, gap=3)
        parts = (names, self._beside, 2, self._when, why, 2, frame(line=True), 2, self._ways, 4, papers, None)
        card.body.setContentsMargins(0, 0, 0, 0)
        self._body = ScrollBody(down(*parts, margins=(18, 14, 18, 14), gap=10))
        card.body.addWidget(self._body)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_ways"):
            self._fit()

    def _fit(self) -> None:
        """A narrow card puts the hour under the strip and the telephone under the ways; large text the fee below."""
        narrow, stacked = self.width() < theme().px(NARROW), theme().folds
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self._body.set_flat(stacked)
        if "fee" in self.__dict__:
            self.fee.setMinimumWidth(0 if stacked else theme().px(RIGHT))
            self.fee.setMaximumWidth(WIDEST if stacked else theme().px(RIGHT))
            self.fee.set_flat(stacked)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._when.setDirection(way)
        self._ways.setDirection(way)
