"""The receipt on a K80 roll (72 mm): a short form of the electronic receipt, never alone (papers.md §8.3)."""

from __future__ import annotations

from desk_app.documents.blocks import QrCode, mark_lines
from desk_app.documents.boxes import Beside, Framed, Gap, Rule
from desk_app.documents.fee_receipt import FeeReceipt
from desk_app.documents.fonts import Face
from desk_app.documents.formats import amount, moment, money
from desk_app.documents.ink import MM
from desk_app.documents.page import Layout, Paper, to_pdf
from desk_app.documents.text import Block, Text, bold, italic

ROLL = Paper(72, 400, 2, 2, 4, 2)
BOX = "BẢN RÚT GỌN CỦA BIÊN LAI"
FULL = "Bản đầy đủ: xem hoặc xin in tại quầy."
_SIZE = 10.5


def render(data: FeeReceipt, *, given_vnd: int = 0, counter: str = "", officer: str = "") -> bytes:
    """One long page; what is white below is cut by the encoder. ``given_vnd``: cash given, 0 = nothing to say."""
    width = ROLL.text_width

    def line(*parts: object, size: float = _SIZE, align: str = "left", face: Face = Face.REGULAR) -> Text:
        return Text(parts, width, size=size, align=align, face=face, leading=1.2)  # type: ignore[arg-type]

    body: list[Block] = [
        Framed(
            Text(BOX, width - 4 * MM, size=11, face=Face.BOLD, align="centre", leading=1.2),
            width,
            pad=1 * MM,
            side=2 * MM,
        ),
        *mark_lines(data.marks, width, _SIZE),
        line(bold(data.collector)),
        line(f"MST: {data.tax_code}"),
        line("Ký hiệu ", bold(data.series), "  Số ", bold(str(data.number))),
        line(f"Tên loại phí, lệ phí: {data.levy_name}"),
        Rule(width, above=2, below=2),
    ]
    for item in data.items:
        body.append(line(item.content))
        right = Text(amount(item.amount), 22 * MM, size=_SIZE, align="right", leading=1.2)
        left = Text(f"  {item.quantity} × {amount(item.rate)}", width - 22 * MM, size=_SIZE, leading=1.2)
        body.append(Beside([(0, left), (width - 22 * MM, right)]))
    if data.exemption:
        body.append(line(f"Miễn, giảm: {data.exemption.basis}: −{amount(data.exemption.amount)}"))
    body += [
        Rule(width, above=2, below=2),
        line(bold(f"Cộng: {money(data.total)}"), size=13),
        line(italic(data.total_words)),
        line(f"Hình thức thanh toán: {data.payment}"),
        *([line(f"Tiền nhận: {money(given_vnd)}; trả lại: {money(given_vnd - data.total)}")] if given_vnd else []),
        line(f"Người nộp: {data.payer_name}"),
        line(f"Mã hồ sơ: {data.dossier_code}"),
        Gap(2),
        Beside([(0, QrCode(data.receipt_code, column=24, digits=False)), (28 * MM, _check(data, width - 28 * MM))]),
        Gap(1),
        line(f"{moment(data.issued_at)}{', ' + counter if counter else ''}{', ' + officer if officer else ''}"),
        line(FULL),
    ]
    return to_pdf(Layout(ROLL, BOX, data.collector, body, marks=(), air=0))


def _check(data: FeeReceipt, width: float) -> Block:
    return Text(
        ("Mã kiểm tra: ", bold(f"{data.check_number[:4]}-{data.check_number[4:]}")), width, size=11, leading=1.3
    )
