from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui.cells import Deadline, Due
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.action_bar import Action, ActionBar, Actions
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.banner import Banner, Notice
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.checklist import Checklist, CheckRow, Mark
from desk_app.ui.widgets.citizen import CitizenStrip, CitizenView, masked
from desk_app.ui.widgets.dates import DateEdit, read_date
from desk_app.ui.widgets.day_strip import DayKind, DayStrip, StripDay, shortened
from desk_app.ui.widgets.deadline import DeadlineChip
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.hits import Hit
from desk_app.ui.widgets.money import MoneyEdit
from desk_app.ui.widgets.paint import plain, rich
from desk_app.ui.widgets.pin import PinEdit
from desk_app.ui.widgets.search_list import SearchList
from desk_app.ui.widgets.segment import Segment
from desk_app.ui.widgets.smileys import SmileyRow
from desk_app.ui.widgets.steps import Steps
from desk_app.ui.widgets.tile import Tile
from desk_app.ui.widgets.toast import Toaster

_windows: list[QWidget] = []


@pytest.fixture(autouse=True)
def _look(look: QApplication) -> Iterator[None]:
    """Every widget is tried in the look of the desk; windows live as long as their test."""
    yield
    _windows.clear()


def _show(qtbot: QtBot, *widgets: QWidget, width: int = 900) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in widgets:
        layout.addWidget(widget)
    qtbot.addWidget(window)
    _windows.append(window)
    window.resize(width, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


# --- KeyButton


def test_a_button_acts_on_its_key_on_a_click_and_only_once_for_a_held_key(qtbot: QtBot) -> None:
    button, pressed = KeyButton("In phiếu hướng dẫn", "primary", "primary", "printer"), []
    window = _show(qtbot, button)
    button.triggered.connect(lambda: pressed.append(1))
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 2
    assert (button.accessibleName(), button.accessibleDescription()) == ("In phiếu hướng dẫn", "Phím F9")


def test_a_button_that_may_not_act_says_why(qtbot: QtBot) -> None:
    button, pressed, told = KeyButton("Chọn thủ tục", "primary", "primary"), [], []
    window = _show(qtbot, button)
    button.triggered.connect(lambda: pressed.append(1))
    button.refused.connect(told.append)
    button.set_reason("Chọn một thủ tục trước.")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert (pressed, told) == ([], ["Chọn một thủ tục trước."])
    button.set_reason("")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert pressed == [1]


def test_a_busy_button_ignores_further_presses(qtbot: QtBot) -> None:
    button, pressed = KeyButton("Tiếp nhận", "primary", "primary"), []
    _show(qtbot, button)
    button.triggered.connect(lambda: pressed.append(1))
    button.set_busy(True)
    button.press()
    assert (pressed, button.is_busy) == ([], True)


@pytest.mark.parametrize("kind", ["plain", "primary", "ghost", "danger"])
def test_a_button_is_wide_enough_for_its_words_icon_and_key(qtbot: QtBot, kind: str) -> None:
    button = KeyButton("Tiếp nhận, thu 15.000 đ và in", "primary", kind, "printer", bind=False)  # type: ignore[arg-type]
    qtbot.addWidget(button)
    button.ensurePolished()
    assert button.sizeHint().width() >= button._content_width(button.text()) + 16


# --- segment


def test_a_segment_chooses_by_arrow_digit_and_click(qtbot: QtBot) -> None:
    segment, chosen = Segment([("a", "Tiền mặt"), ("b", "Chuyển khoản"), ("c", "Thẻ")], "Hình thức"), []
    _show(qtbot, segment)
    segment.chosen.connect(chosen.append)
    assert segment.chosen_id() is None
    segment.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert segment.chosen_id() == "b"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_3)
    qtbot.waitUntil(lambda: chosen == ["b", "c"])
    qtbot.mouseClick(segment.parts[0], Qt.MouseButton.LeftButton)
    assert chosen == ["b", "c", "a"]


