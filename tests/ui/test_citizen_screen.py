"""The citizen's screen: five states, nobody's name, one tap, and never a trouble for the officer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk_app.domain.intake import Mark, MarkState, look
from desk_app.services.desk import Desk
from desk_app.ui.forms.citizen_screen import amount, papers
from desk_app.ui.screens.citizen import CitizenScreen
from desk_app.ui.screens.intake import IntakePage
from desk_app.ui.shell import Shell
from desk_app.wiring.citizen import NO_MONITOR, CitizenSide
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_desk import HA, FakeDesk, FakeOffice, profile, slip
from tests.ui.screen_hands import F9, SPACE, Hands


def words(screen: CitizenScreen) -> str:
    return " | ".join(part.text() for part in screen.findChildren(QLabel) if part.isVisible() and part.text())


class Clockwork:
    """What the citizen's side asks of a desk: the time."""

    def __init__(self, office: FakeOffice | FakeDesk) -> None:
        self.now = lambda: office.now


@pytest.fixture
def screen(look: QApplication, qtbot: QtBot) -> Iterator[CitizenScreen]:
    made = CitizenScreen()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.set_place("Trung tâm xã Hòa Mẫu", "Quầy 2", "07 giờ 30 đến 17 giờ 00", "0900 000 000")
    made.show()
    yield made


def side_of(shell: Shell, office: FakeOffice | FakeDesk) -> CitizenSide:
    return CitizenSide(shell, cast(Desk, Clockwork(office)), profile(), "Quầy 2", lambda _score, _reason: None)


def test_it_greets_with_hours_and_the_number_for_feedback(screen: CitizenScreen) -> None:
    assert screen.state == "greet"
    assert "07 giờ 30" in words(screen) and "0900 000 000" in words(screen)


def test_papers_and_amount_are_those_of_the_intake_without_a_name(
    look: QApplication, qtbot: QtBot, screen: CitizenScreen
) -> None:
    desk = FakeDesk()
    shell = shell_with("intake", lambda: IntakePage(desk.ports()))
    qtbot.addWidget(shell)
    page = shell.page("intake")
    assert isinstance(page, IntakePage)
    side = side_of(shell, desk)
    side.follow_intake(page)
    side.open_on(QGuiApplication.screens()[0])
    shell.on_scan(HA)
    qtbot.waitUntil(lambda: page.visit.form.person is not None)
    page.choose("ho_tich.xac_nhan_hon_nhan")
    qtbot.waitUntil(lambda: side.screen.state == "papers")
    shown = words(side.screen)
    assert "hôn nhân" in shown
    assert "Nguyễn Thị Thu Hà" not in shown and "000191000345" not in shown
    side.locked()
    assert side.screen.state == "rest"
    side.close()
    shell.hide()
    desk.close()


def test_a_missing_paper_is_never_the_one_left_out() -> None:
    from tests.ui.screen_desk import NOW, catalogue

    found = catalogue()
    procedure = max(found.procedures.values(), key=lambda p: len(p.variants[0].documents))
    from desk_app.domain.intake import IntakeForm

    form = IntakeForm("f").choose(procedure)
    view = look(form, procedure, found.calendar, profile(), NOW)
    if not view.rows:
        pytest.skip("no papers are asked for before the questions are answered")
    bad = view.rows[-1].document.id
    form = replace(form, marks={bad: Mark(MarkState.BAD, 1)})
    view = look(form, procedure, found.calendar, profile(), NOW)
    shown = papers(view)
    assert shown is not None and any(line.tone == "bad" for line in shown.lines)
    assert "chưa đạt" in shown.title
    pay = amount(view)
    assert pay is None or pay.procedure == procedure.name


