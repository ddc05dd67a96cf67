"""The deadline chip, painted the same way in tables and on pages.

Three carriers for colour-blind eyes: weight of the fill, shape of the icon, words.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.cells import Deadline, Due
from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import paint_line

#: due → ink, ground, edge, icon
_LOOK: dict[Due, tuple[str, str, str, str]] = {
    Due.AHEAD: ("ok", "surface", "ok", "circle"),
    Due.TODAY: ("warn", "warnt", "warnb", "clock"),
    Due.OVERDUE: ("onbad", "bad", "bad", "octagon-x"),
    Due.WAITING: ("text2", "surface", "control", "hourglass"),
    Due.DONE: ("text2", "sunken", "sunken", "check"),
}
HEIGHT = 26


def deadline_width(deadline: Deadline) -> int:
    look = theme()
    return look.px(7 + 15 + 5 + 11) + look.metrics(13, bold=True).horizontalAdvance(deadline.text)


def paint_deadline(painter: QPainter, x: float, middle: float, deadline: Deadline) -> None:
    """Draw the chip with its left edge at `x`, centred on `middle`."""
    look = theme()
    ink, ground, edge, icon = _LOOK[deadline.due]
    height = look.px(HEIGHT)
    box = QRectF(x + 0.75, middle - height / 2 + 0.75, deadline_width(deadline) - 1.5, height - 1.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.color(edge), 1.5)
    if deadline.due is Due.WAITING:
        pen.setWidthF(1.2)
        pen.setDashPattern([2.5, 1.8])
    painter.setPen(pen)
    painter.setBrush(look.color(ground))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    icons.paint(painter, icon, x + look.px(7), middle - look.px(15) / 2, 15, ink, stroke=2.4)
    left = x + look.px(27)
    text_box = QRectF(left, middle - height / 2, box.right() - left, height)
    paint_line(painter, text_box, deadline.text, look.font(13, bold=True), look.color(ink))
    painter.restore()


class DeadlineChip(QWidget):
    """The chip as a widget."""

    def __init__(self, deadline: Deadline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deadline = deadline
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(deadline.text)

    def set_deadline(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self.setAccessibleName(deadline.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(deadline_width(self._deadline), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_deadline(painter, 0, self.height() / 2, self._deadline)
