"""Báo cáo tình hình sử dụng biên lai (BC7/AC): the 22 columns of the form on A4 landscape, and the same as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents import workbook
from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import amount, short_date
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import Layout, Paper, to_pdf
from desk_app.documents.table import Cell, Column, Style, table
from desk_app.documents.text import Block
from desk_app.documents.workbook import Heading, Workbook
from desk_app.domain.receipt_usage import Numbers, RangeUse, listed

TITLE = "BÁO CÁO TÌNH HÌNH SỬ DỤNG BIÊN LAI"
FORM = "BC7/AC"
KIND = "Biên lai thu phí, lệ phí"
PAPER = Paper(297, 210, 12, 8, 12, 8)  # 22 columns: the margins are as small as office printers allow
#: Upper head, head, width in mm; the form's own words (columns 1–22).
HEADS = (
    ("", "STT", 8), ("", "Tên loại biên lai", 30), ("", "Ký hiệu mẫu biên lai", 23), ("", "Ký hiệu biên lai", 17),
    ("Số tồn đầu kỳ, mua/phát hành trong kỳ", "Tổng số", 22),
    ("Số tồn đầu kỳ, mua/phát hành trong kỳ", "Tồn đầu kỳ: Từ số", 16),
    ("Số tồn đầu kỳ, mua/phát hành trong kỳ", "Tồn đầu kỳ: Đến số", 17),
    ("Số tồn đầu kỳ, mua/phát hành trong kỳ", "Mua/phát hành: Từ số", 17),
    ("Số tồn đầu kỳ, mua/phát hành trong kỳ", "Mua/phát hành: Đến số", 20),
    ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Từ số", 16), ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Đến số", 16),
    ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Cộng", 14),
    ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Số lượng đã sử dụng", 14),
    ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Xóa bỏ: Số lượng", 12),
    ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Xóa bỏ: Số", 20),
    ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Mất: Số lượng", 11), ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Mất: Số", 12),
    ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Hủy: Số lượng", 11), ("Số sử dụng, xóa bỏ, mất, hủy trong kỳ", "Hủy: Số", 11),
    ("Tồn cuối kỳ", "Từ số", 17), ("Tồn cuối kỳ", "Đến số", 20), ("Tồn cuối kỳ", "Số lượng", 22),
)  # fmt: skip
TOTALS = (5, 12, 13, 14, 16, 18, 22)  # columns that are summed
PROMISE = (
    "Cam kết báo cáo tình hình sử dụng biên lai trên đây là đúng sự thật, nếu sai, đơn vị chịu hoàn toàn trách nhiệm "
    "trước pháp luật."
)


@dataclass(frozen=True)
class ReceiptUsage:
    """The report of a period. ``sources``: how fresh its figures are; ``head_title``: who signs for the office."""

    letterhead: Letterhead
    desk_name: str
    collector: str
    tax_code: str
    period: str
    first: date
    last: date
    made_at: datetime
    ranges: tuple[RangeUse, ...]
    sources: str
    maker_name: str
    head_title: str
    head_name: str = ""
    marks: tuple[Mark, ...] = ()


def rows_of(data: ReceiptUsage) -> list[tuple[int | str, ...]]:
    """The 22 columns of every range, and the row of totals."""
    found = [_row(index, use) for index, use in enumerate(data.ranges, 1)]
    total: list[int | str] = ["", "Tổng cộng", *([""] * 20)]
    for column in TOTALS:
        total[column - 1] = sum(int(row[column - 1] or 0) for row in found)
    return [*found, tuple(total)]


def render(data: ReceiptUsage) -> bytes:
    """The report as PDF, ready for signature."""
    lines = Lines(PAPER.text_width, 11)
    wide = lines.width / MM / sum(width for _, _, width in HEADS)
    columns = [
        Column(name, width * wide, "l" if at in (1, 14, 16, 18) else "r" if at > 3 else "c")
        for at, (_, name, width) in enumerate(HEADS)
    ]
    rows = rows_of(data)
    body: list[Block] = [
        head(data.letterhead, data.made_at, left=130, width=lines.width / MM),
        title(TITLE, lines.width, sub=f"({FORM})", marks=data.marks, gap=4),
        lines.text(f"Kỳ báo cáo: {data.period} (từ ngày {short_date(data.first)} đến ngày {short_date(data.last)})",
                   align="centre"),
        lines.text(f"Tên tổ chức thu: {data.collector}. Mã số thuế: {data.tax_code}."),
        lines.text("Kỳ báo cáo cuối cùng: [   ]    Chuyển địa điểm: [   ]"),
        lines.text("Đơn vị tính: Số", align="right"),
        Gap(1),
        *table(columns, [_cells(row, last=row is rows[-1]) for row in rows],
               Style(size=8, side=0.5 * MM, air=1.2), groups=_groups(), numbered=True),
        Gap(2),
        lines.text("Cột 12 = 13 + 14 + 16 + 18; cột 22 = 5 − 12. Biên lai điện tử: số bị thay thế ghi ở cột xóa bỏ. "
                   f"Tiền trên biên lai đã sử dụng: {amount(sum(use.amount_vnd for use in data.ranges))} đồng."),
        lines.text(data.sources),
        lines.text(PROMISE),
    ]  # fmt: skip
    signers = (Signer("NGƯỜI LẬP BÁO CÁO", data.maker_name), Signer(data.head_title, data.head_name))
    tail = [signatures(signers, lines.width, free=22)]
    name = f"{FORM} {data.period}"
    return to_pdf(
        Layout(PAPER, name, data.desk_name, body, tail, foot_note(data.marks, lines.width), data.marks, name, air=0)
    )


def as_xlsx(data: ReceiptUsage) -> bytes:
    """The same rows as a workbook: whole numbers, one row of heads with the form's column numbers."""
    headings = tuple(
        Heading(f"{f'{group}: ' if group else ''}{name} ({index})", max(9.0, width / 1.8))
        for index, (group, name, width) in enumerate(HEADS, 1)
    )
    above = (f"{TITLE} ({FORM})", f"{data.collector}; mã số thuế: {data.tax_code}", f"Kỳ báo cáo: {data.period}")
    return workbook.render(
        Workbook(FORM.replace("/", "-"), above, headings, data.desk_name, data.made_at), rows_of(data)
    )


def _row(index: int, use: RangeUse) -> tuple[int | str, ...]:
    return (
        index, KIND, use.form, use.symbol, use.total, *_ends(use.opening), *_ends(use.received), *_ends(use.touched),
        use.gone, use.used, len(use.struck), listed(use.struck), len(use.lost), listed(use.lost), 0, "",
        *_ends(use.left), use.left.count if use.left else 0,
    )  # fmt: skip


def _ends(numbers: Numbers | None) -> tuple[int | str, int | str]:
    return (numbers.first, numbers.last) if numbers is not None else ("", "")


def _cells(row: Sequence[int | str], *, last: bool) -> Sequence[str | Cell]:
    said = [str(value) for value in row]
    return [Cell(text, Face.BOLD) for text in said] if last else said


def _groups() -> list[tuple[str, int, int]]:
    """Upper heads with the first and last column under each."""
    found: list[tuple[str, int, int]] = []
    for index, (group, _, _) in enumerate(HEADS):
        if group and found and found[-1][0] == group:
            found[-1] = (group, found[-1][1], index)
        elif group:
            found.append((group, index, index))
    return found
