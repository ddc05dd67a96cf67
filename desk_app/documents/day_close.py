"""Bảng kê thu phí, lệ phí: the day's receipts, the cash counted, three signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import amount, money, short_date, two
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, A4_LANDSCAPE, Layout, Paper, to_pdf
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block, italic

TITLE = "BẢNG KÊ THU PHÍ, LỆ PHÍ NGÀY"
DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
COLUMNS = (
    Column("STT", 8, "c"), Column("Số biên lai", 12, "c"), Column("Mã hồ sơ", 33, "c"), Column("Người nộp", 28),
    Column("Loại phí, lệ phí", 24), Column("Số tiền", 16, "r"), Column("Tiền mặt", 15, "r"),
    Column("Chuyển khoản", 15, "r"), Column("Ghi chú\n(xóa bỏ, miễn)", 14),
)  # fmt: skip
MOST_PORTRAIT = 25  # rows; a longer list lies
WAITING = "chờ xác nhận"


@dataclass(frozen=True)
class CollectedReceipt:
    """One receipt of the day. `cash` and `transfer` in đồng; a struck one (void, replaced) counts in no sum."""

    number: str
    dossier_code: str
    payer_name: str
    levy_name: str
    amount: int
    cash: int
    transfer: int
    note: str = ""
    struck: bool = False


@dataclass(frozen=True)
class UsedRange:
    """Numbers used of one series: `kind` is `thay thế` (electronic) or `xóa bỏ` (paper)."""

    series: str  # EBL01, 26TAA
    first: str
    last: str
    kind: str = "thay thế"
    struck: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayClose:
    """What the list says; money in đồng. `counted`: sheets of each denomination, in the order of DENOMINATIONS."""

    letterhead: Letterhead
    desk_name: str
    day: date
    counter: str
    collector_name: str
    receipts: tuple[CollectedReceipt, ...]
    ranges: tuple[UsedRange, ...]
    counted: tuple[int, ...]
    cash_words: str
    cashier_name: str = ""
    leader_name: str = ""  # empty: `chờ xác nhận` is printed
    difference_reason: str = ""
    other_cash: int = 0  # in the drawer, not of these receipts: change money, cash of the next day's book
    copies: int = 2
    marks: tuple[Mark, ...] = ()

    @property
    def living(self) -> tuple[CollectedReceipt, ...]:
        """Receipts that count."""
        return tuple(receipt for receipt in self.receipts if not receipt.struck)

    @property
    def cash(self) -> int:
        """Cash by the receipts."""
        return sum(receipt.cash for receipt in self.living)

    @property
    def transfer(self) -> int:
        """Transfers by the receipts."""
        return sum(receipt.transfer for receipt in self.living)

    @property
    def difference(self) -> int:
        """Cash counted less cash by the receipts and what else lies in the drawer."""
        return self.counted_total - self.cash - self.other_cash

    @property
    def counted_total(self) -> int:
        """The sum of the sheets."""
        return sum(value * sheets for value, sheets in zip(DENOMINATIONS, self.counted, strict=True))


def render(data: DayClose) -> bytes:
    """The copies in one PDF. Raises ValueError for a receipt whose ways of payment do not make its amount, and for a
    difference without a reason."""
    if any(receipt.cash + receipt.transfer != receipt.amount for receipt in data.living):
        raise ValueError("cash and transfer do not make the amount of a receipt")
    if data.difference and not data.difference_reason.strip():
        raise ValueError("a difference needs its reason")
    paper = A4_LANDSCAPE if len(data.receipts) > MOST_PORTRAIT else A4
    return to_pdf(*[_layout(data, paper)] * data.copies)


def _layout(data: DayClose, paper: Paper) -> Layout:
    lines = Lines(paper.text_width, 12)
    wide = paper.text_width / MM
    name = f"{TITLE} {short_date(data.day)}"
    body: list[Block] = [
        head(data.letterhead, data.day, width=wide, left=70 if paper is A4 else 130),
        title(name, lines.width, marks=data.marks, gap=6),
        lines.text(f"Quầy: {data.counter}. Người thu: {data.collector_name}", align="centre"),
        Gap(1),
        *_list(data, wide / (A4.text_width / MM)),
        Gap(1),
        *_sums(data, lines),
        *_count(data, lines),
    ]
    signers = (
        Signer("NGƯỜI GIAO", data.collector_name),
        Signer("NGƯỜI NHẬN", data.cashier_name, "(thủ quỹ/kế toán)\n(Ký và ghi rõ họ tên)"),
        Signer("XÁC NHẬN CỦA LÃNH ĐẠO", data.leader_name or WAITING),
    )
    return Layout(
        paper, name, data.desk_name, body, [signatures(signers, lines.width, free=20, size=11)],
        foot_note(data.marks, lines.width), data.marks, code=name, air=1.5,
    )  # fmt: skip


def _list(data: DayClose, scale: float) -> Sequence[Block]:
    columns = [Column(column.head, column.width * scale, column.align) for column in COLUMNS]
    rows: list[Sequence[str | Cell]] = [_row(index, receipt) for index, receipt in enumerate(data.receipts, start=1)]
    sums = (amount(data.cash + data.transfer), amount(data.cash), amount(data.transfer))
    rows.append((Cell("Cộng", Face.BOLD, "r", 5), *(Cell(text, Face.BOLD) for text in sums), ""))
    return table(columns, rows, Style(size=10, side=0.8 * MM, air=1.2))


def _row(index: int, receipt: CollectedReceipt) -> Sequence[str | Cell]:
    texts = (receipt.number, receipt.dossier_code, receipt.payer_name, receipt.levy_name, amount(receipt.amount))
    cash = amount(receipt.cash) if receipt.cash and not receipt.struck else ""
    transfer = amount(receipt.transfer) if receipt.transfer and not receipt.struck else ""
    return (str(index), *(Cell(text, strike=receipt.struck) for text in texts), cash, transfer, receipt.note)


def _sums(data: DayClose, lines: Lines) -> Sequence[Block]:
    kinds: dict[str, int] = {}
    for receipt in data.living:
        kinds[receipt.levy_name] = kinds.get(receipt.levy_name, 0) + receipt.amount
    by_kind = "; ".join(f"{name} {money(total)}" for name, total in kinds.items())
    ways = f"tiền mặt {money(data.cash)}; chuyển khoản {money(data.transfer)}"
    return [
        lines.text(f"Theo loại: {by_kind or 'không có'}. Theo hình thức: {ways}."),
        *(lines.text(_used(used)) for used in data.ranges),
    ]


def _used(used: UsedRange) -> str:
    struck = f" ({', '.join(used.struck)})" if used.struck else ""
    count = two(len(used.struck)) if used.struck else "0"
    series = f" ({used.series})" if used.series else ""
    return f"Biên lai sử dụng{series}: từ số {used.first} đến số {used.last}, trong đó {used.kind} {count} số{struck}."


def _count(data: DayClose, lines: Lines) -> Sequence[Block]:
    """The cash by denomination, and what is over or short."""
    each = (lines.width / MM - 17 - 18) / len(DENOMINATIONS)
    columns = [Column("Mệnh giá", 17, "c"), *(Column(amount(value), each, "r") for value in DENOMINATIONS),
               Column("Cộng", 18, "r")]  # fmt: skip
    counted = Cell(amount(data.counted_total), Face.BOLD)
    row: Sequence[str | Cell] = (Cell("Số tờ", Face.BOLD), *(str(sheets) for sheets in data.counted), counted)
    reason = data.difference_reason or "không"
    other = data.other_cash
    return [
        lines.text("Mệnh giá tiền mặt:"),
        *table(columns, [row], Style(size=10, side=0.8 * MM, air=1.2)),
        Gap(0.8),
        *([lines.text(f"Trong đó tiền lẻ để lại, tiền thuộc sổ ngày sau: {money(other)}.")] if other else []),
        lines.text(f"Chênh lệch: {money(data.difference)}. Lý do: {reason}."),
        lines.text("Số tiền bằng chữ (tiền mặt): ", italic(data.cash_words), "."),
    ]
