"""Reading a procedure: every field kept, every fault named with its place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desk_app.domain.condition import DataProblem
from desk_app.domain.procedure import Confidence, TermUnit
from desk_app.domain.procedure_data import procedure_from_data
from tests.domain.shipped import CATALOGUE

SMALL: dict[str, Any] = {
    "id": "thu.mot",
    "name": "Thủ tục thử",
    "field": "thu",
    "field_name": "Thử",
    "level": "xa",
    "depth": "full",
    "guidance": {"questions": [{"id": "so_ban", "text": "Mấy bản?", "type": "number", "affects": ["fee"]}]},
    "variants": [
        {
            "id": "thu.mot@2025",
            "valid_from": "2025-07-01",
            "confidence": "seen",
            "as_of": "2026-01-01",
            "implementing_agency": "UBND cấp xã",
            "competent_agency": "UBND cấp xã",
            "submission": {"direct": True, "post": False, "online": "khong"},
            "documents": [{"id": "don", "name": "Đơn", "kind": "nop", "originals": 1, "copies": 0}],
            "time": {"default": {"value": 3, "unit": "working_day"}, "cases": []},
            "fees": [
                {
                    "id": "phi",
                    "kind": "phi",
                    "name": "Phí",
                    "unit": "bản",
                    "calc": {"type": "fixed", "amount": 8000, "times": "so_ban"},
                }
            ],
        }
    ],
}


def broken(change: Callable[[Any], object]) -> DataProblem:
    data = copy.deepcopy(SMALL)
    change(data)
    with pytest.raises(DataProblem) as problem:
        procedure_from_data(data)
    return problem.value


def test_a_small_procedure_is_read() -> None:
    procedure = procedure_from_data(SMALL)
    assert procedure.short_name == "Thủ tục thử"
    assert procedure.code is None
    variant = procedure.variants[0]
    assert (variant.default_term.value, variant.default_term.unit) == (3, TermUnit.WORKING_DAY)
    assert variant.document("don") is not None
    assert variant.document("khac") is None


FEE = ("variants", 0, "fees", 0)


@pytest.mark.parametrize(
    ("change", "path", "word"),
    [
        (lambda d: d["variants"][0]["fees"][0]["calc"].update(amount=-1), (*FEE, "calc", "amount"), "số âm"),
        (lambda d: d["variants"][0]["fees"][0]["calc"].update(amount="8k"), (*FEE, "calc", "amount"), "số nguyên"),
        (lambda d: d["variants"][0]["fees"][0]["calc"].update(amount=10**12), (*FEE, "calc", "amount"), "quá mức"),
        (lambda d: d["variants"][0]["fees"][0]["calc"].update(times="so_to"), (*FEE, "calc", "times"), "so_to"),
        (lambda d: d["variants"][0]["fees"][0]["calc"].update(type="percent"), (*FEE, "calc", "type"), "percent"),
        (lambda d: d["variants"][0]["fees"][0].update(exemption=[]), (*FEE, "exemption"), "exemption"),
        (lambda d: d["variants"][0]["fees"][0].update(kind="gia"), (*FEE, "kind"), "le_phi"),
        (
            lambda d: d["variants"][0]["fees"].append(d["variants"][0]["fees"][0]),
            ("variants", 0, "fees", 1, "id"),
            "phi",
        ),
        (lambda d: d["variants"][0].update(valid_to="2025-01-01"), ("variants", 0, "valid_to"), "hết hiệu lực"),
        (lambda d: d["variants"][0].update(valid_from="01/07/2025"), ("variants", 0, "valid_from"), "NĂM-THÁNG"),
        (lambda d: d["variants"][0]["time"]["default"].update(unit="week"), None, "working_day"),
        (lambda d: d["variants"][0]["time"]["default"].update(value=0), None, "same_day"),
        (lambda d: d["variants"][0]["time"]["default"].update(cutoff="15:00"), None, "cutoff"),
        (
            lambda d: d["variants"][0]["time"].update(default={"value": 0, "unit": "same_day", "cutoff": "3pm"}),
            None,
            "3pm",
        ),
        (lambda d: d["variants"][0]["time"]["cases"].append({"value": 1, "unit": "day"}), None, "when"),
        (lambda d: d["variants"][0]["documents"][0].update(kind="gui"), None, "xuat_trinh"),
        (lambda d: d["variants"][0]["documents"][0].update(when={"q": "tuoi", "gt": 1}), None, "tuoi"),
        (lambda d: d["variants"][0]["documents"][0].update(confidence="verified"), None, "verified"),
        (lambda d: d["variants"][0]["submission"].update(direct="yes"), None, "true hoặc false"),
        (lambda d: d["variants"][0]["submission"].update(online="co"), None, "toan_trinh"),
        (lambda d: d["guidance"]["questions"].append(d["guidance"]["questions"][0]), None, "so_ban"),
        (lambda d: d["guidance"]["questions"][0].update(type="text"), None, "yes_no"),
        (lambda d: d["guidance"]["questions"][0].update(type="choice"), None, "options"),
        (lambda d: d["guidance"]["questions"][0].update(ask_when={"q": "so_ban", "gt": 1}), None, "so_ban"),
        (lambda d: d.update(name=" "), ("name",), "name"),
        (lambda d: d.update(variants="x"), ("variants",), "danh sách"),
        (lambda d: d.update(synonyms=[1]), ("synonyms", 0), "chữ"),
    ],
)
def test_a_fault_is_refused_with_its_place(
    change: Callable[[Any], object], path: tuple[str | int, ...] | None, word: str
) -> None:
    problem = broken(change)
    assert word in problem.reason
    if path is not None:
        assert problem.path == path


@pytest.mark.parametrize(
    "bands",
    [
        [],
        [{"from": 2, "to": None, "per_page": 1}],
        [{"from": 1, "to": 2, "per_page": 1}],
        [{"from": 1, "to": 2, "per_page": 1}, {"from": 4, "to": None, "per_page": 1}],
        [{"from": 1, "to": 3, "per_page": 1}, {"from": 3, "to": None, "per_page": 1}],
        [{"from": 1, "to": None, "per_page": 1}, {"from": 2, "to": None, "per_page": 1}],
    ],
)
def test_page_bands_have_no_gap_and_no_overlap(bands: list[dict[str, object]]) -> None:
    calc = {"type": "page_bands", "pages": "so_ban", "copies": "so_ban", "bands": bands}
    assert "bậc trang" in broken(lambda d: d["variants"][0]["fees"][0].update(calc=calc)).reason


def test_a_verified_fact_says_who_when_and_which_document() -> None:
    data = copy.deepcopy(SMALL)
    data["variants"][0].update(
        confidence="verified", verified={"by": "Phòng Tư pháp", "on": "2026-02-01", "document": "QĐ 12/QĐ-UBND"}
    )
    variant = procedure_from_data(data).variants[0]
    assert variant.confidence is Confidence.VERIFIED
    assert variant.verified is not None
    assert (variant.verified.by, variant.verified.on) == ("Phòng Tư pháp", date(2026, 2, 1))


def test_the_version_is_chosen_by_the_day_of_receipt() -> None:
    procedure = CATALOGUE.procedures["chung_thuc.ban_sao"]

    def on(day: date) -> str | None:
        variant = procedure.variant_on(day)
        return None if variant is None else variant.id

    assert on(date(2016, 12, 31)) is None
    assert on(date(2025, 6, 30)) == "chung_thuc.ban_sao@2017"
    assert on(date(2025, 7, 1)) == "chung_thuc.ban_sao@2025"
    assert procedure.variant("chung_thuc.ban_sao@2017") is not None


def test_every_shipped_procedure_keeps_its_identity_sources_and_doubts() -> None:
    for procedure in CATALOGUE.procedures.values():
        assert procedure.variants
        assert procedure.code is None or procedure.code_confidence in ("seen", "listed_elsewhere")
        for variant in procedure.variants:
            assert variant.sources
            assert variant.confidence in Confidence
            assert all(document.confidence in Confidence for document in variant.documents)
