"""The table of days off changes: which dossiers move, seen, recorded and printed on the page of Quản trị."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.session import Role
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed
from desk_app.ui.screens.moved_dates import NONE, MovedDatesPage
from desk_app.wiring.moved_dates import moved_dates_page, tell_moved
from tests.documents.reading import text_of
from tests.services.counter_desk import CounterDesk, a_person
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_hands import CTRL, F9, Hands, cropped, cut, words

OFF = {date(2026, 11, 12): "Nghỉ bão theo thông báo của tỉnh"}


class Tray:
    def __init__(self) -> None:
        self.papers: list[str] = []

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        self.papers.append(text_of(pdf))
        return Printed("Khay giả")


class Room:
    """Two dossiers before a storm day is announced, and the page under the new table."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.counter, self.tray, self.qtbot = CounterDesk(folder), Tray(), qtbot
        self.early = self.counter.take_in(person=a_person("Trần Thị Bão", "000085000131")).dossier
        self.counter.at(datetime(2026, 11, 13, 9, 0))
        self.late = self.counter.take_in(person=a_person("Lý Sau Bão", "000085000132")).dossier
        self.pool = ThreadPoolExecutor(1)

    def desk(self, role: Role = Role.HEAD) -> Desk:
        desk = self.counter.as_(role)
        calendar = desk.catalogue.calendar.with_days(OFF, {}, "2026.2")
        return replace(desk, catalogue=replace(desk.catalogue, calendar=calendar))

    def open(self, role: Role = Role.HEAD) -> MovedDatesPage:
        store = self.counter.desk.store
        page = moved_dates_page(self.desk(role), self.tray, store.submit, self.pool.submit)
        self.shell = shell_with("admin", lambda: page)
        self.qtbot.addWidget(self.shell)
        self.hands = Hands(self.qtbot, self.shell)
        self.hands.until(lambda: "bản 2026.2" in words(page))
        return page

    def due(self, dossier: str) -> str:
        return self.counter.detail(dossier).row.due_at

    def close(self) -> None:
        self.pool.shutdown()
        self.counter.close()


@pytest.fixture
def room(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path, qtbot)
    yield made
    made.close()


def test_the_list_shows_old_and_new_date_and_f9_records_and_prints_it(room: Room) -> None:
    page = room.open()
    assert "1 hồ sơ đang giải quyết có ngày hẹn khác" in words(page)
    (row,) = page.model.rows()
    assert (row.row.dossier, row.old_due_at[:10], row.new_due_at[:10]) == (room.early, "2026-11-16", "2026-11-17")
    assert cut(page) == cropped(page) == []
    room.hands.press(F9)
    room.hands.until(lambda: room.tray.papers)
    assert room.due(room.early) == "2026-11-17T17:00:00"
    assert room.due(room.late).startswith("2026-11-20"), "what was received after the day off does not move"
    for part in ("Trần Thị Bão", "0912345678", "16/11/2026", "17/11/2026", "Lịch nghỉ bản 2026.2"):
        assert part in room.tray.papers[0]
    events = room.counter.detail(room.early).events
    assert [e.note["due_at"] for e in events if e.kind == "due.moved"] == ["2026-11-17T17:00:00"]
    room.hands.press(F9)
    room.hands.press(Qt.Key.Key_P, chord=CTRL)
    room.hands.until(lambda: len(room.tray.papers) == 2)
    assert len([e for e in room.counter.detail(room.early).events if e.kind == "due.moved"]) == 1
    assert room.counter.desk.store.rebuild().differences == ()


def test_whoever_is_no_supervisor_prints_the_list_and_moves_nothing(room: Room) -> None:
    page = room.open(Role.RECEPTION)
    room.hands.press(F9)
    room.hands.press(Qt.Key.Key_P, chord=CTRL)
    room.hands.until(lambda: room.tray.papers)
    assert "Người phụ trách ghi ngày hẹn mới" in page.bar_actions().sentence
    assert room.due(room.early) == "2026-11-16T17:00:00"


def test_the_program_says_in_december_that_next_years_days_off_are_missing(room: Room) -> None:
    page = room.open()
    tell_moved(room.shell, room.desk(), room.pool.submit)
    assert "Lịch nghỉ năm" not in words(room.shell)
    room.counter.at(datetime(2026, 12, 7, 9, 0))
    tell_moved(room.shell, room.desk(), room.pool.submit)
    assert "Lịch nghỉ năm 2027 chưa có" in words(room.shell)
    assert page.isVisible()


def test_the_banner_stands_until_the_dates_are_recorded(room: Room) -> None:
    page = room.open()
    tell_moved(room.shell, room.desk(), room.pool.submit)
    room.hands.until(lambda: "1 hồ sơ đang giải quyết có ngày hẹn khác với lịch nghỉ mới" in words(room.shell))
    room.hands.press(F9)
    room.hands.until(lambda: "Đã ghi ngày hẹn mới cho 1 hồ sơ" in words(page))
    page.activate()
    room.hands.until(lambda: NONE in words(page))
