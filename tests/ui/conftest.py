"""The look of the desk for every test of the ui, and the messages that the offscreen platform always gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.ui import theme
from desk_app.ui.app import build_application
from desk_app.ui.theme import Theme


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["desk-tests"]


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """Light, 100 %, with the shipped fonts; whatever a test changes is put back."""
    if not _built:
        build_application(["desk-tests"], Theme())
        _built.append(qapp)
    _put_back(qapp)
    yield qapp
    _put_back(qapp)


_built: list[QApplication] = []


def _put_back(app: QApplication) -> None:
    """The usual look, only where it was left: a new style sheet polishes every widget there is."""
    if theme.theme() != Theme() or not app.styleSheet():
        theme.apply(app, Theme())
