"""Which answer made the amount wrong: the questions of the fee with what was answered, and the amount that follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desk_app.domain.money import format_vnd
from desk_app.ui.forms.intake import options
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import clear, down, label

if TYPE_CHECKING:
    from desk_app.services.receipt_amount import FeeAnswer

Answer = bool | int | str
NOTHING = "Biên lai này không tính từ câu trả lời nào trên máy. Chọn lý do khác, ghi rõ nội dung sai."


class RightAmount(QWidget):
    """``changed`` when an answer was changed: ``answers`` holds the changed ones, and the amount is not known yet."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: dict[tuple[str, str], Answer] = {}
        self._now: dict[tuple[str, str], Answer | None] = {}
        self._old = 0
        self.total: int | None = None
        self.editors: list[QComboBox | TextEdit] = []
        self._fields = QVBoxLayout()
        self._fields.setSpacing(6)
        self._words = label("", "strong", wrap=True)
        self.setLayout(down(self._fields, self._words, gap=6))

    def set_receipt(self, total_vnd: int) -> None:
        """Another receipt: nothing is known of it yet."""
        self._old, self.total = total_vnd, None
        self.set_answers(())
        self._words.setText("")

    def set_answers(self, answers: Sequence[FeeAnswer]) -> None:
        """Ask what the fee came from; several dossiers name themselves."""
        clear(self._fields)
        self._given, self._now, self.editors = {}, {}, []
        several = len({answer.code for answer in answers}) > 1
        for answer in answers:
            key = (answer.dossier, answer.question.id)
            self._given[key] = self._now[key] = answer.answer
            words = f"{answer.code}: {answer.question.text}" if several else answer.question.text
            editor = self._editor(key, answer, words)
            self.editors.append(editor)
            self._fields.addWidget(Field(words, editor))
        self._words.setText("" if answers else NOTHING)

    @property
    def answers(self) -> dict[str, dict[str, Answer]]:
        """The answers that are another now, by dossier."""
        found: dict[str, dict[str, Answer]] = {}
        for key, value in self._now.items():
            if value is not None and value != self._given[key]:
                found.setdefault(key[0], {})[key[1]] = value
        return found

    def set_total(self, total_vnd: int) -> None:
        """The amount that follows, and what it means for the citizen."""
        self.total = total_vnd
        difference = self._old - total_vnd
        said = f"Đúng phải thu {format_vnd(total_vnd)} (đã thu {format_vnd(self._old)}). "
        if not total_vnd:
            said += "Trả lại toàn bộ, lập thông báo sai sót 04/SS-CTĐT, không lập biên lai mới."
        elif difference > 0:
            said += f"Trả lại công dân {format_vnd(difference)}."
        elif difference < 0:
            said += f"Thu thêm {format_vnd(-difference)}."
        self._words.setText(said)

    @property
    def lacking(self) -> str:
        """Why the receipt can't be replaced yet; "" when it can."""
        if None in self._now.values():
            return "Gõ một số nguyên."
        if not self.answers:
            return "Sửa câu trả lời làm sai số tiền." if self._given else NOTHING
        if self.total is None:
            return "Đang tính lại số tiền."
        return "Số tiền tính lại bằng số đã thu." if self.total == self._old else ""

    def _editor(self, key: tuple[str, str], answer: FeeAnswer, words: str) -> QComboBox | TextEdit:
        choices = options(answer.question)
        if not choices:
            edit = TextEdit(words)
            edit.setText(str(answer.answer))
            edit.textEdited.connect(lambda text: self._changed(key, int(text) if _is_count(text) else None))
            return edit
        combo = QComboBox()
        combo.setAccessibleName(words)
        for value, text in choices:
            combo.addItem(text, value)
        combo.setCurrentIndex(next((i for i, (value, _) in enumerate(choices) if value == answer.answer), -1))
        combo.currentIndexChanged.connect(lambda index: self._changed(key, choices[index][0]))
        return combo

    def _changed(self, key: tuple[str, str], value: Answer | None) -> None:
        self._now[key] = value
        self.total = None
        self._words.setText("")
        self.changed.emit()


def _is_count(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) <= 5