def test_showing_a_choice_emits_nothing(qtbot: QtBot) -> None:
    segment, chosen = Segment([("a", "Không"), ("b", "Có")], "Nhiều nơi"), []
    qtbot.addWidget(segment)
    segment.chosen.connect(chosen.append)
    segment.set_chosen("b")
    segment.set_chosen(None)
    assert (segment.chosen_id(), chosen) == (None, [])


def test_a_part_that_is_off_is_skipped(qtbot: QtBot) -> None:
    segment = Segment([("a", "Đến quầy"), ("b", "Bưu chính")], "Nhận kết quả", "a")
    _show(qtbot, segment)
    segment.set_part_reason("b", "Chưa có hợp đồng bưu chính.")
    segment.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert segment.chosen_id() == "a"


def test_parts_that_do_not_fit_stand_one_under_another(qtbot: QtBot) -> None:
    options = [("a", "Chưa kết hôn lần nào"), ("b", "Đã ly hôn theo bản án"), ("c", "Vợ hoặc chồng đã chết")]
    segment = Segment(options, "Tình trạng")
    window = _show(qtbot, segment, width=260)
    qtbot.waitUntil(lambda: segment.parts[1].y() > segment.parts[0].y())
    assert all(part.width() >= part.sizeHint().width() for part in segment.parts)
    window.resize(900, 400)
    qtbot.waitUntil(lambda: segment.parts[1].y() == segment.parts[0].y())


# --- money, dates, PIN


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=20))
def test_whatever_is_typed_the_amount_is_a_whole_number_in_groups(typed: str) -> None:
    edit = MoneyEdit("Tiền nhận")
    edit.setText(typed)
    edit.textEdited.emit(typed)
    value = edit.value()
    assert value is None or (isinstance(value, int) and 0 <= value < 10**12)
    assert edit.text() == ("" if value is None else f"{value:,}".replace(",", "."))


def test_money_is_grouped_while_typing_and_the_cursor_stays_at_the_hand(qtbot: QtBot) -> None:
    edit, seen = MoneyEdit("Tiền nhận"), []
    _show(qtbot, edit)
    edit.changed.connect(seen.append)
    edit.setFocus()
    QTest.keyClicks(edit, "20000")
    assert (edit.text(), edit.value(), seen[-1]) == ("20.000", 20_000, 20_000)
    edit.setCursorPosition(1)
    QTest.keyClick(edit, "5")
    assert (edit.text(), edit.value()) == ("250.000", 250_000)
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert (edit.value(), seen[-1]) == (None, None)


def test_pasted_money_is_cleaned(qtbot: QtBot) -> None:
    edit = MoneyEdit("Tiền nhận")
    _show(qtbot, edit)
    QApplication.clipboard().setText(" 1.500.000 VND ")
    edit.paste()
    assert edit.value() == 1_500_000


@pytest.mark.parametrize("typed", ["12/04/1991", "12/4/1991", "12-4-1991", "12.04.1991", "12 4 1991", " 12041991 "])
def test_a_date_is_understood_as_people_write_it(typed: str) -> None:
    assert read_date(typed) == date(1991, 4, 12)


@pytest.mark.parametrize("typed", ["", "31/02/1990", "1991", "12/4/91", "32011990", "12/13/1991", "mười hai"])
def test_what_is_no_day_is_no_date(typed: str) -> None:
    assert read_date(typed) is None


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_date_survives_being_written(day: date) -> None:
    assert read_date(f"{day:%d/%m/%Y}") == day


def test_a_date_is_put_in_order_only_when_the_field_is_left(qtbot: QtBot) -> None:
    edit, other, seen = DateEdit("Ngày sinh"), PinEdit(), []
    _show(qtbot, edit, other)
    edit.changed.connect(seen.append)
    edit.setFocus()
    QTest.keyClicks(edit, "1-2-1990")
    assert edit.text() == "1-2-1990"
    other.setFocus()
    assert (edit.text(), seen) == ("01/02/1990", [date(1990, 2, 1)])
    edit.setText("31/02/1990")
    edit.textEdited.emit("31/02/1990")
    edit.setFocus()
    other.setFocus()
    assert (edit.day(), edit.property("bad"), edit.text()) == (None, True, "31/02/1990")


