"""The left card: whose result, and the four checks, made by scans or by the space bar."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.cells import Deadline, Due
from desk_app.ui.forms.dossier import RETURNED, SETTLED, moment_text
from desk_app.ui.forms.result import CHECKS, Claim, Handover, check_words
from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.deadline import DeadlineChip
from desk_app.ui.widgets.label import Elided, across, down, frame, label
from desk_app.ui.widgets.paint import set_style

WIDTH = 492


class Tick(QWidget):
    """A painted box of 26 px, green with a tick when the check is made."""

    def __init__(self) -> None:
        super().__init__()
        self.on = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_on(self, on: bool) -> None:
        self.on = on
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(26), theme().px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("ok" if self.on else "control"), 2))
        painter.setBrush(look.color("ok" if self.on else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        if self.on:
            inset = (self.width() - look.px(18)) / 2
            icons.paint(painter, "check", inset, inset, 18, "surface", stroke=3.2)


class CheckLine(QFrame):
    """One check. ``pressed``: the space bar or a click."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("row", True)
        self.setProperty("current", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tick, self._title, self._hint = Tick(), Elided("", "strong"), Elided("", "hint")
        words = down(None, self._title, self._hint, None, gap=0)
        row = across(self._tick, margins=(12, 4, 16, 4), gap=12)
        row.addLayout(words, 1)
        self.setLayout(row)
        self.setFixedHeight(theme().px(52))

    def show_check(self, title: str, hint: str, *, done: bool) -> None:
        self._tick.set_on(done)
        self._title.setText(title)
        self._hint.setText(hint)
        self.setAccessibleName(f"{title}, {'đã làm' if done else 'chưa làm'}, {hint}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.pressed.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pressed.emit()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        set_style(self, "current", True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        set_style(self, "current", False)


def claim_chip(claim: Claim) -> Deadline:
    """ "Có kết quả 15:20, đúng hạn" and what else a claim may be."""
    if claim.state == RETURNED:
        return Deadline(Due.DONE, f"Đã trả {moment_text(claim.returned_at)}")
    if claim.state != SETTLED:
        return Deadline(Due.WAITING, "Chưa có kết quả")
    late = bool(claim.due_at) and claim.settled_at > claim.due_at
    settled = datetime.fromisoformat(claim.settled_at)
    return Deadline(Due.DONE, f"Có kết quả {settled:%H:%M}, {'quá hạn' if late else 'đúng hạn'}")


class ChecksCard(Card):
    """``toggled(check)``."""

    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padded=False, parent=parent)
        self._chip, self._due = DeadlineChip(Deadline(Due.DONE, "")), label("", "hint", right=True)
        self._name, self._line = Elided("", "bigtitle"), label("", "soft", wrap=True)
        self.lines = {name: CheckLine() for name in CHECKS}
        head = down(across(self._chip, None, self._due), 4, self._name, self._line, margins=(16, 12, 16, 12), gap=3)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(frame(line=True))
        for name, line in self.lines.items():
            line.pressed.connect(lambda name=name: self.toggled.emit(name))
            self.body.addWidget(line)
        self.body.addStretch(1)
        words = label("Người nhận thay: cần văn bản ủy quyền, bấm Ctrl U để ghi.", "hint", wrap=True)
        foot = across(IconLabel("users", 18, "text2"), margins=(16, 10, 16, 10))
        foot.addWidget(words, 1)
        self.body.addLayout(foot)

    def set_handover(self, handover: Handover) -> None:
        """Show the claim and how far it is."""
        claim = handover.claim
        self._chip.set_deadline(claim_chip(claim))
        self._due.setText(f"Hẹn {moment_text(claim.due_at)}" if claim.due_at else "")
        self._name.setText(claim.name)
        self._line.setText(f"{claim.procedure} · {claim.code}")
        for name, line in self.lines.items():
            title, hint = check_words(handover, name)
            done = name in handover.done or (name == "slip_scanned" and handover.lost_slip)
            line.show_check(title, hint, done=done)

    def enter(self, name: str) -> None:
        """The focus goes to this check."""
        if name in self.lines:
            self.lines[name].setFocus(Qt.FocusReason.OtherFocusReason)
