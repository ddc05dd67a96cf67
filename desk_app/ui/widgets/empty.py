"""An empty page says one sentence and offers at most one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.label import across, down, label


class EmptyState(QWidget):
    """``acted`` when its button is pressed."""

    acted = Signal()

    def __init__(
        self, icon: str, sentence: str, button: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = label(sentence, "soft", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = down(None, across(None, IconLabel(icon, 48, "muted", 1.6), None), self._words, gap=12)
        self.setAccessibleName(sentence)
        if button:
            made = KeyButton(button, key, bind=False)
            made.triggered.connect(self.acted)
            layout.addLayout(across(None, made, None))
        layout.addStretch(1)
        self.setLayout(layout)

    def set_sentence(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
