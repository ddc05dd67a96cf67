"""Who confirms: another officer with his own PIN, or the head afterwards. Used wherever a second person is asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desk_app.ui.screens.day_close_ports import Person
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.label import across
from desk_app.ui.widgets.pin import PASSPHRASE_NAME, PIN_NAME, PinEdit

LATER = "Để lãnh đạo xác nhận sau"


class SecondPersonBox(QWidget):
    """``changed`` when another person is chosen or the PIN changes; ``pin_wanted`` when the PIN is missing."""

    changed = Signal()
    entered = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.choice.setAccessibleName(title)
        self.pin = PinEdit("Mã PIN của người xác nhận")
        self.pin_field = Field(PIN_NAME, self.pin)
        self._people: tuple[Person, ...] = ()
        layout = across(Field(title, self.choice), self.pin_field, gap=12)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        self.setLayout(layout)
        self.choice.currentIndexChanged.connect(self._chosen)
        self.pin.typed.connect(self._typed)
        self.pin.entered.connect(lambda _pin: self.entered.emit())
        self.set_people(())

    def set_people(self, people: Sequence[Person]) -> None:
        """Who may be chosen; the last line is always the head, later."""
        self._people = tuple(people)
        self.choice.blockSignals(True)
        self.choice.clear()
        for person in self._people:
            self.choice.addItem(person.name, person.id)
        self.choice.addItem(LATER, "")
        self.choice.blockSignals(False)
        self._chosen()

    @property
    def officer(self) -> str:
        """The id of the person chosen; "" for later."""
        return str(self.choice.currentData() or "")

    @property
    def lacking(self) -> str:
        """Why it can't be used yet; "" when it can."""
        if self.officer and not self.pin.is_complete():
            return f"Người xác nhận tự nhập {self._secret[0].lower()}{self._secret[1:]} của mình."
        return ""

    def show_wrong(self, text: str, code: str) -> None:
        """Say under the PIN what is wrong with it."""
        self.pin.clear()
        self.pin_field.set_error(text, code)
        self.pin.setFocus()

    def clear(self) -> None:
        self.pin.clear()
        self.pin_field.set_error("")

    @property
    def _secret(self) -> str:
        return PASSPHRASE_NAME if self.pin.takes_passphrase else PIN_NAME

    def _chosen(self) -> None:
        self.pin.clear()
        self.pin.set_passphrase(any(p.passphrase for p in self._people if p.id == self.officer))
        self.pin_field.set_name(self._secret)
        self.pin.setAccessibleName(f"{self._secret} của người xác nhận")
        self.pin_field.set_error("")
        self.pin.setEnabled(bool(self.officer))
        self.changed.emit()

    def _typed(self) -> None:
        self.pin_field.set_error("")
        self.changed.emit()
