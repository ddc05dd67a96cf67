"""Gắn bản chụp in Hồ sơ: the key, the list of papers, the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import Refused
from desk_app.ui.screens.dossiers import DossiersPage
from desk_app.ui.screens.dossiers.attaching import KEPT
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_desk import FakeOffice
from tests.ui.screen_hands import CTRL, Hands, cut

PAPERS = (("to_khai", "Tờ khai theo mẫu"), ("", "Giấy khác"))


@pytest.fixture
def desk(look: QApplication, qtbot: QtBot) -> Iterator[tuple[Hands, DossiersPage, list[tuple[str, ...]]]]:
    office, kept = FakeOffice(), []

    def attach(*what: str) -> None:
        if what[3].endswith(".exe"):
            raise Refused("DB-36")
        kept.append(what[1:])

    ports = replace(office.dossier_ports(), papers_of=lambda _dossier: PAPERS, attach=attach)
    shell = shell_with("dossiers", lambda: DossiersPage(ports))
    qtbot.addWidget(shell)
    page = shell.page("dossiers")
    assert isinstance(page, DossiersPage)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.shown == "d1")
    yield hands, page, kept
    shell.hide()
    office.close()


def test_ctrl_s_asks_which_paper_and_the_file_is_kept_as_that_one(
    desk: tuple[Hands, DossiersPage, list[tuple[str, ...]]],
) -> None:
    hands, page, kept = desk
    said: list[str] = []
    page.toast.connect(lambda text, *_: said.append(text))
    if "DESK_GRAB" in os.environ:
        hands.qtbot.wait(200)
        hands.shell.grab().save(os.environ["DESK_GRAB"])
    assert cut(page.panel) == []
    hands.press(Qt.Key.Key_S, chord=CTRL)
    hands.until(lambda: page.attaching.menu is not None and page.attaching.menu.isVisible())
    assert [a.text() for a in page.attaching.menu.actions()] == [name for _id, name in PAPERS]
    page.attaching.menu.close()
    page.attaching.attach("d1", "to_khai", "/a/b.pdf")
    hands.until(lambda: said == [KEPT])
    assert kept == [("d1", "to_khai", "/a/b.pdf")]


def test_a_file_that_is_no_picture_is_said_and_nothing_is_kept(
    desk: tuple[Hands, DossiersPage, list[tuple[str, ...]]],
) -> None:
    hands, page, kept = desk
    said: list[str] = []
    page.toast.connect(lambda _text, _tone, code: said.append(code))
    page.notice.connect(lambda notice: said.append(notice.code))
    page.attaching.attach("d1", "", "/a/b.exe")
    hands.until(lambda: said == ["DB-36"])
    assert kept == []
