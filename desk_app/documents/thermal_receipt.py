"""The receipt on a K80 roll (72 mm): a short form of the electronic receipt, never alone (papers.md §8.3)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from desk_app.documents.blocks import QrCode, mark_lines
from desk_app.documents.boxes import Beside, Framed, Gap, Rule
from desk_app.documents.fee_receipt import FeeReceipt
from desk_app.documents.fonts import Face
from desk_app.documents.formats import amount, moment, money
from desk_app.documents.ink import MM
from desk_app.documents.marks import Mark
from desk_app.documents.page import Layout, Paper, to_pdf
from desk_app.documents.text import Block, Text, bold, italic

ROLL = Paper(72, 400, 2, 2, 4, 2)
BOX = "BẢN RÚT GỌN CỦA BIÊN LAI"
FULL = "Bản đầy đủ: xem hoặc xin in tại quầy."
_SIZE = 10.5


@dataclass(frozen=True)
class RollReceipt:
    """A receipt and who gave it out where; ``given_vnd``: cash given, 0 = nothing to say."""

    receipt: FeeReceipt
    counter: str = ""
    officer: str = ""
    given_vnd: int = 0


def render(roll: RollReceipt) -> bytes:
    """One long page; what is white below is cut by the encoder."""
    data, width = roll.receipt, ROLL.text_width
    body: list[Block] = [
        _box(BOX),
        *(_box(mark.word) for mark in data.marks),
        *mark_lines(data.marks, width, _SIZE),
        _line(bold(data.collector)),
        _line(f"MST: {data.tax_code}"),
        _line("Ký hiệu ", bold(data.series), "  Số ", bold(str(data.number))),
        _line(f"Tên loại phí, lệ phí: {data.levy_name}"),
        Rule(width, above=2, below=2),
    ]
    for item in data.items:
        body.append(_line(item.content))
        right = Text(amount(item.amount), 22 * MM, size=_SIZE, align="right", leading=1.2)
        left = Text(f"  {item.quantity} × {amount(item.rate)}", width - 22 * MM, size=_SIZE, leading=1.2)
        body.append(Beside([(0, left), (width - 22 * MM, right)]))
    if data.exemption:
        body.append(_line(f"Miễn, giảm: {data.exemption.basis}: −{amount(data.exemption.amount)}"))
    if data.replaces:
        body.append(_line(f"Thay thế biên lai ký hiệu {data.replaces.series} số {data.replaces.number}"))
    given = roll.given_vnd
    said = ", ".join(filter(None, (moment(data.issued_at), roll.counter, roll.officer)))
    body += [
        Rule(width, above=2, below=2),
        _line(bold(f"Cộng: {money(data.total)}"), size=13),
        _line(italic(data.total_words)),
        _line(f"Hình thức thanh toán: {data.payment}"),
        *([_line(f"Tiền nhận: {money(given)}; trả lại: {money(given - data.total)}")] if given else []),
        _line(f"Người nộp: {data.payer_name}"),
        _line(f"Mã hồ sơ: {data.dossier_code}"),
        Gap(2),
        Beside([(0, QrCode(data.receipt_code, column=24, digits=False)), (28 * MM, _check(data, width - 28 * MM))]),
        Gap(1),
        _line(said),
        _line(FULL),
        *(_box(mark.word) for mark in data.marks),
    ]
    return to_pdf(Layout(ROLL, BOX, data.collector, body, marks=(), air=0))


def mark_copy(pdf: bytes, marks: Sequence[Mark]) -> bytes:
    """The kept slip between two strips with the words of its marks: a roll has no room for a word across (ui.md §10)."""
    width = ROLL.text_width
    strip: list[Block] = [_box(mark.word) for mark in marks]
    above = to_pdf(Layout(ROLL, BOX, "", [*strip, *mark_lines(marks, width, _SIZE), Gap(1)], marks=(), air=0))
    below = to_pdf(Layout(ROLL, BOX, "", [Gap(1), *strip], marks=(), air=0))
    joined = pypdfium2.PdfDocument.new()
    try:
        for part in (above, pdf, below):
            source = pypdfium2.PdfDocument(part)
            joined.import_pages(source)
            source.close()
        out = io.BytesIO()
        joined.save(out)
        return out.getvalue()
    finally:
        joined.close()


def _line(*parts: object, size: float = _SIZE) -> Text:
    return Text(parts, ROLL.text_width, size=size, leading=1.2)  # type: ignore[arg-type]


def _box(words: str) -> Framed:
    width = ROLL.text_width
    inside = Text(words, width - 4 * MM, size=11, face=Face.BOLD, align="centre", leading=1.2)
    return Framed(inside, width, pad=1 * MM, side=2 * MM)


def _check(data: FeeReceipt, width: float) -> Block:
    return Text(
        ("Mã kiểm tra: ", bold(f"{data.check_number[:4]}-{data.check_number[4:]}")), width, size=11, leading=1.3
    )
