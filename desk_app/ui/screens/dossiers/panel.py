"""The side panel: who, when, what happened so far, and the one thing to do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.money import format_vnd
from desk_app.ui.cells import Deadline, Due
from desk_app.ui.forms.dossier import (
    ASKED,
    RETURNED,
    SETTLED,
    STOPPED,
    WAITING,
    Standing,
    day_month,
    event_text,
    moment_text,
    standing,
)
from desk_app.ui.screens.dossiers.ports import Detail, Event
from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.deadline import DeadlineChip
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import Elided, across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

WIDTH = 408
OUTCOMES = (("granted", "Đồng ý, có kết quả"), ("refused", "Từ chối"))


def chip_of(stands: Standing) -> Deadline:
    """A standing as the chip paints it."""
    return Deadline(Due(stands.kind), stands.text)


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do: ``settle``, ``give``, ``collect`` or "" for nothing; and its words."""

    do: str
    button: str


def next_of(detail: Detail) -> Next:
    """What the blue button of a dossier does."""
    row = detail.row
    if row.state == SETTLED:
        return Next("give", "Trả kết quả")
    if row.state in (RETURNED, STOPPED, *WAITING):
        return Next("", "")
    return Next("settle", "Ghi nhận có kết quả")


class Dot(QWidget):
    """The mark before a step: filled when it happened, hollow when it is still to come."""

    def __init__(self, done: bool) -> None:
        super().__init__()
        self._done = done
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(12), theme().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("primary"), 2.4))
        painter.setBrush(look.color("primary") if self._done else Qt.BrushStyle.NoBrush)
        side = look.px(12)
        painter.drawEllipse(QRectF(1.2, look.px(5) + 1.2, side - 2.4, side - 2.4))


