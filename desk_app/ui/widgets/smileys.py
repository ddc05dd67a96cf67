"""Five faces of one colour and one size, left to right as on paper; nothing is chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.theme import theme
from desk_app.ui.widgets.digits import DigitPause
from desk_app.ui.widgets.paint import cap_width, paint_cap

FACES = (
    ("angry", "Rất không hài lòng"),
    ("frown", "Không hài lòng"),
    ("meh", "Bình thường"),
    ("smile", "Hài lòng"),
    ("laugh", "Rất hài lòng"),
)
PRESSED_MS = 150


class Smiley(QAbstractButton):
    def __init__(self, icon: str, text: str, number: int) -> None:
        super().__init__()
        self._icon, self._number = icon, number
        self.filled = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(f"Phím {number}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(116), theme().px(142))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(96), theme().px(142))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = "focus" if self.hasFocus() else "control"
            painter.setPen(QPen(look.color("primary" if self.filled else edge), 2))
            painter.setBrush(look.color("primary" if self.filled else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            ink = "onprimary" if self.filled else "text"
            side = look.px(48)
            tint = "onprimary" if self.filled else "primary"
            icons.paint(painter, self._icon, (self.width() - side) / 2, look.px(13), 48, tint)
            painter.setFont(look.font(14, bold=True))
            painter.setPen(look.color(ink))
            words = QRectF(4, look.px(64), self.width() - 8, look.px(42))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.text())
            cap = str(self._number)
            at = (self.width() - cap_width(cap)) / 2
            paint_cap(painter, at, self.height() - look.px(23), cap, look.color(ink), look.color("control"))


class SmileyRow(QWidget):
    """``chosen(1…5)`` once; digits 1 to 5 while it has the focus. ``reset`` for the next citizen."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Mời ông/bà đánh giá")
        self.faces = [Smiley(icon, text, number) for number, (icon, text) in enumerate(FACES, 1)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for number, face in enumerate(self.faces, 1):
            face.clicked.connect(lambda _on=False, number=number: self.choose(number))
            layout.addWidget(face)
        self._answered = False
        self._digits = DigitPause(self)
        self._digits.chosen.connect(self.choose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def choose(self, number: int) -> None:
        if self._answered or not 1 <= number <= len(self.faces):
            return
        self._answered = True
        face = self.faces[number - 1]
        face.filled = True
        face.update()
        QTimer.singleShot(PRESSED_MS, self, lambda: self.chosen.emit(number))

    def take_no_more(self) -> None:
        """The answer came from elsewhere: no face is filled, none can be chosen."""
        self._answered = True

    def reset(self) -> None:
        self._answered = False
        for face in self.faces:
            face.filled = False
            face.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if len(event.text()) == 1 and event.text() in "0123456789" and not event.isAutoRepeat():
            self._digits.press(int(event.text()))
            return
        super().keyPressEvent(event)
