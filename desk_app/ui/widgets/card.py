"""A card: white ground, 1 px line, a header that is a line of words, a body."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.widgets.label import across, down, frame, label


class Card(QFrame):
    """`body` takes the content; ``add_header`` puts widgets at the right of the title, ``set_footer`` under a line."""

    def __init__(self, title: str = "", icon: str = "", *, padded: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self._title = label(title, "cardtitle")
        self.near, self.far = QHBoxLayout(), QHBoxLayout()
        for part in (self.near, self.far):
            part.setSpacing(8)
        head = across(margins=(16, 0, 16, 0), gap=10)
        if icon:
            head.addWidget(IconLabel(icon, 20))
        head.addWidget(self._title)
        head.addLayout(self.near)
        head.addStretch(1)
        head.addLayout(self.far)
        self.head = frame(head, cardhead=True)
        if not title:  # setVisible(True) before there is a parent would flash a window of its own
            self.head.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.body.setContentsMargins(*((16, 12, 16, 12) if padded else (0, 0, 0, 0)))
        self._outer = down(self.head, margins=(1, 1, 1, 1), gap=0)
        self._outer.addLayout(self.body, 1)
        self.setLayout(self._outer)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)
        if not title:  # setVisible(True) before there is a parent would flash a window of its own
            self.head.hide()

    def add_header(self, *widgets: QWidget, near: bool = False) -> None:
        """Widgets in the header: beside the title with `near`, else at the right end."""
        for widget in widgets:
            (self.near if near else self.far).addWidget(widget)

    def set_footer(self, content: QFrame, *, line: bool = True) -> None:
        content.setProperty("cardfoot", line)
        self._outer.addWidget(content)
