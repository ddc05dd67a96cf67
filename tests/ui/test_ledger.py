"""Sổ sách: remitting, confirming, sending, exporting and late entry by keyboard, over the real rules and a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.session import Officer, Role
from desk_app.services import day_close, receipt_undo, remittance
from desk_app.services.day_close import CloseDay
from desk_app.services.receipt_undo import NoteError
from desk_app.storage.queries import cash, dossiers
from desk_app.ui import theme
from desk_app.ui.forms.drawer import DENOMINATIONS
from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.ledger import LedgerPage
from desk_app.ui.screens.ledger.confirm import EMPTY, MINE, ConfirmPage
from desk_app.ui.screens.ledger.export import UNSIGNED, ExportPage
from desk_app.ui.screens.ledger.late import LatePage, read_time
from desk_app.ui.screens.ledger.remit import RemitPage
from desk_app.ui.screens.ledger.tax import NOTHING, TaxPage
from desk_app.ui.theme import Theme
from desk_app.wiring.ledger import LedgerTools, export_ports
from desk_app.wiring.money import cash_desk_page
from desk_app.wiring.sync_store import StoreVault
from sync.checker.check import check_file
from sync.protocol.sign import public_key
from tests.services.money_desk import BAO, HANH, LINE, MINH, CashDesk, open_cash_desk
from tests.services.test_receipt_undo import a_copy_dossier
from tests.ui.fitting import cut_words
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_hands import CTRL, ENTER, ESC, F9, Hands, words
from tests.ui.test_cash_desk import PIN, PaperTray, check

HOA = Officer("ld-hoa", "Nguyễn Thị Hòa", frozenset({Role.LEADER}))
TUNG = Officer("kt-tung", "Lê Văn Tùng", frozenset({Role.AUDITOR}))


@dataclass
class Seat:
    desk: CashDesk
    tray: PaperTray
    page: CashDeskPage
    hands: Hands
    folder: Path

    @property
    def ledger(self) -> LedgerPage:
        assert self.page.ledger is not None
        return self.page.ledger

    def note(self, id: str) -> str:
        """What stands beside a task in the list."""
        return self.ledger.model.columns[1].text(self.ledger.tasks[id])

    def says(self, code: str) -> bool:
        return any(code in line for line in self.hands.shell.toaster.log)


Open = Callable[[Officer], Seat]


@pytest.fixture
def office(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens the window for an officer at the desk of this test; one desk, as many windows as are asked for."""
    desk, tray, paper = open_cash_desk(tmp_path), PaperTray(), ThreadPoolExecutor(1)
    shells = []

    def open_for(officer: Officer) -> Seat:
        desk.sign_in(officer)
        folder = tmp_path / "giay"
        tools = LedgerTools(desk.desk, tray, check, desk.desk.store.submit, paper.submit, folder)
        shell = shell_with("fees", lambda: cash_desk_page(tools))
        qtbot.addWidget(shell)
        shells.append(shell)
        page = shell.page("fees")
        assert isinstance(page, CashDeskPage)
        return Seat(desk, tray, page, Hands(qtbot, shell), folder)

    yield open_for
    for shell in shells:
        shell.hide()
    paper.shutdown()
    desk.close()


def task(seat: Seat, id: str) -> None:
    """Open the tab and go into a task by keyboard."""
    seat.page.open("ledger")
    index = list(seat.ledger.tasks).index(id)
    seat.ledger.list.setFocus()
    seat.hands.press(Qt.Key.Key_Home)
    seat.hands.press(*[Qt.Key.Key_Down] * index, ENTER)


def close_alone(desk: CashDesk, day: date, *large: int, reason: str = "") -> None:
    """Close the book with this many sheets of 200.000 and 100.000; the head confirms later."""
    counted = (0, *large, *[0] * (len(DENOMINATIONS) - 1 - len(large)))
    desk.call(day_close.close, CloseDay(desk.command(), day, counted, reason))


