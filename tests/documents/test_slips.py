"""Slips in the hands of a busy desk: long names, many papers, second prints, bad letters."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pypdfium2
import pytest

from desk_app.documents import acceptance_slip, guidance_slip, refusal_slip, supplement_slip
from desk_app.documents.acceptance_slip import KeptDocument
from desk_app.documents.marks import entered_late, reprint, training
from tests.documents.reading import code_of, page_count, text_of
from tests.documents.samples import ACCEPTANCE, GUIDANCE, NOW, REFUSAL, SUPPLEMENT

LONG_NAME = " ".join(["Nguyễn Thị Hoàng Ánh Tuyết Nhung"] * 10)[:300]


def _outside(pdf: bytes, margin: float = 20) -> list[tuple[float, ...]]:
    """Letters nearer than `margin` points to an edge of their page."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, low, right, high = text.get_charbox(index)
                if right > left and (left < margin or low < margin or right > width - margin or high > height - margin):
                    found.append((left, low, right, high))
    return found


def test_a_long_name_and_address_still_leave_one_page_for_each_lien() -> None:
    pdf = acceptance_slip.render(replace(ACCEPTANCE, applicant_name=LONG_NAME[:64], address=LONG_NAME[:160]))
    assert page_count(pdf) == 2


def test_a_name_of_three_hundred_letters_wraps_and_nothing_is_lost() -> None:
    pdf = acceptance_slip.render(replace(ACCEPTANCE, applicant_name=LONG_NAME, address=LONG_NAME))
    assert text_of(pdf).count(LONG_NAME) >= 4
    assert _outside(pdf) == []
    assert page_count(pdf) <= 4


def test_ten_thousand_letters_without_a_space_are_all_printed() -> None:
    pdf = acceptance_slip.render(replace(ACCEPTANCE, applicant_name="Ă" * 10_000))
    assert text_of(pdf).replace(" ", "").count("Ă") >= 2 * 10_000
    assert _outside(pdf) == []


def test_forty_papers_flow_to_a_second_page_that_repeats_head_and_code() -> None:
    kept = tuple(KeptDocument(f"Giấy tờ số {number}", "Bản sao", number) for number in range(1, 41))
    pdf = acceptance_slip.render(replace(ACCEPTANCE, kept=kept))
    assert page_count(pdf) == 4
    second = text_of(pdf, 1)
    assert "Trang 2/2" in second
    assert "Mã hồ sơ: H99.12-261125-0011" in second
    assert "STT Tên giấy tờ" in second
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in second
    assert "Trang 1/2" in text_of(pdf, 0)
    assert "Giấy tờ số 40" in text_of(pdf)
    assert code_of(pdf, 1) == ACCEPTANCE.slip_code


def test_the_two_lien_carry_the_same_number_and_say_whose_they_are() -> None:
    pdf = acceptance_slip.render(ACCEPTANCE)
    for page, lien in ((0, "(Liên 1: Lưu)"), (1, "(Liên 2: Giao khách hàng)")):
        text = text_of(pdf, page)
        assert lien in text
        assert "Số: 1284/TNHS" in text


def test_the_appointment_says_hour_date_and_weekday() -> None:
    text = text_of(acceptance_slip.render(ACCEPTANCE), 1)
    due = "17 giờ 00 phút, ngày 30 tháng 11 năm 2026 (Thứ Hai)"
    assert f"5. Thời gian trả kết quả giải quyết hồ sơ: {due}" in text


def test_without_a_term_the_frame_keeps_room_to_write() -> None:
    text = text_of(acceptance_slip.render(replace(ACCEPTANCE, due_at=None)), 1)
    assert "… giờ … phút, ngày … tháng … năm …" in text


def test_somebody_handing_in_for_another_is_named_and_signs() -> None:
    slip = replace(ACCEPTANCE, submitter="Đinh Văn Hòa, theo văn bản ủy quyền số 12", signer_name="Đinh Văn Hòa")
    text = text_of(acceptance_slip.render(slip), 1)
    assert "Người nộp thay: Đinh Văn Hòa, theo văn bản ủy quyền số 12" in text
    assert "(Ký và ghi rõ họ tên) Đinh Văn Hòa Lê Thị Hạnh" in text


