"""Steps of a wizard: done, current, to come. A click on a done step goes back without losing anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import paint_line


class Steps(QWidget):
    """``chosen(index)`` for a done step; a muted note at the right ("Đã tự lưu nháp")."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], current: int = 0, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names, self._current, self._note = tuple(names), current, note
        self._lefts: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(current)

    def set_current(self, index: int) -> None:
        self._current = index
        self.setAccessibleName(f"Bước {index + 1} trên {len(self._names)}: {self._names[index]}")
        self.update()

    def set_note(self, note: str) -> None:
        self._note = note
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(360), theme().frame_px(46))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), look.color("surface"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if look.merges:
                self._paint_short(painter)
                return
            x, self._lefts = 16.0, []
            for index, name in enumerate(self._names):
                self._lefts.append(x)
                x = self._paint_step(painter, index, name, x)
                if index < len(self._names) - 1:
                    painter.fillRect(QRectF(x + 10, self.height() / 2 - 1, look.px(36), 2), look.color("line"))
                    x += look.px(36) + 20
            self._lefts.append(x)
            box = QRectF(x, 0, self.width() - x - 16, self.height())
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            paint_line(painter, box, self._note, look.font(13), look.color("muted"), align)

    def _paint_short(self, painter: QPainter) -> None:
        """Very large text: "Bước 2/3" and the name of the step, on the ground of the citizen strip beside it."""
        look = theme()
        painter.fillRect(self.rect().adjusted(0, 0, 0, -1), look.color("primaryt"))
        where = f"Bước {self._current + 1}/{len(self._names)}"
        box = QRectF(16, 0, self.width() - 16, self.height())
        paint_line(painter, box, where, look.font(13, bold=True), look.color("primary"))
        left = look.metrics(13, bold=True).horizontalAdvance(where) + look.px(16)
        room = int(box.width() - left)
        name = look.metrics(15, bold=True).elidedText(
            self._names[self._current], Qt.TextElideMode.ElideRight, max(0, room)
        )
        box.setLeft(box.left() + left)
        paint_line(painter, box, name, look.font(15, bold=True), look.color("text"))

    def _paint_step(self, painter: QPainter, index: int, name: str, x: float) -> float:
        look = theme()
        current, done = index == self._current, index < self._current
        side = look.px(26)
        circle = QRectF(x + 1, (self.height() - side) / 2 + 1, side - 2, side - 2)
        painter.setPen(QPen(look.color("primary" if current else "ok" if done else "control"), 2))
        painter.setBrush(look.color("primary") if current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if done:
            inset = (side - look.px(15)) / 2
            icons.paint(painter, "check", x + inset, circle.y() - 1 + inset, 15, "ok", stroke=3)
        else:
            ink = look.color("onprimary" if current else "muted")
            font = look.font(13, bold=True)
            paint_line(painter, circle, str(index + 1), font, ink, Qt.AlignmentFlag.AlignCenter)
        ink = look.color("text" if current else "ok" if done else "muted")
        width = look.metrics(15, bold=current).horizontalAdvance(name)
        left = x + side + 8
        paint_line(painter, QRectF(left, 0, width + 2, self.height()), name, look.font(15, bold=current), ink)
        return left + width

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        for index, (left, right) in enumerate(zip(self._lefts, self._lefts[1:], strict=False)):
            if left <= x < right and index < self._current:
                self.chosen.emit(index)