def test_one_tap_is_one_answer_and_silence_none(screen: CitizenScreen, qtbot: QtBot) -> None:
    taps: list[tuple[int, str]] = []
    screen.rated.connect(lambda score, reason: taps.append((score, reason)))
    screen.ask_faces()
    QTest.mouseClick(screen.faces.faces[3], Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.faces.faces[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(taps))
    qtbot.wait(200)
    assert taps == [(4, "")]
    assert "Cảm ơn" in words(screen)
    screen.greet()
    assert taps == [(4, "")]


def test_a_low_score_asks_why_and_leaving_it_out_is_an_answer_too(screen: CitizenScreen, qtbot: QtBot) -> None:
    taps: list[tuple[int, str]] = []
    screen.rated.connect(lambda score, reason: taps.append((score, reason)))
    screen.ask_faces()
    assert not screen.reasons.isVisible()
    screen.faces.choose(2)
    qtbot.waitUntil(screen.reasons.isVisible)
    assert "Điều gì chưa hài lòng?" in words(screen) and taps == []
    screen.reasons.parts[2].click()
    assert taps == [(2, "manner")] and not screen.reasons.isVisible()
    screen.ask_faces()
    screen.faces.choose(1)
    qtbot.waitUntil(screen.reasons.isVisible)
    screen.ask_faces()  # the next citizen is here already
    assert taps == [(2, "manner"), (1, "")]
    screen.rest()
    assert len(taps) == 2


def test_faces_are_asked_after_guidance_too(look: QApplication, qtbot: QtBot) -> None:
    desk = FakeDesk()
    shell = shell_with("intake", lambda: IntakePage(desk.ports()))
    qtbot.addWidget(shell)
    page = shell.page("intake")
    assert isinstance(page, IntakePage)
    kept: list[tuple[int, str]] = []
    side = CitizenSide(shell, cast(Desk, Clockwork(desk)), profile(), "Quầy 2", lambda *given: kept.append(given))
    side.follow_intake(page)
    page.guided.emit()
    assert not side._built, "without a second monitor nothing is built for it"
    side.open_on(QGuiApplication.screens()[0])
    page.guided.emit()
    assert side.screen.state == "rate"
    page.actions_changed.emit()
    assert side.screen.state == "rate", "what the officer does meanwhile does not take the faces away"
    side.screen.faces.choose(5)
    qtbot.waitUntil(lambda: kept == [(5, "")])
    side.close()
    shell.hide()
    desk.close()


def test_a_tap_there_is_kept_and_the_officer_sees_only_that_it_was_noted(look: QApplication, qtbot: QtBot) -> None:
    from desk_app.ui.screens.results import ResultsPage

    office = FakeOffice()
    kept: list[tuple[int, str]] = []
    ports = replace(office.result_ports(), survey=lambda score, reason: kept.append((score, reason)))
    shell = shell_with("results", lambda: ResultsPage(ports))
    qtbot.addWidget(shell)
    page = shell.page("results")
    assert isinstance(page, ResultsPage)
    side = side_of(shell, office)
    side.follow_results(page)
    side.open_on(QGuiApplication.screens()[0])
    hands = Hands(qtbot, shell)
    hands.scan(slip(3))
    hands.until(lambda: page.handover is not None)
    hands.scan(HA)
    shell.activateWindow()
    page.checks.enter("papers_given")
    hands.press(SPACE, F9)
    hands.until(lambda: page.finished)
    hands.until(lambda: side.screen.state == "rate")
    side.screen.faces.choose(1)
    hands.until(side.screen.reasons.isVisible)
    side.screen.reasons.parts[0].click()
    hands.until(lambda: kept == [(1, "slow")])
    assert not any(face.filled for face in page.side.faces.faces.faces)
    page.side.faces.faces.choose(5)
    qtbot.wait(250)
    assert kept == [(1, "slow")]
    side.close()
    shell.hide()


def test_without_a_second_monitor_f11_says_so(look: QApplication, qtbot: QtBot) -> None:
    desk = FakeDesk()
    shell = shell_with("intake", lambda: IntakePage(desk.ports()))
    qtbot.addWidget(shell)
    side = side_of(shell, desk)
    if len(QGuiApplication.screens()) > 1:
        pytest.skip("this machine has two monitors")
    said: list[str] = []
    shell.toaster.show = lambda text, *_rest: said.append(text)  # type: ignore[method-assign,assignment]
    QTest.keyClick(shell, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: said == [NO_MONITOR])
    assert not side.is_open
    shell.hide()
    desk.close()
