"""A QR code on the screen: black on white in every theme, with its quiet zone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET, MODULE = 3, 5


class CodeSquare(QWidget):
    """``set_modules(rows)``: rows of dark and light."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_modules(self, rows: Sequence[Sequence[bool]]) -> None:
        self._rows = tuple(tuple(row) for row in rows)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = (len(self._rows) + 2 * QUIET) * MODULE
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            for y, row in enumerate(self._rows):
                for x, dark in enumerate(row):
                    if dark:
                        box = QRectF((x + QUIET) * MODULE, (y + QUIET) * MODULE, MODULE, MODULE)
                        painter.fillRect(box, Qt.GlobalColor.black)
