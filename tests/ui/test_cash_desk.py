"""Thu phí: its tabs by keyboard, over the real rules and a real file."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.domain.code import receipt_code
from desk_app.domain.errors import Refused
from desk_app.services import paper_data, paper_queue, papers
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
from tests.services.money_desk import BAO, LINE, CashDesk, open_cash_desk
from tests.services.test_receipt_undo import a_copy_dossier
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
    page.panel.first.setFocus()
    assert page.panel.lacking == "Ghi nội dung sai và nội dung đúng."
    office.hands.qtbot.keyClicks(page.panel.first, "Do Van Dung")
    office.hands.qtbot.keyClicks(page.panel.right, "Do Van Dzung")
    page.panel.second.choice.setCurrentIndex(page.panel.second.choice.count() - 1)
    office.hands.press(F9)
    office.hands.until(lambda: bool(office.desk.query(cash.undos_of, receipt.receipt)))
    office.hands.until(lambda: any("04/SS-CTĐT" in title for title in office.tray.titles))
    assert any("TP-15" in line for line in office.hands.shell.toaster.log)


def test_a_replaced_receipt_stays_in_the_list_and_is_not_replaced_again(office: Office) -> None:
    receipt = office.desk.take(15_000)
    office.page.open("receipts")
    page = office.page.receipts
    office.hands.until(lambda: page.model.rowCount() == 1 and page.panel.second.choice.count() == 3)
    page.open_receipt(page.model.rows()[0])
    page.panel.way.parts[1].click()
    page.panel.replace_reason.parts[1].click()
    office.hands.qtbot.keyClicks(page.panel.second.pin, PIN)
    assert page.panel.lacking == ""
    office.hands.press(F9)
    office.hands.until(lambda: page.model.rowCount() == 2)
    assert [line.state for line in page.model.rows()] == ["Chưa ký số", "Đã thay thế"]
    assert office.desk.query(receipts.get, receipt.receipt).status == "replaced"
    page.open_receipt(page.model.rows()[1])
    assert page.chosen is None
    office.hands.press(ESC)
    assert office.page.current is office.page.fees


def taken_too_much(office: Office) -> str:
    """Three pages were counted for two; the receipt says 10.000 where 8.000 were owed."""
    dossier = a_copy_dossier(office.desk, 3, 2)
    return office.desk.take(10_000, dossiers=(dossier,)).receipt


def to_the_right_answer(office: Office) -> None:
    """From the list to the first count the amount came from, with nothing but keys."""
    hands, panel = office.hands, office.page.receipts.panel
    office.page.open("receipts")
    hands.until(lambda: office.page.receipts.model.rowCount() == 1 and panel.second.choice.count() == 3)
    hands.press(Qt.Key.Key_Return)
    hands.digit(2)
    hands.press(Qt.Key.Key_Tab)
    hands.digit(1)
    hands.until(lambda: panel.amount.editors)
    while QApplication.focusWidget() not in panel.amount.editors:
        hands.press(Qt.Key.Key_Tab)


def test_a_wrong_amount_is_put_right_by_the_answers_it_came_from(office: Office) -> None:
    old = taken_too_much(office)
    to_the_right_answer(office)
    hands, panel = office.hands, office.page.receipts.panel
    assert panel.lacking == "Sửa câu trả lời làm sai số tiền."
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit)
    hands.press(Qt.Key.Key_Backspace)
    hands.type("2")
    hands.until(lambda: panel.amount.total == 8_000)
    assert "Trả lại công dân 2.000 đ." in words(panel)
    while QApplication.focusWidget() is not panel.second.choice:
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    hands.type(PIN)
    assert panel.lacking == ""
    hands.press(F9)
    hands.until(lambda: office.page.receipts.model.rowCount() == 2)
    assert any("TP-60" in line for line in hands.shell.toaster.log)
    before = office.desk.query(receipts.get, old)
    after = office.desk.query(receipts.get, before.replaced_by)
    assert (before.status, after.replaces, after.total_vnd, after.number) == ("replaced", old, 8_000, 2)
    assert office.desk.query(cash.undos_of, old)[0].second == BAO.id


def test_an_amount_that_comes_out_the_same_is_no_reason(office: Office) -> None:
    taken_too_much(office)
    to_the_right_answer(office)
    hands, panel = office.hands, office.page.receipts.panel
    for typed, said in (("x", "Gõ một số nguyên."), ("3", "Sửa câu trả lời làm sai số tiền.")):
        hands.press(Qt.Key.Key_Backspace)
        hands.type(typed)
        assert panel.lacking == said
    hands.press(F9)
    assert office.page.receipts.chosen is not None


def test_the_printed_code_opens_its_receipt_and_a_forged_one_is_told_of(office: Office) -> None:
    receipt = office.desk.take(15_000)
    office.desk.goto("2026-11-26T08:00")
    data = office.desk.query(lambda tx: paper_data.build(office.desk.desk, tx, "fee_receipt", receipt.receipt))
    page = office.page.receipts
    office.hands.scan(data.receipt_code)
    office.hands.until(lambda: page.chosen is not None)
    assert office.page.current is page
    assert page.chosen is not None
    assert page.chosen.receipt == receipt.receipt
    assert page.model.rowCount() == 0, "it is not of today"
    at = datetime.fromisoformat(receipt.issued_at)
    unit = office.desk.query(office.desk.desk.profile).code
    forged = receipt_code(unit, LINE, receipt.series_id, receipt.number, 95_000, at, data.check_number)
    page.open_receipt(None)
    told: list[str] = []
    page.notice.connect(lambda notice: told.append(notice.code))
    office.hands.scan(forged)
    office.hands.until(lambda: told == ["TP-63"])
    assert page.chosen is None


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
