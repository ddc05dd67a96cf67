"""Has the paper come out? Asked after a crash or a failed print, answered with 1 or 2 (TP-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui import errors
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.label import across, label


@dataclass(frozen=True, slots=True)
class UnsurePaper:
    """A sheet nobody knows about: ``number`` of its receipt, "" for another paper with its ``title``."""

    paper: str
    number: str
    title: str


class PaperQuestion(Card):
    """``answered(paper, came_out)``; hidden while there is nothing to ask."""

    answered = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._papers: tuple[UnsurePaper, ...] = ()
        self._text = label("", "say", wrap=True)
        self.yes = KeyButton("Giấy đã ra", cap="1", small=True)
        self.no = KeyButton("Chưa ra, in bản sao", cap="2", small=True)
        self.yes.triggered.connect(lambda: self._answer(came_out=True))
        self.no.triggered.connect(lambda: self._answer(came_out=False))
        line = across(self._text, self.yes, self.no, gap=10)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def set_papers(self, papers: Sequence[UnsurePaper]) -> None:
        """Ask about the first; the others follow."""
        self._papers = tuple(papers)
        self.setVisible(bool(self._papers))
        if self._papers:
            first = self._papers[0]
            message = errors.message("TP-03", number=first.number)
            other = f"Máy tắt khi đang in {first.title}. Giấy đã ra chưa? Đã ra: bấm 1. Chưa ra: bấm 2 để in bản sao."
            self._text.setText(f"{message.text} {message.code}" if first.number else f"{other} TP-03")
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_1, Qt.Key.Key_2):
            self._answer(came_out=event.key() == Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def _answer(self, *, came_out: bool) -> None:
        if self._papers:
            self.answered.emit(self._papers[0].paper, came_out)
