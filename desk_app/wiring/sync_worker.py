"""The worker that sends to the centre in the background, and what the chip of the network says about it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

from PySide6.QtCore import QObject, Signal

from desk_app.services.desk import Desk
from desk_app.ui.shell import NetworkView
from desk_app.wiring.parcel_store import StoreParcels
from desk_app.wiring.station import Station
from desk_app.wiring.sync_log import SyncLog
from desk_app.wiring.sync_steps import steps
from desk_app.wiring.sync_store import StoreOutbox, StoreVault, SyncClock
from sync.desk.client import CentreClient
from sync.desk.keys import SeedSigner
from sync.desk.runner import Runner, SyncStatus

APP: Final = "mot-cua-desk/26.1.0"


class SyncWorker(QObject):
    """One per program, whoever is signed in; ``changed(SyncStatus)`` and ``catalogue_arrived`` reach the window's thread."""

    changed = Signal(object)
    catalogue_arrived = Signal()

    def __init__(self, station: Station, logs: Path) -> None:
        super().__init__()
        self._station, self._logs = station, logs
        self.runner: Runner | None = None
        self._stop_log: Callable[[], None] = lambda: None
        self._lock = Lock()
        self._ended = False

    def start(self, desk: Desk) -> None:
        """Begin to send; the training folder sends nothing, and a second log-in finds the worker at work.

        Opens the file of the log: not for the thread of the window.
        """
        with self._lock:
            if self.runner is None and not desk.training and not self._ended:
                self.runner = self._begin(desk)

    def _begin(self, desk: Desk) -> Runner:
        clock = SyncClock(desk.clock.now_utc, lambda: time.monotonic_ns() // 1_000_000)
        signer = SeedSigner(StoreVault(desk.store))
        log = SyncLog(self._logs, desk.clock.now_utc)
        self._stop_log = log.close
        runner = Runner(
            StoreOutbox(desk.store, desk.ids),
            signer,
            clock,
            log,
            lambda who: CentreClient(who.centre_url, clock, app=APP),
            self.changed.emit,
            app=APP,
            steps=steps(
                desk.store,
                desk.ids,
                signer,
                clock,
                log,
                parcels=StoreParcels(lambda: self._station.desk or desk),
                on_parcel=self.catalogue_arrived.emit,
            ),
        )
        self._station.wake_sync = runner.wake
        runner.start()
        return runner

    def wake(self) -> None:
        """Try now."""
        if self.runner is not None:
            self.runner.wake()

    def status(self) -> SyncStatus:
        """How it stands."""
        if self.runner is not None:
            return self.runner.status
        return SyncStatus("idle", self._station.clock.now_utc())

    def network(self, waiting: int) -> NetworkView:
        """The chip, with ``waiting`` records not yet sent."""
        if self._station.training:
            return NetworkView(online=False, said="Tập huấn · không gửi đi")
        return NetworkView(online=self.status().state in ("ok", "sending"), waiting=waiting)

    def stop(self) -> None:
        """End the worker and its log."""
        with self._lock:
            self._ended = True
        if self.runner is not None:
            self.runner.stop()
        self._stop_log()
