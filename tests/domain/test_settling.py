"""Who settles what this desk takes in, in the words of the catalogue that is shipped."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.settling import is_own, settled_elsewhere
from tests.domain.shipped import CATALOGUE, variant_in_force


@pytest.mark.parametrize(
    ("id", "agency"),
    [
        ("ho_tich.khai_sinh", ""), ("chung_thuc.ban_sao", ""), ("ho_kinh_doanh.thanh_lap", ""),
        ("cu_tru.tach_ho", "Công an cấp xã"), ("quan_su.lan_dau", "Ban CHQS cấp xã"),
        ("dat_dai.cap_doi_gcn", "Chi nhánh Văn phòng đăng ký đất đai"), ("thi_dua.ba_me_vnah", "Chủ tịch nước"),
    ],
)  # fmt: skip
def test_the_agency_that_settles_is_named_when_it_is_another_one(id: str, agency: str) -> None:
    assert settled_elsewhere(variant_in_force(id, date(2026, 11, 25))) == agency


def test_every_procedure_of_the_catalogue_has_an_answer_without_remarks() -> None:
    for procedure in CATALOGUE.procedures.values():
        for variant in procedure.variants:
            said = settled_elsewhere(variant)
            assert ";" not in said and not said.endswith(")"), said


@pytest.mark.parametrize(
    ("words", "own"), [("", True), ("UBND cấp xã", True), ("Công an cấp xã", False), ("Sở Nội vụ", False)]
)
def test_the_commune_s_committee_is_this_office_and_its_police_is_not(words: str, own: bool) -> None:
    assert is_own(words) is own
