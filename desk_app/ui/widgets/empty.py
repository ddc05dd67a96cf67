"""An empty page says one sentence and offers at most one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.label import across, down, label

LEAST_PX = 14  # no words of the screen are smaller


class EmptyState(QWidget):
    """``acted`` when its button is pressed."""

    acted = Signal()

    def __init__(
        self, icon: str, sentence: str, button: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = label(sentence, "soft", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon = IconLabel(icon, 48, "muted", 1.6)
        layout = down(None, across(None, self._icon, None), self._words, gap=12)
        self.setAccessibleName(sentence)
        if button:
            made = KeyButton(button, key, bind=False)
            made.triggered.connect(self.acted)
            layout.addLayout(across(None, made, None))
        layout.addStretch(1)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Without room the picture goes first, then the words are set smaller; they stay whole."""
        look, words = theme(), self._words.text()
        room = QRect(0, 0, max(1, self.width()), 10_000)
        sizes = [size for size in (15, 13, 11, 9, 8) if size >= 13 or look.px(size) >= LEAST_PX]

        def height(size: int) -> int:
            return look.metrics(size).boundingRect(room, int(Qt.TextFlag.TextWordWrap), words).height() + 12

        size = next((size for size in sizes if height(size) <= self.height()), sizes[-1])
        self._words.setFont(look.font(size))
        self._icon.setVisible(self.height() >= height(size) + look.px(48 + 24))

    def set_sentence(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self._fit()
