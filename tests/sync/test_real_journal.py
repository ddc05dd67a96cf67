"""The desk's own encrypted journal against the real centre: enrolment, sending, and the same hashes on both sides."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desk_app.domain.session import Role
from desk_app.wiring.enrolment import FirstOfficer, client_for, enrol_station
from desk_app.wiring.station import Station
from desk_app.wiring.sync_store import StoreOutbox, StoreVault, SyncClock
from sync.desk.keys import SeedSigner
from sync.desk.runner import Runner
from sync.protocol.facts import IncidentRaised, PaperPrinted
from tests.sync.desk import LogLines
from tests.sync.proxy import Fault, Proxy
from tests.sync.server import CentreProcess

PASSPHRASE = "mot hai ba bon nam"


class RealDesk:
    """A station on its own folder, and the runner as the window wires it."""

    def __init__(self, folder: Path, url: str, code: str, vault: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.station = Station(folder / "desk", training=False, witness_folder=folder / "witness")
        clock = self.station.clock
        self.clock = SyncClock(clock.now_utc, lambda: time.monotonic_ns() // 1_000_000)
        client = client_for(url, self.clock.utc, self.clock.ticks_ms)
        officer = FirstOfficer("Nguyễn Thị Hạnh", (Role.RECEPTION, Role.HEAD), PASSPHRASE)
        self.enrolment = enrol_station(self.station, client, code, [officer], {} if vault is None else vault)
        client.close()
        self._use_store()

    def open(self) -> None:
        """Start again on the folder as it is now."""
        self.station = Station(self.folder / "desk", training=False, witness_folder=self.folder / "witness")
        self.station.sign_in(self.station.logins()[0].id, PASSPHRASE)
        self._use_store()

    def _use_store(self) -> None:
        assert self.station.store is not None
        self.store = self.station.store
        self.outbox = StoreOutbox(self.store, self.station.ids)
        self.signer = SeedSigner(StoreVault(self.store))

    def work(self, times: int) -> None:
        def job() -> None:
            for _ in range(times):
                with self.store.write(self.station.ids.uuid7(), "cb-hanh") as tx:
                    tx.append(PaperPrinted(self.station.ids.uuid7(), 0))
                    tx.append(IncidentRaised(self.station.ids.uuid7(), "DB-08", {"n": 1}))

        self.store.call(job)

    def run(self, url: str = "") -> str:
        def client(_who: object) -> object:
            return client_for(url or self.enrolment.centre_url, self.clock.utc, self.clock.ticks_ms)

        return Runner(self.outbox, self.signer, self.clock, LogLines(), client, lambda _s: None).run_once().state  # type: ignore[arg-type]

    def hashes(self) -> list[str]:
        def job() -> list[str]:
            with self.store.read() as tx:
                lines = sorted(line.line for line in tx.lines())  # the main line and that of the surveys
                return [r.h for line in lines for r in tx.records(line)]

        return self.store.call(job)

    @property
    def acked(self) -> int:
        return sum(line.acked_seq for line in self.outbox.lines())


@pytest.fixture
def real(centre: CentreProcess, tmp_path: Path) -> RealDesk:
    desk = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    yield desk  # type: ignore[misc]
    desk.station.close()


def test_what_the_journal_holds_the_centre_holds_with_the_same_hashes(centre: CentreProcess, real: RealDesk) -> None:
    real.work(30)
    assert real.run() == "ok"
    real.work(5)
    assert real.run() == "ok"
    assert centre.hashes(real.enrolment.unit) == real.hashes()
    assert real.acked == len(real.hashes()) > 70
    assert centre.rows("SELECT 1 FROM quarantine WHERE unit = %s", real.enrolment.unit) == []


def test_a_journal_whose_answers_get_lost_is_received_once(centre: CentreProcess, real: RealDesk) -> None:
    real.work(40)
    with Proxy(centre.port, Fault(answer_bytes=0), Fault(answer_bytes=100), Fault(request_bytes=900)) as proxy:
        for _ in range(3):
            assert real.run(proxy.url) == "offline"
        assert real.run(proxy.url) == "ok"
    assert centre.hashes(real.enrolment.unit) == real.hashes()


def test_a_centre_that_lost_its_last_records_gets_them_again(centre: CentreProcess, real: RealDesk) -> None:
    real.work(20)
    real.run()
    unit, tenth = real.enrolment.unit, real.hashes()[9]
    centre.rows("DELETE FROM record WHERE unit = %s AND seq > 10 RETURNING seq", unit)
    centre.rows("UPDATE line SET mark = 10, head = %s WHERE unit = %s AND mark > 0 RETURNING 1", tenth, unit)
    assert real.run() == "ok"
    assert centre.hashes(unit) == real.hashes()


def test_a_centre_of_a_new_life_is_offered_everything(centre: CentreProcess, real: RealDesk) -> None:
    real.work(10)
    real.run()
    who = real.outbox.identity()
    assert who is not None
    real.outbox.reset_marks(who.gen + 1)  # a life the centre does not have: it says which one it has
    assert real.acked == 0
    assert real.run() == "ok"
    assert real.acked == len(real.hashes())
    assert real.outbox.identity() == who


def test_the_survey_line_is_taken_like_any_other(centre: CentreProcess, real: RealDesk) -> None:
    assert real.run() == "ok"
    unit = real.enrolment.unit
    kinds = centre.rows("SELECT DISTINCT line FROM record WHERE unit = %s", unit)
    assert len(kinds) == len([line for line in real.outbox.lines() if line.seq])
    assert centre.rows("SELECT 1 FROM quarantine WHERE unit = %s", unit) == []
