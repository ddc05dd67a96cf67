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
    build_application(["desk-tests"], Theme())
    yield qapp
    theme.apply(qapp, Theme())
