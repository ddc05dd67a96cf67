"""The days from intake to the appointment, so that everyone at the desk sees why it is that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import paint_line

SIDE, GAP = 74, 8
LONGEST, FIRST, LAST = 8, 3, 4


class DayKind(Enum):
    RECEIVED = "received"
    WORKING = "working"
    OFF = "off"
    MAKEUP = "makeup"
    DUE = "due"
    GAP = "gap"


@dataclass(frozen=True)
class StripDay:
    """One box: "T4", "25", "nhận". `tip` names a holiday."""

    weekday: str
    number: str
    word: str
    kind: DayKind
    tip: str = ""


_GAP_DAY = StripDay("", "…", "", DayKind.GAP)


def shortened(days: Sequence[StripDay]) -> tuple[StripDay, ...]:
    """More than eight days: the first three, "…", the last four."""
    if len(days) <= LONGEST:
        return tuple(days)
    return (*days[:FIRST], _GAP_DAY, *days[-LAST:])


class DayStrip(QWidget):
    """Painted boxes; the appointment is solid, days off are dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[StripDay, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_days(self, days: Sequence[StripDay]) -> None:
        self._days = shortened(days)
        self.setAccessibleName(", ".join(f"{day.weekday} {day.number} {day.word}".strip() for day in self._days))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(max(0, len(self._days) * look.px(SIDE + GAP) - look.px(GAP)), look.px(SIDE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index, day in enumerate(self._days):
                self._paint_day(painter, index * look.px(SIDE + GAP), day)

    def _paint_day(self, painter: QPainter, x: int, day: StripDay) -> None:
        look = theme()
        ground, ink, edge, width = {
            DayKind.RECEIVED: ("surface", "text", "primary", 2),
            DayKind.WORKING: ("surface", "text", "line", 1),
            DayKind.MAKEUP: ("surface", "text", "warnb", 1),
            DayKind.OFF: ("sunken", "muted", "line", 1),
            DayKind.DUE: ("primary", "onprimary", "primary", 1),
            DayKind.GAP: ("bg", "muted", "bg", 0),
        }[day.kind]
        side = look.px(SIDE)
        box = QRectF(x, 0, side, side).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        pen = QPen(look.color(edge), width)
        if day.kind is DayKind.OFF:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen if width else Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground) if day.kind is not DayKind.GAP else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        third = side / 3
        tall = third + look.px(2)
        parts = ((day.weekday, 13, False), (day.number, 17, True), (day.word, 13, False))
        for row, (text, size, bold) in enumerate(parts):
            line = QRectF(x, look.px(2) + row * (third - look.px(2)), side, tall)
            paint_line(painter, line, text, look.font(size, bold=bold), look.color(ink), Qt.AlignmentFlag.AlignCenter)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._days:
            index = event.pos().x() // theme().px(SIDE + GAP)
            if 0 <= index < len(self._days):
                QToolTip.showText(event.globalPos(), self._days[index].tip, self)
            return True
        return super().event(event)
