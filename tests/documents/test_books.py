"""Books and lists that fill pages: heads repeated, pages numbered, struck entries readable, hand-overs, letters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.documents import (
    apology_letter,
    control_slip,
    dossier_register,
    feedback_slip,
    handover_list,
    paper_receipt,
    transfer_slip,
)
from desk_app.documents.blocks import Letterhead
from desk_app.documents.control_slip import HandOver
from tests.documents.reading import page_count, text_of
from tests.documents.samples import (
    APOLOGY,
    CONTROL,
    FEEDBACK_SLIP,
    HANDOVER,
    NOW,
    PAPER_RECEIPT,
    REGISTER,
    TRANSFER,
)


def test_every_page_of_the_register_repeats_its_head_and_goes_on_numbering() -> None:
    book = replace(REGISTER.book, with_cover=False)
    pdf = dossier_register.render(replace(REGISTER, book=book, entries=REGISTER.entries * 4))
    count = page_count(pdf)
    assert count >= 3
    for page in range(count):
        text = text_of(pdf, page)
        assert "SỔ THEO DÕI HỒ SƠ" in text
        assert "(13)" in text
        assert f"Trang {60 + page}" in text


def test_the_cover_names_agency_field_volume_and_year() -> None:
    text = text_of(dossier_register.render(REGISTER), 0)
    assert "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ HÒA MẪU" in text
    assert "Lĩnh vực: Hộ tịch Quyển số: 02 Năm: 2026" in text
    assert "Trang" not in text


def test_a_struck_entry_stays_readable() -> None:
    text = text_of(dossier_register.render(REGISTER), 1)
    assert "Lý Thị Mai" in text
    assert "Xóa bỏ: ghi" in text


def test_a_note_longer_than_a_page_goes_on_overleaf() -> None:
    words = " ".join(f"chữ{number}" for number in range(900))
    entry = replace(REGISTER.entries[0], note=words)
    pdf = dossier_register.render(replace(REGISTER, entries=(entry,)))
    text = text_of(pdf)
    assert all(f"chữ{number}" in text for number in (0, 450, 899))


def test_a_control_slip_has_five_blocks_and_grows() -> None:
    assert text_of(control_slip.render(CONTROL)).count("Người giao") == 5
    hand = HandOver("Trung tâm", "Văn phòng", NOW, "Lê Thị Hạnh", "Trần Quốc Bảo", "Đúng hạn")
    pdf = control_slip.render(replace(CONTROL, hand_overs=(hand,) * 9))
    assert text_of(pdf).count("Người giao") == 9
    assert "10 giờ 40 phút, ngày 25 tháng 11 năm 2026" in text_of(pdf)
    assert page_count(pdf) == 2


def test_a_hand_over_counts_its_dossiers() -> None:
    pdf = handover_list.render(replace(HANDOVER, dossiers=HANDOVER.dossiers * 10))
    assert "Tổng số hồ sơ bàn giao: 30 hồ sơ." in text_of(pdf, 0)
    assert page_count(pdf) > 2


def test_the_apology_has_the_title_of_its_regime() -> None:
    old = text_of(apology_letter.render(replace(APOLOGY, regime_2025=False)), 0)
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in old
    new = text_of(apology_letter.render(APOLOGY), 0)
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT" in new


def test_an_apology_without_a_cause_is_not_printed() -> None:
    with pytest.raises(ValueError, match="cause"):
        apology_letter.render(replace(APOLOGY, cause=""))


def test_one_form_of_address_runs_through_the_apology() -> None:
    text = text_of(apology_letter.render(replace(APOLOGY, address_form="Bà", person_name="Ngô Thị Loan")), 0)
    assert "hồ sơ của bà Ngô Thị Loan" in text
    assert "Ông" not in text


def test_the_old_name_of_the_desk_breaks_evenly() -> None:
    old = Letterhead("ỦY BAN NHÂN DÂN XÃ HÒA MẪU", "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", "Hòa Mẫu")
    text = text_of(handover_list.render(replace(HANDOVER, letterhead=old)), 0)
    assert "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ" in text


def test_a_secret_person_stands_on_no_open_copy() -> None:
    pdf = feedback_slip.render(replace(FEEDBACK_SLIP, secret=True))
    citizens, text, sealed = (text_of(pdf, page) for page in range(3))
    assert "Trần Văn Khoa" in citizens and "Trần Văn Khoa" in sealed and "Bản niêm phong" in sealed
    for hidden in ("Trần Văn Khoa", "Thôn 6", "0900 000 245"):
        assert hidden not in text
    assert "(giữ bí mật)" in text
    slip = text_of(transfer_slip.render(replace(TRANSFER, secret=True)))
    assert "của người phản ánh (đề nghị giữ bí mật)" in slip
    assert "Lý Thị Mai" not in slip
    assert "Thôn 5" not in slip


def test_a_long_story_is_printed_whole() -> None:
    story = " ".join(f"việc{number}" for number in range(1500))
    pdf = feedback_slip.render(replace(FEEDBACK_SLIP, content=story, copies=1))
    text = text_of(pdf)
    assert all(f"việc{number}" in text for number in range(1500))


@pytest.mark.parametrize("number", ["123", "00001234", "000012a"])
def test_a_paper_receipt_has_seven_digits(number: str) -> None:
    with pytest.raises(ValueError, match="7 digits"):
        paper_receipt.render(replace(PAPER_RECEIPT, number=number))


def test_both_lien_of_a_paper_receipt_stand_on_one_sheet() -> None:
    pdf = paper_receipt.render(replace(PAPER_RECEIPT, payer_name="Nguyễn Thị Hoàng Ánh Tuyết Nhung " * 5))
    assert page_count(pdf) == 1
    text = text_of(pdf)
    assert "(Liên 1: Lưu tại cơ quan thu)" in text
    assert "(Liên 2: giao cho người nộp phí, lệ phí)" in text
    assert text.count("Số: 0000123") == 2
