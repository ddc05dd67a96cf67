"""Ctrl B over the catalogue: which part of a procedure is wrong, and what should stand there; a few words, no person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desk_app.services.catalogue_mistakes import PARTS
from desk_app.ui.theme import theme
from desk_app.ui.widgets.choice import Choice
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.label import down, frame, label

if TYPE_CHECKING:
    from desk_app.services.catalogue_mistakes import Mistake


class MistakeForm(QWidget):
    """``edited()`` whenever something was typed; nothing is sent before the page says so."""

    edited = Signal()

    def __init__(self, title: str, before: Sequence[Mistake], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part, self._text = Choice("Phần bị sai"), QPlainTextEdit()
        self._part.set_choices([(part, part) for part in PARTS])
        self._text.setAccessibleName("Sai ở đâu, đúng phải thế nào")
        self._text.setPlaceholderText("Sai ở đâu, đúng phải thế nào, theo văn bản nào")
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(theme().px(150))
        self._field = Field("Sai ở đâu, đúng phải thế nào", self._text)
        self._text.textChanged.connect(self.edited)
        parts: list[QWidget] = [
            label("Báo sai sót của danh mục", "name", wrap=True),
            label(title, "soft", wrap=True),
            Field("Phần bị sai", self._part),
            self._field,
            label(
                "Không ghi tên, số giấy tờ hay số điện thoại của ai. Nội dung được gửi lên cấp trên.", "hint", wrap=True
            ),
        ]
        if before:
            parts += [frame(line=True), label("Đã báo trước đây", "strong")]
        for mistake in before:
            head = f"{mistake.at:%d/%m/%Y}, {mistake.officer}: {mistake.part}"
            parts += [label(head, "hint", wrap=True), label(mistake.text, wrap=True)]
        self.setLayout(down(*parts, None, gap=8))
        self.setFocusProxy(self._part)

    @property
    def part(self) -> str:
        return self._part.chosen

    @property
    def text(self) -> str:
        return self._text.toPlainText().strip()

    def set_error(self, text: str) -> None:
        """What keeps it from being sent."""
        self._field.set_error(text)
        self._text.setFocus()
