"""Line icons (Lucide, ISC licence beside them), drawn sharp at any size and pixel ratio.

An icon never stands alone: a word is always next to it. To add one, copy its SVG from the npm package ``lucide-static``
into ``resources/icons``; a test refuses files that nobody uses.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui.theme import resource, theme


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, side_px: int, color: str, stroke: float, ratio: float) -> QPixmap:
    svg = _source(name).replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    device = max(1, round(side_px * ratio))
    pixmap = QPixmap(device, device)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, device, device))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, size: int, color: str, *, stroke: float = 2, ratio: float = 1.0) -> QPixmap:
    """The icon at `size` (given at 100 %), in a colour of the theme; drawn once for each size, colour and ratio."""
    return _pixmap(name, theme().px(size), theme().color(color).name(), stroke, ratio)


def icon(name: str, size: int, color: str) -> QIcon:
    """The icon for a widget that takes a ``QIcon``."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, size, color, ratio=ratio))
    return made


def paint(painter: QPainter, name: str, x: float, y: float, size: int, color: str, *, stroke: float = 2) -> None:
    """Draw the icon with its upper left corner at (x, y); no name draws nothing."""
    if not name:
        return
    ratio = painter.device().devicePixelRatio() if painter.device() is not None else 1.0
    painter.drawPixmap(round(x), round(y), pixmap(name, size, color, stroke=stroke, ratio=ratio))


class IconLabel(QWidget):
    """An icon as a widget; follows the theme by itself, has no name for screen readers (its words stand beside it)."""

    def __init__(
        self, name: str, size: int = 20, color: str = "text", stroke: float = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._color, self._stroke = name, size, color, stroke
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, name: str, color: str) -> None:
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = theme().px(self._size)
        with QPainter(self) as painter:
            paint(
                painter,
                self._name,
                (self.width() - side) / 2,
                (self.height() - side) / 2,
                self._size,
                self._color,
                stroke=self._stroke,
            )


def no_icon() -> QIcon:
    """Nothing in the place of an icon."""
    return QIcon()
