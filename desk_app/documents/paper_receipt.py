"""Biên lai thu tiền phí, lệ phí, self-printed on paper: usable to 31/12/2026 (Thông tư 303/2016/TT-BTC).

Two liên on one A4, all on one side; each number is printed once, any second print is marked as a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import MOTTO, STATE, Signer, mark_frame, mark_lines, sign
from desk_app.documents.boxes import Beside, Gap, Rule, Stack
from desk_app.documents.fonts import Face
from desk_app.documents.formats import long_date, money
from desk_app.documents.ink import MM, Ink
from desk_app.documents.lines import Lines, field
from desk_app.documents.marks import Mark
from desk_app.documents.page import Layout, Paper, fit, to_pdf
from desk_app.documents.text import Block, Text, bold, italic

TITLE = "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ"
LIEN = ("(Liên 1: Lưu tại cơ quan thu)", "(Liên 2: giao cho người nộp phí, lệ phí)")
SHEET = Paper(210, 297, 10, 10, 10, 10)
HALF = 148.5  # mm, where the sheet is cut
STAMP = (40 * MM, 25 * MM)  # room of the agency's stamp below its lines on liên 2
SIGN_WIDTH = 84 * MM


@dataclass(frozen=True)
class PaperReceipt:
    """What the receipt says; `amount` in đồng, `basis`: rate × quantity and legal basis, printed after the amount."""

    collector: str
    tax_code: str
    form: str  # 01BLP2-001
    series: str  # AA-26T
    number: str  # 7 digits
    levy_name: str
    payer_name: str
    payer_address: str
    amount: int
    basis: str
    amount_words: str
    payment: str
    place: str
    issued_on: date
    officer_name: str
    marks: tuple[Mark, ...] = ()


def render(data: PaperReceipt) -> bytes:
    """The two liên on one sheet. Raises ValueError when the number has not 7 digits."""
    if not (len(data.number) == 7 and data.number.isascii() and data.number.isdigit()):
        raise ValueError("the number of a paper receipt has 7 digits")
    return to_pdf(fit(lambda setting: _sheet(data, *setting), ((12.0, 17.0), (11.0, 14.0), (10.0, 12.0))))


def _sheet(data: PaperReceipt, size: float, free: float) -> Layout:
    first, second = (_lien(data, lien, size, free) for lien in LIEN)
    room = max(0.0, HALF - SHEET.top - first.height / MM)
    body: list[Block] = [first, Gap(room), _CutLine(), Gap(SHEET.top), second]
    # A liên higher than its half counts as too long: the next, closer setting is tried.
    if first.height > (HALF - 2 * SHEET.top) * MM:
        body.append(Gap(SHEET.height))
    return Layout(SHEET, TITLE, data.collector, body, marks=data.marks, air=0)


def _lien(data: PaperReceipt, lien: str, size: float, free: float) -> Stack:
    lines = Lines(SHEET.text_width, size, 1.3)
    side, _ = STAMP
    middle = lines.width - 2 * side
    name: list[Block] = [
        Gap(2),
        Text(TITLE, middle, size=14, face=Face.BOLD, align="centre", even=True),
        Text(f"Tên loại phí, lệ phí: {data.levy_name}", middle, size=12, align="centre"),
        Text(lien, middle, size=11.5, face=Face.ITALIC, align="centre"),
    ]
    across: list[tuple[float, Block]] = [(side, Stack(name)), (0, _Blank(STAMP[1]))]
    if data.marks:
        frame = mark_frame(data.marks)
        across.append((lines.width - frame.width, frame))
    day = Text(f"{data.place}, {long_date(data.issued_on)}", SIGN_WIDTH, size=12, face=Face.ITALIC, align="centre")
    signer = sign(Signer("Người thu tiền", data.officer_name, "(Ký, ghi rõ họ tên)"), SIGN_WIDTH, free=free, size=12)
    amount = lines.text("Số tiền: ", bold(money(data.amount)), f" ({data.basis})" if data.basis else "")
    return Stack([
        _head(data, lines.width),
        Beside(across),
        lines.field("Tên đơn vị hoặc người nộp tiền:", bold(data.payer_name)),
        lines.field("Địa chỉ:", data.payer_address),
        amount,
        lines.text("(Viết bằng chữ): ", italic(data.amount_words)),
        lines.field("Hình thức thanh toán:", data.payment),
        Beside([(lines.width - SIGN_WIDTH, Stack([day, signer])), (0, Stack(mark_lines(data.marks, 96 * MM, 10)))]),
    ])  # fmt: skip


def _head(data: PaperReceipt, width: float) -> Block:
    left, right = 58 * MM, 38 * MM
    middle = width - left - right
    agency = Stack([
        field("Đơn vị thu:", bold(data.collector), left - 4, size=10.5),
        field("Mã số thuế:", data.tax_code, left - 4, size=10.5),
    ])  # fmt: skip
    motto = Text(MOTTO, middle, size=11, face=Face.BOLD, align="centre")
    words = motto.lines[0].width
    state = Stack([
        Text(STATE, middle, size=10.5, face=Face.BOLD, align="centre"), motto,
        Rule(words, offset=(middle - words) / 2, above=1, below=1),
    ])  # fmt: skip
    symbols = Stack([
        Text(("Mẫu số: ", bold(data.form)), right - 6, size=10, leading=1.35),
        Text(("Ký hiệu: ", bold(data.series)), right - 6, size=10, leading=1.35),
        Text(("Số: ", bold(data.number)), right - 6, size=13, leading=1.2),
    ])  # fmt: skip
    return Beside([(0, agency), (left, state), (left + middle + 6, symbols)])


class _CutLine:
    """Where the sheet is cut, from edge to edge."""

    height = 0.0

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the dots over the margins too."""
        ink.leader(x - SHEET.left * MM, x + (SHEET.width - SHEET.left) * MM, top)

    def split(self, room: float) -> None:
        """A line is not cut."""


class _Blank:
    """Room that stays free of text (the agency's stamp)."""

    __slots__ = ("height",)

    def __init__(self, height: float) -> None:
        self.height = height

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Nothing is drawn."""

    def split(self, room: float) -> None:
        """Room is not cut."""
