"""Biên lai: the receipts of a day with what became of them, and the panel that takes one back (ui.md §4.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from desk_app.domain.code import ReceiptCode, parse_code
from desk_app.domain.errors import DeskError
from desk_app.domain.money import format_vnd
from desk_app.services.receipt_undo import NoteError, ReplaceReceipt, VoidReceipt
from desk_app.services.second_person import ALONE, Second
from desk_app.ui import errors
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close_ports import Person, Submit
from desk_app.ui.screens.paper_question import PaperQuestion, UnsurePaper
from desk_app.ui.screens.undo_panel import ReceiptLine, UndoPanel
from desk_app.ui.theme import theme
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.services.receipt_amount import Corrections, FeeAnswer
    from desk_app.services.receipt_undo import Undone

UNSIGNED = "Chưa ký số"


@dataclass(frozen=True, slots=True)
class ReceiptPorts:
    """One bundle. ``seconds``: who may confirm; ``prove``, printing and ``unsure`` go through ``paper_submit``.

    ``fee_answers``: what a receipt's amount came from; ``right_amount``: the total in đồng with other answers.
    ``by_code``: the receipt of a scanned code, of any day.
    ``unsure``: sheets nobody knows about; ``answer(paper, came_out)``. ``sign``: PIN of the office's signature → how many
    receipts were signed with it; through ``paper_submit``. ``may_undo`` False: the list is only looked at.
    """

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    submit: Submit
    paper_submit: Submit
    of_day: Callable[[date], Sequence[ReceiptLine]]
    seconds: Callable[[], Sequence[Person]]
    prove: Callable[[str, str], Second]
    note_error: Callable[[NoteError], Undone]
    replace: Callable[[ReplaceReceipt], Undone]
    void: Callable[[VoidReceipt], Undone]
    print_papers: Callable[[str], object]
    fee_answers: Callable[[str], Sequence[FeeAnswer]]
    right_amount: Callable[[str, Corrections], int]
    by_code: Callable[[str], ReceiptLine]
    unsure: Callable[[], Sequence[UnsurePaper]] = tuple
    answer: Callable[[str, bool], object] = lambda _paper, _came_out: None
    sign: Callable[[str], int] = lambda _pin: 0
    may_undo: bool = True


class ReceiptsPage(Page):
    """The list, and at its right the panel of the receipt that is taken back."""

    def __init__(self, ports: ReceiptPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self._command, self._unsigned = ports.new_id(), 0
        self.model: RowsModel[ReceiptLine] = RowsModel(_COLUMNS, self)
        self.table = Table("Biên lai hôm nay")
        self.table.setModel(self.model)
        self._list = QStackedWidget()
        for page in (self.table, EmptyState("banknote", "Hôm nay chưa thu khoản nào.")):
            self._list.addWidget(page)
        card = Card("Biên lai hôm nay", "receipt-text", padded=False)
        card.body.addWidget(self._list)
        self.panel = UndoPanel()
        self.panel.hide()
        self.panel.changed.connect(self.actions_changed)
        self.panel.entered.connect(self.primary)
        self.panel.answers_wanted.connect(self._fetch_answers)
        self.panel.amount_wanted.connect(self._compute)
        self.question = PaperQuestion()
        self.question.answered.connect(self._answer)
        self.sign_card = self._sign_card()
        both = across(card, self.panel, gap=12)
        both.setStretch(0, 1)
        layout = down(self.question, self.sign_card, both, margins=(16, 12, 16, 12), gap=12)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.table.opened.connect(self.open_receipt)

    # ---- what the shell asks

    def activate(self) -> None:
        self.reload()
        self.table.setFocus()

    def bar_actions(self) -> Actions:
        if self.chosen is None:
            kept = "Số và tiền đã ghi không bao giờ bị xóa."
            say = f"Chọn biên lai, bấm Enter để sửa sai sót. {kept}" if self.ports.may_undo else kept
            again = Action("print_again", "In lại", "print_again")
            return Actions(say, None, others=(again,))
        busy = under_way(self, "undo") or under_way(self, "prove")
        primary = Action("primary", self.panel.button_words, "primary", "receipt-text", self.panel.lacking, busy)
        return Actions("Biên lai cũ vẫn còn trong sổ, hai biên lai ghi số của nhau.", primary)

    def on_scan(self, text: str) -> bool:
        """The code of a receipt opens it, of whatever day it is."""
        if not isinstance(parse_code(text), ReceiptCode):
            return False
        run(self, self.ports.submit, partial(self.ports.by_code, text), self.open_receipt, self.show_error)
        return True

    def on_action(self, action_id: str) -> None:
        if action_id == "print_again":
            row = self.table.current_row()
            if isinstance(row, ReceiptLine):
                self._print(row.receipt)
        else:
            super().on_action(action_id)

    def back(self) -> None:
        if self.chosen is not None:
            self.open_receipt(None)
        else:
            self.go.emit("today")

    def show_field(self, message: errors.Message) -> None:
        if message.code in ("TP-06", "DN-01", "DN-02", "DN-04", "DN-06"):
            self.panel.second.show_wrong(message.text, message.code)
        else:
            super().show_field(message)

    # ---- one receipt

    def reload(self) -> None:
        """Fetch the list and the people who may confirm."""
        job = partial(self.ports.of_day, self.ports.now().date())
        run(self, self.ports.submit, job, self._on_rows, self.show_error, action="of_day")
        run(self, self.ports.submit, self.ports.seconds, self._on_people, self.show_error, action="seconds")
        run(
            self, self.ports.paper_submit, self.ports.unsure, self.question.set_papers, self.show_error, action="unsure"
        )

    def open_receipt(self, line: ReceiptLine | None) -> None:
        """Show the panel for a living receipt; None closes it. What was taken back can't be taken back again."""
        if line is not None and not self.ports.may_undo:
            return
        if line is not None and not line.alive:
            self.say("TP-23", number=line.number)
            return
        self._command = self.ports.new_id()
        self.panel.set_line(line)
        self.sign_card.setVisible(line is None and self._unsigned > 0)
        (self.table if line is None else self.panel.front).setFocus()
        self.actions_changed.emit()

    @property
    def chosen(self) -> ReceiptLine | None:
        """The receipt in the panel."""
        return self.panel.line

    def primary(self) -> None:
        if self.chosen is None or self.panel.lacking:
            return
        second = self.panel.second
        if not second.officer:
            self._undo(ALONE)
            return
        job = partial(self.ports.prove, second.officer, second.pin.text())
        run(self, self.ports.paper_submit, job, self._undo, self._not_proved, action="prove")
        self.actions_changed.emit()

    def _undo(self, second: Second) -> None:
        assert self.chosen is not None
        job: Callable[[], Any]
        match self.panel.command(self._command, second):
            case NoteError() as command:
                job = partial(self.ports.note_error, command)
            case ReplaceReceipt() as command:
                job = partial(self.ports.replace, command)
            case VoidReceipt() as command:
                job = partial(self.ports.void, command)
        run(self, self.ports.submit, job, partial(self._undone, self.panel.kind), self._failed, action="undo")
        self.actions_changed.emit()

    def _undone(self, kind: str, done: Undone) -> None:
        if kind == "note":
            self.say("TP-15", number=done.old_number)
        elif kind == "void":
            self.say("TP-05", number=done.old_number, amount_vnd=format_vnd(done.refund_vnd))
        else:
            self._say_replaced(done)
        self.open_receipt(None)
        self.reload()
        self._print(done.new or done.undo)

    def _say_replaced(self, done: Undone) -> None:
        """With the money that goes back or is still to be taken."""
        numbers = {"old_number": done.old_number, "new_number": done.new_number}
        if not done.new:
            self.say("TP-62", number=done.old_number, amount_vnd=format_vnd(done.refund_vnd))
        elif done.refund_vnd:
            self.say("TP-60", **numbers, amount_vnd=format_vnd(done.refund_vnd))
        elif done.extra_vnd:
            self.say("TP-61", **numbers, amount_vnd=format_vnd(done.extra_vnd))
        else:
            self.say("TP-14", **numbers)

    def _print(self, about: str) -> None:
        job = partial(self.ports.print_papers, about)
        run(self, self.ports.paper_submit, job, lambda _out: self.reload(), self.show_error, action="print")

    def _answer(self, paper: str, came_out: bool) -> None:
        job = partial(self.ports.answer, paper, came_out)
        run(self, self.ports.paper_submit, job, lambda _done: self.reload(), self.show_error, action="answer")

    def _sign(self) -> None:
        job = partial(self.ports.sign, self.sign_pin.text())
        if self.sign_pin.text():
            run(self, self.ports.paper_submit, job, self._signed, self.show_error, action="sign")

    def _signed(self, count: int) -> None:
        self.sign_pin.clear()
        self.toast.emit(f"Đã ký số {count} biên lai.", Tone.OK, "")
        self.notice_gone.emit("TP-12")
        self.reload()

    def _fetch_answers(self, receipt: str) -> None:
        job = partial(self.ports.fee_answers, receipt)
        done = partial(self.panel.set_answers, receipt)
        run(self, self.ports.submit, job, done, self.show_error, action=f"answers {receipt}")

    def _compute(self, receipt: str) -> None:
        """An answer is another: the amount follows from the catalogue."""
        answers = self.panel.amount.answers
        job = partial(self.ports.right_amount, receipt, answers)
        done = partial(self.panel.set_amount, answers)
        run(self, self.ports.submit, job, done, self.show_error, action=f"amount {answers}")

    def _not_proved(self, error: DeskError) -> None:
        message = errors.message_of(error)
        self.panel.second.show_wrong(message.text, message.code)
        self.actions_changed.emit()

    def _failed(self, error: DeskError) -> None:
        self.actions_changed.emit()
        self.show_error(error)

    def _on_rows(self, rows: Sequence[ReceiptLine]) -> None:
        self.model.set_rows(rows)
        self._list.setCurrentIndex(0 if rows else 1)
        self._unsigned = sum(row.state == UNSIGNED for row in rows)
        self.sign_card.setVisible(self._unsigned > 0 and self.chosen is None)
        self._sign_words.setText(
            f"{self._unsigned} biên lai chưa ký số. Cắm thiết bị, nhập mã PIN chứng thư rồi bấm Ký lại."
        )
        if rows:
            self.table.select_row(0)

    def _on_people(self, people: Sequence[Person]) -> None:
        self.panel.second.set_people(people)

    # ---- drawing

    def _sign_card(self) -> Card:
        card = Card()
        self._sign_words = label("", "say", wrap=True)
        self.sign_pin = TextEdit("Mã PIN chứng thư số", "Mã PIN chứng thư", icon="lock")
        self.sign_pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.sign_pin.setMaximumWidth(theme().px(220))
        self.sign_pin.returnPressed.connect(self._sign)
        button = KeyButton("Ký lại", small=True)
        button.triggered.connect(self._sign)
        line = across(self._sign_words, self.sign_pin, button, gap=10)
        line.setStretch(0, 1)
        card.body.addLayout(line)
        card.hide()
        return card


_COLUMNS: tuple[Column[ReceiptLine], ...] = (
    Column("Số", lambda r: f"{r.symbol} {r.number}", width=140),
    Column("Giờ", lambda r: r.time, width=72),
    Column("Người nộp", lambda r: r.name, width=170, tip=lambda r: r.name),
    Column("Nội dung", lambda r: f"{r.refs}. {r.purpose}" if r.refs else r.purpose, tip=lambda r: r.refs or r.purpose),
    Column("Số tiền", lambda r: format_vnd(r.total_vnd), width=112, right=True, bold=True),
    Column("Trạng thái", lambda r: r.state, width=124),
)