def test_somebody_who_cannot_sign_leaves_a_fingerprint_before_two_witnesses() -> None:
    text = text_of(acceptance_slip.render(replace(ACCEPTANCE, witnesses=("Ngô Văn Tám", ""))), 1)
    assert "(Điểm chỉ)" in text
    assert "Người làm chứng 1: Ngô Văn Tám" in text
    assert "Người làm chứng 2:" in text


def test_a_reprint_says_so_beside_the_title_across_the_sheet_and_in_the_foot() -> None:
    marked = replace(ACCEPTANCE, marks=(reprint(2, NOW, "Lê Thị Hạnh"),))
    text = text_of(acceptance_slip.render(marked), 1)
    assert text.count("BẢN IN LẠI LẦN 2") == 3
    assert "BẢN IN LẠI LẦN 2, lúc 10 giờ 40 phút, ngày 25/11/2026, người in: Lê Thị Hạnh." in text
    assert page_count(acceptance_slip.render(marked)) == 2


def test_a_training_slip_is_marked_on_every_page() -> None:
    pdf = guidance_slip.render(replace(GUIDANCE, marks=(training(),)))
    assert all("BẢN TẬP HUẤN" in text_of(pdf, page) for page in range(page_count(pdf)))


def test_a_late_entry_gives_both_times() -> None:
    later = NOW.replace(hour=15)
    text = text_of(guidance_slip.render(replace(GUIDANCE, marks=(entered_late(NOW, later),))))
    assert "LẬP SAU (mất điện, mất mạng)" in text
    assert "việc lúc 10 giờ 40 phút, ngày 25 tháng 11 năm 2026" in text
    assert "nhập máy lúc 15 giờ 40 phút, ngày 25 tháng 11 năm 2026" in text


def test_decomposed_typing_gives_the_same_bytes() -> None:
    name = unicodedata.normalize("NFD", ACCEPTANCE.applicant_name)
    assert acceptance_slip.render(replace(ACCEPTANCE, applicant_name=name)) == acceptance_slip.render(ACCEPTANCE)


def test_an_emoji_in_a_name_prints_a_square_and_not_a_wrong_letter() -> None:
    assert "Hà □" in text_of(guidance_slip.render(replace(GUIDANCE, person_name="Hà 🙂")))


def test_the_guidance_slip_names_just_the_missing_paper() -> None:
    text = text_of(guidance_slip.render(GUIDANCE), 0)
    assert "2 Thông tin/bản sao bản án, quyết định ly hôn Thông tin hoặc bản sao 01 Chưa có." in text
    assert text.count("Không ") >= 2


def test_a_second_guidance_slip_gives_its_reason() -> None:
    text = text_of(guidance_slip.render(replace(GUIDANCE, second_reason="quy định thay đổi từ ngày 20/11/2026")), 0)
    assert "Lý do hướng dẫn lần hai: quy định thay đổi từ ngày 20/11/2026" in text
    assert "Lý do hướng dẫn lần hai" not in text_of(guidance_slip.render(GUIDANCE))


def test_unverified_facts_are_said_to_be_so() -> None:
    assert "chưa kiểm chứng" in text_of(guidance_slip.render(replace(GUIDANCE, verified=False)), 0)
    assert "chưa kiểm chứng" not in text_of(guidance_slip.render(GUIDANCE))


@pytest.mark.parametrize("blank", ["", "   "])
def test_no_refusal_or_supplement_slip_without_a_reason(blank: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        refusal_slip.render(replace(REFUSAL, reason=blank))
    with pytest.raises(ValueError, match="what is missing and why"):
        supplement_slip.render(replace(SUPPLEMENT, reason=blank))
    with pytest.raises(ValueError, match="what is missing and why"):
        supplement_slip.render(replace(SUPPLEMENT, second_reason=blank))
