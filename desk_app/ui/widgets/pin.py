"""The PIN: four to six digits, shown as dots; a wrong one is said in words under the field, nothing shakes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desk_app.ui.widgets.field import TextEdit

SHORTEST, LONGEST = 4, 6


class PinEdit(TextEdit):
    """``entered(pin)`` on Enter with at least four digits; ``typed`` at each change."""

    entered = Signal(str)
    typed = Signal()

    def __init__(self, name: str = "Mã PIN", parent: QWidget | None = None) -> None:
        super().__init__(name, icon="lock", parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textEdited.connect(self._keep_digits)
        self.returnPressed.connect(self.submit)

    def submit(self) -> None:
        if self.is_complete():
            self.entered.emit(self.text())

    def is_complete(self) -> bool:
        return SHORTEST <= len(self.text()) <= LONGEST

    def _keep_digits(self, text: str) -> None:
        digits = "".join(letter for letter in text if letter in "0123456789")[:LONGEST]
        if digits != text:
            self.setText(digits)
        self.set_bad(False)
        self.typed.emit()
