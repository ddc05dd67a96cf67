"""The flows of design/ui.md §11, played on the real window by keyboard only, with their budgets of key presses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.intake import MarkState, Step
from desk_app.ui.screens.intake import IntakePage
from desk_app.ui.screens.intake.visit import At
from tests.ui.gallery_screens import intake
from tests.ui.screen_desk import HA, FakeDesk
from tests.ui.screen_hands import CTRL, DOWN, ENTER, F9, SPACE, UP, Hands, words


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    made = FakeDesk()
    yield made
    made.close()


@pytest.fixture
def counter(look: QApplication, qtbot: QtBot, desk: FakeDesk) -> Iterator[tuple[Hands, IntakePage]]:
    shell, page = intake(desk)
    qtbot.addWidget(shell)
    yield Hands(qtbot, shell), page
    shell.hide()


def choose_marital_status(hands: Hands, page: IntakePage) -> None:
    hands.type("xnh")
    hands.until(lambda: page.person.procedures.search.hits())
    ids = [hit.id for hit in page.person.procedures.search.hits()]
    hands.press(*[DOWN] * ids.index("ho_tich.xac_nhan_hon_nhan"), ENTER)


def test_flow_a_certified_copies_take_at_most_twelve_keys(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.type("bs")
    hands.press(ENTER)
    hands.type("2")
    hands.press(ENTER)
    hands.type("3")
    hands.press(ENTER)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    assert page.plan().button == "Chứng thực, thu 12.000\u00a0đ và in biên lai"
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    assert hands.count <= 12
    ((command, done),) = desk.accepted.values()
    assert done.total_vnd == 12_000 and command.form.answers["so_ban"] == 3
    assert "Đã chứng thực" in words(page.finished)


def test_flow_a_with_the_usual_answers_takes_six_keys(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.digit(1)
    hands.press(ENTER, ENTER)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9, F9)
    hands.until(lambda: page.visit.at is At.DONE)
    assert hands.count == 6
    assert len(desk.accepted) == 1


def test_flow_b_all_papers_there_stays_within_fourteen_keys(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    assert page.visit.at is At.PROMISE
    assert page.plan().button == "Tiếp nhận, thu 15.000\u00a0đ và in"
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    hands.until(lambda: "HP LaserJet" in words(page.finished))
    assert hands.count <= 14
    assert "H99.12-261125-0001" in words(page.finished)
    assert desk.printed == ["d1"]


def test_flow_c_two_defects_end_in_one_slip_within_eighteen_keys(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    hands.scan(HA)
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(UP, Qt.Key.Key_Minus)
    hands.digit(1)
    hands.press(UP, Qt.Key.Key_Minus)
    hands.digit(2)
    assert page.plan().button == "In phiếu hướng dẫn"
    assert "2 giấy tờ chưa đạt" in page.plan().sentence
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    assert hands.count <= 18
    ((command, _),) = desk.slips.values()
    assert sorted(m.reason for m in command.form.marks.values() if m.state is MarkState.BAD) == [1, 2]
    assert not desk.accepted


def test_the_next_day_the_slip_opens_the_papers_with_the_old_marks(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    from desk_app.domain.code import SlipKind, slip_code

    test_flow_c_two_defects_end_in_one_slip_within_eighteen_keys(counter, desk)
    hands, page = counter
    hands.scan(slip_code(SlipKind.GUIDANCE, "99012", desk.now.date(), 2, 7))
    hands.until(lambda: page.visit.at is At.PAPERS)
    assert page.visit.form.guidance == "g1"
    assert page.visit.view().step is Step.LOOK
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9, F9)
    hands.until(lambda: len(desk.accepted) == 1)


def test_signing_at_the_counter_cures_a_missing_signature(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(Qt.Key.Key_Minus)
    hands.digit(2)
    assert page.visit.view().step is Step.GUIDE
    hands.press(Qt.Key.Key_1, chord=CTRL)
    assert page.visit.view().step is Step.ACCEPT
    hands.press(Qt.Key.Key_Z, chord=CTRL)
    assert page.visit.view().step is Step.GUIDE


def test_f9_leads_to_the_open_question_and_to_the_paper_not_seen(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    choose_marital_status(hands, page)
    assert page.plan().button == "Còn câu hỏi chưa trả lời"
    hands.digit(1, 2, 1, 1)
    assert page.plan().button.startswith("Còn ") and page.plan().button.endswith("giấy chưa xem")
    hands.press(F9)
    before = page.visit.view().count(MarkState.UNSEEN)
    hands.press(SPACE)
    assert page.visit.view().count(MarkState.UNSEEN) == before - 1


def test_a_held_f9_records_one_dossier(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.digit(1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    hands.press(F9, F9, F9, F9)
    hands.until(lambda: page.visit.at is At.DONE)
    hands.press(F9)
    assert page.visit.at is At.DONE, "what was recorded stays in sight"
    assert len(desk.accepted) == 1


def test_taking_in_now_and_collecting_later(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    hands.press(Qt.Key.Key_L, chord=CTRL)
    hands.until(lambda: page.visit.at is At.DONE)
    ((command, done),) = desk.accepted.values()
    assert not command.collect and done.receipt is None


def test_cash_gives_change_and_too_little_cash_stops_f9(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    page.promise.fee.cash.setFocus()
    hands.type("2000")
    assert not page.plan().enabled
    assert "TP-04" in words(page.promise.fee)
    hands.type("0")
    assert page.promise.fee.change.text() == "5.000"
    hands.press(F9)
    hands.until(lambda: len(desk.accepted) == 1)


def test_a_transfer_waits_until_the_money_is_seen(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    page.promise.fee.cash.setFocus()
    hands.press(Qt.Key.Key_Tab)
    hands.digit(2)
    assert page.plan().button == "Chờ báo có" and not page.plan().enabled
    hands.press(Qt.Key.Key_Tab, SPACE)
    assert page.plan().enabled


def test_the_training_desk_scans_a_sample_card(look: QApplication, qtbot: QtBot, desk: FakeDesk) -> None:
    shell, page = intake(desk, training=True)
    qtbot.addWidget(shell)
    shell.bar.press("sample")
    assert page.visit.form.person is not None and page.visit.form.person.name == "Nguyễn Thị Thu Hà"
    shell.hide()
