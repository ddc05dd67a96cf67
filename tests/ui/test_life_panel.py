"""The other moves of a dossier in the window, over the real use cases: by keyboard, with the paper that comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.lifecycle import Move, State
from desk_app.services import handover, results
from desk_app.services.handover import HandOver
from desk_app.services.ports import Printed
from desk_app.services.results import SettleDossier
from desk_app.ui.forms.life import FORMS, life_event_text, read_day
from desk_app.ui.run import under_way
from desk_app.ui.screens.dossiers import DossiersPage
from desk_app.ui.widgets.button import KeyButton
from desk_app.wiring.lists import dossier_ports
from tests.documents.reading import text_of
from tests.services.counter_desk import CounterDesk, a_person
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_hands import CTRL, DOWN, ENTER, ESC, F9, Hands, cropped, cut, words

COPIED = "ho_tich.xac_nhan_hon_nhan"  # papers that stay, questions that are asked


class Tray:
    """A printer whose papers can be read."""

    def __init__(self) -> None:
        self.papers: list[str] = []

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        self.papers.append(text_of(pdf))
        return Printed("Khay giả")


class Room:
    """A page over a desk with three dossiers: overdue, due today, ahead."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.counter, self.tray = CounterDesk(folder), Tray()
        self.ids = []
        for day in (9, 10, 16):
            self.counter.at(datetime(2026, 11, day, 9, 0))
            person = a_person(f"Người Ngày {day}", f"0000850001{day:02}")
            self.ids.append(self.counter.take_in(person=person).dossier)
        self.counter.at(datetime(2026, 11, 17, 9, 0))
        self.pool = ThreadPoolExecutor(1)
        store = self.counter.desk.store
        self.folder = folder / "papers"
        ports = dossier_ports(self.counter.desk, self.tray, {}, store.submit, self.pool.submit, self.folder)
        self.shell = shell_with("dossiers", lambda: DossiersPage(ports))
        qtbot.addWidget(self.shell)
        page = self.shell.page("dossiers")
        assert isinstance(page, DossiersPage)
        self.page, self.hands = page, Hands(qtbot, self.shell)
        self.hands.until(lambda: "Người Ngày 9" in words(page.panel))

    def choose(self, title: str) -> None:
        """Open "Việc khác" and take one."""
        self.page.panel.more.press()
        self.hands.until(lambda: self.buttons())
        self.buttons()[title].press()
        self.hands.until(lambda: self.page.life.main.isVisible())

    def buttons(self) -> dict[str, KeyButton]:
        found = self.page.life.findChildren(KeyButton)
        return {b.text(): b for b in found if b.isVisible() and b.text() in {f.title for f in FORMS.values()}}

    def close(self) -> None:
        self.shell.hide()
        self.pool.shutdown()
        self.counter.close()


@pytest.fixture
def room(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path, qtbot)
    yield made
    made.close()


def test_an_overdue_dossier_gets_its_letter_in_three_keys(room: Room) -> None:
    room.hands.press(ENTER)
    room.hands.until(lambda: "Đã xin lỗi 0/1 lần" in words(room.page.life))
    room.hands.digit(1)
    room.hands.press(F9)
    room.hands.until(lambda: room.tray.papers)
    assert room.hands.count == 3
    assert any("Cơ quan phối hợp chưa trả lời xác minh" in text for text in room.tray.papers)
    assert room.counter.detail(room.ids[0]).row.apologies == 1
    room.hands.until(lambda: "Xin lỗi, hẹn lại 20/11/2026" in words(room.page.panel))


def test_without_a_cause_nothing_is_made_and_it_is_said(room: Room) -> None:
    said: list[str] = []
    room.page.toast.connect(lambda text, _tone, _code: said.append(text))
    room.hands.press(ENTER)
    room.hands.until(lambda: room.page.life.main.isVisible())
    room.hands.press(F9)
    room.hands.until(lambda: any("Chọn nguyên nhân" in text for text in said))
    assert room.counter.detail(room.ids[0]).row.apologies == 0


