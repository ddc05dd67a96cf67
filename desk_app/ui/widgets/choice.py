"""One of a few words, out of a list that drops down; for the many that no segment has room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class Choice(QComboBox):
    """``picked(value)``. As wide as its place; the wheel passes over it, so that a scroll changes nothing."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(lambda _index: self.picked.emit(self.chosen))

    @property
    def chosen(self) -> str:
        """The value that stands there, "" when none does."""
        return str(self.currentData() or "")

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Offer these (value, words); a value that is not among them leaves the first one standing."""
        self.blockSignals(True)
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
