"""Phiếu kiểm soát quá trình giải quyết hồ sơ: travels with the dossier; one block for each hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.blocks import Letterhead, foot_note, head, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import moment
from desk_app.documents.ink import MM, Ink
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.table import Column, Row, Style, table
from desk_app.documents.text import Block, Text, bold

TITLE = "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"
COLUMNS = (
    Column("TÊN CƠ QUAN", 40), Column("THỜI GIAN GIAO, NHẬN HỒ SƠ", 65, "c"),
    Column("KẾT QUẢ GIẢI QUYẾT HỒ SƠ\n(Trước hạn/\nđúng hạn/quá hạn)", 35, "c"), Column("GHI CHÚ", 25),
)  # fmt: skip
BLANK_BLOCKS = 5
SIGN_ROOM = 20 * MM
SIZE = 11.5


@dataclass(frozen=True)
class HandOver:
    """One hand-over; empty texts and no time are left to be written by hand."""

    giver: str = ""
    taker: str = ""
    at: datetime | None = None
    giver_name: str = ""
    taker_name: str = ""
    result: str = ""  # Trước hạn | Đúng hạn | Quá hạn
    note: str = ""


@dataclass(frozen=True)
class ControlSlip:
    """What the slip says: the hand-overs known so far, blank blocks up to five."""

    letterhead: Letterhead
    number: str  # 1284/PKS-UBND
    agency: str
    written_on: date
    dossier_code: str
    settling_agency: str
    cooperating_agency: str
    hand_overs: tuple[HandOver, ...] = ()
    marks: tuple[Mark, ...] = ()
    stages: tuple[str, ...] = ()  # each office's limit and date, when the dossier passes several
    total: str = ""  # the whole term and its date; printed with the stages


class _HandOverBlock:
    """Giver and taker, the time over two cells to sign in, result, note."""

    __slots__ = ("_cells", "_signs", "_when", "height")

    def __init__(self, number: int, hand: HandOver) -> None:
        style = Style(size=SIZE)
        inside = [column.width * MM - 2 * style.side for column in COLUMNS]
        names = (
            Text(f"{2 * number - 1}. Giao: {hand.giver or '…………'}", inside[0], size=SIZE, leading=1.15),
            Text(f"{2 * number}. Nhận: {hand.taker or '…………'}", inside[0], size=SIZE, leading=1.15),
        )
        when = moment(hand.at) if hand.at else "… giờ … phút, ngày … tháng … năm …"
        self._when = Text(when, COLUMNS[1].width * MM - 4, size=10.5, align="centre", leading=1.3)
        half = COLUMNS[1].width * MM / 2 - 4
        self._signs = [
            (
                Text(label, half, size=SIZE, align="centre", leading=1.2),
                Text(name, half, size=11, align="centre", leading=1.1),
            )
            for label, name in (("Người giao", hand.giver_name), ("Người nhận", hand.taker_name))
        ]
        self._cells = [
            list(names),
            [Text(hand.result, inside[2], size=SIZE, align="centre", leading=1.15)],
            [Text(hand.note, inside[3], size=SIZE, leading=1.15)],
        ]
        tallest = max(sum(text.height for text in cell) for cell in self._cells) + 4
        self.height = max(self._when.height + SIGN_ROOM, tallest)

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the frames and what is known."""
        edges = [x]
        for column in COLUMNS:
            edges.append(edges[-1] + column.width * MM)
        ink.grid(edges, top, top + self.height)
        under, middle = top + self._when.height, (edges[1] + edges[2]) / 2
        ink.grid([edges[1], middle, edges[2]], under, top + self.height)
        self._when.draw(ink, edges[1] + 2, top)
        for left, (label, name) in zip((edges[1], middle), self._signs, strict=True):
            label.draw(ink, left + 2, under + 1)
            name.draw(ink, left + 2, top + self.height - name.height - 1)
        for left, cell in zip((edges[0], edges[2], edges[3]), self._cells, strict=True):
            y = top + 2
            for text in cell:
                text.draw(ink, left + 1.5 * MM, y)
                y += text.height

    def split(self, room: float) -> None:
        """Kept together."""


def render(data: ControlSlip) -> bytes:
    """One copy; more than five hand-overs go on overleaf."""
    lines = Lines(A4.text_width)
    blanks = [HandOver()] * max(0, BLANK_BLOCKS - len(data.hand_overs))
    header = [block for block in table(COLUMNS, [], Style(size=SIZE)) if not isinstance(block, Row)]
    body: list[Block] = [
        head(data.letterhead, data.written_on, data.number),
        title(TITLE, lines.width, marks=data.marks, gap=12),
        Gap(1),
        lines.field("Mã hồ sơ:", bold(data.dossier_code)),
        lines.field("Cơ quan (bộ phận) giải quyết hồ sơ:", data.settling_agency),
        lines.field("Cơ quan phối hợp giải quyết hồ sơ:", data.cooperating_agency),
        *([lines.field("Thời hạn của từng cơ quan:", f"cả hồ sơ {data.total}")] if data.stages else []),
        *(lines.text(f"- {stage};") for stage in data.stages),
        Gap(1.5),
        *header,
        *(_HandOverBlock(index, hand) for index, hand in enumerate((*data.hand_overs, *blanks), start=1)),
    ]
    foot = foot_note(data.marks, lines.width)
    code = f"Mã hồ sơ: {data.dossier_code}"
    return to_pdf(Layout(A4, TITLE, data.agency, body, (), foot, data.marks, code, air=0))
