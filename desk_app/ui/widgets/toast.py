"""Short news above the action bar: six seconds, never over the blue button, a field or an amount, never with the focus.

At the lower right where that is free; else at the lower left of the page, wider and lower; else where least is covered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.label import Sentence, across, label
from desk_app.ui.widgets.paint import announce, plain

SHOWN_MS = 6000
READ_MS = 1500  # younger news stays when another page is opened
WIDTH, SHARE = 380, 0.45  # px at 100 %, and never more of the window
WIDE = 600  # px at the lower left: fewer lines, so that less of the page is under it
AT_MOST = 3
_INPUTS = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractButton)
_AMOUNT = re.compile(r"\d[\d.]*\s*đ\b")
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
    """Keeps at most three toasts over `window`, newest lowest.

    `bottom` tells the height to keep free (action bar), `left` the width (rail).
    """

    def __init__(
        self, window: QWidget, bottom: Callable[[], int] | None = None, left: Callable[[], int] = lambda: 0
    ) -> None:
        super().__init__(window)
        self._left = left
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
        self.page_changed()  # once more when it has its style and the page below is laid out
        announce(self._window, plain(text))

    def leave_page(self) -> None:
        """Another page came to the front: news that was read does not lie over it; all of it is in the day's log."""
        for toast in [toast for toast in self._toasts if toast.age.hasExpired(READ_MS)]:
            self._drop(toast)
        self.page_changed()

    def page_changed(self) -> None:
        """What lies under the toasts is another: they make room once it is laid out."""
        if self._toasts:
            QTimer.singleShot(0, self, self._place)

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
        precious = _precious(self._window) if self._toasts else []
        columns = self._columns()
        for toast in reversed(self._toasts):
            toast.ensurePolished()
            for part in toast.findChildren(QWidget):
                part.ensurePolished()
            toast.row.invalidate()
            # min() keeps the first of equals: the usual column, where nothing lies under any.
            column = min(columns, key=lambda column: _covered(column.place(toast), precious))
            place = column.place(toast)
            newest = toast is self._toasts[-1]
            if not newest and _covered(place, precious):
                toast.hide()  # older news waits for room; all of it is in the day's log
                continue
            toast.setGeometry(place)
            toast.raise_()
            if not newest:
                toast.show()
            precious.append(place)
            column.bottom = place.top() - 8

    def _columns(self) -> list[_Column]:
        """Where toasts may stand, the usual place first."""
        look, whole = theme(), self._window.width()
        width = max(look.px(260), min(look.px(WIDTH), round(whole * SHARE)))
        width = min(width, whole - 32)
        left = self._left() + 16
        bottom = self._window.height() - self._bottom() - 12
        right = _Column(whole - width - 16, width, bottom)
        wide = min(look.px(WIDE), whole - left - 16)
        if wide < width:
            return [right]
        return [right, _Column(left, wide, bottom)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


@dataclass
class _Column:
    """A stack of toasts that grows upwards from `bottom`."""

    left: int
    width: int
    bottom: int

    def place(self, toast: Toast) -> QRect:
        height = max(toast.row.totalHeightForWidth(self.width), toast.row.totalMinimumSize().height())
        return QRect(self.left, self.bottom - height, self.width, height)


def _precious(window: QWidget) -> list[QRect]:
    """What may not be covered, in the window's places: fields, buttons and amounts that can be seen now."""
    found = []
    for part in _shown(window):
        if not (isinstance(part, _INPUTS) or _is_amount(part)):
            continue
        seen, above = QRect(part.mapTo(window, QPoint(0, 0)), part.size()), part.parentWidget()
        while above is not None and above is not window and not seen.isEmpty():
            seen = seen.intersected(QRect(above.mapTo(window, QPoint(0, 0)), above.size()))
            above = above.parentWidget()
        if not seen.isEmpty():
            found.append(seen)
    return found


def _shown(window: QWidget) -> Iterator[QWidget]:
    """What can be seen on it; below a page that is not in front nobody looks, and there are hundreds."""
    for part in window.children():
        if isinstance(part, QWidget) and part.isVisible():
            yield part
            yield from _shown(part)


def _is_amount(part: QWidget) -> bool:
    return isinstance(part, QLabel) and len(part.text()) < 24 and _AMOUNT.search(part.text()) is not None


def _covered(place: QRect, precious: list[QRect]) -> int:
    """Square pixels of what may not be covered."""
    under = (place.intersected(rect) for rect in precious)
    return sum(rect.width() * rect.height() for rect in under if not rect.isEmpty())
