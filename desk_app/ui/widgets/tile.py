"""A number of the day; pressing it opens the list behind it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import paint_line

TileTone = Literal["", "bad", "due"]


class Tile(QAbstractButton):
    """Title, number, one line under it. Tones: "" calm, "bad" red frame and ink, "due" amber frame."""

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._icon = title, icon
        self._number, self._note, self._tone = "", "", ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_number("0")

    def set_number(self, number: str, note: str = "", tone: TileTone = "") -> None:
        self._number, self._note, self._tone = number, note, tone
        self.setAccessibleName(f"{self._title}: {number}. {note}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        width = max(
            look.metrics(32, bold=True).horizontalAdvance(self._number),
            look.metrics(14).horizontalAdvance(self._title) + look.px(32),
            look.metrics(13).horizontalAdvance(self._note),
        )
        return QSize(width + look.px(34), look.px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().metrics(32, bold=True).horizontalAdvance(self._number) + theme().px(24), theme().px(112))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = {"bad": "bad", "due": "warnb"}.get(self._tone, "line")
            width = 2 if self._tone or self.hasFocus() else 1
            painter.setPen(QPen(look.color("focus" if self.hasFocus() else edge), width))
            painter.setBrush(look.color("sunken" if self.underMouse() else "surface"))
            inset = width / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
            bad = self._tone == "bad"
            left, room, right = look.px(17), self.width() - 2 * look.px(17), self.width() - look.px(17)
            quiet = look.color("bad" if bad else "text2")
            side = look.px(20)
            whole = look.metrics(14).horizontalAdvance(self._title)
            if whole <= room - side - 6:  # without room the icon goes, never the words
                icons.paint(painter, self._icon, right - side, look.px(13), 20, "bad" if bad else "text")
            title = self._cut(self._title, 14, room)
            paint_line(painter, QRectF(left, look.px(11), room, look.px(26)), title, look.font(14), quiet)
            ink = look.color("bad" if bad else "text")
            paint_line(
                painter, QRectF(left, look.px(37), room, look.px(40)), self._number, look.font(32, bold=True), ink
            )
            note = self._cut(self._note, 13, room)
            paint_line(painter, QRectF(left, look.px(79), room, look.px(22)), note, look.font(13), quiet)

    def _cut(self, text: str, size: int, room: int) -> str:
        return theme().metrics(size).elidedText(text, Qt.TextElideMode.ElideRight, room)