def test_money_of_the_month_is_remitted_by_keyboard_and_its_slip_comes_out(office: Open) -> None:
    seat = office(BAO)
    seat.desk.goto("2026-10-20T09:00")
    seat.desk.take(300_000)
    close_alone(seat.desk, date(2026, 10, 20), 1, 1)
    seat.desk.goto("2026-11-25T08:00")
    seat.desk.take(20_000)
    task(seat, "remit")
    page = seat.ledger.front
    assert isinstance(page, RemitPage)
    seat.hands.until(lambda: page.found is not None and page.month is not None)
    assert page.month is not None
    assert page.month.month == "2026-10"
    assert page.amount.value() == 300_000
    assert "320.000" in words(page)
    seat.hands.press(ENTER)
    assert page.amount.hasFocus()
    seat.hands.type("250000")
    seat.hands.press(ENTER)
    seat.hands.type("KB-17")
    seat.hands.press(F9)
    seat.hands.until(lambda: any("Phiếu nộp tiền" in title for title in seat.tray.titles))
    assert seat.says("TP-44")
    seat.hands.until(lambda: page.amount.value() == 50_000)
    assert seat.desk.call(remittance.balance) == 70_000
    assert page.paid_model.rows()[0].reference == "KB-17"
    assert not cut_words(page)


def test_more_than_the_month_has_left_is_never_noted(office: Open) -> None:
    seat = office(BAO)
    seat.desk.take(20_000)
    task(seat, "remit")
    page = seat.ledger.front
    assert isinstance(page, RemitPage)
    seat.hands.until(lambda: page.amount.value() == 20_000)
    seat.hands.press(ENTER)
    seat.hands.type("30000")
    assert "chỉ còn phải nộp" in page.lacking()
    seat.hands.press(F9)
    assert seat.desk.call(remittance.balance) == 20_000
    seat.hands.press(ESC)
    assert seat.ledger.in_list
    seat.hands.press(ESC)
    assert seat.page.current is seat.page.fees


def test_a_month_after_its_day_says_that_it_is_late(office: Open) -> None:
    seat = office(BAO)
    seat.desk.goto("2026-09-20T09:00")
    seat.desk.take(300_000)
    seat.desk.goto("2026-11-25T08:00")
    task(seat, "remit")
    page = seat.ledger.front
    assert isinstance(page, RemitPage)
    seat.hands.until(lambda: page.found is not None)
    late = page.model.columns[4].text(page.model.rows()[1])
    assert late == "Quá hạn 05/10"


def test_the_head_sees_a_closing_done_alone_and_confirms_it_with_the_own_pin(office: Open) -> None:
    seat = office(HANH)
    seat.desk.take(300_000)
    close_alone(seat.desk, date(2026, 11, 25), 1, 0, reason="unknown")
    assert "confirm" not in seat.ledger.tasks
    seat = office(MINH)
    seat.page.open("ledger")
    seat.hands.until(lambda: seat.note("confirm") == "1")
    task(seat, "confirm")
    page = seat.ledger.front
    assert isinstance(page, ConfirmPage)
    seat.hands.until(lambda: page.chosen is not None)
    seat.hands.until(lambda: "Chưa rõ nguyên nhân" in words(page.form))
    said = words(page.form)
    assert "Khóa sổ ngày 25/11/2026" in said
    assert "Lê Thị Hạnh" in said
    assert "-100.000" in said.replace("−", "-")
    seat.hands.press(ENTER)
    seat.hands.type("1111")
    seat.hands.press(F9)
    seat.hands.until(lambda: "DN-01" in page.pin_field.error)
    assert seat.desk.query(cash.waiting)
    seat.hands.type(PIN)
    seat.hands.press(ENTER)
    seat.hands.until(lambda: not seat.desk.query(cash.waiting))
    seat.hands.until(lambda: page.model.rowCount() == 0)
    assert seat.note("confirm") == ""
    assert seat.says("TP-45")
    assert seat.desk.query(cash.last_close).second == MINH.id
    assert EMPTY in words(page)


def test_an_error_noted_alone_is_told_whole_and_own_acts_are_left_to_another(office: Open) -> None:
    seat = office(MINH)
    receipt = seat.desk.take(15_000)
    undo = NoteError(seat.desk.command(), receipt.receipt, "name", "Do Van Dung", "Đỗ Văn Dũng")
    seat.desk.call(receipt_undo.note_error, undo)
    task(seat, "confirm")
    page = seat.ledger.front
    assert isinstance(page, ConfirmPage)
    seat.hands.until(lambda: page.chosen is not None)
    assert page.lacking() == MINE
    assert not page.pin.isVisible()
    assert f"Thông báo sai sót số {receipt.number}" in words(page.form)
    seat.hands.until(lambda: "Do Van Dung → Đỗ Văn Dũng" in words(page.form))
    seat = office(HOA)
    assert seat.page.fees is None
    task(seat, "confirm")
    page = seat.ledger.front
    assert isinstance(page, ConfirmPage)
    seat.hands.until(lambda: page.chosen is not None)
    seat.hands.press(ENTER)
    seat.hands.type(PIN)
    seat.hands.press(F9)
    seat.hands.until(lambda: not seat.desk.query(cash.waiting))
    assert not cut_words(page)


