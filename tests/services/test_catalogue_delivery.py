"""A new catalogue at a desk: signed, newer, whole, or nothing changes; old dossiers keep their rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.authoring.publish import publish, seed_of
from desk_app.domain.condition import DataProblem
from desk_app.domain.errors import Refused
from desk_app.domain.overlay import origin_of
from desk_app.services import catalogue_delivery, intake, paper_data
from desk_app.services.catalogue_delivery import ActivateParcel
from desk_app.services.desk import Desk
from sync.protocol.facts import UnitProfiled
from sync.protocol.parcel import ParcelError, open_parcel, seal_parcel
from sync.protocol.sign import public_key
from tests.domain.shipped import ROOT
from tests.services.counter import CARDS, Counter, open_counter

OFFICE, PROVINCE, STRANGER = b"o" * 32, b"p" * 32, b"s" * 32
SHIPPED = (ROOT / "catalogue.json").read_bytes()


def edition(serial: int, **changed: Any) -> bytes:
    """The shipped catalogue as another edition."""
    whole = json.loads(SHIPPED)
    whole["defaults"]["catalogue_serial"] = serial
    whole["version"] = f"2027.{serial}"
    copy = next(p for p in whole["procedures"] if p["id"] == "chung_thuc.ban_sao")
    copy["variants"][-1] |= changed
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def province(serial: int, **changed: Any) -> bytes:
    layer = {
        "format": "mot-cua-overlay/1", "layer": "province", "over": ["national"], "version": f"MH-{serial}",
        "serial": serial, "tariff_basis": "Nghị quyết 9/2026 (mẫu)",
        "tariffs": {"fee.ho_tich.xac_nhan_hon_nhan": 17_000},
        "places": [{"unit": "99012", "agencies": [{"agency": "toa_an", "address": "Số 99 đường Mới"}]}],
    }  # fmt: skip
    return json.dumps(layer | changed, ensure_ascii=False).encode()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as found:
        found.do(_trust, {"national": public_key(OFFICE), "province": public_key(PROVINCE)})
        yield found


def _trust(desk: Desk, keys: dict[str, str]) -> None:
    profile = json.loads((ROOT.parent / "units" / "hoa-mau.json").read_text(encoding="utf-8"))
    with desk.store.write("trust", "setup") as tx:
        tx.use_line(desk.line_kind)
        tx.append(UnitProfiled({**profile, "catalogue_keys": keys}))


def again(counter: Counter) -> Desk:
    """The desk after signing in again."""
    found = counter.desk.store.call(
        lambda: catalogue_delivery.in_force(counter.desk, SHIPPED, counter.station.catalogue)
    )
    return replace(counter.desk, catalogue=found.catalogue, layers=found.layers)


def activate(counter: Counter, raw: bytes) -> None:
    counter.do(catalogue_delivery.activate, ActivateParcel(counter.desk.ids.uuid7(), raw))


def refused(counter: Counter, raw: bytes) -> str:
    before = again(counter).catalogue.version
    with pytest.raises(Refused) as why:
        activate(counter, raw)
    assert again(counter).catalogue.version == before, "the catalogue in use stays"
    return why.value.code


def test_a_signed_newer_catalogue_is_put_into_use_with_its_differences_named(counter: Counter) -> None:
    raw = publish("national", edition(2, result="Bản sao điện tử", documents=[]), OFFICE)
    waiting = counter.do(catalogue_delivery.inspect, raw)
    (change,) = waiting.changes
    assert change.procedure == "chung_thuc.ban_sao" and any("Bỏ giấy tờ" in line for line in change.what)
    assert again(counter).catalogue.version != "2027.2", "looking changes nothing"
    activate(counter, raw)
    assert again(counter).catalogue.version == "2027.2"


def test_only_the_office_that_is_trusted_for_the_layer_may_sign(counter: Counter) -> None:
    assert refused(counter, publish("national", edition(2), STRANGER)) == "DM-15"
    assert refused(counter, publish("national", edition(2), PROVINCE)) == "DM-15"
    assert refused(counter, b"") == "DM-15"
    assert refused(counter, b"x" * 21_000_000) == "DM-15"


def test_versions_only_rise(counter: Counter) -> None:
    assert refused(counter, publish("national", edition(1), OFFICE)) == "DM-16"
    activate(counter, publish("national", edition(5), OFFICE))
    assert refused(counter, publish("national", edition(5), OFFICE)) == "DM-16"
    assert refused(counter, publish("national", edition(3), OFFICE)) == "DM-16"


def test_one_damaged_procedure_keeps_the_whole_catalogue_out(counter: Counter) -> None:
    bad = edition(
        2, fees=[{"id": "x", "kind": "phi", "name": "x", "unit": "x", "calc": {"type": "fixed", "amount": -1}}]
    )
    assert refused(counter, seal_parcel(OFFICE, "national", "", 2, "2027.2", bad)) == "DM-01"
    assert refused(counter, seal_parcel(OFFICE, "national", "", 9, "2027.2", edition(2))) == "DM-01"
    assert refused(counter, seal_parcel(OFFICE, "national", "99999", 2, "2027.2", edition(2))) == "DM-17"


def test_the_same_command_is_once_and_needs_a_head(counter: Counter) -> None:
    command = ActivateParcel(counter.desk.ids.uuid7(), publish("national", edition(2), OFFICE))
    assert counter.do(catalogue_delivery.activate, command) == counter.do(catalogue_delivery.activate, command)
    clerk = replace(counter.desk.officer, roles=frozenset(r for r in counter.desk.officer.roles if r.value != "head"))
    desk = counter.desk.signed_in(clerk)
    with pytest.raises(Refused):
        desk.store.call(
            lambda: catalogue_delivery.activate(desk, ActivateParcel("other", publish("national", edition(3), OFFICE)))
        )


def test_an_old_dossier_is_read_by_the_rules_of_its_day(counter: Counter) -> None:
    form = counter.looked_at(counter.form("chung_thuc.chu_ky", card=CARDS[1]))
    done = counter.do(intake.accept, intake.AcceptDossier(form.id, form))
    whole = json.loads(edition(2))
    signature = next(p for p in whole["procedures"] if p["id"] == "chung_thuc.chu_ky")
    signature["variants"][-1]["documents"] = []
    activate(counter, publish("national", json.dumps(whole).encode(), OFFICE))
    desk = again(counter)
    assert not desk.procedure("chung_thuc.chu_ky").variants[-1].documents

    def read(version: str) -> int:
        with desk.store.read() as tx:
            variant = desk.procedure("chung_thuc.chu_ky").variant_on(counter.clock.local.date())
            assert variant is not None
            return len(paper_data.in_force(desk, tx, "chung_thuc.chu_ky", variant.id, version)[1].documents)

    assert desk.store.call(lambda: read(counter.desk.catalogue.version)) > 0
    assert desk.store.call(lambda: read("2027.2")) == 0
    assert done.code


def test_the_province_lays_its_fees_over_and_the_origin_is_known(counter: Counter) -> None:
    activate(counter, publish("province", province(1), PROVINCE))
    desk = again(counter)

    def profile() -> Any:
        with desk.store.read() as tx:
            return desk.profile(tx)

    found = desk.store.call(profile)
    assert found.tariffs["fee.ho_tich.xac_nhan_hon_nhan"] == 17_000 and found.tariffs["fee.dat_dai.gcn"] == 50_000
    assert origin_of(found, desk.layers, "fee.ho_tich.xac_nhan_hon_nhan") == "bản của tỉnh, MH-1"
    assert origin_of(found, desk.layers, "fee.dat_dai.gcn") == ""
    seen = desk.store.call(
        lambda: catalogue_delivery.inspect(
            desk, publish("province", province(2, tariffs={"fee.dat_dai.gcn": 1}), PROVINCE)
        )
    )
    assert seen.tariffs == (("fee.dat_dai.gcn", 50_000, 1),)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"over": ["commune"]}, "vòng lại nhau"), ({"over": ["province"]}, "vòng lại nhau"),
        ({"tariffs": {"x": -1}}, "số âm"), ({"tariffs": {"x": 1.5}}, "số nguyên"), ({"phone": "1"}, "phone"),
        ({"format": "x"}, "không phải bản phủ"), ({"layer": "commune"}, "không phải bản phủ"),
    ],
)  # fmt: skip
def test_a_layer_that_says_what_is_not_its_own_is_refused(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(DataProblem, match=named):
        publish("province", province(1, **changed), PROVINCE)


RAW = publish("province", province(1), PROVINCE)


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_changed_byte_goes_unnoticed(place: int, by: int) -> None:
    changed = bytearray(RAW)
    changed[place] = (changed[place] + by) % 256
    with pytest.raises(ParcelError):
        open_parcel(bytes(changed), {"province": public_key(PROVINCE)})


def test_the_seed_is_made_once(tmp_path: Path) -> None:
    assert seed_of(tmp_path / "seed") == seed_of(tmp_path / "seed") and len(seed_of(tmp_path / "seed")) == 32
