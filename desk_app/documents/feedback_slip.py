"""Phiếu tiếp nhận phản ánh, kiến nghị: what was heard, read back and confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from desk_app.documents.blocks import Foot, Letterhead, Signer, foot, head, signatures, title
from desk_app.documents.boxes import Framed, Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import long_date, moment, weekday
from desk_app.documents.ink import HAIR, MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, fit, to_pdf
from desk_app.documents.text import Block, Run, Text, bold
from desk_app.documents.tick import Choices

TITLE = "PHIẾU TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ"
WAYS = ("trực tiếp", "điện thoại", "văn bản/bưu chính", "hòm thư", "điện tử")
KINDS = ("về quy định hành chính", "về hành vi hành chính", "khác")
SECRET = "(giữ bí mật)"
OFFICE = "(Bản lưu hành nội bộ, không ghi thông tin người phản ánh)"
SEALED = "(Bản niêm phong: chỉ người được giao xử lý và lãnh đạo mở)"
LEAST_ROOM = 60 * MM  # the frame of the content


@dataclass(frozen=True)
class FeedbackSlip:
    """What the slip says. `way` and `kind` are one of WAYS and KINDS.

    Secret: name, address and telephone stand only on the citizen's and the sealed copy; a third one, for the way through
    the office, hides them.
    """

    letterhead: Letterhead
    number: str  # 47/PTN-PAKN
    slip_code: str  # decimal digits of the QR
    desk_name: str
    feedback_code: str  # PAKN-2026-0047
    person_name: str
    person_number: str
    address: str
    phone: str
    secret: bool
    way: str
    kind: str
    about: str
    related: str
    content: str
    enclosures: str
    received_at: datetime
    handled_by: str
    answer_by: date | None
    officer_name: str
    desk_phone: str
    email: str = ""
    witnesses: tuple[str, ...] | None = None
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: FeedbackSlip) -> bytes:
    """The copies in one PDF; a long story goes on overleaf. Secret: the citizen's, the office's without him, the sealed."""
    if not data.secret:
        return to_pdf(*[_fitted(data, "")] * data.copies)
    office = _fitted(data, OFFICE, hidden=True)
    return to_pdf(_fitted(data, ""), office, _fitted(data, SEALED))


def _fitted(data: FeedbackSlip, kind: str, *, hidden: bool = False) -> Layout:
    return fit(partial(_layout, data, kind, hidden), ((13.0, 1.2), (12.5, 1.15), (12.0, 1.1)))


def _layout(data: FeedbackSlip, kind: str, hidden: bool, setting: tuple[float, float]) -> Layout:
    lines = Lines(A4.text_width, *setting)
    body: list[Block] = [
        head(data.letterhead, data.received_at, data.number),
        title(TITLE, lines.width, marks=data.marks, gap=9),
        *([lines.text(Run(kind, Face.ITALIC), align="centre")] if kind else []),
        Gap(1),
        lines.field("Mã PAKN:", bold(data.feedback_code)),
        *_person(data, lines, hidden=hidden),
        *_subject(data, lines),
        *_content(data, lines),
        lines.field("Tài liệu kèm theo:", data.enclosures),
        lines.text("Đã đọc lại cho người phản ánh nghe và công nhận đúng."),
        lines.text(f"Thời gian tiếp nhận: {moment(data.received_at)}"),
        lines.field("Cơ quan xử lý:", data.handled_by),
        lines.field("Thời hạn trả lời (dự kiến):", _term(data.answer_by)),
    ]
    signers = (
        Signer("NGƯỜI PHẢN ÁNH", SECRET if hidden else data.person_name, witnesses=data.witnesses),
        Signer("NGƯỜI TIẾP NHẬN", data.officer_name),
    )
    words = ("Quét mã tại quầy hoặc đọc Mã PAKN để hỏi kết quả xử lý.",), (f"Điện thoại: {data.desk_phone}.",)
    return Layout(
        A4, TITLE, data.desk_name, body, [signatures(signers, lines.width, free=16)],
        foot(Foot(data.slip_code, words), lines.width, data.marks), data.marks, code=f"Mã PAKN: {data.feedback_code}",
    )  # fmt: skip


def _person(data: FeedbackSlip, lines: Lines, *, hidden: bool) -> Sequence[Block]:
    def shown(text: str) -> str:
        return SECRET if hidden else text

    return [
        lines.field("Họ và tên/tên tổ chức:", bold(shown(data.person_name))),
        lines.field("Số định danh/MST:", shown(data.person_number)),
        lines.field("Địa chỉ:", shown(data.address)),
        lines.pair(("Số điện thoại:", shown(data.phone)), ("Email:", shown(data.email))),
    ]


def _subject(data: FeedbackSlip, lines: Lines) -> Sequence[Block]:
    def choices(label: str, words: Sequence[str], chosen: str) -> Choices:
        marked = [(word, word == chosen) for word in words]
        return Choices(label, marked, lines.width, size=lines.size, leading=lines.leading)

    return [
        choices("Đề nghị giữ bí mật thông tin người phản ánh:", ("",), "" if data.secret else "-"),
        choices("Hình thức tiếp nhận:", WAYS, data.way),
        choices("Loại:", KINDS, data.kind),
        lines.field("Cơ quan, cán bộ bị phản ánh:", data.about),
        lines.field("Thủ tục/hồ sơ liên quan (mã):", data.related),
    ]


def _content(data: FeedbackSlip, lines: Lines) -> Sequence[Block]:
    """The story in a frame of at least 60 mm; one that is longer than the frame may be cut overleaf stands unframed."""
    inside = lines.width - 6 * MM
    text = Text(data.content, inside, size=lines.size, leading=lines.leading, align="justify")
    label = lines.text("Nội dung phản ánh, kiến nghị:")
    if text.height > 2 * LEAST_ROOM:
        whole = Text(data.content, lines.width, size=lines.size, leading=lines.leading, align="justify")
        return [label, whole]
    pad = 2 * MM
    return [label, Framed(text, lines.width, pad=pad, side=3 * MM, around=1 * MM, thick=HAIR, least=LEAST_ROOM)]


def _term(day: date | None) -> str:
    return f"{long_date(day)} ({weekday(day)})" if day else ""
