"""Words on a page: plain text by role, long text that ends in "…", and frames with a layout in one call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui.widgets.paint import plain, rich

Item = QWidget | QLayout | int | None


def label(text: str = "", role: str = "", *, wrap: bool = False, right: bool = False) -> QLabel:
    """Plain words. Roles: hint muted soft small name strong cardtitle bigtitle title money hour field error say."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if right:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


class Sentence(QLabel):
    """Words of the program with ``**bold**`` and ``!!red!!`` parts; data inside is escaped."""

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._words = text
        self.setText(rich(text))
        self.setAccessibleName(plain(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and "!!" in getattr(self, "_words", ""):
            self.setText(rich(self._words))  # the red of the other theme


class Elided(QLabel):
    """One line that may be shorter than its text: it ends in "…" and the whole text is the tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("Mmmm…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        with QPainter(self) as painter:
            painter.setPen(self.palette().windowText().color())
            painter.drawText(self.rect(), int(self.alignment()) | int(Qt.TextFlag.TextDontClip), shown)


def _fill(layout: QBoxLayout, items: Sequence[Item]) -> None:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def across(*items: Item, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8) -> QHBoxLayout:
    """Items side by side; None is a stretch, a number is a space."""
    layout = QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    _fill(layout, items)
    return layout


def down(*items: Item, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8) -> QVBoxLayout:
    """Items one under another; None is a stretch, a number is a space."""
    layout = QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    _fill(layout, items)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out; the widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def frame(layout: QLayout | None = None, name: str = "", **properties: object) -> QFrame:
    """A frame the style sheet knows by `name` or by a property."""
    made = QFrame()
    made.setObjectName(name)
    for key, value in properties.items():
        made.setProperty(key, value)
    if layout is not None:
        made.setLayout(layout)
    return made
