"""Nhập biên lai giấy: sheets written by hand while the power was off go into the book, one by one, in their order.

The amount is never typed: it is the catalogue's of the day on the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.errors import DeskError
from desk_app.domain.money import format_vnd
from desk_app.services.late_receipts import Book, Entered, EnterReceipt
from desk_app.ui import errors
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.ledger.kit import FORM, TaskPage
from desk_app.ui.theme import fix_width
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.dates import DateEdit
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment
from desk_app.ui.widgets.table import Table

CAUSES = (("Mất điện", "Mất điện"), ("Mất mạng", "Mất mạng"), ("Máy hỏng", "Máy hỏng"), ("", "Khác"))
METHODS = (("cash", "Tiền mặt"), ("transfer", "Chuyển khoản"))
NO_BOOK = "Máy này không còn quyển biên lai giấy nào. Báo người phụ trách cấp quyển."
SEARCH = "Quét giấy hẹn, hoặc gõ mã hồ sơ, họ tên rồi bấm Enter."
NOBODY = "Không thấy hồ sơ khớp. Thử 4 số cuối của mã hoặc họ tên không dấu."


@dataclass(frozen=True, slots=True, repr=False)
class LateDossier:
    """A dossier whose fee was taken by hand."""

    dossier: str
    code: str
    name: str
    procedure: str


@dataclass(frozen=True, slots=True)
class LatePorts:
    """One bundle, all through ``submit``. ``owed(dossier, at)``: đồng by the catalogue of that time."""

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    submit: Submit
    book: Callable[[], Book | None]
    find: Callable[[str], Sequence[LateDossier]]
    by_slip: Callable[[str], LateDossier]
    owed: Callable[[str, datetime], int]
    enter: Callable[[EnterReceipt], Entered]


class LatePage(TaskPage):
    """Find the dossier at the left, copy number and time from the sheet at the right, F9."""

    def __init__(self, ports: LatePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.book: Book | None = None
        self.chosen: LateDossier | None = None
        self.owed_vnd = 0
        self._why = ""
        self._command = ports.new_id()
        self.search = TextEdit("Tìm hồ sơ", "mã hồ sơ hoặc họ tên", icon="search")
        self.model: RowsModel[LateDossier] = RowsModel(_COLUMNS, self)
        self.table = Table("Hồ sơ tìm thấy")
        self.table.setModel(self.model)
        self._empty = EmptyState("search", SEARCH)
        self._list = QStackedWidget()
        for page in (self._empty, self.table):
            self._list.addWidget(page)
        card = Card("Hồ sơ đã thu bằng biên lai viết tay", padded=False)
        card.body.addWidget(frame(down(self.search, margins=(16, 12, 16, 12))))
        card.body.addWidget(self._list, 1)
        self.number, self.day = TextEdit("Số biên lai"), DateEdit("Ngày ghi trên biên lai")
        self.time = TextEdit("Giờ ghi trên biên lai", "giờ:phút")
        self.cause = Segment(CAUSES, "Nguyên nhân", CAUSES[0][0])
        self.other = TextEdit("Nguyên nhân khác", "ghi nguyên nhân")
        self.other.hide()
        self.method = Segment(METHODS, "Hình thức", "cash")
        self.time_field, self.number_field = Field("Giờ", self.time), Field("Số biên lai", self.number)
        layout = across(gap=12)
        layout.addWidget(card, 1)
        layout.addWidget(self._form())
        self.setLayout(down(ScrollBody(layout)))
        self._connect()
        self._show()

    # ---- what the shell asks

    def activate(self) -> None:
        run(self, self.ports.submit, self.ports.book, self._on_book, self.show_error, action="book")
        if self.day.day() is None:
            self.day.set_day(self.ports.now().date())
        self.search.setFocus()

    def on_scan(self, text: str) -> bool:
        code = parse_code(text)
        if isinstance(code, SlipCode) and code.kind is SlipKind.ACCEPTANCE:
            job = partial(self.ports.by_slip, code.digits)
            run(self, self.ports.submit, job, lambda found: self._found((found,)), self.show_error, action="find")
            return True
        return False

    def bar_actions(self) -> Actions:
        busy = under_way(self, "enter")
        say = self.lacking() or "Số tiền do danh mục của ngày thu tính; **không gõ được**."
        return Actions(say, Action("primary", "Ghi vào sổ", "primary", "receipt-text", self.lacking(), busy))

    def lacking(self) -> str:
        """Why it can't be entered yet; "" when it can."""
        at = self.at
        if self.book is None:
            return NO_BOOK
        if self.chosen is None:
            return "Tìm hồ sơ đã thu bằng biên lai viết tay."
        if self._why:
            return self._why
        if self.number.text().strip() != f"{self.book.next:07d}" and self.number.text().strip() != str(self.book.next):
            return f"Tờ tiếp theo của quyển {self.book.symbol} là số {self.book.next:07d}. Nhập lần lượt từng tờ."
        if at is None:
            return "Ghi ngày và giờ như trên biên lai."
        if at >= self.ports.now():
            return "Giờ ghi trên biên lai phải trước lúc này."
        if not self.reason:
            return "Ghi nguyên nhân viết tay."
        return "" if self.owed_vnd else "Đang tính số tiền."

    @property
    def reason(self) -> str:
        """Why it was written by hand: one of the usual causes, or the officer's own words."""
        return self.cause.chosen_id() or self.other.text().strip()

    @property
    def at(self) -> datetime | None:
        """The time on the sheet; None while it is not whole."""
        day, at = self.day.day(), read_time(self.time.text())
        return datetime.combine(day, at) if day is not None and at is not None else None

    def primary(self) -> None:
        at = self.at
        if self.lacking() or self.chosen is None or self.book is None or at is None:
            return
        method = self.method.chosen_id() or "cash"
        command = EnterReceipt(self._command, self.chosen.dossier, self.book.next, at, self.reason, method)
        done = partial(self._entered, at)
        run(self, self.ports.submit, partial(self.ports.enter, command), done, self._failed, action="enter")
        self.actions_changed.emit()

    def show_field(self, message: errors.Message) -> None:
        self.time_field.set_error(message.text, message.code)

    # ---- inside

    def _connect(self) -> None:
        self.search.returnPressed.connect(self._look)
        self.table.opened.connect(lambda row: self.choose(row))
        self.day.changed.connect(lambda _day: self._ask_owed())
        self.time.textEdited.connect(lambda _text: self._ask_owed())
        self.number.textEdited.connect(lambda _text: self._changed())
        self.cause.chosen.connect(self._cause_chosen)
        self.other.textEdited.connect(lambda _text: self._changed())
        self.number.returnPressed.connect(self.day.setFocus)
        self.day.returnPressed.connect(self.time.setFocus)
        self.time.returnPressed.connect(self.cause.parts[0].setFocus)

    def _cause_chosen(self, cause: str) -> None:
        """Another cause is written down in words."""
        self.other.setVisible(not cause)
        if not cause:
            self.other.setFocus()
        self._changed()

    def _look(self) -> None:
        text = self.search.text().strip()
        if text:
            run(self, self.ports.submit, partial(self.ports.find, text), self._found, self.show_error, action="find")

    def _found(self, rows: Sequence[LateDossier]) -> None:
        self.model.set_rows(rows)
        self._empty.set_sentence(NOBODY)
        self._list.setCurrentIndex(1 if rows else 0)
        if len(rows) == 1:
            self.choose(rows[0])
        elif rows:
            self.table.select_row(0)
            self.table.setFocus()

    def choose(self, found: LateDossier | None) -> None:
        """Take this dossier, or none."""
        self.chosen = found
        self._command = self.ports.new_id()
        self._show()
        self._ask_owed()
        if found is not None:
            self.number.setFocus()
            self.number.selectAll()

    def _ask_owed(self) -> None:
        """The fee of the day on the sheet; asked again when dossier, day or time change."""
        self.time_field.set_error("")
        self.owed_vnd, self._why = 0, ""
        day = self.day.day()
        if self.chosen is not None and day is not None:
            at = self.at or datetime.combine(day, time())
            asked = (self.chosen.dossier, at)
            job = partial(self.ports.owed, *asked)
            done, failed = partial(self._on_owed, asked), partial(self._not_owed, asked)
            run(self, self.ports.submit, job, done, failed, action=f"owed {asked}")
        self._changed()

    def _asked(self, asked: tuple[str, datetime]) -> bool:
        """Whether an answer is still the one that is waited for."""
        day = self.day.day()
        now = (self.at or datetime.combine(day, time())) if day is not None else None
        return self.chosen is not None and asked == (self.chosen.dossier, now)

    def _on_owed(self, asked: tuple[str, datetime], vnd: int) -> None:
        if self._asked(asked):
            self.owed_vnd, self._why = vnd, ""
            self._changed()

    def _not_owed(self, asked: tuple[str, datetime], error: DeskError) -> None:
        if self._asked(asked):
            self.owed_vnd, self._why = 0, errors.message_of(error).text
            self._changed()

    def _on_book(self, book: Book | None) -> None:
        self.book = book
        self.number.setText(f"{book.next:07d}" if book else "")
        self.number_field.set_name(f"Số biên lai, quyển {book.symbol}" if book else "Số biên lai")
        self._changed()

    def _entered(self, at: datetime, done: Entered) -> None:
        self.say("TP-47", series=done.symbol, number=f"{done.number:07d}", amount_vnd=format_vnd(done.total_vnd), at=at)
        self.choose(None)
        self.time.clear()
        self.search.clear()
        self.model.set_rows(())
        self._empty.set_sentence(SEARCH)
        self._list.setCurrentIndex(0)
        self.activate()

    def _failed(self, error: DeskError) -> None:
        self.show_error(error)
        run(self, self.ports.submit, self.ports.book, self._on_book, self.show_error, action="book")

    def _show(self) -> None:
        found = self.chosen
        self._who.setText(found.name if found else "Chưa chọn hồ sơ")
        self._what.setText(f"{found.procedure} · {found.code}" if found else SEARCH)
        self._changed()

    def _changed(self) -> None:
        self._amount.setText(format_vnd(self.owed_vnd) if self.owed_vnd else "–")
        self.actions_changed.emit()

    def _form(self) -> Card:
        card = Card("Ghi trên tờ biên lai")
        fix_width(card, FORM)
        self._who, self._what = label("", "bigtitle", wrap=True), label("", "soft", wrap=True)
        self._amount = label("", "money", right=True)
        when = across(Field("Ngày", self.day), self.time_field, gap=12)
        when.setStretch(0, 3)
        when.setStretch(1, 2)
        for part in (self._who, self._what, self.number_field):
            card.body.addWidget(part)
        card.body.addLayout(when)
        card.body.addWidget(Field("Vì sao viết tay", self.cause))
        card.body.addWidget(self.other)
        card.body.addWidget(Field("Hình thức", self.method))
        card.body.addStretch(1)
        card.body.addWidget(label("Số tiền theo danh mục ngày thu", "soft"))
        card.body.addWidget(self._amount)
        return card


def read_time(text: str) -> time | None:
    """A time as people write it: 14:05, 14h05, 14.05, 1405, 9:5 is no time. Else None."""
    digits = text.strip().lower().replace("h", ":").replace(".", ":").replace(" ", ":")
    if digits.isdecimal() and len(digits) in (3, 4):
        digits = f"{digits[:-2]}:{digits[-2:]}"
    hour, colon, minute = digits.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and len(hour) <= 2 and len(minute) == 2):
        return None
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


_COLUMNS: tuple[Column[LateDossier], ...] = (
    Column("Mã hồ sơ", lambda o: o.code, width=196),
    Column("Người nộp", lambda o: o.name, width=150, tip=lambda o: o.name),
    Column("Thủ tục", lambda o: o.procedure, tip=lambda o: o.procedure),
)
