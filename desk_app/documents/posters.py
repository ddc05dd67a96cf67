"""Postings on the wall: one procedure (A3), where to send feedback (A3), the list of procedures behind a QR (A4).

Readable at two metres: names 50 pt, body 20 pt and more. The fee table is what Luật Phí và lệ phí Điều 14 asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import MOTTO, STATE, Letterhead, QrCode
from desk_app.documents.boxes import Beside, Framed, Gap, Rule, Stack
from desk_app.documents.fonts import Face
from desk_app.documents.formats import short_date
from desk_app.documents.ink import MM, Ink
from desk_app.documents.page import A3, A4, Layout, Paper, fit, to_pdf
from desk_app.documents.qr import draw_qr
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block, Run, Text

SHEET = Paper(297, 420, 14, 15, 11, 15)
SHEET_A4 = A4._replace(left=20, right=20)
FEES = ("Tên phí, lệ phí", "Mức thu", "Phương thức thu", "Đối tượng nộp", "Miễn, giảm", "Văn bản quy định")
FEEDBACK_TITLE = "ĐỊA CHỈ TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ"
LIST_TITLE = "Danh mục thủ tục hành chính tiếp nhận tại đây"
SECRECY = "Ông/Bà được giữ bí mật thông tin khi đề nghị."


@dataclass(frozen=True)
class PostedFee:
    """One line of the fee table, in the order of FEES."""

    name: str
    rate: str
    payment: str
    payers: str
    exemptions: str
    basis: str


@dataclass(frozen=True)
class ProcedurePoster:
    """What the A3 posting of one procedure says; pairs are (bold words, plain words)."""

    letterhead: Letterhead
    field: str
    code: str
    name: str
    term: str
    fee: str
    place: str
    documents: tuple[tuple[str, str], ...]
    sets: str
    steps: tuple[tuple[str, str], ...]
    ways: str
    result: str
    settling_agency: str
    conditions: str
    forms: str
    fees: tuple[PostedFee, ...]
    poster_code: str  # decimal digits of the QR
    feedback: str
    decision: str  # Quyết định công bố số …, ngày …
    legal_basis: str
    posted_on: date
    catalogue_version: str


@dataclass(frozen=True)
class FeedbackPoster:
    """What the A3 posting of the feedback address says; empty lines print dots."""

    letterhead: Letterhead
    agency: str
    address: str
    phone: str
    email: str
    site: str
    box: str
    hours: str


@dataclass(frozen=True)
class CatalogueQr:
    """The A4 sheet with the web address of the list, the only code that holds more than digits."""

    letterhead: Letterhead
    address: str


def _sans(
    words: Sequence[str | Run] | str, width: float, size: float, *, heavy: bool = False, leading: float = 1.25
) -> Text:
    return Text(words, width, size=size, face=Face.SANS_BOLD if heavy else Face.SANS, leading=leading)


def _heavy(words: str) -> Run:
    return Run(words, Face.SANS_BOLD)


def head_wide(letter: Letterhead, width: float, size: float = 15) -> Block:
    """HEAD without number and date."""
    half = width / 2
    motto = Text(MOTTO, half, size=size + 1, face=Face.BOLD, align="centre", leading=1.2)
    words = motto.lines[0].width
    agency = Stack([
        Text(letter.superior, half, size=size, align="centre", leading=1.2),
        Text(letter.own, half, size=size, face=Face.BOLD, align="centre", leading=1.2, even=True),
        Rule(23 * MM, offset=half / 2 - 11.5 * MM, above=2, below=1),
    ])  # fmt: skip
    state = Stack([
        Text(STATE, half, size=size, face=Face.BOLD, align="centre", leading=1.2), motto,
        Rule(words, offset=(half - words) / 2, above=1, below=1),
    ])  # fmt: skip
    return Beside([(0, agency), (half, state)])


def _boxed(label: str, value: str, width: float) -> Framed:
    inside = width - 8 * MM
    block = Stack([_sans(label, inside, 20), _sans(value, inside, 24, heavy=True, leading=1.2)])
    return Framed(block, width, pad=2 * MM, side=4 * MM, around=0, thick=2)


def _part(heading: str, width: float) -> list[Block]:
    return [_sans(heading, width, 27, heavy=True, leading=1.2), _Line(width, 2.5)]


def _item(bold_words: str, words: str, width: float, size: float) -> list[Block]:
    """Bold words, then plain ones: on the same line when both fit, else below."""
    one = _sans((_heavy(bold_words), f" {words}"), width, size, leading=1.2)
    if len(one.lines) == 1:
        return [Gap(1.2), one, Gap(1.2), _Line(width, 0.5)]
    two = [_sans(bold_words, width, size, heavy=True, leading=1.2), _sans(words, width, size, leading=1.2)]
    return [Gap(1.2), *two, Gap(1.2), _Line(width, 0.5)]


class _Line:
    """A line across a column."""

    __slots__ = ("_thick", "_width", "height")

    def __init__(self, width: float, thick: float) -> None:
        self._width, self._thick, self.height = width, thick, thick

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the line."""
        ink.rule(x, top, x + self._width, top, self._thick)

    def split(self, room: float) -> None:
        """A line is not cut."""


def render_procedure(data: ProcedurePoster) -> bytes:
    """The A3 posting of one procedure; letters shrink from 20 to 15 pt before a second sheet is taken."""
    return to_pdf(fit(lambda size: _procedure(data, size), (20.0, 18.5, 17.0, 15.0)))


