"""The rail at the left: one stop for Tab, arrows inside, icon above key when it is folded."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui import icons, keys
from desk_app.ui.theme import theme
from desk_app.ui.widgets.label import down, frame, label
from desk_app.ui.widgets.paint import cap_width, paint_cap, paint_line

WIDE, FOLDED = 176, 64


class RailItem(QAbstractButton):
    """A page of the rail: icon, words, key."""

    def __init__(self, icon: str, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._key, self._count = icon, key, 0
        self.folded = False
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setAccessibleDescription(f"Phím {keys.label(key)}")
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        keys.attach(self, key, self.click)

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px(WIDE), min(look.px(46), 70) if not self.folded else min(look.px(50), 70))

    def minimumSizeHint(self) -> QSize:
        return QSize(FOLDED, min(self.sizeHint().height(), 40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, on = theme(), self.isChecked()
        with QPainter(self) as painter:
            if on:
                painter.fillRect(self.rect(), look.color("railsel"))
                painter.fillRect(0, 0, 4, self.height(), look.color("gold"))
            ink = look.color("white") if on else look.color("railtext")
            cap = keys.label(self._key)
            if self.folded:
                self._paint_folded(painter, ink, cap)
            else:
                middle = self.height() / 2
                icons.paint(painter, self._icon, 16, middle - look.px(20) / 2, 20, "white" if on else "railtext")
                left = 16 + look.px(20) + 9
                box = QRectF(left, 0, self.width() - left, self.height())
                paint_line(painter, box, self.text(), look.font(15, bold=on), ink)
                width = cap_width(cap)
                paint_cap(painter, self.width() - width - 9, middle, cap, look.color("railmut"), look.color("railedge"))
            if self.hasFocus():
                painter.setPen(look.color("gold"))
                painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _paint_folded(self, painter: QPainter, ink: QColor, cap: str) -> None:
        look = theme()
        side = look.px(20)
        size = 12 if look.px(12) <= 20 else round(20 * 100 / look.scale)
        height = look.metrics(size, bold=True).height()
        top = max(2, (self.height() - side - height) / 2)
        name = "white" if self.isChecked() else "railtext"
        icons.paint(painter, self._icon, (self.width() - side) / 2, top, 20, name)
        box = QRectF(0, top + side, self.width(), height)
        tint = ink if self.isChecked() else look.color("railmut")
        paint_line(painter, box, cap, look.font(size, bold=True), tint, Qt.AlignmentFlag.AlignCenter)


class Rail(QFrame):
    """Head with the office and desk, items, and a foot group under a line. ``chosen(id)`` when an item is pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("Các trang")
        self._unit, self._desk = label("", "railname"), label("", "railplace")
        self._head = frame(down(self._unit, self._desk, margins=(14, 2, 8, 10), gap=0))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._items: dict[str, RailItem] = {}
        self._separator = frame(line="true")
        self._separator.setStyleSheet("background: #2A4560; min-height: 1px; max-height: 1px;")
        self._top, self._bottom = QVBoxLayout(), QVBoxLayout()
        for part in (self._top, self._bottom):
            part.setSpacing(0)
        holder = down(self._separator, margins=(14, 6, 14, 6))
        self.setLayout(down(self._head, self._top, None, holder, self._bottom, margins=(0, 8, 0, 8), gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.fold(True)

    def set_place(self, unit: str, desk: str) -> None:
        self._unit.setText(unit)
        self._desk.setText(desk)

    def add(self, page_id: str, icon: str, text: str, key: str, *, bottom: bool = False) -> RailItem:
        item = RailItem(icon, text, key)
        item.clicked.connect(lambda _on=False, page_id=page_id: self.chosen.emit(page_id))
        self._group.addButton(item)
        self._items[page_id] = item
        (self._bottom if bottom else self._top).addWidget(item)
        return item

    def set_current(self, page_id: str) -> None:
        item = self._items[page_id]
        item.setChecked(True)
        for other in self._items.values():  # one stop for Tab: the current page
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is item else Qt.FocusPolicy.ClickFocus)

    def fold(self, folded: bool) -> None:
        """Icon above key, 64 px wide; the head is not shown."""
        self._head.setVisible(not folded)
        self._separator.setVisible(not folded)
        for item in self._items.values():
            item.folded = folded
            item.setToolTip(item.text() if folded else "")
            item.updateGeometry()
        self.setFixedWidth((max(FOLDED, 72) if theme().folds else FOLDED) if folded else theme().px(WIDE))

    @property
    def items(self) -> dict[str, RailItem]:
        return self._items

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        order = list(self._items.values())
        focused = [index for index, item in enumerate(order) if item.hasFocus()]
        if step and focused:
            order[(focused[0] + step) % len(order)].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus(event.reason())
