"""The compiled catalogue as a desk loads it."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from desk_app.domain.catalogue import load_catalogue
from desk_app.domain.errors import Failed
from tests.domain.shipped import CATALOGUE, ROOT

SEED = """\
2025 off 01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02
2025 work 04-26
2026 off 01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24
2026 work 01-10 08-22"""


def test_all_procedures_are_there_and_can_be_built() -> None:
    here = [h for h in CATALOGUE.headings if h.field != "noi_khac"]
    assert len(here) == 150 and len(CATALOGUE.procedures) - len(here) >= 10
    assert sum(p.depth == "full" for p in CATALOGUE.procedures.values()) == 31
    assert len(CATALOGUE.by_code) == 142
    assert CATALOGUE.by_code["2.000815"].id == "chung_thuc.ban_sao"
    assert len(CATALOGUE.fields) == 19
    assert CATALOGUE.fields["ho_tich"] == "Hộ tịch"
    assert len(CATALOGUE.in_field("ho_tich")) == 27


def test_a_procedure_is_built_once() -> None:
    assert CATALOGUE.procedures["ho_tich.ket_hon"] is CATALOGUE.procedures["ho_tich.ket_hon"]
    with pytest.raises(KeyError):
        CATALOGUE.procedures["khong.co"]


def test_the_nine_most_used_have_short_names_and_everyday_words() -> None:
    short = {heading.id: heading.short_name for heading in CATALOGUE.headings}
    assert short["chung_thuc.ban_sao"] == "Chứng thực bản sao"
    assert short["ho_tich.xac_nhan_hon_nhan"] == "Hôn nhân"
    words = {word: heading.id for heading in CATALOGUE.headings for word in heading.synonyms}
    assert words["sao y"] == "chung_thuc.ban_sao"
    assert words["làm giấy khai sinh"] == "ho_tich.khai_sinh"
    assert words["giấy độc thân"] == "ho_tich.xac_nhan_hon_nhan"
    assert all(
        heading.synonyms and len(heading.short_name) <= 22 for heading in CATALOGUE.headings if heading.depth == "full"
    )


def test_every_tariff_the_office_must_enter_is_listed() -> None:
    tariffs = {tariff.setting: tariff for tariff in CATALOGUE.tariffs}
    assert tariffs["fee.ho_tich.xac_nhan_hon_nhan"].set_by == "Hội đồng nhân dân cấp tỉnh"
    assert all(setting.startswith("fee.") for setting in tariffs)


@pytest.mark.parametrize("line", SEED.splitlines())
def test_the_calendar_has_the_announced_days(line: str) -> None:
    year, kind, *days = line.split()
    given = [date.fromisoformat(f"{year}-{day}") for day in days]
    calendar = CATALOGUE.calendar
    if kind == "work":
        assert sorted(d for d in calendar.swapped_in if d.year == int(year)) == given
    else:
        weekdays = sorted(d for d in calendar.holidays if d.year == int(year) and d.weekday() < 5)
        assert weekdays == given
    assert calendar.closing(given[0]) == time(17)
    assert calendar.covers == (date(2020, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"format":"other/9"}', b"[" * 100_000])
def test_bytes_that_are_no_catalogue_are_told_apart_from_a_bug(data: bytes) -> None:
    with pytest.raises(Failed) as failed:
        load_catalogue(data)
    assert failed.value.code == "DM-01"


def test_one_damaged_entry_does_not_stop_the_others() -> None:
    whole = json.loads((ROOT / "catalogue.json").read_bytes())
    whole["procedures"][0]["variants"] = [{"id": "x"}]
    catalogue = load_catalogue(json.dumps(whole).encode())
    broken, sound = whole["procedures"][0]["id"], whole["procedures"][1]["id"]
    assert catalogue.procedures[sound].id == sound
    with pytest.raises(Failed) as failed:
        catalogue.procedures[broken]
    assert failed.value.code == "TN-09"
