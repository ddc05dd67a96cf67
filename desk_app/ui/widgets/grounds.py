"""Ctrl+I: why something is asked or costs something, the law behind it, the source, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desk_app.domain.grounds import Grounds
from desk_app.ui.theme import theme
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, frame, label

WIDTH = 460


class GroundsPanel(Card):
    """Lies over the right side of its parent; shows one thing in full and the others in short below it.

    It never takes the focus, so that the list behind it is read on with the arrow keys while the panel follows.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Căn cứ và lý do", "book-open", padded=False, parent=parent)
        self.add_header(KeyHint([(("Esc",), "đóng")]))
        self.setAutoFillBackground(True)
        self._content = QVBoxLayout()
        self._content.setContentsMargins(16, 12, 16, 12)
        self._content.setSpacing(8)
        inner = QWidget()
        inner.setLayout(self._content)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self.body.addWidget(self._area, 1)
        self._shown: tuple[Grounds, ...] = ()
        self.hide()
        parent.installEventFilter(self)

    @property
    def shown(self) -> tuple[Grounds, ...]:
        """What stands in the panel; the first in full."""
        return self._shown

    def set_grounds(self, grounds: Sequence[Grounds]) -> None:
        """Show these, the first in full; none hides the panel."""
        if not grounds:
            self.hide()
            self._shown = ()
            return
        if tuple(grounds) != self._shown:
            self._shown = tuple(grounds)
            self._fill()
        self._place()
        self.show()
        self.raise_()

    def _fill(self) -> None:
        while (item := self._content.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        first, *rest = self._shown
        self._content.addWidget(_whole(first))
        for other in rest:
            self._content.addWidget(frame(line=True))
            self._content.addWidget(_short(other))
        self._content.addStretch(1)
        self._area.verticalScrollBar().setValue(0)
        self.setAccessibleDescription(f"{first.title}. {first.why} {first.confidence}")

    def _place(self) -> None:
        parent = self.parentWidget()
        assert parent is not None
        width = min(theme().px(WIDTH), parent.width() - 24)
        self.setGeometry(QRect(parent.width() - width - 8, 8, width, max(120, parent.height() - 16)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _whole(grounds: Grounds) -> QWidget:
    made = QWidget()
    layout = down(label(grounds.title, "name", wrap=True), gap=6)
    layout.addLayout(across(_badge(grounds), None))
    layout.addWidget(label(grounds.why, wrap=True))
    for heading, lines in (
        ("Căn cứ pháp lý", grounds.basis),
        ("Ghi chú", grounds.notes),
        ("Mức tin cậy", (grounds.confidence,)),
        ("Nguồn", grounds.sources),
    ):
        if lines:
            layout.addWidget(label(heading, "field"))
            for line in lines:
                layout.addWidget(label(f"· {line}" if len(lines) > 1 else line, "soft", wrap=True))
    made.setLayout(layout)
    return made


def _short(grounds: Grounds) -> QWidget:
    made = QWidget()
    title = across(label(grounds.title, "strong", wrap=True), gap=8)
    title.setStretch(0, 1)
    if not grounds.checked:
        title.addLayout(down(_badge(grounds), None))
    made.setLayout(down(title, label(grounds.why, "hint", wrap=True), gap=3))
    return made


def _badge(grounds: Grounds) -> Badge:
    return Badge("Có nguồn", "ok", "check") if grounds.checked else Badge("Chưa kiểm chứng", "warn", "triangle-alert")