def _procedure(data: ProcedurePoster, size: float) -> Layout:
    width = SHEET.text_width
    box = (width - 10 * MM) / 3
    left = 141 * MM
    right = width - left - 6 * MM
    boxes = [("Thời hạn giải quyết", data.term), ("Phí, lệ phí", data.fee), ("Nơi tiếp nhận", data.place)]
    body: list[Block] = [
        head_wide(data.letterhead, width),
        Gap(4),
        _sans(f"Lĩnh vực: {data.field} · Mã thủ tục: {data.code}", width, 20),
        Text(data.name, width, size=50 if len(data.name) < 60 else 36, face=Face.SANS_BOLD, leading=1.12, even=True),
        Gap(4),
        Beside([(index * (box + 5 * MM), _boxed(*pair, box)) for index, pair in enumerate(boxes)]),
        Gap(5),
        Beside([
            (0, Stack([*_part("Thành phần hồ sơ", left), *_papers(data, left, size)])),
            (left + 6 * MM, Stack([*_part("Trình tự thực hiện", right), *_way(data, right, size)])),
        ]),
        Gap(4),
        *_fees(data, width),
        Gap(4),
        _feedback_box(data.poster_code, data.feedback, width),
    ]  # fmt: skip
    last = (
        f"{data.decision}; căn cứ pháp lý: {data.legal_basis}; niêm yết ngày {short_date(data.posted_on)}; "
        f"danh mục bản {data.catalogue_version}."
    )
    return Layout(SHEET, data.name, data.letterhead.own, body, foot=_sans(last, width, 11), air=0)


def _papers(data: ProcedurePoster, width: float, size: float) -> list[Block]:
    items = [block for pair in data.documents for block in _item(*pair, width, size)]
    return [*items, *_section("Số lượng hồ sơ", data.sets, width, size)]


def _way(data: ProcedurePoster, width: float, size: float) -> list[Block]:
    items = [block for pair in data.steps for block in _item(*pair, width, size)]
    facts = (
        ("Cách thức nộp", data.ways), ("Kết quả", data.result), ("Cơ quan giải quyết", data.settling_agency),
        ("Yêu cầu, điều kiện", data.conditions), ("Mẫu đơn, tờ khai", data.forms),
    )  # fmt: skip
    return [*items, *(block for fact in facts for block in _section(*fact, width, size))]


def _section(label: str, words: str, width: float, size: float) -> list[Block]:
    return [Gap(1.6), _sans((_heavy(f"{label}:"), f" {words}"), width, size, leading=1.2)]


def _fees(data: ProcedurePoster, width: float) -> Sequence[Block]:
    columns = [Column(head, width / MM / len(FEES)) for head in FEES]
    rows = [(fee.name, fee.rate, fee.payment, fee.payers, fee.exemptions, fee.basis) for fee in data.fees]
    return table(columns, rows, Style(size=14, side=2 * MM, air=3))


def _feedback_box(code: str, feedback: str, width: float) -> Framed:
    side = 34 * MM
    words = _sans((_heavy("Phản ánh, kiến nghị:"), f" {feedback} {SECRECY}"), width - side - 18 * MM, 20)
    block = Beside([(0, QrCode(code, side=32, column=34, digits=False)), (side + 4 * MM, words)], middle=True)
    return Framed(block, width, pad=1.5 * MM, side=5 * MM, around=0, thick=2)


def render_feedback(data: FeedbackPoster) -> bytes:
    """The A3 posting of the address for feedback."""
    width = A3.text_width
    lines = (
        ("Cơ quan", data.agency), ("Địa chỉ", data.address), ("Điện thoại chuyên dùng", data.phone),
        ("E-mail", data.email), ("Trang thông tin", data.site), ("Hòm thư", data.box), ("Giờ tiếp", data.hours),
    )  # fmt: skip
    body: list[Block] = [
        head_wide(data.letterhead, width),
        Gap(14),
        Text(FEEDBACK_TITLE, width, size=44, face=Face.SANS_BOLD, align="centre", leading=1.2, even=True),
        Gap(12),
    ]
    for label, words in lines:
        body += [
            _sans(label, width, 22),
            Text(words, width, size=32, face=Face.SANS_BOLD, leading=1.25, leader=not words),
            Gap(7),
        ]
    body.append(Framed(_sans(SECRECY, width - 12 * MM, 24, heavy=True), width, pad=4 * MM, side=6 * MM, thick=2))
    return to_pdf(Layout(A3, FEEDBACK_TITLE, data.letterhead.own, body, air=0))


def render_catalogue_qr(data: CatalogueQr) -> bytes:
    """The A4 sheet with the QR of the list of procedures."""
    width = SHEET_A4.text_width
    body: list[Block] = [
        head_wide(data.letterhead, width, 11),
        Gap(20),
        Text(LIST_TITLE, width, size=30, face=Face.SANS_BOLD, align="centre", leading=1.25, even=True),
        Gap(14),
        _AddressCode(data.address, width),
        Gap(8),
        Text(data.address, width, size=20, face=Face.SANS, align="centre"),
    ]
    return to_pdf(Layout(SHEET_A4, LIST_TITLE, data.letterhead.own, body, air=0))


class _AddressCode:
    """A QR of a web address, 110 mm, in the middle."""

    __slots__ = ("_address", "_width", "height")

    def __init__(self, address: str, width: float) -> None:
        self._address, self._width, self.height = address, width, 110 * MM

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the code."""
        draw_qr(ink, self._address, x + (self._width - self.height) / 2, top, self.height, digits_only=False)

    def split(self, room: float) -> None:
        """A code is not cut."""
