"""Small parts the tasks share: a line of words and amount, the form column, where files are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from desk_app.ui.widgets.label import across, clear, down, frame, label

FORM = 372


def figure(words: str, amount: str, role: str = "strong") -> QFrame:
    """Words at the left, what they say at the right."""
    said = label(words, "soft", wrap=True)
    layout = across(said, label(amount, role, right=True), margins=(0, 3, 0, 3))
    layout.setStretch(0, 1)
    made = frame(layout)
    made.setAccessibleName(f"{words}: {amount}")
    return made


def passage(words: str, text: str) -> QFrame:
    """A small name above a text that may be long."""
    box = QVBoxLayout()
    box.setContentsMargins(0, 3, 0, 3)
    box.setSpacing(1)
    box.addWidget(label(words, "hint"))
    box.addWidget(label(text, "", wrap=True))
    made = frame(box)
    made.setAccessibleName(f"{words}: {text}")
    return made


def refill(layout: QLayout, *parts: QFrame) -> None:
    """These lines instead of those before."""
    clear(layout)
    for part in parts:
        layout.addWidget(part)


@dataclass(frozen=True, slots=True)
class SavedFiles:
    """Files that were written: their names, the folder, how many rows or records. ``signed`` False: without a key."""

    names: tuple[str, ...]
    folder: str
    rows: int
    signed: bool = True


class SavedBox(QFrame):
    """Where the last files are; stays until the next ones are written, for a toast is gone too soon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names, self._folder = label("", "strong", wrap=True), label("", "", wrap=True)
        self._names.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = down(label("Tệp vừa lưu", "hint"), self._names, label("Trong thư mục", "hint"), self._folder, gap=2)
        self.setLayout(box)
        self.hide()

    def show_saved(self, saved: SavedFiles) -> None:
        """Show these files."""
        self._names.setText("\n".join(saved.names))
        self._folder.setText(saved.folder.replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.setAccessibleName(f"Tệp vừa lưu: {', '.join(saved.names)}, trong thư mục {saved.folder}")
        self.show()
