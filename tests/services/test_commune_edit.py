"""The commune's hours, addresses and noted fees by form: used at once, whole or not at all, under the province's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk_app.authoring.publish import publish
from desk_app.domain.errors import Refused
from desk_app.domain.overlay import directory_over, origin_of
from desk_app.services import catalogue_edit, commune_edit
from desk_app.services.catalogue_delivery import ActivateParcel, activate
from desk_app.services.commune_edit import CommuneForm, SaveCommune
from sync.protocol.sign import public_key
from tests.services.counter import Counter, open_counter
from tests.services.test_catalogue_delivery import PROVINCE, _trust, again, province
from tests.services.test_catalogue_edit import accept_all, dearer, save

MARRIAGE = "fee.ho_tich.xac_nhan_hon_nhan"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as found:
        yield found


def form_of(counter: Counter) -> CommuneForm:
    return counter.do(commune_edit.open_commune)


def put(counter: Counter, form: CommuneForm) -> None:
    counter.do(commune_edit.save_commune, SaveCommune(counter.desk.ids.uuid7(), form))
    counter.desk = again(counter)


def office(form: CommuneForm, **texts: str) -> CommuneForm:
    return replace(form, office={**form.office, **texts})


def profile_of(counter: Counter) -> Any:
    def read(desk: Any) -> Any:
        with desk.store.read() as tx:
            return desk.profile(tx)

    return counter.do(read)


def test_what_holds_now_is_without_problems_and_saving_it_is_no_change(counter: Counter) -> None:
    form = form_of(counter)
    assert commune_edit.commune_problems(form) == () and counter.do(commune_edit.commune_changes, form) == ()
    with pytest.raises(Refused) as why:
        put(counter, form)
    assert why.value.code == "DM-45"


def test_new_hours_are_printed_from_now_on_and_nothing_else_is_said(counter: Counter) -> None:
    form = office(form_of(counter), hours_text="07 giờ 00 đến 11 giờ 00")
    (line,) = counter.do(commune_edit.commune_changes, form)
    assert line.startswith("Giờ tiếp nhận: 07 giờ 30")
    put(counter, form)
    assert profile_of(counter).hours_text == "07 giờ 00 đến 11 giờ 00"
    (layer,) = counter.desk.layers
    assert dict(layer.texts) == {"hours_text": "07 giờ 00 đến 11 giờ 00"} and not layer.places and not layer.tariffs
    assert origin_of(profile_of(counter), counter.desk.layers, "hours_text") == "bản của xã, xa-20261125.1"


def test_going_back_to_what_the_enrolment_says_takes_the_word_out_of_the_layer(counter: Counter) -> None:
    before = form_of(counter)
    put(counter, office(before, phone="0900 111 222"))
    put(counter, office(form_of(counter), phone=before.office["phone"]))
    assert profile_of(counter).phone == before.office["phone"] and not counter.desk.layers[0].texts


def test_an_address_of_another_agency_is_where_people_are_sent(counter: Counter) -> None:
    form = form_of(counter)
    court = {"name": "", "address": "Số 5 đường Mới, phường Mẫu", "phone": "0900 333 444", "hours": "08 giờ đến 16 giờ"}
    put(counter, replace(form, places={**form.places, "toa_an": court}))
    found = directory_over(counter.desk.catalogue.agencies, counter.desk.layers).find("Tòa án nhân dân", "99012")
    assert (found.address, found.sample) == (court["address"], False)
    other = directory_over(counter.desk.catalogue.agencies, counter.desk.layers).find("Công an cấp xã", "99012")
    assert other.sample == bool(other.address), "an invented address stays marked as one"


def test_a_fee_of_the_council_needs_its_resolution_and_the_province_speaks_first(counter: Counter) -> None:
    form = form_of(counter)
    typed = replace(form, tariffs={**form.tariffs, MARRIAGE: 20_000}, tariff_basis="")
    (problem,) = commune_edit.commune_problems(typed)
    assert (problem.section, problem.key) == ("tariffs", "tariff_basis")
    put(counter, replace(typed, tariff_basis="Nghị quyết 7/2026/NQ-HĐND"))
    assert profile_of(counter).tariffs[MARRIAGE] == 20_000
    assert profile_of(counter).tariff_basis == "Nghị quyết 7/2026/NQ-HĐND"
    counter.do(_trust, {"province": public_key(PROVINCE)})
    counter.do(activate, ActivateParcel("p", publish("province", province(1), PROVINCE)))
    counter.desk = again(counter)
    assert profile_of(counter).tariffs[MARRIAGE] == 17_000, "what the province's own layer says is not noted over"
    assert origin_of(profile_of(counter), counter.desk.layers, MARRIAGE) == "bản của tỉnh, MH-1"
    assert MARRIAGE in form_of(counter).fixed
    assert MARRIAGE not in [f.key for f in commune_edit.tariff_section(form_of(counter)).fields]


@pytest.mark.parametrize(
    ("key", "value"),
    [("phone", "xin hỏi"), ("hours_text", " "), ("email", "a@b"), ("site", "x" * 201), ("catalogue_url", "hoamau")],
)
def test_what_cannot_be_printed_is_named_and_nothing_changes(counter: Counter, key: str, value: str) -> None:
    form = office(form_of(counter), **{key: value})
    (problem,) = commune_edit.commune_problems(form)
    assert (problem.section, problem.key) == ("office", key)
    with pytest.raises(Refused) as why:
        put(counter, form)
    assert why.value.code == "DM-43" and not again(counter).layers


def test_hours_and_edited_procedures_live_in_one_layer_and_keep_each_other(counter: Counter) -> None:
    draft = dearer(counter)
    save(counter, draft, *accept_all(counter, draft))
    put(counter, office(form_of(counter), hours_text="Buổi sáng"))
    (layer,) = counter.desk.layers
    assert layer.version == "xa-20261125.2" and list(layer.editions) == ["chung_thuc.giao_dich"]
    again_dearer = dearer(counter, 65_000)
    save(counter, again_dearer, *accept_all(counter, again_dearer))
    assert profile_of(counter).hours_text == "Buổi sáng"


def test_an_edit_over_a_layer_that_moved_on_is_refused(counter: Counter) -> None:
    stale = counter.desk
    form = form_of(counter)
    put(counter, office(form, hours_text="Buổi sáng"))
    with pytest.raises(Refused) as why:
        stale.store.call(
            lambda: commune_edit.save_commune(stale, SaveCommune("late", office(form, hours_text="Chiều")))
        )
    assert why.value.code == "DM-48"
    assert counter.do(catalogue_edit.open_draft, "ho_tich.khai_sinh", counter.clock.local.date()).own is False