def test_a_second_letter_is_not_offered(room: Room) -> None:
    for _ in range(2):
        room.page.table.setFocus()
        room.hands.press(ENTER)
        room.hands.until(lambda: room.page.life.main.isVisible())
        if room.page.life.main.reason:
            break
        room.hands.digit(2)
        room.hands.press(F9)
        room.hands.until(lambda: "Xin lỗi" in words(room.page.panel))
    assert "hết số lần" in room.page.life.main.reason
    assert room.counter.detail(room.ids[0]).row.apologies == 1


def test_only_possible_moves_are_shown(room: Room) -> None:
    room.page.panel.more.press()
    room.hands.until(lambda: room.buttons())
    assert set(room.buttons()) == {
        FORMS[m].title for m in (Move.HAND_OVER, Move.SUPPLEMENT, Move.APOLOGISE, Move.WITHDRAW, Move.CORRECT)
    }
    room.hands.press(ESC)
    assert room.page.panel.isVisible()


def test_handing_over_and_asking_for_more_prints_both_papers(room: Room) -> None:
    one = room.ids[0]
    room.choose("Chuyển giải quyết")
    room.hands.press(F9)
    room.hands.until(lambda: room.tray.papers)
    assert "DANH SÁCH BÀN GIAO HỒ SƠ" in room.tray.papers[-1]
    assert room.counter.state(one) == State.IN_PROGRESS
    room.hands.until(lambda: room.page.panel.isVisible())
    room.hands.qtbot.wait(400)  # the dossier as it stands now has come, and with it the works that may follow
    room.choose("Yêu cầu bổ sung")
    room.hands.press(F9)  # nothing was named: the field says so
    assert room.counter.state(one) == State.IN_PROGRESS
    room.hands.type("Don: chua ky ten.")
    room.hands.press(Qt.Key.Key_Tab)
    room.hands.type("Dieu 9")
    room.hands.press(F9)
    room.hands.until(lambda: len(room.tray.papers) > 1)
    assert "1. Don: chua ky ten." in room.tray.papers[-1]
    assert room.counter.state(one) == State.SUPPLEMENT


def test_a_name_is_put_right_and_the_slip_comes_out_again(room: Room) -> None:
    room.hands.press(DOWN, DOWN)
    room.hands.until(lambda: "Người Ngày 16" in words(room.page.panel))
    room.choose("Sửa và in lại giấy hẹn")
    room.page.life._fields["name"].editor.setText("Người Đúng")  # type: ignore[attr-defined]
    room.page.life._fields["text"].editor.setText("gõ sai tên")  # type: ignore[attr-defined]
    room.hands.press(F9)
    room.hands.until(lambda: any("Người Đúng" in text for text in room.tray.papers))
    assert room.counter.detail(room.ids[2]).row.name == "Người Đúng"


def test_everything_an_officer_mistypes_can_be_put_right_at_the_counter(room: Room) -> None:
    room.counter.at(datetime(2026, 11, 17, 9, 0))
    taken = room.counter.take_in(COPIED, a_person("Lê Văn Sai", "000085000999"))
    room.counter.later(minutes=5)
    room.page.open_dossier(taken.dossier)
    room.hands.until(lambda: "Lê Văn Sai" in words(room.page.panel))
    room.choose("Sửa và in lại giấy hẹn")
    fields = room.page.life._fields
    assert cut(room.page.life) == cropped(room.page.life) == []
    assert "Trong 15 phút đầu" in words(room.page.life)
    typed = {"name": "Lê Văn Đúng", "number": "000085000888", "birth": "02/03/1986"}
    for name, text in typed.items():
        fields[name].editor.setText(text)  # type: ignore[attr-defined]
    paper = next(name for name in fields if name.startswith("paper:"))
    fields[paper].editor.setText("2 bản chính, 3 bản sao")  # type: ignore[attr-defined]
    room.hands.press(F9)
    room.hands.until(lambda: any("Lê Văn Đúng" in text for text in room.tray.papers))
    row = room.counter.detail(taken.dossier).row
    assert (row.name, row.id_number, row.birth_year) == ("Lê Văn Đúng", "000085000888", 1986)
    slip = next(text for text in room.tray.papers if "Lê Văn Đúng" in text)
    assert re.search(r"Bản chính\s+02\b", slip)
    assert re.search(r"Bản sao\s+03\b", slip)


