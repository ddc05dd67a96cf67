"""Online dossiers at the counter: the list under step 1, and the form that opens when the centre says yes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import Failed
from desk_app.domain.intake import IntakeForm
from desk_app.domain.person import Person
from desk_app.services.online import OnlineDossier
from desk_app.ui.screens.intake import IntakePage
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.widgets.badge import Badge
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_desk import FakeDesk
from tests.ui.screen_hands import CTRL, DOWN, ENTER, ESC, Hands, cut

PAPERS = ("Bằng tốt nghiệp.pdf", "Ảnh thẻ căn cước.jpg")


class Portal:
    """What the feed brought, and a centre that says yes or cannot be asked."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk, self.offline = desk, False
        self.rows: tuple[OnlineDossier, ...] = (
            OnlineDossier("o-1", "000.00.12.H99-261125-0007", "Trần Văn Bình", "Chứng thực bản sao từ bản chính",
                          "2026-11-24T20:15:00", PAPERS, 0),
            OnlineDossier("o-2", "000.00.12.H99-261125-0009", "Lê Thị Mai", "Đăng ký khai sinh",
                          "2026-11-25T06:40:00", PAPERS[:1], 2),
        )  # fmt: skip

    def take(self, id: str) -> IntakeForm:
        if self.offline:
            raise Failed("DB-34")
        person = Person("Trần Văn Bình", "cccd", "040088001234")
        return IntakeForm(self.desk.new_id(), person=person, online=id)


@pytest.fixture
def counter(look: QApplication, qtbot: QtBot) -> Iterator[tuple[Hands, IntakePage, Portal]]:
    desk = FakeDesk()
    portal = Portal(desk)
    ports = replace(desk.ports(), online=lambda: portal.rows, take_online=portal.take)
    shell = shell_with("intake", lambda: IntakePage(ports))
    qtbot.addWidget(shell)
    page = shell.page("intake")
    assert isinstance(page, IntakePage)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.online.rows == portal.rows)
    yield hands, page, portal
    shell.hide()
    desk.close()


def test_the_button_counts_them_and_enter_opens_the_form(counter: tuple[Hands, IntakePage, Portal]) -> None:
    hands, page, _portal = counter
    assert "Hồ sơ trực tuyến (2)" in [a.text for a in page.bar_actions().others]
    hands.press(Qt.Key.Key_J, chord=CTRL)
    assert page.person.online.isVisible() and cut(page) == []
    if "DESK_GRAB" in os.environ:
        hands.qtbot.wait(300)
        hands.shell.grab().save(os.environ["DESK_GRAB"])
    hands.press(ENTER)
    hands.until(lambda: page.visit.form.online == "o-1")
    assert page.visit.at is At.PERSON and not page.person.online.isVisible()
    assert "Nộp trực tuyến" in [badge.text for badge in page.person.findChildren(Badge)]
    assert "Hồ sơ trực tuyến (2)" not in [a.text for a in page.bar_actions().others]


def test_one_that_another_counter_has_and_one_without_a_network_stay_where_they_are(
    counter: tuple[Hands, IntakePage, Portal],
) -> None:
    hands, page, portal = counter
    portal.offline = True
    said: list[str] = []
    page.toast.connect(lambda _text, _tone, code: said.append(code))
    page.notice.connect(lambda notice: said.append(notice.code))
    hands.press(Qt.Key.Key_J, chord=CTRL)
    hands.press(DOWN, ENTER)
    hands.press(Qt.Key.Key_Up, ENTER)
    hands.until(lambda: len(said) >= 2)
    assert said == ["DB-33", "DB-34"]
    assert page.person.online.isVisible() and page.visit.form.person is None
    hands.press(ESC)
    assert not page.person.online.isVisible()


def test_when_none_wait_there_is_no_button(counter: tuple[Hands, IntakePage, Portal]) -> None:
    hands, page, portal = counter
    portal.rows = ()
    page.activate()
    hands.until(lambda: page.online.rows == ())
    assert not any(a.id == "online" for a in page.bar_actions().others)