def test_tax_data_of_the_day_is_saved_as_xml_and_workbook_and_saved_again_the_same(office: Open) -> None:
    seat = office(HANH)
    seat.desk.take(15_000)
    seat.desk.take(8_000)
    task(seat, "tax")
    page = seat.ledger.front
    assert isinstance(page, TaxPage)
    seat.hands.until(lambda: page.open is not None and page.open.rows == 2)
    assert not page.reason.isVisible()
    seat.hands.press(F9)
    seat.hands.until(lambda: page.model.rowCount() == 1 and page.open is not None and page.open.rows == 0)
    assert seat.says("TP-46")
    assert page.saved.isVisible()
    xml, xlsx = sorted(seat.folder.glob("01-TH-BLDT-*"), key=lambda p: p.suffix, reverse=True)
    assert {xml.suffix, xlsx.suffix} == {".xml", ".xlsx"}
    assert xml.name in words(page)
    assert page.lacking() == NOTHING
    seat.hands.press(Qt.Key.Key_E, chord=CTRL)
    seat.hands.until(lambda: len(list(seat.folder.glob("*.xml"))) == 2)
    first, second = (p.read_bytes() for p in seat.folder.glob("*.xml"))
    assert first == second
    assert not cut_words(page)


def test_tax_data_of_an_earlier_day_asks_for_its_reason_and_months_are_turned(office: Open) -> None:
    seat = office(HANH)
    seat.desk.take(15_000)
    seat.desk.goto("2026-11-26T08:00")
    task(seat, "tax")
    page = seat.ledger.front
    assert isinstance(page, TaxPage)
    seat.hands.until(lambda: page.open is not None and page.reason.isVisible())
    assert page.lacking() == "Ghi lý do gửi sau ngày lập biên lai."
    page.reason.setFocus()
    seat.hands.type("mat mang")
    seat.hands.press(F9)
    seat.hands.until(lambda: page.model.rowCount() == 1)
    assert page.model.rows()[0].late
    seat.hands.press(Qt.Key.Key_Left, chord=CTRL)
    seat.hands.until(lambda: page.model.rowCount() == 0)
    assert page.period.first == date(2026, 10, 1)
    seat.hands.press(Qt.Key.Key_Right, chord=CTRL)
    seat.hands.press(Qt.Key.Key_Right, chord=CTRL)
    seat.hands.until(lambda: page.model.rowCount() == 1)
    assert page.period.first == date(2026, 11, 1)


def test_the_book_is_exported_and_the_checker_finds_it_whole(office: Open) -> None:
    seat = office(HANH)
    seat.desk.take(15_000)
    assert list(seat.ledger.tasks) == ["remit", "tax", "export", "late"]
    seat = office(TUNG)
    assert list(seat.page.tabs._ids) == ["receipts", "ledger"]
    assert list(seat.ledger.tasks) == ["export"]
    task(seat, "export")
    page = seat.ledger.front
    assert isinstance(page, ExportPage)
    seat.hands.press(F9)
    seat.hands.until(lambda: seat.says("TP-42"))
    (file,) = seat.folder.glob("so-bien-lai-*.zip")
    assert file.name in words(page)
    assert UNSIGNED in words(page)
    assert check_file(file, "").receipts == 1


def test_who_takes_no_money_can_not_open_the_fee_of_a_dossier(office: Open) -> None:
    seat = office(TUNG)
    said: list[object] = []
    seat.page.notice.connect(said.append)
    seat.page.open_dossier("nothing")
    assert "DN-06" in str(said)
    seat.page.open("receipts")
    assert seat.page.current is seat.page.receipts
    assert "Enter" not in seat.page.receipts.bar_actions().sentence


