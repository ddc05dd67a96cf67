"""The program with its window: the log-in is painted first, everything heavy is loaded behind it on a worker."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desk_app.domain.errors import DeskError
from desk_app.system.paths import Use, places, prepare
from desk_app.system.settings import Settings, load
from desk_app.ui.app import DeskWindow, IdleWatch, Unexpected, build_application
from desk_app.ui.screens.login import LoginScreen
from desk_app.ui.theme import Theme
from desk_app.ui.watch import unwatch
from desk_app.wiring.roster import Roster, initials, read_roster

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from desk_app.services.ports import Clock, Printer
    from desk_app.system.keystore import Secrets
    from desk_app.wiring.counter import Counter
    from desk_app.wiring.station import Station

TRAINING_PIN = "1234"
SWITCH_S = (
    0.001  # the longest another thread keeps the window from painting its next part; Python's own is five times it
)
_TRAINING_PLACE = ("Xã Hòa Mẫu", "Một cửa · Quầy 1")


def look_of(settings: Settings) -> Theme:
    """The look the officer chose; high contrast is the system's own palette (ui.md §6)."""
    return Theme(settings.theme, settings.text_percent)


def settle_memory() -> None:
    """What is there now stays for good: later looks for garbage pass over it, so that none halts the window.

    Only once a process, since what is garbage already stays too.
    """
    if not gc.get_freeze_count():
        gc.freeze()
    gc.enable()


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
        self._worker: ThreadPoolExecutor | None = None
        self._early: tuple[str, str] | None = None
        self.app: QApplication
        self.window: DeskWindow
        self.counter: Counter | None = None

    def run(self, smoke: Path | None = None) -> int:
        """Open the window and work until it is closed. ``smoke``: save a picture of the first screen and end."""
        self.open(load_behind=smoke is None or not self._roster().officers)
        if smoke is not None:
            self._smoke(smoke)
        code = self.app.exec()
        self.close()
        return code

    def open(self, *, load_behind: bool = True) -> DeskWindow:
        """The painted log-in; loading goes on behind it."""
        kept = load(self.where.settings)
        sys.setswitchinterval(SWITCH_S)
        gc.disable()  # until all is loaded: a look for garbage among what stays for good halts the window
        self.app = build_application(sys.argv[:1], look_of(kept.settings))
        self._unexpected = Unexpected()
        self._unexpected.install()
        self.login = LoginScreen()
        self.login.login_requested.connect(self._keep_early)
        self.window = DeskWindow(self.login)
        self.idle = IdleWatch(self.app, kept.settings.lock_after_min * 60_000)
        self.show_roster(self._roster())
        if load_behind:
            self.window.painted.connect(self._load)  # loading takes the processor from whoever paints
        self.window.show()
        return self.window

    def _roster(self) -> Roster:
        return read_roster(self.where.data)

    def show_roster(self, roster: Roster) -> None:
        """Fill the log-in with what is known without opening anything."""
        place = (roster.unit, roster.desk) if roster.unit or self.real else _TRAINING_PLACE
        self.login.set_place(*place)
        self.login.set_passphrases(roster.passphrases)
        self.login.set_officers([(id, name, role, initials(name)) for id, name, role in roster.officers])
        self.login.set_training("" if self.real else TRAINING_PIN)
        self.login.pin.setFocus()

    # ---- loading behind the log-in ---------------------------------------------------------------------------------

    def _load(self) -> None:
        """After the first paint: everything else, not on the ui thread."""
        from concurrent.futures import ThreadPoolExecutor

        from desk_app.ui.run import run

        self._worker = ThreadPoolExecutor(1, thread_name_prefix="load")
        run(self.login, self._worker.submit, self._station, self._loaded, self._not_loaded, action="load")

    def _station(self) -> Station:
        from desk_app.wiring import counter  # noqa: F401  heavy: database, papers, sync, screens
        from desk_app.wiring.secrets import secrets_for
        from desk_app.wiring.station import Station

        folder = prepare(self.where.data, shared=self.real)
        station = Station(
            folder,
            training=not self.real,
            clock=self._clock,
            secrets=self._secrets or secrets_for(folder, real=self.real),
            witness_folder=self.where.settings.parent,
        )
        if station.is_new and not self.real:
            station.begin_training()
        settle_memory()
        return station

    def _loaded(self, station: Station) -> None:
        from desk_app.wiring.counter import Counter

        if station.is_new:
            self._first_run(station)
            return
        self.counter = Counter(self, station, printer=self._printer)
        self.login.login_requested.disconnect(self._keep_early)
        self.counter.begin()
        if self._early is not None:
            self.login.login_requested.emit(*self._early)
            self._early = None

    def _first_run(self, station: Station) -> None:
        """A real PC that was never enrolled: ask for the code, then show the log-in."""
        from desk_app.wiring.first_run import FirstRun

        assert self._worker is not None
        self.login.reset()  # what was typed before anybody was registered is nobody's PIN
        self._enrolment = FirstRun(self.window, station, self._worker.submit, lambda: self._enrolled(station))

    def _enrolled(self, station: Station) -> None:
        self.window.show_login()
        self._loaded(station)

    def _not_loaded(self, error: DeskError) -> None:
        settle_memory()
        from desk_app.ui import errors

        message = errors.message_of(error)
        self.login.set_error(message.text, message.code)

    def _keep_early(self, officer: str, pin: str) -> None:
        """A PIN typed before everything is loaded is not asked for twice."""
        self._early = (officer, pin)

    # ---- the end ---------------------------------------------------------------------------------------------------

    def _smoke(self, out: Path) -> None:
        """Save the first screen once it shows its officers."""

        def look() -> None:
            if self._roster().officers:
                self.show_roster(self._roster())
                saved = self.window.grab().save(str(out))
                self.app.exit(0 if saved else 1)
            else:
                QTimer.singleShot(100, look)

        QTimer.singleShot(0, look)

    def close(self) -> None:
        """Finish what was handed over and let the folder go."""
        unwatch(self.app, self.idle)
        if self._worker is not None:
            self._worker.shutdown(wait=True)
        if self.counter is not None:
            self.counter.close()
            self.counter = None
