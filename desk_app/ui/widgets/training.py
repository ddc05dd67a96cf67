"""The violet strip of training: on top of every page, cannot be closed."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.widgets.label import across, label

WORDS = "CHẾ ĐỘ TẬP HUẤN: giấy in ra không có giá trị, không ghi sổ"


class TrainingStrip(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self.setAccessibleName(WORDS)
        self.setLayout(across(None, IconLabel("graduation-cap", 18, "white"), label(WORDS), None))
