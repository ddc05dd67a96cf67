"""Khóa sổ: count the drawer blind, compare with the book, close. Three cards, one blue button (mock 07)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.money import format_vnd
from desk_app.services.day_close import CloseDay
from desk_app.services.second_person import ALONE, Second
from desk_app.ui import errors
from desk_app.ui.forms.drawer import DENOMINATIONS, DrawerForm, difference_words, read_sheets
from desk_app.ui.icons import IconLabel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close_lines import before_lines, book_lines
from desk_app.ui.screens.day_close_ports import DayClosePorts, Person
from desk_app.ui.screens.second_person import SecondPersonBox
from desk_app.ui.screens.today import state_row
from desk_app.ui.theme import theme
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody

if TYPE_CHECKING:
    from desk_app.services.day_close import Book, Closed, Readiness

NARROW = 1080  # px, at 100 %
HIDDEN = "Số trong sổ hiện sau khi đếm xong."
HONEST = "Nếu thừa hoặc thiếu: không sửa số tiền. Ghi lý do, hai người xác nhận, in vào bảng kê."


class DayClosePage(Page):
    """``closed(day)`` after the book was closed."""

    closed = Signal(str)

    def __init__(self, ports: DayClosePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.form = DrawerForm()
        self.ready: Readiness | None = None
        self.book: Book | None = None
        self._command = ports.new_id()
        self.edits: list[TextEdit] = []
        self._amounts: list[QLabel] = []
        self._total = label(format_vnd(0), "title", right=True)
        self.second = SecondPersonBox("Người nhận (thủ quỹ hoặc kế toán)")
        self.reason = QComboBox()
        self.reason.setAccessibleName("Lý do chênh lệch")
        self.note = TextEdit("Ghi rõ lý do chênh lệch", "Ghi rõ thêm (không bắt buộc)")
        self._why = Field("Lý do chênh lệch", self.reason)
        self._lines = QVBoxLayout()
        self._verdict = label("", "name")
        self._verdict_box = frame(across(self._verdict, margins=(16, 10, 16, 10)), banner="ok")
        self._shown = QStackedWidget()
        self._before = QVBoxLayout()
        self._before.setSpacing(0)
        self._right, layout = across(gap=12), across(margins=(16, 12, 16, 12), gap=12)
        self.setLayout(down(ScrollBody(layout)))  # from outside to inside: each card is told its place once
        layout.addWidget(self._count_card(), 10)
        layout.addLayout(self._right, 16)
        self._right.addWidget(self._compare_card(), 10)
        self._right.addWidget(self._before_card(), 6)
        self.second.changed.connect(self.actions_changed)
        self.second.entered.connect(self.primary)
        self.reason.currentIndexChanged.connect(lambda _i: self.actions_changed.emit())
        self._show_book()

    # ---- what the shell asks

    def activate(self) -> None:
        run(self, self.ports.submit, self.ports.readiness, self._on_ready, self.show_error, action="ready")
        run(self, self.ports.submit, self.ports.receivers, self._on_receivers, self.show_error, action="receivers")
        self.edits[0].setFocus()

    def bar_actions(self) -> Actions:
        day = f"{self.ready.day:%d/%m}" if self.ready else ""
        say = f"Bấm F9 để: khóa sổ ngày {day}, in **Bảng kê thu phí, lệ phí (2 bản)**."
        busy = under_way(self, "close") or under_way(self, "prove")
        primary = Action("primary", "Khóa sổ và in bảng kê", "primary", "lock", self.lacking(), busy)
        return Actions(say, primary)

    def lacking(self) -> str:
        """Why the book can't be closed yet; "" when it can."""
        if self.ready is not None and self.ready.closed:
            return f"Sổ thu ngày {self.ready.day:%d/%m/%Y} đã khóa."
        if not self.form.complete:
            return "Đếm tiền trước: gõ số tờ của từng mệnh giá, không có thì gõ 0."
        if self.book is None:
            return "Bấm Enter ở mệnh giá cuối để so với sổ."
        if self.difference and not self.reason.currentData():
            return "Chọn lý do chênh lệch."
        return self.second.lacking

    @property
    def difference(self) -> int:
        return self.form.total_vnd - self.book.expected.total_vnd if self.book else 0

    def primary(self) -> None:
        if self.lacking():
            return
        if not self.second.officer:
            self._close(ALONE)
            return
        job = partial(self.ports.prove, self.second.officer, self.second.pin.text())
        run(self, self.ports.paper_submit, job, self._close, self._not_proved, action="prove")
        self.actions_changed.emit()

    def back(self) -> None:
        self.go.emit("today")

    def show_field(self, message: errors.Message) -> None:
        if message.code in ("TP-06", "DN-01", "DN-02", "DN-04", "DN-06"):
            self.second.show_wrong(message.text, message.code)
        else:
            super().show_field(message)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the third card stands under the second."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme().px(NARROW)
        across_, down_ = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._right.setDirection(down_ if narrow else across_)

    # ---- counting

    def type_sheets(self, index: int, text: str) -> None:
        """A number of sheets was typed; what stands in the book is hidden again until the count is whole."""
        self.form = self.form.with_sheets(index, read_sheets(text))
        self.edits[index].set_bad(bool(text.strip()) and self.form.sheets[index] is None)
        n = self.form.sheets[index]
        self._amounts[index].setText(format_vnd(DENOMINATIONS[index] * (n or 0)))
        self._total.setText(format_vnd(self.form.total_vnd))
        if self.book is not None:
            self._show_book()
        self.actions_changed.emit()

    def _entered(self, index: int) -> None:
        if not self.edits[index].text().strip():
            self.edits[index].setText("0")
            self.type_sheets(index, "0")
        if index + 1 < len(self.edits):
            self.edits[index + 1].setFocus()
            self.edits[index + 1].selectAll()
            return
        empty = next((i for i, n in enumerate(self.form.sheets) if n is None), None)
        if empty is not None:
            self.edits[empty].setFocus()
        elif self.ready is not None:
            job = partial(self.ports.book, self.ready.day)
            run(self, self.ports.submit, job, self._on_book, self.show_error, action="book")

    # ---- answers

    def _on_ready(self, ready: Readiness) -> None:
        self.ready = ready
        _clear(self._before)
        for line in before_lines(ready):
            self._before.addWidget(state_row(line, 56))
        if ready.forgotten is not None:
            self.say("TP-07", date=f"{ready.forgotten:%d/%m/%Y}")
        else:
            self.notice_gone.emit("TP-07")
        if ready.unsigned:
            self.say("TP-12", number=", ".join(map(str, ready.unsigned[:5])))
        self.actions_changed.emit()

    def _on_receivers(self, people: Sequence[Person]) -> None:
        self.second.set_people(people)

    def _on_book(self, book: Book) -> None:
        self.book = book
        self._show_book()
        if self.difference:
            self.reason.setFocus()
        else:
            self.second.choice.setFocus()
        self.actions_changed.emit()

    def _close(self, second: Second) -> None:
        assert self.ready is not None
        assert self.book is not None
        reason = str(self.reason.currentData() or "") if self.difference else ""
        note = self.note.text() if self.difference else ""
        command = CloseDay(
            self._command, self.ready.day, self.form.counted, reason, note, second, shift=self.book.shift
        )
        run(self, self.ports.submit, partial(self.ports.close, command), self._closed, self._failed, action="close")
        self.actions_changed.emit()

    def _closed(self, done: Closed) -> None:
        day = f"{done.day[8:10]}/{done.day[5:7]}/{done.day[:4]}"
        self.say("TP-43", date=day, difference=format_vnd(done.difference_vnd))
        job = partial(self.ports.print_papers, done.closing)
        run(self, self.ports.paper_submit, job, lambda _out: None, self.show_error, action="print")
        self._command = self.ports.new_id()
        self.form, self.book = DrawerForm(), None
        for edit in self.edits:
            edit.clear()
        for index in range(len(self.edits)):
            self._amounts[index].setText(format_vnd(0))
        self._total.setText(format_vnd(0))
        self.second.clear()
        self._show_book()
        self.notice_gone.emit("TP-07")
        self.closed.emit(done.day)
        self.activate()

    def _not_proved(self, error: DeskError) -> None:
        message = errors.message_of(error)
        self.second.show_wrong(message.text, message.code)
        self.actions_changed.emit()

    def _failed(self, error: DeskError) -> None:
        self.actions_changed.emit()
        self.show_error(error)

    # ---- drawing

    def _count_card(self) -> Card:
        card = Card("1. Đếm tiền trong ngăn kéo", padded=False)
        card.add_header(label("gõ số tờ, Enter xuống dòng", "hint"))
        card.body.setSpacing(0)
        for index, value in enumerate(DENOMINATIONS):
            edit = TextEdit(f"Số tờ {format_vnd(value)}")
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setProperty("cell", True)
            edit.setMaximumWidth(theme().px(96))
            edit.textEdited.connect(partial(self.type_sheets, index))
            edit.returnPressed.connect(partial(self._entered, index))
            amount = label(format_vnd(0), "strong", right=True)
            name = label(format_vnd(value), "", right=True)
            name.setFixedWidth(theme().px(100))
            row = across(name, edit, None, amount, margins=(14, 1, 14, 1), gap=16)
            card.body.addWidget(frame(row, entry=True))
            self.edits.append(edit)
            self._amounts.append(amount)
        card.body.addStretch(1)
        card.set_footer(frame(across(label("Tiền đếm được", "strong"), None, self._total, margins=(14, 8, 14, 8))))
        return card

    def _compare_card(self) -> Card:
        card = Card("2. So với sổ")
        hidden = frame(down(None, IconLabel("lock", 28, "muted"), label(HIDDEN, "soft", wrap=True), None, gap=8))
        for reason, words in (("", "Chọn lý do"), *self.ports.reasons):
            self.reason.addItem(words, reason)
        given = TextEdit("Người giao", icon="user")
        given.setText(self.ports.officer)
        given.set_read_only(True)
        shown = down(
            self._lines, self._verdict_box, self._why, self.note, Field("Người giao", given), self.second, None
        )
        self._shown.addWidget(hidden)
        self._shown.addWidget(frame(shown))
        card.body.addWidget(self._shown, 1)
        honest = across(IconLabel("lock", 17, "text2"), label(HONEST, "hint", wrap=True))
        honest.setStretch(1, 1)
        card.body.addLayout(honest)
        return card

    def _before_card(self) -> Card:
        card = Card("3. Trước khi khóa sổ", padded=False)
        card.body.addLayout(self._before)
        card.body.addStretch(1)
        return card

    def _show_book(self) -> None:
        """The book beside the count; hidden until the count is whole."""
        shown = self.book is not None and self.form.complete
        self._shown.setCurrentIndex(1 if shown else 0)
        _clear(self._lines)
        if not shown or self.book is None:
            return
        for words, vnd, strong in book_lines(self.book, self.form.total_vnd):
            role = "strong" if strong else ""
            self._lines.addWidget(_line(words, vnd, role))
        self._verdict.setText(difference_words(self.difference))
        self._verdict_box.setProperty("banner", "warn" if self.difference else "ok")
        for part in (self._verdict_box, self._verdict):
            part.style().unpolish(part)
            part.style().polish(part)
        for widget in (self._why, self.note):
            widget.setVisible(bool(self.difference))


def _line(words: str, amount: str, role: str) -> QFrame:
    said = label(words, role, wrap=True)
    layout = across(said, label(amount, "strong", right=True), margins=(0, 3, 0, 3))
    layout.setStretch(0, 1)
    made = frame(layout)
    made.setAccessibleName(f"{words}: {amount}")
    return made


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
