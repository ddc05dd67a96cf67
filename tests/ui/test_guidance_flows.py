"""Guidance at the keyboard: the second visit by slip costs a fraction of the first; why and where stand on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.intake import Step
from desk_app.ui.screens.intake import IntakePage
from desk_app.ui.screens.intake.visit import At
from tests.ui.gallery_screens import intake
from tests.ui.screen_desk import HA, FakeDesk
from tests.ui.screen_hands import CTRL, ENTER, ESC, F9, Hands, words

SLIP = "29901226112500010040"


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


def guide_birth(hands: Hands, page: IntakePage) -> None:
    """A birth: every question answered, the last paper missing, one slip."""
    hands.scan(HA)
    hands.type("dkks")
    hands.until(lambda: page.person.procedures.search.hits())
    hands.press(ENTER)
    assert page.visit.form.procedure == "ho_tich.khai_sinh"
    hands.type("12/10/2026")
    hands.press(ENTER)
    while (question := page.visit.view().open_question) is not None:
        page.papers.questions.focus_question(question.id)
        hands.digit(1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    page.papers.checklist.focus_row(page.visit.view().rows[-1].document.id)
    hands.type("-1")
    assert page.visit.view().step is Step.GUIDE
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)


def test_the_second_visit_saves_at_least_sixty_percent_of_the_keys(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    guide_birth(hands, page)
    first, rows = hands.count, len(page.visit.view().rows)
    hands.qtbot.wait(700)
    hands.press(F9)
    hands.count = 0
    slip = _valid(SLIP)
    hands.scan(slip)
    hands.until(lambda: page.visit.at is At.PAPERS)
    assert page.visit.view().open_question is None, "nothing is asked again"
    hands.press(Qt.Key.Key_D, chord=CTRL)
    assert page.visit.view().step is Step.ACCEPT and rows
    assert hands.count <= first * 0.4, (hands.count, first)


def test_a_date_of_birth_counts_the_days_by_itself(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.type("dkks")
    hands.until(lambda: page.person.procedures.search.hits())
    hands.press(ENTER)
    hands.type("12/10/2026")
    assert page.visit.form.answers["so_ngay_tu_khi_sinh"] == 44
    assert "44 ngày tính đến hôm nay" in words(page.papers)


def test_ctrl_i_shows_why_the_law_and_how_sure_it_is(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.type("dkks")
    hands.until(lambda: page.person.procedures.search.hits())
    hands.press(ENTER)
    page.papers.checklist.focus_row(page.visit.view().rows[0].document.id)
    hands.press(Qt.Key.Key_I, chord=CTRL)
    panel = page.reasons.panel
    assert panel.isVisible() and panel.shown[0].title == page.visit.view().rows[0].document.name
    said = words(panel)
    for part in ("Căn cứ pháp lý", "Luật Hộ tịch", "Mức tin cậy", "Nguồn"):
        assert part in said, part
    hands.press(ESC)
    assert not panel.isVisible() and page.visit.at is At.PAPERS


def test_what_is_done_elsewhere_says_so_and_f9_prints_where_to_go(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.type("ho chieu")
    hands.until(lambda: page.person.procedures.search.hits())
    hands.press(ENTER)
    assert page.visit.view().step is Step.REFER
    assert "Phòng Quản lý xuất nhập cảnh" in words(page.papers)
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    assert len(desk.slips) == 1


def _valid(slip: str) -> str:
    from datetime import date

    from desk_app.domain.code import SlipKind, slip_code

    return slip_code(SlipKind.GUIDANCE, slip[1:6], date(2026, 11, 25), 1, 4)
