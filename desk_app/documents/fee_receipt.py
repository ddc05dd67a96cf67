"""Biên lai thu tiền phí, lệ phí: printed copy of the electronic receipt.

Content: Nghị định 254/2026/NĐ-CP Điều 23, Thông tư 91/2026/TT-BTC; the arrangement is our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from desk_app.documents.blocks import QrCode, mark_lines, title
from desk_app.documents.boxes import Beside, Framed, Gap, Rule, Stack
from desk_app.documents.fonts import Face
from desk_app.documents.formats import amount, groups, long_date, money, short_date
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines, field
from desk_app.documents.marks import Mark
from desk_app.documents.page import A5_LANDSCAPE, Layout, fit, to_pdf
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block, Text, bold, italic

TITLE = "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ"
SUB = "(Bản thể hiện của biên lai điện tử)"
UNSIGNED = "CHƯA KÝ SỐ"
CLOSING = "Ông/Bà không phải nộp khoản nào ngoài số tiền ghi trên biên lai."
COLUMNS = (
    Column("STT", 10, "c"), Column("Nội dung thu, căn cứ pháp lý", 100), Column("Số lượng", 20, "c"),
    Column("Mức thu", 28, "r"), Column("Thành tiền", 32, "r"),
)  # fmt: skip
SIGN_WIDTH = 92 * MM


@dataclass(frozen=True)
class ReceiptItem:
    """One charge: what for, legal basis, quantity × rate. `amount` in đồng equals quantity times rate."""

    content: str
    legal_basis: str
    quantity: int
    rate: int
    amount: int


@dataclass(frozen=True)
class Exemption:
    """Reduction or exemption: who and on which basis; `amount` in đồng is positive and printed negative."""

    basis: str
    amount: int


@dataclass(frozen=True)
class Signature:
    """Digital signature of the collecting body, as shown on the printed copy."""

    by: str
    at: datetime


@dataclass(frozen=True)
class ReplacedReceipt:
    """The receipt this one replaces."""

    series: str
    number: int
    issued_at: datetime


@dataclass(frozen=True)
class FeeReceipt:
    """What the receipt says; money in đồng, times in Vietnam time.

    Without `signature` the sheet says `CHƯA KÝ SỐ` and is not handed out as a receipt.
    """

    collector: str
    tax_code: str
    collector_address: str
    form: str  # EBL01
    series: str  # 26TAA; a training series is TAPHUAN
    number: int
    levy_name: str
    payer_name: str
    payer_address: str
    items: tuple[ReceiptItem, ...]
    total: int
    total_words: str  # Mười lăm nghìn đồng
    payment: str  # Tiền mặt | Chuyển khoản
    dossier_code: str
    issued_at: datetime
    receipt_code: str  # decimal digits of the QR
    check_number: str  # 8 digits
    signature: Signature | None = None
    exemption: Exemption | None = None
    replaces: ReplacedReceipt | None = None
    marks: tuple[Mark, ...] = ()


SETTINGS = ((12.0, 1.22, 11.0), (11.0, 1.15, 10.5), (10.5, 1.08, 10.0))  # text size, leading, table size


def render(data: FeeReceipt) -> bytes:
    """The printed copy on one A5 sheet (more only for very many charges). Raises ValueError when the sums disagree."""
    _check(data)
    return to_pdf(fit(partial(_layout, data), SETTINGS))


def with_signature(data: FeeReceipt, signature: Signature) -> FeeReceipt:
    """The same receipt with the box of its digital signature: the page that is signed."""
    return replace(data, signature=signature)


def _check(data: FeeReceipt) -> None:
    """A receipt whose lines do not add up is never printed."""
    less = data.exemption.amount if data.exemption else 0
    if any(item.quantity * item.rate != item.amount for item in data.items):
        raise ValueError("a charge is not quantity times rate")
    if sum(item.amount for item in data.items) - less != data.total:
        raise ValueError("the charges do not add up to the total")


def _layout(data: FeeReceipt, setting: tuple[float, float, float]) -> Layout:
    size, leading, table_size = setting
    lines = Lines(A5_LANDSCAPE.text_width, size, leading)
    width = lines.width
    body = [
        _head(data, width),
        title(TITLE, width, sub=SUB, marks=data.marks, gap=5),
        Gap(1),
        lines.field("Tên loại phí, lệ phí:", data.levy_name),
        lines.field("Tên đơn vị hoặc người nộp tiền:", bold(data.payer_name)),
        lines.field("Địa chỉ:", data.payer_address),
        Gap(0.8),
        *table(COLUMNS, _rows(data), Style(size=table_size)),
    ]
    tail = [_sum(data, width), *_details(data, lines), _proof(data, width)]
    foot = Stack([
        Rule(width, above=3, below=2), *mark_lines(data.marks, width, 10), Text(CLOSING, width, size=10, leading=1.2),
    ])  # fmt: skip
    return Layout(
        A5_LANDSCAPE, TITLE, data.collector, body, tail, foot, data.marks,
        code=f"Ký hiệu: {data.series} · Số: {data.number}",
    )  # fmt: skip


def _head(data: FeeReceipt, width: float) -> Block:
    right = 38 * MM
    left = width - right - 4 * MM
    collector = Stack([
        field("Đơn vị thu:", bold(data.collector), left, size=11),
        field("Mã số thuế:", data.tax_code, left, size=11),
        field("Địa chỉ:", data.collector_address, left, size=11),
    ])  # fmt: skip
    symbols = Stack([
        Text(("Mẫu số: ", bold(data.form)), right, size=10, leading=1.3),
        Text(("Ký hiệu: ", bold(data.series)), right, size=10, leading=1.3),
        Text(("Số: ", bold(str(data.number))), right, size=13, leading=1.2),
    ])  # fmt: skip
    return Beside([(0, collector), (width - right, symbols)])


def _rows(data: FeeReceipt) -> Sequence[Sequence[str | Cell]]:
    rows: list[Sequence[str | Cell]] = [
        (
            str(index), Cell(item.content, small=(item.legal_basis,) if item.legal_basis else ()), str(item.quantity),
            amount(item.rate), amount(item.amount),
        )
        for index, item in enumerate(data.items, start=1)
    ]  # fmt: skip
    if data.exemption:
        rows.append((Cell(f"Miễn, giảm: {data.exemption.basis}", align="l", span=4), amount(-data.exemption.amount)))
    rows.append((Cell("Cộng", Face.BOLD, "r", 4), Cell(amount(data.total), Face.BOLD)))
    return rows


def _sum(data: FeeReceipt, width: float) -> Block:
    text = Text(f"Số tiền: {money(data.total)}", width, size=14, face=Face.BOLD, leading=1.2)
    frame = text.lines[0].width + 16
    words = Text(("(Viết bằng chữ): ", italic(data.total_words)), width - frame - 5 * MM, size=12, leading=1.2)
    return Beside([(0, Framed(text, frame, pad=1.2 * MM, around=1.2 * MM)), (frame + 5 * MM, words)], middle=True)


def _details(data: FeeReceipt, lines: Lines) -> Sequence[Block]:
    paid = lines.pair(("Hình thức thanh toán:", data.payment), ("Mã hồ sơ:", data.dossier_code))
    old = data.replaces
    if old is None:
        return [paid]
    replaces = f"Thay thế biên lai ký hiệu {old.series} số {old.number} {long_date(old.issued_at)}"
    return [paid, lines.text(replaces)]


def _proof(data: FeeReceipt, width: float) -> Block:
    """The code with its check number, and at the right the date and the box of the digital signature."""
    code = QrCode(data.receipt_code, column=22, digits=False)
    check = f"{data.check_number[:4]}-{data.check_number[4:]}"
    middle = width - SIGN_WIDTH - 27 * MM
    numbers = Stack([
        Text(("Mã kiểm tra: ", bold(check)), middle, size=12, leading=1.3),
        Text(groups(data.receipt_code), middle - 2 * MM, size=10, leading=1.25, even=True),
    ])  # fmt: skip
    day = long_date(data.issued_at)
    signed = Stack([
        Text(f"N{day[1:]}", SIGN_WIDTH, size=12, face=Face.ITALIC, align="centre"), Gap(0.6), _signature(data.signature)
    ])  # fmt: skip
    return Stack([
        Gap(1), Beside([(0, code), (25 * MM, numbers), (width - SIGN_WIDTH, signed)], middle=True),
    ])  # fmt: skip


def _signature(signature: Signature | None) -> Block:
    inside = SIGN_WIDTH - 4 * MM
    if signature is None:
        return Framed(
            Text(UNSIGNED, inside, size=13, face=Face.BOLD, align="centre", leading=1.2), SIGN_WIDTH, pad=3 * MM,
            side=2 * MM, around=1,
        )  # fmt: skip
    at = signature.at
    lines = Stack([
        field("Ký bởi:", bold(signature.by), inside, size=11),
        Text(f"Ngày ký: {short_date(at)} {at:%H:%M:%S}", inside, size=11),
    ])  # fmt: skip
    return Framed(lines, SIGN_WIDTH, pad=1.5 * MM, side=2 * MM, around=1, thick=1)
