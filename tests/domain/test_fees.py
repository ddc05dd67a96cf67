"""Fees: page bands with a cap, exemptions, and tariffs that nobody entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.condition import Answers, Compare, Equals
from desk_app.domain.fees import quote
from desk_app.domain.procedure import Exemption, FeeRule, Provincial, Variant
from tests.domain.shipped import variant_in_force

COPIES = variant_in_force("chung_thuc.ban_sao", date(2026, 3, 10))
BIRTH = variant_in_force("ho_tich.khai_sinh", date(2026, 3, 10))
LATE = "fee.ho_tich.khai_sinh_qua_han"


def with_fee(variant: Variant, **changes: object) -> Variant:
    rule: FeeRule = replace(variant.fees[0], **changes)  # type: ignore[arg-type]
    return replace(variant, fees=(rule,))


@pytest.mark.parametrize(
    ("pages", "copies", "total"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (5, 1, 7_000),
        (10, 1, 12_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (250, 1, 200_000),
        (3, 4, 20_000),
        (12, 3, 42_000),
        (0, 3, 0),
        (5, 0, 0),
    ],
)
def test_certified_copies_cost_what_the_circular_says(pages: int, copies: int, total: int) -> None:
    assert quote(COPIES, {"so_trang": pages, "so_ban": copies}, {}).total_vnd == total


@given(st.integers(0, 5_000), st.integers(0, 200))
def test_the_cap_is_per_copy_and_the_formula_holds(pages: int, copies: int) -> None:
    each = min(200_000, 2000 * min(pages, 2) + 1000 * max(pages - 2, 0))
    assert quote(COPIES, {"so_trang": pages, "so_ban": copies}, {}).total_vnd == each * copies


def test_the_line_shows_how_it_was_computed() -> None:
    line = quote(COPIES, {"so_trang": 12, "so_ban": 3}, {}).lines[0]
    assert line.explanation == "3 bản × (2 trang × 2.000 đ + 10 trang × 1.000 đ)"
    assert (line.quantity, line.unit_price_vnd, line.amount_vnd) == (3, 14_000, 42_000)
    assert line.basis == "Thông tư 226/2016/TT-BTC"
    assert "mức tối đa một bản" in quote(COPIES, {"so_trang": 250, "so_ban": 1}, {}).lines[0].explanation
    assert quote(COPIES, {"so_trang": 1, "so_ban": 2}, {}).lines[0].explanation == "2 bản × 1 trang × 2.000 đ"


def test_an_unset_tariff_makes_the_total_unknown_and_never_zero() -> None:
    fee = quote(BIRTH, {"so_ngay_tu_khi_sinh": 61, "dien_uu_tien": "khong", "so_ban_sao": 2}, {})
    assert fee.total_vnd is None
    assert fee.unset_settings == (LATE,)
    assert [line.amount_vnd for line in fee.lines] == [16_000]
    assert fee.unset[0].id == "le_phi_khai_sinh_qua_han"


def test_a_tariff_of_zero_is_a_decision_and_not_unknown() -> None:
    fee = quote(BIRTH, {"so_ngay_tu_khi_sinh": 61, "dien_uu_tien": "khong", "so_ban_sao": 0}, {LATE: 0})
    assert (fee.total_vnd, fee.unset_settings) == (0, ())


def test_an_exemption_is_a_line_with_its_reason_and_basis() -> None:
    answers: Answers = {"so_ngay_tu_khi_sinh": 61, "dien_uu_tien": "ho_ngheo", "so_ban_sao": 0}
    for settings in ({LATE: 8000}, {}):
        line = quote(BIRTH, answers, settings).lines[0]
        assert line.amount_vnd == 0
        assert line.exempt_reason == "Người thuộc hộ nghèo"
        assert line.basis == "Luật Hộ tịch 2014, Điều 11"
    assert quote(BIRTH, answers, {LATE: 8000}).lines[0].unit_price_vnd == 8000


def test_the_total_waits_for_the_questions_that_decide_it() -> None:
    assert quote(BIRTH, {}, {}).open_questions == {"so_ngay_tu_khi_sinh", "dien_uu_tien", "so_ban_sao"}
    fee = quote(BIRTH, {"so_ngay_tu_khi_sinh": 10}, {})
    assert fee.total_vnd is None
    assert fee.open_questions == {"so_ban_sao"}
    assert quote(BIRTH, {"so_ngay_tu_khi_sinh": 10, "so_ban_sao": 0}, {}).total_vnd == 0


def test_a_later_exemption_waits_while_an_earlier_one_is_open() -> None:
    variant = with_fee(
        COPIES,
        exemptions=(
            Exemption(Equals("khoi_luong_lon", True), "đầu", "A"),
            Exemption(Compare("so_trang", "gt", 0), "sau", "B"),
        ),
    )
    answers: dict[str, bool | int | str] = {"so_trang": 3, "so_ban": 1}
    assert quote(variant, answers, {}).open_questions == {"khoi_luong_lon"}
    assert quote(variant, answers | {"khoi_luong_lon": False}, {}).lines[0].exempt_reason == "sau"


def test_an_exempt_line_needs_no_counts() -> None:
    variant = with_fee(COPIES, exemptions=(Exemption(Equals("khoi_luong_lon", True), "miễn", "A"),))
    assert quote(variant, {"khoi_luong_lon": True}, {}).total_vnd == 0


def test_a_count_never_asked_is_one_and_pages_never_asked_stay_unknown() -> None:
    closed = frozenset({"so_trang", "so_ban"})
    assert quote(COPIES, {"so_trang": 3}, {}, closed).total_vnd == 5_000
    assert quote(COPIES, {"so_ban": 3}, {}, closed).total_vnd is None


def test_a_provincial_tariff_can_be_counted_too() -> None:
    variant = with_fee(COPIES, calc=Provincial("fee.x", "HĐND", times="so_ban"))
    line = quote(variant, {"so_ban": 3}, {"fee.x": 7_000}).lines[0]
    assert (line.amount_vnd, line.explanation) == (21_000, "3 bản × 7.000 đ")


def test_a_levy_for_the_whole_case_is_charged_once() -> None:
    contract = variant_in_force("chung_thuc.giao_dich", date(2026, 3, 10))
    line = quote(contract, {"the_chap_nong_nghiep": False}, {}).lines[0]
    assert (line.quantity, line.amount_vnd) == (1, 50_000)
    assert line.explanation == "1 hợp đồng, giao dịch × 50.000 đ"
