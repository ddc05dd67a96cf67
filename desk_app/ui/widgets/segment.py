"""One of a few: buttons joined side by side. Arrows move, digits choose the n-th, nothing needs to be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.theme import theme
from desk_app.ui.widgets.digits import DigitPause
from desk_app.ui.widgets.paint import set_style

Tone = Literal["", "ok", "bad"]
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class _Part(QPushButton):
    def __init__(self, text: str, tone: Tone, place: str, least: int) -> None:
        super().__init__(text)
        self._tone, self._least = tone, least
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("seg", place)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show_icon)

    def sizeHint(self) -> QSize:  # bold of a checked part is not in Qt's own hint: reserve it
        look = theme()
        width = look.metrics(14, bold=True).horizontalAdvance(self.text())
        width += look.px(16) + 20 if self._tone else 28
        return QSize(max(width, look.px(self._least)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_tone"):
            self._show_icon(self.isChecked())

    def _show_icon(self, on: bool) -> None:
        if not self._tone:
            return
        name, tint = ("check", "ok") if self._tone == "ok" else ("x", "onbad")
        side = theme().px(16)
        self.setIconSize(QSize(side, side))
        self.setIcon(icons.icon(name, 16, tint) if on else icons.no_icon())


class Segment(QWidget):
    """``chosen(id)`` when the officer picks another part. `options` are (id, words)."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        name: str,
        chosen: str | None = None,
        *,
        tones: Sequence[Tone] = (),
        least: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ids = [option for option, _text in options]
        self._name = name
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._layout, self._stacked = layout, False
        self._places: list[str] = []
        self._digits = DigitPause(self)
        self._digits.chosen.connect(lambda digit: self._choose(digit - 1))
        layout.setAlignment(Qt.AlignmentFlag.AlignLeft)
        last = len(options) - 1
        for index, (_option, text) in enumerate(options):
            place = "only" if last == 0 else "first" if index == 0 else "last" if index == last else "mid"
            tone: Tone = tones[index] if index < len(tones) else ""
            self._places.append(place)
            part = _Part(text, tone, place, least[index] if index < len(least) else 0)
            part.setAccessibleName(f"{name}: {text}")
            part.clicked.connect(lambda _on=False, index=index: self._pick(index))
            part.installEventFilter(self)
            self._group.addButton(part, index)
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.set_chosen(chosen)

    @property
    def parts(self) -> list[QPushButton]:
        return [part for part in self._group.buttons() if isinstance(part, QPushButton)]

    def sizeHint(self) -> QSize:
        return QSize(self._width_across(), self._height_of(self._stacked))

    def minimumSizeHint(self) -> QSize:
        """Parts that do not fit side by side stand one under another; none is ever cut."""
        widest = max(part.sizeHint().width() for part in self.parts)
        return QSize(widest, self._height_of(self._stacked))

    def _width_across(self) -> int:
        return sum(part.sizeHint().width() for part in self.parts)

    def _height_of(self, stacked: bool) -> int:
        heights = [part.sizeHint().height() for part in self.parts]
        return sum(heights) + 4 * (len(heights) - 1) if stacked else max(heights)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() < self._width_across())

    def _arrange(self, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(way)
        self._layout.setSpacing(4 if stacked else 0)
        for part, place in zip(self.parts, self._places, strict=True):
            set_style(part, "seg", "only" if stacked else place)
        self.updateGeometry()

    def chosen_id(self) -> str | None:
        index = self._group.checkedId()
        return self._ids[index] if index >= 0 else None

    def set_chosen(self, option: str | None) -> None:
        """Show what is chosen; None shows nothing chosen. Emits nothing."""
        self._group.setExclusive(False)
        for own, part in zip(self._ids, self.parts, strict=True):
            part.setChecked(own == option)
        self._group.setExclusive(True)
        stop = option if option in self._ids else self._ids[0]
        for own, part in zip(self._ids, self.parts, strict=True):  # one stop for Tab
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if own == stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.parts[self._ids.index(stop)])

    def set_part_reason(self, option: str, reason: str) -> None:
        """Switch one part off with a reason, or on again with an empty one."""
        part = self.parts[self._ids.index(option)]
        part.setEnabled(not reason)
        part.setToolTip(reason)

    def _pick(self, index: int) -> None:
        self.set_chosen(self._ids[index])
        self.chosen.emit(self._ids[index])

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._moved(event):
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _moved(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        focused = next((index for index, part in enumerate(self.parts) if part.hasFocus()), 0)
        if step:
            index = max(0, min(len(self._ids) - 1, focused + step))
        elif len(event.text()) == 1 and event.text() in "0123456789" and not event.modifiers() & _CHORDS:
            self._digits.press(int(event.text()))
            return True
        else:
            return False
        self._choose(index)
        return True

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._ids) and self.parts[index].isEnabled():
            self._pick(index)
            self.parts[index].setFocus(Qt.FocusReason.OtherFocusReason)
