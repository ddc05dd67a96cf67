"""Quản trị, the part every desk needs on its first day: which printer prints what, a test page, the size of text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desk_app.ui.screen import Page
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.scroll import ScrollBody

NONE = "Chưa chọn: lưu thành tệp PDF"


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A role with its words and the queue chosen for it ("" = none)."""

    role: str
    title: str
    chosen: str


@dataclass(frozen=True, slots=True)
class MachineView:
    """``queues``: printers of the machine with their state in words."""

    queues: tuple[tuple[str, str], ...]
    choices: tuple[PrinterChoice, ...]
    lines: tuple[tuple[str, str], ...]


class MachinePage(Page):
    """``printer_chosen(role, queue)`` · ``test_wanted(role)`` · ``shown``."""

    printer_chosen = Signal(str, str)
    test_wanted = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._combos: dict[str, QComboBox] = {}
        self._printers = Card("Máy in", "printer")
        self._facts = Card("Máy này", "hard-drive")
        self._printers.body.setContentsMargins(16, 12, 16, 16)
        self._facts.body.setContentsMargins(16, 12, 16, 16)
        columns = across(gap=12)
        columns.addLayout(down(self._printers, None, gap=0), 3)
        columns.addLayout(down(self._facts, None, gap=0), 2)
        self.setLayout(down(ScrollBody(down(columns, None, margins=(16, 14, 16, 14), gap=12))))

    def activate(self) -> None:
        self.shown.emit()

    def bar_actions(self) -> Actions:
        return Actions(
            "Bấm F9 để: in một trang thử bằng máy in giấy hẹn.", Action("primary", "In thử", "primary", "printer"), None
        )

    def primary(self) -> None:
        self.test_wanted.emit("slip")

    def set_view(self, view: MachineView) -> None:
        """Show the queues and what is chosen; the choice is saved as soon as it is made."""
        for choice in view.choices:
            if choice.role not in self._combos:
                combo = QComboBox()
                combo.setAccessibleName(choice.title)
                combo.activated.connect(lambda _index, role=choice.role: self._chose(role))
                self._combos[choice.role] = combo
                self._printers.body.addWidget(Field(choice.title, combo))
            self._fill(self._combos[choice.role], view.queues, choice.chosen)
        while (item := self._facts.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for title, words in view.lines:
            self._facts.body.addWidget(label(title, "hint"))
            self._facts.body.addWidget(label(words, "strong", wrap=True))
        first = next(iter(self._combos.values()), None)
        if first is not None:
            first.setFocus()

    def _fill(self, combo: QComboBox, queues: tuple[tuple[str, str], ...], chosen: str) -> None:
        combo.clear()
        combo.addItem(NONE, "")
        for name, state in queues:
            combo.addItem(f"{name} · {state}", name)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def _chose(self, role: str) -> None:
        self.printer_chosen.emit(role, str(self._combos[role].currentData() or ""))
