"""A search box with its hits in the page under it: no pop-up, no completion, nothing that an input method disturbs.

Arrows move in the list while the box keeps the focus; Enter takes the current hit; digits choose one of the usual
ones while the box is empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QListView, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui import keys
from desk_app.ui.theme import theme
from desk_app.ui.widgets.digits import DigitPause
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.flow import FlowLayout
from desk_app.ui.widgets.hits import Hit, HitDelegate, HitsModel
from desk_app.ui.widgets.label import frame, label
from desk_app.ui.widgets.paint import cap_width, paint_cap, paint_line

WAIT_MS = 120


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
        return QSize(
            look.metrics(14).horizontalAdvance(self.text()) + cap_width(self._number) + look.px(21), look.px(36)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look.color("control"))
            painter.setBrush(look.color("sunken" if self.underMouse() else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            x = look.px(7)
            x += paint_cap(painter, x, self.height() / 2, self._number, look.color("text2"), look.color("control"))
            x += look.px(6)
            paint_line(
                painter, QRectF(x, 0, self.width() - x, self.height()), self.text(), look.font(14), look.color("text")
            )


class SearchList(QWidget):
    """``searched(text)`` 120 ms after typing · ``chosen(id)`` · ``browse_wanted`` (Ctrl+↓) · ``current_changed(id)``.

    ``hits`` are ``Hit`` values of ``widgets.hits``.
    """

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
        self._model = HitsModel(self)
        self.view = QListView()
        self.view.setAccessibleName(f"Kết quả: {name}")
        self.view.setModel(self._model)
        self.view.setItemDelegate(HitDelegate(self.view))
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
        layout.addWidget(frame(line=True))
        layout.addWidget(self._none)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._usual_box)
        self.setFocusProxy(self.box)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._search)
        self.box.textEdited.connect(self._on_typed)
        self._digits = DigitPause(self)
        self._digits.chosen.connect(self._on_digit)
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
        return False

    def _on_typed(self, text: str) -> None:
        """A digit alone in the box chooses a usual one, unless more follows at once (a reader's burst)."""
        if len(text) == 1 and text in "123456789" and int(text) <= len(self._usual):
            self._digits.press(int(text))
        self._wait.start()

    def _on_digit(self, digit: int) -> None:
        if self.box.text() == str(digit):
            self._wait.stop()
            self.box.clear()
            self._take_usual(digit)

    def _move(self, step: int) -> None:
        count = len(self._model.hits)
        if count:
            row = max(0, min(count - 1, self.view.currentIndex().row() + step))
            self.view.setCurrentIndex(self._model.index(row, 0))
