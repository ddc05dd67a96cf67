"""Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu số 03): names the rule and, if another body is competent, which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desk_app.documents.blocks import Foot, Letterhead, Signer, feedback_line, foot, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, fit, to_pdf
from desk_app.documents.text import Block, bold

TITLE = "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"


@dataclass(frozen=True)
class RefusalSlip:
    """What the slip says; `reason` names điểm, khoản, Điều and the competent agency with its address."""

    letterhead: Letterhead
    number: str  # 97/HDHS; empty where the province prints none
    slip_code: str  # decimal digits of the QR
    desk_name: str
    given_at: datetime
    applicant_name: str
    address: str
    phone: str
    procedure_name: str
    reason: str
    officer_name: str
    feedback: str
    email: str = ""
    witnesses: tuple[str, ...] | None = None
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: RefusalSlip) -> bytes:
    """The copies (citizen, file) in one PDF. Raises ValueError without a reason: such a slip is not printed."""
    if not data.reason.strip():
        raise ValueError("a refusal names its reason")
    layout = fit(partial(_layout, data), (13.0, 12.0))
    return to_pdf(*[layout] * data.copies)


def _layout(data: RefusalSlip, size: float) -> Layout:
    lines = Lines(A4.text_width, size)
    body: list[Block] = [
        head(data.letterhead, data.given_at, data.number),
        title(TITLE, lines.width, marks=data.marks, gap=16),
        Gap(2),
        lines.field("Bộ phận tiếp nhận và trả kết quả:", data.desk_name),
        lines.field("Tiếp nhận hồ sơ của:", bold(data.applicant_name)),
        lines.field("Địa chỉ:", data.address),
        lines.pair(("Số điện thoại:", data.phone), ("Email:", data.email)),
        lines.field("Nội dung yêu cầu giải quyết:", data.procedure_name),
        lines.text(
            f"Qua xem xét, Bộ phận Tiếp nhận và Trả kết quả {data.desk_name} thông báo không tiếp nhận, giải quyết "
            f"hồ sơ này với lý do cụ thể như sau: {data.reason}",
            align="justify",
        ),
        lines.text("Xin thông báo cho Ông/Bà được biết và thực hiện./."),
    ]
    signers = (
        Signer("NGƯỜI NỘP HỒ SƠ", data.applicant_name, witnesses=data.witnesses),
        Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", data.officer_name),
    )
    bottom = Foot(data.slip_code, (feedback_line(data.feedback),))
    return Layout(
        A4, TITLE, data.desk_name, body, [signatures(signers, lines.width)], foot(bottom, lines.width, data.marks),
        data.marks, code=f"Phiếu số {data.number}" if data.number else "", air=4,
    )  # fmt: skip
