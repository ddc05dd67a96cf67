"""The PIN: four to six digits, shown as dots; a wrong one is said in words under the field, nothing shakes.

On a machine without a key store of the system the same field takes a passphrase of twelve characters and more.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desk_app.ui.widgets.field import TextEdit

SHORTEST, LONGEST = 4, 6
PASSPHRASE_SHORTEST, PASSPHRASE_LONGEST = 12, 200
PIN_NAME, PASSPHRASE_NAME = "Mã PIN", "Cụm mật khẩu"
PASSPHRASE_HINT = "Từ 12 ký tự, tắt bộ gõ (V thành E)"
_LACKS_PIN = "Nhập mã PIN gồm 4 đến 6 chữ số."
_LACKS_PASSPHRASE = "Nhập cụm mật khẩu gồm từ 12 ký tự."


class PinEdit(TextEdit):
    """``entered(secret)`` on Enter when it is long enough; ``typed`` at each change."""

    entered = Signal(str)
    typed = Signal()

    def __init__(self, name: str = PIN_NAME, parent: QWidget | None = None) -> None:
        super().__init__(name, icon="lock", parent=parent)
        self._passphrase = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textEdited.connect(self._keep_digits)
        self.returnPressed.connect(self.submit)

    @property
    def takes_passphrase(self) -> bool:
        return self._passphrase

    def set_passphrase(self, on: bool) -> None:
        """Take a passphrase in place of digits; what was typed for the other kind goes."""
        if on == self._passphrase:
            return
        self._passphrase = on
        self.clear()
        self.setMaxLength(PASSPHRASE_LONGEST if on else 32767)
        self.setPlaceholderText(PASSPHRASE_HINT if on else "")

    def submit(self) -> None:
        if self.is_complete():
            self.entered.emit(self.text())

    def is_complete(self) -> bool:
        if self._passphrase:
            return len(self.text()) >= PASSPHRASE_SHORTEST
        return SHORTEST <= len(self.text()) <= LONGEST

    @property
    def lacking(self) -> str:
        """What is still to be typed, in words; "" when it is long enough."""
        if self.is_complete():
            return ""
        return _LACKS_PASSPHRASE if self._passphrase else _LACKS_PIN

    def _keep_digits(self, text: str) -> None:
        digits = "".join(letter for letter in text if letter in "0123456789")[:LONGEST]
        if digits != text and not self._passphrase:
            self.setText(digits)
        self.set_bad(False)
        self.typed.emit()
