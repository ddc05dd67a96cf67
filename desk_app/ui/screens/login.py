"""Log-in and lock screen: choose a name, type the PIN. Shown before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.paint import paint_line
from desk_app.ui.widgets.pin import PASSPHRASE_NAME, PIN_NAME, PinEdit
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.training import TrainingStrip

Officer = tuple[str, str, str, str]


class OfficerTile(QAbstractButton):
    """An officer: initials in a circle, name, role; 48 px high."""

    def __init__(self, name: str, role: str, initials: str) -> None:
        super().__init__()
        self._role, self._initials = role, initials
        self.setText(name)
        self.setCheckable(True)
        self.setAccessibleName(f"{name}, {role}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(66 if theme().folds else 52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, on = theme(), self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = "focus" if self.hasFocus() else "primary" if on else "line"
            width = 2 if on or self.hasFocus() else 1
            painter.setPen(QPen(look.color(edge), width))
            painter.setBrush(look.color("primaryt" if on else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 6, 6)
            side = look.px(34)
            circle = QRectF(look.px(10), (self.height() - side) / 2, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("primary" if on else "sunken"))
            painter.drawEllipse(circle)
            ink = look.color("onprimary" if on else "text2")
            paint_line(painter, circle, self._initials, look.font(14, bold=True), ink, Qt.AlignmentFlag.AlignCenter)
            left = circle.right() + look.px(12)
            self._paint_words(painter, left)

    def _paint_words(self, painter: QPainter, left: float) -> None:
        """Name and role side by side; at large text the role stands under the name."""
        look, height = theme(), self.height()
        role_width = look.metrics(13).horizontalAdvance(self._role)
        role_left = left if look.folds else self.width() - role_width - look.px(14)
        top, high = (height / 2, height / 2 - look.px(6)) if look.folds else (0, height)
        role = QRectF(role_left, top, role_width + 2, high)
        paint_line(painter, role, self._role, look.font(13), look.color("text2"))
        room = int((self.width() - look.px(10) if look.folds else role_left) - left - 8)
        name = look.metrics(15, bold=True).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        box = QRectF(left, look.px(6) if look.folds else 0, room + 2, high)
        paint_line(painter, box, name, look.font(15, bold=True), look.color("text"))


class LoginScreen(QWidget):
    """``login_requested(officer_id, pin)``. Also the lock screen: ``set_locked`` says whose draft is kept.

    A PIN and Enter typed before there is a list of officers are kept and sent once it is there.
    """

    login_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._officers: tuple[Officer, ...] = ()
        self._passphrases: frozenset[str] = frozenset()
        self._early = False  # Enter was pressed before anybody could be chosen
        self._group = QButtonGroup(self)
        self._unit, self._desk = label("", "onrailtitle", wrap=True), label("", "onrail")
        self._promise = label("Dữ liệu lưu đủ trên máy này. Không có mạng, quầy vẫn làm việc.", "onrail", wrap=True)
        side = frame(
            down(
                label("Một Cửa Desk", "onrailname"),
                None,
                self._unit,
                self._desk,
                None,
                self._promise,
                margins=(32, 24, 32, 32),
                gap=8,
            ),
            "rail",
        )
        self.training = TrainingStrip()
        self.training.hide()
        self._kept = label("", "soft", wrap=True)
        self._hint = label("", "hint", wrap=True)
        self._tiles = QVBoxLayout()
        self._tiles.setSpacing(8)
        self.pin = PinEdit()
        self._field = Field(PIN_NAME, self.pin)
        self.button = KeyButton("Vào làm việc", "primary", "primary", "arrow-right")
        card = Card("Chọn tên rồi nhập mã PIN", "user")
        card.add_header(KeyHint([(("↑", "↓"), "chọn tên")]))
        kept, hint = across(IconLabel("archive", 18, "ok")), across(IconLabel("graduation-cap", 18, "train"))
        kept.addWidget(self._kept, 1)
        hint.addWidget(self._hint, 1)
        self._kept_row, self._hint_row = frame(kept), frame(hint)
        self._kept_row.hide()
        self._hint_row.hide()
        for part in (self._kept_row, self._tiles, 4, self._field, self._hint_row, 4, self.button):
            if isinstance(part, QWidget):
                card.body.addWidget(part)
            elif isinstance(part, int):
                card.body.addSpacing(part)
            else:
                card.body.addLayout(part)
        card.body.setContentsMargins(20, 16, 20, 20)
        self._card = card
        middle = across(None, card, None, margins=(24, 16, 24, 16))
        middle.setStretch(1, 4)
        self._halves = across(side, gap=0)
        self._halves.addWidget(ScrollBody(down(None, middle, None, gap=0)), 3)
        layout = down(self.training, gap=0)
        layout.addLayout(self._halves, 1)
        self._fit()
        self.setLayout(layout)
        self.button.triggered.connect(self._submit)
        self.button.refused.connect(self._refused)
        self.pin.entered.connect(lambda _pin: self.button.press())
        self.pin.typed.connect(self._on_typed)
        self._on_typed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_halves"):
            self._fit()

    def _fit(self) -> None:
        """Large text gives the names the room of the blue side."""
        self._halves.setStretch(0, 1 if theme().folds else 2)
        self._card.setMaximumWidth(theme().px(480))

    def set_place(self, unit: str, desk: str) -> None:
        """Name of the office and of the desk, at the left."""
        self._unit.setText(unit)
        self._desk.setText(desk)

    def set_officers(self, officers: Sequence[Officer], chosen: str = "") -> None:
        """(id, name, role, initials) for each; `chosen` is who logged in last, else who is chosen now, else the first.

        What was typed stays; when Enter was pressed before there was anybody, it counts now.
        """
        chosen = chosen or self.officer_id()
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._officers = tuple(officers)
        ids = [officer[0] for officer in officers]
        for index, (_id, name, role, initials) in enumerate(officers):
            tile = OfficerTile(name, role, initials)
            tile.clicked.connect(self._fit_secret)
            tile.clicked.connect(self.pin.setFocus)
            self._group.addButton(tile, index)
            self._tiles.addWidget(tile)
        if officers:
            self._group.button(ids.index(chosen) if chosen in ids else 0).setChecked(True)
        self._fit_secret()
        if officers and self._early:
            self._early = False
            self.set_busy(False)
            self._submit()

    def set_passphrases(self, officers: Collection[str]) -> None:
        """Ids of those who type a passphrase in place of a PIN, because this machine has no key store."""
        self._passphrases = frozenset(officers)
        self._fit_secret()

    def _fit_secret(self) -> None:
        """The field takes what the officer who is chosen has to type."""
        passphrase = self.officer_id() in self._passphrases
        self.pin.set_passphrase(passphrase)
        name = PASSPHRASE_NAME if passphrase else PIN_NAME
        self._field.set_name(name)
        self._card.set_title("Chọn tên rồi nhập cụm mật khẩu" if passphrase else "Chọn tên rồi nhập mã PIN")
        self._on_typed()

    def set_training(self, pin: str) -> None:
        """The training commune: strip on top, and its PIN is no secret."""
        self.training.setVisible(bool(pin))
        self._hint.setText(f"PIN tập huấn: {pin}")
        self._hint_row.setVisible(bool(pin))

    def set_locked(self, name: str = "") -> None:
        """Locked: whose draft is kept. Empty: an ordinary log-in."""
        self._kept.setText(f"Bản nháp của {name} đã được lưu.")
        self._kept_row.setVisible(bool(name))

    def set_error(self, text: str, code: str = "") -> None:
        """What was wrong, with tries left or minutes to wait; the PIN is emptied. Empty takes it back."""
        self._field.set_error(text, code)
        if text:
            self._early = False
            self.set_busy(False)
            self.pin.clear()
            self._on_typed()
            self.pin.setFocus()
            self.pin.set_bad(True)

    def set_busy(self, busy: bool) -> None:
        self.button.set_busy(busy)
        self.pin.setEnabled(not busy)

    def reset(self) -> None:
        """Ready for the next officer."""
        self._early = False
        self.pin.clear()
        self._field.set_error("")
        self.set_busy(False)
        self._on_typed()
        self.pin.setFocus()

    def officer_id(self) -> str:
        index = self._group.checkedId()
        return self._officers[index][0] if 0 <= index < len(self._officers) else ""

    def _on_typed(self) -> None:
        missing = "" if self.officer_id() else "Chọn tên trước."
        self.button.set_reason(missing or self.pin.lacking)
        if self.pin.text():
            self._field.set_error("")

    def _refused(self, _reason: str) -> None:
        """Nobody to choose yet and a whole PIN typed: it waits for the list. Else there is something to type."""
        if not self._officers and self.pin.is_complete():
            self._early = True
            self.set_busy(True)
        else:
            self.pin.setFocus()

    def _submit(self) -> None:
        if self.officer_id() and self.pin.is_complete():
            self.set_busy(True)
            self.login_requested.emit(self.officer_id(), self.pin.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self._officers:
            index = (self._group.checkedId() + step) % len(self._officers)
            self._group.button(index).setChecked(True)
            self._fit_secret()
            return
        super().keyPressEvent(event)