def test_a_pin_is_digits_only_and_enter_hands_it_over(qtbot: QtBot) -> None:
    pin, entered = PinEdit(), []
    _show(qtbot, pin)
    pin.entered.connect(entered.append)
    QTest.keyClicks(pin, "12a")
    QTest.keyClick(pin, Qt.Key.Key_Return)
    assert entered == []
    QTest.keyClicks(pin, "3456789")
    QTest.keyClick(pin, Qt.Key.Key_Return)
    assert entered == ["123456"]


def test_a_field_says_what_is_wrong_under_it(qtbot: QtBot) -> None:
    field = Field("Mã PIN", PinEdit())
    _show(qtbot, field)
    field.set_error("Mã PIN chưa đúng, còn 3 lần nhập.", "DN-01")
    assert field.error == "Mã PIN chưa đúng, còn 3 lần nhập. DN-01"
    assert field.editor.property("bad") is True
    field.set_error("")
    assert field.editor.property("bad") is False


# --- checklist

ROWS = [
    CheckRow("1", "Tờ khai"),
    CheckRow("2", "Giấy chứng sinh"),
    CheckRow("3", "Giấy tờ cư trú", mark=Mark.SETTLED, badge="Có trên thẻ vừa quét"),
]


class Marks:
    """A form as small as can be: it takes what the checklist asks for and shows it again."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.asked: list[tuple[str, Mark, int]] = []
        checklist.marked.connect(self.take)

    def take(self, row_id: str, mark: Mark, reason: int) -> None:
        self.asked.append((row_id, mark, reason))
        self.checklist.set_rows(
            [
                CheckRow(row.id, row.title, row.detail, mark, reason, row.badge) if row.id == row_id else row
                for row in self.checklist.rows()
            ]
        )


def _key(key: Qt.Key | str) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_a_checklist_is_done_with_the_keyboard_alone(qtbot: QtBot) -> None:
    checklist = Checklist()
    marks = Marks(checklist)
    _show(qtbot, checklist)
    checklist.set_rows(ROWS)
    checklist.focus_current()
    _key(Qt.Key.Key_Space)
    _key(Qt.Key.Key_Down)
    _key(Qt.Key.Key_Minus)
    _key("2")
    qtbot.waitUntil(lambda: len(marks.asked) == 3)
    assert marks.asked == [("1", Mark.MET, 0), ("2", Mark.UNMET, 0), ("2", Mark.UNMET, 2)]
    assert QApplication.focusWidget().accessibleName() == "Giấy chứng sinh, chưa đạt, chưa ký tên, 2 trên 3"


def test_space_again_takes_the_mark_back(qtbot: QtBot) -> None:
    checklist = Checklist()
    marks = Marks(checklist)
    _show(qtbot, checklist)
    checklist.set_rows(ROWS)
    checklist.focus_current()
    _key(Qt.Key.Key_Space)
    _key(Qt.Key.Key_Space)
    assert [mark for _id, mark, _reason in marks.asked] == [Mark.MET, Mark.UNSEEN]


def test_a_row_that_the_card_already_answers_takes_no_mark(qtbot: QtBot) -> None:
    checklist = Checklist()
    marks = Marks(checklist)
    _show(qtbot, checklist)
    checklist.set_rows(ROWS)
    checklist.focus_row("3")
    _key(Qt.Key.Key_Space)
    _key(Qt.Key.Key_Minus)
    assert marks.asked == []
    assert QApplication.focusWidget().accessibleName() == "Giấy tờ cư trú, Có trên thẻ vừa quét, 3 trên 3"


def test_a_digit_without_a_missing_paper_does_nothing(qtbot: QtBot) -> None:
    checklist = Checklist()
    marks = Marks(checklist)
    _show(qtbot, checklist)
    checklist.set_rows(ROWS)
    checklist.focus_current()
    _key("3")
    qtbot.wait(130)
    assert marks.asked == []


def test_a_held_space_marks_once(qtbot: QtBot) -> None:
    checklist = Checklist()
    marks = Marks(checklist)
    _show(qtbot, checklist)
    checklist.set_rows(ROWS)
    checklist.focus_current()
    _key(Qt.Key.Key_Space)
    held = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True, count=1
    )
    QApplication.sendEvent(QApplication.focusWidget(), held)
    assert len(marks.asked) == 1


def test_ctrl_d_asks_for_all_and_ctrl_z_for_one_back(qtbot: QtBot) -> None:
    checklist, asked = Checklist(), []
    window = _show(qtbot, checklist)
    checklist.set_rows(ROWS)
    checklist.all_met_wanted.connect(lambda: asked.append("all"))
    checklist.undo_wanted.connect(lambda: asked.append("undo"))
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["all", "undo"]


def test_rows_that_stay_keep_the_focus_when_answers_change_the_list(qtbot: QtBot) -> None:
    checklist = Checklist()
    _show(qtbot, checklist)
    checklist.set_rows(ROWS)
    checklist.focus_row("2")
    checklist.set_rows([CheckRow("0", "Văn bản ủy quyền"), *ROWS[1:]])
    assert checklist.current_id == "2"
    assert QApplication.focusWidget().accessibleName().startswith("Giấy chứng sinh")
    checklist.set_rows([])
    assert checklist.current_id == ""


# --- search list

HITS = [Hit("a", "Chứng thực bản sao", (0, 6), ("Tư pháp", "Trong ngày", "2.000 đ")), Hit("b", "Chứng thực chữ ký")]


def _search(qtbot: QtBot) -> tuple[SearchList, list[str], list[str]]:
    search = SearchList("Thủ tục", unit="thủ tục", usual_title="Dùng nhiều ở quầy này")
    searched: list[str] = []
    chosen: list[str] = []
    search.searched.connect(searched.append)
    search.chosen.connect(chosen.append)
    _show(qtbot, search)
    search.setFocus()
    return search, searched, chosen


def test_typing_searches_after_a_moment_and_arrows_and_enter_choose(qtbot: QtBot) -> None:
    search, searched, chosen = _search(qtbot)
    QTest.keyClicks(search.box, "ct")
    qtbot.waitUntil(lambda: searched == ["ct"])
    search.set_hits(HITS)
    _key(Qt.Key.Key_Down)
    assert search.current_id() == "b"
    _key(Qt.Key.Key_Return)
    assert chosen == ["b"]
    assert not search.grab().isNull()


def test_enter_searches_first_what_was_typed_last(qtbot: QtBot) -> None:
    search, searched, chosen = _search(qtbot)
    search.searched.connect(lambda _text: search.set_hits(HITS[:1]))
    QTest.keyClicks(search.box, "bs")
    _key(Qt.Key.Key_Return)
    assert (searched, chosen) == (["bs"], ["a"])


def test_a_digit_in_the_empty_box_chooses_a_usual_one_and_a_burst_of_digits_does_not(qtbot: QtBot) -> None:
    search, _searched, chosen = _search(qtbot)
    search.set_usual([("a", "Chứng thực bản sao"), ("b", "Khai sinh")])
    _key("2")
    qtbot.waitUntil(lambda: chosen == ["b"])
    assert search.box.text() == ""
    QTest.keyClicks(search.box, "1200041")
    qtbot.wait(150)
    assert (chosen, search.box.text()) == (["b"], "1200041")


def test_no_hit_says_what_to_do(qtbot: QtBot) -> None:
    search, _searched, chosen = _search(qtbot)
    search.set_hits((), "Không thấy thủ tục khớp “zzz”.")
    _key(Qt.Key.Key_Return)
    assert chosen == []
    assert any(label.isVisible() and "Không thấy" in label.text() for label in search.findChildren(QLabel))
    search.clear()


# --- banner, toast, action bar, the rest


def test_the_gravest_banner_wins_and_the_others_are_counted(qtbot: QtBot) -> None:
    banner = Banner()
    _show(qtbot, banner)
    banner.raise_notice(Notice("TP-08", Tone.WARN, "Còn 12 số."))
    banner.raise_notice(Notice("TP-09", Tone.BAD, "Dữ liệu cũ hơn sổ.", "Tạm dừng thu tiền"))
    banner.raise_notice(Notice("TN-03", Tone.INFO, "Vừa quét thẻ khác."))
    assert banner.shown is not None
    assert banner.shown.key == "TP-09"
    assert "và 2 thông báo khác" in [label.text() for label in banner.findChildren(QLabel)]
    banner.clear_notice("TP-09")
    assert banner.shown.key == "TP-08"
    banner.clear_all()
    assert not banner.isVisible()


def test_raising_the_same_banner_again_replaces_it(qtbot: QtBot) -> None:
    banner, acted = Banner(), []
    _show(qtbot, banner)
    banner.acted.connect(acted.append)
    banner.raise_notice(Notice("IN-02", Tone.WARN, "Hết giấy A4."))
    banner.raise_notice(Notice("IN-02", Tone.WARN, "Hết giấy A5.", action="Đã thêm giấy"))
    assert banner.shown is not None
    assert banner.shown.text == "Hết giấy A5."
    qtbot.mouseClick(banner.findChild(KeyButton), Qt.MouseButton.LeftButton)
    assert acted == ["IN-02"]


def test_at_most_three_toasts_above_the_action_bar_and_the_focus_stays(qtbot: QtBot) -> None:
    pin = PinEdit()
    window = _show(qtbot, pin)
    pin.setFocus()
    toaster = Toaster(window)
    for number in range(5):
        toaster.show(f"Đang in {number} tờ.", code="IN-01")
    assert toaster.shown == ("Đang in 2 tờ.", "Đang in 3 tờ.", "Đang in 4 tờ.")
    assert QApplication.focusWidget() is pin
    assert len(toaster.log) == 5
    lowest = max(child.geometry().bottom() for child in window.children() if isinstance(child, QWidget))
    assert lowest <= window.height() - 64 or toaster.shown


def test_the_action_bar_shows_says_and_refuses(qtbot: QtBot) -> None:
    bar, done, refused = ActionBar(), [], []
    window = _show(qtbot, bar, width=1190)
    bar.triggered.connect(done.append)
    bar.refused.connect(refused.append)
    bar.set_actions(
        Actions(
            "Bấm F9 để: **in**.", Action("primary", "In", "primary"), others=(Action("later", "Thu sau", "pay_later"),)
        )
    )
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert done == ["primary", "later", "back"]
    bar.set_actions(Actions("", Action("primary", "In", "primary", reason="Cắm USB trước."), back=None))
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert refused == ["Cắm USB trước."]
    assert bar.button("later") is None


def test_a_sentence_without_room_goes_above_the_page(qtbot: QtBot) -> None:
    bar, moved = ActionBar(), []
    window = _show(qtbot, bar, width=1190)
    bar.sentence_moved.connect(moved.append)
    words = (
        "Bấm F9 để: cấp mã hồ sơ, lập biên lai 15.000 đ, in Giấy tiếp nhận hồ sơ và hẹn trả kết quả (2 liên), biên lai."
    )
    bar.set_actions(Actions(words, Action("primary", "Tiếp nhận, thu 15.000 đ và in", "primary", "printer")))
    assert moved == []
    window.resize(700, 400)
    qtbot.waitUntil(lambda: moved == [words])
    window.resize(1190, 400)
    qtbot.waitUntil(lambda: moved == [words, ""])


def test_the_citizens_number_is_masked_until_asked_for(qtbot: QtBot) -> None:
    strip, revealed = CitizenStrip(), []
    _show(qtbot, strip, width=1190)
    strip.revealed.connect(lambda: revealed.append(1))
    strip.set_citizen(CitizenView("Nguyễn Thị Thu Hà", "Nữ · số định danh ", "000191012345", "ĐT 0900 000 112"))
    words = [label.text() for label in strip.findChildren(QLabel)]
    assert "Nữ · số định danh 000••••••345" in words
    strip.reveal()
    assert "Nữ · số định danh 000191012345" in [label.text() for label in strip.findChildren(QLabel)]
    assert revealed == [1]
    strip.set_citizen(None)
    assert not strip.isVisible()


@given(st.from_regex(r"\d{0,14}", fullmatch=True))
def test_a_mask_never_shows_the_middle_of_a_number(number: str) -> None:
    shown = masked(number)
    assert sum(letter.isdecimal() for letter in shown) <= 6
    assert len(shown) == len(number)


def test_a_narrow_strip_gives_up_badges_before_the_name(qtbot: QtBot) -> None:
    strip = CitizenStrip()
    window = _show(qtbot, strip, width=1190)
    view = CitizenView(
        "Nguyễn Thị Thu Hà", "Nữ · số định danh ", "000191012345", "ĐT", "Thôn 4",
        (("Không có hồ sơ đang giải quyết", "neutral", ""),),
    )  # fmt: skip
    strip.set_citizen(view)
    badge = strip.findChild(Badge)
    assert badge is not None
    assert badge.isVisible()
    window.resize(460, 300)
    qtbot.waitUntil(lambda: not badge.isVisible())


def test_steps_go_back_only_to_what_is_done(qtbot: QtBot) -> None:
    steps, chosen = Steps(("Công dân", "Thành phần hồ sơ", "Hẹn và thu phí"), 1), []
    _show(qtbot, steps)
    steps.chosen.connect(chosen.append)
    steps.grab()
    for x in (30, 300, 500):
        qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=steps.rect().center().__class__(x, 20))
    assert chosen == [0]
    assert steps.accessibleName() == "Bước 2 trên 3: Thành phần hồ sơ"


def test_a_long_term_shows_its_first_and_last_days() -> None:
    days = [StripDay("T2", str(number), "", DayKind.WORKING) for number in range(1, 31)]
    assert [day.number for day in shortened(days)] == ["1", "2", "3", "…", "27", "28", "29", "30"]
    assert len(shortened(days[:8])) == 8


def test_a_smiley_is_given_once(qtbot: QtBot) -> None:
    row, chosen = SmileyRow(), []
    _show(qtbot, row)
    row.chosen.connect(chosen.append)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: chosen == [4])
    qtbot.mouseClick(row.faces[0], Qt.MouseButton.LeftButton)
    qtbot.wait(200)
    assert chosen == [4]
    row.reset()
    qtbot.mouseClick(row.faces[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chosen == [4, 1])


def test_every_painted_widget_has_a_name_and_paints(qtbot: QtBot) -> None:
    strip = DayStrip()
    strip.set_days(
        [StripDay("T4", "25", "nhận", DayKind.RECEIVED), StripDay("T7", "28", "nghỉ", DayKind.OFF, "Nghỉ lễ")]
    )
    tile = Tile("Quá hạn", "octagon-x")
    tile.set_number("1", "đã xin lỗi", "bad")
    widgets = [
        strip,
        tile,
        Badge("3 đạt", "ok", "check"),
        *[DeadlineChip(Deadline(due, "Quá hạn 2 ngày")) for due in Due],
        EmptyState("calendar-days", "Chưa có việc nào đến hạn."),
    ]
    _show(qtbot, *widgets)
    for widget in widgets:
        assert widget.accessibleName()
        assert not widget.grab().isNull()
    assert tile.accessibleName() == "Quá hạn: 1. đã xin lỗi"
    assert strip.accessibleName() == "T4 25 nhận, T7 28 nghỉ"


def test_bold_marks_never_let_markup_of_data_through() -> None:
    assert rich("**<b>Hà</b>** & co") == '<span style="font-weight:600">&lt;b&gt;Hà&lt;/b&gt;</span> &amp; co'
    assert plain("Bấm **F9**.") == "Bấm F9."
