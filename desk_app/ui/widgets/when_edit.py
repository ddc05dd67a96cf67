"""When something applies, chosen and not written: always, or one question with its answer; a longer one is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.case_words import case_words
from desk_app.domain.condition import DataProblem, QuestionKind, parse
from desk_app.domain.procedure import Question
from desk_app.ui.widgets.choice import Choice
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.label import across

ALWAYS: Final = "Luôn luôn"
_KEEP: Final = "keep"
_OPS: Final = (("gte", "từ"), ("lte", "đến"), ("gt", "trên"), ("lt", "dưới"), ("is", "bằng"))


class WhenEdit(QWidget):
    """``changed()`` when another condition stands. ``value()`` is in the data form of the catalogue, None = always."""

    changed = Signal()

    def __init__(self, name: str, questions: Sequence[Question], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions = {question.id: question for question in questions}
        self._kept: Any = None
        self._about, self._answer = Choice(name), Choice(f"{name}: câu trả lời")
        self._number = TextEdit(f"{name}: số")
        layout = across(self._about, self._answer, self._number, gap=6)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._about)
        self.set_value(None)
        self._about.activated.connect(self._on_about)
        self._answer.activated.connect(lambda _index: self.changed.emit())
        self._number.textEdited.connect(lambda _text: self.changed.emit())

    def set_value(self, when: Any) -> None:
        """Show a condition; one that takes more than a question is kept as it is until another is chosen."""
        simple = self._simple(when)
        self._kept = when if when is not None and simple is None else None
        with QSignalBlocker(self._about):
            self._about.clear()
            self._about.addItem(ALWAYS, "")
            if self._kept is not None:
                self._about.addItem(f"Khi {self.words(when)}", _KEEP)
            for question in self._questions.values():
                self._about.addItem(question.text, question.id)
            wanted = _KEEP if self._kept is not None else simple[0] if simple else ""
            self._about.setCurrentIndex(max(0, self._about.findData(wanted)))
        self._fill_answers()
        if simple is not None:
            asked, op, value = simple
            if self._questions[asked].kind is QuestionKind.NUMBER:
                self._answer.setCurrentIndex(max(0, self._answer.findData(op)))
                self._number.setText(str(value))
            else:
                self._answer.setCurrentIndex(max(0, self._answer.findData(value)))

    def value(self) -> Any:
        about = self._about.currentData()
        if about == _KEEP:
            return self._kept
        question = self._questions.get(str(about))
        if question is None:
            return None
        if question.kind is QuestionKind.NUMBER:
            text = self._number.text().strip()
            return {"q": question.id, str(self._answer.currentData()): int(text) if text.isdecimal() else text}
        return {"q": question.id, "is": self._answer.currentData()}

    def words(self, when: Any) -> str:
        """The condition as a phrase; one that cannot be read says so."""
        try:
            return case_words(parse(when, self._questions), self._questions) or "trường hợp thường gặp"
        except DataProblem:
            return "điều kiện không đọc được"

    def _simple(self, when: Any) -> tuple[str, str, Any] | None:
        """Question, comparison and answer of a condition that is one leaf this form can show."""
        if not isinstance(when, Mapping) or len(when) != 2 or when.get("q") not in self._questions:
            return None
        op, value = next((str(k), v) for k, v in when.items() if k != "q")
        number = self._questions[when["q"]].kind is QuestionKind.NUMBER
        return (when["q"], op, value) if op == "is" or (number and op in dict(_OPS)) else None

    def _on_about(self, _index: int) -> None:
        self._fill_answers()
        self.changed.emit()

    def _fill_answers(self) -> None:
        question = self._questions.get(str(self._about.currentData()))
        self._answer.clear()
        self._answer.setVisible(question is not None)
        self._number.setVisible(question is not None and question.kind is QuestionKind.NUMBER)
        if question is None:
            return
        match question.kind:
            case QuestionKind.YES_NO:
                offered: list[tuple[str, Any]] = [("Có", True), ("Không", False)]
            case QuestionKind.CHOICE:
                offered = [(option.label, option.value) for option in question.options]
            case QuestionKind.NUMBER:
                offered = [(words, op) for op, words in _OPS]
        for words, value in offered:
            self._answer.addItem(words, value)
