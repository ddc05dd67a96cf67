"""A search box with its hits in the page under it: no pop-up, no completion, nothing that an input method disturbs.

Arrows move in the list while the box keeps the focus; Enter takes the current hit; digits choose one of the usual
ones while the box is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import keys
from desk_app.ui.theme import theme
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.flow import FlowLayout
from desk_app.ui.widgets.label import label
from desk_app.ui.widgets.paint import cap_width, paint_cap, paint_line

WAIT_MS = 120
ROW = 42
Index = QModelIndex | QPersistentModelIndex
_HIT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Hit:
    """A hit: `marks` are positions in `title` to underline; `cells` stand at the right, the last one bold."""

    id: str
    title: str
    marks: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    badge: str = ""


class _Hits(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((hit.title, *filter(None, hit.cells), *filter(None, (hit.badge,))))
        return hit if role == _HIT else None


class _HitDelegate(QStyledItemDelegate):
    WIDTHS = (142, 132, 106)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = theme(), QRectF(option.rect)  # type: ignore[attr-defined]
        hit = index.data(_HIT)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        painter.fillRect(box, look.color("primaryt" if chosen else "surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.color("line"))
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height() - 1), look.color("primary"))
            at = box.right() - look.px(14) - cap_width("⏎")
            paint_cap(painter, at, box.center().y(), "⏎", look.color("text2"), look.color("control"))
        right = self._paint_cells(painter, box, hit)
        self._paint_title(painter, QRectF(box.left() + 18, box.top(), right - box.left() - 30, box.height()), hit)
        painter.restore()

    def _paint_cells(self, painter: QPainter, box: QRectF, hit: Hit) -> float:
        look = theme()
        right = box.right() - look.px(60)
        for place in range(len(hit.cells) - 1, -1, -1):
            last = place == len(hit.cells) - 1
            width = look.px(self.WIDTHS[min(place, len(self.WIDTHS) - 1)])
            cell = QRectF(right - width, box.top(), width, box.height())
            align = Qt.AlignmentFlag.AlignVCenter
            align |= Qt.AlignmentFlag.AlignRight if last else Qt.AlignmentFlag.AlignLeft
            font = look.font(15 if not last else 15, bold=last)
            metrics = look.metrics(15, bold=last)
            words = metrics.elidedText(hit.cells[place], Qt.TextElideMode.ElideRight, int(width) - 4)
            paint_line(painter, cell, words, font, look.color("text2" if place == 0 else "text"), align)
            right -= width
        if hit.badge:
            width = look.metrics(13, bold=True).horizontalAdvance(hit.badge) + look.px(16)
            tint = QRectF(right - width - 12, box.center().y() - look.px(11), width, look.px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("warnt"))
            painter.drawRoundedRect(tint, 4, 4)
            centre = Qt.AlignmentFlag.AlignCenter
            paint_line(painter, tint, hit.badge, look.font(13, bold=True), look.color("warn"), centre)
            right -= width + 12
        return right

    def _paint_title(self, painter: QPainter, box: QRectF, hit: Hit) -> None:
        look, metrics = theme(), theme().metrics(15, bold=True)
        words = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, int(box.width()))
        paint_line(painter, box, words, look.font(15, bold=True), look.color("text"))
        base = box.center().y() + metrics.ascent() / 2 + look.px(3)
        for place in hit.marks:
            if place < len(words) and (len(words) == len(hit.title) or place < len(words) - 1):
                left = metrics.horizontalAdvance(words[:place])
                width = metrics.horizontalAdvance(words[place])
                painter.fillRect(QRectF(box.left() + left, base, width, 2), look.color("primary"))


class _Usual(QAbstractButton):
    """A usual procedure: digit and short name in a frame."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self._number = str(number)
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(f"Phím {number} khi ô tìm còn trống")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.metrics(14).horizontalAdvance(self.text()) + cap_width(self._number) + look.px(24), look.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color("control"))
        painter.setBrush(look.color("sunken" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        x = look.px(8)
        x += paint_cap(painter, x, self.height() / 2, self._number, look.color("text2"), look.color("control"))
        x += look.px(6)
        paint_line(painter, QRectF(x, 0, self.width() - x, self.height()), self.text(), look.font(14), look.color("text"))


class SearchList(QWidget):
    """``searched(text)`` 120 ms after typing · ``chosen(id)`` · ``browse_wanted`` (Ctrl+↓) · ``current_changed(id)``."""

    searched = Signal(str)
    chosen = Signal(str)
    current_changed = Signal(str)
    browse_wanted = Signal()

    def __init__(
        self, name: str, placeholder: str = "", unit: str = "", usual_title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._unit = unit
        self._usual: tuple[tuple[str, str], ...] = ()
        self.box = TextEdit(name, placeholder, icon="search")
        self.box.setProperty("search", True)
        self._model = _Hits(self)
        self.view = QListView()
        self.view.setAccessibleName(f"Kết quả: {name}")
        self.view.setModel(self._model)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(lambda index: self._take(index))
        self.view.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit(self.current_id()))
        self._none = label("", "soft", wrap=True)
        self._none.setContentsMargins(18, 12, 18, 12)
        self._none.hide()
        self._usual_title = label(usual_title, "field")
        self._usual_row = QWidget()
        self._flow = FlowLayout(self._usual_row, gap=8)
        self._usual_box = QWidget()
        usual = QVBoxLayout(self._usual_box)
        usual.setContentsMargins(16, 8, 16, 12)
        usual.setSpacing(6)
        usual.addWidget(self._usual_title)
        usual.addWidget(self._usual_row)
        self._usual_box.hide()
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        top.addWidget(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._none)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._usual_box)
        self.setFocusProxy(self.box)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._search)
        self.box.textEdited.connect(lambda _text: self._wait.start())
        self.box.installEventFilter(self)
        keys.attach(self, "browse", self.browse_wanted.emit)

    def set_hits(self, hits: Sequence[Hit], nothing: str = "") -> None:
        """Show the hits, the first one current; `nothing` is said when there is none."""
        self._model.set_hits(hits)
        self._none.setText(nothing)
        self._none.setVisible(not hits and bool(nothing))
        self.box.set_note(f"{len(hits)} {self._unit}" if self._unit and self.box.text() else "")
        if hits:
            self.view.setCurrentIndex(self._model.index(0, 0))

    def set_usual(self, usual: Sequence[tuple[str, str]]) -> None:
        """The desk's most used, (id, short name), at most nine, numbered from 1."""
        self._usual = tuple(usual[:9])
        self._flow.clear()
        for number, (_id, text) in enumerate(self._usual, 1):
            button = _Usual(number, text)
            button.clicked.connect(lambda _on=False, number=number: self._take_usual(number))
            self._flow.addWidget(button)
        self._usual_box.setVisible(bool(self._usual))

    def hits(self) -> tuple[Hit, ...]:
        return self._model.hits

    def current_id(self) -> str:
        index = self.view.currentIndex()
        return self._model.hits[index.row()].id if index.isValid() and index.row() < len(self._model.hits) else ""

    def clear(self) -> None:
        self._wait.stop()
        self.box.clear()
        self.set_hits(())

    def take_current(self) -> None:
        """Take the current hit, after searching for what was typed last."""
        if self._wait.isActive():
            self._wait.stop()
            self._search()
        if self.current_id():
            self.chosen.emit(self.current_id())

    def _search(self) -> None:
        self.searched.emit(self.box.text())

    def _take(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self.chosen.emit(self.current_id())

    def _take_usual(self, number: int) -> None:
        if number <= len(self._usual):
            self.chosen.emit(self._usual[number - 1][0])

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._handled(event):
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _handled(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        pressed = Qt.Key(event.key())
        if pressed in steps:
            self._move(steps[pressed])
            return True
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.take_current()
            return True
        digit = event.text()
        if not self.box.text() and len(digit) == 1 and digit in "123456789" and int(digit) <= len(self._usual):
            self._take_usual(int(digit))
            return True
        return False

    def _move(self, step: int) -> None:
        count = len(self._model.hits)
        if count:
            row = max(0, min(count - 1, self.view.currentIndex().row() + step))
            self.view.setCurrentIndex(self._model.index(row, 0))


