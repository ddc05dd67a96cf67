"""A word with a tint: never a bare colour, never a bare icon."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import paint_line

BadgeTone = Literal["neutral", "ok", "bad", "warn", "info", "train"]
_COLOURS: dict[str, tuple[str, str]] = {
    "neutral": ("text2", "sunken"),
    "ok": ("ok", "okt"),
    "bad": ("bad", "badt"),
    "warn": ("warn", "warnt"),
    "info": ("primary", "primaryt"),
    "train": ("train", "traint"),
}


class Badge(QWidget):
    """``Badge("3 đạt", "ok")``; with an icon before the word when one is named."""

    def __init__(self, text: str, tone: BadgeTone = "neutral", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if not text:  # setVisible(True) before there is a parent would flash a window of its own
            self.hide()

    def set(self, text: str, tone: BadgeTone = "neutral", icon: str = "") -> None:
        """Other words; no words hide the badge."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        look = theme()
        width = look.metrics(13, bold=True).horizontalAdvance(self._text) + look.px(17)
        return QSize(width + (look.px(20) if self._icon else 0), look.px(23))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        with QPainter(self) as painter:
            ink, ground = _COLOURS[self._tone]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(ground))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
            x = look.px(8)
            if self._icon:
                icons.paint(painter, self._icon, x, (self.height() - look.px(15)) / 2, 15, ink, stroke=2.4)
                x += look.px(20)
            box = QRectF(x, 0, self.width() - x, self.height())
            paint_line(painter, box, self._text, look.font(13, bold=True), look.color(ink))