def test_a_number_that_cannot_be_is_refused_in_words_and_nothing_is_printed(room: Room) -> None:
    said: list[str] = []
    room.page.toast.connect(lambda text, _tone, _code: said.append(text))
    room.hands.press(DOWN, DOWN)
    room.hands.until(lambda: "Người Ngày 16" in words(room.page.panel))
    room.choose("Sửa và in lại giấy hẹn")
    room.page.life._fields["number"].editor.setText("12345")  # type: ignore[attr-defined]
    room.page.life._fields["text"].editor.setText("gõ sai số")  # type: ignore[attr-defined]
    room.hands.press(F9)
    room.hands.until(lambda: said)
    assert "5" in said[0]
    assert room.tray.papers == []
    assert room.page.life.main.isVisible(), "what was typed is still there"


def test_ctrl_i_tells_why_this_date_and_prints_it(room: Room) -> None:
    room.hands.press(Qt.Key.Key_I, chord=CTRL)
    room.hands.until(lambda: "Cộng: 5 ngày làm việc" in words(room.page.life))
    assert "Trả kết quả: 17 giờ, Thứ Hai ngày 16/11/2026" in words(room.page.life)
    assert cut(room.page.life) == cropped(room.page.life) == []
    room.hands.press(F9)
    room.hands.until(lambda: room.tray.papers)
    assert "CÁCH TÍNH NGÀY TRẢ KẾT QUẢ" in room.tray.papers[0]


def test_another_dossier_closes_the_form(room: Room) -> None:
    room.hands.press(ENTER)
    room.hands.until(lambda: room.page.life.isVisible())
    room.page.open_dossier(room.ids[2])
    room.hands.until(lambda: "Người Ngày 16" in words(room.page.panel))
    assert room.page.panel.isVisible()


def test_every_step_of_the_timeline_has_its_words() -> None:
    from sync.protocol import dossier_facts as facts

    kinds = {getattr(facts, name).KIND for name in dir(facts) if getattr(getattr(facts, name), "KIND", "") != ""} - {
        "handover.listed",
        "dossier.refused",
    }  # these two belong to no dossier's timeline
    assert all(life_event_text(kind, {}) for kind in kinds)


def test_days_are_read_as_people_write_them() -> None:
    day = datetime(2026, 11, 18).date()
    for typed in ("18/11/2026", "18.11.26", "18112026", "181126", "18/11", " 18 - 11 - 2026 "):
        assert read_day(typed, day) == day, typed
    for typed in ("", "31/02/2026", "mai", "18"):
        assert read_day(typed, day) is None


def test_every_move_that_has_a_form_is_recorded_by_the_wiring(room: Room) -> None:
    """A dossier that was handed over can be withdrawn and stopped from the panel."""
    one = room.ids[0]
    room.counter.do(lambda: handover.hand_over(room.counter.desk, HandOver("h", (one,), "Phòng")))
    room.page.open_dossier(one)
    room.choose("Công dân xin rút hồ sơ")
    room.page.life._fields["text"].editor.setText("không cần nữa")  # type: ignore[attr-defined]
    room.hands.press(F9)
    room.hands.until(lambda: room.counter.state(one) == State.WITHDRAWAL)
    room.hands.until(lambda: "Xin rút hồ sơ" in words(room.page.panel) or room.page.panel.isVisible())
    room.choose("Dừng giải quyết")
    room.page.life._fields["text"].editor.setText("Căn cứ đề nghị dừng")  # type: ignore[attr-defined]
    room.hands.press(F9)
    room.hands.until(lambda: room.counter.state(one) == State.STOPPED)


