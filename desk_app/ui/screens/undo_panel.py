"""The panel that takes a receipt back: notice or replacement when electronic, voided with minutes when paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.money import format_vnd
from desk_app.services.receipt_undo import NoteError, ReplaceReceipt, VoidReceipt
from desk_app.services.second_person import Second
from desk_app.ui.screens.right_amount import RightAmount
from desk_app.ui.screens.second_person import SecondPersonBox
from desk_app.ui.theme import theme
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import down, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

if TYPE_CHECKING:
    from desk_app.services.receipt_amount import Corrections, FeeAnswer

ERROR_KINDS = (("name", "Họ tên"), ("address", "Địa chỉ"), ("words", "Số bằng chữ"), ("other", "Khác"))
REPLACE_REASONS = (("amount", "Số tiền"), ("payer", "Người nộp"), ("tax_code", "Mã số thuế"), ("other", "Khác"))
VOID_REASONS = (("wrong_item", "Thu nhầm khoản"), ("misprint", "In hỏng"), ("wrong_text", "Ghi sai"), ("other", "Khác"))
WAYS = (("note", "Thông báo sai sót"), ("replace", "Lập biên lai thay thế"))
_WORDS = {
    "note": "Lập thông báo sai sót biên lai số {}",
    "replace": "Lập biên lai thay thế biên lai số {}",
    "void": "Xóa bỏ biên lai {}",
}


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptLine:
    """A receipt of the list. ``state``: Đã in, Chưa in, Chưa ký số, In lại n, Đã xóa bỏ, Đã thay thế.

    ``refs``: which receipts and notices belong to it, in words.
    """

    receipt: str
    symbol: str
    number: str
    time: str
    name: str
    purpose: str
    total_vnd: int
    state: str
    electronic: bool
    alive: bool
    refs: str = ""


class UndoPanel(Card):
    """``changed`` · ``entered`` (Enter in the PIN) · ``answers_wanted(receipt)``: what its amount came from, answered by
    ``set_answers`` · ``amount_wanted(receipt)``: the total for ``amount.answers``, answered by ``set_amount``."""

    changed = Signal()
    entered = Signal()
    answers_wanted = Signal(str)
    amount_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Biên lai", padded=False, parent=parent)
        self.line: ReceiptLine | None = None
        self.setFixedWidth(theme().px(420))
        self._what = label("", "soft", wrap=True)
        self.way = Segment(WAYS, "Cách sửa", "note")
        self.error_kind = Segment(ERROR_KINDS, "Nội dung sai", "name")
        self.replace_reason = Segment(REPLACE_REASONS, "Lý do thay thế")
        self.void_reason = Segment(VOID_REASONS, "Lý do xóa bỏ")
        self.first, self.right = TextEdit("Nội dung sai hoặc ghi chú"), TextEdit("Nội dung đúng")
        self.sheets = TextEdit("Số liên thu lại")
        self._first_field = Field("Ghi trên biên lai (sai)", self.first)
        self._right_field = Field("Nội dung đúng", self.right)
        self._sheets_field = Field("Số liên đã thu lại", self.sheets)
        self.second, self.amount = SecondPersonBox("Người xác nhận"), RightAmount()
        parts = down(margins=(16, 12, 16, 12), gap=8)
        for part in (
            self._what, self.way, self.error_kind, self.replace_reason, self.void_reason, self.amount,
            self._first_field, self._right_field, self._sheets_field, self.second,
        ):  # fmt: skip
            parts.addWidget(part)
        parts.addStretch(1)
        self.body.addWidget(ScrollBody(parts))
        self._connect()

    def _connect(self) -> None:
        for segment in (self.error_kind, self.void_reason):
            segment.chosen.connect(lambda _id: self.changed.emit())
        for segment in (self.way, self.replace_reason):
            segment.chosen.connect(lambda _id: self._way_chosen())
        for edit in (self.first, self.right, self.sheets):
            edit.textEdited.connect(lambda _text: self.changed.emit())
        self.amount.changed.connect(self._answered)
        self.second.changed.connect(self.changed)
        self.second.entered.connect(self.entered)

    def set_line(self, line: ReceiptLine | None) -> None:
        """Another receipt, or none; everything typed for the one before is gone."""
        self.line = line
        self.setVisible(line is not None)
        if line is not None:
            self.set_title(f"Biên lai {line.symbol} số {line.number}")
            parts = (line.name, line.purpose, format_vnd(line.total_vnd), line.refs)
            self._what.setText(" · ".join(part for part in parts if part))
            self.way.setVisible(line.electronic)
            self._way_chosen()
        for edit in (self.first, self.right, self.sheets):
            edit.clear()
        self.second.clear()

    @property
    def front(self) -> QWidget:
        """Where the keyboard begins: how it is put right."""
        return self.way if self.line is not None and self.line.electronic else self.void_reason

    @property
    def kind(self) -> str:
        """note, replace or void: by the receipt's own regime."""
        if self.line is None or not self.line.electronic:
            return "void"
        return self.way.chosen_id() or "note"

    @property
    def button_words(self) -> str:
        return _WORDS[self.kind].format(self.line.number if self.line else "")

    @property
    def lacking(self) -> str:
        """Why it can't be recorded yet; "" when it can."""
        if self.kind == "note" and not (self.first.text().strip() and self.right.text().strip()):
            return "Ghi nội dung sai và nội dung đúng."
        if self.kind == "replace" and not self.replace_reason.chosen_id():
            return "Chọn lý do thay thế."
        if self._wrong_amount and self.amount.lacking:
            return self.amount.lacking
        if self.kind == "void":
            if not self.void_reason.chosen_id():
                return "Chọn lý do xóa bỏ."
            if not self.sheets.text().strip().isdecimal():
                return "Ghi số liên đã thu lại."
        return self.second.lacking

    def command(self, id: str, second: Second) -> NoteError | ReplaceReceipt | VoidReceipt:
        """What to record, once nothing is ``lacking``."""
        assert self.line is not None
        receipt, note = self.line.receipt, self.first.text()
        if self.kind == "note":
            kind = self.error_kind.chosen_id() or "other"
            return NoteError(id, receipt, kind, note, self.right.text(), second)
        if self.kind == "replace":
            reason = self.replace_reason.chosen_id() or "other"
            answers = self.amount.answers if self._wrong_amount else {}
            return ReplaceReceipt(id, receipt, reason, note, answers, second=second)
        reason = self.void_reason.chosen_id() or "other"
        return VoidReceipt(id, receipt, reason, int(self.sheets.text()), note, second)

    def set_answers(self, receipt: str, answers: Sequence[FeeAnswer]) -> None:
        """What the amount of that receipt came from; news of a receipt that was left is dropped."""
        if self.line is not None and self.line.receipt == receipt and self._wrong_amount:
            self.amount.set_answers(answers)
            self.changed.emit()

    def set_amount(self, answers: Corrections, total_vnd: int) -> None:
        """The total for those answers; news of answers that were changed once more meanwhile is old."""
        if answers == self.amount.answers:
            self.amount.set_total(total_vnd)
            self.changed.emit()

    @property
    def _wrong_amount(self) -> bool:
        return self.kind == "replace" and self.replace_reason.chosen_id() == "amount"

    def _answered(self) -> None:
        self.changed.emit()
        if self.line is not None and self.amount.answers:
            self.amount_wanted.emit(self.line.receipt)

    def _way_chosen(self) -> None:
        kind = self.kind
        self.error_kind.setVisible(kind == "note")
        self.replace_reason.setVisible(kind == "replace")
        self.void_reason.setVisible(kind == "void")
        self.amount.setVisible(self._wrong_amount)
        self._first_field.set_name("Ghi trên biên lai (sai)" if kind == "note" else "Ghi chú (nếu cần)")
        self._right_field.setVisible(kind == "note")
        self._sheets_field.setVisible(kind == "void")
        if self._wrong_amount and self.line is not None:
            self.amount.set_receipt(self.line.total_vnd)
            self.answers_wanted.emit(self.line.receipt)
        self.changed.emit()
