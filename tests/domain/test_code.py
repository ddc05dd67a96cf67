"""Printed codes: what is written is read back, what is wrong is noticed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.code import (
    ReceiptCode,
    SlipCode,
    Unread,
    check_number,
    dossier_code,
    group4,
    is_dossier_code,
    parse_code,
    read_code,
    receipt_code,
    short_dossier_code,
    show_check,
    slip_code,
)  # fmt: skip

SLIPS = st.builds(
    slip_code,
    st.sampled_from([1, 2, 3, 4, 6, 7, 8, 9]),
    st.integers(0, 99_999).map(lambda n: f"{n:05d}"),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(0, 99),
    st.integers(0, 9999),
)


def test_a_slip_says_what_it_was_made_of() -> None:
    code = slip_code(1, "19867", date(2026, 11, 25), 2, 11)
    assert len(code) == 20 and code.startswith("119867261125020011")
    assert parse_code(group4(code)) == SlipCode(1, "19867", date(2026, 11, 25), 2, 11, code)  # type: ignore[arg-type]


def test_a_receipt_says_what_it_was_made_of() -> None:
    minute = datetime(2026, 11, 25, 10, 40)
    code = receipt_code("19867", 3, 1, 208, 15_000, minute, "42071936")
    assert len(code) == 55 and code.isdigit()
    assert parse_code(code) == ReceiptCode("19867", 3, 1, 208, 15_000, minute, "42071936", code)


@given(SLIPS, st.data())
def test_one_wrong_digit_or_two_swapped_are_always_noticed(code: str, data: st.DataObject) -> None:
    assert parse_code(code) is not None
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != code[at]]))
    assert parse_code(code[:at] + other + code[at + 1 :]) is None
    if at and code[at] != code[at - 1]:
        assert parse_code(code[: at - 1] + code[at] + code[at - 1] + code[at + 1 :]) is None


def test_the_reason_is_given() -> None:
    code = slip_code(2, "19867", date(2026, 11, 25), 1, 1)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert read_code(wrong).reason is Unread.CHECK_DIGITS
    assert read_code("12a").reason is Unread.NOT_DIGITS
    assert read_code(code[:-1]).reason is Unread.WIDTH
    assert read_code("").reason is Unread.NOT_DIGITS


@given(st.text(max_size=60))
def test_reading_never_fails(text: str) -> None:
    read_code(text)


@pytest.mark.parametrize(
    "arguments",
    [
        (5, "19867", 1, 1),
        (1, "1986", 1, 1),
        (1, "1986a", 1, 1),
        (1, "19867", 100, 1),
        (1, "19867", 1, 10_000),
        (0, "19867", 1, 1),
    ],
)
def test_what_does_not_fit_is_refused(arguments: tuple[int, str, int, int]) -> None:
    kind, unit, station, serial = arguments
    with pytest.raises(ValueError):
        slip_code(kind, unit, date(2026, 1, 1), station, serial)


@given(st.binary(min_size=32, max_size=32))
def test_a_check_number_has_eight_digits_and_follows_the_hash(digest: bytes) -> None:
    number = check_number(digest.hex())
    assert len(number) == 8 and number.isdigit() and number == check_number(digest.hex().upper())


def test_check_numbers_are_shown_in_two_halves() -> None:
    assert show_check("42071936") == "4207-1936"


def test_dossier_codes_of_every_system_are_recognised() -> None:
    assert dossier_code("H57.32", date(2026, 11, 25), 11) == "H57.32-261125-0011"
    for text in ("000.17.22.H56-210531-0001", "H15.50.05.13-261008-0975", "H57.32-261125-150012", "H57-261125-1500123"):
        assert is_dossier_code(text)
    for text in (
        "H57.32-261325-0011",
        "H57.32-261125-011",
        "h57.32-261125-0011",
        "261125-0011",
        "",
        "H57.32-261125-12345678",
    ):
        assert not is_dossier_code(text)
    assert short_dossier_code("H57.32-261125-0011") == "…261125-0011"
    assert short_dossier_code("số tạm") == "số tạm"
