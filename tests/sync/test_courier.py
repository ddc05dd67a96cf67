"""By stick: out, to the centre, back; in any order with the net, and nothing a broken stick can do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from desk_app.authoring.publish import publish as sign_catalogue
from desk_app.domain.errors import DeskError
from desk_app.services import catalogue_arrival, daymatch
from desk_app.services.desk import Desk as OpenDesk
from desk_app.wiring import usb
from sync.centre.catalogue import publish
from sync.centre.centre import Centre
from sync.centre.clock import system_clock
from sync.centre.courier import NotABundle, import_bundle
from sync.centre.identity import CentreKey
from sync.protocol.bundle import check_digits, is_ours
from sync.protocol.lockbox import LockboxError, lock, unlock
from sync.protocol.sign import public_key
from tests.services.test_catalogue_delivery import OFFICE, edition
from tests.sync.desk import enrol_desk
from tests.sync.inside import inside
from tests.sync.server import CentreProcess
from tests.sync.test_day_match import newest
from tests.sync.test_real_journal import PASSPHRASE, RealDesk

DAY = "2026-11-25"


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one


class Counter:
    """A real desk without a network, and a stick."""

    def __init__(self, centre: CentreProcess, folder: Path) -> None:
        self.real = RealDesk(folder, centre.url, centre.code(centre.new_unit()))
        self.desk: OpenDesk = self.real.station.sign_in(self.real.station.logins()[0].id, PASSPHRASE)
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.unit = self.real.enrolment.unit

    def file(self) -> Path:
        return next(self.stick.glob("QUAY-*.age"))


@pytest.fixture
def counter(centre: CentreProcess, tmp_path: Path) -> Iterator[Counter]:
    one = Counter(centre, tmp_path)
    yield one
    one.real.station.close()


def carry(centre: Centre, counter: Counter) -> None:
    """The messenger at the centre."""
    for file in list(counter.stick.glob("QUAY-*.age")):
        name, data, _manifest = import_bundle(centre, file.read_bytes())
        (counter.stick / name).write_bytes(data)


def test_a_day_by_stick_and_back_leaves_nothing_waiting(
    centre: CentreProcess, centre_inside: Centre, counter: Counter
) -> None:
    counter.real.work(40)
    counter.desk.store.call(lambda: daymatch.ask(counter.desk, DAY))
    copied = usb.copy_out(counter.desk, counter.stick)
    assert copied.records == len(counter.real.hashes()) and is_ours(copied.name)
    assert usb.slip(counter.desk, copied).startswith(b"%PDF")
    held = counter.real.hashes()
    assert counter.real.acked == 0  # a copy is not an acknowledgement
    assert "Chờ phản hồi" in usb.lines(counter.desk.store.call(lambda: usb.state(counter.desk)))[1].title
    carry(centre_inside, counter)
    back = usb.read_back(counter.desk, counter.stick)
    assert (back.records, back.refused, back.days) == (copied.records, 0, 1)
    assert counter.real.acked == copied.records
    assert set(held) <= set(centre.hashes(counter.unit))
    row = counter.desk.store.call(lambda: newest(counter.desk))
    assert row is not None and row.equal and row.day == DAY
    assert "Đã đọc phản hồi" in usb.lines(counter.desk.store.call(lambda: usb.state(counter.desk)))[1].title


def test_stick_and_net_in_any_order_count_once(centre: CentreProcess, centre_inside: Centre, counter: Counter) -> None:
    counter.real.work(10)
    usb.copy_out(counter.desk, counter.stick)
    counter.real.work(10)
    usb.copy_out(counter.desk, counter.stick)  # a second stick before the first came back
    assert counter.real.run() == "ok"  # and the net is back, too
    carry(centre_inside, counter)
    carry(centre_inside, counter)
    for _ in range(2):
        assert usb.read_back(counter.desk, counter.stick).records == 0
    sent = centre.hashes(counter.unit)
    assert set(counter.real.hashes()) <= set(sent) and len(sent) == len(set(sent))
    assert centre.rows("SELECT 1 FROM quarantine WHERE unit = %s", counter.unit) == []


def test_a_second_bundle_before_the_first_is_told_as_a_gap_and_repaired(
    centre: CentreProcess, centre_inside: Centre, counter: Counter
) -> None:
    counter.real.work(10)
    usb.copy_out(counter.desk, counter.stick)
    first = counter.file()
    held = first.read_bytes()
    first.unlink()
    counter.real.work(10)
    usb.copy_out(counter.desk, counter.stick)  # holds everything again: the first one is not missed
    carry(centre_inside, counter)
    assert usb.read_back(counter.desk, counter.stick).records == len(counter.real.hashes())
    assert import_bundle(centre_inside, held)[2].replies[0].status == 200


def test_every_place_of_damage_is_seen_by_both_sides(centre_inside: Centre, counter: Counter) -> None:
    counter.real.work(3)
    usb.copy_out(counter.desk, counter.stick)
    whole = counter.file().read_bytes()
    name, back, _ = import_bundle(centre_inside, whole)
    for data, take in ((whole, lambda d: import_bundle(centre_inside, d)), (back, usb.courier(counter.desk).read)):
        for at in range(0, len(data), max(1, len(data) // 9)):
            with pytest.raises(ValueError):
                take(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            with pytest.raises(ValueError):
                take(data[:at])
    assert name.startswith("TRALOI-") and counter.real.acked == 0


def test_a_bundle_is_for_one_centre_and_from_a_known_desk(centre_inside: Centre, counter: Counter) -> None:
    counter.real.work(3)
    usb.copy_out(counter.desk, counter.stick)
    whole = counter.file().read_bytes()
    other = CentreKey(b"q" * 32, public_key(b"q" * 32))
    stranger = Centre(centre_inside.pool, other, 1, centre_inside.log)
    with pytest.raises(NotABundle):
        import_bundle(stranger, whole)
    plain = unlock(whole, centre_inside.key.seed)
    forged = lock(plain.replace(b'"no":1', b'"no":9', 1), centre_inside.key.public)
    with pytest.raises(NotABundle):
        import_bundle(centre_inside, forged)
    assert b"Nguy" not in whole and b"incident.raised" not in whole  # a lost stick reveals nothing
    with pytest.raises(LockboxError):
        lock(b"x")


def test_a_return_of_another_desk_is_left_alone(centre: CentreProcess, centre_inside: Centre, counter: Counter) -> None:
    with pytest.raises(DeskError, match="DB-29"):
        usb.read_back(counter.desk, counter.stick)
    stranger = enrol_desk(centre.url, centre.code(centre.new_unit()))
    (counter.stick / "TRALOI-99012-Q2-000001.age").write_bytes(lock(b"x", stranger.enrolment.public_key))
    with pytest.raises(DeskError, match="DB-28"):
        usb.read_back(counter.desk, counter.stick)


def test_nothing_is_done_before_it_was_read_again(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    counter.real.work(2)

    def pulled_out(_fd: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", pulled_out)
    with pytest.raises(DeskError, match="DB-27"):
        usb.copy_out(counter.desk, counter.stick)
    monkeypatch.undo()
    assert list(counter.stick.iterdir()) == []
    (counter.stick / "gone").mkdir()
    with pytest.raises(DeskError, match="DB-27"):
        usb.copy_out(counter.desk, counter.stick / "nowhere")


def test_odd_files_on_a_stick_are_not_even_opened(counter: Counter) -> None:
    for name in ("autorun.inf", "TRALOI-..-Q1-000001.age.exe", "TRALOI-99012-Q1-1.age", "traloi-99012-Q1-000001.age"):
        (counter.stick / name).write_bytes(b"x")
    (counter.stick / "TRALOI-99012-Q1-000002.age").symlink_to("/etc/passwd")
    with pytest.raises(DeskError, match="DB-29"):
        usb.read_back(counter.desk, counter.stick)


def test_with_nothing_to_send_no_stick_is_written(centre: CentreProcess, counter: Counter) -> None:
    assert counter.real.run() == "ok"
    with pytest.raises(DeskError, match="DB-32"):
        usb.copy_out(counter.desk, counter.stick)


def test_the_command_of_the_centre_writes_the_return_beside_the_bundle(centre: CentreProcess, counter: Counter) -> None:
    counter.real.work(5)
    copied = usb.copy_out(counter.desk, counter.stick)
    done = subprocess.run(
        [sys.executable, "-m", "sync.centre.main", "import", str(counter.file()), "--data", str(centre.data)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["digits"] == copied.digits == check_digits(copied.data) and said["refused"] == 0
    assert usb.read_back(counter.desk, counter.stick).records == copied.records


def test_a_catalogue_comes_with_the_return_file_and_waits(
    centre: CentreProcess, centre_inside: Centre, counter: Counter
) -> None:
    with psycopg.connect(centre.postgresql.url) as db:
        publish(db, sign_catalogue("national", edition(2, result="Bản sao điện tử"), OFFICE), system_clock())
    try:
        counter.real.work(5)
        usb.copy_out(counter.desk, counter.stick)
        carry(centre_inside, counter)
        usb.read_back(counter.desk, counter.stick)
        found = counter.desk.store.call(lambda: catalogue_arrival.arrived(counter.desk))
        assert found is not None and found.waiting.parcel.version == "2027.2"
        assert [change.procedure for change in found.waiting.changes] == ["chung_thuc.ban_sao"]
    finally:
        with psycopg.connect(centre.postgresql.url) as db:
            db.execute("DELETE FROM parcel")
