"""An administrator's edit: looked at, run against its cases, put into use whole or not at all; old dossiers keep theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from desk_app.authoring.publish import publish
from desk_app.domain.catalogue_draft import Draft
from desk_app.domain.errors import Refused
from desk_app.domain.procedure import Fixed
from desk_app.domain.session import Role
from desk_app.services import catalogue_delivery, catalogue_edit, catalogue_view, commune_layer, intake, paper_data
from desk_app.services.catalogue_edit import SaveEdit
from sync.protocol.catalogue_facts import CatalogueKeyNamed
from sync.protocol.parcel import open_parcel
from sync.protocol.sign import public_key
from tests.services.counter import CARDS, Counter, open_counter
from tests.services.test_catalogue_delivery import OFFICE, SHIPPED, _trust, again, edition

CONTRACT = "chung_thuc.giao_dich"
START = date(2026, 12, 1)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as found:
        yield found


def opened(counter: Counter, id: str = CONTRACT, start: date = START) -> Draft:
    return counter.do(catalogue_edit.open_draft, id, start).draft


def dearer(counter: Counter, vnd: int = 60_000, start: date = START) -> Draft:
    return opened(counter, start=start).with_value("fees", 0, "amount", vnd)


def save(counter: Counter, draft: Draft, *accepted: str) -> None:
    counter.do(catalogue_edit.save, SaveEdit(counter.desk.ids.uuid7(), draft, frozenset(accepted)))
    counter.desk = again(counter)


def accept_all(counter: Counter, draft: Draft) -> tuple[str, ...]:
    return tuple(result.id for result in counter.do(catalogue_edit.check, draft).failing)


def test_looking_at_an_edit_changes_nothing_and_shows_everything(counter: Counter) -> None:
    checked = counter.do(catalogue_edit.check, dearer(counter))
    assert checked.changes == ("Từ 01/12/2026: Phí chứng thực hợp đồng, giao dịch: 50.000 đ → 60.000 đ",)
    assert not checked.problems and checked.slip is not None and checked.slip.width == 900
    assert ("Dự thảo hợp đồng, giao dịch", "Bản chính, 1 bản.") in checked.papers
    assert again(counter).catalogue.version == counter.desk.catalogue.version


def test_a_case_that_comes_out_otherwise_keeps_the_edit_waiting_until_it_is_said_to_be_right(counter: Counter) -> None:
    draft = dearer(counter)
    failing = counter.do(catalogue_edit.check, draft).failing
    assert failing and all(
        "tổng thu: 50.000 đ → 60.000 đ" in result.differs for result in failing if "mien" not in result.id
    )
    with pytest.raises(Refused) as why:
        save(counter, draft)
    assert why.value.code == "DM-44" and again(counter).catalogue.version == counter.desk.catalogue.version
    save(counter, draft, *(result.id for result in failing))
    procedure = counter.desk.procedure(CONTRACT)
    assert procedure.variant_on(START).fees[0].calc == Fixed(60_000)  # type: ignore[union-attr]
    assert procedure.variant_on(date(2026, 11, 25)).fees[0].calc == Fixed(50_000)  # type: ignore[union-attr]
    assert counter.desk.catalogue.version.endswith("+xa-20261125.1")


def test_the_accepted_outcome_is_what_the_next_edit_is_held_against(counter: Counter) -> None:
    draft = dearer(counter)
    save(counter, draft, *accept_all(counter, draft))
    note = opened(counter, start=date(2027, 1, 4)).with_value("documents", 0, "note", "Hai bản như nhau.")
    checked = counter.do(catalogue_edit.check, note)
    assert not checked.failing and any("@20261201@20270104" in r.id for r in checked.cases)
    save(counter, note)
    assert counter.desk.catalogue.version.endswith("+xa-20261125.2")


def test_a_dossier_received_before_keeps_its_fee_and_papers(counter: Counter) -> None:
    form = counter.looked_at(counter.form(CONTRACT, card=CARDS[1]))
    counter.do(intake.accept, intake.AcceptDossier(form.id, form))
    version = counter.desk.catalogue.version
    draft = opened(counter, start=date(2026, 11, 25)).with_value("fees", 0, "amount", 60_000)
    save(counter, draft, *accept_all(counter, draft))

    def read(at: str) -> object:
        with counter.desk.store.read() as tx:
            old = catalogue_delivery.at_version(tx, at)
            assert old is not None
            variant = old.procedures[CONTRACT].variant_on(date(2026, 11, 25))
            assert variant is not None
            return paper_data.in_force(counter.desk, tx, CONTRACT, variant.id, at)[1].fees[0].calc

    assert counter.desk.store.call(lambda: read(version)) == Fixed(50_000)
    assert counter.desk.store.call(lambda: read(counter.desk.catalogue.version)) == Fixed(60_000)
    later = counter.answered(counter.form(CONTRACT, card=CARDS[2]))
    assert counter.look(later).fee.total_vnd == 60_000  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("section", "key", "value", "code"),
    [("fees", "amount", -1, "DM-43"), ("documents", "name", "", "DM-43"), ("general", "checked", "NĐ 1/2026", "DM-45")],
)
def test_a_broken_or_empty_edit_leaves_everything_as_it_was(
    counter: Counter, section: str, key: str, value: object, code: str
) -> None:
    with pytest.raises(Refused) as why:
        save(counter, opened(counter).with_value(section, 0, key, value))
    assert why.value.code == code
    assert again(counter).catalogue.version == counter.desk.catalogue.version
    assert counter.do(_layers) == []


def _layers(desk: object) -> list[str]:
    return [layer.layer for layer in desk.layers]


def test_contradicting_conditions_and_unknown_routes_are_named_at_their_field(counter: Counter) -> None:
    never = {"all": [{"q": "tranh_chap", "is": True}, {"q": "tranh_chap", "is": False}]}
    checked = counter.do(catalogue_edit.check, opened(counter).with_value("documents", 1, "when", never))
    (found,) = checked.problems
    assert (found.section, found.row, found.key) == ("documents", 1, "when") and "mâu thuẫn" in found.text
    lost = counter.do(catalogue_edit.check, opened(counter).with_value("routes", 0, "to", "chung_thuc.khong_co"))
    assert (lost.problems[0].section, lost.problems[0].key) == ("routes", "to")


def test_only_a_head_saves_and_the_same_command_is_once(counter: Counter) -> None:
    draft = dearer(counter)
    command = SaveEdit(counter.desk.ids.uuid7(), draft, frozenset(accept_all(counter, draft)))
    assert counter.do(catalogue_edit.save, command) == counter.do(catalogue_edit.save, command)
    clerk = replace(counter.desk.officer, roles=frozenset({Role.RECEPTION}))
    desk = counter.desk.signed_in(clerk)
    with pytest.raises(Refused) as why:
        desk.store.call(lambda: catalogue_edit.save(desk, replace(command, id="other")))
    assert why.value.code == "DN-06"


def test_the_parcel_is_carried_to_another_desk_of_the_office_that_knows_the_key(
    counter: Counter, tmp_path: Path
) -> None:
    draft = dearer(counter)
    save(counter, draft, *accept_all(counter, draft))

    def parcel() -> tuple[bytes, str]:
        with counter.desk.store.read() as tx:
            raw = catalogue_delivery.parcel_in_use(tx, "commune")
            assert raw is not None
            return raw, catalogue_delivery.trusted_keys(tx, counter.desk.profile(tx))["commune"]

    raw, key = counter.desk.store.call(parcel)
    assert open_parcel(raw, {"commune": key}).unit == "99012"
    with open_counter(tmp_path / "second") as second:
        with pytest.raises(Refused) as why:
            second.do(catalogue_delivery.inspect, raw)
        assert why.value.code == "DM-15"
        second.do(_name_key, key)
        waiting = second.do(catalogue_delivery.inspect, raw)
        assert [change.procedure for change in waiting.changes] == [CONTRACT]
        second.do(catalogue_delivery.activate, catalogue_delivery.ActivateParcel("go", raw))
        second.desk = again(second)
        assert second.desk.catalogue.version == counter.desk.catalogue.version
        with pytest.raises(Refused) as why:
            second.do(catalogue_edit.open_draft, CONTRACT, START)
        assert why.value.code == "DM-42"
        second.do(commune_layer.take_over, "mine")
        assert second.do(catalogue_edit.open_draft, CONTRACT, START).own


def _name_key(desk: object, key: str) -> None:
    from desk_app.services.desk import Desk

    assert isinstance(desk, Desk)
    with desk.store.write("named", "head") as tx:
        tx.use_line(desk.line_kind)
        tx.append(CatalogueKeyNamed(key, "2026-11-25T09:00:00"))


def test_where_the_level_above_keeps_the_layer_nobody_edits_here(counter: Counter) -> None:
    counter.do(_trust, {"commune": "ab" * 32})
    with pytest.raises(Refused) as why:
        counter.do(catalogue_edit.open_draft, CONTRACT, START)
    assert why.value.code == "DM-41"


def test_when_the_level_above_changes_the_procedure_its_word_holds_and_the_edit_is_named(counter: Counter) -> None:
    counter.do(_trust, {"national": public_key(OFFICE)})
    draft = dearer(counter)
    save(counter, draft, *accept_all(counter, draft))
    other = publish("national", edition(2, result="Bản sao điện tử"), OFFICE)
    counter.do(catalogue_delivery.activate, catalogue_delivery.ActivateParcel("n2", other))
    counter.desk = again(counter)
    assert counter.desk.catalogue.version == "2027.2+xa-20261125.1"
    assert counter.desk.procedure(CONTRACT).variant_on(START).fees[0].calc == Fixed(60_000)  # type: ignore[union-attr]
    assert counter.do(catalogue_view.head).aside == ()
    import json

    whole = json.loads(edition(3))
    next(p for p in whole["procedures"] if p["id"] == CONTRACT)["name"] = "Chứng thực giao dịch"
    third = publish("national", json.dumps(whole).encode(), OFFICE)
    counter.do(catalogue_delivery.activate, catalogue_delivery.ActivateParcel("n3", third))
    counter.desk = again(counter)
    assert counter.desk.procedure(CONTRACT).name == "Chứng thực giao dịch"
    assert counter.desk.procedure(CONTRACT).variant_on(START).fees[0].calc == Fixed(50_000)  # type: ignore[union-attr]
    assert counter.do(catalogue_view.head).aside == ("Chứng thực giao dịch",)


def test_a_procedure_without_cases_is_still_held_against_what_it_gave_before(counter: Counter) -> None:
    id = "tre_em.cham_dut"
    draft = opened(counter, id)
    row = {"id": draft.new_id("documents"), "name": "Đơn", "kind": "nop", "originals": 1, "copies": 0}
    draft = draft.with_rows("documents", (*draft.rows["documents"], row))
    (failing,) = counter.do(catalogue_edit.check, draft).failing
    assert any("giấy tờ" in line for line in failing.differs)
    save(counter, draft, failing.id)
    assert counter.desk.procedure(id).variant_on(START).documents[-1].name == "Đơn"  # type: ignore[union-attr]
    assert datetime.fromisoformat(str(counter.desk.catalogue.cases[id][-1]["received_at"])) >= datetime(2026, 12, 1)


def test_the_shipped_bytes_are_what_the_layer_lies_on(counter: Counter) -> None:
    def bytes_under(desk: object) -> bytes:
        with counter.desk.store.read() as tx:
            return catalogue_delivery.national_bytes(counter.desk, tx)

    assert counter.do(bytes_under) == SHIPPED


def test_signing_in_again_builds_nothing_anew_while_the_catalogue_is_the_same(counter: Counter) -> None:
    draft = dearer(counter)
    save(counter, draft, *accept_all(counter, draft))
    first = counter.station.refreshed().catalogue
    assert first.version == counter.desk.catalogue.version and counter.station.refreshed().catalogue is first
