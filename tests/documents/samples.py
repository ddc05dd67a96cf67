"""One worked paper of each kind, as in the design's pictures; every name and number is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from desk_app.documents import (
    acceptance_slip,
    apology_letter,
    certification_book,
    conduct_apology,
    control_slip,
    day_close,
    day_match,
    dossier_register,
    error_notice,
    fee_receipt,
    feedback_book,
    feedback_letters,
    feedback_reply,
    feedback_slip,
    guidance_slip,
    handover_list,
    invitation,
    moved_dates_list,
    paper_receipt,
    payment_confirmation,
    posters,
    receipt_summary,
    receipt_usage,
    referral_slip,
    refusal_slip,
    remittance_slip,
    stop_notice,
    supplement_slip,
    survey_form,
    thermal_receipt,
    transfer_slip,
    uncollected_list,
    usb_slip,
    void_minutes,
)
from desk_app.documents.acceptance_slip import AcceptanceSlip, KeptDocument
from desk_app.documents.apology_letter import ApologyLetter
from desk_app.documents.blocks import Letterhead
from desk_app.documents.books import Book
from desk_app.documents.certification_book import Certification, CertificationBook
from desk_app.documents.conduct_apology import ConductApology
from desk_app.documents.control_slip import ControlSlip, HandOver
from desk_app.documents.day_close import CollectedReceipt, DayClose, UsedRange
from desk_app.documents.day_match import DayMatch, MatchedRow
from desk_app.documents.dossier_register import DossierRegister, RegisterEntry
from desk_app.documents.error_notice import ErrorNotice
from desk_app.documents.fee_receipt import FeeReceipt, ReceiptItem, Signature
from desk_app.documents.feedback_book import FeedbackBook, FeedbackEntry
from desk_app.documents.feedback_letters import ExtensionNotice, FeedbackLetter, RefusalLetter
from desk_app.documents.feedback_reply import FeedbackReply
from desk_app.documents.feedback_slip import FeedbackSlip
from desk_app.documents.guidance_slip import GuidanceLine, GuidanceSlip
from desk_app.documents.handover_list import HandedDossier, HandoverList
from desk_app.documents.invitation import Invitation
from desk_app.documents.moved_dates_list import MovedDate, MovedDatesList
from desk_app.documents.paper_receipt import PaperReceipt
from desk_app.documents.payment_confirmation import PaymentConfirmation
from desk_app.documents.posters import CatalogueQr, FeedbackPoster, PostedFee, ProcedurePoster
from desk_app.documents.receipt_summary import ReceiptSummary, SummaryLine
from desk_app.documents.receipt_usage import ReceiptUsage
from desk_app.documents.referral_slip import ReferralSlip
from desk_app.documents.refusal_slip import RefusalSlip
from desk_app.documents.remittance_slip import RemittanceSlip
from desk_app.documents.stop_notice import StopNotice
from desk_app.documents.supplement_slip import SupplementSlip
from desk_app.documents.survey_form import SurveyForm
from desk_app.documents.thermal_receipt import RollReceipt
from desk_app.documents.transfer_box import TransferBox
from desk_app.documents.transfer_slip import TransferNotice, TransferSlip
from desk_app.documents.uncollected_list import UncollectedList, UncollectedResult
from desk_app.documents.usb_slip import UsbSlip
from desk_app.documents.void_minutes import VoidMinutes
from desk_app.domain.receipt_usage import Numbers, range_use
from desk_app.domain.vietqr import BankAccount, transfer_text

DESK = Letterhead("ỦY BAN NHÂN DÂN XÃ HÒA MẪU", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Hòa Mẫu")
COMMUNE = Letterhead("UBND TỈNH MINH HỌA", "UBND XÃ HÒA MẪU", "Hòa Mẫu")
DESK_NAME = "Trung tâm Phục vụ hành chính công xã Hòa Mẫu"
FEEDBACK = "UBND xã Hòa Mẫu, Thôn 1, xã Hòa Mẫu, tỉnh Minh Họa; điện thoại 0900 000 000 (mẫu)."
NOW = datetime.fromisoformat("2026-11-25T10:40:22")

ACCEPTANCE = AcceptanceSlip(
    letterhead=DESK,
    number="1284/TNHS",
    dossier_code="H99.12-261125-0011",
    slip_code="10991226112500001180",
    desk_name=DESK_NAME,
    applicant_name="Nguyễn Thị Thu Hà",
    address="Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa",
    phone="0900 000 112",
    procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
    kept=(
        KeptDocument("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "Bản chính", 1),
        KeptDocument("Bản án, quyết định ly hôn", "Bản sao", 1),
        KeptDocument("Giấy xác nhận tình trạng hôn nhân đã cấp trước đây", "Bản chính", 1),
    ),
    sets=1,
    term="03 ngày làm việc",
    received_at=NOW,
    due_at=datetime.fromisoformat("2026-11-30T17:00"),
    result_place=DESK_NAME,
    fee="15.000 đồng; biên lai ký hiệu 26TAA số 208",
    book="02/2026",
    entry_no="417",
    officer_name="Lê Thị Hạnh",
    feedback=FEEDBACK,
    shown=("Thẻ căn cước",),
)

GUIDANCE = GuidanceSlip(
    letterhead=DESK,
    number="96/HDHS",
    slip_code="20991226112500009602",
    desk_name=DESK_NAME,
    given_at=NOW,
    title_of_person="Bà",
    person_name="Nguyễn Thị Thu Hà",
    address="Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa",
    phone="0900 000 112",
    procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
    procedure_code="1.004873",
    settling_agency="Ủy ban nhân dân xã Hòa Mẫu",
    lines=(
        GuidanceLine(
            "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "Bản chính", 1, True,
            "Chưa ký tên. Ký, ghi rõ họ tên; ký được tại quầy.",
        ),
        GuidanceLine(
            "Thông tin/bản sao bản án, quyết định ly hôn", "Thông tin hoặc bản sao", 1, False,
            "Chưa có. Ghi số, ngày, tên Tòa án vào tờ khai, hoặc nộp bản sao.",
        ),
        GuidanceLine("Giấy xác nhận tình trạng hôn nhân đã cấp trước đây", "Bản chính", 1, True),
        GuidanceLine("Giấy tờ tùy thân còn hạn của người đi làm thủ tục", "Xuất trình", 1, True),
    ),
    forms="Tờ khai cấp Giấy xác nhận tình trạng hôn nhân, nhận tại quầy",
    term="03 ngày làm việc",
    fee="15.000 đồng (mười lăm nghìn đồng)",
    submit_at=f"{DESK_NAME} / Cổng Dịch vụ công quốc gia",
    opening_hours="07 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ 00, các ngày làm việc",
    legal_basis=(
        "Luật Hộ tịch số 60/2014/QH13 ngày 20/11/2014", "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015",
        "Nghị định số 87/2020/NĐ-CP ngày 28/7/2020", "Nghị định số 07/2025/NĐ-CP ngày 09/01/2025",
        "Nghị định số 18/2026/NĐ-CP", "Thông tư số 04/2020/TT-BTP ngày 28/5/2020",
    ),
    officer_name="Lê Thị Hạnh",
    officer_phone="0900 000 000 (mẫu)",
    feedback="UBND xã Hòa Mẫu; điện thoại 0900 000 000 (mẫu)",
    catalogue_version="2026.11-3",
    not_needed=("Giấy tờ chứng minh nơi cư trú",),
)  # fmt: skip

RECEIPT = FeeReceipt(
    collector="ỦY BAN NHÂN DÂN XÃ HÒA MẪU",
    tax_code="0000000000 (mẫu)",
    collector_address="Thôn 1, xã Hòa Mẫu, tỉnh Minh Họa",
    form="EBL01",
    series="26TAA",
    number=208,
    levy_name="Lệ phí hộ tịch",
    payer_name="Nguyễn Thị Thu Hà",
    payer_address="Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa",
    items=(
        ReceiptItem(
            "Lệ phí cấp Giấy xác nhận tình trạng hôn nhân",
            "Nghị quyết của HĐND tỉnh Minh Họa (số, ngày theo danh mục)", 1, 15_000, 15_000,
        ),
    ),
    total=15_000,
    total_words="Mười lăm nghìn đồng",
    payment="Tiền mặt",
    dossier_code="H99.12-261125-0011",
    issued_at=NOW,
    receipt_code="5099120200100000208000015000261125104046",
    check_number="42071936",
    signature=Signature("ỦY BAN NHÂN DÂN XÃ HÒA MẪU", NOW),
)  # fmt: skip

REFERRAL = ReferralSlip(
    letterhead=DESK,
    desk_name=DESK_NAME,
    given_at=NOW,
    request="Cấp giấy phép lái xe",
    agency="Sở Xây dựng tỉnh Minh Họa",
    agency_address="Số 1, đường Mẫu, phường Trung Tâm, tỉnh Minh Họa",
    agency_phone="0900 000 001 (mẫu)",
    opening_hours="07 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ 00, các ngày làm việc",
    bring="Thẻ căn cước; giấy khám sức khỏe",
    legal_basis="Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15 ngày 27/6/2024",
    officer_name="Lê Thị Hạnh",
    title_of_person="Ông",
    person_name="Đinh Văn Hòa",
    online=True,
)

SUPPLEMENT = SupplementSlip(
    letterhead=DESK,
    number="94/HDHS",
    slip_code="30991226112300009455",
    dossier_code="H99.12-261120-0009",
    desk_name=DESK_NAME,
    given_at=datetime.fromisoformat("2026-11-23T09:15"),
    applicant_name="Vũ Hải Nam",
    procedure_name="Đăng ký kết hôn (hồ sơ nộp trực tuyến ngày 20 tháng 11 năm 2026)",
    address="Thôn 2, xã Hòa Mẫu, tỉnh Minh Họa",
    phone="0900 000 187",
    needs=(
        (
            "Tờ khai đăng ký kết hôn (biểu mẫu điện tử, 01 bản): chưa ghi số lần kết hôn của bên nam. Cách hoàn thiện: "
            "mở lại hồ sơ trên Cổng Dịch vụ công quốc gia, ghi bổ sung và gửi lại."
        ),
        (
            "Thông tin/bản sao bản án, quyết định ly hôn của bên nam (01 bản sao): bản chụp mờ, không đọc được số và "
            "ngày. Cách hoàn thiện: gửi lại bản chụp rõ, hoặc ghi số, ngày của bản án, quyết định và tên Tòa án vào tờ "
            "khai."
        ),
    ),
    reason="chưa đủ thông tin để xác định điều kiện kết hôn. Căn cứ pháp lý: khoản 1 Điều 18 Luật Hộ tịch số "
    "60/2014/QH13 ngày 20 tháng 11 năm 2014; khoản 1 Điều 8 Luật Hôn nhân và gia đình số 52/2014/QH13 ngày 19 tháng 6 "
    "năm 2014.",
    officer_name="Lê Thị Hạnh",
    contact=f"Lê Thị Hạnh, {DESK_NAME},",
    contact_phone="0900 000 000 (mẫu)",
    feedback=FEEDBACK,
)  # fmt: skip

REFUSAL = RefusalSlip(
    letterhead=DESK,
    number="97/HDHS",
    slip_code="30991226112500009748",
    desk_name=DESK_NAME,
    given_at=NOW,
    applicant_name="Lý Thị Mai",
    address="Thôn 5, xã Hòa Mẫu, tỉnh Minh Họa",
    phone="0900 000 166",
    procedure_name="Đăng ký khai sinh có yếu tố nước ngoài",
    reason="trường hợp này không thuộc thẩm quyền của Ủy ban nhân dân xã Hòa Mẫu theo điểm, khoản, Điều nêu tại danh "
    "mục. Cơ quan có thẩm quyền: Ủy ban nhân dân xã Bình Mẫu, Thôn 1, xã Bình Mẫu, tỉnh Minh Họa.",
    officer_name="Lê Thị Hạnh",
    feedback=FEEDBACK,
)

APOLOGY = ApologyLetter(
    letterhead=COMMUNE,
    number="02/PXL-UBND",
    letter_code="40991226111900003167",
    regime_2025=True,
    agency="Ủy ban nhân dân xã Hòa Mẫu",
    desk_short_name="Trung tâm PVHCC xã Hòa Mẫu",
    written_on=NOW.date(),
    address_form="Ông",
    person_name="Phạm Văn Tuấn",
    received_on=date(2026, 11, 19),
    dossier_code="H99.12-261119-0031",
    due_at=datetime.fromisoformat("2026-11-25T17:00"),
    cause="việc xác minh hộ tịch tại nơi đăng ký trước đây, đề nghị ngày 20 tháng 11 năm 2026, chưa có kết quả.",
    new_date=date(2026, 11, 30),
    signer_title="CHỦ TỊCH",
    signer_name="Vũ Đình Mẫu",
    feedback=FEEDBACK,
)

STOP = StopNotice(
    letterhead=COMMUNE,
    number="03/TB-UBND",
    agency="Ủy ban nhân dân xã Hòa Mẫu",
    written_on=NOW.date(),
    title_of_person="Bà",
    person_name="Ngô Thị Loan",
    dossier_code="H99.12-261120-0017",
    procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
    received_on=date(2026, 11, 20),
    ground="Căn cứ đề nghị dừng của bà Ngô Thị Loan, ngày 24 tháng 11 năm 2026",
    stage="thẩm tra",
    stopped_from=date(2026, 11, 25),
    returned=("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân, 01 bản chính",),
    money="đã nộp 15.000 đồng",
    signer_title="PHÓ CHỦ TỊCH",
    signer_name="Đặng Thu Mẫu",
    on_behalf="KT. CHỦ TỊCH",
    copies_to=("Như trên;", "Trung tâm PVHCC xã Hòa Mẫu;", "Lưu: VT."),
)


def _collected(number: int, code: str, payer: str, levy: str, dong: int, **more: object) -> CollectedReceipt:
    by_transfer = number == 216
    return CollectedReceipt(
        str(number), f"H99.12-261125-{code}" if code else "", payer, levy, dong, 0 if by_transfer else dong,
        dong if by_transfer else 0, str(more.get("note", "")), bool(more.get("struck")),
    )  # fmt: skip


CIVIL, EXTRACT, CERTIFY = "Lệ phí hộ tịch", "Phí bản sao trích lục", "Phí chứng thực"
DAY_CLOSE = DayClose(
    letterhead=DESK,
    desk_name=DESK_NAME,
    day=NOW.date(),
    counter="2",
    collector_name="Lê Thị Hạnh",
    receipts=(
        _collected(204, "0001", "Trần Thị Nga", EXTRACT, 8_000),
        _collected(205, "0002", "Đinh Văn Hòa", CIVIL, 15_000),
        _collected(206, "", "Mai Xuân Phúc", CERTIFY, 12_000),
        _collected(207, "0006", "Trịnh Văn Bình", CIVIL, 28_000),
        _collected(208, "0011", "Nguyễn Thị Thu Hà", CIVIL, 15_000),
        _collected(209, "", "Đỗ Minh Châu", CERTIFY, 8_000),
        _collected(210, "", "Công ty TNHH Mẫu Hòa", CERTIFY, 16_000),
        _collected(211, "0012", "Bùi Thị Sáu", CIVIL, 15_000, struck=True, note="Thay bằng số 212"),
        _collected(212, "0012", "Bùi Thị Sáu", EXTRACT, 8_000, note="Thay số 211"),
        _collected(213, "", "Lý Thị Mai", CERTIFY, 30_000),
        _collected(214, "0013", "Ngô Văn Tám", CIVIL, 15_000),
        _collected(215, "", "Vũ Thị Lành", CERTIFY, 10_000),
        _collected(216, "0015", "Phan Đức Mẫn", CIVIL, 28_000),
        _collected(217, "0016", "Hồ Thị Xuân", CIVIL, 28_000),
        _collected(218, "0018", "Đào Văn Khải", CIVIL, 15_000),
    ),
    ranges=(UsedRange("EBL01, 26TAA", "204", "218", struck=("211",)),),
    counted=(0, 0, 1, 1, 2, 1, 1, 1, 1, 0),
    cash_words="Hai trăm linh tám nghìn đồng",
    cashier_name="Trần Quốc Bảo",
    leader_name="Đặng Thu Mẫu",
)

CONTROL = ControlSlip(
    letterhead=COMMUNE,
    number="1284/PKS-UBND",
    agency="Ủy ban nhân dân xã Hòa Mẫu",
    written_on=NOW.date(),
    dossier_code="H99.12-261125-0011",
    settling_agency="Văn phòng HĐND và UBND xã Hòa Mẫu (hộ tịch)",
    cooperating_agency="Không",
    hand_overs=(HandOver("Trung tâm PVHCC xã Hòa Mẫu", "Văn phòng HĐND và UBND xã"),),
)


def _entry(number: int, code: str, what: str, who: str, where: str, days: str, **more: object) -> RegisterEntry:
    received, due, returned = ([date.fromisoformat(day) for day in days.split()] + [None, None])[:3]
    assert received
    return RegisterEntry(
        number, f"H99.12-{code}", what, 1, who, f"{where}, xã Hòa Mẫu; 0900 000 {number}", "UBND xã Hòa Mẫu", received,
        due, returned, str(more.get("how", "")), str(more.get("note", "")), bool(more.get("struck")),
    )  # fmt: skip


REGISTER = DossierRegister(
    book=Book(DESK_NAME, "Lĩnh vực: Hộ tịch", "02", 2026, first_page=60, with_cover=True),
    entries=(
        _entry(412, "261120-0017", "Cấp Giấy xác nhận tình trạng hôn nhân", "Ngô Thị Loan", "Thôn 3",
               "2026-11-20 2026-11-26"),
        _entry(413, "261120-0009", "Đăng ký kết hôn", "Vũ Hải Nam", "Thôn 2", "2026-11-20", how="Trực tuyến",
               note="Phiếu bổ sung 94/HDHS, 23/11"),
        _entry(414, "261123-0051", "Thay đổi, cải chính hộ tịch", "Trịnh Văn Bình", "Thôn 1", "2026-11-23 2026-11-27"),
        _entry(415, "261123-0052", "Cấp bản sao trích lục hộ tịch", "Lý Thị Mai", "Thôn 5", "2026-11-23", struck=True,
               note="Xóa bỏ: ghi trùng số 414. L.T.Hạnh, 23/11"),
        _entry(416, "261125-0004", "Đăng ký lại khai sinh", "Hoàng Đức Long", "Thôn 2", "2026-11-25 2026-12-02"),
        _entry(417, "261125-0011", "Cấp Giấy xác nhận tình trạng hôn nhân", "Nguyễn Thị Thu Hà", "Thôn 4",
               "2026-11-25 2026-11-30"),
        _entry(418, "261125-0012", "Cấp bản sao trích lục hộ tịch", "Bùi Thị Sáu", "Thôn 6",
               "2026-11-25 2026-11-25 2026-11-25", how="Trực tiếp", note="Trả ngay"),
    ),
)  # fmt: skip

SIGNED_BY = "Vũ Đình Mẫu, Chủ tịch"
CERTIFICATIONS = CertificationBook(
    book=Book("Ủy ban nhân dân xã Hòa Mẫu", "Chứng thực bản sao từ bản chính", "03 - SCT/BS", 2026, first_page=129),
    acts=(
        Certification(2311, date(2026, 11, 23), "Hoàng Đức Long", "Bằng tốt nghiệp THPT", SIGNED_BY, 2, 4_000),
        Certification(2312, date(2026, 11, 23), "Lý Thị Mai", "Giấy khai sinh", SIGNED_BY, 5, 10_000),
        Certification(2313, date(2026, 11, 25), "Mai Xuân Phúc", "Hợp đồng lao động (2 trang)", SIGNED_BY, 3, 12_000,
                      "Biên lai 26TAA số 206"),
        Certification(2314, date(2026, 11, 25), "Đỗ Minh Châu", "Bằng đại học", SIGNED_BY, 4, 8_000,
                      "Biên lai 26TAA số 209"),
        Certification(2315, date(2026, 11, 25), "Công ty TNHH Mẫu Hòa",
                      "Giấy chứng nhận đăng ký doanh nghiệp (2 trang)", SIGNED_BY, 4, 16_000, "Biên lai 26TAA số 210"),
    ),
)  # fmt: skip

HANDOVER = HandoverList(
    letterhead=DESK,
    desk_name=DESK_NAME,
    settling_agency="Văn phòng HĐND và UBND xã Hòa Mẫu (hộ tịch)",
    at=datetime.fromisoformat("2026-11-25T14:30"),
    dossiers=(
        HandedDossier("H99.12-261125-0002", "Thay đổi, cải chính hộ tịch", 1, "Trần Thị Nga", "Thôn 1, xã Hòa Mẫu",
                      "0900 000 119", date(2026, 11, 25), date(2026, 11, 30)),
        HandedDossier("H99.12-261125-0004", "Đăng ký lại khai sinh", 1, "Hoàng Đức Long", "Thôn 2, xã Hòa Mẫu",
                      "0900 000 138", date(2026, 11, 25), date(2026, 12, 2)),
        HandedDossier("H99.12-261125-0011", "Cấp Giấy xác nhận tình trạng hôn nhân", 1, "Nguyễn Thị Thu Hà",
                      "Thôn 4, xã Hòa Mẫu", "0900 000 112", date(2026, 11, 25), date(2026, 11, 30)),
    ),
    giver_name="Lê Thị Hạnh",
    taker_name="Trần Quốc Bảo",
    confirmer_name="Đặng Thu Mẫu",
)  # fmt: skip

UNCOLLECTED = UncollectedList(
    letterhead=DESK,
    desk_name=DESK_NAME,
    at=NOW,
    results=(
        UncollectedResult("H99.12-261109-0002", "Trần Thị Nga", "0900 000 119", "Thôn 1, xã Hòa Mẫu",
                          "Thay đổi, cải chính hộ tịch", date(2026, 11, 12), 15_000),
        UncollectedResult("H99.12-261116-0004", "Hoàng Đức Long", "0900 000 138", "Thôn 2, xã Hòa Mẫu",
                          "Đăng ký lại khai sinh", date(2026, 11, 20)),
    ),
    officer_name="Lê Thị Hạnh",
)  # fmt: skip

MOVED = MovedDatesList(
    letterhead=DESK,
    desk_name=DESK_NAME,
    at=NOW,
    calendar="2026.2",
    dates=(
        MovedDate("H99.12-261120-0017", "Ngô Thị Loan", "0900 000 121", "Cấp Giấy xác nhận tình trạng hôn nhân",
                  datetime.fromisoformat("2026-11-26T17:00"), datetime.fromisoformat("2026-11-27T17:00")),
        MovedDate("H99.12-261123-0051", "Trịnh Văn Bình", "", "Thay đổi, cải chính hộ tịch",
                  datetime.fromisoformat("2026-11-27T17:00"), datetime.fromisoformat("2026-11-30T17:00")),
    ),
    officer_name="Lê Thị Hạnh",
)  # fmt: skip

STAGED = replace(
    ACCEPTANCE,
    procedure_name="Trợ cấp xã hội hằng tháng",
    term="20 ngày làm việc",
    due_at=datetime.fromisoformat("2026-12-23T17:00"),
    stages=(
        "UBND cấp xã: 10 ngày làm việc, đến 17 giờ, Thứ Tư ngày 09/12/2026",
        "Phòng chuyên môn: 07 ngày làm việc, đến 17 giờ, Thứ Sáu ngày 18/12/2026",
        "UBND cấp xã: 03 ngày làm việc, đến 17 giờ, Thứ Tư ngày 23/12/2026",
    ),
)

STAGED_CONTROL = replace(
    CONTROL,
    stages=STAGED.stages,
    total="20 ngày làm việc, hẹn trả 17 giờ, Thứ Tư ngày 23/12/2026",
    hand_overs=(
        HandOver("Trung tâm PVHCC xã Hòa Mẫu", "UBND cấp xã", note="Hạn 09/12/2026"),
        HandOver("UBND cấp xã", "Phòng chuyên môn", note="Hạn 18/12/2026"),
        HandOver("Phòng chuyên môn", "UBND cấp xã", note="Hạn 23/12/2026"),
    ),
)

INVITATION = Invitation(
    letterhead=DESK,
    desk_name=DESK_NAME,
    written_on=NOW.date(),
    title_of_person="Bà",
    person_name="Trần Thị Nga",
    address="Thôn 1, xã Hòa Mẫu, tỉnh Minh Họa",
    phone="0900 000 119",
    dossier_code="H99.12-261109-0002",
    procedure_name="Thay đổi, cải chính hộ tịch",
    settled_on=date(2026, 11, 12),
    place="Trung tâm Phục vụ hành chính công xã Hòa Mẫu, Thôn 1, xã Hòa Mẫu",
    opening_hours="07 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ 00, các ngày làm việc",
    bring="Giấy tiếp nhận hồ sơ và hẹn trả kết quả, căn cước",
    officer_name="Lê Thị Hạnh",
    officer_phone="0900 000 000",
    owed_vnd=15_000,
)

FEEDBACK_SLIP = FeedbackSlip(
    letterhead=DESK,
    number="47/PTN-PAKN",
    slip_code="70991226112500004733",
    desk_name=DESK_NAME,
    feedback_code="PAKN-2026-0047",
    person_name="Trần Văn Khoa",
    person_number="000000000245 (mẫu)",
    address="Thôn 6, xã Hòa Mẫu, tỉnh Minh Họa",
    phone="0900 000 245",
    secret=True,
    way="trực tiếp",
    kind="về hành vi hành chính",
    about="Quầy tiếp nhận hồ sơ của Trung tâm",
    related="H99.12-261012-0020",
    content="Tôi nộp hồ sơ trợ cấp tháng 10, được yêu cầu bổ sung giấy xác nhận nơi cư trú hai lần. Trên bảng niêm yết "
    "không có giấy này. Đề nghị xem lại và cho biết có phải nộp hay không.",
    enclosures="02 ảnh",
    received_at=datetime.fromisoformat("2026-11-25T09:02"),
    handled_by="Ủy ban nhân dân xã Hòa Mẫu",
    answer_by=date(2026, 12, 9),
    officer_name="Lê Thị Hạnh",
    desk_phone="0900 000 000 (mẫu)",
)  # fmt: skip

FEEDBACK_REPLY = FeedbackReply(
    letterhead=COMMUNE,
    number="318/UBND-VP",
    agency="Ủy ban nhân dân xã Hòa Mẫu",
    written_on=date(2026, 12, 4),
    title_of_person="Ông",
    person_name="Trần Văn Khoa",
    received_on=date(2026, 11, 25),
    feedback_code="PAKN-2026-0047",
    content="khi nộp hồ sơ trợ cấp xã hội hằng tháng (mã hồ sơ H99.12-261012-0020), Ông hai lần được yêu cầu bổ sung "
    "giấy xác nhận nơi cư trú, trong khi bảng niêm yết không có giấy này",
    findings="ngày 16 và ngày 23 tháng 10 năm 2026, quầy tiếp nhận hai lần hướng dẫn Ông nộp giấy xác nhận nơi cư trú. "
    "Giấy này không có trong thành phần hồ sơ đã công bố; thông tin cư trú của Ông đã có trong Cơ sở dữ liệu quốc gia "
    "về dân cư.",
    legal_basis="khoản 6 Điều 18 Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010; Nghị định số 104/2022/NĐ-CP ngày "
    "21 tháng 12 năm 2022 của Chính phủ.",
    verdict="đúng",
    done="Ông không phải nộp giấy xác nhận nơi cư trú. Hồ sơ của Ông được tiếp tục giải quyết từ ngày 27 tháng 11 năm "
    "2026; kết quả trả chậm nhất ngày 11 tháng 12 năm 2026.",
    apology="Ủy ban nhân dân xã Hòa Mẫu xin lỗi Ông vì việc yêu cầu giấy tờ không đúng quy định.",
    contact="Văn phòng HĐND và UBND xã Hòa Mẫu, điện thoại 0900 000 000 (mẫu)",
    signer_title="CHỦ TỊCH",
    signer_name="Vũ Đình Mẫu",
    copies_to=("Như trên;", "Lưu: VT, VP (giữ bí mật thông tin)."),
)  # fmt: skip

TRANSFER = TransferSlip(
    letterhead=COMMUNE,
    number="12/PC-UBND",
    agency="UBND xã Hòa Mẫu",
    written_on=date(2026, 11, 27),
    to_agency="Công an xã Hòa Mẫu",
    received_on=date(2026, 11, 25),
    title_of_person="Bà",
    person_name="Lý Thị Mai",
    address="Thôn 5, xã Hòa Mẫu, tỉnh Minh Họa",
    feedback_code="PAKN-2026-0048",
    content="thời gian cấp Giấy xác nhận thông tin về cư trú.",
    legal_basis="điểm, khoản, Điều ghi tại danh mục của Luật Cư trú số 68/2020/QH14 ngày 13 tháng 11 năm 2020",
    enclosed_sheets=2,
    signer_title="CHỦ TỊCH",
    signer_name="Vũ Đình Mẫu",
)
TRANSFER_NOTICE = TransferNotice(TRANSFER, "13/TB-UBND", "Công an xã Hòa Mẫu, điện thoại 0900 000 113 (mẫu)")

SURVEY = SurveyForm(
    agency=DESK_NAME,
    fields=("Hộ tịch", "Chứng thực", "Bảo trợ xã hội", "Đất đai", "Nông nghiệp", "Khác"),
)

POSTER = ProcedurePoster(
    letterhead=DESK,
    field="Hộ tịch",
    code="1.004873",
    name="Cấp Giấy xác nhận tình trạng hôn nhân",
    term="3 ngày làm việc",
    fee="15.000 đồng (mẫu)",
    place="Quầy 2",
    documents=(
        ("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "01 bản chính"),
        ("Trường hợp đã ly hôn:", "Thông tin/bản sao bản án, quyết định ly hôn"),
        ("Trường hợp vợ hoặc chồng đã chết:", "Thông tin/bản sao trích lục khai tử của vợ hoặc chồng"),
        ("Trường hợp đã ly hôn ở nước ngoài:", "Thông tin/bản sao trích lục ghi chú ly hôn"),
        ("Trường hợp xin cấp lại:", "Giấy xác nhận tình trạng hôn nhân đã cấp trước đây, 01 bản chính"),
        ("Trường hợp nộp thay:", "Văn bản ủy quyền"),
        ("Xuất trình:", "Giấy tờ tùy thân còn hạn"),
    ),
    sets="01 bộ",
    steps=(
        ("1. Nộp hồ sơ", "tại quầy, trực tuyến"),
        ("2. Kiểm tra, tiếp nhận", "nhận giấy hẹn; chưa đủ thì nhận phiếu hướng dẫn"),
        ("3. Giải quyết", "thẩm tra, Chủ tịch UBND xã ký"),
        ("4. Nhận kết quả", "đúng ngày hẹn"),
    ),
    ways="trực tiếp, trực tuyến (Cổng Dịch vụ công quốc gia), bưu chính",
    result="Giấy xác nhận tình trạng hôn nhân",
    settling_agency="UBND xã Hòa Mẫu",
    conditions="ghi rõ mục đích sử dụng",
    forms="nhận tại quầy",
    fees=(
        PostedFee(
            "Lệ phí cấp Giấy xác nhận tình trạng hôn nhân", "15.000 đồng/ trường hợp (mẫu)", "Tiền mặt, chuyển khoản",
            "Người yêu cầu",
            "Miễn: gia đình người có công, hộ nghèo, người khuyết tật (Điều 11 Luật Hộ tịch)",
            "Nghị quyết của HĐND tỉnh (số, ngày theo danh mục)",
        ),
    ),
    poster_code="60991226112500487344",
    feedback="UBND xã Hòa Mẫu, Thôn 1, xã Hòa Mẫu; điện thoại 0900 000 000 (mẫu); hòm thư tại sảnh.",
    decision="Quyết định công bố số ……, ngày ……/……/…… (theo danh mục)",
    legal_basis="; ".join(GUIDANCE.legal_basis),
    posted_on=NOW.date(),
    catalogue_version="2026.11-3",
)  # fmt: skip

FEEDBACK_POSTER = FeedbackPoster(
    letterhead=DESK,
    agency="Ủy ban nhân dân xã Hòa Mẫu",
    address="Thôn 1, xã Hòa Mẫu, tỉnh Minh Họa",
    phone="0900 000 000 (mẫu)",
    email="phananh@hoamau.example",
    site="hoamau.example",
    box="tại sảnh Trung tâm Phục vụ hành chính công",
    hours="07 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ 00, các ngày làm việc",
)

CATALOGUE_QR = CatalogueQr(DESK, "https://hoamau.example/thu-tuc")

PAPER_RECEIPT = PaperReceipt(
    collector="UBND XÃ HÒA MẪU",
    tax_code="0000000000 (mẫu)",
    form="01BLP2-001",
    series="AA-26T",
    number="0000123",
    levy_name="Lệ phí hộ tịch",
    payer_name="Ngô Thị Loan",
    payer_address="Thôn 3, xã Hòa Mẫu, tỉnh Minh Họa",
    amount=15_000,
    basis="15.000 đồng × 1 trường hợp; theo Nghị quyết của HĐND tỉnh Minh Họa, số và ngày theo danh mục",
    amount_words="Mười lăm nghìn đồng",
    payment="Tiền mặt",
    place="Hòa Mẫu",
    issued_on=date(2026, 6, 10),
    officer_name="Lê Thị Hạnh",
)

CONFIRMATION = PaymentConfirmation(
    letterhead=DESK,
    desk_name=DESK_NAME,
    number="12/XNT",
    payer_name="Nguyễn Thị Thu Hà",
    levy_name="Lệ phí hộ tịch",
    amount=15_000,
    amount_words="Mười lăm nghìn đồng",
    paid_at=NOW,
    payment="Tiền mặt",
    dossier_code="H99.12-261125-0011",
    officer_name="Lê Thị Hạnh",
    sent_to="0900 000 112",
    sent_by=date(2026, 11, 26),
)

VOID = VoidMinutes(
    letterhead=DESK,
    desk_name=DESK_NAME,
    at=datetime.fromisoformat("2026-06-10T09:30"),
    place=DESK_NAME,
    form="01BLP2-001",
    series="AA-26T",
    number="0000122",
    issued_on=date(2026, 6, 10),
    payer_name="Ngô Thị Loan",
    amount=28_000,
    reason="ghi sai mức thu",
    returned_sheets=2,
    new_number="0000123",
    paid_back=13_000,
    collector_name="Lê Thị Hạnh",
    leader_name="Đặng Thu Mẫu",
)

FEEDBACK_BOOK = FeedbackBook(
    book=Book(DESK_NAME, "Phản ánh, kiến nghị", "01", 2026, first_page=12),
    entries=(
        FeedbackEntry(
            47, "PAKN-2026-0047", datetime.fromisoformat("2026-11-25T09:02"), "", "trực tiếp",
            "Yêu cầu giấy xác nhận nơi cư trú hai lần, không có trên bảng niêm yết", "về hành vi hành chính",
            "UBND xã Hòa Mẫu", date(2026, 12, 9), "Đúng; 318/UBND-VP, 04/12/2026", secret=True,
        ),
        FeedbackEntry(
            48, "PAKN-2026-0048", datetime.fromisoformat("2026-11-25T14:10"),
            "Lý Thị Mai; Thôn 5, xã Hòa Mẫu; 0900 000 166", "điện thoại",
            "Thời gian cấp Giấy xác nhận thông tin về cư trú", "khác",
            "Công an xã Hòa Mẫu; 12/PC-UBND, 27/11/2026", date(2026, 12, 2),
        ),
    ),
)  # fmt: skip

CONDUCT = ConductApology(
    letterhead=COMMUNE,
    number="01/TXL-UBND",
    agency="Ủy ban nhân dân xã Hòa Mẫu",
    written_on=date(2026, 12, 4),
    title_of_person="Ông",
    person_name="Trần Văn Khoa",
    what_happened="Ngày 16 và ngày 23 tháng 10 năm 2026, Ông hai lần được yêu cầu nộp giấy xác nhận nơi cư trú.",
    whose_fault="Việc yêu cầu này là lỗi của quầy tiếp nhận hồ sơ.",
    cause="Nguyên nhân: cán bộ dùng danh mục cũ.",
    corrected="Danh mục tại quầy đã được thay ngày 27 tháng 11 năm 2026; hồ sơ của Ông đang được giải quyết.",
    new_date=date(2026, 12, 11),
    contact_name="Đặng Thu Mẫu",
    contact_phone="0900 000 000 (mẫu)",
    signer_title="CHỦ TỊCH",
    signer_name="Vũ Đình Mẫu",
)

LETTER = FeedbackLetter(
    letterhead=COMMUNE,
    number="319/UBND-PAKN",
    agency="Ủy ban nhân dân xã Hòa Mẫu",
    written_on=date(2026, 12, 4),
    title_of_person="Ông",
    person_name="Trần Văn Khoa",
    received_on=date(2026, 11, 25),
    feedback_code="PAKN-2026-0047",
    reason="nội dung đã được Tòa án thụ lý",
    contact="Trung tâm Phục vụ hành chính công xã Hòa Mẫu, điện thoại 0900 000 000 (mẫu)",
    signer_title="CHỦ TỊCH",
    signer_name="Vũ Đình Mẫu",
    on_behalf="TM. ỦY BAN NHÂN DÂN",
)
FEEDBACK_REFUSAL = RefusalLetter(
    LETTER,
    "Tôi đề nghị xã giải quyết việc tranh chấp ranh giới với hộ bên cạnh",
    "Điều 7 Nghị định số 20/2008/NĐ-CP ngày 14/2/2008 của Chính phủ",
    "Tòa án nhân dân khu vực 1, tỉnh Minh Họa",
)
FEEDBACK_EXTENSION = ExtensionNotice(
    replace(LETTER, number="14/TB-UBND", reason="cần xác minh tại hai cơ quan khác", on_behalf=""),
    date(2026, 12, 16),
    date(2027, 1, 7),
)

SUMMARY = ReceiptSummary(
    letterhead=DESK,
    desk_name=DESK_NAME,
    day=NOW.date(),
    lines=(
        SummaryLine("EBL01", "26TAA", "210", NOW.date(), CERTIFY, 16_000, "Mới"),
        SummaryLine(
            "EBL01", "26TAA", "212", NOW.date(), EXTRACT, 8_000, "Thay thế", "", "EBL01, 26TAA, 211", "Sai mức thu"
        ),
    ),
    maker_name="Lê Thị Hạnh",
    leader_name="Đặng Thu Mẫu",
)


MATCHED = DayMatch(
    letterhead=DESK,
    desk_name=DESK_NAME,
    day=date(2026, 11, 25),
    counter="Quầy 2",
    matched_at=datetime.fromisoformat("2026-11-25T17:05"),
    rows=(
        MatchedRow("Hồ sơ tiếp nhận", 41, 41),
        MatchedRow("Biên lai đã lập", 23, 22),
        MatchedRow("Tiền trên biên lai", 1_412_000, 1_397_000, money=True),
        MatchedRow("Bản ghi khác (giấy, thiết lập)", 318, 318),
    ),
    places=("Dòng 1000002: Máy chủ để riêng mục 214 (number-twice)",),
    signature="4f9a01c2 8be2d0a1 77c0a1b2 91f3ee04 …",
    officer_name="Nguyễn Thị Hạnh",
)


USB_SLIP = UsbSlip(
    letterhead=DESK,
    desk_name=DESK_NAME,
    counter="Quầy 2",
    no=7,
    file="QUAY-99012-Q2-000007.age",
    records=1576,
    receipts=212,
    digits="4821 0093",
    made_at=datetime.fromisoformat("2026-11-25T16:50"),
    officer_name="Nguyễn Thị Hạnh",
)


UNPAID = replace(
    ACCEPTANCE,
    fee="15.000 đồng, chưa thu",
    transfer=TransferBox(
        transfer_text(BankAccount("970400", "0000000000", "UBND XÃ HÒA MẪU (MẪU)"), 15_000, "LP 261125 0011"),
        15_000, "0000000000", "UBND XÃ HÒA MẪU (MẪU)", "LP 261125 0011",
    ),
)  # fmt: skip

ERROR_NOTICE = ErrorNotice(
    letterhead=DESK,
    desk_name=DESK_NAME,
    number="07/TBSS",
    at=NOW,
    collector="Ủy ban nhân dân xã Hòa Mẫu",
    tax_code="0000000000",
    form="EBL01",
    series="26TAA",
    receipt_number="208",
    issued_at=datetime.fromisoformat("2026-11-24T09:12"),
    payer_name="Nguyễn Thị Thu Hà",
    amount=15_000,
    wrong="Nguyễn Thị Thu Hà",
    right="Nguyễn Thị Thu Hằng",
    reason="Sai tên người nộp",
    paid_back=0,
    officer_name="Lê Thị Hạnh",
    leader_name="Trần Văn Minh",
)

REMITTANCE = RemittanceSlip(
    letterhead=DESK,
    desk_name=DESK_NAME,
    at=datetime.fromisoformat("2026-12-04T09:30"),
    month="11/2026",
    collected=3_412_000,
    remitted_before=1_000_000,
    amount=2_412_000,
    balance=0,
    amount_words="Hai triệu bốn trăm mười hai nghìn đồng",
    account="3713.0.9059001",
    reference="GNT 0142",
    officer_name="Lê Thị Hạnh",
)

ROLL = RollReceipt(RECEIPT, "Quầy 2", "Lê Thị Hạnh", given_vnd=20_000)

USAGE = ReceiptUsage(
    letterhead=DESK,
    desk_name=DESK_NAME,
    collector="Ủy ban nhân dân xã Hòa Mẫu",
    tax_code="0000000000",
    period="Quý IV/2026",
    first=date(2026, 10, 1),
    last=date(2026, 12, 31),
    made_at=NOW,
    ranges=(
        range_use("01BLP2-001", "AA-26T", Numbers(1, 500), 37, new=False,
                  issued=[(38, 10_000), (39, 15_000), (40, 8_000)], struck=[39]),
        range_use("EBL01", "26TAA", Numbers(1, 99_999_999), 0, new=True,
                  issued=[(n, 15_000) for n in range(1, 209)], struck=[12, 13, 14, 90]),
    ),
    sources="Số liệu máy này đến 10:40 hôm nay.",
    maker_name="Lê Thị Hạnh",
    head_title="GIÁM ĐỐC",
    head_name="Trần Văn Minh",
)  # fmt: skip


class Sample(NamedTuple):
    """A paper, how it is made, how many pages it takes, and the digits its QR holds."""

    data: object
    render: Callable[[], bytes]
    pages: int
    code: str = ""


SAMPLES = {
    "giay-hen": Sample(ACCEPTANCE, partial(acceptance_slip.render, ACCEPTANCE), 2, ACCEPTANCE.slip_code),
    "phieu-huong-dan": Sample(GUIDANCE, partial(guidance_slip.render, GUIDANCE), 2, GUIDANCE.slip_code),
    "bien-lai": Sample(RECEIPT, partial(fee_receipt.render, RECEIPT), 1, RECEIPT.receipt_code),
    "noi-nop": Sample(REFERRAL, partial(referral_slip.render, REFERRAL), 1),
    "phieu-bo-sung": Sample(SUPPLEMENT, partial(supplement_slip.render, SUPPLEMENT), 2, SUPPLEMENT.slip_code),
    "tu-choi": Sample(REFUSAL, partial(refusal_slip.render, REFUSAL), 2, REFUSAL.slip_code),
    "thu-xin-loi": Sample(APOLOGY, partial(apology_letter.render, APOLOGY), 3, APOLOGY.letter_code),
    "dung-giai-quyet": Sample(STOP, partial(stop_notice.render, STOP), 3),
    "bang-ke": Sample(DAY_CLOSE, partial(day_close.render, DAY_CLOSE), 2),
    "kiem-soat": Sample(CONTROL, partial(control_slip.render, CONTROL), 1),
    "so-theo-doi": Sample(REGISTER, partial(dossier_register.render, REGISTER), 2),
    "so-chung-thuc": Sample(CERTIFICATIONS, partial(certification_book.render, CERTIFICATIONS), 1),
    "chua-nhan": Sample(UNCOLLECTED, partial(uncollected_list.render, UNCOLLECTED), 1),
    "doi-ngay-hen": Sample(MOVED, partial(moved_dates_list.render, MOVED), 1),
    "giay-hen-nhieu-chang": Sample(STAGED, partial(acceptance_slip.render, STAGED), 2, STAGED.slip_code),
    "kiem-soat-nhieu-chang": Sample(STAGED_CONTROL, partial(control_slip.render, STAGED_CONTROL), 1),
    "giay-moi": Sample(INVITATION, partial(invitation.render, INVITATION), 1),
    "ban-giao": Sample(HANDOVER, partial(handover_list.render, HANDOVER), 2),
    "pakn-tiep-nhan": Sample(FEEDBACK_SLIP, partial(feedback_slip.render, FEEDBACK_SLIP), 3, FEEDBACK_SLIP.slip_code),
    "pakn-khong-nhan": Sample(FEEDBACK_REFUSAL, partial(feedback_letters.render_refusal, FEEDBACK_REFUSAL), 2),
    "pakn-gia-han": Sample(FEEDBACK_EXTENSION, partial(feedback_letters.render_extension, FEEDBACK_EXTENSION), 2),
    "pakn-tra-loi": Sample(FEEDBACK_REPLY, partial(feedback_reply.render, FEEDBACK_REPLY), 2),
    "pakn-chuyen": Sample(TRANSFER, partial(transfer_slip.render, TRANSFER), 1),
    "pakn-thong-bao": Sample(TRANSFER.number, partial(transfer_slip.render_notice, TRANSFER_NOTICE), 1),
    "khao-sat": Sample(SURVEY, partial(survey_form.render, SURVEY), 1),
    "niem-yet": Sample(POSTER, partial(posters.render_procedure, POSTER), 1, POSTER.poster_code),
    "niem-yet-pakn": Sample(FEEDBACK_POSTER, partial(posters.render_feedback, FEEDBACK_POSTER), 1),
    "niem-yet-qr": Sample(
        CATALOGUE_QR.address, partial(posters.render_catalogue_qr, CATALOGUE_QR), 1, CATALOGUE_QR.address
    ),
    "bien-lai-giay": Sample(PAPER_RECEIPT, partial(paper_receipt.render, PAPER_RECEIPT), 1),
    "xac-nhan-da-thu": Sample(CONFIRMATION, partial(payment_confirmation.render, CONFIRMATION), 1),
    "usb": Sample(USB_SLIP, partial(usb_slip.render, USB_SLIP), 1),
    "khop-so": Sample(MATCHED, partial(day_match.render, MATCHED), 1),
    "xoa-bo-bien-lai": Sample(VOID, partial(void_minutes.render, VOID), 2),
    "so-pakn": Sample(FEEDBACK_BOOK, partial(feedback_book.render, FEEDBACK_BOOK), 1),
    "thu-xin-loi-hanh-vi": Sample(CONDUCT, partial(conduct_apology.render, CONDUCT), 2),
    "giay-hen-chua-thu": Sample(
        replace(UNPAID, transfer=None), partial(acceptance_slip.render, UNPAID), 2, UNPAID.slip_code
    ),
    "thong-bao-sai-sot": Sample(ERROR_NOTICE, partial(error_notice.render, ERROR_NOTICE), 2),
    "nop-tien": Sample(REMITTANCE, partial(remittance_slip.render, REMITTANCE), 2),
    "bien-lai-k80": Sample(
        (RECEIPT.series, RECEIPT.payer_name, RECEIPT.total_words, RECEIPT.check_number),
        partial(thermal_receipt.render, ROLL),
        1,
        RECEIPT.receipt_code,
    ),
    "su-dung-bien-lai": Sample(USAGE, partial(receipt_usage.render, USAGE), 1),
    "tong-hop": Sample(SUMMARY, partial(receipt_summary.render, SUMMARY), 1),
}
