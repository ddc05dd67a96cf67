"""Cards side by side that go one under another, and scroll together, where the text is large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desk_app.ui.theme import fix_width, free_width, theme
from desk_app.ui.widgets.label import across, down
from desk_app.ui.widgets.scroll import ScrollBody

_LEAST = 170  # px at 100 %: a list of a few rows, when the cards stand one under another


class Folding(QWidget):
    """``parts``: each card with its width at 100 %, 0 = it shares what is left."""

    def __init__(self, parts: Sequence[tuple[QWidget, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._body = across(*(card for card, _width in self._parts), gap=10)
        self.setLayout(down(ScrollBody(self._body)))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_body"):
            self._fit()

    def _fit(self) -> None:
        folds = theme().folds
        way = QBoxLayout.Direction.TopToBottom if folds else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)
        for place, (card, width) in enumerate(self._parts):
            if width and not folds:
                fix_width(card, width)
            else:
                free_width(card)
            card.setMinimumHeight(theme().px(_LEAST) if folds else 0)
            self._body.setStretch(place, 0 if width else 1)
