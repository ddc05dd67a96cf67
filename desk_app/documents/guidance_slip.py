"""Phiếu hướng dẫn hoàn thiện hồ sơ: given before intake, once, with the whole list and not only what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desk_app.documents.blocks import Foot, Letterhead, Signer, foot, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import two
from desk_app.documents.lines import Lines, dear, framed_line
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, fit, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block

TITLE = "PHIẾU HƯỚNG DẪN"
COLUMNS = (
    Column("STT", 10, "c"), Column("Thành phần hồ sơ phải nộp", 52), Column("Loại", 30), Column("Số lượng", 15, "c"),
    Column("Đã có", 14, "c"), Column("Còn thiếu/Cần sửa", 44),
)  # fmt: skip
PROMISE = "Khi nộp lại: mang theo phiếu này; đã nộp đủ theo phiếu thì không yêu cầu thêm."
UNVERIFIED = "Nội dung thủ tục trong danh mục chưa kiểm chứng với văn bản công bố."


@dataclass(frozen=True)
class GuidanceLine:
    """One required document: what it is, of which kind, how many, brought or not, what is wrong and how to cure it."""

    name: str
    kind: str
    count: int
    present: bool
    missing: str = ""  # cause, then how to cure; empty prints `Không`
    why: str = ""  # because of which answers it is asked: vì chọn “Đã ly hôn”; empty = always
    unverified: bool = False


@dataclass(frozen=True)
class GuidanceSlip:
    """What the slip says; texts as printed. Empty optional texts print dots to write on."""

    letterhead: Letterhead
    number: str  # 96/HDHS
    slip_code: str  # decimal digits of the QR
    desk_name: str
    given_at: datetime
    title_of_person: str  # Ông, Bà or Ông (Bà)
    person_name: str
    address: str
    phone: str
    procedure_name: str
    procedure_code: str
    settling_agency: str
    lines: tuple[GuidanceLine, ...]
    forms: str
    term: str
    fee: str  # 15.000 đồng (mười lăm nghìn đồng) | Không thu
    submit_at: str
    opening_hours: str
    legal_basis: tuple[str, ...]
    officer_name: str
    officer_phone: str
    feedback: str
    catalogue_version: str
    not_needed: tuple[str, ...] = ()
    second_reason: str | None = None  # set on a second slip to the same person for the same procedure
    verified: bool = True
    witnesses: tuple[str, ...] | None = None
    copies: int = 2
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class _Setting:
    """How closely the slip is set."""

    size: float
    leading: float
    free: float  # mm to sign


SETTINGS = (_Setting(13, 1.2, 20), _Setting(12.3, 1.18, 18), _Setting(12, 1.12, 16))


def render(data: GuidanceSlip) -> bytes:
    """The copies (citizen, file) in one PDF, each on one page unless the list is longer than that."""
    layout = fit(partial(_layout, data), SETTINGS)
    return to_pdf(*[layout] * data.copies)


def _layout(data: GuidanceSlip, setting: _Setting) -> Layout:
    lines = Lines(A4.text_width, setting.size, setting.leading)
    width = lines.width
    body: list[Block] = [
        head(data.letterhead, data.given_at, data.number),
        title(TITLE, width, sub="(hoàn thiện hồ sơ)", marks=data.marks, gap=6),
        dear(data.title_of_person, data.person_name, width, setting.size),
        *_subject(data, lines),
        *_list(data, setting),
        *_terms(data, lines),
        framed_line(PROMISE, width, size=13),
        *_contacts(data, lines),
    ]
    signers = (
        Signer("NGƯỜI ĐƯỢC HƯỚNG DẪN", data.person_name, witnesses=data.witnesses),
        Signer("NGƯỜI HƯỚNG DẪN", data.officer_name),
    )
    return Layout(
        A4, TITLE, data.desk_name, body, [signatures(signers, width, free=setting.free, size=12.5)],
        foot(_foot(data), width, data.marks), data.marks, code=f"Phiếu hướng dẫn số {data.number}",
    )  # fmt: skip


def _foot(data: GuidanceSlip) -> Foot:
    lines = [("Quét mã tại quầy để mở lại nội dung đã hướng dẫn.",), (f"Danh mục bản {data.catalogue_version}.",)]
    if not data.verified:
        lines.append((UNVERIFIED,))
    return Foot(data.slip_code, tuple(lines))


def _subject(data: GuidanceSlip, lines: Lines) -> Sequence[Block]:
    code = f" (mã {data.procedure_code})" if data.procedure_code else ""
    return [
        lines.pair(("Địa chỉ:", data.address), ("Số điện thoại:", data.phone), 0.6),
        lines.field("Thủ tục hành chính:", data.procedure_name + code),
        lines.field("Cơ quan giải quyết:", data.settling_agency),
        Gap(0.8),
    ]


def _list(data: GuidanceSlip, setting: _Setting) -> Sequence[Block]:
    rows = [
        (str(index), _named(line), line.kind, two(line.count), "x" if line.present else "", line.missing or "Không")
        for index, line in enumerate(data.lines, start=1)
    ]
    return [*table(COLUMNS, rows, Style(size=min(12, setting.size - 0.5))), Gap(0.8)]


def _named(line: GuidanceLine) -> str:
    remarks = "; ".join(filter(None, (line.why, "chưa kiểm chứng" if line.unverified else "")))
    return f"{line.name} ({remarks})" if remarks else line.name


def _terms(data: GuidanceSlip, lines: Lines) -> Sequence[Block]:
    second = data.second_reason
    return [
        lines.field("Không phải nộp (đã có trong dữ liệu):", "; ".join(data.not_needed)),
        lines.field("Mẫu đơn, tờ khai:", data.forms),
        lines.pair(("Thời hạn giải quyết:", data.term), ("Phí, lệ phí:", data.fee), 0.42),
        lines.field("Nộp tại / nộp trực tuyến tại:", data.submit_at),
        lines.field("Giờ tiếp nhận:", data.opening_hours),
        lines.field("Căn cứ pháp lý:", "; ".join(data.legal_basis)),
        *([] if second is None else [lines.field("Lý do hướng dẫn lần hai:", second)]),
    ]


def _contacts(data: GuidanceSlip, lines: Lines) -> Sequence[Block]:
    return [
        lines.pair(("Cán bộ hướng dẫn:", data.officer_name), ("Số điện thoại:", data.officer_phone)),
        lines.field("Địa chỉ tiếp nhận phản ánh, kiến nghị:", data.feedback),
    ]
