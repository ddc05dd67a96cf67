"""Long papers, workbooks and the roll against the plainest way to the same thing; words and receipt-check by themselves."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import xlsxwriter
from PIL import Image
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from desk_app.documents import dossier_register, thermal, workbook
from desk_app.documents.books import Book
from desk_app.documents.dossier_register import DossierRegister, RegisterEntry
from desk_app.documents.ink import MM
from desk_app.documents.workbook import Heading, Workbook
from desk_app.domain.words import amount_in_words
from sync.checker.check import check_file
from tests.bench.checker import write
from tests.bench.measure import Row, compare, count
from tests.bench.receipt import FULL_FONTS
from tests.documents.samples import SAMPLES
from tests.domain.test_words import number_of

LONG = 5_000
CHECKED = 60_000
_NAMES = ("Nguyễn Thị Thu Hà", "Đỗ Văn Dũng", "Hoàng Đức Long", "Lý Thị Mai")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Vũ")
_MIDDLE = ("Thị", "Văn", "Thị Thu", "Đức", "Minh", "Hữu", "Ngọc", "Quang", "Thanh", "Xuân", "Hồng")
_GIVEN = ("Hà", "Dũng", "Long", "Mai", "Sáu", "Nam", "Loan", "Bình", "Châu", "Tuấn", "Hạnh", "Phúc", "Lan", "Đạt", "Yến",
          "Khánh", "Oanh", "Trang", "Sơn", "Thủy", "Vinh", "Ánh", "Quý")  # fmt: skip
_PROCEDURES = ("Cấp bản sao trích lục hộ tịch", "Chứng thực bản sao từ bản chính", "Đăng ký lại khai sinh")


def rows(folder: Path) -> Iterator[Row]:
    """Budgets of design/technology.md §13."""
    pdfmetrics.registerFont(TTFont("Regular", str(FULL_FONTS / "LiberationSerif-Regular.ttf")))
    yield compare("journal PDF, 5,000 rows", 1.3, journal, journal_floor, rounds=3)
    yield compare("XLSX, 5,000 rows", 1.3, sheet, sheet_floor, rounds=5)
    slip = SAMPLES["bien-lai-k80"].render()
    yield compare("K80 slip bytes", 1.5, lambda: thermal.raster(slip), lambda: _raster(slip), rounds=25, warm=3)
    yield count("amount in words", 0, sum(wrong_words()), "wrong")
    yield count("receipt-check, a receipt", 10, _check(folder / "line.jsonl"), "µs (100,000 a second)")


def journal() -> bytes:
    """The register of dossiers, with a head and column numbers on every page."""
    entries = tuple(_entry(n) for n in range(1, LONG + 1))
    return dossier_register.render(DossierRegister(Book("UBND xã Hòa Mẫu", "Hộ tịch", "02", 2026), entries))


def _entry(n: int) -> RegisterEntry:
    """Names and places repeat as they do in a commune; codes and telephones do not."""
    name = f"{_FAMILY[n % 7]} {_MIDDLE[n % 11]} {_GIVEN[n % 23]}"
    day = date(2026, 11, n % 28 + 1)
    contact = f"Thôn {n % 12 + 1}; 0900 {n // 1000:03d} {n % 1000:03d}"
    code = f"2611{n % 28 + 1:02d}-{n:04d}"
    return RegisterEntry(n, code, _PROCEDURES[n % 3], 1, name, contact, "UBND xã Hòa Mẫu", day, day)


def journal_floor() -> bytes:
    """The same rows straight on the canvas: every cell wrapped by the library, a rectangle around it, full fonts."""
    out, size, row = io.BytesIO(), 9.5, dossier_register.ROW_HEIGHT * MM
    sheet = canvas.Canvas(out, pagesize=(297 * MM, 210 * MM))
    widths = [column.width * MM for column in dossier_register.COLUMNS]
    top = 0.0
    for n in range(1, LONG + 1):
        if top < 15 * MM + row:
            if n > 1:
                sheet.showPage()
            top = 210 * MM - 45 * MM
            sheet.setFont("Regular", size)
        left = 15 * MM
        for width, text in zip(widths, _texts(_entry(n)), strict=True):
            sheet.rect(left, top - row, width, row)
            for line, words in enumerate(simpleSplit(text, "Regular", size, width - 1.8 * MM)):
                sheet.drawString(left + 0.9 * MM, top - 10 - line * 11.2, words)
            left += width
        top -= row
    sheet.save()
    return out.getvalue()


def _texts(entry: RegisterEntry) -> tuple[str, ...]:
    days = [f"{day:%d/%m/%Y}" if day else "" for day in (entry.received_on, entry.due_on, entry.returned_on)]
    return (
        str(entry.number), entry.dossier_code, entry.procedure_name, str(entry.sets), entry.applicant_name,
        entry.contact, entry.settling_agency, *days, "", "", "",
    )  # fmt: skip


def _cells(n: int) -> tuple[str | int | date, ...]:
    return (n, f"H99.12-261125-{n:04d}", _NAMES[n % 4], _PROCEDURES[n % 3], date(2026, 11, n % 28 + 1), 15_000 * n)


def sheet() -> bytes:
    """A list as the desk writes it: guarded against formulas, framed, with a head."""
    headings = tuple(Heading(name, 20) for name in ("STT", "Mã", "Người nộp", "Thủ tục", "Ngày", "Tiền"))
    made = Workbook("Sổ", ("UBND xã Hòa Mẫu",), headings, "UBND", datetime(2026, 11, 25))
    return workbook.render(made, (_cells(n) for n in range(LONG)))


def sheet_floor() -> bytes:
    """The same cells by the bare library, with the three formats they need."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("Sổ")
    text, number, day = (
        book.add_format(f) for f in ({"border": 1}, {"num_format": "#,##0"}, {"num_format": "dd/mm/yyyy"})
    )
    for row in range(LONG):
        for column, cell in enumerate(_cells(row)):
            if isinstance(cell, int):
                page.write_number(row, column, cell, number)
            elif isinstance(cell, date):
                page.write_datetime(row, column, cell, day)
            else:
                page.write_string(row, column, cell, text)
    book.close()
    return out.getvalue()


def _raster(pdf: bytes) -> bytes:
    """One picture by the image library's own threshold, in one band."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=thermal.DOTS / page.get_width(), grayscale=True).to_pil()
    dark = picture.crop((0, 0, thermal.DOTS, picture.height)).point(lambda level: 0 if level < 150 else 255)
    box = Image.eval(dark, lambda level: 255 - level).getbbox()
    dots = dark.crop((0, 0, thermal.DOTS, box[3] if box else 0)).convert("1")
    data = bytes(byte ^ 0xFF for byte in dots.tobytes())
    head = b"\x1dv0\0" + thermal.ROW.to_bytes(2, "little") + dots.height.to_bytes(2, "little")
    return b"\x1b@" + head + data + b"\x1dV\x42\x03"


def wrong_words() -> Iterator[int]:
    """1 for every amount whose words do not say it back: 0 … 10⁶, and 10,000 by chance below 10¹²."""
    chance = random.Random(7)
    amounts = [*range(1_000_001), *(chance.randrange(10**12) for _ in range(10_000))]
    for amount in amounts:
        said = amount_in_words(amount).removesuffix(" đồng")
        yield int(number_of(said[:1].lower() + said[1:]) != amount)


def _check(file: Path) -> float:
    """Processor time of one receipt in µs, the best of three: others share the machine."""
    write(file, CHECKED)
    times = []
    for _ in range(3):
        start = time.process_time()
        check_file(file)
        times.append(time.process_time() - start)
    return min(times) / CHECKED * 1e6
