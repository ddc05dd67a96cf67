"""One printer of the machine page: which queue takes its papers, its address in the network, a test sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down

NONE = "Chưa chọn: lưu thành tệp PDF"
_BY_ADDRESS = "Máy in mạng"
_ADDRESS = "@"  # the entry that stands for the address; no queue is named so


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A role with its words and the queue chosen for it ("" = none).

    ``address``: this printer may also be chosen by its address in the network; the one in use, "" = none. None: it may
    not. ``none``: the words for no printer.
    """

    role: str
    title: str
    chosen: str
    address: str | None = None
    none: str = NONE


class PrinterRow(QWidget):
    """``chosen(queue)`` · ``typed(address)`` · ``test``; saved as soon as it is chosen."""

    chosen = Signal(str)
    typed = Signal(str)
    test = Signal()

    def __init__(self, choice: PrinterChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none, self._shown = choice.none, ""
        self.combo = QComboBox()
        self.combo.setAccessibleName(choice.title)
        self.combo.activated.connect(lambda _index: self._picked())
        self.button = KeyButton("In thử", small=True)
        self.button.setAccessibleName(f"In thử: {choice.title}")
        self.button.triggered.connect(self.test)
        line = across(self.combo, self.button, gap=8)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        holder.setFocusProxy(self.combo)
        self.address = TextEdit("Địa chỉ mạng của máy in nhiệt", "192.168.1.87 hoặc 192.168.1.87:9100")
        self.address.editingFinished.connect(self._typed)
        self._field = Field("Địa chỉ mạng của máy in nhiệt (gõ rồi Enter)", self.address)
        self.setLayout(down(Field(choice.title, holder), self._field, gap=6))
        self._field.setVisible(choice.address is not None)  # with a parent: without one it would flash as a window

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is in this row."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def set_choice(self, choice: PrinterChoice, queues: Sequence[tuple[str, str]]) -> None:
        """Show what is chosen among ``queues`` (name, state in words)."""
        self.combo.clear()
        self.combo.addItem(self._none, "")
        if choice.address:
            self.combo.addItem(f"{_BY_ADDRESS} {choice.address}", _ADDRESS)
        for name, state in queues:
            self.combo.addItem(f"{name} · {state}", name)
        at = self.combo.findData(_ADDRESS if choice.address else choice.chosen)
        self.combo.setCurrentIndex(max(0, at))
        self._shown = choice.address or ""
        self.address.setText(self._shown)
        self._field.set_error("")
        self.button.set_reason("" if choice.chosen or choice.address is None else "Chọn máy in trước.")

    def set_error(self, text: str, code: str) -> None:
        self._field.set_error(text, code)

    def _picked(self) -> None:
        queue = str(self.combo.currentData() or "")
        if queue != _ADDRESS:
            self.chosen.emit(queue)

    def _typed(self) -> None:
        text = self.address.text().strip()
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)
