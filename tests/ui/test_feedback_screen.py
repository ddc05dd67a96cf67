"""The screen of feedback by keyboard, over the real use cases and a real file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.feedback import FeedbackClass
from desk_app.services import feedback_view, surveys
from desk_app.ui.screens.feedback import FeedbackPage
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.smileys import SmileyRow
from desk_app.wiring.feedback import rate
from tests.documents.reading import text_of
from tests.services.feedback_desk import DUNG, HANH, LAN, MINH, Office, Paper, a_form, an_office, everything
from tests.services.test_feedback import BASIS, receive
from tests.ui.feedback_desk import shell_of
from tests.ui.fitting import cut_words
from tests.ui.screen_desk import HA
from tests.ui.screen_hands import CTRL, DOWN, ENTER, ESC, F9, Hands

CANARY = "CHIMHOANGYEN7743"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def desk(look: QApplication, qtbot: QtBot, office: Office, paper: Paper) -> Iterator[tuple[Hands, FeedbackPage]]:
    shell, page = shell_of(office, paper)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.form_card.against.count() > 1)
    yield hands, page
    hands.until(lambda: not page.taking.busy and not page.handling.busy)
    shell.hide()


def all_of(office: Office) -> list[str]:
    return [listed.row.state for listed in office.do(feedback_view.find, HANH, "all", "")]


def test_a_card_and_words_and_a_class_make_a_slip(
    desk: tuple[Hands, FeedbackPage], office: Office, paper: Paper
) -> None:
    hands, page = desk
    hands.scan(HA)
    hands.until(lambda: page.taking.form.name == "Nguyễn Thị Thu Hà")
    page.form_card.phone.setFocus()
    hands.type("0900000245")
    page.form_card.content.setFocus()
    hands.type("Cho toi hoi")
    page.class_card.classes.setFocus()
    hands.digit(1)
    hands.until(lambda: page.taking.form.feedback_class is FeedbackClass.CONDUCT)
    assert page.bar_actions().primary is not None and page.bar_actions().primary.reason  # type: ignore[union-attr]
    hands.until(lambda: page.class_card.handler.count() > 1)
    page.class_card.handler.setFocus()
    hands.press(DOWN)
    hands.until(lambda: bool(page.taking.form.handler) or bool(page.class_card.handler.chosen))
    page.taking.set_form(replace(page.taking.form, handler=page.class_card.handler.chosen))
    hands.press(F9)
    hands.until(lambda: bool(paper.out))
    assert "Nguyễn Thị Thu Hà" in text_of(paper.out[0][1])
    assert all_of(office) == ["answering"]
    hands.until(lambda: page.is_list and page.list.model.rowCount() == 1)


def test_a_new_form_says_nothing_of_a_letter_that_was_split(desk: tuple[Hands, FeedbackPage]) -> None:
    hands, page = desk
    page.begin()
    hands.until(lambda: page.is_taking)
    assert not [part for part in page.findChildren(Badge) if part.isVisible() and part.text == "Tách đơn"]


def test_f9_says_why_it_waits_and_missing_data_are_kept_as_information(
    desk: tuple[Hands, FeedbackPage], office: Office
) -> None:
    hands, page = desk
    hands.press(F9)
    assert page.is_taking
    assert page.bar_actions().primary.reason == "Ghi nội dung phản ánh trước."  # type: ignore[union-attr]
    page.taking.set_form(replace(a_form(office, phone=""), id=page.taking.form.id))
    assert page.bar_actions().primary.text == "Giữ làm thông tin"  # type: ignore[union-attr]
    hands.press(F9)
    hands.until(lambda: page.is_list)
    assert all_of(office) == ["information"]


def test_a_denunciation_is_wiped_from_screen_draft_and_file(
    desk: tuple[Hands, FeedbackPage], office: Office, paper: Paper
) -> None:
    hands, page = desk
    hands.press(F9)
    page.form_card.content.setFocus()
    hands.type(CANARY)
    page.taking.save_now()
    hands.qtbot.wait(400)
    assert CANARY not in everything(office.store)  # not classified: not written
    page.class_card.classes.setFocus()
    hands.digit(4)
    hands.until(lambda: page.taking.form.feedback_class is FeedbackClass.DENUNCIATION)
    hands.press(F9)
    hands.until(lambda: bool(paper.out))
    assert CANARY not in page.form_card.content.toPlainText()
    page.form_card.content.undo()
    assert CANARY not in page.form_card.content.toPlainText()
    assert CANARY not in text_of(paper.out[0][1])
    assert CANARY not in everything(office.store)
    assert all_of(office) == []


def test_the_accused_leaves_the_list_of_handlers(desk: tuple[Hands, FeedbackPage], office: Office) -> None:
    hands, page = desk
    page.begin()
    page.taking.set_form(replace(a_form(office, handler=DUNG.id), id=page.taking.form.id))
    hands.until(lambda: page.class_card.handler.findData(DUNG.id) >= 0)
    page.taking.set_form(replace(page.taking.form, against=(DUNG.id,)))
    assert page.taking.form.handler == ""
    hands.until(lambda: page.class_card.handler.findData(DUNG.id) < 0)
    assert page.class_card.handler.findData(MINH.id) >= 0


def test_a_draft_is_offered_again_after_the_program_ended(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper
) -> None:
    form = a_form(office)
    office.do(feedback_view.save_draft, HANH, form)
    shell, page = shell_of(office, paper)
    qtbot.addWidget(shell)
    qtbot.waitUntil(lambda: page.is_taking and page.form_card.name.text() == "Trần Văn Khoa")
    assert page.taking.form == form
    shell.hide()


def test_an_answer_without_basis_is_said_at_its_field_and_then_printed(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper
) -> None:
    about = receive(office, a_form(office, handler=LAN.id))
    shell, page = shell_of(office, paper, LAN)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.list.model.rowCount() == 1)
    page.list.table.setFocus()
    hands.press(ENTER)
    hands.until(lambda: page.is_case)
    assert about == page.handling.whole.row.feedback  # type: ignore[union-attr]
    page.work_card.findings.setFocus()
    hands.type("Da kiem tra")
    page.work_card.verdict.setFocus()
    page.work_card.verdict.parts[1].click()
    hands.press(F9)
    hands.until(lambda: "PA-01" in page.work_card.basis.field.error)
    hands.press(Qt.Key.Key_I, chord=CTRL)
    hands.until(lambda: page.work_card.shows_texts)
    hands.press(ENTER)
    hands.until(lambda: not page.work_card.shows_texts)
    assert page.work_card.basis.edit.text().startswith("Điều  Nghị định số 20/2008/NĐ-CP")
    hands.type("9")
    hands.press(F9)
    hands.until(lambda: any("trả lời" in title for title, _pdf in paper.out))
    assert all_of(office) == ["answered"]
    hands.until(lambda: page.handling.whole is not None and page.handling.whole.row.state == "answered")
    shell.hide()


def test_a_transfer_prints_slip_and_notice(look: QApplication, qtbot: QtBot, office: Office, paper: Paper) -> None:
    about = receive(office, a_form(office, feedback_class=FeedbackClass.REGULATION, handler=""))
    shell, page = shell_of(office, paper)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    page.open_case(about)
    hands.until(lambda: page.is_case and page.work_card.bodies.count() > 1)
    page.work_card.agency.setText("Văn phòng UBND tỉnh Minh Họa")
    page.work_card.basis.edit.setText(BASIS)
    hands.press(F9)
    hands.until(lambda: len(paper.out) == 3)
    assert [title.split()[0] for title, _pdf in paper.out] == ["Phiếu", "Phiếu", "Thông"]
    hands.press(ESC)
    hands.until(lambda: page.is_list)
    shell.hide()


@pytest.mark.parametrize("size", [(1366, 696), (1093, 582)])
def test_no_words_are_cut_in_any_of_the_three_faces(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper, size: tuple[int, int]
) -> None:
    about = receive(office)
    shell, page = shell_of(office, paper, MINH, size)
    qtbot.addWidget(shell)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    qtbot.waitUntil(lambda: cut_words(page) == [])
    page.begin()
    page.taking.set_form(replace(a_form(office, address=""), id=page.taking.form.id))
    qtbot.waitUntil(lambda: cut_words(page) == [])
    page.open_case(about)
    qtbot.waitUntil(lambda: page.is_case)
    qtbot.waitUntil(lambda: cut_words(page) == [])
    qtbot.waitUntil(lambda: not page.taking.busy)
    shell.hide()


def test_a_paper_survey_is_typed_in_by_digits_and_leaves_no_trace_of_who(
    desk: tuple[Hands, FeedbackPage], office: Office, paper: Paper
) -> None:
    hands, page = desk
    page.on_action("survey")
    assert page.is_survey and page.bar_actions().primary.reason  # type: ignore[union-attr]
    hands.digit(1)
    hands.press(ENTER)
    hands.digit(5)
    hands.press(ENTER)
    hands.digit(4)
    hands.until(lambda: page.survey.answered == 3)
    hands.press(F9)
    hands.until(lambda: office.do(surveys.waiting, HANH) == 1)
    hands.until(lambda: page.survey.answered == 0)
    hands.press(F9)  # nothing answered: nothing kept
    assert office.do(surveys.waiting, HANH) == 1
    page.on_action("blank")
    hands.until(lambda: bool(paper.out))
    assert "không ghi tên" in text_of(paper.out[0][1])


def test_a_face_tapped_twice_is_one_answer(look: QApplication, qtbot: QtBot, office: Office) -> None:
    row = SmileyRow()
    qtbot.addWidget(row)
    office_desk = office.desk()
    taps: list[int] = []
    row.chosen.connect(taps.append)
    row.choose(5)
    row.choose(1)
    qtbot.waitUntil(lambda: bool(taps))
    qtbot.wait(200)
    assert taps == [5]
    office.store.call(lambda: rate(office_desk, 5, ""))
    office.store.call(lambda: rate(office_desk, 9, ""))  # a bug above: nothing is kept, nothing is raised
    assert office.do(surveys.waiting, HANH) == 1


def test_a_page_that_is_not_for_the_clerk_of_accounts_says_so(office: Office) -> None:
    from desk_app.domain.errors import DeskError
    from desk_app.domain.session import Officer, Role
    from desk_app.services import feedback
    from desk_app.services.feedback import ReceiveFeedback

    form = a_form(office)
    auditor = Officer("kt", "Kiểm Tra", frozenset({Role.AUDITOR}))
    with pytest.raises(DeskError, match="DN-06"):
        office.do(feedback.receive, auditor, ReceiveFeedback(form.id, form))
