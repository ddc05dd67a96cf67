"""Who can open the file, and who can't: PIN with the machine's secret, the centre, the sheet in the safe."""

from __future__ import annotations

import json
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desk_app.domain.errors import Failed, Refused
from desk_app.storage.keys import KeySlots
from desk_app.storage.wrapping import Cost, calibrated, open_centre_box
from tests.storage.builders import FakeClock

CHEAP = Cost(64, 1, 1)
SECRET = b"machine secret of thirty-two byte"


def _slots(folder: Path, clock: FakeClock | None = None, secret: bytes | None = SECRET) -> tuple[KeySlots, bytes]:
    slots, dek = KeySlots.create(folder / "keys.json", clock=clock or FakeClock(), machine_secret=secret, cost=CHEAP)
    if secret is not None:
        slots.add_officer(dek, "o1", "Lê Thị Hạnh", "Tiếp nhận", "246813")
    return slots, dek


def _again(folder: Path, clock: FakeClock, secret: bytes | None = SECRET) -> KeySlots:
    return KeySlots.open(folder / "keys.json", clock=clock, machine_secret=secret, cost=CHEAP)


def test_right_pin_gives_the_key_and_the_file_holds_neither(tmp_path: Path) -> None:
    slots, dek = _slots(tmp_path)
    slots.add_officer(dek, "o2", "An", "Trưởng bộ phận", "999999")
    assert slots.unlock("o1", "246813") == slots.unlock("o2", "999999") == dek
    assert [o.name for o in slots.officers()] == ["An", "Lê Thị Hạnh"]
    text = (tmp_path / "keys.json").read_text("utf-8")
    assert "246813" not in text
    assert dek.hex() not in text
    assert "machine secret" not in text
    assert "246813" not in repr(slots)
    assert SECRET.decode() not in repr(slots)


def test_wrong_pins_tell_the_tries_left_then_lock_longer_and_longer_across_restarts(tmp_path: Path) -> None:
    clock = FakeClock()
    _slots(tmp_path, clock)
    left = []
    for _ in range(4):
        with pytest.raises(Refused, match="DN-01") as error:
            _again(tmp_path, clock).unlock("o1", "000000")
        left.append(error.value.values["n"])
    assert left == [4, 3, 2, 1]
    waits = []
    for _ in range(6):
        with pytest.raises(Refused, match="DN-02") as error:
            _again(tmp_path, clock).unlock("o1", "000000")
        waits.append(error.value.values["n"])
        with pytest.raises(Refused, match="DN-02"):
            _again(tmp_path, clock).unlock("o1", "246813")  # even the right one waits
        clock.now += timedelta(minutes=waits[-1])
    assert waits == [1, 2, 4, 8, 15, 15]
    _again(tmp_path, clock).unlock("o1", "246813")
    with pytest.raises(Refused, match="DN-01"):
        _again(tmp_path, clock).unlock("o1", "000000")


def test_a_clock_set_back_does_not_open_the_lock(tmp_path: Path) -> None:
    clock = FakeClock()
    slots, _ = _slots(tmp_path, clock)
    for _ in range(5):
        with pytest.raises(Refused):
            slots.unlock("o1", "000000")
    clock.now -= timedelta(days=400)
    with pytest.raises(Refused, match="DN-02"):
        slots.unlock("o1", "246813")


def test_another_machine_cannot_use_a_copied_file(tmp_path: Path) -> None:
    clock = FakeClock()
    _slots(tmp_path, clock)
    with pytest.raises(Refused, match="DN-01"):
        _again(tmp_path, clock, b"another machine").unlock("o1", "246813")
    with pytest.raises(Failed, match="DL-09"):
        _again(tmp_path, clock, None).unlock("o1", "246813")


def test_without_a_machine_secret_a_passphrase_is_asked(tmp_path: Path) -> None:
    slots, dek = _slots(tmp_path, secret=None)
    with pytest.raises(Refused, match="DN-08") as error:
        slots.add_officer(dek, "o1", "Hạnh", "", "246813")
    assert error.value.values["n"] == 12
    slots.add_officer(dek, "o1", "Hạnh", "", "con cò bay lả")
    assert slots.unlock("o1", "con cò bay lả") == dek


