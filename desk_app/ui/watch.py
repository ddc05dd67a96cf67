"""Filters that see every event of the program, and a pause for them while widgets are built.

A filter in Python is asked for each of the thousands of events that building a page sends to itself (font, palette,
style of every child); no key and no touch can be among them, since nothing returns to the event loop meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

_filters: list[QObject] = []
_depth = [0]


def watch(app: QApplication, event_filter: QObject) -> None:
    """Let `event_filter` see every event from now on."""
    _filters[:] = [kept for kept in _filters if isValid(kept)]
    _filters.append(event_filter)
    app.installEventFilter(event_filter)


def unwatch(app: QApplication, event_filter: QObject) -> None:
    """It sees nothing any more."""
    if event_filter in _filters:
        _filters.remove(event_filter)
    app.removeEventFilter(event_filter)


@contextmanager
def unwatched() -> Iterator[None]:
    """While widgets are built: nobody is asked. The loop must not run inside."""
    app = QApplication.instance()
    if app is None or _depth[0]:
        yield
        return
    paused = [kept for kept in _filters if isValid(kept)]
    for kept in paused:
        app.removeEventFilter(kept)
    _depth[0] += 1
    try:
        yield
    finally:
        _depth[0] -= 1
        for kept in paused:
            app.installEventFilter(kept)
