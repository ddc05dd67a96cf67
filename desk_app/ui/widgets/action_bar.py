"""The bar at the bottom: back, one plain sentence of what will happen, other actions, the blue F9."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton, Kind
from desk_app.ui.widgets.label import Sentence, across, down
from desk_app.ui.widgets.paint import plain, set_style


@dataclass(frozen=True)
class Action:
    """A button of the bar. `key` is an id of ``keys.KEYS``; a `reason` means it may not act now, and why."""

    id: str
    text: str
    key: str = ""
    icon: str = ""
    reason: str = ""
    busy: bool = False
    kind: Kind = "plain"


@dataclass(frozen=True)
class Actions:
    """Content of the bar. `sentence` may hold ``**bold**`` parts."""

    sentence: str = ""
    primary: Action | None = None
    back: Action | None = field(default_factory=lambda: Action("back", "Quay lại", "back"))
    others: tuple[Action, ...] = ()


class ActionBar(QFrame):
    """``triggered(id)`` for an action that may act; ``refused(reason)`` for one that may not.

    ``sentence_moved(text)``: the sentence has no room in the bar and is to stand above the page; empty: it is back.
    """

    triggered = Signal(str)
    refused = Signal(str)
    sentence_moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actionbar")
        self.setAccessibleName("Thao tác")
        self.setProperty("rows", "1")
        self._left, self._right, self._upper = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for part in (self._left, self._right, self._upper):
            part.setSpacing(12)
        self._upper.addStretch(1)
        self._say = Sentence("", "say")
        self._say.setMinimumWidth(0)
        self._say.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sentence, self._moved = "", ""
        row = across(gap=12)
        row.addLayout(self._left)
        row.addWidget(self._say, 1)
        row.addLayout(self._right)
        layout = down(margins=(16, 6, 16, 6), gap=8)
        layout.addLayout(self._upper)
        layout.addLayout(row, 1)
        self.setLayout(layout)
        self._buttons: dict[str, KeyButton] = {}
        self._others: list[KeyButton] = []
        self._shape: tuple[tuple[str, str, str, str], ...] = ()
        self._shown: Actions | None = None

    def set_actions(self, actions: Actions) -> None:
        """Show these; buttons that stay the same keep their focus."""
        if actions == self._shown:  # pages say so at every key
            return
        self._shown = actions
        others = list(actions.others)
        ends = (
            [action for action in (actions.back,) if action] + others + ([actions.primary] if actions.primary else [])
        )
        shape = tuple(
            (action.id, action.key, action.icon, "primary" if action is actions.primary else action.kind)
            for action in ends
        )
        if shape != self._shape:
            self._rebuild(actions, shape)
        for action in ends:
            button = self._buttons[action.id]
            button.set_text(action.text)
            button.set_reason(action.reason)
            button.set_busy(action.busy)
        self._sentence = actions.sentence
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_shape"):
            self._fit()

    def _fit(self) -> None:
        """Two lines beside the buttons, else two small ones, else above the page."""
        look, words = theme(), plain(self._sentence)
        room = self.width() - self._arrange() - 32

        def fits(size: int, lines: int) -> bool:
            metrics = look.metrics(size)
            box = metrics.boundingRect(QRect(0, 0, max(1, room - look.px(16)), 10_000), Qt.TextFlag.TextWordWrap, words)
            return room > look.px(140) and box.height() <= metrics.lineSpacing() * lines + 2

        role = "say" if fits(14, 2) else "hint" if fits(13, 2) else ""
        moved = "" if role and not look.merges else self._sentence
        set_style(self._say, "role", role or "say")
        self._say.set_text("" if moved else self._sentence)
        if moved != self._moved:
            self._moved = moved
            self.sentence_moved.emit(moved)

    def _arrange(self) -> int:
        """Put the buttons so that none is cut; the width they take in the lower row.

        Large text makes them tight; what still has no room stands in a row of its own above.
        """
        buttons, room = list(self._buttons.values()), self.width() - 32

        def width() -> int:
            return sum(button.sizeHint().width() + 12 for button in buttons if button not in upper)

        upper: list[KeyButton] = []
        for button in buttons:
            button.set_tight(False)
        if width() > room:
            for button in buttons:
                button.set_tight(True)
        if width() > room:
            upper = self._others
        for button in self._others:
            where = self._upper if upper else self._right
            if where.indexOf(button) < 0:
                (self._right if upper else self._upper).removeWidget(button)
                where.insertWidget(where.count() if upper else self._others.index(button), button)
        set_style(self, "rows", "2" if upper else "1")
        return width()

    def button(self, action_id: str) -> KeyButton | None:
        return self._buttons.get(action_id)

    def press(self, action_id: str) -> None:
        if (button := self._buttons.get(action_id)) is not None:
            button.press()

    def _rebuild(self, actions: Actions, shape: tuple[tuple[str, str, str, str], ...]) -> None:
        for button in self._buttons.values():
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._buttons.clear()
        self._others = []
        self._shape = shape
        if actions.back:
            self._add(actions.back, self._left, actions.back.kind)
        for action in actions.others:
            self._others.append(self._add(action, self._right, action.kind))
        if actions.primary:
            self._add(actions.primary, self._right, "primary")

    def _add(self, action: Action, where: QHBoxLayout, kind: Kind) -> KeyButton:
        button = KeyButton(action.text, action.key, kind, action.icon)
        button.triggered.connect(lambda action_id=action.id: self.triggered.emit(action_id))
        button.refused.connect(self.refused)
        self._buttons[action.id] = button
        where.addWidget(button)
        button.show()  # now, not with the next event: its key is live at once
        return button
