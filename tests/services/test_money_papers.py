"""The papers and data of money say what the book says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from desk_app.domain.errors import Refused
from desk_app.services import cashier, day_close, late_receipts, papers, remittance, tax_data
from desk_app.services.late_receipts import EnterReceipt
from desk_app.services.ports import Printed
from desk_app.services.receipt_undo import (
    NoteError,
    ReplaceReceipt,
    VoidReceipt,
    note_error,
    replace_receipt,
    void_receipt,
)
from desk_app.services.remittance import Remit
from desk_app.services.tax_data import MakeTaxData
from desk_app.storage.queries import cash, dossiers, receipts
from tests.documents.reading import text_of
from tests.services.money_desk import SECOND, CashDesk, open_cash_desk
from tests.services.test_day_close import sheets
from tests.services.test_receipt_undo import a_copy_dossier

TODAY = date(2026, 11, 25)
PAPER = {"receipt_regimes": [{"mode": "self_printed", "from": "2026-07-01", "to": "2026-12-31"}]}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    found = open_cash_desk(tmp_path, profile={"treasury_account": "3713.0.9059001"})
    yield found
    found.close()


class Tray:
    """A printer that keeps its sheets."""

    def __init__(self) -> None:
        self.sheets: list[bytes] = []

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        del role, media, title, landscape
        self.sheets.append(pdf)
        return Printed("HP")


def due(desk: CashDesk) -> list[str]:
    return [p.kind for p in desk.call(papers.due)]


def text(desk: CashDesk, kind: str, about: str) -> str:
    return " ".join(text_of(papers.make(desk.desk, f"{kind}:{about}")).split())


def test_the_list_of_the_day_shows_struck_receipts_and_the_count(desk: CashDesk) -> None:
    wrong = desk.take(15_000)
    desk.take(28_000, "transfer")
    desk.call(replace_receipt, ReplaceReceipt(desk.command(), wrong.receipt, "payer", second=SECOND))
    command = day_close.CloseDay(desk.command(), TODAY, sheets(14_500), "change", second=SECOND)
    done = desk.call(day_close.close, command)
    said = text(desk, "day_close", done.closing)
    assert "từ số 1 đến số 3, trong đó thay thế 01 số (1)" in said
    assert "Chênh lệch: -500 đồng. Lý do: Trả nhầm tiền thừa." in said
    assert "tiền mặt 15.000 đồng; chuyển khoản 28.000 đồng" in said
    assert "chờ xác nhận" in said
    assert "Trần Quốc Bảo" in said
    assert "day_close" in due(desk)


def test_cash_of_the_next_book_and_change_money_are_told_apart(desk: CashDesk) -> None:
    desk.take(10_000)
    desk.goto("2026-11-26T08:00")
    desk.take(4_000)
    done = desk.call(day_close.close, day_close.CloseDay(desk.command(), TODAY, sheets(14_000), second=SECOND))
    said = text(desk, "day_close", done.closing)
    assert "Trong đó tiền lẻ để lại, tiền thuộc sổ ngày sau: 4.000 đồng." in said
    assert "Chênh lệch: 0 đồng" in said


def test_a_void_prints_its_minutes_and_a_paper_receipt_both_lien(tmp_path: Path) -> None:
    desk = open_cash_desk(tmp_path, profile=PAPER)
    old = desk.take(20_000)
    assert due(desk) == ["paper_receipt"]
    said = text(desk, "paper_receipt", old.receipt)
    assert "Số: 0000001" in said
    assert "(Liên 2: giao cho người nộp phí, lệ phí)" in said
    done = desk.call(void_receipt, VoidReceipt(desk.command(), old.receipt, "other", 2, "rách khi in", second=SECOND))
    said = text(desk, "void_minutes", done.undo)
    for words in ("ký hiệu: AA-26T; số: 0000001", "Khác. rách khi in", "Số liên thu hồi: 2", "trả lại: 20.000 đồng"):
        assert words in said
    desk.close()


def test_a_notice_says_what_is_wrong_and_what_is_right(desk: CashDesk) -> None:
    old = desk.take(15_000)
    done = desk.call(note_error, NoteError(desk.command(), old.receipt, "name", "Đỗ Văn Dung", "Đỗ Văn Dũng"))
    said = text(desk, "error_notice", done.undo)
    for words in ("04/SS-CTĐT", "01/TBSS", "Đỗ Văn Dung", "Đỗ Văn Dũng", "Sai tên người nộp"):
        assert words in said


def test_a_replacement_names_the_old_receipt_on_paper(desk: CashDesk) -> None:
    old = desk.take(15_000)
    done = desk.call(replace_receipt, ReplaceReceipt(desk.command(), old.receipt, "payer", second=SECOND))
    said = text(desk, "fee_receipt", done.new)
    assert "Thay thế biên lai ký hiệu 26TAA số 1 ngày 25 tháng 11 năm 2026" in said


def test_a_receipt_that_was_taken_back_says_so_when_it_is_printed_again(tmp_path: Path) -> None:
    for regime, words in (({}, "ĐÃ THAY THẾ"), (PAPER, "ĐÃ XÓA BỎ")):
        folder = tmp_path / words
        folder.mkdir()
        desk, tray = open_cash_desk(folder, profile=regime), Tray()
        old = desk.take(15_000).receipt
        kind = "paper_receipt" if regime else "fee_receipt"
        papers.print_paper(desk.desk, tray, f"{kind}:{old}")
        if regime:
            desk.call(void_receipt, VoidReceipt(desk.command(), old, "misprint", 2, second=SECOND))
        else:
            desk.call(replace_receipt, ReplaceReceipt(desk.command(), old, "payer", second=SECOND))
        papers.print_paper(desk.desk, tray, f"{kind}:{old}", "kiểm tra")
        first, again = (" ".join(text_of(pdf).split()) for pdf in tray.sheets)
        assert words not in first
        assert words in again
        assert "BẢN SAO" in again
        desk.close()


def test_the_list_names_what_belongs_to_a_receipt(desk: CashDesk) -> None:
    old, other = desk.take(15_000).receipt, desk.take(5_000).receipt
    desk.call(replace_receipt, ReplaceReceipt(desk.command(), old, "payer", second=SECOND))
    desk.call(note_error, NoteError(desk.command(), other, "name", "Nguyen", "Nguyễn", SECOND))
    lines = {line.number: line.refs for line in desk.call(cashier.of_day, TODAY)}
    assert lines[1] == "Thay bằng biên lai số 3 (26TAA)"
    assert lines[3] == "Thay cho biên lai số 1 (26TAA)"
    assert lines[2].startswith("Thông báo sai sót số 01/TBSS")


def test_tax_data_hold_every_receipt_once_in_thirteen_columns(desk: CashDesk) -> None:
    first = desk.take(15_000)
    desk.call(replace_receipt, ReplaceReceipt(desk.command(), first.receipt, "payer", second=SECOND))
    noted = desk.take(8_000)
    desk.call(note_error, NoteError(desk.command(), noted.receipt, "address", "a", "b"))
    assert desk.call(day_close.readiness).untaxed == 5
    done = desk.call(tax_data.make, MakeTaxData("data"))
    root = Xml.fromstring(done.xml)
    rows = [[cell.text or "" for cell in row] for row in root.iter("BLai")]
    assert all(len(row) == 13 for row in rows)
    assert [(r[3], r[6], r[8], r[10]) for r in rows] == [
        ("1", "15000", "Mới", ""),
        ("2", "15000", "Thay thế", "26TAA số 1 ngày 25/11/2026"),
        ("3", "8000", "Mới", ""),
        ("3", "0", "Thông báo sai sót", "26TAA số 3 ngày 25/11/2026"),
    ]
    assert not done.late
    assert desk.call(tax_data.unsent) == 0
    assert desk.call(tax_data.make, MakeTaxData("data")).xml == done.xml
    with pytest.raises(Refused, match="TP-37"):
        desk.call(tax_data.make, MakeTaxData("more"))
    assert "Thông báo sai sót" in text(desk, "receipt_summary", done.data)


def test_late_data_need_their_reason(desk: CashDesk) -> None:
    desk.take()
    desk.goto("2026-11-26T08:00")
    with pytest.raises(Refused, match="TP-38"):
        desk.call(tax_data.make, MakeTaxData("late"))
    done = desk.call(tax_data.make, MakeTaxData("late", "mất mạng"))
    assert done.late
    assert Xml.fromstring(done.xml).findtext("TTChung/LDoCham") == "mất mạng"
    assert tax_data.late_until(desk.desk, date(2026, 11, 27)) == date(2026, 12, 2)


def test_nothing_typed_becomes_a_formula_in_the_sheet(desk: CashDesk) -> None:
    desk.take()
    desk.goto("2026-11-26T08:00")
    done = desk.call(tax_data.make, MakeTaxData("late", '=HYPERLINK("http://x","y")'))
    with zipfile.ZipFile(io.BytesIO(done.xlsx)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "HYPERLINK" in strings


def test_the_month_goes_to_the_treasury_and_the_balance_is_exact(desk: CashDesk) -> None:
    desk.take(300_000)
    desk.goto("2026-12-03T09:00")
    month = desk.call(remittance.last_month)
    assert (month.collected_vnd, month.left_vnd, month.due_on, month.late) == (
        300_000,
        300_000,
        date(2026, 12, 5),
        False,
    )
    with pytest.raises(Refused, match="TP-39"):
        desk.call(remittance.remit, Remit("m0", "2026-11", 300_001))
    id = desk.call(remittance.remit, Remit("m1", "2026-11", 200_000, "GNT 12"))
    assert desk.call(remittance.remit, Remit("m1", "2026-11", 200_000)) == id
    assert desk.call(remittance.balance) == 100_000
    said = text(desk, "remittance_slip", id)
    for words in ("Tháng 11/2026", "3713.0.9059001", "GNT 12", "200.000", "100.000", "Hai trăm nghìn đồng"):
        assert words in said
    desk.goto("2026-12-06T09:00")
    assert desk.call(remittance.last_month).late


def test_a_hand_written_receipt_is_entered_with_its_true_time_in_its_own_series(desk: CashDesk) -> None:
    dossier = a_copy_dossier(desk, 3, 2)
    desk.goto("2026-11-25T15:00")
    written = datetime(2026, 11, 25, 10, 5)
    for number, when, cause in (
        (52, written, "mất điện"),
        (51, datetime(2026, 11, 25, 16, 0), "x"),
        (51, written, " "),
    ):
        with pytest.raises(Refused, match="TP-41"):
            desk.call(late_receipts.enter, EnterReceipt(desk.command(), dossier, number, when, cause))
    done = desk.call(late_receipts.enter, EnterReceipt("e", dossier, 51, written, "mất điện"))
    assert (done.symbol, done.number, done.total_vnd) == ("AB-26P", 51, 10_000)
    row = desk.query(receipts.get, done.receipt)
    assert (row.issued_at, row.happened_at) == ("2026-11-25T10:05:00", "2026-11-25T10:05:00")
    assert desk.query(dossiers.get, dossier).paid_vnd == 10_000
    assert "fee_receipt" not in due(desk)
    assert desk.query(cash.unsigned) == ()


def test_a_late_entry_after_the_closing_counts_for_the_next_day(desk: CashDesk) -> None:
    dossier = a_copy_dossier(desk, 3, 2)
    desk.goto("2026-11-25T16:00")
    desk.call(day_close.close, day_close.CloseDay(desk.command(), TODAY, sheets(0), second=SECOND))
    desk.goto("2026-11-26T07:40")
    desk.call(late_receipts.enter, EnterReceipt("e", dossier, 51, datetime(2026, 11, 25, 16, 30), "mất điện"))
    assert desk.call(day_close.remind) is None
    assert desk.call(day_close.book, date(2026, 11, 26)).expected.cash_vnd == 10_000


def test_from_2027_on_no_paper_is_used(tmp_path: Path) -> None:
    desk = open_cash_desk(
        tmp_path, now="2027-01-04T09:00", profile={"receipt_regimes": [{"mode": "self_printed", "from": "2026-07-01"}]}
    )
    with pytest.raises(Refused, match="TP-30"):
        desk.take()
    desk.close()
