"""Xuất sổ: the journal of receipts in one file for the checker's program, with or without names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desk_app.domain.errors import DeskError
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.ledger.kit import SavedBox, SavedFiles
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

WHAT = (
    "Tệp gồm mọi bản ghi sổ biên lai của máy này theo đúng thứ tự, kèm xác nhận của máy chủ cấp trên. Người kiểm tra mở "
    "bằng chương trình receipt-check: chương trình dò số biên lai, tổng tiền, dãy bản ghi và chỉ ra chỗ sai đầu tiên."
)
KINDS = (("plain", "Không có họ tên"), ("signed", "Kèm biên lai đã ký (có họ tên)"))
UNSIGNED = "Máy này chưa có khóa ký nên tệp chưa ký. Người kiểm tra vẫn dò được số và tiền."


@dataclass(frozen=True, slots=True)
class ExportPorts:
    """``export(with_signed)`` goes through ``paper_submit``."""

    paper_submit: Submit
    export: Callable[[bool], SavedFiles]


class ExportPage(Page):
    """One choice and F9; nothing on the machine changes."""

    def __init__(self, ports: ExportPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.kind = Segment(KINDS, "Nội dung tệp", "plain")
        self.saved = SavedBox()
        self._unsigned = label(UNSIGNED, "soft", wrap=True)
        card = Card("Xuất sổ biên lai cho người kiểm tra")
        card.body.addWidget(label(WHAT, "soft", wrap=True))
        card.body.addWidget(Field("Nội dung tệp", self.kind))
        card.body.addSpacing(12)
        card.body.addWidget(self.saved)
        card.body.addWidget(self._unsigned)
        self._unsigned.hide()
        card.body.addStretch(1)
        layout = across(gap=12)
        layout.addWidget(card, 1)
        self.setLayout(down(ScrollBody(layout)))

    def activate(self) -> None:
        next(part for part in self.kind.parts if part.isChecked()).setFocus()

    def bar_actions(self) -> Actions:
        busy = under_way(self, "export")
        say = "Dữ liệu trên máy không thay đổi."
        return Actions(say, Action("primary", "Xuất sổ", "primary", "archive", "", busy))

    def primary(self) -> None:
        job = partial(self.ports.export, self.kind.chosen_id() == "signed")
        run(self, self.ports.paper_submit, job, self._done, self._failed, action="export")
        self.actions_changed.emit()

    def _done(self, saved: SavedFiles) -> None:
        self.saved.show_saved(saved)
        self._unsigned.setVisible(not saved.signed)
        self.say("TP-42", file=saved.names[0], folder=saved.folder)
        self.actions_changed.emit()

    def _failed(self, error: DeskError) -> None:
        self.actions_changed.emit()
        self.show_error(error)