class Panel(Card):
    """``acted(what, outcome, result_no)`` for the blue button; ``again`` (Ctrl P); ``collect`` when a fee is open;
    ``more_wanted``: the other moves; ``scan_wanted`` (Ctrl S)."""

    acted = Signal(str, str, str)
    again = Signal()
    collect = Signal()
    more_wanted = Signal()
    scan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padded=False, parent=parent)
        self._next = Next("", "")
        self._chip = DeadlineChip(Deadline(Due.DONE, ""))
        self._due, self._name, self._line = label("", "hint", right=True), Elided("", "bigtitle"), label("", "soft")
        self._line.setWordWrap(True)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(5)
        self._outcome = Segment(OUTCOMES, "Kết quả", "granted")
        self.result_no = TextEdit("Số văn bản kết quả")
        self.result_no.setMaxLength(60)
        self._settle = self._settle_box()
        self._owed = label("", "warn", wrap=True)
        self.main = KeyButton("", "primary", "primary", bind=False)
        self.reprint = KeyButton("In lại", "print_again", small=True)
        self.more = KeyButton("Việc khác", small=True, icon="chevron-down")
        self.more.hide()
        self.scan = KeyButton("Gắn bản chụp", "scan", small=True, icon="paperclip")
        self.scan.hide()
        self.money = KeyButton("Thu phí", small=True, icon="banknote")
        self._content, self._empty = QWidget(), EmptyState("folder-clock", "Chọn một hồ sơ trong danh sách.")
        self._content.setLayout(self._build())
        self.body.setSpacing(0)
        self.body.addWidget(self._content)
        self.body.addWidget(self._empty)
        self._content.hide()
        self.main.triggered.connect(self.press)
        self.reprint.triggered.connect(self.again)
        self.money.triggered.connect(self.collect)
        self.more.triggered.connect(self.more_wanted)
        self.scan.triggered.connect(self.scan_wanted)

    def press(self) -> None:
        """The blue button."""
        if self._next.do:
            self.acted.emit(self._next.do, self._outcome.chosen_id() or "granted", self.result_no.text().strip())

    def set_busy(self, busy: bool) -> None:
        self.main.set_busy(busy)

    def show_detail(
        self, detail: Detail | None, procedure: str, names: dict[str, str], now: datetime, calendar: WorkCalendar
    ) -> None:
        """Show a dossier; None shows the empty panel. `names`: officers by id."""
        self._content.setVisible(detail is not None)
        self._empty.setVisible(detail is None)
        self._next = Next("", "") if detail is None else next_of(detail)
        if detail is None:
            return
        row = detail.row
        stands = standing(row.state, row.due_at, now, calendar)
        self._chip.set_deadline(chip_of(stands))
        self._due.setText(f"Hẹn {moment_text(row.due_at)}" if row.due_at else "")
        self._name.setText(row.name)
        self._line.setText(f"{procedure} · {row.code}")
        self._show_steps(detail.events, names, self._to_come(row.state, row.due_at, now))
        self._settle.setVisible(self._next.do == "settle")
        self._outcome.set_chosen("granted")
        self.result_no.clear()
        self._owed.setText(f"Còn {format_vnd(row.owed_vnd)} chưa thu." if row.owed_vnd else "")
        self._owed.setVisible(bool(row.owed_vnd))
        self.money.setVisible(bool(row.owed_vnd))
        self.main.set_text(self._next.button)
        self.main.setVisible(bool(self._next.do))

    def _to_come(self, state: int, due_at: str, now: datetime) -> str:
        if state == SETTLED:
            return "Chờ công dân đến nhận kết quả"
        if state == ASKED:
            return "Chờ công dân bổ sung giấy tờ"
        if state in WAITING:
            return WAITING[state]
        if state in (RETURNED, STOPPED) or not due_at:
            return ""
        due = datetime.fromisoformat(due_at)
        day = "hôm nay" if due.date() == now.date() else f"ngày {due:%d/%m}"
        return f"Hẹn trả {due:%H:%M} {day}, chưa có kết quả"

    def _show_steps(self, events: Sequence[Event], names: dict[str, str], to_come: str) -> None:
        while (item := self._steps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for event in events:
            who = f" · {names[event.actor]}" if names.get(event.actor) else ""
            words = f"{day_month(event.at)} {event.at[11:16]}{who}"
            self._steps.addWidget(_step(event_text(event.kind, event.note), words, done=True))
        if to_come:
            self._steps.addWidget(_step(to_come, "", done=False))

    def _settle_box(self) -> QWidget:
        box = Card(padded=False)
        box.body.addLayout(
            down(
                label("Kết quả giải quyết", "strong"),
                self._outcome,
                Field("Số văn bản kết quả (nếu có)", self.result_no),
                margins=(14, 12, 14, 12),
                gap=8,
            )
        )
        return box

    def _build(self) -> QVBoxLayout:
        top = across(self._chip, None, self._due)
        head = down(top, 4, self._name, self._line, margins=(16, 12, 16, 12), gap=3)
        body = down(label("Diễn biến", "strong"), self._steps, 4, self._settle, None, margins=(16, 12, 16, 8), gap=8)
        small = across(self.reprint, self.more, self.money, None, gap=8)
        foot = down(small, across(self.scan, None), across(None, self.main), margins=(16, 0, 16, 12), gap=8)
        owed = across(self._owed, margins=(16, 0, 16, 8))
        whole = down(head, frame(line=True), gap=0)
        whole.addLayout(body, 1)
        layout = down(gap=0)
        layout.addWidget(ScrollBody(whole), 1)
        layout.addLayout(owed)
        layout.addLayout(foot)
        return layout


def _step(title: str, hint: str, *, done: bool) -> QWidget:
    made = QWidget()
    words = across(label(title, "strong" if done else "warn", wrap=not hint), gap=6)
    if hint:
        words.addWidget(Elided(hint, "hint"), 1)
    else:
        words.setStretch(0, 1)
    row = across(down(Dot(done), None), gap=10)
    row.addLayout(words, 1)
    made.setLayout(row)
    return made
