"""The QApplication and the window around everything: the log-in first, the desk when it is ready.

Nothing heavy is imported here: the log-in is painted before the database, papers and sync are loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from desk_app.ui import theme
from desk_app.ui.screens.login import LoginScreen
from desk_app.ui.theme import Theme
from desk_app.ui.watch import watch

LOCK_AFTER_MS: Final = 5 * 60 * 1000
UNSEEN_MS = 1_000  # a window that starts minimised is never painted
SMALLEST: Final = (1024, 560)
_ACTIVITY: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin}
)


def build_application(argv: Sequence[str], look: Theme | None = None) -> QApplication:
    """The application with its font, style and look; an existing one is taken over (tests)."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("FONTCONFIG_FILE", str(theme.resource("fonts", "fonts.conf")))
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(list(argv))
    app.setApplicationName("mot-cua-desk")
    app.setApplicationDisplayName("Một Cửa Desk")
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    app.setStyle("Fusion")
    theme.load_fonts()
    theme.apply(app, look or Theme(theme.system_mode()))
    return app


class Unexpected(QObject):
    """Takes every exception that nobody caught on the ui thread: logged by type and place, shown as HT-00."""

    happened = Signal()

    def install(self) -> None:
        sys.excepthook = self._take

    def _take(self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        from desk_app.ui.run import unexpected  # the bridge is not needed for the first paint

        unexpected(bug.with_traceback(trace))
        self.happened.emit()


class IdleWatch(QObject):
    """``idle`` when nobody has touched keys or mouse for five minutes, once until somebody does."""

    idle = Signal()

    def __init__(self, app: QApplication, after_ms: int = LOCK_AFTER_MS) -> None:
        super().__init__(app)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(self.idle)
        self._app, self._watching = app, False

    def start(self) -> None:
        """Watch from now on. Before the first log-in nothing is watched: a filter in Python makes every start slower."""
        if not self._watching:
            watch(self._app, self)
            self._watching = True
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)


class DeskWindow(QMainWindow):
    """The one window. Log-in and desk lie on one stack, so a locked desk has no live key of its own.

    ``painted`` comes once, when it stands on the screen; ``closing`` once, before the window goes.
    """

    painted = Signal()
    closing = Signal()
    _seen = False  # of the class: Qt asks while the window is still being made

    def __init__(self, login: LoginScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SMALLEST)
        self.resize(1366, 696)
        self.login = login
        self._desk: QWidget | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(login)
        self.setCentralWidget(self._stack)
        self.setWindowTitle("Một Cửa Desk")
        QTimer.singleShot(UNSEEN_MS, self, self._on_seen)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if not self._seen and event.type() == QEvent.Type.Paint:
            self._on_seen()
        return done

    def _on_seen(self) -> None:
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def set_desk(self, desk: QWidget) -> None:
        """Put the working desk behind the log-in, in place of an earlier one."""
        if self._desk is not None:
            self._stack.removeWidget(self._desk)
            self._desk.deleteLater()
        self._desk = desk
        self._stack.addWidget(desk)

    def show_desk(self) -> None:
        """Open the desk; the log-in is emptied."""
        if self._desk is not None:
            self._stack.setCurrentWidget(self._desk)
            self.login.reset()

    def show_login(self, kept_for: str = "") -> None:
        """Lock: the desk keeps all that is typed, behind the log-in."""
        self.login.set_locked(kept_for)
        self._stack.setCurrentWidget(self.login)
        self.login.reset()

    @property
    def is_locked(self) -> bool:
        return self._stack.currentWidget() is self.login

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
