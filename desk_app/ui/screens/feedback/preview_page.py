"""A letter before it is real, as a picture of its first page; Esc goes back to what is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desk_app.ui.theme import theme
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.scroll import ScrollBody

WIDE = 820
RENDERED = 1_200  # pixels; set smaller on the screen, so that it is sharp on a fine one


class PreviewPage(QWidget):
    """Shows pixels that a service made; nothing can be changed here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper = QLabel()
        self.paper.setAccessibleName("Văn bản trả lời, bản xem trước")
        self.paper.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card = Card("Xem trước văn bản trả lời", "file-text", padded=False)
        card.add_header(label("Chưa có số, chưa ghi gì.", "hint", right=True))
        self._room = ScrollBody(down(self.paper, None, margins=(16, 12, 16, 12)))
        card.body.addWidget(self._room)
        self.setLayout(across(card, margins=(16, 12, 16, 12)))

    def show_pixels(self, rgb: bytes, width: int, height: int, stride: int) -> None:
        """The page from its top."""
        image = QImage(rgb, width, height, stride, QImage.Format.Format_RGB888).copy()
        mode = Qt.TransformationMode.SmoothTransformation
        self.paper.setPixmap(QPixmap.fromImage(image).scaledToWidth(theme().px(WIDE), mode))
        self._room.verticalScrollBar().setValue(0)
        self._room.setFocus()
