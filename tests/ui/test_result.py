"""Trả kết quả by keyboard: slip, card, space, F9."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.results import ResultsPage
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_desk import HA, TUAN, FakeOffice, slip
from tests.ui.screen_hands import CTRL, ENTER, ESC, F9, SPACE, Hands, words


@pytest.fixture
def office() -> Iterator[FakeOffice]:
    made = FakeOffice()
    yield made
    made.close()


@pytest.fixture
def desk(look: QApplication, qtbot: QtBot, office: FakeOffice) -> Iterator[tuple[Hands, ResultsPage]]:
    shell = shell_with("results", lambda: ResultsPage(office.result_ports()))
    qtbot.addWidget(shell)
    page = shell.page("results")
    assert isinstance(page, ResultsPage)
    yield Hands(qtbot, shell), page
    shell.hide()


def test_flow_d_takes_two_keys(desk: tuple[Hands, ResultsPage], office: FakeOffice) -> None:
    hands, page = desk
    hands.scan(slip(3))
    hands.until(lambda: page.handover is not None)
    hands.scan(HA)
    hands.press(SPACE, F9)
    hands.until(lambda: page.finished)
    assert hands.count == 2
    assert office.rows["d9"].state == 10
    shown = hands.shell.banner.shown
    assert shown is not None and "Đã trả kết quả lúc 09:11" in shown.text


def test_f9_waits_for_the_three_checks_and_says_how_many(desk: tuple[Hands, ResultsPage], office: FakeOffice) -> None:
    hands, page = desk
    hands.scan(slip(3))
    hands.until(lambda: page.handover is not None)
    hands.press(F9)
    assert office.rows["d9"].state == 9
    assert page.bar_actions().sentence == "Còn 2 bước chưa kiểm tra ở bên trái."


def test_a_card_of_somebody_else_is_said_and_nothing_is_handed_over(
    desk: tuple[Hands, ResultsPage], office: FakeOffice
) -> None:
    hands, page = desk
    hands.scan(slip(3))
    hands.until(lambda: page.handover is not None)
    hands.scan(TUAN)
    shown = hands.shell.banner.shown
    assert shown is not None and shown.code == "TK-02"
    assert page.handover is not None and "card_matched" not in page.handover.done
    hands.press(Qt.Key.Key_U, chord=CTRL)
    hands.scan(TUAN)
    hands.press(SPACE, F9)
    hands.until(lambda: page.finished)
    (command,) = office.returns.values()
    assert command.authorised is not None and command.authorised.authority == "Văn bản ủy quyền"


def test_the_receiver_can_be_typed(desk: tuple[Hands, ResultsPage]) -> None:
    hands, page = desk
    hands.scan(slip(3))
    hands.until(lambda: page.handover is not None)
    hands.press(Qt.Key.Key_U, chord=CTRL)
    hands.type("Le Van B")
    hands.press(ENTER)
    hands.type("123")
    hands.press(ENTER, ENTER)
    assert "TN-06" in words(page.side)
    page.side.receiver.number.setFocus()
    hands.press(Qt.Key.Key_A, chord=CTRL)
    hands.type("000085000123")
    hands.press(ENTER, ENTER)
    assert page.handover is not None and page.handover.receiver is not None
    assert page.handover.receiver.name == "Le Van B"


def test_without_the_slip_the_card_finds_the_result(desk: tuple[Hands, ResultsPage]) -> None:
    hands, page = desk
    hands.scan(HA)
    hands.until(lambda: page.handover is not None)
    assert page.handover is not None and page.handover.lost_slip
    assert "Mất giấy hẹn" in words(page.checks) or page.handover.missing == ("card_matched", "papers_given")


def test_not_ready_and_already_returned_are_said_at_once(desk: tuple[Hands, ResultsPage], office: FakeOffice) -> None:
    hands, page = desk
    hands.scan(slip(12))
    hands.until(lambda: hands.shell.banner.shown is not None)
    assert hands.shell.banner.shown is not None and hands.shell.banner.shown.code == "TK-05"
    hands.press(ESC)
    assert page.handover is None and hands.shell.banner.shown is None
    test_flow_d_takes_two_keys((Hands(hands.qtbot, hands.shell), page), office)
    hands.press(ESC)
    hands.scan(slip(3))
    hands.until(lambda: hands.shell.banner.shown is not None)
    assert hands.shell.banner.shown.code == "TK-04"


def test_an_open_fee_is_taken_and_then_handed_over_with_one_key(
    desk: tuple[Hands, ResultsPage], office: FakeOffice
) -> None:
    from dataclasses import replace

    hands, page = desk
    office.rows["d9"] = replace(office.rows["d9"], owed_vnd=15_000)
    hands.scan(slip(3))
    hands.until(lambda: page.handover is not None)
    hands.scan(HA)
    hands.press(SPACE)
    primary = page.bar_actions().primary
    assert primary is not None and primary.text == "Thu 15.000\u00a0đ rồi trả"
    hands.press(F9)
    hands.until(lambda: page.finished)
    assert len(office.receipts) == 1 and office.rows["d9"].state == 10


def test_an_answer_goes_away_from_the_dossier_and_a_low_one_may_say_why(
    desk: tuple[Hands, ResultsPage], office: FakeOffice
) -> None:
    test_flow_d_takes_two_keys(desk, office)
    hands, page = desk
    hands.digit(2)
    hands.until(lambda: page.side.faces.open_score == 2)
    hands.digit(1)
    hands.until(lambda: office.scores == [(2, "slow")])
    assert "2" not in words(page.side).replace("Chọn 1 hoặc 2", "")


def test_silence_closes_and_records_nothing(desk: tuple[Hands, ResultsPage], office: FakeOffice) -> None:
    test_flow_d_takes_two_keys(desk, office)
    hands, page = desk
    assert page._silence.isActive() and page._silence.interval() == 20_000
    page._silence.setInterval(1)
    hands.until(lambda: page.handover is None)
    assert not office.scores and not page.finished


def test_an_unknown_slip_opens_nothing(desk: tuple[Hands, ResultsPage]) -> None:
    hands, page = desk
    hands.scan(slip(9999))
    hands.until(lambda: hands.shell.toaster.log)
    assert "TN-05" in hands.shell.toaster.log[-1] and page.handover is None
