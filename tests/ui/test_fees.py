"""Thu phí by keyboard: slip, F9; the receipts of the day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.forms.cash import Payment, collect_words
from desk_app.ui.screens.fees import FeesPage
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_desk import FakeOffice, slip
from tests.ui.screen_hands import CTRL, F9, Hands, words


@pytest.fixture
def office() -> Iterator[FakeOffice]:
    made = FakeOffice()
    yield made
    made.close()


@pytest.fixture
def desk(look: QApplication, qtbot: QtBot, office: FakeOffice) -> Iterator[tuple[Hands, FeesPage]]:
    shell = shell_with("fees", lambda: FeesPage(office.fee_ports()))
    qtbot.addWidget(shell)
    page = shell.page("fees")
    assert isinstance(page, FeesPage)
    yield Hands(qtbot, shell), page
    shell.hide()


def test_flow_e_takes_one_key(desk: tuple[Hands, FeesPage], office: FakeOffice) -> None:
    hands, page = desk
    hands.scan(slip(11))
    hands.until(lambda: page.owed is not None)
    hands.press(F9)
    hands.until(lambda: page.model.rowCount() == 1)
    hands.until(lambda: office.printed)
    assert hands.count == 1
    assert office.receipts[0].total_vnd == 15_000
    assert any("TP-01" in line for line in hands.shell.toaster.log)
    assert "1 biên lai, 15.000 đ" in words(page)


def test_a_second_press_collects_nothing_twice(desk: tuple[Hands, FeesPage], office: FakeOffice) -> None:
    hands, page = desk
    hands.scan(slip(11))
    hands.until(lambda: page.owed is not None)
    hands.press(F9, F9, F9)
    hands.until(lambda: page.model.rowCount() == 1)
    hands.press(F9)
    assert len(office.receipts) == 1


def test_what_was_paid_is_not_collected_again(desk: tuple[Hands, FeesPage], office: FakeOffice) -> None:
    test_flow_e_takes_one_key(desk, office)
    hands, page = desk
    hands.scan(slip(11))
    hands.until(lambda: page.owed is not None)
    primary = page.bar_actions().primary
    assert primary is not None and "đã thu 15.000" in primary.reason


def test_cash_gives_change(desk: tuple[Hands, FeesPage]) -> None:
    hands, page = desk
    hands.scan(slip(11))
    hands.until(lambda: page.owed is not None)
    hands.type("20000")
    assert page.fee.change.text() == "5.000"


def test_ctrl_p_prints_a_receipt_again(desk: tuple[Hands, FeesPage], office: FakeOffice) -> None:
    test_flow_e_takes_one_key(desk, office)
    hands, page = desk
    page.table.setFocus()
    hands.press(Qt.Key.Key_P, chord=CTRL)
    hands.until(lambda: len(office.printed) == 2)


def test_a_name_finds_the_dossier(desk: tuple[Hands, FeesPage]) -> None:
    hands, page = desk
    page.on_search("thu ha")
    hands.until(lambda: page.owed is not None)
    assert page.owed is not None and page.owed.dossier == "d6"


def test_stopped_money_says_so_and_f9_is_off(look: QApplication, qtbot: QtBot, office: FakeOffice) -> None:
    office.stopped = "Để tránh trùng số biên lai: dữ liệu vừa khôi phục cũ hơn sổ đã ghi."
    shell = shell_with("fees", lambda: FeesPage(office.fee_ports()))
    qtbot.addWidget(shell)
    page = shell.page("fees")
    assert isinstance(page, FeesPage)
    hands = Hands(qtbot, shell)
    hands.until(lambda: shell.banner.shown is not None)
    page.open_owed(office.owed("d6"))
    primary = page.bar_actions().primary
    assert primary is not None and primary.reason == office.stopped
    shell.hide()


def test_an_unknown_tariff_and_a_free_procedure_say_why_nothing_is_taken() -> None:
    assert "Chưa có mức thu" in collect_words(Payment(None))[2]
    assert "không thu phí" in collect_words(Payment(0))[2]
    assert collect_words(Payment(15_000))[2] == ""
    assert "Chờ báo có" in collect_words(Payment(15_000, method="transfer"))[2]
