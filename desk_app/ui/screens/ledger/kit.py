"""Small parts the tasks share: a line of words and amount, the big figure, a form column."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout

from desk_app.ui.widgets.label import across, clear, frame, label

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
