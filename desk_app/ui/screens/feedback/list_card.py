"""The list: filters with their counts, the nearest day first, a secret sender's name never shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from desk_app.services.feedback_list import Line
from desk_app.ui.forms.feedback import CLASS_WORDS, EMPTY, FILTERS, NOTHING, chip
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.widgets.button import Pill
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.flow import FlowLayout
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.table import Table


def _day(stamp: str) -> str:
    return f"{stamp[8:10]}/{stamp[5:7]} {stamp[11:16]}"


class ListPage(QWidget):
    """``opened(Line)`` · ``filter_chosen(id)``."""

    opened = Signal(object)
    filter_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = "open"
        self._pills = {id_: Pill(words, icon) for id_, words, icon in FILTERS}
        group = QButtonGroup(self)
        line = FlowLayout(gap=8)
        for id_, pill in self._pills.items():
            group.addButton(pill)
            pill.clicked.connect(lambda _on=False, id_=id_: self.filter_chosen.emit(id_))
            line.addWidget(pill)
        self.model: RowsModel[Line] = RowsModel(
            [
                Column("Hạn ▲", lambda x: x.near.text, width=226, deadline=lambda x: chip(x.near)),
                Column("Mã PAKN", lambda x: x.code, width=156, tip=lambda x: x.code),
                Column("Người phản ánh", lambda x: x.name, tip=lambda x: x.name),
                Column("Loại", lambda x: CLASS_WORDS.get(x.feedback_class, ""), width=140, drop_below=820),
                Column("Tiếp nhận", lambda x: _day(x.at), width=112, right=True),
            ],
            self,
        )
        self.table = Table("Danh sách phản ánh, kiến nghị")
        self.table.setModel(self.model)
        self.table.opened.connect(self.opened)
        self._empty = EmptyState("message-square-text", EMPTY)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._foot = label("", "hint")
        card = Card(padded=False)
        card.body.addWidget(self._stack)
        hints = KeyHint([(("↑", "↓"), "chọn"), (("⏎",), "mở")])
        card.set_footer(frame(across(self._foot, None, hints, margins=(14, 6, 14, 6))), line=False)
        layout = down(margins=(16, 12, 16, 12), gap=10)
        layout.addLayout(line)
        layout.addWidget(card, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Sequence[Line], filter_: str) -> None:
        self.filter = filter_
        self._pills[filter_].setChecked(True)
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._empty.set_sentence(EMPTY if filter_ == "open" else NOTHING)
        self._foot.setText(f"{len(rows)} phản ánh, hạn gần nhất trước" if rows else "")
        self.table.select_row(0)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for id_, words, _icon in FILTERS:
            n = counts.get(id_, 0)
            self._pills[id_].setText(f"{words} {n}" if n else words)
