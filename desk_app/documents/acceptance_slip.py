"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01): two liên of one number. Wording of Thông tư 01/2018/TT-VPCP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desk_app.documents.blocks import Foot, Letterhead, Signer, feedback_line, foot, head, signatures, title
from desk_app.documents.boxes import Framed, Gap, Stack
from desk_app.documents.fonts import Face
from desk_app.documents.formats import clock, long_date, moment, two, weekday
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, fit, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block, Text, bold
from desk_app.documents.transfer_box import TransferBox, transfer_box

TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
LIEN = ("(Liên 1: Lưu)", "(Liên 2: Giao khách hàng)")
NOTES = (
    (
        "- Giấy tiếp nhận và hẹn trả kết quả được lập thành 2 liên; một liên chuyển kèm theo Phiếu kiểm soát quá trình "
        "giải quyết hồ sơ và được lưu tại Bộ phận tiếp nhận và trả kết quả; một liên giao cho cá nhân, tổ chức nộp hồ "
        "sơ;"
    ),
    (
        "- Cá nhân, tổ chức có thể đăng ký nhận kết quả tại Bộ phận tiếp nhận và trả kết quả hoặc tại nhà (trụ sở tổ "
        "chức) qua dịch vụ bưu chính."
    ),
)
COLUMNS = (
    Column("STT", 12, "c"), Column("Tên giấy tờ", 88), Column("Loại giấy tờ\n(Bản chính/Bản sao)", 40),
    Column("Số lượng", 25, "c"),
)  # fmt: skip
BRING = (bold("Khi đến nhận kết quả: "), "mang theo giấy này, thẻ căn cước (nhận thay: thêm văn bản ủy quyền).")


@dataclass(frozen=True)
class KeptDocument:
    """A paper the desk keeps: its name, `Bản chính`/`Bản sao`, how many sheets of it."""

    name: str
    kind: str
    count: int


@dataclass(frozen=True)
class AcceptanceSlip:
    """What the slip says; texts as printed, times in Vietnam time. Empty optional texts print dots to write on."""

    letterhead: Letterhead
    number: str  # 1284/TNHS
    dossier_code: str
    slip_code: str  # decimal digits of the QR
    desk_name: str
    applicant_name: str
    address: str
    phone: str
    procedure_name: str
    kept: tuple[KeptDocument, ...]
    sets: int
    term: str  # 03 ngày làm việc: always with the unit
    received_at: datetime
    due_at: datetime | None  # None: no term can be given, the frame then keeps dots
    result_place: str
    fee: str  # 15.000 đồng; biên lai ký hiệu 26TAA số 208 | chưa thu | không thu
    book: str
    entry_no: str
    officer_name: str
    feedback: str  # agency, address, telephone
    email: str = ""
    submitter: str = ""  # <name>, theo văn bản ủy quyền <number, date>
    signer_name: str = ""  # who signs for the applicant, the applicant when empty
    shown: tuple[str, ...] = ()  # papers shown and given back
    bring: str = ""
    witnesses: tuple[str, ...] | None = None
    marks: tuple[Mark, ...] = ()
    transfer: TransferBox | None = None  # how an unpaid fee may be paid; on the citizen's liên only
    settled_by: str = ""  # the agency that settles it when that is not this office; printed as a line of its own
    stages: tuple[str, ...] = ()  # each office's limit and date, when the dossier passes several


@dataclass(frozen=True)
class _Setting:
    """How closely the slip is set."""

    size: float
    leading: float
    free: float  # mm to sign


SETTINGS = (
    _Setting(13, 1.2, 23), _Setting(13, 1.13, 20), _Setting(12.5, 1.08, 18), _Setting(12, 1.06, 15),
    _Setting(11.5, 1.05, 13), _Setting(11, 1.03, 12),
)  # fmt: skip


def render(data: AcceptanceSlip) -> bytes:
    """The two liên in one PDF, each on one page unless the list of papers is longer than that."""
    return to_pdf(*(fit(partial(_liên, data, lien), SETTINGS) for lien in LIEN))


