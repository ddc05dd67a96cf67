"""The right card while somebody speaks: what it is, and who handles it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.feedback import IN_BOOK, FeedbackClass
from desk_app.domain.feedback_form import FeedbackForm
from desk_app.ui.screens.feedback.parts import ClassList, People
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody

EARLY = "Chọn sớm: từ lúc đó máy mới lưu nháp. Tố cáo thì không lưu chữ nào."
KEPT = "Danh sách không có người bị phản ánh và người đã tiếp nhận hồ sơ."
PANELS = {
    FeedbackClass.DENUNCIATION: (
        "Nội dung này là tố cáo, không thuộc phản ánh, kiến nghị. Máy không lưu nội dung. Bấm F9 để in phiếu hướng dẫn "
        "nơi gửi; đơn giấy thì niêm phong, chuyển người đứng đầu. PA-03"
    ),
    FeedbackClass.COMPLAINT: (
        "Khiếu nại không thuộc phản ánh, kiến nghị. Bấm F9 để in phiếu hướng dẫn nơi nộp đơn; nội dung không vào sổ."
    ),
}


class ClassCard(Card):
    """``classed(FeedbackClass)`` · ``handler_chosen(id)``."""

    classed = Signal(object)
    handler_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Phân loại", padded=False, parent=parent)
        self.add_header(KeyHint([(("1", "…", "5"), "chọn")]))
        self.classes = ClassList()
        self.handler = People("Giao xử lý", "Chọn người xử lý")
        self._field = Field("Giao xử lý", self.handler)
        self._note = label("", "hint", wrap=True)
        self._panel = label("", "strong", wrap=True)
        panel = down(self._panel, margins=(12, 10, 12, 10))
        self._panel_frame = frame(panel, banner="warn")
        self.body.addWidget(
            ScrollBody(
                down(
                    self.classes, frame(line=True), self._panel_frame, self._field, self._note, None,
                    margins=(16, 12, 16, 12), gap=10,
                )
            )
        )  # fmt: skip
        self.classes.chosen.connect(self.classed)
        self.handler.picked.connect(self.handler_chosen)

    def show_form(self, form: FeedbackForm, transfer_by: str) -> None:
        """What is chosen, and what it means for the rest."""
        kind = form.feedback_class
        self.classes.show_class(kind, transfer_by)
        words = PANELS.get(kind, "") if kind else ""
        self._panel.setText(words)
        self._panel_frame.setVisible(bool(words))
        in_book = kind in IN_BOOK
        self._field.setVisible(in_book)
        self._note.setText(KEPT if in_book else EARLY if kind is None else "")

    def set_handlers(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        self.handler.set_people(people, chosen)
