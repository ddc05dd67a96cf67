"""The button with its key painted on it.

A button that may not act now stays reachable: it looks sunken, and pressing it (mouse, Enter or its key) says why.
While its work is under way it shows "Đang ghi…" and further presses do nothing.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyleOptionButton, QToolTip, QWidget

from desk_app.ui import icons, keys
from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import cap_width, paint_cap, paint_line, set_style

Kind = Literal["plain", "primary", "ghost", "danger"]
_INK = {"primary": "onprimary", "danger": "onbad", "ghost": "primary", "plain": "text"}


class KeyButton(QPushButton):
    """``triggered`` when it may act; ``refused(reason)`` when it may not."""

    triggered = Signal()
    refused = Signal(str)

    def __init__(
        self,
        text: str,
        key: str = "",
        kind: Kind = "plain",
        icon: str = "",
        *,
        small: bool = False,
        bind: bool = True,
        cap: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`key` is an id of ``keys.KEYS``; `bind=False` shows it without registering it; `cap` shows other words."""
        super().__init__(text, parent)
        self._key, self._kind, self._icon, self._cap = key, kind, icon, cap
        self._reason, self._busy, self._tight = "", False, False
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setProperty("off", False)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if self.cap:
            self.setAccessibleDescription(f"Phím {self.cap}")
        self.clicked.connect(self.press)
        if key and bind:
            keys.attach(self, key, self.press)

    @property
    def cap(self) -> str:
        """The words of the key cap; empty when there is none."""
        return self._cap or (keys.label(self._key) if self._key else "")

    @property
    def reason(self) -> str:
        return self._reason

    def press(self) -> None:
        """Act, or say why not."""
        if self._busy:
            return
        if self._reason:
            QToolTip.showText(self.mapToGlobal(QPoint(0, -theme().px(48))), self._reason, self)
            self.refused.emit(self._reason)
            return
        self.triggered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it like the space bar; a held Enter does not press twice."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.press()
            return
        super().keyPressEvent(event)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_reason(self, reason: str) -> None:
        """Why it may not act now; empty means it may."""
        self._reason = reason
        self.setToolTip(reason)
        self.setAccessibleDescription(reason or (f"Phím {self.cap}" if self.cap else ""))
        set_style(self, "off", bool(reason))

    def set_busy(self, busy: bool) -> None:
        """Its work is under way: the words become "Đang ghi…" and presses are ignored."""
        self._busy = busy
        self.update()

    def set_tight(self, tight: bool) -> None:
        """Less room at large text: no icon, narrow edges, smaller words; words and key stay."""
        if tight != self._tight:
            self._tight = tight
            self.updateGeometry()
            self.update()

    @property
    def is_busy(self) -> bool:
        return self._busy

    @property
    def _font_size(self) -> int:
        if self._tight or self.property("small"):
            return 14
        return 16 if self._kind == "primary" else 15

    @property
    def _shown_icon(self) -> str:
        return "" if self._tight else self._icon

    def _content_width(self, words: str) -> int:
        look = theme()
        width = look.metrics(self._font_size, bold=True).horizontalAdvance(words)
        width += look.px(26) if self._shown_icon else 0
        return width + (cap_width(self.cap) + look.px(8) if self.cap else 0)

    def sizeHint(self) -> QSize:
        edge = theme().px({"primary": 19, "ghost": 10}.get(self._kind, 11 if self.property("small") else 15))
        edge = 12 if self._tight else edge
        widest = max(self._content_width(self.text()), self._content_width("Đang ghi…"))
        if self._kind != "primary":
            widest = self._content_width(self.text())
        return QSize(widest + 2 * edge, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = ""  # the words are painted here, the ground by Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        with QPainter(self) as painter:
            off = bool(self._reason) or not self.isEnabled()
            ink = "muted" if off else _INK[self._kind]
            words = "Đang ghi…" if self._busy else self.text()
            x = (self.width() - self._content_width(words)) / 2
            middle = self.height() / 2
            if self._shown_icon:
                icons.paint(painter, self._shown_icon, x, middle - look.px(18) / 2, 18, ink)
                x += look.px(26)
            font = look.font(self._font_size, bold=True)
            width = look.metrics(self._font_size, bold=True).horizontalAdvance(words)
            paint_line(painter, QRectF(x, 0, width + 2, self.height()), words, font, look.color(ink))
            if self.cap:
                filled = self._kind in ("primary", "danger") and not off
                tint = look.color(ink if filled else "text2" if not off else "muted")
                edge = tint if filled else look.color("control")
                paint_cap(painter, x + width + look.px(8), middle, self.cap, tint, edge)


class Pill(QPushButton):
    """A filter above a table: words with a count, one of a group is on."""

    def __init__(self, text: str, icon: str = "", tint: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon, self._tint = icon, tint
        self.setCheckable(True)
        self.setProperty("pill", True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        look = theme()
        width = look.metrics(14, bold=True).horizontalAdvance(self.text()) + look.px(26)
        return QSize(width + (look.px(24) if self._icon else 0), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = ""  # the words are painted here, the ground by Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        with QPainter(self) as painter:
            on = self.isChecked()
            width = look.metrics(14, bold=on).horizontalAdvance(self.text()) + (look.px(24) if self._icon else 0)
            x = (self.width() - width) / 2
            if self._icon:
                icons.paint(
                    painter, self._icon, x, (self.height() - look.px(18)) / 2, 18, "onprimary" if on else self._tint
                )
                x += look.px(24)
            ink = look.color("onprimary" if on else "text")
            paint_line(painter, QRectF(x, 0, width, self.height()), self.text(), look.font(14, bold=on), ink)


class StateChip(QPushButton):
    """A state in the top bar (network, printer, officer): icon, words, opens the page that explains it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tint, self._cap, self._bold = "", "text2", "", False
        self.setProperty("chip", True)
        self.setProperty("sunken", False)
        self.setAutoDefault(False)
        self._name = name
        self.setAccessibleName(name)

    def set_state(self, text: str, icon: str, tint: str = "text2", *, sunken: bool = False, tip: str = "") -> None:
        self._icon, self._tint = icon, tint
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self._name}: {text}")
        set_style(self, "sunken", sunken)
        self.updateGeometry()
        self.update()

    def set_cap(self, key: str, *, bold: bool) -> None:
        self._cap, self._bold = keys.label(key), bold
        self.updateGeometry()

    @property
    def _strong(self) -> bool:
        return self._bold or bool(self.property("sunken"))

    def sizeHint(self) -> QSize:
        look = theme()
        width = look.metrics(14, bold=self._strong).horizontalAdvance(self.text()) + look.px(24)
        width += cap_width(self._cap) + look.px(6) if self._cap else 0
        return QSize(width + look.px(20 if self.property("sunken") else 2), look.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = ""  # the words are painted here, the ground by Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        with QPainter(self) as painter:
            x = look.px(10 if self.property("sunken") else 1)
            icons.paint(painter, self._icon, x, (self.height() - look.px(18)) / 2, 18, self._tint)
            x += look.px(24)
            width = look.metrics(14, bold=self._strong).horizontalAdvance(self.text())
            ink = look.color("text" if self._strong else "text2")
            box = QRectF(x, 0, width + 2, self.height())
            paint_line(painter, box, self.text(), look.font(14, bold=self._strong), ink, Qt.AlignmentFlag.AlignVCenter)
            if self._cap:
                at = x + width + look.px(6)
                paint_cap(painter, at, self.height() / 2, self._cap, look.color("text2"), look.color("control"))
