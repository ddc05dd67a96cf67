"""A bar chart one reads at a glance: one bar a row, the value printed at its end, the parts told apart without colour.

Parts differ in lightness and hatch (plain, striped, dotted), so the chart holds for every eye and on a bad screen. The
table beside it says the same in numbers; here it is one sentence for screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.domain.report import Bar
from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import paint_line

ROW = 26
_BAR = 16
_LABEL_SHARE = 0.32
_FILLS = (
    ("primary", Qt.BrushStyle.SolidPattern),
    ("primary", Qt.BrushStyle.BDiagPattern),
    ("bad", Qt.BrushStyle.Dense5Pattern),
)


class Bars(QWidget):
    """``set_bars``: bars and the names of their parts, in the order of the fills."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._parts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_bars((), ())

    def set_bars(self, bars: Sequence[Bar], parts: Sequence[str]) -> None:
        """Show these; the accessible description says every bar."""
        self._bars, self._parts = tuple(bars), tuple(parts)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.words}" for bar in self._bars))
        self.setVisible(bool(self._bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self._bars) + (1 if len(self._parts) > 1 else 0)
        return QSize(theme().px(320), theme().px(ROW) * rows + theme().px(8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            top = 0.0
            if len(self._parts) > 1:
                self._legend(painter)
                top = look.px(ROW)
            most = max((sum(bar.values) for bar in self._bars), default=0)
            end = max((look.metrics(13, bold=True).horizontalAdvance(bar.words) for bar in self._bars), default=0)
            left = self.width() * _LABEL_SHARE
            room = max(0.0, self.width() - left - end - look.px(16))
            for number, bar in enumerate(self._bars):
                self._bar(painter, bar, top + number * look.px(ROW), left, room / most if most else 0.0)

    def _bar(self, painter: QPainter, bar: Bar, top: float, left: float, scale: float) -> None:
        look = theme()
        words = look.metrics(13).elidedText(bar.label, Qt.TextElideMode.ElideRight, int(left) - look.px(12))
        paint_line(painter, QRectF(0, top, left - look.px(10), look.px(ROW)), words, look.font(13), look.color("text2"),
                   Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)  # fmt: skip
        at = left
        for part, value in enumerate(bar.values):
            if value > 0:
                box = QRectF(at, top + look.px(ROW - _BAR) / 2, value * scale, look.px(_BAR))
                self._fill(painter, box, part)
                self._inside(painter, box, value if len(bar.values) > 1 else 0, part)
                at += box.width()
        paint_line(painter, QRectF(at + look.px(6), top, self.width() - at, look.px(ROW)), bar.words,
                   look.font(13, bold=True), look.color("text"))  # fmt: skip

    def _inside(self, painter: QPainter, box: QRectF, value: int, part: int) -> None:
        """The value of a part inside it, when there is room; on hatched parts over a plain ground."""
        look, words = theme(), f"{value:,}".replace(",", ".")
        width = look.metrics(12).horizontalAdvance(words) + look.px(6)
        if not value or width > box.width():
            return
        ground = QRectF(box.center().x() - width / 2, box.top() + 1.5, width, box.height() - 3)
        if part:
            painter.fillRect(ground, look.color("surface"))
        ink = look.color("text") if part else look.color("onprimary")
        paint_line(painter, ground, words, look.font(12), ink, Qt.AlignmentFlag.AlignCenter)

    def _fill(self, painter: QPainter, box: QRectF, part: int) -> None:
        name, pattern = _FILLS[part % len(_FILLS)]
        ink = theme().color(name)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(theme().color("surface"))
        painter.drawRect(box)
        brush = QBrush(ink, pattern)
        painter.setBrush(brush)
        painter.setBrushOrigin(QPointF(0, 0))
        painter.drawRect(box)

    def _legend(self, painter: QPainter) -> None:
        look, at = theme(), float(theme().px(4))
        for part, name in enumerate(self._parts):
            self._fill(painter, QRectF(at, look.px(7), look.px(22), look.px(12)), part)
            at += look.px(28)
            width = look.metrics(13).horizontalAdvance(name) + look.px(4)
            paint_line(painter, QRectF(at, 0, width, look.px(ROW)), name, look.font(13), look.color("text2"))
            at += width + look.px(16)
