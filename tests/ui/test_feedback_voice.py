"""The public inbox, split letters, the secret sender, letters and campaigns on the screen of feedback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.feedback import FeedbackClass
from desk_app.services import feedback_list, surveys
from desk_app.storage.queries import voice
from tests.documents.reading import text_of
from tests.services.feedback_desk import HANH, LAN, MINH, Office, Paper, a_form, an_office
from tests.services.test_feedback_letters import BASIS, answered, put, receive
from tests.services.test_surveys import FORM
from tests.ui.feedback_desk import shell_of
from tests.ui.fitting import cut_words
from tests.ui.screen_hands import ENTER, ESC, F9, Hands

SIZES = [(1366, 696), (1093, 582)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path, training=False) as made:
        yield made


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.mark.parametrize("size", SIZES)
def test_a_message_of_the_public_page_is_opened_classified_and_entered(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper, size: tuple[int, int]
) -> None:
    put(office, sent_at="2026-11-24T20:15:00")
    shell, page = shell_of(office, paper, HANH, size)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.list.model.rowCount() == 1)
    assert page.list.model.rows()[0].code == feedback_list.FROM_PUBLIC
    hands.until(lambda: cut_words(page) == [])
    page.list.table.setFocus()
    hands.press(ENTER)
    hands.until(lambda: page.is_taking and page.taking.form.origin == "m-1")
    assert page.form_card.name.text() == "Trần Văn Khoa"
    hands.until(lambda: cut_words(page) == [])
    page.class_card.classes.setFocus()
    hands.digit(5)
    hands.until(lambda: page.taking.form.feedback_class is FeedbackClass.QUESTION)
    hands.press(F9)
    hands.until(lambda: bool(paper.out) and page.is_list)
    hands.until(lambda: page.list.model.rowCount() == 1 and not page.list.model.rows()[0].public)
    assert office.do(feedback_list.counts, HANH)["public"] == 0
    shell.hide()


def test_one_letter_is_split_without_typing_its_sender_again(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper
) -> None:
    shell, page = shell_of(office, paper)
    qtbot.addWidget(shell)
    page.begin()
    page.taking.set_form(replace(a_form(office), id=page.taking.form.id))
    page.on_action("split")
    qtbot.waitUntil(lambda: page.taking.form.letter != "")
    assert (page.form_card.name.text(), page.form_card.content.text()) == ("Trần Văn Khoa", "")
    page.taking.set_form(
        replace(page.taking.form, content="Bảng giá không treo.", feedback_class=FeedbackClass.CONDUCT, handler=MINH.id)
    )
    page.primary()
    qtbot.waitUntil(lambda: page.is_list and page.list.model.rowCount() == 2)
    page.open_case(page.list.model.rows()[1].id)
    qtbot.waitUntil(lambda: page.is_case)
    assert "PAKN-2026-000" in page.case_card.words() and "Cùng một đơn với" in page.case_card.words()
    shell.hide()


def test_a_secret_sender_is_shown_on_demand_and_the_look_stands_in_the_case(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper
) -> None:
    about = receive(office, a_form(office, secret=True, handler=LAN.id))
    for officer, offered in ((HANH, False), (LAN, True)):
        shell, page = shell_of(office, paper, officer)
        qtbot.addWidget(shell)
        page.open_case(about)
        qtbot.waitUntil(lambda page=page: page.is_case)
        assert "Trần Văn Khoa" not in page.case_card.words()
        assert ("sender" in [a.id for a in page.bar_actions().others]) is offered
        if offered:
            page.on_action("sender")
            qtbot.waitUntil(lambda page=page: "Trần Văn Khoa" in page.case_card.words())
            assert "Phạm Thị Lan xem thông tin người phản ánh" in page.case_card.words()
        shell.hide()


@pytest.mark.parametrize("size", SIZES)
def test_a_refusal_an_extension_and_an_apology_print_their_letters(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper, size: tuple[int, int]
) -> None:
    about, other, right = receive(office), receive(office), answered(office)
    shell, page = shell_of(office, paper, MINH, size)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)

    def work(feedback: str, step: str) -> None:
        page.open_case(feedback, step)
        hands.until(lambda: page.is_case and page.work_card.work == step and not page.handling.busy)
        hands.until(lambda: cut_words(page) == [])

    work(about, "extend")
    page.work_card.reason.setText("Cần xác minh")
    hands.press(F9)
    hands.until(lambda: any("gia hạn" in title for title, _pdf in paper.out))
    work(right, "apologise")
    hands.press(F9)
    hands.until(lambda: "PA-41" in page.work_card.letter.field_for("PA-41").error)  # type: ignore[union-attr]
    for edit in (page.work_card.letter.fault, page.work_card.letter.cause, page.work_card.letter.corrected):
        edit.setText("Một câu đầy đủ.")
    page.work_card.letter.happened.set_text("Cán bộ yêu cầu giấy không có trong quy định.")
    hands.press(F9)
    hands.until(lambda: any(title.startswith("Thư xin lỗi") for title, _pdf in paper.out))
    work(other, "refuse")
    page.work_card.reason.setText("Việc đã có bản án")
    page.work_card.agency.setText("Tòa án nhân dân khu vực 1")
    page.work_card.basis.edit.setText(BASIS)
    hands.press(F9)
    hands.until(lambda: any("không tiếp nhận" in title for title, _pdf in paper.out))
    assert "THƯ XIN LỖI" in "".join(text_of(pdf) for _title, pdf in paper.out)
    shell.hide()


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_is_looked_at_and_what_was_typed_is_still_there(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper, size: tuple[int, int]
) -> None:
    about = receive(office)
    shell, page = shell_of(office, paper, MINH, size)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    page.open_case(about, "answer")
    hands.until(lambda: page.is_case)
    page.on_action("preview")
    hands.until(lambda: "PA-14" in page.work_card.field_for("PA-14").error)  # type: ignore[union-attr]
    page.work_card.findings.set_text("Đã kiểm tra sổ theo dõi.")
    page.work_card.verdict.parts[0].click()
    page.work_card.basis.edit.setText(BASIS)
    page.on_action("preview")
    hands.until(lambda: page.is_preview and not page.letter.paper.pixmap().isNull())
    hands.until(lambda: cut_words(page) == [])
    hands.press(ESC)
    assert page.is_case and page.work_card.findings.text() == "Đã kiểm tra sổ theo dõi."
    hands.press(F9)
    hands.until(lambda: any("trả lời" in title for title, _pdf in paper.out))
    page.show_list()
    page.list.filter_chosen.emit("answered")
    hands.until(lambda: "board" in [a.id for a in page.bar_actions().others])
    page.on_action("board")
    hands.until(lambda: any("Công khai" in title for title, _pdf in paper.out))
    shell.hide()


def test_a_campaign_brings_its_own_questions_and_counts_what_is_collected(
    look: QApplication, qtbot: QtBot, office: Office, paper: Paper
) -> None:
    form = {
        "id": "campaign-1/1", "title": "Phiếu khảo sát", "promise": "Phiếu này không ghi tên.",
        "questions": [
            {"id": "overall", "text": "Mức độ hài lòng chung", "kind": "grade", "leads": True},
            {"id": "own1", "text": "Nhà vệ sinh sạch sẽ", "kind": "grade"},
        ],
    }  # fmt: skip

    def come_down() -> None:
        with office.store.write("", "centre") as tx:
            body = {"title": "Khảo sát quý IV", "target": 30, "form": form}
            voice.put_campaign(tx, "c-1", "2026-11-01", "2026-11-30", body)

    office.store.call(come_down)
    shell, page = shell_of(office, paper)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    page.on_action("survey")
    hands.until(lambda: set(page.survey.editors) == {"overall", "own1"})
    hands.until(lambda: cut_words(page) == [])
    page.survey.enter()
    hands.digit(5)
    hands.until(lambda: page.survey.answered == 1)
    hands.press(F9)
    hands.until(lambda: office.do(surveys.waiting, HANH) == 1)
    hands.until(lambda: "đã có 1/30 phiếu" in page.survey._collected.text())
    page.survey.set_campaigns(())
    assert list(page.survey.editors) == [q.id for q in FORM.questions], "without a campaign the counter's own form"
    shell.hide()
