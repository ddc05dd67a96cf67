"""Cash given by the citizen: whole đồng, digits only, groups of three. The only amount that can be typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import paint_line
from desk_app.ui.wording import grouped

LONGEST = 12


class MoneyEdit(QLineEdit):
    """``changed(vnd)`` with an int, or None when empty. Anything that is not a digit is left out, pasted text too."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{name}, đồng")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("strong", True)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setTextMargins(0, 0, theme().px(18), 0)
        self._value: int | None = None
        self.textEdited.connect(self._regroup)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setTextMargins(0, 0, theme().px(18), 0)

    def value(self) -> int | None:
        """Đồng, or None when nothing is typed."""
        return self._value

    def set_value(self, vnd: int | None) -> None:
        self._value = vnd
        self.setText("" if vnd is None else grouped(vnd))

    def _regroup(self, typed: str) -> None:
        after_cursor = sum(letter.isdecimal() for letter in typed[self.cursorPosition() :])
        digits = "".join(str(int(letter)) for letter in typed if letter.isdecimal())[:LONGEST]
        value = int(digits) if digits else None
        text = "" if value is None else grouped(value)
        if text != typed:
            self.setText(text)
            self.setCursorPosition(self._place(text, after_cursor))
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    @staticmethod
    def _place(text: str, digits_after: int) -> int:
        position = len(text)
        while digits_after and position:
            position -= 1
            digits_after -= text[position].isdecimal()
        return position

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        box = QRectF(0, 0, self.width() - 11, self.height())
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            paint_line(painter, box, "đ", look.font(15), look.color("text2"), align)
