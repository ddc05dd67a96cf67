"""F1: the keys of this screen on a sheet over the page. Not modal: F1 or Esc closes it, everything else goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desk_app.ui import keys
from desk_app.ui.keys import Key
from desk_app.ui.theme import theme
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.paint import announce


class KeySheet(QFrame):
    """``toggle(title, keys)`` shows or hides it at the right of `window`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("sheet")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = label("", "cardtitle")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        head = across(self._title, None, KeyHint([(("F1",), "đóng")]))
        self.setLayout(down(head, self._grid, None, margins=(16, 12, 16, 12), gap=10))
        window.installEventFilter(self)
        self.hide()

    def toggle(self, title: str, shown: Sequence[Key]) -> None:
        if self.isVisible():
            self.hide()
            return
        self._title.setText(title)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        rows = (len(shown) + 1) // 2
        for place, key in enumerate(shown):
            twin = key.twin.replace("+", " ") if key.twin.startswith("Alt") else ""
            caps = tuple(dict.fromkeys(cap for cap in (keys.label(key.id), twin) if cap))
            hint = KeyHint([(caps, key.does)])
            self._grid.addWidget(hint, place % rows, place // rows)
        self.setAccessibleName(f"{title}: " + ", ".join(f"{keys.label(key.id)} {key.does}" for key in shown))
        self.show()
        self._place()
        self.raise_()
        announce(self, self.accessibleName())

    def _place(self) -> None:
        size = self.sizeHint().boundedTo(self._window.size())
        left = self._window.width() - size.width() - 16
        self.setGeometry(max(0, left), min(theme().px(94), self._window.height() - size.height()), *size.toTuple())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self._place()
            escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
            if escape and event.type() == QEvent.Type.KeyPress:
                self.hide()
                return True
        return super().eventFilter(watched, event)
