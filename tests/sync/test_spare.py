"""The sealed spare line: money works again on a restored desk without a network, and the centre is told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.errors import DeskError
from desk_app.domain.session import Role
from desk_app.services.desk import Desk
from desk_app.wiring.enrolment import FirstOfficer, client_for, enrol_station
from desk_app.wiring.spare import has_spare, open_spare
from desk_app.wiring.station import Station
from sync.protocol.facts import PaperPrinted
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import PASSPHRASE, RealDesk


@pytest.fixture
def frozen(centre: CentreProcess, tmp_path: Path) -> RealDesk:
    """A desk whose data folder was put back to an older state while the witness saw more."""
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    real.work(3)
    real.station.close()
    shutil.copytree(tmp_path / "desk", tmp_path / "older")
    real.open()
    real.work(5)
    real.station.close()
    shutil.rmtree(tmp_path / "desk")
    shutil.copytree(tmp_path / "older", tmp_path / "desk")
    real.open()
    yield real  # type: ignore[misc]
    real.station.close()


def signed_in(real: RealDesk) -> Desk:
    return real.station.sign_in(real.station.logins()[0].id, PASSPHRASE)


def take_receipt_number(desk: Desk) -> int:
    def job() -> int:
        with desk.store.write(desk.ids.uuid7(), desk.officer.id) as tx:
            tx.use_line(desk.line_kind)
            number = tx.take_number("receipt", date(2026, 11, 25)).number
            tx.append(PaperPrinted(desk.ids.uuid7(), 0))
            return number

    return desk.store.call(job)


def test_a_frozen_desk_takes_money_again_with_numbers_of_its_own(centre: CentreProcess, frozen: RealDesk) -> None:
    desk = signed_in(frozen)
    with pytest.raises(DeskError, match="TP-09"):
        take_receipt_number(desk)
    open_spare(desk)
    first = frozen.enrolment.spare
    assert first is not None
    granted = next(g for g in first.grants if g.series_kind == "receipt")
    assert take_receipt_number(desk) == granted.first
    assert frozen.run() == "ok"
    unit = frozen.enrolment.unit
    assert centre.rows("SELECT count(*) FROM record WHERE unit = %s AND line = %s", unit, first.line)[0][0] > 10
    kinds = centre.rows("SELECT kind FROM record WHERE unit = %s AND line = %s", unit, first.line)
    assert ("incident.raised",) in kinds


def test_a_restored_desk_that_worked_on_past_its_witness_is_given_a_new_line_by_the_centre(
    centre: CentreProcess, frozen: RealDesk
) -> None:
    old = next(line.line for line in frozen.outbox.lines() if line.current)
    frozen.work(30)  # without a network: further than the witness outside had ever seen
    assert frozen.run() == "ok"
    assert next(line.line for line in frozen.outbox.lines() if line.current) > old
    assert take_receipt_number(signed_in(frozen)) > 0
    assert ("rolled-back",) in centre.rows("SELECT code FROM incident WHERE unit = %s", frozen.enrolment.unit)


def test_the_seal_is_broken_once_and_by_the_head_only(frozen: RealDesk) -> None:
    desk = signed_in(frozen)
    clerk = desk.signed_in(replace(desk.officer, roles=frozenset()))
    with pytest.raises(DeskError, match="DN-06"):
        open_spare(clerk)
    assert has_spare(desk.store)
    open_spare(desk)
    assert not has_spare(desk.store)
    with pytest.raises(DeskError, match="DB-23"):
        open_spare(desk)


def test_money_that_is_not_frozen_needs_no_spare_line(centre: CentreProcess, tmp_path: Path) -> None:
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    try:
        with pytest.raises(DeskError, match="DB-20"):
            open_spare(signed_in(real))
    finally:
        real.station.close()


def test_an_office_that_cannot_be_printed_keeps_its_code_and_leaves_no_file(
    centre: CentreProcess, tmp_path: Path
) -> None:
    unit = centre.new_unit()
    code = centre.code(unit)
    centre.rows("UPDATE unit SET profile = profile - 'name' WHERE unit = %s RETURNING 1", unit)
    station = Station(tmp_path / "desk", training=False)
    client = client_for(centre.url, station.clock.now_utc, lambda: 0)
    officer = FirstOfficer("Nguyễn Thị Hạnh", (Role.HEAD,), PASSPHRASE)
    vault: dict[str, str] = {}
    try:
        with pytest.raises(DeskError, match="DL-10"):
            enrol_station(station, client, code, [officer], vault)
        assert station.is_new
        good = centre.rows("SELECT profile FROM unit WHERE unit <> %s LIMIT 1", unit)[0][0] | {"code": unit}
        centre.rows("UPDATE unit SET profile = %s WHERE unit = %s", json.dumps(good), unit)
        assert enrol_station(station, client, code, [officer], vault).unit == unit
    finally:
        client.close()
        station.close()
