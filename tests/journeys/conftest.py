"""A real centre, a real print server, and desks enrolled at that centre."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from PySide6.QtWidgets import QApplication

from desk_app.domain.session import Role
from desk_app.system import resources
from desk_app.system.keystore import FileSecrets
from desk_app.system.settings import Printers, Settings, save
from desk_app.wiring.enrolment import FirstOfficer, client_for, enrol_station
from desk_app.wiring.station import Station
from sync.centre.clock import system_clock
from sync.centre.enrol import add_unit
from tests.journeys.clock import DeskClock
from tests.printserver import PrintServer
from tests.sync.server import CentreProcess

PIN = "2580"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["desk-tests"]


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """The one application of the process; closing a window does not end it."""
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentreProcess]:
    process = CentreProcess(tmp_path_factory.mktemp("centre"))
    process.start()
    yield process
    process.stop()
    process.postgresql.stop()


@dataclass(frozen=True)
class Enrolled:
    """A data folder whose line a centre has opened."""

    folder: Path
    unit: str
    station: str
    secrets: FileSecrets


def enrol_folder(centre: CentreProcess, folder: Path, clock: DeskClock, *, through: str = "") -> Enrolled:
    """Enrol a new office's first counter; `through`: an address the desk shall use instead of the centre's own."""
    profile = json.loads(resources.path("units", "hoa-mau.json").read_text(encoding="utf-8"))
    code_of_unit = centre.new_unit()
    with psycopg.connect(centre.postgresql.url) as db:
        add_unit(
            db, {**profile, "code": code_of_unit, "sample": False, "receipt_symbol": "26TAA"}
        )  # as the story's clock
    secrets = FileSecrets(folder)
    station = Station(folder, training=False, clock=clock, secrets=secrets)
    try:
        client = client_for(through or centre.url, system_clock, lambda: int(system_clock().timestamp() * 1000))
        officers = (FirstOfficer("Lê Thị Hạnh", (Role.RECEPTION, Role.CASHIER, Role.HEAD), PIN),)
        answer = enrol_station(station, client, centre.code(code_of_unit), officers, {})
        client.close()
    finally:
        station.close()
    return Enrolled(folder, code_of_unit, answer.station, secrets)


def use_printer(folder: Path, server: PrintServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer chose this queue for slips and receipts."""
    monkeypatch.setenv("CUPS_SERVER", server.address)
    save(folder / "settings.toml", Settings(printers=Printers(slip_a4=server.queue, receipt_a5=server.queue)))
