from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import Refused
from desk_app.ui import theme
from desk_app.ui.screen import Page, Screen
from desk_app.ui.shell import NetworkView, PrinterView, Shell
from desk_app.ui.theme import Theme
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.banner import Notice
from tests.ui.fitting import cut_words, unnamed_stops
from tests.ui.gallery_kit import a_shell
from tests.ui.kit_page import KitPage


class Desk(Page):
    """A page that writes down what the shell asks of it."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []
        self.leaves = True
        self.own: Actions | None = None
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)

    def activate(self) -> None:
        self.log.append("activate")
        self.edit.setFocus()

    def can_leave(self) -> bool:
        return self.leaves

    def on_scan(self, text: str) -> bool:
        self.log.append(f"scan {text}")
        return text != "unknown"

    def on_search(self, text: str) -> bool:
        return text == "mine"

    def primary(self) -> None:
        self.log.append("primary")

    def back(self) -> None:
        self.log.append("back")

    def bar_actions(self) -> Actions | None:
        return self.own

    def on_action(self, action_id: str) -> None:
        self.log.append(f"action {action_id}")
        super().on_action(action_id)

    def on_notice_action(self, key: str) -> None:
        self.log.append(f"notice {key}")


SCREENS = (
    Screen("today", "Hôm nay", "house", "today", Desk),
    Screen("intake", "Tiếp nhận", "inbox", "intake", Desk),
    Screen("admin", "Quản trị", "settings", "admin", Desk, roles=frozenset({"head"}), bottom=True),
)


@pytest.fixture
def shell(look: QApplication, qtbot: QtBot) -> Shell:
    made = Shell(SCREENS, "reception")
    qtbot.addWidget(made)
    made.resize(1366, 696)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open("today")
    return made


def _desk(shell: Shell, page_id: str) -> Desk:
    page = shell.page(page_id)
    assert isinstance(page, Desk)
    return page


def test_keys_of_the_rail_open_pages_with_focus_on_their_first_question(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F3)
    assert shell.current == "intake"
    assert QApplication.focusWidget() is _desk(shell, "intake").edit
    qtbot.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert shell.current == "today"
    assert _desk(shell, "today").log == ["activate", "activate"]
    assert shell.windowTitle() == "Hôm nay"
    shell.set_place("Xã Hòa Mẫu", "Một cửa · Quầy 2")
    shell.open("intake")
    assert shell.windowTitle() == "Xã Hòa Mẫu: Tiếp nhận"


def test_a_page_the_role_may_not_use_is_not_there_at_all(shell: Shell, qtbot: QtBot) -> None:
    assert list(shell.rail.items) == ["today", "intake"]
    assert not shell.open("admin")
    qtbot.keyClick(shell, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert shell.current == "today"


def test_pages_are_built_when_first_opened(shell: Shell) -> None:
    assert shell.stack.count() == 1
    shell.open("intake")
    shell.open("today")
    assert shell.stack.count() == 2


def test_a_page_that_may_not_be_left_stays(shell: Shell, qtbot: QtBot) -> None:
    _desk(shell, "today").leaves = False
    qtbot.keyClick(shell, Qt.Key.Key_F3)
    assert shell.current == "today"
    assert shell.rail.items["today"].isChecked()


def test_f9_and_esc_reach_the_page_or_its_action_bar_but_never_both(shell: Shell, qtbot: QtBot) -> None:
    page = _desk(shell, "today")
    page.log.clear()
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert page.log == ["primary", "back"]
    page.own = Actions("Bấm F9 để: in.", Action("primary", "In", "primary"))
    page.actions_changed.emit()
    page.log.clear()
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert page.log == ["action primary", "primary", "action back", "back"]


def test_a_refused_f9_says_why_in_a_toast(shell: Shell, qtbot: QtBot) -> None:
    page = _desk(shell, "today")
    page.own = Actions("", Action("primary", "Khóa sổ", "primary", reason="Còn 2 mệnh giá chưa nhập."))
    page.actions_changed.emit()
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    assert shell.toaster.shown == ("Còn 2 mệnh giá chưa nhập.",)


def test_a_scan_goes_to_the_page_in_front_and_up_when_it_is_not_taken(shell: Shell, qtbot: QtBot) -> None:
    up: list[str] = []
    shell.scanned.connect(up.append)
    shell.on_scan("000191012345")
    shell.on_scan("unknown")
    assert _desk(shell, "today").log[-2:] == ["scan 000191012345", "scan unknown"]
    assert up == ["unknown"]


def test_f2_is_one_key_away_and_enter_searches(shell: Shell, qtbot: QtBot) -> None:
    up: list[str] = []
    shell.searched.connect(up.append)
    qtbot.keyClick(shell, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is shell.scan_field
    for text in ("mine", "0031"):
        shell.scan_field.setText(text)
        QTest.keyClick(shell.scan_field, Qt.Key.Key_Return)
    assert up == ["0031"]


def test_f12_locks_and_ctrl_plus_enlarges(shell: Shell, qtbot: QtBot) -> None:
    steps: list[int] = []
    shell.scale_wanted.connect(steps.append)
    with qtbot.waitSignal(shell.lock_wanted):
        qtbot.keyClick(shell, Qt.Key.Key_F12)
    qtbot.keyClick(shell, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert steps == [1, -1, 0]


def test_errors_of_a_page_go_where_their_code_belongs(shell: Shell) -> None:
    page = _desk(shell, "today")
    page.show_error(Refused("TN-05"))
    assert shell.toaster.shown[0].startswith("Mã vừa quét không phải")
    page.show_error(Refused("HT-06"))
    assert shell.banner.shown is not None
    assert (shell.banner.shown.key, shell.banner.shown.tone) == ("HT-06", Tone.BAD)
    page.notice_gone.emit("HT-06")
    assert not shell.banner.isVisible()
    page.say("TN-06", n=11)
    assert "11 chữ số" in shell.toaster.shown[-1]


def test_the_button_of_a_banner_answers_to_who_raised_it(shell: Shell, qtbot: QtBot) -> None:
    page, chips = _desk(shell, "today"), []
    shell.chip_pressed.connect(chips.append)
    page.notice.emit(Notice("TP-12", Tone.WARN, "Chưa ký số.", action="Ký lại"))
    shell.banner.acted.emit("TP-12")
    assert page.log[-1] == "notice TP-12"
    shell.raise_notice(Notice("printer", Tone.BAD, "Không thấy máy in.", action="Xem"))
    shell.banner.acted.emit("printer")
    assert chips == ["printer"]


def test_chips_speak_calmly_and_open_what_explains_them(shell: Shell, qtbot: QtBot) -> None:
    chips: list[str] = []
    shell.chip_pressed.connect(chips.append)
    shell.set_network(NetworkView(online=False, waiting=37))
    assert shell.network.text() == "Không có mạng · 37 mục chờ gửi"
    shell.set_network(NetworkView(online=True))
    assert shell.network.accessibleName() == "Mạng: Có mạng · đã gửi hết"
    shell.set_printer(PrinterView("Hết giấy", ready=False))
    shell.set_officer("Lê Thị Hạnh")
    qtbot.mouseClick(shell.network, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(shell.printer, Qt.MouseButton.LeftButton)
    assert chips == ["network", "printer"]


def test_arrows_walk_the_rail_which_is_one_stop(shell: Shell, qtbot: QtBot) -> None:
    stops = [item for item in shell.rail.items.values() if item.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert stops == [shell.rail.items["today"]]
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is shell.rail.items["intake"]


def test_the_rail_folds_on_a_narrow_window_and_opens_again(shell: Shell, qtbot: QtBot) -> None:
    assert shell.rail.width() == 176
    shell.resize(1093, 582)
    qtbot.waitUntil(lambda: shell.rail.width() == 64)
    shell.resize(1366, 696)
    qtbot.waitUntil(lambda: shell.rail.width() == 176)


def test_the_training_strip_stays_on_every_page(shell: Shell) -> None:
    shell.set_training(True)
    shell.open("intake")
    assert shell.training.isVisible()


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
@pytest.mark.parametrize("page", ["today", "sync", "intake"])
def test_no_words_are_cut_and_every_stop_has_a_name(look: QApplication, qtbot: QtBot, page: str, scale: int) -> None:
    theme.apply(look, Theme("light", scale))
    shell = a_shell()
    qtbot.addWidget(shell)
    shell.open(page)
    shell.resize(1366, 696)
    shell.show()
    qtbot.wait(1)
    assert (shell.width(), shell.height()) == (1366, 696)
    if not (page == "intake" and scale > 125):  # the page of samples does not scroll; real pages do
        assert cut_words(shell) == []
    assert unnamed_stops(shell) == []


@pytest.mark.parametrize("page", ["today", "sync", "intake"])
def test_the_desk_works_in_a_small_window(look: QApplication, qtbot: QtBot, page: str) -> None:
    shell = a_shell()
    qtbot.addWidget(shell)
    shell.open(page)
    shell.resize(1093, 582)
    shell.show()
    qtbot.wait(1)
    assert (shell.width(), shell.height()) == (1093, 582)
    assert cut_words(shell) == []


def test_a_change_of_size_on_the_run_leaves_nothing_cut(look: QApplication, qtbot: QtBot) -> None:
    shell = a_shell()
    qtbot.addWidget(shell)
    shell.resize(1366, 696)
    shell.open("today")
    shell.show()
    for scale in (200, 100, 150):
        theme.apply(look, Theme("light", scale))
        qtbot.wait(1)
        assert cut_words(shell) == []
        assert (shell.width(), shell.height()) == (1366, 696)


def test_the_page_of_samples_paints_in_both_modes(look: QApplication, qtbot: QtBot) -> None:
    page = KitPage()
    qtbot.addWidget(page)
    page.resize(1190, 580)
    light = page.grab().toImage()
    theme.apply(look, Theme("dark"))
    assert page.grab().toImage() != light
