"""The payloads of the cards' law sheet, numbers, dates and the lines on the back."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.identity import (
    IdCard,
    Problem,
    check_number,
    group3,
    mask,
    parse_birth,
    parse_card,
    parse_date,
    recognise_number,
)

GOOD = "046090001234|191234567|Nguyễn Văn An|01021990|Nam|Thôn Đông, Quảng Vinh, Quảng Điền, Thừa Thiên Huế|10052021"
TODAY = date(2026, 11, 24)


def codes(text: str) -> list[tuple[str, str]]:
    return [(p.code, p.level) for p in parse_card(text).problems]


def test_a_good_card_fills_every_field() -> None:
    found = parse_card(GOOD)
    assert found.ok and not found.damaged and not found.problems
    assert found.card == IdCard(
        "046090001234", "191234567", "Nguyễn Văn An", date(1990, 2, 1), 1990, "Nam",
        "Thôn Đông, Quảng Vinh, Quảng Điền, Thừa Thiên Huế", date(2021, 5, 10), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("046190005678||Trần Thị Bích Ngọc|29021992|Nữ|TDP 2, Sịa, Quảng Điền, Huế|15082022", [("TN-26", "warning")]),
        ("046192005678||Trần Thị Bích Ngọc|29021992|Nữ|TDP 2, Sịa, Quảng Điền, Thừa Thiên Huế|15082022", []),
        ("046193005678||Trần Thị Bích Ngọc|29021993|Nữ|Sịa|15082022", [("TN-21", "error")]),
        ("046305004321||Hồ Thị Kim|11092005|Nam|Quảng Điền|20072024", [("TN-27", "warning")]),
        ("46090001234|191234567|Nguyễn Văn An|01021990|Nam|Quảng Điền|10052021", [("TN-06", "error")]),
        ("046090001234|191234567|Nguyễn Văn An|01021990|Nam", [("TN-20", "error")]),
        ("046090001234|191234567|Nguyễn Văn An|1990-02-01|Nam|Quảng Điền|10052021", [("TN-21", "error")]),
        ("191234567", [("TN-34", "info")]), ("", [("TN-20", "error")]), ("||||||", [("TN-20", "error")]),
        ("HTTPS://EXAMPLE.INVALID/abc", [("TN-05", "error")]),
        ("046090001234|191234567|Nguyễn Văn An|00001990|Nam|Quảng Điền|10052021", [("TN-25", "warning")]),
        (GOOD + GOOD, [("TN-24", "error")]),
        ('046090001234|191234567|=HYPERLINK("x")|01021990|Nam|Quảng Điền|10052021', [("TN-22", "error")]),
        ("046090001234||Nguyễn 😀 An|01021990|Nam|Quảng Điền|10052021", [("TN-22", "error")]),
        (f"046090001234||{'Ng' * 300}|01021990|Nam|Quảng Điền|10052021", [("TN-33", "error")]),
        ("x" * 10_000, [("TN-33", "error")]),
    ],
)  # fmt: skip
def test_every_payload_of_the_sheet_gets_its_answer(payload: str, expected: list[tuple[str, str]]) -> None:
    assert codes(payload) == expected


def test_extra_fields_are_kept_and_never_fail() -> None:
    found = parse_card("046205004321||LÊ QUANG HUY|11092005|Nam|Phường Phong Quảng, Thành phố Huế|20072024|||")
    assert (
        found.ok and found.card is not None and found.card.extra == ("", "", "") and found.card.name == "LÊ QUANG HUY"
    )


def test_mojibake_keeps_the_digits_and_proposes_the_name() -> None:
    found = parse_card("046090001234|191234567|NguyÃªn VÄƒn An|01021990|Nam|Quáº£ng Äiá»n|10052021")
    assert found.damaged and not found.ok and found.proposed_name == "Nguyên Văn An"
    assert found.card is not None and (found.card.number, found.card.name, found.card.residence) == (
        "046090001234",
        "",
        "",
    )
    assert [p.code for p in found.problems] == ["TN-04"]


@pytest.mark.parametrize(
    "same",
    [
        unicodedata.normalize("NFD", GOOD), "\ufeff" + GOOD + "\r\n", GOOD + "\r\n" + GOOD + "\n", "]Q3" + GOOD,
        GOOD.replace("|", "\\"), GOOD.swapcase(), "\x1d" + GOOD + "\x1d",
    ],
)  # fmt: skip
def test_form_ending_prefix_and_caps_lock_change_nothing(same: str) -> None:
    assert parse_card(same) == parse_card(GOOD)


@given(st.one_of(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=16).map("|".join)))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parse_card(text)
    assert found.card is not None or found.problems
    assert "None" not in repr(found.card) or found.card is None


def test_nothing_personal_is_printed() -> None:
    found = parse_card(GOOD)
    assert "Nguyễn" not in repr(found) + str(found.card) and "046090" not in repr(found) + str(found.card)
    assert "046090" not in repr(recognise_number("046090001234"))


def test_back_of_the_card_is_read_with_its_check_digits() -> None:
    back = "IDVNM0900012345046090001234<<3\n9002018M3002016VNM<<<<<<<<<<<8\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<"
    found = parse_card(back)
    assert found.card is not None and found.card.birth_date == date(1990, 2, 1) and found.card.gender == "Nam"
    assert found.card.name == "" and found.read["name_without_marks"] == "NGUYEN VAN AN"
    assert [p.code for p in found.problems] == ["TN-13"]
    assert "TN-35" in [p.code for p in parse_card(back.replace("9002018M", "9002017M")).problems]
    woman = "IDVNM3050043218046305004321<<6\n0509112F3009118VNM<<<<<<<<<<<8\nTRAN<<THI<BICH<NGOC<<<<<<<<<<<"
    assert [p.code for p in parse_card(woman).problems] == ["TN-13"]


@given(st.integers(0, 10**12 - 1), st.integers(1900, 2100), st.sampled_from(["Nam", "Nữ", ""]))
def test_the_structure_of_a_number_is_only_a_hint(number: int, year: int, gender: str) -> None:
    assert all(hint.level == "warning" for hint in check_number(f"{number:012d}", year, gender))


def test_numbers_are_masked_grouped_and_recognised() -> None:
    assert mask("000090012345") == "000••••••345"
    assert group3("046090001234") == "046 090 001 234"
    kinds = {
        "046 090 001 234": "cccd",
        "191234567": "cmnd",
        "b1234567": "passport",
        "0123456789-001": "tax",
        "0123456789": "tax",
    }
    for text, kind in kinds.items():
        found = recognise_number(text)
        assert found is not None and found.kind == kind
    assert recognise_number("12345") is None and recognise_number("٠٤٦٠٩٠٠٠١٢٣٤") is None


@given(st.text("0123456789AB", min_size=5, max_size=14))
def test_a_mask_never_shows_more_than_the_ends(number: str) -> None:
    assert len(mask(number)) == len(number) and mask(number).count("•") >= len(number) - 6


@pytest.mark.parametrize(
    "text", ["24112026", "24/11/2026", "24.11.26", "24/11", "24-11-2026", " 24 11 2026 ", "241126", "2026-11-24"]
)
def test_a_date_is_understood_however_it_is_typed(text: str) -> None:
    assert parse_date(text, TODAY) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "31022026", "00/11/2026", "11/24/2026", "", "mai", "24/11/20266", "2४/11/2026"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    found = parse_date(text, TODAY)
    assert isinstance(found, Problem) and found.code == "TN-21"


def test_a_day_without_year_needs_today() -> None:
    assert isinstance(parse_date("24/11"), Problem)


@pytest.mark.parametrize("text", ["1950", "--/--/1950", "00/00/1950", "00001950", "…/…/1950", "??/??/1950"])
def test_a_year_alone_is_a_birth(text: str) -> None:
    assert parse_birth(text, TODAY) == 1950


def test_short_years_of_birth_lie_in_the_past() -> None:
    assert parse_birth("01/02/90", TODAY) == date(1990, 2, 1)
    assert parse_birth("01/02/25", TODAY) == date(2025, 2, 1)
    assert isinstance(parse_birth("01/02/2027", TODAY), Problem)
    assert isinstance(parse_birth("01/02/90"), Problem)


@given(st.dates(date(1900, 1, 1), date(2026, 11, 24)), st.sampled_from(["%d%m%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]))
def test_every_day_is_read_back(day: date, shape: str) -> None:
    assert parse_birth(day.strftime(shape), TODAY) == day == parse_date(day.strftime(shape))
