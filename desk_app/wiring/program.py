"""The program with its window: the log-in is painted first, then everything heavy is loaded behind it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desk_app.domain.errors import DeskError
from desk_app.system.paths import Use, places, prepare
from desk_app.system.settings import Settings, load
from desk_app.ui import errors
from desk_app.ui.app import DeskWindow, IdleWatch, Unexpected, build_application
from desk_app.ui.screens.login import LoginScreen
from desk_app.ui.theme import Theme

if TYPE_CHECKING:
    from desk_app.services.ports import Clock, Printer
    from desk_app.system.keystore import Secrets
    from desk_app.wiring.counter import Counter


def look_of(settings: Settings) -> Theme:
    """The look the officer chose; high contrast is the system's own palette (ui.md §6)."""
    return Theme("dark" if settings.theme == "dark" else "light", settings.text_percent)


class Program:
    """One run of the desk. ``clock``, ``printer`` and ``secrets`` are given by tests and trials only."""

    def __init__(
        self,
        *,
        real: bool,
        data: Path | None,
        clock: Clock | None = None,
        printer: Printer | None = None,
        secrets: Secrets | None = None,
    ) -> None:
        self.real = real
        self.where = places(Use.REAL if real else Use.TRAINING, data)
        self._clock, self._printer, self._secrets = clock, printer, secrets
        self.app: QApplication
        self.window: DeskWindow
        self.counter: Counter | None = None

    def run(self, smoke: Path | None = None) -> int:
        """Open the window and work until it is closed. ``smoke``: save a picture of the first screen and end."""
        self.open()
        if smoke is not None:
            QTimer.singleShot(0, lambda: self._smoke(smoke))
        code = self.app.exec()
        self.close()
        return code

    def open(self) -> DeskWindow:
        """The painted log-in; loading goes on behind it."""
        kept = load(self.where.settings)
        self.app = build_application(sys.argv[:1], look_of(kept.settings))
        self._unexpected = Unexpected()
        self._unexpected.install()
        self.login = LoginScreen()
        self.window = DeskWindow(self.login)
        self.idle = IdleWatch(self.app, kept.settings.lock_after_min * 60_000)
        self.window.show()
        QTimer.singleShot(0, self._load)
        return self.window

    def _load(self) -> None:
        """After the first paint: everything else."""
        if self.counter is not None:
            return
        from desk_app.wiring.counter import Counter

        try:
            folder = prepare(self.where.data, shared=self.real)
            self.counter = Counter(self, folder, clock=self._clock, printer=self._printer, secrets=self._secrets)
            self.counter.show_login()
        except DeskError as error:
            message = errors.message_of(error)
            self.login.set_error(message.text, message.code)

    def _smoke(self, out: Path) -> None:
        self._load()
        QTimer.singleShot(200, lambda: self._save(out))

    def _save(self, out: Path) -> None:
        saved = self.window.grab().save(str(out))
        self.app.exit(0 if saved else 1)

    def close(self) -> None:
        """Finish what was handed over and let the folder go."""
        if self.counter is not None:
            self.counter.close()
            self.counter = None
