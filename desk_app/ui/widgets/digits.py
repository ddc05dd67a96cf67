"""A digit that chooses waits a moment: a reader's burst of digits must not choose anything on its way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

#: Longer than the slowest gap inside a reader's burst (``domain.scan.Thresholds.shape_gap_ms``), too short to be felt.
PAUSE_MS = 90


class DigitPause(QObject):
    """``chosen(digit)`` when one digit was pressed and nothing followed at once."""

    chosen = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._digit: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._decide)

    def press(self, digit: int) -> None:
        """A digit key went down; a second one before the pause is over makes it a burst that chooses nothing."""
        self._digit = None if self._timer.isActive() else digit
        self._timer.start()

    def _decide(self) -> None:
        if self._digit is not None:
            self.chosen.emit(self._digit)