def test_centre_and_sheet_open_what_no_officer_can(tmp_path: Path) -> None:
    slots, dek = _slots(tmp_path)
    private = X25519PrivateKey.generate()
    assert slots.centre_box() is None
    slots.add_centre(dek, private.public_key().public_bytes_raw().hex())
    box = slots.centre_box()
    assert box is not None
    assert open_centre_box(box, private.private_bytes_raw().hex()) == dek
    with pytest.raises(InvalidTag):
        open_centre_box(box, X25519PrivateKey.generate().private_bytes_raw().hex())
    old = slots.add_sheet(dek)
    sheet = slots.add_sheet(dek)
    assert len(sheet.split()) == 20
    assert slots.unlock_with_sheet(sheet.replace(" ", "-")) == dek
    with pytest.raises(Refused, match="DN-10"):
        slots.unlock_with_sheet(old)
    groups = sheet.split()
    groups[6] = f"{(int(groups[6]) + 10) % 10000:04}"
    with pytest.raises(Refused, match="DN-09") as error:
        slots.unlock_with_sheet(" ".join(groups))
    assert error.value.values["n"] == 7
    with pytest.raises(Refused, match="DN-09"):
        slots.unlock_with_sheet(sheet[:-6])


def test_pin_changes_and_officers_go_but_never_the_last(tmp_path: Path) -> None:
    slots, dek = _slots(tmp_path)
    slots.change_pin("o1", "246813", "135790")
    assert slots.unlock("o1", "135790") == dek
    with pytest.raises(Refused, match="DN-01"):
        slots.unlock("o1", "246813")
    with pytest.raises(Refused, match="DN-13"):
        slots.remove("o1")
    slots.add_officer(dek, "o2", "An", "", "111222")
    slots.remove("o1")
    with pytest.raises(Refused, match="DN-04"):
        slots.unlock("o1", "135790")


def test_cost_rises_at_the_next_log_in(tmp_path: Path) -> None:
    clock = FakeClock()
    _, dek = _slots(tmp_path, clock)
    dearer = KeySlots.open(tmp_path / "keys.json", clock=clock, machine_secret=SECRET, cost=Cost(128, 2, 1))
    assert dearer.unlock("o1", "246813") == dek
    assert json.loads((tmp_path / "keys.json").read_text("utf-8"))["slots"][0]["m"] == 128
    assert _again(tmp_path, clock).unlock("o1", "246813") == dek


def test_calibration_only_makes_it_dearer() -> None:
    assert calibrated(1) == Cost()


def test_a_damaged_file_of_slots_is_told(tmp_path: Path) -> None:
    _slots(tmp_path)
    (tmp_path / "keys.json").write_text("{")
    with pytest.raises(Failed, match="DL-08"):
        _again(tmp_path, FakeClock())
    with pytest.raises(FileExistsError):
        KeySlots.create(tmp_path / "keys.json", clock=FakeClock())


def test_a_passphrase_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    slots, dek = _slots(tmp_path, secret=None)
    slots.add_officer(dek, "o1", "Hạnh", "", unicodedata.normalize("NFD", "con cò bay lả"))
    assert slots.unlock("o1", "con cò bay lả") == dek
    assert slots.passphrases() == {"o1"}


def test_a_passphrase_stays_one_when_the_machine_gets_a_key_store_later(tmp_path: Path) -> None:
    slots, dek = _slots(tmp_path, secret=None)
    slots.add_officer(dek, "o1", "Hạnh", "", "con cò bay lả")
    later = KeySlots.open(tmp_path / "keys.json", clock=FakeClock(), machine_secret=SECRET, cost=Cost(128, 1, 1))
    assert later.unlock("o1", "con cò bay lả") == dek  # raises the cost on its way
    assert later.passphrases() == {"o1"}
    assert later.unlock("o1", "con cò bay lả") == dek
