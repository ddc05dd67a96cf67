"""The papers of a dossier, one row each: Đạt or Chưa đạt with a reason. Made for the keyboard.

Space: Đạt, again: not seen. ``-``: Chưa đạt, then 1 to 6 picks the reason (the row lists them, no window pops up).
Ctrl+D: every row not seen becomes Đạt. Arrows, Home and End move. The widget decides nothing: it says what was asked
with ``marked`` and shows what ``set_rows`` gives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui import keys
from desk_app.ui.theme import theme
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.digits import DigitPause
from desk_app.ui.widgets.label import Elided, across, down, label
from desk_app.ui.widgets.paint import set_style
from desk_app.ui.widgets.scroll import FlatScroll
from desk_app.ui.widgets.segment import Segment

REASONS = (
    "Chưa có",
    "Chưa ký tên",
    "Sai hoặc thiếu thông tin",
    "Hết thời hạn sử dụng",
    "Không đúng loại bản",
    "Mờ, rách, không đọc được",
)
REASON_TIP = "Lý do này được in lên phiếu cho công dân."


class Mark(Enum):
    UNSEEN = "unseen"
    MET = "met"
    UNMET = "unmet"
    SETTLED = "settled"


@dataclass(frozen=True)
class CheckRow:
    """A row. `reason` is 1 to 6 for UNMET, 0 while none is picked; `badge` shows for SETTLED (nothing to hand in)."""

    id: str
    title: str
    detail: str = ""
    mark: Mark = Mark.UNSEEN
    reason: int = 0
    badge: str = ""
    read_only: bool = False


_STATES = {Mark.UNSEEN: "chưa xem", Mark.MET: "đạt", Mark.UNMET: "chưa đạt"}


class _Row(QFrame):
    asked = Signal(object, int)
    focused = Signal()

    def __init__(self, row: CheckRow) -> None:
        super().__init__()
        self.row = row
        self.setProperty("row", True)
        self.setProperty("current", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number = label("", "muted")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title, self._detail = Elided("", "strong"), Elided("", "hint")
        self._reason = QComboBox()
        self._reason.addItem("Chọn 1…6")
        self._reason.addItems([f"{number} {text}" for number, text in enumerate(REASONS, 1)])
        self._reason.setProperty("small", True)
        self._reason.setToolTip(REASON_TIP)
        self._reason.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._reason.setAccessibleName("Lý do chưa đạt")
        self._reason.activated.connect(self._pick_reason)
        self._segment = Segment(
            [("met", "Đạt"), ("unmet", "Chưa đạt")], "Đạt hay chưa đạt", tones=("ok", "bad"), least=(70, 103)
        )
        self._segment.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for part in self._segment.parts:  # the row is the stop for Tab, the segment is for the mouse
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._segment.chosen.connect(lambda mark: self.asked.emit(Mark(mark), 0))
        self._badge = Badge("")
        words = down(None, self._title, self._detail, None, gap=0)
        layout = across(self._number, margins=(6, 0, 13, 0), gap=9)
        layout.addLayout(words, 1)
        layout.addWidget(self._reason)
        layout.addWidget(self._segment)
        layout.addWidget(self._badge)
        self.setLayout(layout)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), theme().px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(56))

    def show_row(self, row: CheckRow, number: int, count: int, current: bool) -> None:
        self.row = row
        self._number.setText(str(number))
        self._number.setFixedWidth(theme().px(24))
        self._title.setText(row.title)
        waiting = row.mark is Mark.UNMET and not row.reason and current
        listed = " · ".join(f"{n} {text}" for n, text in enumerate(REASONS, 1))
        self._detail.setText(listed if waiting else row.detail)
        self._reason.setVisible(row.mark is Mark.UNMET)
        self._reason.setCurrentIndex(row.reason)
        self._reason.setFixedWidth(theme().px(148))
        self._reason.setEnabled(not row.read_only)
        self._segment.setVisible(row.mark is not Mark.SETTLED)
        self._segment.setEnabled(not row.read_only)
        self._segment.set_chosen({Mark.MET: "met", Mark.UNMET: "unmet"}.get(row.mark))
        for part in self._segment.parts:
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._badge.set(row.badge if row.mark is Mark.SETTLED else "", "ok", "circle-check")
        self._badge.setToolTip(
            "Thông tin này đã có trên thẻ, không yêu cầu nộp giấy tờ chứng minh." if row.badge else ""
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        set_style(self, "current", current)
        state = row.badge if row.mark is Mark.SETTLED else _STATES[row.mark]
        reason = f", {REASONS[row.reason - 1].lower()}" if row.mark is Mark.UNMET and row.reason else ""
        self.setAccessibleName(f"{row.title}, {state}{reason}, {number} trên {count}")

    def _pick_reason(self, index: int) -> None:
        if index:
            self.asked.emit(Mark.UNMET, index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class Checklist(FlatScroll):
    """``marked(id, mark, reason)`` · ``moved(id)`` · ``all_met_wanted`` (Ctrl+D) · ``undo_wanted`` (Ctrl+Z)."""

    marked = Signal(str, object, int)
    moved = Signal(str)
    all_met_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, name: str = "Thành phần hồ sơ", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(inner)
        self._rows: list[_Row] = []
        self._current = 0
        self._digits = DigitPause(self)
        self._digits.chosen.connect(self._pick_reason)
        keys.attach(self, "all_met", self.all_met_wanted.emit)
        keys.attach(self, "undo_mark", self.undo_wanted.emit)

    def set_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show these rows; a row that stays keeps its widget and the focus."""
        kept = {widget.row.id: widget for widget in self._rows}
        current_id = self._rows[self._current].row.id if self._rows else ""
        order = [kept.pop(row.id) if row.id in kept else self._new_row(row) for row in rows]
        for gone in kept.values():
            gone.hide()
            gone.deleteLater()
        for index, widget in enumerate(order):
            if self._column.indexOf(widget) != index:
                self._column.insertWidget(index, widget)
                widget.show()  # now, not with the next event: it may get the focus at once
        self._rows = order
        ids = [row.id for row in rows]
        self._current = ids.index(current_id) if current_id in ids else 0
        self._show(rows)

    def rows(self) -> tuple[CheckRow, ...]:
        return tuple(widget.row for widget in self._rows)

    @property
    def current_id(self) -> str:
        return self._rows[self._current].row.id if self._rows else ""

    def focus_row(self, row_id: str) -> None:
        """Put the focus on this row and scroll to it (F9 jumps to the first one not seen)."""
        for index, widget in enumerate(self._rows):
            if widget.row.id == row_id:
                self._move_to(index)

    def focus_current(self) -> None:
        if self._rows:
            self._move_to(self._current)

    def _new_row(self, row: CheckRow) -> _Row:
        widget = _Row(row)
        widget.asked.connect(lambda mark, reason: self._ask(widget, mark, reason))
        widget.focused.connect(lambda: self._on_focused(widget))
        return widget

    def _show(self, rows: Sequence[CheckRow]) -> None:
        for index, (widget, row) in enumerate(zip(self._rows, rows, strict=True)):
            widget.show_row(row, index + 1, len(rows), index == self._current)

    def _on_focused(self, widget: _Row) -> None:
        if widget in self._rows and self._rows.index(widget) != self._current:
            self._current = self._rows.index(widget)
            self._show(self.rows())
        if widget in self._rows:
            self.moved.emit(widget.row.id)

    def _move_to(self, index: int) -> None:
        self._current = max(0, min(len(self._rows) - 1, index))
        self._show(self.rows())
        row = self._rows[self._current]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(row, 0, 8)

    def _ask(self, widget: _Row, mark: Mark, reason: int) -> None:
        row = widget.row
        if row.read_only or row.mark is Mark.SETTLED:
            return
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        keep = row.reason if mark is Mark.UNMET and not reason else reason
        self.marked.emit(row.id, mark, keep)

    def _pick_reason(self, digit: int) -> None:
        widget = self._rows[self._current] if self._rows else None
        if widget is not None and widget.row.mark is Mark.UNMET and 1 <= digit <= len(REASONS):
            self._ask(widget, Mark.UNMET, digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._rows or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        widget = self._rows[self._current]
        steps = {
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._rows) - 1,
            Qt.Key.Key_PageUp: self._current - 6,
            Qt.Key.Key_PageDown: self._current + 6,
        }
        pressed, row = Qt.Key(event.key()), widget.row
        if pressed in steps:
            self._move_to(steps[pressed])
        elif event.isAutoRepeat():
            event.accept()
        elif pressed == Qt.Key.Key_Space:
            self._ask(widget, Mark.UNSEEN if row.mark is Mark.MET else Mark.MET, 0)
        elif pressed == Qt.Key.Key_Minus:
            self._ask(widget, Mark.UNMET, 0)
        elif len(event.text()) == 1 and event.text() in "0123456789":
            self._digits.press(int(event.text()))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rows"):
            for widget in self._rows:
                widget.updateGeometry()
