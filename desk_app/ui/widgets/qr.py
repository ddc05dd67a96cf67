"""A QR code on the screen: always dark on white, with its quiet zone, whatever the theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui.theme import theme

QUIET = 4


class QrView(QWidget):
    """``set_rows`` takes one text a row, "1" dark; ``words`` are what a screen reader says instead."""

    def __init__(self, side: int = 180, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[str, ...] = ()
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[str], words: str) -> None:
        self._rows = tuple(rows)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rows:
            return
        count = len(self._rows) + 2 * QUIET
        module = max(1, min(self.width(), self.height()) // count)
        with QPainter(self) as painter:
            painter.fillRect(QRectF(0, 0, module * count, module * count), Qt.GlobalColor.white)
            for y, row in enumerate(self._rows):
                for x, dark in enumerate(row):
                    if dark == "1":
                        spot = QRectF((x + QUIET) * module, (y + QUIET) * module, module, module)
                        painter.fillRect(spot, QColor("black"))
