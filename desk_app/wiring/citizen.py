"""The citizen's screen beside the officer's: which monitor, what it follows, where a tap on it goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from desk_app.domain.unit import UnitProfile
from desk_app.services.desk import Desk
from desk_app.ui import errors, keys
from desk_app.ui.forms.citizen_screen import amount, papers
from desk_app.ui.screens.citizen import CitizenScreen
from desk_app.ui.screens.intake.screen import IntakePage
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.screens.results import ResultsPage
from desk_app.ui.shell import Shell
from desk_app.ui.tone import Tone

NO_MONITOR = "Máy chỉ có một màn hình. Nối màn hình thứ hai quay về phía công dân rồi bấm F11."


class CitizenSide(QObject):
    """F11 opens and closes it. It follows the intake in front and asks for a rating after a hand-over or guidance.

    ``rate(score, reason)`` keeps what was tapped after guidance; after a hand-over the page of results keeps it.
    """

    def __init__(
        self, shell: Shell, desk: Desk, profile: UnitProfile, station: str, rate: Callable[[int, str], object]
    ) -> None:
        super().__init__(shell)
        self._shell, self._desk = shell, desk
        self._place = (profile.desk_name, station, profile.hours_text, profile.phone)
        self._monitor: QScreen | None = None
        self._results: ResultsPage | None = None
        self._rate = rate
        self._after_guidance = False
        self._clock = QTimer(self)
        self._clock.setInterval(10_000)
        self._clock.timeout.connect(self._tell_time)
        keys.attach(shell, "citizen_screen", self.toggle)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._monitor_gone)

    @cached_property
    def screen(self) -> CitizenScreen:
        """The window; most counters have one monitor and never build it."""
        screen = CitizenScreen()
        screen.set_place(*self._place)
        screen.rated.connect(self._rated)
        self._shell.destroyed.connect(screen.deleteLater)
        return screen

    @property
    def _built(self) -> bool:
        return "screen" in self.__dict__

    @property
    def is_open(self) -> bool:
        return self._built and self.screen.isVisible()

    def toggle(self) -> None:
        """Open on another monitor than the officer's; close when open."""
        if self.is_open:
            self.close()
            return
        own = self._shell.window().screen()
        other = next((s for s in QGuiApplication.screens() if s is not own), None)
        if other is None:
            self._shell.toaster.show(NO_MONITOR, Tone.INFO)
        else:
            self.open_on(other)

    def open_on(self, monitor: QScreen) -> None:
        self._monitor = monitor
        self._tell_time()
        self._clock.start()
        self.screen.setScreen(monitor)
        self.screen.setGeometry(monitor.geometry())
        self.screen.showFullScreen()
        self._shell.activateWindow()

    def close(self) -> None:
        self._clock.stop()
        if self._built:
            self.screen.hide()

    # ---- what it follows

    def follow_intake(self, page: IntakePage) -> None:
        """Papers while they are looked at, then amount and day; greeting between two citizens."""
        page.actions_changed.connect(lambda: self._show_intake(page))
        page.guided.connect(lambda: self._ask(after_guidance=True))

    def follow_results(self, page: ResultsPage) -> None:
        """Five faces after a hand-over."""
        self._results = page
        page.returned.connect(lambda _dossier: self._ask(after_guidance=False))

    def _ask(self, *, after_guidance: bool) -> None:
        if self.is_open:
            self.screen.ask_faces()
            self._after_guidance = after_guidance

    def locked(self) -> None:
        if self._built:
            self.screen.rest()

    def unlocked(self) -> None:
        if self._built:
            self.screen.greet()

    def _show_intake(self, page: IntakePage) -> None:
        if not self.is_open:
            return
        view = page.visit.whole() if page.visit.at is At.PROMISE else page.visit.view()
        shown = papers(view) if page.visit.at is At.PAPERS else None
        pay = amount(view) if page.visit.at in (At.PROMISE, At.DONE) else None
        if shown is not None:
            self.screen.show_papers(shown)
        elif pay is not None:
            self.screen.show_amount(pay)
        elif self.screen.state in ("papers", "amount"):
            self.screen.greet()

    def _rated(self, score: int, reason: str) -> None:
        """Kept like a tap on the officer's screen, where only that something was noted is seen."""
        if self._after_guidance:
            self._rate(score, reason)
        elif self._results is not None:
            self._results.rated_elsewhere(score, reason)

    def _monitor_gone(self, monitor: QScreen) -> None:
        if self.is_open and monitor is self._monitor:
            self.close()
            message = errors.message("HT-09")
            self._shell.toaster.show(message.text, message.tone, message.code)

    def _tell_time(self) -> None:
        self.screen.set_clock(f"{self._desk.now():%H:%M}")
