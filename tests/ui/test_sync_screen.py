from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.sync import RefusedRow, SyncPage
from tests.ui.gallery_kit import SYNC

REFUSED = RefusedRow("r1", "Biên lai 0000211", "DB-04", "thiếu mã đơn vị")


@pytest.fixture
def page(look: QApplication, qtbot: QtBot) -> SyncPage:
    made = SyncPage()
    qtbot.addWidget(made)
    made.set_view(SYNC)
    made.resize(1190, 642)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def _words(page: SyncPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_without_a_network_the_page_is_calm_and_counts(page: SyncPage) -> None:
    words = _words(page)
    assert "Không có mạng từ 08:12 hôm nay" in words
    assert "Đang chờ gửi: 37 mục" in words
    assert "DB-01" in words
    assert page.table.model().rowCount() == 5
    assert not page.refused_table.isVisible()


def test_keys_try_now_diagnose_and_read_the_answer(page: SyncPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    page.try_wanted.connect(lambda: asked.append("try"))
    page.diagnosis_wanted.connect(lambda: asked.append("why"))
    page.answer_wanted.connect(lambda: asked.append("answer"))
    page.usb_wanted.connect(lambda: asked.append("usb"))
    for key in (Qt.Key.Key_R, Qt.Key.Key_I, Qt.Key.Key_O):
        qtbot.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
    page.primary()
    assert asked == ["try", "why", "answer", "usb"]


def test_while_it_is_trying_a_second_try_does_nothing(page: SyncPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    page.try_wanted.connect(lambda: asked.append("try"))
    page.set_view(replace(SYNC, trying=True))
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert asked == []


def test_refused_records_are_shown_with_what_to_do(page: SyncPage, qtbot: QtBot) -> None:
    corrections: list[object] = []
    page.correction_wanted.connect(corrections.append)
    page.set_view(replace(SYNC, refused=(REFUSED,)))
    assert page.refused_table.isVisible()
    assert page._refused_badge.text == "1 mục bị từ chối"
    page.refused_table.select_row(0)
    qtbot.keyClick(page.refused_table, Qt.Key.Key_Return)
    assert corrections == [REFUSED]


def test_without_a_stick_f9_says_so(page: SyncPage) -> None:
    asked: list[str] = []
    told: list[str] = []
    page.usb_wanted.connect(lambda: asked.append("usb"))
    page.usb_button.refused.connect(told.append)
    page.set_view(replace(SYNC, usb=(), usb_reason="Cắm USB trước."))
    page.primary()
    assert (asked, told) == ([], ["Cắm USB trước."])


def test_when_all_is_sent_the_page_says_it(page: SyncPage) -> None:
    page.set_view(replace(SYNC, online=True, waiting=0, queue=(), deadline="", title="Có mạng"))
    words = _words(page)
    assert "Đã gửi hết" in words
    assert not page._deadline_holder.isVisible()


def test_there_is_no_button_that_clears_the_queue(page: SyncPage) -> None:
    from PySide6.QtWidgets import QPushButton

    words = " ".join(button.text().lower() for button in page.findChildren(QPushButton))
    assert "xóa" not in words
    assert "hủy" not in words
