"""The blue strip: the citizen in front of the desk stays in sight until the work is done.

The card number is masked with dots; holding Alt shows it for three seconds, and the page is told so that it is logged.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.badge import Badge, BadgeTone
from desk_app.ui.widgets.label import Elided, across, down, frame, label

REVEAL_MS = 3000


@dataclass(frozen=True)
class CitizenView:
    """What the strip shows. `before` and `after` stand around the number: "Nữ · sinh 12/04/1991 · số định danh "."""

    name: str
    before: str
    number: str
    phone: str = ""
    address: str = ""
    badges: tuple[tuple[str, BadgeTone, str], ...] = ()
    icon: str = "id-card"


def masked(number: str) -> str:
    """First three and last three digits, six dots between: 000••••••345. Short numbers keep their last two."""
    if len(number) == 12:
        return f"{number[:3]}••••••{number[-3:]}"
    return "•" * max(0, len(number) - 2) + number[-2:]


class CitizenStrip(QFrame):
    """``revealed`` when the whole number was shown."""

    revealed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("citizen")
        self._view: CitizenView | None = None
        self._icon = IconLabel("id-card", 26)
        self._name, self._line = Elided("", "name"), label("", "hint")
        self._phone, self._address = label("", "small"), Elided("", "hint")
        self._rule = frame(vline="strong")
        self._badge_row = QWidget()
        self._badges = QHBoxLayout(self._badge_row)
        self._badges.setContentsMargins(0, 0, 0, 0)
        self._badges.setSpacing(8)
        self._short = False
        who = down(None, self._name, self._line, None, gap=0)
        self._where = frame(down(None, self._phone, self._address, None, gap=0))
        layout = across(self._icon, who, self._rule, self._where, None, self._badge_row, margins=(16, 3, 16, 3), gap=18)
        layout.setStretch(3, 1)
        layout.setStretch(4, 0)
        self.setLayout(layout)
        self._hide_again = QTimer(self)
        self._hide_again.setSingleShot(True)
        self._hide_again.timeout.connect(self._mask)
        self.hide()

    def set_citizen(self, view: CitizenView | None) -> None:
        """Show this citizen; None hides the strip."""
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        self._icon.set_icon(view.icon, "text")
        self._name.setText(view.name)
        self._phone.setText(view.phone)
        self._address.setText(view.address)
        while (item := self._badges.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for text, tone, icon in view.badges:
            badge = Badge(text, tone, icon)
            self._badges.addWidget(badge)
            badge.show()
        self._mask()
        self._fit()
        self.setAccessibleName(f"Công dân: {view.name}")

    def set_short(self, short: bool) -> None:
        """Name and number only, on one line with the steps (very large text)."""
        self._short = short
        self._mask()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Without room the badges go first, then address and phone; name and number stay."""
        if self._view is None:
            return
        look = theme()
        who = max(
            look.metrics(17, bold=True).horizontalAdvance(self._view.name),
            look.metrics(13).horizontalAdvance(self._line.text()),
        )
        where = max(look.metrics(13).horizontalAdvance(self._view.phone), look.px(120))
        room = self.width() - 32 - look.px(26) - 18 - who
        has_where = bool(self._view.phone or self._view.address) and not self._short
        badges = self._badge_row.sizeHint().width() + 18
        show_where = has_where and room >= where + 37
        self._where.setVisible(show_where)
        self._rule.setVisible(show_where)
        room -= where + 37 if show_where else 0
        self._badge_row.setVisible(bool(self._view.badges) and not self._short and room >= badges)

    def reveal(self) -> None:
        """Show the whole number for three seconds."""
        if self._view is not None and self._view.number:
            self._line.setText(self._view.before + self._view.number)
            self._hide_again.start(REVEAL_MS)
            self.revealed.emit()

    def _mask(self) -> None:
        if self._view is not None:
            before = "" if self._short else self._view.before
            self._line.setText(before + masked(self._view.number))
            self._line.setToolTip("Giữ phím Alt để xem đủ số trong 3 giây. Mỗi lần xem đều ghi nhật ký.")

    def watch_alt(self, window: QWidget) -> None:
        """Listen for a held Alt anywhere in `window`."""
        window.installEventFilter(self)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Alt:
            self._on_alt(event.isAutoRepeat())
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _on_alt(self, held: bool) -> None:
        if held and self.isVisible() and not self._hide_again.isActive():
            self.reveal()
