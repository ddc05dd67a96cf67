"""Nộp tiền: what each month brought, what went to the treasury, what is still to go; F9 notes a payment and prints it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.money import format_vnd
from desk_app.services.remittance import MonthAccount, Overview, Remit, Remitted
from desk_app.ui import errors
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.ledger.kit import FORM, figure, passage, refill
from desk_app.ui.theme import fix_width
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.money import MoneyEdit
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.table import Table

PAID_ROWS = 176  # the payments below the months: four rows and the header
NO_ACCOUNT = "chưa nhập, báo người quản trị"


@dataclass(frozen=True, slots=True)
class RemitPorts:
    """One bundle. Through ``submit``: overview, remit; through ``paper_submit``: ``print_papers(remittance)``."""

    new_id: Callable[[], str]
    submit: Submit
    paper_submit: Submit
    overview: Callable[[], Overview]
    remit: Callable[[Remit], str]
    print_papers: Callable[[str], object]


class RemitPage(Page):
    """The month chosen in the table is the one that is paid; its whole rest stands in the field at once."""

    def __init__(self, ports: RemitPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.found: Overview | None = None
        self._command = ports.new_id()
        self.model: RowsModel[MonthAccount] = RowsModel(_COLUMNS, self)
        self.table = Table("Tiền phí, lệ phí từng tháng")
        self.table.setModel(self.model)
        self.paid_model: RowsModel[Remitted] = RowsModel(_PAID, self)
        self.paid = Table("Các lần đã nộp")
        self.paid.setModel(self.paid_model)
        self.amount, self.reference = MoneyEdit("Số tiền nộp"), TextEdit("Số chứng từ", "ghi trên giấy nộp tiền")
        self.amount_field = Field("Số tiền nộp lần này", self.amount)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        months = Card("Tiền thu từng tháng", padded=False)
        months.body.addWidget(self.table, 1)
        done = Card("Đã nộp Kho bạc", padded=False)
        done.body.addWidget(self.paid)
        done.setFixedHeight(PAID_ROWS)
        left = down(months, done, gap=12)
        left.setStretch(0, 1)
        layout = across(gap=12)
        layout.addLayout(left, 1)
        layout.addWidget(self._form())
        self.setLayout(down(ScrollBody(layout)))
        self.table.current_changed.connect(lambda _row: self._take_month())
        self.table.opened.connect(lambda _row: self._enter())
        self.paid.opened.connect(lambda _row: self.on_action("print_again"))
        self.amount.changed.connect(lambda _vnd: self._changed())
        self.amount.returnPressed.connect(self.reference.setFocus)
        self.reference.returnPressed.connect(self.primary)

    @property
    def month(self) -> MonthAccount | None:
        row = self.table.current_row()
        return row if isinstance(row, MonthAccount) else None

    # ---- what the shell asks

    def activate(self) -> None:
        self.reload()
        self.table.setFocus()

    def bar_actions(self) -> Actions:
        month = self.month
        of = f" của tháng {_month(month.month)}" if month else ""
        say = f"Bấm F9 để: ghi số tiền đã nộp{of}, in **Phiếu nộp tiền (2 bản)**."
        busy = under_way(self, "remit")
        again = Action("print_again", "In lại phiếu", "print_again", reason="" if self._last() else "Chưa nộp lần nào.")
        return Actions(say, Action("primary", "Ghi và in phiếu nộp", "primary", "printer", self.lacking(), busy),
                       others=(again,))  # fmt: skip

    def lacking(self) -> str:
        """Why nothing can be noted yet; "" when it can."""
        month, vnd = self.month, self.amount.value()
        if month is None or month.left_vnd <= 0:
            return "Tháng này không còn tiền phải nộp."
        if not vnd:
            return "Ghi số tiền nộp lần này."
        if vnd > month.left_vnd:
            return f"Tháng {_month(month.month)} chỉ còn phải nộp {format_vnd(month.left_vnd)}."
        return ""

    def on_action(self, action_id: str) -> None:
        if action_id == "print_again":
            again = self._last()
            if again is not None:
                self._print(again.remittance)
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        month, vnd = self.month, self.amount.value()
        if month is None or not vnd or self.lacking():
            return
        job = partial(self.ports.remit, Remit(self._command, month.month, vnd, self.reference.text()))
        run(self, self.ports.submit, job, partial(self._done, month.month, vnd), self._failed, action="remit")
        self.actions_changed.emit()

    def show_field(self, message: errors.Message) -> None:
        self.amount_field.set_error(message.text, message.code)

    # ---- inside

    def reload(self) -> None:
        """Count the months again."""
        run(self, self.ports.submit, self.ports.overview, self._on_overview, self.show_error, action="overview")

    def _on_overview(self, found: Overview) -> None:
        before = self.month.month if self.month else ""
        self.found = found
        self.model.set_rows(found.months)
        self.paid_model.set_rows(found.paid)
        self.paid.select_row(0)
        self.table.select_row(_start(found, before))
        self._take_month()

    def _take_month(self) -> None:
        month, found = self.month, self.found
        if month is None or found is None:
            return
        self.amount.set_value(month.left_vnd if month.left_vnd > 0 else None)
        self._what.setText(f"Tháng {_month(month.month)}")
        refill(
            self._lines,
            figure("Đã thu trong tháng", format_vnd(month.collected_vnd)),
            figure("Đã nộp", format_vnd(month.remitted_vnd)),
            figure("Còn phải nộp", format_vnd(month.left_vnd)),
            figure("Hạn nộp", f"{month.due_on:%d/%m/%Y}"),
            passage("Tài khoản Kho bạc", found.treasury or NO_ACCOUNT),
        )
        self._balance.setText(format_vnd(found.balance_vnd))
        self._changed()

    def _changed(self) -> None:
        self.amount_field.set_error("")
        self.actions_changed.emit()

    def _enter(self) -> None:
        self.amount.setFocus()
        self.amount.selectAll()

    def _last(self) -> Remitted | None:
        row = self.paid.current_row()
        return row if isinstance(row, Remitted) else None

    def _done(self, month: str, vnd: int, remittance: str) -> None:
        self.say("TP-44", amount_vnd=format_vnd(vnd), month=_month(month))
        self._command = self.ports.new_id()
        self.reference.clear()
        self.reload()
        self._print(remittance)
        self.table.setFocus()

    def _print(self, remittance: str) -> None:
        job = partial(self.ports.print_papers, remittance)
        run(
            self,
            self.ports.paper_submit,
            job,
            lambda _out: self.actions_changed.emit(),
            self.show_error,
            action="print",
        )

    def _failed(self, error: DeskError) -> None:
        self.actions_changed.emit()
        self.show_error(error)

    def _form(self) -> Card:
        card = Card("Nộp vào Kho bạc")
        fix_width(card, FORM)
        self._what, self._balance = label("", "bigtitle"), label("", "money", right=True)
        for part in (self._what, self.amount_field, Field("Số chứng từ Kho bạc (không bắt buộc)", self.reference)):
            card.body.addWidget(part)
            if part is self._what:
                card.body.addLayout(self._lines)
        card.body.addStretch(1)
        card.body.addWidget(label("Còn phải nộp, tất cả các tháng", "soft"))
        card.body.addWidget(self._balance)
        return card


def _start(found: Overview, before: str) -> int:
    """The month looked at before; else the oldest month that is late or due, else the newest."""
    months = [m.month for m in found.months]
    if before in months:
        return months.index(before)
    owing = [i for i, m in enumerate(found.months) if m.left_vnd > 0]
    return owing[-1] if owing else 0


def _month(month: str) -> str:
    return f"{month[5:7]}/{month[:4]}"


def _due(month: MonthAccount) -> str:
    if month.left_vnd <= 0:
        return "Đã nộp đủ" if month.collected_vnd else ""
    return f"Quá hạn {month.due_on:%d/%m}" if month.late else f"Hạn {month.due_on:%d/%m}"


def _day(at: str) -> str:
    day = date.fromisoformat(at[:10])
    return f"{day:%d/%m/%Y}"


_COLUMNS: tuple[Column[MonthAccount], ...] = (
    Column("Tháng", lambda m: _month(m.month), width=84, bold=True),
    Column("Đã thu", lambda m: format_vnd(m.collected_vnd), width=106, right=True),
    Column("Đã nộp", lambda m: format_vnd(m.remitted_vnd), width=106, right=True),
    Column("Còn phải nộp", lambda m: format_vnd(m.left_vnd), width=124, right=True, bold=True),
    Column("Hạn nộp", _due),
)
_PAID: tuple[Column[Remitted], ...] = (
    Column("Ngày", lambda r: _day(r.at), width=110),
    Column("Của tháng", lambda r: _month(r.month), width=100),
    Column("Số tiền", lambda r: format_vnd(r.amount_vnd), width=130, right=True, bold=True),
    Column("Số chứng từ", lambda r: r.reference or "chưa ghi"),
)
