"""Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu số 02): after intake, or for an online dossier."""

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

TITLE = "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"
BRING = "mang theo phiếu này và thẻ căn cước."


@dataclass(frozen=True)
class SupplementSlip:
    """What the slip says; `needs` are whole sentences: paper, kind, count, what is wrong, how to cure it."""

    letterhead: Letterhead
    number: str  # 94/HDHS
    slip_code: str  # decimal digits of the QR
    dossier_code: str
    desk_name: str
    given_at: datetime
    applicant_name: str
    procedure_name: str
    address: str
    phone: str
    needs: tuple[str, ...]
    reason: str  # with the legal basis
    officer_name: str
    contact: str  # <name>, <desk>
    contact_phone: str
    feedback: str
    email: str = ""
    second_reason: str | None = None  # set on a second request
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: SupplementSlip) -> bytes:
    """The copies (citizen, file) in one PDF. Raises ValueError without a need or a reason: no such slip is printed."""
    if not data.needs or not data.reason.strip() or (data.second_reason is not None and not data.second_reason.strip()):
        raise ValueError("a supplement slip names what is missing and why")
    layout = fit(partial(_layout, data), (13.0, 12.5, 12.0))
    return to_pdf(*[layout] * data.copies)


def _layout(data: SupplementSlip, size: float) -> Layout:
    lines = Lines(A4.text_width, size)
    second = data.second_reason
    body: list[Block] = [
        head(data.letterhead, data.given_at, data.number),
        lines.text("Mã hồ sơ: ", bold(data.dossier_code), gap=6),
        title(TITLE, lines.width, marks=data.marks, gap=14),
        Gap(2),
        lines.field("Hồ sơ của:", bold(data.applicant_name)),
        lines.field("Nội dung yêu cầu giải quyết:", data.procedure_name),
        lines.field("Địa chỉ:", data.address),
        lines.pair(("Số điện thoại:", data.phone), ("Email:", data.email)),
        lines.text("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:"),
        *(lines.text(f"{index}. {need}", align="justify") for index, need in enumerate(data.needs, start=1)),
        lines.text(f"Lý do: {data.reason}", align="justify"),
        *([] if second is None else [lines.text(f"Lý do yêu cầu bổ sung lần hai: {second}", align="justify")]),
        lines.text(
            f"Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, ông (bà) liên hệ với {data.contact} số điện thoại "
            f"{data.contact_phone} để được hướng dẫn./.",
            align="justify",
        ),
    ]
    bottom = Foot(data.slip_code, ((bold("Khi nộp bổ sung tại quầy: "), BRING), feedback_line(data.feedback)))
    return Layout(
        A4, TITLE, data.desk_name, body, [signatures([Signer("NGƯỜI HƯỚNG DẪN", data.officer_name)], lines.width)],
        foot(bottom, lines.width, data.marks), data.marks, code=f"Mã hồ sơ: {data.dossier_code}", air=4,
    )  # fmt: skip
