"""Filters that see every event of the program, and a pause for them while widgets are built.

A filter in Python is asked for each of the thousands of events that building a page sends to itself (font, palette,
style of every child); no key and no touch can be among them, since nothing returns to the event loop meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_filters: list[QObject] = []
_depth = [0]
_nests: list[QWidget] = []


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


def nest() -> QWidget | None:
    """Where the page that is being built will stand; told once."""
    return _nests.pop() if _nests else None


@contextmanager
def unwatched(within: QWidget | None = None) -> Iterator[None]:
    """While widgets are built: nobody is asked. The loop must not run inside.

    ``within``: the parent of the page that is built. A page that gets its parent when all of it stands tells that to
    every widget below, which takes as long as a good part of the building.
    """
    if within is not None:
        _nests[:] = [within]
    try:
        with _paused():
            yield
    finally:
        _nests.clear()


@contextmanager
def _paused() -> Iterator[None]:
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
