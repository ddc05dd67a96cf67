"""The smallest window an office has (1366×768 at 125 %): everything is there, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.intake import IntakePage
from desk_app.ui.screens.intake.visit import At
from tests.ui.gallery_screens import intake
from tests.ui.screen_desk import HA, FakeDesk
from tests.ui.screen_hands import CTRL, F9, Hands, cropped, cut

SMALL = (1093, 582)


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    made = FakeDesk()
    yield made
    made.close()


@pytest.fixture
def counter(look: QApplication, qtbot: QtBot, desk: FakeDesk) -> Iterator[tuple[Hands, IntakePage]]:
    shell, page = intake(desk, SMALL)
    qtbot.addWidget(shell)
    yield Hands(qtbot, shell), page
    shell.hide()


def nothing_cut(hands: Hands, page: IntakePage) -> None:
    hands.qtbot.wait(60)
    assert (hands.shell.width(), hands.shell.height()) == SMALL, "the page asks for more room than the window has"
    assert not cut(page)
    assert not cropped(page)


def test_the_whole_flow_fits_the_smallest_window(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    nothing_cut(hands, page)
    hands.scan(HA)
    nothing_cut(hands, page)
    hands.digit(4)
    nothing_cut(hands, page)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    nothing_cut(hands, page)
    hands.press(F9)
    nothing_cut(hands, page)
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    nothing_cut(hands, page)
    assert len(desk.accepted) == 1


def test_the_form_for_people_without_a_card_fits_too(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.press(Qt.Key.Key_N, chord=CTRL)
    hands.press(F9)
    nothing_cut(hands, page)