def test_letters_of_a_group_and_a_hand_over_list_are_made_at_once(room: Room) -> None:
    page, hands = room.page, room.hands
    room.counter.at(datetime(2026, 11, 20, 8, 0))  # the third is due on Monday
    page.groups.press()
    hands.until(lambda: "Sắp trễ hẹn: Chưa chuyển giải quyết" in words(page.life))
    button = next(b for b in page.life.findChildren(KeyButton) if b.text() == "Văn bản xin lỗi và hẹn lại (1)")
    button.press()
    hands.press(F9)
    hands.until(lambda: any("XIN LỖI" in text for text in room.tray.papers))
    assert room.counter.detail(room.ids[2]).row.apologies == 1
    hands.until(lambda: page.panel.isVisible())
    page.groups.press()
    hands.until(lambda: any(b.text() == "Chuyển giải quyết (3)" for b in page.life.findChildren(KeyButton)))
    next(b for b in page.life.findChildren(KeyButton) if b.text() == "Chuyển giải quyết (3)").press()
    hands.press(F9)
    hands.until(lambda: any("Tổng số hồ sơ bàn giao: 03 hồ sơ." in text for text in room.tray.papers))
    assert {room.counter.state(one) for one in room.ids} == {State.IN_PROGRESS}


def test_the_books_are_printed_and_saved_from_the_same_place(room: Room) -> None:
    page, hands = room.page, room.hands
    page.groups.press()
    hands.until(lambda: "Sổ" in words(page.life))
    found = {b.text(): b for b in page.life.findChildren(KeyButton)}
    found["In sổ theo dõi hồ sơ, tháng này"].press()
    hands.until(lambda: any("SỔ THEO DÕI HỒ SƠ" in text for text in room.tray.papers))
    found["Xuất Excel sổ theo dõi, năm nay"].press()
    hands.until(lambda: list(room.folder.glob("*.xlsx")))


def test_the_sheet_that_travels_and_the_invitation_are_printed_from_the_panel(room: Room) -> None:
    page, hands, one = room.page, room.hands, room.ids[0]

    def sheets() -> dict[str, KeyButton]:
        found = page.life.findChildren(KeyButton)
        return {b.text(): b for b in found if b.isVisible() and b.text().startswith("In ")}

    command = HandOver("h", (one,), "Phòng Văn hóa – Xã hội", "Hồ Văn Tuấn")
    room.counter.do(lambda: handover.hand_over(room.counter.desk, command))
    page.panel.more.press()
    hands.until(lambda: "In phiếu kiểm soát" in sheets())
    assert "In giấy mời nhận kết quả" not in sheets(), "there is no result to come for"
    for copy in (1, 2):
        sheets()["In phiếu kiểm soát"].press()
        hands.until(lambda copy=copy: len(room.tray.papers) == copy and not under_way(page, "print"))
    assert all("PHIẾU KIỂM SOÁT QUÁ TRÌNH" in text and "Hồ Văn Tuấn" in text for text in room.tray.papers)
    assert "BẢN IN LẠI" in room.tray.papers[1].upper() or "IN LẠI" in room.tray.papers[1].upper()
    room.counter.do(lambda: results.settle(room.counter.desk, SettleDossier("s", one, "granted", "1/KQ")))
    page.show_filter("ready")
    hands.until(lambda: page.model.columns[-1].title == "Điện thoại" and page.model.rowCount() == 1)
    assert page.model.columns[-1].text(page.model.rows()[0]) == "0912345678"
    page.back()
    page.open_dossier(one)
    hands.until(lambda: page.panel.more.isVisible() and "Trả kết quả" in page.panel.main.text())
    page.panel.more.press()
    hands.until(lambda: "In giấy mời nhận kết quả" in sheets())
    sheets()["In giấy mời nhận kết quả"].press()
    hands.until(lambda: any("GIẤY MỜI NHẬN KẾT QUẢ" in text for text in room.tray.papers))
    hands.until(lambda: not under_way(page, "print"))
    page.groups.press()
    hands.until(lambda: "In danh sách kết quả chưa đến nhận" in sheets())
    sheets()["In danh sách kết quả chưa đến nhận"].press()
    hands.until(lambda: any("DANH SÁCH KẾT QUẢ CHƯA ĐẾN NHẬN" in text for text in room.tray.papers))
    page.show_filter("open")
    hands.until(lambda: page.model.columns[-1].title == "Ngày hẹn")
