"""Short news at the lower right, above the action bar: six seconds, never over the blue button or with the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.label import Sentence, across, label
from desk_app.ui.widgets.paint import announce, plain

SHOWN_MS = 6000
AT_MOST = 3
_ICONS = {Tone.OK: "circle-check", Tone.INFO: "info", Tone.WARN: "triangle-alert", Tone.BAD: "octagon-x"}
_INKS = {Tone.OK: "ok", Tone.INFO: "primary", Tone.WARN: "warn", Tone.BAD: "bad"}


class Toast(QFrame):
    """One piece of news."""

    def __init__(self, text: str, tone: Tone, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.setProperty("toast", True)
        self.setProperty("tone", tone.value)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = Sentence(text)
        layout = across(IconLabel(_ICONS[tone], 20, _INKS[tone]), words, label(code, "muted"), margins=(14, 10, 14, 10))
        layout.setStretch(1, 1)
        self.row = layout
        self.setLayout(layout)
        self.setAccessibleName(plain(text))


class Toaster(QObject):
    """Keeps at most three toasts over `window`, newest lowest; `bottom` is the height to keep free."""

    def __init__(self, window: QWidget, bottom: int = 64) -> None:
        super().__init__(window)
        self._window, self._bottom = window, bottom
        self._toasts: list[Toast] = []
        self.log: list[str] = []
        window.installEventFilter(self)

    def show(self, text: str, tone: Tone = Tone.OK, code: str = "") -> None:
        """Show it for six seconds and keep it in the day's log."""
        self.log.append(f"{plain(text)} {code}".strip())
        toast = Toast(text, tone, code, self._window)
        self._toasts.append(toast)
        while len(self._toasts) > AT_MOST:
            self._drop(self._toasts[0])
        timer = QTimer(toast)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._drop(toast))
        timer.start(SHOWN_MS)
        self._place()
        toast.show()
        announce(self._window, plain(text))

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(plain(toast.text) for toast in self._toasts)

    def _drop(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        look = theme()
        width = min(look.px(460), self._window.width() - 32)
        y = self._window.height() - look.px(self._bottom) - 12
        for toast in reversed(self._toasts):
            toast.ensurePolished()
            for part in toast.findChildren(QWidget):
                part.ensurePolished()
            toast.row.invalidate()
            height = max(toast.row.totalHeightForWidth(width), toast.row.totalMinimumSize().height())
            y -= height
            toast.setGeometry(self._window.width() - width - 16, y, width, height)
            toast.raise_()
            y -= 8

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