def _liên(data: AcceptanceSlip, lien: str, setting: _Setting) -> Layout:
    lines = Lines(A4.text_width, setting.size, setting.leading)
    width = lines.width
    body: list[Block] = [
        head(data.letterhead, data.received_at, data.number),
        lines.text("Mã hồ sơ: ", bold(data.dossier_code), gap=2),
        title(TITLE, width, sub=lien, marks=data.marks, gap=5),
        *_who(data, lines),
        *_what(data, lines),
        *_when(data, lines),
    ]
    if data.transfer is not None and lien == LIEN[-1]:
        body += [Gap(1), transfer_box(data.transfer, width, max(10.5, setting.size - 1.5))]
    signers = (
        Signer("NGƯỜI NỘP HỒ SƠ", data.signer_name or data.applicant_name, witnesses=data.witnesses),
        Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", data.officer_name),
    )
    notes = [Text(note, width, size=11, leading=1.12, align="justify") for note in NOTES]
    bring = (BRING[0], data.bring or BRING[1])
    return Layout(
        A4, TITLE, data.desk_name, body, [signatures(signers, width, free=setting.free), Gap(1.5), *notes],
        foot(Foot(data.slip_code, (bring, feedback_line(data.feedback))), width, data.marks), data.marks,
        code=f"Mã hồ sơ: {data.dossier_code}",
    )  # fmt: skip


def _who(data: AcceptanceSlip, lines: Lines) -> Sequence[Block]:
    submitter = [lines.field("Người nộp thay:", data.submitter)] if data.submitter else []
    return [
        lines.field("Bộ phận tiếp nhận và trả kết quả:", data.desk_name),
        lines.field("Tiếp nhận hồ sơ của:", bold(data.applicant_name)),
        *submitter,
        lines.field("Địa chỉ:", data.address),
        lines.pair(("Số điện thoại:", data.phone), ("Email:", data.email)),
        lines.field("Nội dung yêu cầu giải quyết:", data.procedure_name),
    ]


def _what(data: AcceptanceSlip, lines: Lines) -> Sequence[Block]:
    rows = [(str(index), paper.name, paper.kind, two(paper.count)) for index, paper in enumerate(data.kept, start=1)]
    return [
        lines.text("1. Thành phần hồ sơ nộp gồm:"),
        Gap(0.8),
        *table(COLUMNS, rows, Style(size=11.5)),
        Gap(0.8),
        lines.field("Giấy tờ xuất trình, đã trả lại:", "; ".join(data.shown)),
        lines.text(f"2. Số lượng hồ sơ: {two(data.sets)} (bộ)"),
        lines.field(
            "3. Thời gian giải quyết hồ sơ theo quy định là:", data.term + (", trong đó:" if data.stages else "")
        ),
        *(lines.text(f"- {stage};") for stage in data.stages),
        lines.text(f"4. Thời gian nhận hồ sơ: {moment(data.received_at)}"),
    ]


def _when(data: AcceptanceSlip, lines: Lines) -> Sequence[Block]:
    """The appointment, in a frame: the hour on the first line, the whole date on the second."""
    at, day = "… giờ … phút", "ngày … tháng … năm …"
    if data.due_at:
        at, day = clock(data.due_at), f"{long_date(data.due_at)} ({weekday(data.due_at)})"
    words = (f"5. Thời gian trả kết quả giải quyết hồ sơ: {at},", day)
    framed = Stack([Text(line, lines.width - 6 * MM, size=14, face=Face.BOLD, leading=1.2) for line in words])
    return [
        Framed(framed, lines.width, pad=1 * MM, side=3 * MM, around=1 * MM),
        lines.field("6. Đăng ký nhận kết quả tại:", data.result_place),
        *([lines.text(f"Hồ sơ nhận tại đây, do {data.settled_by} giải quyết.")] if data.settled_by else []),
        lines.field("Phí, lệ phí (nếu có):", data.fee),
        lines.pair(("Vào Sổ theo dõi hồ sơ, Quyển số:", data.book), ("Số thứ tự:", data.entry_no), 0.58),
    ]
