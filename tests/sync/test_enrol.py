"""A code becomes a station, once."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from sync.centre.clock import system_clock
from sync.centre.enrol import LIFE, make_code, spoken
from sync.centre.identity import load_key
from sync.desk.client import CentreClient
from sync.desk.enrol import Enrolment, enrol
from sync.desk.keys import SeedSigner
from sync.desk.trouble import Trouble
from tests.sync.desk import TestClock
from tests.sync.proxy import HTML_200, Fault, Proxy
from tests.sync.server import CentreProcess


def ask(url: str, code: str, vault: dict[str, str], token: str = "t" * 32) -> Enrolment | Trouble:
    client = CentreClient(url, TestClock(), connect_s=3, read_s=20)
    try:
        return enrol(client, SeedSigner(vault, vault), code=code, app="test 1", machine={"system": "test"}, token=token)
    finally:
        client.close()


def test_a_desk_gets_its_station_lines_numbers_and_profile(centre: CentreProcess) -> None:
    unit = centre.new_unit()
    given = ask(centre.url, centre.code(unit, 1), {})
    assert isinstance(given, Enrolment)
    assert (given.unit, given.station_no, given.gen >= 1) == (unit, 1, True)
    assert given.profile["name"] == "xã Hòa Mẫu"
    assert given.spare is not None and given.spare.line != given.main.line
    year = (system_clock() + timedelta(hours=7)).year % 100
    grants = {g.series_kind: g for g in given.main.grants}
    assert (grants["receipt"].form, grants["receipt"].symbol) == ("EBL01", f"{year}TAA")
    assert (grants["receipt"].first, grants["receipt"].last) == (1, 10_000)
    assert (grants["dossier"].first, grants["dossier"].last, grants["dossier"].period) == (1, 499, "day")
    assert (grants["acceptance_slip"].symbol, grants["guidance_slip"].symbol) == ("TNHS", "HDHS")
    assert "register" in grants
    assert len({g.series_id for g in given.main.grants}) == len({(g.series_kind, g.symbol) for g in given.main.grants})
    assert given.survey is not None and given.survey.grants == ()


def test_the_second_counter_gets_the_next_numbers_and_symbols_of_its_own(centre: CentreProcess) -> None:
    unit = centre.new_unit()
    ask(centre.url, centre.code(unit, 1), {})
    given = ask(centre.url, centre.code(unit, 2), {})
    assert isinstance(given, Enrolment)
    grants = {g.series_kind: g for g in given.main.grants}
    assert (grants["dossier"].first, grants["dossier"].last) == (500, 999)
    assert (grants["receipt"].first, grants["receipt"].last) == (10_001, 20_000)
    assert (grants["acceptance_slip"].symbol, grants["guidance_slip"].symbol) == ("TNHS-Q2", "HDHS-Q2")


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaces"])
def test_a_code_may_be_typed_as_people_type(centre: CentreProcess, typed: str) -> None:
    code = centre.code(centre.new_unit())
    text = {"lower": code.lower(), "spaces": " ".join(code)}.get(typed, typed.format(code))
    assert isinstance(ask(centre.url, text, {}), Enrolment)


def test_letters_that_look_alike_are_read_alike() -> None:
    assert spoken("oil-10") == "01110"


def test_a_code_works_for_one_desk_only(centre: CentreProcess) -> None:
    code = centre.code(centre.new_unit())
    assert isinstance(ask(centre.url, code, {}), Enrolment)
    second = ask(centre.url, code, {})
    assert isinstance(second, Trouble) and (second.code, second.refusal is not None) == ("DB-12", True)


def test_a_lost_answer_gets_the_same_station_again(centre: CentreProcess) -> None:
    unit = centre.new_unit()
    code, vault = centre.code(unit), dict[str, str]()
    with Proxy(centre.port, Fault(answer_bytes=20)) as proxy:
        assert isinstance(ask(proxy.url, code, vault), Trouble)
        again = ask(proxy.url, code, vault)
    assert isinstance(again, Enrolment)
    assert len(centre.rows("SELECT 1 FROM station WHERE unit = %s", unit)) == 1


def test_an_unknown_and_an_expired_code_are_refused(centre: CentreProcess) -> None:
    unknown = ask(centre.url, "ZZZZZ-ZZZZZ", {})
    assert isinstance(unknown, Trouble) and unknown.code == "DB-11"
    with psycopg.connect(centre.postgresql.url) as db:
        old = make_code(db, load_key(centre.data), centre.new_unit(), 1, system_clock() - LIFE - timedelta(seconds=1))
    late = ask(centre.url, old, {})
    assert isinstance(late, Trouble) and late.code == "DB-11"


def test_a_code_is_not_readable_in_the_database(centre: CentreProcess) -> None:
    code = spoken(centre.code(centre.new_unit()))
    assert all(code.encode() not in h for (h,) in centre.rows("SELECT code_h FROM enrol_code"))


def test_a_log_in_page_is_no_enrolment(centre: CentreProcess) -> None:
    with Proxy(centre.port, HTML_200) as proxy:
        result = ask(proxy.url, "ZZZZZ-ZZZZZ", {})
    assert isinstance(result, Trouble) and result.code == "DB-02"
