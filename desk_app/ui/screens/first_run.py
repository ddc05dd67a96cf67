"""First start of a real PC: address of the server above, one-time code, the first officer. Then the desk works offline."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.errors import message
from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.pin import PASSPHRASE_NAME, PASSPHRASE_SHORTEST, PIN_NAME, PinEdit
from desk_app.ui.widgets.scroll import ScrollBody

_WORDS = (
    "Máy này chưa đăng ký. Xin máy chủ cấp trên một mã đăng ký (10 ký tự, dùng một lần, có hạn 15 phút), rồi nhập vào đây. "
    "Chỉ bước này cần mạng; sau đó quầy làm việc được cả khi mất mạng."
)

_STEPS = ("Nhập mã đăng ký", "Đặt mã PIN của người phụ trách", "Đăng nhập và chọn máy in ở Quản trị")


@dataclass(frozen=True, slots=True, repr=False)
class FirstRunForm:
    """What was typed: address, code, name of the first officer, PIN (or passphrase)."""

    address: str
    code: str
    officer: str
    pin: str


class FirstRunScreen(QWidget):
    """``enrol_wanted(FirstRunForm)``. ``set_error`` says why it did not go; nothing typed is lost."""

    enrol_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.address = TextEdit("Địa chỉ máy chủ cấp trên", "https://…", icon="cloud")
        self.code = TextEdit("Mã đăng ký", "10 chữ và số", icon="shield")
        self.officer = TextEdit("Họ và tên người phụ trách", icon="user")
        # The fields of the log-in: what fits here fits there.
        self.pin, self.again = PinEdit(), PinEdit("Nhập lại mã PIN")
        self._why = label(message("DN-07").text, "soft", wrap=True)
        self._why.hide()
        self._fields = [
            Field("Địa chỉ máy chủ cấp trên", self.address),
            Field("Mã đăng ký", self.code),
            Field("Họ và tên người phụ trách quầy", self.officer),
            Field("Mã PIN", self.pin),
            Field("Nhập lại mã PIN", self.again),
        ]
        self.button = KeyButton("Đăng ký máy này", "primary", "primary", "arrow-right")
        self.button.triggered.connect(self._submit)
        card = Card("Đăng ký máy", "shield")
        card.body.addWidget(label(_WORDS, "soft", wrap=True))
        for field in self._fields[:3]:
            card.body.addWidget(field)
        card.body.addWidget(self._why)
        pins = across(down(self._fields[3], None), down(self._fields[4], None), gap=12)
        card.body.addLayout(pins)
        card.body.addSpacing(8)
        card.body.addWidget(self.button)
        card.body.setContentsMargins(20, 16, 20, 20)
        self._card = card
        self._promise = promise = label(
            "Dữ liệu lưu đủ trên máy này. Không có mạng, quầy vẫn làm việc.", "onrail", wrap=True
        )
        self._steps = [label(f"{place}. {words}", "onrail", wrap=True) for place, words in enumerate(_STEPS, 1)]
        title = label("Lần đầu mở máy này", "onrailtitle", wrap=True)
        name = label("Một Cửa Desk", "onrailname")
        side = frame(down(name, None, title, 8, *self._steps, None, promise, margins=(32, 24, 32, 32), gap=8), "rail")
        middle = across(None, card, None, margins=(24, 16, 24, 16))
        middle.setStretch(1, 4)
        self._halves = across(side, gap=0)
        self._halves.addWidget(ScrollBody(down(None, middle, None, gap=0)), 3)
        self.setLayout(self._halves)
        self._fit()
        edits = (self.address, self.code, self.officer, self.pin, self.again)
        for here, there in pairwise(edits):
            here.returnPressed.connect(there.setFocus)
        self.again.returnPressed.connect(self.button.press)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_halves"):
            self._fit()

    def _fit(self) -> None:
        self._halves.setStretch(0, 1 if theme().folds else 2)
        self._card.setMaximumWidth(theme().px(560))
        for part in (*self._steps, self._promise):  # the form says it all; large text needs the room
            part.setHidden(theme().folds)

    def set_error(self, text: str, code: str) -> None:
        """Say it under the field it belongs to, the code field by default."""
        self.set_busy(False)
        place = {"DN-08": 3, "DN-05": 4, "DN-11": 2, "DB-01": 0, "DB-02": 0, "DB-05": 0}.get(code, 1)
        self._fields[place].set_error(text, code)

    def set_busy(self, busy: bool) -> None:
        self.button.set_busy(busy)

    def set_passphrase(self, needed: bool) -> None:
        """Without a key store of the system a PIN is too short: ask for a passphrase of twelve characters."""
        for pin in (self.pin, self.again):
            pin.set_passphrase(needed)
        self._fields[3].set_name(PASSPHRASE_NAME if needed else PIN_NAME)
        self._fields[4].set_name("Nhập lại cụm mật khẩu" if needed else "Nhập lại mã PIN")
        secret = "cụm mật khẩu" if needed else "mã PIN"
        self._steps[1].setText(f"2. Đặt {secret} của người phụ trách")
        self._why.setVisible(needed)

    def _submit(self) -> None:
        for field in self._fields:
            field.set_error("")
        if not self.officer.text().strip():
            self._fields[2].set_error("Nhập họ tên người phụ trách quầy.", "DN-11")
        elif not self.pin.is_complete():
            said = message("DN-08", n=PASSPHRASE_SHORTEST) if self.pin.takes_passphrase else message("DN-03")
            self._fields[3].set_error(said.text, said.code)
            self.pin.setFocus()
        elif self.pin.text() != self.again.text():
            self._fields[4].set_error("Hai lần nhập chưa giống nhau. Nhập lại cả hai lần.", "DN-05")
            self.again.setFocus()
        else:
            self.set_busy(True)
            form = FirstRunForm(
                self.address.text().strip(), self.code.text().strip(), self.officer.text().strip(), self.pin.text()
            )
            self.enrol_wanted.emit(form)
