"""A bank QR that every bank reads, and that no letter damages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.vietqr import BankAccount, crc16, fields, plain, read, transfer_text

ACCOUNT = BankAccount("970403", "0011012345678", "UBND xã Hòa Mẫu")


def test_the_check_is_that_of_the_standard() -> None:
    assert crc16(b"123456789") == 0x29B1


def test_a_transfer_names_account_amount_and_receipt() -> None:
    found = read(transfer_text(ACCOUNT, 28_000, "BL 26TAA số 209"))
    assert (found["54"], found["53"], found["01"]) == ("28000", "704", "12")
    merchant = fields(found["38"])
    assert fields(merchant["01"]) == {"00": "970403", "01": "0011012345678"}
    assert merchant["02"] == "QRIBFTTA"
    assert fields(found["62"]) == {"08": "BL 26TAA so 209"}


@given(st.integers(1, 10**12), st.text(max_size=40))
def test_every_code_reads_back(amount: int, purpose: str) -> None:
    text = transfer_text(ACCOUNT, amount, purpose)
    assert text.isascii()
    assert read(text)["54"] == str(amount)


@given(st.integers(0, 60))
def test_one_wrong_letter_is_noticed(place: int) -> None:
    text = transfer_text(ACCOUNT, 28_000, "BL 209")
    wrong = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]
    with pytest.raises(ValueError, match=r".+"):
        read(wrong)


def test_names_lose_their_marks_and_nothing_else() -> None:
    assert plain("Lệ phí, hộ tịch: Đỗ Văn Dũng!") == "Le phi ho tich Do Van Dung"


@pytest.mark.parametrize(
    "given_", [("97040", "1", "x"), ("970403", "", "x"), ("970403", "1 2", "x"), ("970403", "1", " ")]
)
def test_an_account_that_is_none_is_refused(given_: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        BankAccount(*given_)


@pytest.mark.parametrize("amount", [0, -1, 10**13])
def test_an_amount_that_is_none_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match=r".+"):
        transfer_text(ACCOUNT, amount, "x")
