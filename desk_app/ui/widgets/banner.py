"""At most one banner under the top bar: the gravest wins, the others are counted.

It is in the layout and pushes the page down; it never covers anything, and it stays until its cause is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.label import Sentence, across, down, label
from desk_app.ui.widgets.paint import announce, plain, set_style

_ICONS = {Tone.OK: "circle-check", Tone.INFO: "info", Tone.WARN: "triangle-alert", Tone.BAD: "octagon-x"}
_INKS = {Tone.OK: "ok", Tone.INFO: "primary", Tone.WARN: "warn", Tone.BAD: "bad"}


@dataclass(frozen=True)
class Notice:
    """A banner. `key` names its cause (usually the code): raising it again replaces it, clearing it removes it."""

    key: str
    tone: Tone
    text: str
    title: str = ""
    code: str = ""
    action: str = ""
    icon: str = ""


class Banner(QFrame):
    """``acted(key)`` when its button is pressed."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: dict[str, Notice] = {}
        self._icon = IconLabel("info", 20)
        self._title, self._text = label("", "name"), Sentence()
        self._more = label("", "small")
        self._button = KeyButton("", small=True)
        self._button.triggered.connect(self._act)
        words = down(None, self._title, self._text, None, gap=0)
        layout = across(self._icon, words, self._more, self._button, margins=(16, 8, 16, 8), gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def raise_notice(self, notice: Notice) -> None:
        """Show it, or keep it behind a graver one."""
        self._notices.pop(notice.key, None)
        self._notices[notice.key] = notice
        self._show_gravest()
        announce(self, f"{notice.title} {plain(notice.text)}".strip())

    def clear_notice(self, key: str) -> None:
        """Its cause is gone."""
        if self._notices.pop(key, None) is not None:
            self._show_gravest()

    def clear_all(self) -> None:
        self._notices.clear()
        self._show_gravest()

    @property
    def shown(self) -> Notice | None:
        """The notice in sight: the gravest, and of equals the newest."""
        newest_first = list(reversed(self._notices.values()))
        return max(newest_first, key=lambda notice: notice.tone.rank) if newest_first else None

    def _show_gravest(self) -> None:
        notice = self.shown
        self.setVisible(notice is not None)
        if notice is None:
            return
        set_style(self, "banner", notice.tone.value)
        self._icon.set_icon(notice.icon or _ICONS[notice.tone], _INKS[notice.tone])
        self._title.setText(notice.title)
        self._title.setVisible(bool(notice.title))
        self._text.set_text(f"{notice.text} {notice.code}".strip())
        others = len(self._notices) - 1
        self._more.setText(f"và {others} thông báo khác" if others else "")
        self._button.setVisible(bool(notice.action))
        self._button.set_text(notice.action)
        self.setAccessibleName(f"{notice.title} {plain(notice.text)} {notice.code}".strip())

    def _act(self) -> None:
        if self.shown is not None:
            self.acted.emit(self.shown.key)
