"""Ctrl+M at the cash: the citizen's group is chosen here, by the rule of the catalogue and with the paper it asks for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.condition import Answer, questions_in
from desk_app.domain.intake import IntakeForm, IntakeView
from desk_app.ui.screens.intake.questions import QuestionBlock
from desk_app.ui.widgets.label import down, frame, label


class ExemptionPanel(QWidget):
    """``answered(question, value)`` when a group is chosen; ``closed`` when Enter or Esc ends it."""

    answered = Signal(str, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block: QuestionBlock | None = None
        self._place = QVBoxLayout()
        self._paper = label("", "hint", wrap=True)
        self._paper.setContentsMargins(14, 0, 14, 10)
        inner = frame(down(self._place, self._paper, gap=0), inset="true")
        self.setLayout(down(inner))
        self.hide()

    def open(self, question_id: str, view: IntakeView, form: IntakeForm, today: date) -> bool:
        """Ask which group; False when the procedure does not ask it now."""
        place = next((i for i, q in enumerate(view.questions) if q.id == question_id), None)
        if place is None:
            return False
        self.close_panel()
        block = QuestionBlock(view.questions[place], today)
        block.answered.connect(self._on_answered)
        self._block = block
        self._place.addWidget(block)
        block.show_answer(place + 1, form.answers.get(question_id))
        self.show()
        block.show()
        self.set_view(view, form)
        block.enter()
        return True

    def set_view(self, view: IntakeView, form: IntakeForm) -> None:
        """Show what was chosen and which paper proves it."""
        if self._block is None:
            return
        id_ = self._block.question.id
        place = next((i for i, q in enumerate(view.questions) if q.id == id_), 0)
        self._block.show_answer(place + 1, form.answers.get(id_))
        asked = [(row.document.name, row.document.when) for row in view.rows]
        proofs = [name for name, when in asked if when is not None and id_ in questions_in(when)]
        words = "Giấy tờ chứng minh: " + "; ".join(proofs) if proofs else "Danh mục không yêu cầu giấy tờ chứng minh."
        self._paper.setText(words)

    def close_panel(self) -> None:
        """Take the question away."""
        if self._block is not None:
            self._place.removeWidget(self._block)
            self._block.hide()
            self._block.deleteLater()
            self._block = None
        self.hide()

    def _on_answered(self, id_: str, value: Answer | None, go_on: bool) -> None:
        if value is not None:
            self.answered.emit(id_, value)
        if go_on:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