def test_a_receipt_written_by_hand_is_entered_with_the_amount_of_the_catalogue(office: Open) -> None:
    seat = office(HANH)
    dossier = a_copy_dossier(seat.desk, 3, 2)
    code = seat.desk.query(dossiers.get, dossier).code
    seat.desk.goto("2026-11-25T15:00")
    task(seat, "late")
    page = seat.ledger.front
    assert isinstance(page, LatePage)
    seat.hands.until(lambda: page.book is not None)
    assert page.search.hasFocus()
    seat.hands.type(code[-4:])
    seat.hands.press(ENTER)
    seat.hands.until(lambda: page.chosen is not None and page.owed_vnd == 10_000)
    assert page.number.hasFocus()
    assert page.number.text() == "0000051"
    seat.hands.press(ENTER, ENTER)
    assert page.time.hasFocus()
    seat.hands.type("1600")
    assert page.lacking() == "Giờ ghi trên biên lai phải trước lúc này."
    page.time.clear()
    seat.hands.type("10h05")
    seat.hands.until(lambda: page.owed_vnd == 10_000)
    page.cause.parts[3].click()
    assert page.lacking() == "Ghi nguyên nhân viết tay."
    seat.hands.type("Ngap lut, may u nuoc")
    assert page.reason == "Ngap lut, may u nuoc"
    assert not cut_words(page)
    seat.hands.press(F9)
    seat.hands.until(lambda: page.book is not None and page.book.next == 52)
    assert seat.says("TP-47")
    entered = "SELECT raw FROM record WHERE kind = 'receipt.entered'"
    assert b"Ngap lut" in bytes(seat.desk.query(lambda tx: tx.row(entered)[0]))
    assert seat.desk.query(dossiers.get, dossier).paid_vnd == 10_000
    assert page.chosen is None
    seat.hands.type(code[-4:])
    seat.hands.press(ENTER)
    seat.hands.until(lambda: page.chosen is not None and "không còn khoản nào" in page.lacking())


def test_sheets_are_entered_in_their_order(office: Open) -> None:
    seat = office(HANH)
    dossier = a_copy_dossier(seat.desk, 3, 2)
    code = seat.desk.query(dossiers.get, dossier).code
    seat.desk.goto("2026-11-25T15:00")
    task(seat, "late")
    page = seat.ledger.front
    assert isinstance(page, LatePage)
    seat.hands.until(lambda: page.book is not None)
    seat.hands.type(code)
    seat.hands.press(ENTER)
    seat.hands.until(lambda: page.owed_vnd == 10_000)
    seat.hands.type("53")
    assert "Tờ tiếp theo của quyển AB-26P là số 0000051" in page.lacking()
    seat.hands.press(F9)
    assert seat.desk.query(dossiers.get, dossier).paid_vnd == 0


def test_a_time_is_read_as_people_write_it() -> None:
    texts = ("14:05", "14h05", "14.05", "1405", "905", " 9:05 ", "24:00", "12:60", "9:5", "", "x")
    assert [read_time(text) for text in texts] == [
        time(14, 5), time(14, 5), time(14, 5), time(14, 5), time(9, 5), time(9, 5), None, None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("scale", (100, 150))
def test_no_task_cuts_a_word_at_1366_pixels(office: Open, look: QApplication, scale: int) -> None:
    seat = office(MINH)
    seat.desk.take(15_000)
    close_alone(seat.desk, date(2026, 11, 25), 0, 0, reason="unknown")
    theme.apply(look, Theme(scale=scale))
    for id in seat.ledger.tasks:
        task(seat, id)
        seat.hands.qtbot.wait(150)
        assert not cut_words(seat.ledger.front), id


def test_a_desk_with_its_key_signs_the_export_and_the_checker_says_so(tmp_path: Path) -> None:
    seed = bytes(range(32))
    desk = open_cash_desk(tmp_path, public_key=public_key(seed), officer=BAO)
    vault = StoreVault(desk.desk.store)
    vault[f"sync-key-{LINE}"] = seed.hex()
    desk.take(15_000)
    with ThreadPoolExecutor(1) as paper:
        tools = LedgerTools(desk.desk, PaperTray(), check, desk.desk.store.submit, paper.submit, tmp_path / "giay")
        saved = paper.submit(lambda: export_ports(tools).export(True)).result()
    assert saved.signed
    assert check_file(tmp_path / "giay" / saved.names[0]).desk_signed
    desk.close()
