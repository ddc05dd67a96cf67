"""Biên bản khớp số: what the desk and the upper server counted for a day, side by side, on one A5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import amount, clock, short_date
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines, framed_line
from desk_app.documents.marks import Mark
from desk_app.documents.page import A5_LANDSCAPE, Layout, fit, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block

TITLE = "BIÊN BẢN KHỚP SỐ"
COLUMNS = (
    Column("Nội dung", 66), Column("Máy tại quầy", 38, "r"), Column("Máy chủ cấp trên", 38, "r"),
    Column("Kết quả", 34, "c"),
)  # fmt: skip
EQUAL, UNEQUAL = "Khớp", "Chưa khớp"
MOST_PLACES = 4


@dataclass(frozen=True)
class MatchedRow:
    """One thing counted on both sides; `money` says that the figures are đồng."""

    what: str
    desk: int
    centre: int
    money: bool = False

    @property
    def equal(self) -> bool:
        """Whether both sides counted the same."""
        return self.desk == self.centre


@dataclass(frozen=True)
class DayMatch:
    """What the receipt says. `places`: where the sides differ, in words; none when they are equal."""

    letterhead: Letterhead
    desk_name: str
    day: date
    counter: str
    matched_at: datetime
    rows: tuple[MatchedRow, ...]
    places: tuple[str, ...]
    signature: str
    officer_name: str
    marks: tuple[Mark, ...] = ()


def render(data: DayMatch) -> bytes:
    """One A5 sheet."""
    return to_pdf(fit(lambda setting: _layout(data, *setting), ((11.0, 12.0, 1.6), (10.0, 8.0, 1.2), (9.0, 5.0, 0.8))))


def _layout(data: DayMatch, size: float, free: float, air: float) -> Layout:
    lines = Lines(A5_LANDSCAPE.text_width, size, 1.2)
    verdict = "HAI BÊN KHỚP SỐ" if not data.places else f"CHƯA KHỚP: {len(data.places)} CHỖ"
    wide = lines.width / MM / sum(column.width for column in COLUMNS)
    columns = tuple(Column(c.head, c.width * wide, c.align) for c in COLUMNS)
    body: list[Block] = [
        head(data.letterhead, data.matched_at, left=88, width=lines.width / MM),
        title(f"{TITLE} NGÀY {short_date(data.day)}", lines.width, marks=data.marks, gap=2),
        lines.text(
            f"{data.counter}. Máy chủ cấp trên trả lời lúc {clock(data.matched_at)} ngày {short_date(data.matched_at)}.",
            align="centre",
        ),
        framed_line(verdict, lines.width, size=size + 1),
        Gap(0.5),
        *table(columns, [_row(row) for row in data.rows], Style(size=size, air=air)),
        *(lines.text(f"- {place}") for place in data.places[:MOST_PLACES]),
    ]
    if len(data.places) > MOST_PLACES:
        body.append(lines.text(f"- và {len(data.places) - MOST_PLACES} chỗ khác, xem trên máy."))
    body.append(lines.text(f"Chữ ký số của máy chủ: {data.signature}"))
    tail = [signatures([Signer("NGƯỜI LẬP", data.officer_name)], lines.width, free=free, size=size)]
    foot = foot_note(data.marks, lines.width, 10)
    return Layout(A5_LANDSCAPE, TITLE, data.desk_name, body, tail, foot, data.marks, TITLE, air=1.2)


def _row(row: MatchedRow) -> tuple[str, ...]:
    unit = " đồng" if row.money else ""
    return (row.what, amount(row.desk) + unit, amount(row.centre) + unit, EQUAL if row.equal else UNEQUAL)
