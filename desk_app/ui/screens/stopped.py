"""Money is stopped on this machine: what happened, three ways on, what can still be done. Mock 11."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from desk_app.domain.errors import DeskError
from desk_app.ui.icons import IconLabel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.theme import fix_width
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.pin import PASSPHRASE_NAME, PIN_NAME, PinEdit
from desk_app.ui.widgets.scroll import ScrollBody

if TYPE_CHECKING:
    from desk_app.services.spare import Stopped
    from desk_app.ui.screens.day_close_ports import Person

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
RIGHT = 360
STILL = (
    "Tiếp nhận hồ sơ, thu phí sau",
    "Hướng dẫn, in phiếu và giấy hẹn",
    "Tra cứu, trả kết quả, phản ánh",
    "In lại biên lai (BẢN SAO)",
)
NOT_NOW = "Thu tiền, thay thế biên lai, khóa sổ"
BY_ITSELF = "Việc tạm dừng do máy tự phát hiện, không phải do thao tác của cán bộ."
NO_SPARE = "Máy này không còn dải số dự phòng. Nối mạng để máy chủ cấp trên cấp dải mới."
NO_HEAD = "Máy này chưa có tài khoản người phụ trách. Nối mạng để máy chủ cấp trên cấp dải mới."


@dataclass(frozen=True, slots=True)
class StoppedPorts:
    """``look`` and ``heads`` through ``submit``; ``open_spare(officer, pin)`` through ``paper_submit``: a PIN is slow.

    ``look`` answers None once money is taken again. ``sync`` tries the network now.
    """

    submit: Submit
    paper_submit: Submit
    look: Callable[[], Stopped | None]
    heads: Callable[[], Sequence[Person]]
    open_spare: Callable[[str, str], object]
    sync: Callable[[], object]


class StoppedPage(Page):
    """``resumed`` when money is taken again, by the spare line or by a line that the network brought."""

    resumed = Signal()

    def __init__(self, ports: StoppedPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.stopped: Stopped | None = None
        self._what, self._third = label("", "soft", wrap=True), label("", "soft", wrap=True)
        self._first = label("", "soft", wrap=True)
        self.open_button = KeyButton("Mở dải số dự phòng", "open_spare")
        self.open_button.triggered.connect(self._ask)
        self.open_button.refused.connect(lambda why: self.toast.emit(why, Tone.WARN, ""))
        self.who, self.pin = QComboBox(), PinEdit("Mã PIN của người phụ trách")
        self.who.setAccessibleName("Người phụ trách quyết định")
        self.pin_field = Field(PIN_NAME, self.pin)
        self.confirm = KeyButton("Mở", kind="primary", small=True)
        self.confirm.triggered.connect(self._open)
        self.pin.entered.connect(lambda _pin: self._open())
        self.asking = self._asking_row()
        left = self._ways_card()
        layout = across(margins=(16, 12, 16, 12), gap=12)
        layout.addWidget(left, 1)
        layout.addWidget(self._still_card())
        self.setLayout(down(ScrollBody(layout)))

    # ---- what the shell asks

    def activate(self) -> None:
        run(self, self.ports.submit, self.ports.look, self._on_look, self.show_error, action="look")
        run(self, self.ports.submit, self.ports.heads, self._on_heads, self.show_error, action="heads")

    def primary(self) -> None:
        self.ports.sync()
        self.go.emit("sync")

    def back(self) -> None:
        if self.asking.isVisible():
            self._close_asking()
        else:
            self.go.emit("today")

    def bar_actions(self) -> Actions:
        sentence = "Bấm F9 để: gửi dữ liệu lên máy chủ cấp trên và nhận dải số mới."
        return Actions(sentence, Action("primary", "Đồng bộ ngay", "primary", "refresh-cw"))

    # ---- content

    def _ways_card(self) -> Card:
        card = Card("Làm gì tiếp theo", padded=False)
        ways = down(margins=(18, 10, 18, 10), gap=10)
        ways.addWidget(self._what)
        ways.addWidget(self._way("1", "Có mạng: bấm Đồng bộ ngay", self._first))
        second = label(
            "Người phụ trách chọn tên mình và nhập mã PIN. Việc mở được ghi vào nhật ký sự cố.", "soft", wrap=True
        )
        ways.addWidget(self._way("2", "Không có mạng: mở dải số dự phòng", second, self.open_button))
        ways.addWidget(self.asking)
        ways.addWidget(self._way("3", "Không làm được hai cách trên", self._third))
        ways.addStretch(1)
        ways.addLayout(_row("info", "text2", BY_ITSELF, "hint"))
        card.body.addLayout(ways)
        self.asking.hide()
        return card

    @staticmethod
    def _way(number: str, title: str, text: QWidget, button: QWidget | None = None) -> QFrame:
        row = across(label(number, "title"), gap=16, margins=(0, 6, 0, 10))
        row.addLayout(down(label(title, "name"), text, gap=2), 1)
        if button is not None:
            row.addWidget(button)
        return frame(row, strip=True)

    def _asking_row(self) -> QFrame:
        row = across(Field("Người phụ trách", self.who), self.pin_field, self.confirm, gap=12, margins=(30, 0, 0, 0))
        row.setStretch(0, 3)
        row.setStretch(1, 2)
        return frame(row)

    def _still_card(self) -> Card:
        card = Card("Vẫn làm được")
        fix_width(card, RIGHT)
        for words in STILL:
            card.body.addLayout(_row("circle-check", "ok", words))
        card.body.addLayout(_row("ban", "bad", NOT_NOW))
        card.body.addStretch(1)
        return card

    def _on_look(self, found: Stopped | None) -> None:
        self.stopped = found
        if found is None:
            self._close_asking()
            self.resumed.emit()
            return
        here = f"Máy ghi biên lai đến số {found.here}" if found.here else "Máy chưa ghi biên lai nào"
        known = f"{here}, bản đối chiếu ghi đến số {found.seen}." if found.seen > found.here else f"{here}."
        lost = f", thiếu {found.lost} bản ghi" if found.lost else ""
        self._what.setText(f"Dữ liệu trên máy cũ hơn sổ đã ghi{lost}. {known}")
        self._first.setText("Máy chủ cấp trên cấp dải số mới; thu tiền lại được ngay sau đó.")
        self._third.setText(
            "Đến 31/12/2026: thu bằng quyển biên lai giấy, rồi nhập lại vào sổ khi thu được trên máy."
            if found.paper
            else "Chỉ tiếp nhận, thu sau. Từ 01/01/2027 không dùng biên lai giấy."
        )
        self._show_reason()
        self.actions_changed.emit()

    def _on_heads(self, heads: Sequence[Person]) -> None:
        self._people = tuple(heads)
        self.who.clear()
        for person in heads:
            self.who.addItem(person.name, person.id)
        self._show_reason()

    def _show_reason(self) -> None:
        lacks = NO_SPARE if self.stopped is not None and not self.stopped.spare else ""
        self.open_button.set_reason(lacks or ("" if self.who.count() else NO_HEAD))

    # ---- opening

    def _ask(self) -> None:
        """Who decides proves it here."""
        self.asking.show()
        self.pin.set_passphrase(any(p.passphrase for p in self._people if p.id == self.who.currentData()))
        self.pin_field.set_name(PASSPHRASE_NAME if self.pin.takes_passphrase else PIN_NAME)
        self.pin.setFocus()

    def _close_asking(self) -> None:
        self.pin.clear()
        self.pin_field.set_error("")
        self.asking.hide()

    def _open(self) -> None:
        if not self.pin.is_complete():
            self.pin_field.set_error(self.pin.lacking)
            return
        if under_way(self, "open"):
            return
        job = partial(self.ports.open_spare, str(self.who.currentData()), self.pin.text())
        self.confirm.set_busy(True)
        run(self, self.ports.paper_submit, job, self._opened, self._not_opened, action="open")

    def _opened(self, _done: object) -> None:
        self.confirm.set_busy(False)
        self._close_asking()
        self.say("DB-22")
        self.activate()

    def _not_opened(self, error: DeskError) -> None:
        self.confirm.set_busy(False)
        self.pin.clear()
        if error.code in ("DN-01", "DN-02"):
            name = PASSPHRASE_NAME if self.pin.takes_passphrase else PIN_NAME
            self.pin_field.set_error(f"{name} không đúng.", error.code)
            self.pin.setFocus()
        self.show_error(error)


def _row(icon: str, tone: str, words: str, role: str = "") -> QHBoxLayout:
    row = across(IconLabel(icon, 20, tone), label(words, role, wrap=True), gap=8)
    row.setStretch(1, 1)
    return row
