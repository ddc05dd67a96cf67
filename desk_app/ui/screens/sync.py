"""Đồng bộ: what waits, when it goes, and the way by USB. Calm without a network; there is no button that clears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.icons import IconLabel
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.screen import Page
from desk_app.ui.screens.today import StateLine, state_row
from desk_app.ui.theme import theme
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.label import Sentence, across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.table import Table

NO_CLEAR = "Không có nút xóa hàng chờ: mục chỉ rời hàng khi máy chủ cấp trên xác nhận đã nhận đủ."


@dataclass(frozen=True)
class QueueRow:
    """A kind of thing that waits: "Biên lai điện tử", "14", "3,5 KB", "Gửi trước, hạn hôm nay"."""

    kind: str
    count: str
    size: str
    note: str = ""


@dataclass(frozen=True)
class RefusedRow:
    """A record the centre set aside, with its code and reason."""

    record_id: str
    what: str
    code: str
    reason: str


@dataclass(frozen=True)
class SyncView:
    """Everything on the page. `status` is what the network does now and may hold ``**bold**``; `deadline` too."""

    online: bool
    title: str
    promise: str
    last_sent: str
    status: str
    status_code: str = ""
    waiting: int = 0
    queue: tuple[QueueRow, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    usb: tuple[StateLine, ...] = ()
    usb_reason: str = ""
    deadline: str = ""
    deadline_icon: str = "hourglass"
    trying: bool = False
    copying: bool = False


_COLUMNS: tuple[Column[QueueRow], ...] = (
    Column("Loại", lambda row: row.kind, bold=True),
    Column("Số lượng", lambda row: row.count, width=110, right=True),
    Column("Dung lượng", lambda row: row.size, width=164, muted=True),
    Column("Ghi chú", lambda row: row.note, width=212, muted=True, drop_below=620),
)
_REFUSED_COLUMNS: tuple[Column[RefusedRow], ...] = (
    Column("Mục bị từ chối", lambda row: row.what, bold=True, tip=lambda row: row.what),
    Column("Mã", lambda row: row.code, width=92),
    Column("Lý do", lambda row: row.reason, width=212, muted=True, tip=lambda row: row.reason),
    Column("Việc", lambda _row: "Lập mục điều chỉnh", width=206, right=True, action=True),
)


class SyncPage(Page):
    """``try_wanted`` (Ctrl+R) · ``diagnosis_wanted`` (Ctrl+I) · ``usb_wanted`` (F9) · ``answer_wanted`` (Ctrl+O) ·
    ``correction_wanted(RefusedRow)``."""

    try_wanted = Signal()
    diagnosis_wanted = Signal()
    usb_wanted = Signal()
    answer_wanted = Signal()
    correction_wanted = Signal(object)
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue: RowsModel[QueueRow] = RowsModel(_COLUMNS, self)
        self._refused: RowsModel[RefusedRow] = RowsModel(_REFUSED_COLUMNS, self)
        self._usb_lines = QVBoxLayout()
        self._usb_lines.setSpacing(0)
        self._middle = across(gap=12)
        self._middle.addWidget(self._queue_card(), 1)
        self._middle.addWidget(self._usb_card())
        layout = down(self._state_card(), margins=(16, 14, 16, 14), gap=12)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self._deadline_card())
        self.setLayout(down(ScrollBody(layout)))
        self._view: SyncView | None = None

    def _state_card(self) -> Card:
        card = Card(padded=False)
        self._icon = IconLabel("cloud-off", 44, "text2", 1.6)
        self._title, self._promise = label("", "title"), label("", "soft", wrap=True)
        self._last = label("", "name", right=True)
        said = down(self._title, self._promise, gap=1)
        last = down(None, label("Gửi thành công lần cuối", "hint", right=True), self._last, None, gap=0)
        big = across(self._icon, margins=(20, 14, 20, 14), gap=18)
        big.addLayout(said, 1)
        big.addLayout(last)
        card.body.addLayout(big)
        self._status = Sentence("", "say")
        self.try_button = KeyButton("Thử ngay", "try_now", small=True)
        self.try_button.triggered.connect(self.try_wanted)
        why = KeyButton("Xem chẩn đoán", "legal_basis", "ghost", small=True)
        why.triggered.connect(self.diagnosis_wanted)
        line = across(self._status, self.try_button, why, margins=(20, 9, 20, 9))
        line.setStretch(0, 1)
        card.body.addWidget(frame(line, strip=True))
        return card

    def _queue_card(self) -> Card:
        self._queue_holder = card = Card("Đang chờ gửi", padded=False)
        self._refused_badge = Badge("0 mục bị từ chối")
        card.add_header(self._refused_badge)
        self.table, self.refused_table = Table("Đang chờ gửi"), Table("Mục bị từ chối")
        self.table.setModel(self._queue)
        self.refused_table.setModel(self._refused)
        self.refused_table.opened.connect(self.correction_wanted)
        card.body.addWidget(self.table, 3)
        card.body.addWidget(self.refused_table, 2)
        note = across(IconLabel("shield", 17, "text2"), label(NO_CLEAR, "hint", wrap=True), margins=(14, 9, 14, 9))
        note.setStretch(1, 1)
        card.body.addLayout(note)
        return card

    def _usb_card(self) -> Card:
        self._usb_holder = card = Card("Gửi bằng USB", "usb", padded=False)
        card.body.addLayout(self._usb_lines)
        card.body.addStretch(1)
        answer = KeyButton("Đọc phản hồi", "read_usb", small=True)
        answer.triggered.connect(self.answer_wanted)
        self.usb_button = KeyButton("Chép ra USB", "primary", "primary", bind=False)
        self.usb_button.triggered.connect(self.usb_wanted)
        card.body.addLayout(across(answer, None, self.usb_button, margins=(16, 12, 16, 12)))
        return card

    def _deadline_card(self) -> Card:
        self._deadline_holder = card = Card(padded=False)
        self._deadline_icon, self._deadline = IconLabel("hourglass", 20, "warn"), Sentence()
        line = across(self._deadline_icon, self._deadline, margins=(16, 10, 16, 10), gap=12)
        line.setStretch(1, 1)
        card.body.addLayout(line)
        return card

    def set_view(self, view: SyncView) -> None:
        """Show the state of sending."""
        self._view = view
        self._icon.set_icon("cloud" if view.online else "cloud-off", "ok" if view.online else "text2")
        self._title.setText(view.title)
        self._promise.setText(view.promise)
        self._last.setText(view.last_sent)
        self._status.set_text(f"{view.status} {view.status_code}".strip())
        self.try_button.set_busy(view.trying)
        self._queue_holder.set_title(f"Đang chờ gửi: {view.waiting} mục" if view.waiting else "Đã gửi hết")
        self._refused_badge.set(f"{len(view.refused)} mục bị từ chối", "bad" if view.refused else "neutral")
        self._queue.set_rows(view.queue)
        self._refused.set_rows(view.refused)
        self.refused_table.setVisible(bool(view.refused))
        self._set_usb(view.usb)
        self.usb_button.set_reason(view.usb_reason)
        self.usb_button.set_busy(view.copying)
        self._deadline.set_text(view.deadline)
        self._deadline_icon.set_icon(view.deadline_icon, "warn")
        self._deadline_holder.setVisible(bool(view.deadline))
        self._fit()

    def _set_usb(self, lines: Sequence[StateLine]) -> None:
        while (item := self._usb_lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self._usb_lines.addWidget(state_row(line, height=60, icon_size=22))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_view", None) is not None:
            self._set_usb(self._view.usb if self._view else ())
            self._fit()

    def _fit(self) -> None:
        """Narrow or large text: the USB card goes under the queue, and the page scrolls."""
        look, narrow = theme(), self.width() < theme().px(1000)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(way)
        self._usb_holder.setMaximumWidth(16_777_215 if narrow else look.px(420))
        self._usb_holder.setMinimumWidth(0 if narrow else look.px(420))
        rows = max(1, min(6, self._queue.rowCount()))
        self.table.setMinimumHeight(look.px(36) + look.px(42) * rows)
        self.refused_table.setMinimumHeight(look.px(34 + 42 * 2))

    def primary(self) -> None:
        self.usb_button.press()

    def activate(self) -> None:
        self.try_button.setFocus()
        self.shown.emit()
