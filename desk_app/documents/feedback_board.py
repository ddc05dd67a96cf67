"""What feedback led to, for the notice board (Nghị định 20/2008/NĐ-CP Điều 19): codes, days and words that show nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signed_by_head, title
from desk_app.documents.boxes import Gap
from desk_app.documents.formats import short_date
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block

TITLE = "CÔNG KHAI KẾT QUẢ XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ"
_COLUMNS = (
    Column("STT", 10, "c"), Column("Mã", 36, "c"), Column("Ngày nhận", 23, "c"), Column("Ngày trả lời", 23, "c"),
    Column("Kết quả", 73),
)  # fmt: skip


@dataclass(frozen=True)
class PublishedResult:
    """One result as it may hang on the wall; ``words`` were checked to show nobody before they were published."""

    feedback_code: str
    received_on: date
    answered_on: date | None
    kind: str  # về hành vi hành chính
    words: str


@dataclass(frozen=True)
class FeedbackBoard:
    """The results of some days, the newest first."""

    letterhead: Letterhead
    agency: str
    posted_on: date
    since: date
    results: tuple[PublishedResult, ...]
    contact: str
    head_title: str
    marks: tuple[Mark, ...] = ()


def render(data: FeedbackBoard) -> bytes:
    """The sheets for the board; without results it says so."""
    lines = Lines(A4.text_width, 13)
    span = f"Kết quả công khai từ ngày {short_date(data.since)} đến ngày {short_date(data.posted_on)}"
    body: list[Block] = [
        head(data.letterhead, data.posted_on, ""),
        title(TITLE, lines.width, marks=data.marks, gap=8),
        lines.text(span, align="centre"),
        Gap(2),
        *table(_COLUMNS, [_row(n, result) for n, result in enumerate(data.results, 1)], Style(size=12, air=2)),
        *([] if data.results else [lines.text("Không có kết quả nào trong thời gian này.")]),
        Gap(2),
        lines.text(f"Nơi tiếp nhận phản ánh, kiến nghị: {data.contact}."),
    ]
    tail = [signed_by_head(Signer(data.head_title, "", ""), ("Niêm yết;", "Lưu: VT."), lines.width)]
    foot = foot_note(data.marks, lines.width)
    return to_pdf(Layout(A4, TITLE, data.agency, body, tail, foot, data.marks, code=TITLE, air=1))


def _row(number: int, result: PublishedResult) -> Sequence[str | Cell]:
    answered = short_date(result.answered_on) if result.answered_on else ""
    kind = f"Phản ánh {result.kind}."
    return (
        str(number),
        result.feedback_code,
        short_date(result.received_on),
        answered,
        Cell(kind, small=(result.words,)),
    )
