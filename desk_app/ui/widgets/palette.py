"""Ctrl+K: any page, any procedure, the last dossiers, by a few letters without marks.

It lies over the window without a frame, takes the focus, and gives it back when it closes. What it lists comes from
outside: ``searched(text)`` asks, ``set_entries`` answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import Elided, across, down, frame, label
from desk_app.ui.widgets.paint import set_style

WAIT_MS = 120
WIDTH, HEIGHT = 660, 408


@dataclass(frozen=True)
class Entry:
    """One line: `group` heads it ("Trang và việc"), `cap` is a key shown at the right."""

    id: str
    group: str
    icon: str
    title: str
    detail: str = ""
    cap: str = ""


class _Line(QFrame):
    pressed = Signal()

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setProperty("pick", True)
        title = label(entry.title, "strong")
        layout = across(IconLabel(entry.icon, 20, "text"), title, margins=(16, 0, 14, 0), gap=12)
        layout.addWidget(Elided(entry.detail, "hint"), 1)
        self._enter = KeyHint([(("⏎",), "")])
        self._cap = KeyHint([((entry.cap,), "")] if entry.cap else [])
        layout.addWidget(self._cap)
        layout.addWidget(self._enter)
        self.setLayout(layout)
        self.setFixedHeight(theme().px(44))
        self.setAccessibleName(f"{entry.title}. {entry.detail}".strip())

    def set_current(self, current: bool) -> None:
        set_style(self, "current", current)
        self._enter.setVisible(current)

    def mouseReleaseEvent(self, _event: object) -> None:
        self.pressed.emit()


class Palette(QFrame):
    """``searched(text)`` · ``run_wanted(id)`` on Enter · ``side_wanted(id)`` on Ctrl+Enter."""

    searched = Signal(str)
    run_wanted = Signal(str)
    side_wanted = Signal(str)

    def __init__(self, window: QWidget, beside: QWidget | None = None) -> None:
        """`beside` (the rail) is left free: the palette lies in the middle of what remains."""
        super().__init__(window)
        self._window, self._beside = window, beside
        self._before: QWidget | None = None
        self.setObjectName("palette")
        self.setAccessibleName("Bảng lệnh")
        self.box = TextEdit("Bảng lệnh", "Gõ tên trang, thủ tục, mã hồ sơ", icon="search", cap="Esc")
        self.box.setProperty("bare", True)
        self._lines: list[_Line] = []
        self._current = 0
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        inner = QWidget()
        inner.setLayout(down(self._column, None, gap=0))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        hint = KeyHint([(("↑", "↓"), "chọn"), (("⏎",), "chạy"), (("Ctrl ⏎",), "xem bên cạnh")])
        foot = frame(across(hint, None, label("không cần gõ dấu", "muted"), margins=(16, 7, 16, 7)), strip=True)
        layout = down(self.box, frame(line="true"), self._scroll, foot, margins=(2, 2, 2, 2), gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(lambda: self.searched.emit(self.box.text()))
        self.box.textEdited.connect(lambda _text: self._wait.start())
        self.box.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it empty, with the last entries; the focus comes back where it was."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.box.clear()
        self.show()
        self._place()
        self.raise_()
        self.box.setFocus()
        self.searched.emit("")

    def close_palette(self) -> None:
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()

    def set_entries(self, entries: Sequence[Entry], nothing: str = "") -> None:
        """Show the lines under the names of their groups; the first one is current."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._lines, group = [], ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                head = label(group, "field")
                head.setContentsMargins(16, 8, 16, 2)
                self._column.addWidget(head)
                head.show()
            line = _Line(entry)
            line.pressed.connect(lambda entry_id=entry.id: self._finish(entry_id, side=False))
            self._column.addWidget(line)
            line.show()
            self._lines.append(line)
        if not entries and nothing:
            self._column.addWidget(label(nothing, "soft", wrap=True))
        self._mark(0)

    def current_id(self) -> str:
        return self._lines[self._current].entry.id if self._lines else ""

    def _mark(self, index: int) -> None:
        self._current = max(0, min(len(self._lines) - 1, index))
        for place, line in enumerate(self._lines):
            line.set_current(place == self._current)
        if self._lines:
            self._scroll.ensureWidgetVisible(self._lines[self._current], 0, 8)
            self.box.setAccessibleDescription(self._lines[self._current].accessibleName())

    def _finish(self, entry_id: str, *, side: bool) -> None:
        self.close_palette()
        (self.side_wanted if side else self.run_wanted).emit(entry_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        key = event.type() == QEvent.Type.KeyPress and watched is self.box
        override = event.type() == QEvent.Type.ShortcutOverride and watched is self.box
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc closes the palette, not a step of the page behind it
            return True
        if key and isinstance(event, QKeyEvent) and self._handled(event):
            return True
        return super().eventFilter(watched, event)

    def _handled(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}
        pressed = Qt.Key(event.key())
        if pressed in steps:
            self._mark(self._current + steps[pressed])
        elif pressed == Qt.Key.Key_Escape:
            self.close_palette()
        elif pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._wait.isActive():
                self._wait.stop()
                self.searched.emit(self.box.text())
            if self.current_id() and not event.isAutoRepeat():
                side = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self._finish(self.current_id(), side=side)
        else:
            return False
        return True

    def _place(self) -> None:
        look = theme()
        width = min(look.px(WIDTH), self._window.width() - 32)
        height = min(look.px(HEIGHT), self._window.height() - 32)
        top = min(look.px(146), self._window.height() - height - 16)
        left = self._beside.width() if self._beside is not None else 0
        self.setGeometry(left + (self._window.width() - left - width) // 2, top, width, height)
