"""Data of Mẫu 01/TH-BLĐT as XML and XLSX: the 13 columns of Thông tư 91/2026/TT-BTC, one row for each receipt.

The element names are ours (the authority's schema was not seen); the columns and their order are the law's. In the
sheet every text is a text, so that nothing typed by anyone can become a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as Xml

import xlsxwriter

from desk_app.documents.formats import short_date
from desk_app.documents.receipt_summary import FORM, TITLE, SummaryLine

HEADINGS = (
    "STT", "Ký hiệu mẫu số biên lai", "Ký hiệu biên lai", "Số biên lai", "Ngày tháng năm lập biên lai",
    "Tên loại thuế, phí, lệ phí", "Số tiền", "Tỷ giá", "Trạng thái", "Kỳ điều chỉnh dữ liệu",
    "Thông tin biên lai liên quan", "Giải trình", "Ghi chú",
)  # fmt: skip
NAMES = (
    "STT", "KHMSBLai", "KHBLai", "SBLai", "NLap", "TLPhi", "STien", "TGia", "TThai", "KDCDLieu", "TTBLLQuan",
    "GTrinh", "GChu",
)  # fmt: skip
_WIDTHS = (6, 14, 12, 12, 14, 36, 14, 8, 16, 16, 30, 26, 20)


@dataclass(frozen=True)
class TaxSheet:
    """The receipts of one transmission; money in đồng. ``late``: sent after the day, with the reason."""

    id: str
    collector: str
    tax_code: str
    day: date
    made_at: datetime
    lines: tuple[SummaryLine, ...]
    late_reason: str = ""


def as_xml(sheet: TaxSheet) -> bytes:
    """UTF-8 XML; the same sheet gives the same bytes."""
    root = Xml.Element("THBLDT", {"PBan": "1.0", "Id": sheet.id})
    head = Xml.SubElement(root, "TTChung")
    for name, text in (
        ("MSo", "01/TH-BLĐT"), ("TNNT", sheet.collector), ("MST", sheet.tax_code), ("Ngay", sheet.day.isoformat()),
        ("TGLap", sheet.made_at.isoformat(timespec="seconds")), ("SLuong", str(len(sheet.lines))),
        ("TongTien", str(sum(line.amount for line in sheet.lines))), ("LDoCham", sheet.late_reason),
    ):  # fmt: skip
        Xml.SubElement(head, name).text = text
    rows = Xml.SubElement(root, "DSBLai")
    for index, line in enumerate(sheet.lines, 1):
        row = Xml.SubElement(rows, "BLai")
        for name, value in zip(NAMES, _cells(index, line), strict=True):
            Xml.SubElement(row, name).text = value.isoformat() if isinstance(value, date) else str(value)
    return bytes(Xml.tostring(root, encoding="UTF-8", xml_declaration=True))


def as_xlsx(sheet: TaxSheet) -> bytes:
    """A sheet that opens with a double click: head, 13 columns, frozen, A4 landscape."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": sheet.made_at})
    page = book.add_worksheet("01-TH-BLDT")
    bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    heading = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    page.write_string(0, 0, f"{TITLE} {FORM}", bold)
    page.write_string(1, 0, f"{sheet.collector}; mã số thuế: {sheet.tax_code}; ngày {short_date(sheet.day)}")
    if sheet.late_reason:
        page.write_string(2, 0, f"Gửi sau ngày lập. Lý do: {sheet.late_reason}")
    for column, (text, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(3, column, text, heading)
    for index, line in enumerate(sheet.lines, 1):
        for column, value in enumerate(_cells(index, line)):
            if isinstance(value, date):
                page.write_datetime(3 + index, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, int):
                page.write_number(3 + index, column, value, number)
            else:
                page.write_string(3 + index, column, value)
    page.freeze_panes(4, 0)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(3)
    page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _cells(index: int, line: SummaryLine) -> Sequence[str | int | date]:
    return (
        index, line.form, line.series, line.number, line.issued_on, line.levy_name, line.amount, "", line.state,
        line.adjusted_period, line.related, line.explanation, line.note,
    )  # fmt: skip
