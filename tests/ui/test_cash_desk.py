"""Thu phí: its tabs by keyboard, over the real rules and a real file."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import Refused
from desk_app.services import paper_queue, papers
from desk_app.services.day_close import RECEIVERS
from desk_app.services.ports import Printed
from desk_app.storage.queries import cash, receipts
from desk_app.storage.queries import papers as paper_query
from desk_app.system.signing import PdfSigner
from desk_app.ui.forms.drawer import DrawerForm, difference_words, read_sheets
from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.day_close import HIDDEN
from desk_app.wiring.ledger import LedgerTools
from desk_app.wiring.money import cash_desk_page
from desk_app.wiring.printing import print_due
from tests.services.certificates import PIN as CERTIFICATE_PIN
from tests.services.certificates import office_key
from tests.services.money_desk import BAO, CashDesk, open_cash_desk
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_hands import ESC, F9, Hands, words

TODAY = date(2026, 11, 25)
PIN = "2468"


@dataclass
class PaperTray:
    """A printer that keeps what came out."""

    titles: list[str] = field(default_factory=list)

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        assert pdf.startswith(b"%PDF-")
        self.titles.append(title)
        return Printed("Máy in")


def check(_officer: str, pin: str) -> None:
    if pin != PIN:
        raise Refused("DN-01", left=4)


@dataclass
class Office:
    desk: CashDesk
    tray: PaperTray
    page: CashDeskPage
    hands: Hands


@pytest.fixture
def office(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    desk, tray, paper = open_cash_desk(tmp_path), PaperTray(), ThreadPoolExecutor(1)
    key = tmp_path / "key.p12"

    def unlock(pin: str) -> PdfSigner:
        office_key(key)
        return PdfSigner.from_pkcs12(key, pin)

    tools = LedgerTools(desk.desk, tray, check, desk.desk.store.submit, paper.submit, tmp_path / "giay", unlock)
    shell = shell_with("fees", lambda: cash_desk_page(tools))
    qtbot.addWidget(shell)
    page = shell.page("fees")
    assert isinstance(page, CashDeskPage)
    yield Office(desk, tray, page, Hands(qtbot, shell))
    shell.hide()
    paper.shutdown()
    desk.close()


def count(office: Office, *sheets: int) -> None:
    """Type the count, Enter after each."""
    close = office.page.close_page
    office.hands.until(lambda: close.ready is not None)
    for edit, n in zip(close.edits, sheets, strict=True):
        edit.setFocus()
        office.hands.qtbot.keyClicks(edit, str(n))
        office.hands.qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_the_book_is_hidden_until_the_last_denomination_is_counted(office: Office) -> None:
    office.desk.take(208_000)
    office.page.open("close")
    count(office, 0, 0, 2, 0, 0, 0, 1, 1, 1, 0)
    close = office.page.close_page
    office.hands.until(lambda: close.book is not None)
    assert close.difference == 0
    assert "Khớp, không chênh lệch" in words(close)
    office.hands.until(lambda: "Tiền mặt phải có" in words(close))
    close.edits[0].setText("")
    close.type_sheets(0, "")
    assert close._shown.currentIndex() == 0
    assert HIDDEN in words(close)
    assert "208.000" not in words(close).replace("0 đ", "")


def test_the_day_is_closed_with_the_second_persons_pin_and_the_list_is_printed(office: Office) -> None:
    office.desk.take(5_000)
    office.page.open("close")
    close = office.page.close_page
    count(office, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0)
    office.hands.until(lambda: close.book is not None and close.second.choice.count() == 3)
    assert close.second.officer == BAO.id
    assert close.lacking()
    office.hands.qtbot.keyClicks(close.second.pin, "1111")
    office.hands.press(F9)
    office.hands.until(lambda: close.second.pin_field.error != "")
    assert office.desk.query(cash.last_close) is None
    office.hands.qtbot.keyClicks(close.second.pin, PIN)
    office.hands.press(F9)
    office.hands.until(lambda: office.desk.query(cash.last_close) is not None)
    office.hands.until(lambda: any("Bảng kê" in title for title in office.tray.titles))
    found = office.desk.query(cash.last_close)
    assert (found.difference_vnd, found.second) == (0, BAO.id)
    assert any("TP-43" in line for line in office.hands.shell.toaster.log)


def test_a_difference_asks_for_its_reason(office: Office) -> None:
    office.desk.take(5_000)
    office.page.open("close")
    close = office.page.close_page
    count(office, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1)
    office.hands.until(lambda: close.book is not None and close.second.choice.count() == 3)
    assert "Thiếu 500 đ" in words(close)
    assert close.lacking() == "Chọn lý do chênh lệch."
    close.reason.setCurrentIndex(1)
    close.second.choice.setCurrentIndex(2)
    assert close.lacking() == ""
    office.hands.press(F9)
    office.hands.until(lambda: office.desk.query(cash.last_close) is not None)
    found = office.desk.query(cash.last_close)
    assert (found.difference_vnd, found.second, found.body["reason"]) == (-500, "", "change")


def test_an_error_is_noted_from_the_list_of_receipts(office: Office) -> None:
    receipt = office.desk.take(15_000)
    office.page.open("receipts")
    page = office.page.receipts
    office.hands.until(lambda: page.model.rowCount() == 1)
    assert page.model.rows()[0].state == "Chưa ký số"
    page.table.setFocus()
    office.hands.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.chosen is not None
    assert page.lacking() == "Ghi nội dung sai và nội dung đúng."
    office.hands.qtbot.keyClicks(page.first, "Do Van Dung")
    office.hands.qtbot.keyClicks(page.right, "Do Van Dzung")
    page.second.choice.setCurrentIndex(page.second.choice.count() - 1)
    office.hands.press(F9)
    office.hands.until(lambda: bool(office.desk.query(cash.undos_of, receipt.receipt)))
    office.hands.until(lambda: any("04/SS-CTĐT" in title for title in office.tray.titles))
    assert any("TP-15" in line for line in office.hands.shell.toaster.log)


def test_a_replaced_receipt_stays_in_the_list_and_is_not_replaced_again(office: Office) -> None:
    receipt = office.desk.take(15_000)
    office.page.open("receipts")
    page = office.page.receipts
    office.hands.until(lambda: page.model.rowCount() == 1 and page.second.choice.count() == 3)
    page.open_receipt(page.model.rows()[0])
    page.way.parts[1].click()
    page.replace_reason.parts[0].click()
    office.hands.qtbot.keyClicks(page.second.pin, PIN)
    assert page.lacking() == ""
    office.hands.press(F9)
    office.hands.until(lambda: page.model.rowCount() == 2)
    assert [line.state for line in page.model.rows()] == ["Chưa ký số", "Đã thay thế"]
    assert office.desk.query(receipts.get, receipt.receipt).status == "replaced"
    page.open_receipt(page.model.rows()[1])
    assert page.chosen is None
    office.hands.press(ESC)
    assert office.page.current is office.page.fees


def test_after_a_crash_one_key_says_whether_the_paper_came_out(office: Office) -> None:
    receipt = office.desk.take(15_000)
    paper = f"fee_receipt:{receipt.receipt}"
    papers.make(office.desk.desk, paper)
    office.desk.call(paper_queue.begin, paper, 0)
    office.page.open("receipts")
    page = office.page.receipts
    office.hands.until(lambda: page.question.isVisible())
    assert "Giấy đã ra chưa" in words(page.question)
    page.question.setFocus()
    office.hands.press(Qt.Key.Key_2)
    office.hands.until(lambda: bool(office.tray.titles))
    office.hands.until(lambda: not page.question.isVisible())
    assert office.desk.query(paper_query.get, paper).copies == 2


def test_what_is_unsigned_is_signed_from_the_list(office: Office) -> None:
    office.desk.take(15_000)
    office.page.open("receipts")
    page = office.page.receipts
    office.hands.until(lambda: page.sign_card.isVisible())
    page.sign_pin.setFocus()
    office.hands.qtbot.keyClicks(page.sign_pin, CERTIFICATE_PIN)
    office.hands.press(Qt.Key.Key_Return)
    office.hands.until(lambda: not page.sign_card.isVisible())
    assert page.model.rows()[0].state == "Chưa in"


def test_without_a_signature_the_payer_gets_a_confirmation(office: Office) -> None:
    receipt = office.desk.take(15_000)
    print_due(office.desk.desk, office.tray, receipt.receipt)
    assert [title.split(" 26TAA")[0] for title in office.tray.titles] == ["Giấy xác nhận đã thu (chưa phải biên lai)"]
    assert [p.kind for p in office.desk.call(papers.due)] == ["fee_receipt"]


def test_the_receivers_are_never_the_officer_himself(office: Office) -> None:
    office.page.open("close")
    box = office.page.close_page.second
    office.hands.until(lambda: box.choice.count() == 3)
    assert [box.choice.itemData(i) for i in range(3)] == [BAO.id, "ld-minh", ""]
    assert RECEIVERS


def test_the_count_is_a_plain_form() -> None:
    form = DrawerForm()
    assert (form.complete, form.total_vnd) == (False, 0)
    for index in range(10):
        form = form.with_sheets(index, 1)
    assert (form.complete, form.total_vnd) == (True, 888_500)
    assert [read_sheets(text) for text in ("", " 12 ", "1.000", "x", "-1", "100000", "²")] == [
        None, 12, 1000, None, None, None, None,
    ]  # fmt: skip
    assert (difference_words(0), difference_words(500)) == ("Khớp, không chênh lệch", "Thừa 500 đ")
