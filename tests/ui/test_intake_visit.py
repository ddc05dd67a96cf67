"""One visit, several procedures, on the real window by keyboard: identified once, one receipt, the papers together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.intake import IntakePage
from desk_app.ui.screens.intake.recording import REST_MS
from desk_app.ui.screens.intake.visit import At
from tests.ui.gallery_screens import intake
from tests.ui.screen_desk import HA, FakeDesk
from tests.ui.screen_hands import CTRL, ENTER, ESC, F9, Hands, words
from tests.ui.test_intake_flows import choose_marital_status

ANOTHER = Qt.Key.Key_O


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


def marital_status(hands: Hands, page: IntakePage) -> None:
    """Up to step 3: 15.000 đồng."""
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    assert page.visit.at is At.PROMISE


def copies(hands: Hands, page: IntakePage) -> None:
    """Up to step 3: two pages, three copies, 12.000 đồng."""
    hands.type("bs")
    hands.until(lambda: page.person.procedures.search.hits())
    hands.press(ENTER)
    hands.type("2")
    hands.press(ENTER)
    hands.type("3")
    hands.press(ENTER)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    assert page.visit.at is At.PROMISE


def test_a_second_procedure_of_the_same_person_is_one_key_away_and_paid_on_one_receipt(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    hands.scan(HA)
    marital_status(hands, page)
    hands.press(ANOTHER, chord=CTRL)
    assert page.visit.at is At.PERSON
    assert page.visit.form.person is not None
    assert page.visit.form.person.name == "Nguyễn Thị Thu Hà", "nobody is asked for the card again"
    copies(hands, page)
    assert "Cùng lượt này:" in words(page.promise)
    assert "15.000 đ" in words(page.promise).replace("\u00a0", " ")
    assert page.plan().button == "Tiếp nhận 2 hồ sơ, thu 27.000\u00a0đ và in"
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    (command,) = desk.visits_taken
    assert [form.procedure for form in command.forms] == ["ho_tich.xac_nhan_hon_nhan", "chung_thuc.ban_sao"]
    hands.until(lambda: "HP LaserJet" in words(page.finished))
    assert desk.printed == ["d1 d2"], "the papers of the visit are one job"
    assert "Đã tiếp nhận 2 hồ sơ" in words(page.finished)
    assert page.visit.held == ()
    assert not desk.drafts, "nothing of the visit is left among the drafts"


def test_after_it_was_taken_in_one_key_goes_on_and_an_unpaid_fee_joins_the_next_receipt(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    hands.scan(HA)
    marital_status(hands, page)
    hands.press(Qt.Key.Key_L, chord=CTRL)
    hands.until(lambda: page.visit.at is At.DONE)
    hands.press(ANOTHER, chord=CTRL)
    copies(hands, page)
    assert "đã tiếp nhận: thu 15.000 đ" in words(page.promise).replace("\u00a0", " ")
    assert page.plan().button == "Chứng thực, thu 27.000\u00a0đ và in biên lai"
    hands.press(F9)
    hands.until(lambda: bool(desk.visits_taken) and page.visit.at is At.DONE)
    (command,) = desk.visits_taken
    assert command.owing == ("d1",)
    assert [form.procedure for form in command.forms] == ["chung_thuc.ban_sao"]
    assert "27.000 đ" in words(page.finished).replace("\u00a0", " ")


def test_back_from_the_second_procedure_stands_the_first_as_it_was(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    hands.scan(HA)
    marital_status(hands, page)
    first = page.visit.form
    hands.press(ANOTHER, chord=CTRL)
    hands.press(ESC)
    assert page.visit.at is At.PROMISE
    assert page.visit.form == first
    assert page.plan().button == "Tiếp nhận, thu 15.000\u00a0đ và in"


def test_a_slip_in_the_midst_of_a_visit_leads_back_to_what_was_complete(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    hands.scan(HA)
    copies(hands, page)
    hands.press(ANOTHER, chord=CTRL)
    choose_marital_status(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(Qt.Key.Key_Up, Qt.Key.Key_Minus)
    hands.digit(1)
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    assert page.plan().button == "Về hồ sơ đang giữ"
    hands.qtbot.wait(REST_MS + 50)
    hands.press(F9)
    assert page.visit.at is At.PROMISE
    assert page.plan().button == "Chứng thực, thu 12.000\u00a0đ và in biên lai"
    hands.press(F9)
    hands.until(lambda: len(desk.accepted) == 1)


def test_the_next_card_leaves_what_was_held_among_the_drafts(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    copies(hands, page)
    held = page.visit.form.id
    hands.press(ANOTHER, chord=CTRL)
    page.begin()
    assert [draft.form.id for draft in page.parking.waiting] == [held]
