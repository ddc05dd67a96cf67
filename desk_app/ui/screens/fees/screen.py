"""Thu phí: scan the slip, F9; below, the receipts of the day. No amount can be typed but the cash given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.errors import DeskError
from desk_app.domain.money import format_vnd
from desk_app.services.cashier import CollectFee
from desk_app.ui import errors, keys
from desk_app.ui.forms.cash import Payment, collect_words
from desk_app.ui.forms.plan import total_due
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.fees.ports import FeePorts, Owed, Receipt
from desk_app.ui.screens.intake.fee_card import FeeCard
from desk_app.ui.screens.intake.ports import Printing, Series
from desk_app.ui.theme import fix_width
from desk_app.ui.tone import Tone
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.banner import Notice
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import Elided, across, down, frame, label
from desk_app.ui.widgets.qr import QrView
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.services.cashier import Collected
    from desk_app.services.transfer import TransferCode

RIGHT = 372


class FeesPage(Page):
    """``collected(dossier)`` after a receipt was issued; ``stopped`` each time the numbers were looked at."""

    collected = Signal(str)
    stopped = Signal(bool)

    def __init__(self, ports: FeePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.owed: Owed | None = None
        self.payment: Payment | None = None
        self._series: Series | None = None
        self._command = ports.new_id()
        self._no_code = ""
        waiting = Card("Thu phí, lệ phí", padded=False)
        fix_width(waiting, RIGHT)
        waiting.body.addWidget(EmptyState("banknote", "Quét giấy hẹn, hoặc gõ mã hồ sơ ở ô phía trên."))
        self._right = QStackedWidget()
        fix_width(self._right, RIGHT)
        self._right.addWidget(waiting)
        self._name, self._line = Elided("", "bigtitle"), label("", "soft", wrap=True)
        self._head = self._head_card()
        self.model: RowsModel[Receipt] = RowsModel(self._columns(), self)
        self.table = Table("Biên lai hôm nay")
        self.table.setModel(self.model)
        self.choice: RowsModel[Owed] = RowsModel(
            [
                Column("Mã hồ sơ", lambda o: o.code, width=200),
                Column("Người nộp", lambda o: o.name, width=180),
                Column("Thủ tục", lambda o: o.procedure, tip=lambda o: o.procedure),
            ],
            self,
        )
        self.choices = Table("Hồ sơ tìm thấy")
        self.choices.setModel(self.choice)
        self._list = QStackedWidget()
        self._title, self._sum = Card("Biên lai hôm nay", "receipt-text", padded=False), label("", "hint")
        left = down(self._head, self._list_card(), gap=12)
        left.setStretch(1, 1)
        layout = across(margins=(16, 12, 16, 12), gap=12)
        layout.addLayout(left, 1)
        layout.addWidget(self._right)
        self.setLayout(layout)
        self.choices.opened.connect(self.open_owed)
        self._show()

    @cached_property
    def fee(self) -> FeeCard:
        """What is owed and how it is paid; built when it is wanted, or ahead."""
        with unwatched():
            fee = FeeCard(self._right)
            fix_width(fee, RIGHT)
            self._right.addWidget(fee)
        fee.cash_typed.connect(lambda vnd: self._pay(given=vnd))
        fee.method_chosen.connect(lambda id_: self._pay(method=id_))
        fee.transfer_seen.connect(lambda seen: self._pay(transfer_seen=seen))
        return fee

    # ---- what the shell asks

    def build_more(self) -> bool:
        if "fee" in self.__dict__:
            return False
        return self.fee is not None

    def activate(self) -> None:
        self._reload()
        self._enter()

    def on_scan(self, text: str) -> bool:
        code = parse_code(text)
        if isinstance(code, SlipCode) and code.kind is SlipKind.ACCEPTANCE:
            job = partial(self.ports.by_slip, code.digits)
            run(self, self.ports.submit, job, self.open_owed, self.show_error, action="slip")
            return True
        return False

    def on_search(self, text: str) -> bool:
        run(self, self.ports.submit, partial(self.ports.find, text), self._found, self.show_error, action="find")
        return True

    def bar_actions(self) -> Actions:
        stopped = self._series.stopped if self._series else ""
        paid = self.owed.paid_vnd if self.owed else 0
        button, say, why = collect_words(self.payment, paid_vnd=paid, stopped=stopped)
        primary = Action("primary", button, "primary", "printer", why, under_way(self, "collect"))
        return Actions(say, primary, others=(Action("print_again", "In lại", "print_again"),))

    def on_action(self, action_id: str) -> None:
        if action_id == "print_again":
            self._print_again()
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        if self.owed is None or self.payment is None:
            return
        command = CollectFee(self._command, self.owed.dossier, self.payment.method, self.reference.text())
        job = partial(self.ports.collect, command)
        run(self, self.ports.submit, job, partial(self._collected, self.owed), self._failed, action="collect")
        self.actions_changed.emit()

    def back(self) -> None:
        if self._list.currentIndex() == 2:
            self._list.setCurrentIndex(0)
            self._enter()
        elif self.owed is not None:
            self.open_owed(None)
        else:
            self.go.emit("today")

    # ---- one fee

    def open_dossier(self, dossier: str) -> None:
        """Come from the list of dossiers."""
        job = partial(self.ports.by_dossier, dossier)
        run(self, self.ports.submit, job, self.open_owed, self.show_error, action="open")

    def open_owed(self, owed: Owed | None) -> None:
        """Show the fee of this dossier; None shows none."""
        self.owed = owed
        self._command = self.ports.new_id()
        self.payment = Payment(total_due(owed.fee)) if owed else None
        self.reference.clear()
        self._list.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._show()
        self._enter()

    def _pay(self, **fields: object) -> None:
        if self.payment is not None:
            self.payment = replace(self.payment, **fields)  # type: ignore[arg-type]
            self._show()

    def _show(self) -> None:
        self._head.setVisible(self.owed is not None)
        if self.owed is None or self.payment is None:
            self._right.setCurrentIndex(0)
        else:
            owed, payment = self.owed, self.payment
            self._name.setText(owed.name)
            paid = f" · đã thu {format_vnd(owed.paid_vnd)}" if owed.paid_vnd else ""
            self._line.setText(f"{owed.procedure} · {owed.code}{paid}")
            self.fee.set_quote(owed.fee, owed.variant, self.ports.catalogue_version, self._series)
            self.fee.set_payment(
                payment.method, payment.given, payment.change, seen=payment.transfer_seen, too_little=payment.too_little
            )
            self._right.setCurrentWidget(self.fee)
        self._show_transfer()
        self.actions_changed.emit()

    def _enter(self) -> None:
        if self.owed is not None and self.fee.cash.isVisible():
            self.fee.cash.setFocus()
        else:
            self.table.setFocus()

    def _found(self, found: Sequence[Owed]) -> None:
        if len(found) == 1:
            self.open_owed(found[0])
        elif found:
            self.choice.set_rows(found)
            self._list.setCurrentIndex(2)
            self.choices.select_row(0)
            self.choices.setFocus()
        else:
            words = "Không thấy hồ sơ khớp. Thử 4 số cuối của mã hoặc họ tên không dấu."
            self.toast.emit(words, Tone.INFO, "")

    def _collected(self, owed: Owed, done: Collected) -> None:
        if done.repeated:
            self.say("TP-11", number=done.number)
        else:
            self.say("TP-01", amount_vnd=done.total_vnd, series=done.symbol, number=done.number)
        self.open_owed(None)
        self._reload()
        self._print(done.receipt)
        self.collected.emit(owed.dossier)

    def _failed(self, error: DeskError) -> None:
        self.actions_changed.emit()
        self.show_error(error)

    # ---- receipts of the day

    def _columns(self) -> list[Column[Receipt]]:
        return [
            Column("Số", lambda r: f"{r.symbol} {r.number}", width=130),
            Column("Giờ", lambda r: r.issued_at[11:16], width=72),
            Column("Người nộp", lambda r: r.name, width=158, tip=lambda r: r.name),
            Column("Nội dung", lambda r: self.ports.purpose(r), tip=lambda r: self.ports.purpose(r)),
            Column("Số tiền", lambda r: format_vnd(r.total_vnd), width=112, right=True, bold=True),
            Column("Trạng thái", lambda r: self.ports.state(r), width=104),
        ]

    def _head_card(self) -> Card:
        card = Card(padded=False)
        self._qr, self._account = QrView(), label("", "soft", wrap=True)
        self.reference = TextEdit("Mã giao dịch ngân hàng", "ghi theo tin báo có, nếu có")
        self._reference = Field("Mã giao dịch ngân hàng", self.reference)
        words = down(self._name, self._line, self._account, self._reference, None, gap=3)
        layout = across(words, self._qr, margins=(16, 12, 16, 12), gap=12)
        layout.setStretch(0, 1)
        card.body.addLayout(layout)
        for part in (self._qr, self._account, self._reference):
            part.hide()
        return card

    def _show_transfer(self) -> None:
        """The bank's code beside the payer while the fee is paid by transfer."""
        wanted = self.owed is not None and self.payment is not None and self.payment.method == "transfer"
        self._reference.setVisible(wanted)
        code_for = self.ports.transfer_code
        if not wanted or code_for is None or self.owed is None:
            self._qr.hide()
            self._account.hide()
        elif not self._qr.isVisible():
            job = partial(code_for, self.owed.dossier)
            if self._no_code != self.owed.dossier:
                run(self, self.ports.submit, job, self._on_code, self._on_no_code, action="code")

    def _on_no_code(self, error: DeskError) -> None:
        """Said once for a dossier: cash is still taken."""
        self._no_code = self.owed.dossier if self.owed else ""
        self.show_error(error)

    def _on_code(self, code: TransferCode) -> None:
        if self.payment is None or self.payment.method != "transfer":
            return
        words = f"Chuyển khoản {format_vnd(code.amount_vnd)} vào {code.account}, {code.owner}. Nội dung: {code.purpose}"
        self._qr.set_rows(code.rows, words)
        self._account.setText(words)
        self._qr.show()
        self._account.show()

    def _list_card(self) -> Card:
        for page in (self.table, EmptyState("banknote", "Hôm nay chưa thu khoản nào."), self.choices):
            self._list.addWidget(page)
        card = self._title
        card.body.addWidget(self._list)
        hints = KeyHint([(("↑", "↓"), "chọn"), ((keys.label("print_again"),), "in lại")])
        card.set_footer(frame(across(self._sum, None, hints, margins=(14, 6, 14, 6))), line=False)
        return card

    def _reload(self) -> None:
        ports = self.ports
        job = partial(ports.of_day, ports.now().date())
        run(self, ports.submit, job, self._on_receipts, self.show_error, action="of_day")
        run(self, ports.submit, ports.series, self._on_series, self.show_error, action="series")

    def _on_receipts(self, receipts: Sequence[Receipt]) -> None:
        self.model.set_rows(receipts)
        self.table.select_row(0)
        if self._list.currentIndex() != 2:
            self._list.setCurrentIndex(0 if receipts else 1)
        total = sum(receipt.total_vnd for receipt in receipts)
        self._sum.setText(f"{len(receipts)} biên lai, {format_vnd(total)}" if receipts else "")

    def _on_series(self, series: Series) -> None:
        self._series = series
        self.stopped.emit(bool(series.stopped))
        if series.stopped:
            why = errors.message("TP-09")
            self.notice.emit(Notice("TP-09", Tone.BAD, why.text, why.title, "TP-09", icon="lock"))
        else:
            self.notice_gone.emit("TP-09")
        self._show()

    def _print_again(self) -> None:
        row = self.table.current_row()
        if row is None:
            self.toast.emit("Chọn một biên lai trong danh sách rồi bấm Ctrl P.", Tone.INFO, "")
        else:
            self._print(row.receipt)  # type: ignore[attr-defined]

    def _print(self, about: str) -> None:
        job = partial(self.ports.print_papers, about)
        run(
            self,
            self.ports.paper_submit or self.ports.submit,
            job,
            self._printed,
            self.show_error,
            action=f"print {about}",
        )

    def _printed(self, printing: Printing) -> None:
        if printing.saved_as:
            self.say("IN-04", file=printing.saved_as)
        elif printing.sheets:
            self.say("IN-01", n=printing.sheets, printer=printing.printer)
