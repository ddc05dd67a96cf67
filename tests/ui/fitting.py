"""Finds words that a person could not read whole: labels and buttons smaller than what they say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desk_app.ui.widgets.action_bar import ActionBar
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.label import Elided


def cut_words(page: QWidget) -> list[str]:
    """Words of visible labels, badges and buttons that are cut. Lines that end in "…" with a tooltip are allowed."""
    cut = []
    for label in page.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, Elided):
            continue
        need = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        narrow = not label.wordWrap() and label.width() < label.sizeHint().width()
        in_bar = isinstance(label.parent(), ActionBar)
        if narrow or (label.height() < need and not in_bar):
            cut.append(label.text())
    for kind in (QPushButton, Badge):
        narrow = (part for part in page.findChildren(kind) if part.width() < part.minimumSizeHint().width())
        cut.extend(part.accessibleName() for part in narrow if part.isVisible())
    return cut


def unnamed_stops(page: QWidget) -> list[str]:
    """Kinds of visible widgets that Tab stops at and a screen reader has no name for."""
    stops = [
        part
        for part in page.findChildren(QWidget)
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()
    ]
    return [type(part).__name__ for part in stops if not (part.accessibleName() or part.focusProxy())]
