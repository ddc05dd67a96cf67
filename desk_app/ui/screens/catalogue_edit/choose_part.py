"""Which procedure, and from which day: the first step of an edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.models import Column, RowsModel
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.dates import DateEdit
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.folding import Folding
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.table import Table

_TOLD: Final = (
    "Sửa ở đây là bản của xã, lớp trên danh mục quốc gia: tên, nơi nộp, thời hạn, phí, giấy tờ, căn cứ, lời giải thích. "
    "Hồ sơ đã nhận giữ bản lúc tiếp nhận. Khi cấp trên đổi thủ tục này, bản của cấp trên được dùng và bản của xã "
    "được báo để xem lại."
)


@dataclass(frozen=True)
class Choice:
    """A procedure of the list."""

    id: str
    name: str


class ChoosePart(QWidget):
    """``changed()`` when another procedure or day is chosen · ``taken()`` when Enter takes it.

    ``find`` answers ids for what is typed; ``procedures``: id and name of all.
    """

    changed = Signal()
    taken = Signal()

    def __init__(
        self,
        procedures: Sequence[tuple[str, str]],
        find: Callable[[str], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._names, self._find = dict(procedures), find
        self.search = TextEdit("Tìm thủ tục", "không cần gõ dấu", icon="search")
        self.day = DateEdit("Áp dụng từ ngày")
        self._why = label("", "error", wrap=True)
        self._model: RowsModel[Choice] = RowsModel(
            [Column("Thủ tục", lambda r: r.name, bold=True, tip=lambda r: r.name)], self
        )
        self.table = Table("Thủ tục", header=False)
        self.table.setModel(self._model)
        listed = Card(padded=False)
        listed.body.addLayout(across(self.search, margins=(14, 12, 14, 6)))
        listed.body.addWidget(self.table, 1)
        side = Card("Bản mới", "calendar-days")
        for part in (Field("Áp dụng từ ngày", self.day), self._why, label(_TOLD, "soft", wrap=True)):
            side.body.addWidget(part)
        side.body.addStretch(1)
        self.setLayout(down(Folding(((listed, 0), (side, 360)))))
        self.say("")
        self.search.textEdited.connect(lambda _text: self.look())
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.current_changed.connect(lambda _row: self.changed.emit())
        self.table.opened.connect(lambda _row: self.taken.emit())
        self.day.changed.connect(lambda _day: self.changed.emit())

    def look(self, asked: str | None = None) -> None:
        """Show what is typed (or asked for); everything while nothing is."""
        if asked is not None:
            self.search.setText(asked)
        text = self.search.text().strip()
        ids = [id for id in self._find(text) if id in self._names] if text else list(self._names)
        self._model.set_rows([Choice(id, self._names[id]) for id in ids])
        if ids:
            self.table.select_row(0)
        self.changed.emit()

    @property
    def procedure(self) -> Choice | None:
        row = self.table.current_row()
        return row if isinstance(row, Choice) else None

    @property
    def chosen(self) -> tuple[Choice, date] | None:
        """Both, or None while one of them lacks."""
        procedure, day = self.procedure, self.day.day()
        return (procedure, day) if procedure is not None and day is not None else None

    def say(self, text: str) -> None:
        """What keeps the work from being begun; empty takes it back."""
        self._why.setText(text)
        self._why.setVisible(bool(text))
