"""Steps above the citizen strip; with very large text both share one line, so that the work keeps its room."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desk_app.ui.theme import theme
from desk_app.ui.widgets.citizen import CitizenStrip
from desk_app.ui.widgets.label import down
from desk_app.ui.widgets.steps import Steps


class CaseHeader(QWidget):
    """Holds the page's own steps and strip."""

    def __init__(self, steps: Steps, strip: CitizenStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps, self.strip = steps, strip
        self._layout = down(steps, strip, gap=0)
        self.setLayout(self._layout)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_layout"):
            self._arrange()

    def _arrange(self) -> None:
        merged = theme().merges
        way = QBoxLayout.Direction.LeftToRight if merged else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(way)
        self._layout.setStretch(0, 1 if merged else 0)
        self._layout.setStretch(1, 1 if merged else 0)
        self.strip.set_short(merged)
        tall = QSizePolicy.Policy.Ignored if merged else QSizePolicy.Policy.Fixed  # both halves as high as the strip
        self.steps.setSizePolicy(QSizePolicy.Policy.Expanding, tall)
