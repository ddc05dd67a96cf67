"""What painted widgets share: key caps, one line of text, and setting a property so that the style sheet sees it.

A painter is always opened with ``with``: one that outlives its widget because of an exception ends the program.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desk_app.ui.theme import theme

CAP_HEIGHT = 22
CAP_FONT = 12


def cap_width(words: str) -> int:
    """Width of a key cap with these words."""
    look = theme()
    return max(look.px(24), look.metrics(CAP_FONT, bold=True).horizontalAdvance(words) + look.px(12))


def paint_cap(painter: QPainter, x: float, middle: float, words: str, ink: QColor, edge: QColor | None = None) -> int:
    """Draw a key cap at `x`, centred on `middle`; return its width. The lower edge is thicker, like a key."""
    look = theme()
    width, height = cap_width(words), look.px(CAP_HEIGHT)
    box = QRectF(x + 0.5, middle - height / 2 + 0.5, width - 1, height - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge or ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 4, 4)
    painter.drawLine(
        box.bottomLeft() + QRectF(3, -1, 0, 0).topLeft(), box.bottomRight() + QRectF(-3, -1, 0, 0).topLeft()
    )
    paint_line(
        painter, box.adjusted(0, 0, 0, -1), words, look.font(CAP_FONT, bold=True), ink, Qt.AlignmentFlag.AlignCenter
    )
    painter.restore()
    return width


def paint_line(
    painter: QPainter,
    box: QRectF,
    words: str,
    font: QFont,
    ink: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line; letters that stand out of the box (stacked marks) are not cut."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, int(align) | int(Qt.TextFlag.TextDontClip) | int(Qt.TextFlag.TextSingleLine), words)


def set_style(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at; polish again only when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else Qt looks at it before the first paint
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def rich(text: str) -> str:
    """Plain words with ``**bold**`` and ``!!bold and red!!`` parts as rich text; everything else is escaped."""
    escaped = re.sub(r"\*\*(.+?)\*\*", r'<span style="font-weight:600">\1</span>', html.escape(text))
    bad = f'<span style="font-weight:600;color:{theme().color("bad").name()}">'
    return re.sub(r"!!(.+?)!!", rf"{bad}\1</span>", escaped)


def plain(text: str) -> str:
    """The same words without the marks of bold, for screen readers."""
    return text.replace("**", "").replace("!!", "")


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say this without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # costly, and not needed for the first paint

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
