"""One worked paper of each kind, as in the design's pictures; every name and number is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from desk_app.documents import acceptance_slip, fee_receipt, guidance_slip
from desk_app.documents.acceptance_slip import AcceptanceSlip, KeptDocument
from desk_app.documents.blocks import Letterhead
from desk_app.documents.fee_receipt import FeeReceipt, ReceiptItem, Signature
from desk_app.documents.guidance_slip import GuidanceLine, GuidanceSlip

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
}
