"""Dữ liệu thuế: what is not sent yet becomes one XML and one Excel file (01/TH-BLĐT); those made before, by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.period import Period, Span, period_of
from desk_app.services.tax_data import MakeTaxData, Open, Sent
from desk_app.ui import errors, keys
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.ledger.kit import FORM, SavedBox, SavedFiles, TaskPage
from desk_app.ui.theme import fix_width
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.table import Table

NOTHING = "Không có biên lai nào chờ gửi cơ quan thuế."


@dataclass(frozen=True, slots=True)
class TaxPorts:
    """One bundle. Through ``submit``: open_now, made; through ``paper_submit``: ``make``, ``save_again(data)``."""

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    submit: Submit
    paper_submit: Submit
    open_now: Callable[[], Open]
    made: Callable[[date, date], Sequence[Sent]]
    make: Callable[[MakeTaxData], SavedFiles]
    save_again: Callable[[str], SavedFiles]


class TaxPage(TaskPage):
    """F9 makes and saves what waits; Ctrl E saves an earlier one again, byte for byte the same."""

    def __init__(self, ports: TaxPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.open: Open | None = None
        self._command = ports.new_id()
        self.period: Period = period_of(Span.MONTH, ports.now().date())
        self.model: RowsModel[Sent] = RowsModel(_COLUMNS, self)
        self.table = Table("Dữ liệu đã lập")
        self.table.setModel(self.model)
        self._list = QStackedWidget()
        for page in (self.table, EmptyState("file-text", "Tháng này chưa lập dữ liệu thuế.")):
            self._list.addWidget(page)
        self.reason = TextEdit("Lý do gửi sau ngày", "ví dụ: mất mạng từ 14:00")
        self.reason_field = Field("Lý do gửi sau ngày lập biên lai", self.reason)
        self.saved = SavedBox()
        self.months = Card(f"Đã lập {self.period.title.lower()}", padded=False)
        self.earlier, self.later = KeyButton("‹ Tháng trước", small=True), KeyButton("Tháng sau ›", small=True)
        self.months.add_header(self.earlier, self.later)
        self.months.body.addWidget(self._list, 1)
        layout = across(gap=12)
        layout.addWidget(self.months, 1)
        layout.addWidget(self._form())
        self.setLayout(down(ScrollBody(layout)))
        self.earlier.triggered.connect(lambda: self.step(-1))
        self.later.triggered.connect(lambda: self.step(1))
        keys.attach(self, "filter_previous", lambda: self.step(-1))
        keys.attach(self, "filter_next", lambda: self.step(1))
        self.table.opened.connect(lambda _row: self.on_action("export"))
        self.reason.textEdited.connect(lambda _text: self._changed())
        self.reason.returnPressed.connect(self.primary)

    # ---- what the shell asks

    def activate(self) -> None:
        self.reload()
        self.table.setFocus()

    def bar_actions(self) -> Actions:
        busy = under_way(self, "make")
        none = "" if self.model.rowCount() else "Tháng này chưa lập dữ liệu thuế."
        again = Action("export", "Lưu lại tệp", "export", reason=none)
        say = self.lacking() or "Lập dữ liệu **01/TH-BLĐT**, lưu tệp XML và Excel để gửi cơ quan thuế."
        return Actions(
            say, Action("primary", "Lập và lưu tệp", "primary", "file-check", self.lacking(), busy), others=(again,)
        )

    def lacking(self) -> str:
        """Why none can be made yet; "" when it can."""
        if self.open is None or not self.open.rows:
            return NOTHING
        if self.open.late and not self.reason.text().strip():
            return "Ghi lý do gửi sau ngày lập biên lai."
        return ""

    def on_action(self, action_id: str) -> None:
        row = self.table.current_row()
        if action_id != "export":
            super().on_action(action_id)
        elif isinstance(row, Sent):
            job = partial(self.ports.save_again, row.data)
            run(self, self.ports.paper_submit, job, self._on_saved, self.show_error, action="save_again")

    def primary(self) -> None:
        if self.lacking():
            return
        job = partial(self.ports.make, MakeTaxData(self._command, self.reason.text()))
        run(self, self.ports.paper_submit, job, self._made, self._failed, action="make")
        self.actions_changed.emit()

    def show_field(self, message: errors.Message) -> None:
        self.reason_field.setVisible(True)
        self.reason_field.set_error(message.text, message.code)
        self.reason.setFocus()

    def look(self) -> None:
        self.reload()

    # ---- inside

    def step(self, by: int) -> None:
        """The month before or after; none after this month."""
        period = self.period.before() if by < 0 else self.period.after()
        if period.first <= self.ports.now().date():
            self.period = period
            self.reload()

    def reload(self) -> None:
        """Fetch what waits and what was made in the month."""
        self.months.set_title(f"Đã lập {self.period.title.lower()}")
        late = self.period.last >= self.ports.now().date()
        self.later.set_reason("Tháng sau chưa đến." if late else "")
        run(self, self.ports.submit, self.ports.open_now, self._on_open, self.show_error, action="open")
        job = partial(self.ports.made, self.period.first, self.period.last)
        run(self, self.ports.submit, job, self._on_made, self.show_error, action="list")

    def _on_open(self, found: Open) -> None:
        self.open = found
        self.noted.emit(str(found.rows) if found.rows else "")
        self._count.setText(f"{found.rows} dòng")
        since = f"{found.since:%d/%m/%Y}" if found.since else ""
        self._since.setText(f"Biên lai từ ngày {since} chưa gửi." if since else NOTHING)
        self.reason_field.setVisible(found.late)
        self._changed()

    def _on_made(self, rows: Sequence[Sent]) -> None:
        self.model.set_rows(rows)
        self._list.setCurrentIndex(0 if rows else 1)
        self.table.select_row(0)
        self.actions_changed.emit()

    def _changed(self) -> None:
        self.reason_field.set_error("")
        self.actions_changed.emit()

    def _made(self, saved: SavedFiles) -> None:
        self._command = self.ports.new_id()
        self.reason.clear()
        self.period = period_of(Span.MONTH, self.ports.now().date())
        self._on_saved(saved)
        self.reload()
        self.table.setFocus()

    def _on_saved(self, saved: SavedFiles) -> None:
        self.saved.show_saved(saved)
        self.say("TP-46", n=saved.rows, folder=saved.folder)

    def _failed(self, error: DeskError) -> None:
        self.show_error(error)
        self.reload()

    def _form(self) -> Card:
        card = Card("Chưa gửi cơ quan thuế")
        fix_width(card, FORM)
        self._count, self._since = label("", "money"), label("", "soft", wrap=True)
        self.reason_field.hide()
        for part in (self._count, self._since, self.reason_field):
            card.body.addWidget(part)
        card.body.addSpacing(12)
        card.body.addWidget(self.saved)
        card.body.addStretch(1)
        return card


def _day(stamp: str) -> str:
    return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}"


_COLUMNS: tuple[Column[Sent], ...] = (
    Column("Ngày", lambda r: _day(r.day), width=110, bold=True),
    Column("Lập lúc", lambda r: r.at[11:16], width=90),
    Column("Số dòng", lambda r: str(r.rows), width=90, right=True),
    Column("Ghi chú", lambda r: "Gửi sau ngày" if r.late else "Trong ngày"),
)
