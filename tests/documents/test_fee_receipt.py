"""The printed copy of the electronic receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.documents import fee_receipt
from desk_app.documents.fee_receipt import Exemption, ReceiptItem, ReplacedReceipt
from desk_app.documents.marks import receipt_copy, replaced, training
from tests.documents.reading import page_count, text_of
from tests.documents.samples import NOW, RECEIPT


@pytest.mark.parametrize(
    "words",
    [
        "Mẫu số: EBL01",
        "Ký hiệu: 26TAA",
        "Số: 208",
        "Số tiền: 15.000 đồng",
        "(Viết bằng chữ): Mười lăm nghìn đồng",
        "Mã kiểm tra: 4207-1936",
        "Ký bởi: ỦY BAN NHÂN DÂN XÃ HÒA MẪU",
        "Ngày ký: 25/11/2026 10:40:22",
    ],
)
def test_what_the_law_lists_stands_on_the_receipt(words: str) -> None:
    assert words in text_of(fee_receipt.render(RECEIPT))


def test_an_unsigned_receipt_says_so() -> None:
    text = text_of(fee_receipt.render(replace(RECEIPT, signature=None)))
    assert "CHƯA KÝ SỐ" in text
    assert "Ký bởi" not in text
    assert "CHƯA KÝ SỐ" not in text_of(fee_receipt.render(RECEIPT))


def test_three_copies_of_twelve_pages_are_rate_times_quantity() -> None:
    law = "Thông tư 226/2016/TT-BTC"
    items = (
        ReceiptItem("Phí chứng thực bản sao từ bản chính, trang 1 và 2", law, 6, 2_000, 12_000),
        ReceiptItem("Phí chứng thực bản sao từ bản chính, từ trang 3", law, 30, 1_000, 30_000),
    )
    pdf = fee_receipt.render(replace(RECEIPT, items=items, total=42_000, total_words="Bốn mươi hai nghìn đồng"))
    text = text_of(pdf)
    assert "6 2.000 12.000" in text
    assert "30 1.000 30.000" in text
    assert "Cộng 42.000" in text
    assert page_count(pdf) == 1


def test_an_exemption_is_a_negative_row_with_its_basis() -> None:
    free = replace(
        RECEIPT, exemption=Exemption("hộ nghèo, Điều 11 Luật Hộ tịch", 15_000), total=0, total_words="Không đồng"
    )
    text = text_of(fee_receipt.render(free))
    assert "Miễn, giảm: hộ nghèo, Điều 11 Luật Hộ tịch -15.000" in text
    assert "Số tiền: 0 đồng" in text


def test_a_replacement_names_the_old_receipt() -> None:
    text = text_of(fee_receipt.render(replace(RECEIPT, replaces=ReplacedReceipt("26TAA", 207, NOW))))
    assert "Thay thế biên lai ký hiệu 26TAA số 207 ngày 25 tháng 11 năm 2026" in text


def test_a_second_print_is_called_a_copy() -> None:
    text = text_of(fee_receipt.render(replace(RECEIPT, marks=(receipt_copy(1, NOW, "Lê Thị Hạnh"),))))
    assert text.count("BẢN SAO (IN LẠI LẦN 1)") == 3
    assert "BẢN SAO (IN LẠI LẦN 1), lúc 10 giờ 40 phút, ngày 25/11/2026, người in: Lê Thị Hạnh." in text


def test_training_replaced_and_copied_at_once_still_fit_one_sheet() -> None:
    marks = (training(), replaced(NOW, "Lê Thị Hạnh"), receipt_copy(3, NOW, "Lê Thị Hạnh"))
    pdf = fee_receipt.render(replace(RECEIPT, series="TAPHUAN", marks=marks))
    assert page_count(pdf) == 1
    text = text_of(pdf)
    assert all(mark.word in text for mark in marks)


def test_three_charges_fit_one_sheet_and_thirty_are_all_printed() -> None:
    item = RECEIPT.items[0]
    for count, pages in ((3, 1), (30, 4)):
        many = replace(RECEIPT, items=(item,) * count, total=count * 15_000, total_words="(mẫu)")
        pdf = fee_receipt.render(many)
        assert page_count(pdf) <= pages
        assert text_of(pdf).count(item.content) == count


@pytest.mark.parametrize("wrong", [
    replace(RECEIPT, total=14_000),
    replace(RECEIPT, items=(replace(RECEIPT.items[0], amount=14_000),), total=14_000),
])  # fmt: skip
def test_a_receipt_that_does_not_add_up_is_not_printed(wrong: fee_receipt.FeeReceipt) -> None:
    with pytest.raises(ValueError, match="charge"):
        fee_receipt.render(wrong)


def test_a_receipt_is_small() -> None:
    assert len(fee_receipt.render(RECEIPT)) <= 30_000
