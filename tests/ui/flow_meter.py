"""Counts what a person presses: keys that do not repeat and mouse buttons, outside the bursts of a reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class FlowMeter(QObject):
    """``presses`` and ``clicks`` since the last ``start``. Holds numbers only, never what was pressed.

    A key that runs a shortcut never arrives as a press, so the press is counted where Qt asks who wants it
    (``ShortcutOverride``), once for each key on its way up to parent widgets.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.presses = self.clicks = 0
        self._scanning = False
        self._last = 0
        self._app = app
        app.installEventFilter(self)

    def start(self) -> None:
        self.presses = self.clicks = 0

    def stop(self) -> None:
        self._app.removeEventFilter(self)

    @contextmanager
    def scan(self) -> Iterator[None]:
        """What comes now is the reader's, not the officer's."""
        self._scanning = True
        yield
        self._scanning = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._scanning or isinstance(watched, QWindow):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self.clicks += 1
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            first = watched is (QApplication.focusWidget() or watched)
            if first and not event.isAutoRepeat() and event.key() not in _ALONE:
                self.presses += 1
        return False
