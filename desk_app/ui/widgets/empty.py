"""An empty page says one sentence and offers at most one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.paint import set_style


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
        """Without room the picture goes first, then the words are set smaller; they stay whole."""
        super().resizeEvent(event)
        lines = (
            theme()
            .metrics(15)
            .boundingRect(0, 0, self.width(), 10_000, int(Qt.TextFlag.TextWordWrap), self._words.text())
        )
        set_style(self._words, "role", "soft" if lines.height() + 8 <= self.height() else "hint")
        needed = self._words.heightForWidth(self.width()) + theme().px(48 + 24 + 44)
        self._icon.setVisible(self.height() >= needed)

    def set_sentence(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
