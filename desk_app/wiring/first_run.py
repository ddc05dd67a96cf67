"""The enrolment of a real PC, with its page: the network is used on the load worker, the page only says what happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from desk_app.domain.errors import DeskError
from desk_app.domain.session import Role
from desk_app.ui import errors
from desk_app.ui.app import DeskWindow
from desk_app.ui.run import run
from desk_app.ui.screens.first_run import FirstRunForm, FirstRunScreen
from desk_app.wiring.enrolment import FirstOfficer, client_for, enrol_station
from desk_app.wiring.station import Station

_ROLES = (Role.HEAD, Role.RECEPTION, Role.CASHIER)


class FirstRun:
    """Shows the page in the window's place for the desk until a code was spent."""

    def __init__(
        self, window: DeskWindow, station: Station, submit: Callable[..., Future[Any]], done: Callable[[], None]
    ) -> None:
        self._station, self._submit, self._done = station, submit, done
        self._vault: dict[str, str] = {}  # the key of a try whose answer was lost is used again
        self.page = FirstRunScreen()
        self.page.set_passphrase(station.slots.machine_secret is None)
        self.page.enrol_wanted.connect(self._enrol)
        window.set_desk(self.page)
        window.show_desk()
        self.page.address.setFocus()

    def _enrol(self, form: FirstRunForm) -> None:
        run(self.page, self._submit, lambda: self._work(form), lambda _x: self._done(), self._failed, action="enrol")

    def _work(self, form: FirstRunForm) -> None:
        client = client_for(form.address, self._station.clock.now_utc, lambda: time.monotonic_ns() // 1_000_000)
        try:
            enrol_station(self._station, client, form.code, [FirstOfficer(form.officer, _ROLES, form.pin)], self._vault)
        finally:
            client.close()

    def _failed(self, error: DeskError) -> None:
        message = errors.message_of(error)
        self.page.set_error(message.text, message.code)
