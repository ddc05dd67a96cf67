"""Short news at the lower right, above the action bar: six seconds, never over the blue button or with the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.label import Sentence, across, label
from desk_app.ui.widgets.paint import announce, plain

SHOWN_MS = 6000
READ_MS = 1500  # younger news stays when another page is opened
WIDTH, SHARE = 380, 0.45  # px at 100 %, and never more of the window
AT_MOST = 3
_ICONS = {Tone.OK: "circle-check", Tone.INFO: "info", Tone.WARN: "triangle-alert", Tone.BAD: "octagon-x"}
_INKS = {Tone.OK: "ok", Tone.INFO: "primary", Tone.WARN: "warn", Tone.BAD: "bad"}


class Toast(QFrame):
    """One piece of news."""

    def __init__(self, text: str, tone: Tone, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.age = QElapsedTimer()
        self.age.start()
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
    """Keeps at most three toasts over `window`, newest lowest; `bottom` tells the height to keep free (action bar)."""

    def __init__(self, window: QWidget, bottom: Callable[[], int] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._bottom: Callable[[], int] = bottom or (lambda: theme().frame_px(64))
        self._toasts: list[Toast] = []
        self.log: list[str] = []
        window.installEventFilter(self)

    def show(self, text: str, tone: Tone = Tone.OK, code: str = "") -> None:
        """Show it for six seconds and keep it in the day's log."""
        self.log.append(f"{plain(text)} {code}".strip())
        for same in [toast for toast in self._toasts if toast.text == text]:
            self._drop(same)
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

    def leave_page(self) -> None:
        """Another page came to the front: news that was read does not lie over it; all of it is in the day's log."""
        for toast in [toast for toast in self._toasts if toast.age.hasExpired(READ_MS)]:
            self._drop(toast)

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
        width = max(look.px(260), min(look.px(WIDTH), round(self._window.width() * SHARE)))
        width = min(width, self._window.width() - 32)
        y = self._window.height() - self._bottom() - 12
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
