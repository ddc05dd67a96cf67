"""One of a few: buttons joined side by side. Arrows move, digits choose the n-th, nothing needs to be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desk_app.ui import icons
from desk_app.ui.theme import theme

Tone = Literal["", "ok", "bad"]


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
        width = look.metrics(15, bold=True).horizontalAdvance(self.text()) + look.px(26)
        width += look.px(14) if self._tone else 0
        return QSize(max(width, look.px(self._least)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

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
        last = len(options) - 1
        for index, (_option, text) in enumerate(options):
            place = "only" if last == 0 else "first" if index == 0 else "last" if index == last else "mid"
            tone: Tone = tones[index] if index < len(tones) else ""
            part = _Part(text, tone, place, least[index] if index < len(least) else 0)
            part.setAccessibleName(f"{name}: {text}")
            part.clicked.connect(lambda _on=False, index=index: self._pick(index))
            part.installEventFilter(self)
            self._group.addButton(part, index)
            layout.addWidget(part)
        layout.addStretch(1)
        self.setAccessibleName(name)
        self.set_chosen(chosen)

    @property
    def parts(self) -> list[QPushButton]:
        return [part for part in self._group.buttons() if isinstance(part, QPushButton)]

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
        elif event.text().isdecimal() and 1 <= int(event.text()) <= len(self._ids):
            index = int(event.text()) - 1
        else:
            return False
        if self.parts[index].isEnabled():
            self._pick(index)
            self.parts[index].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
