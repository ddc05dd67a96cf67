"""Hôm nay: what to do first, the numbers of the day, the state of the machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.ui.cells import Deadline
from desk_app.ui.icons import IconLabel
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.screen import Page
from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import Elided, across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.table import Table
from desk_app.ui.widgets.tile import Tile, TileTone

NOTHING_DUE = "Chưa có việc nào đến hạn. Quét thẻ căn cước để bắt đầu."
SCAN_HINT = "Quét thẻ căn cước ở bất kỳ màn hình nào để bắt đầu tiếp nhận."


@dataclass(frozen=True)
class TileView:
    """A number of the day. `id` names the list that opens: received, overdue, due_today, ready, collected."""

    id: str
    title: str
    icon: str
    number: str
    note: str = ""
    tone: TileTone = ""


@dataclass(frozen=True)
class TaskRow:
    """A dossier that wants something now. `code` is whole; the table cuts its prefix. `verb` is the one thing to do."""

    dossier_id: str
    deadline: Deadline
    code: str
    procedure: str
    applicant: str
    verb: str = "Xem"


@dataclass(frozen=True)
class StateLine:
    """A line of "Máy và dữ liệu": icon, its colour, what is so, and one line more."""

    icon: str
    color: str
    title: str
    detail: str


@dataclass(frozen=True)
class TodayView:
    """Everything on the page."""

    title: str
    tiles: tuple[TileView, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    feedback_line: str = ""
    machine: tuple[StateLine, ...] = ()
    hint: str = SCAN_HINT


def short_code(code: str) -> str:
    """The fixed prefix of a dossier code is cut: H99.12-261119-0031 → …261119-0031."""
    return f"…{code.split('-', 1)[1]}" if code.count("-") >= 2 else code


_COLUMNS: tuple[Column[TaskRow], ...] = (
    Column("Hạn trả", lambda row: row.deadline.text, width=164, deadline=lambda row: row.deadline),
    Column("Mã hồ sơ", lambda row: short_code(row.code), width=122, drop_below=740, tip=lambda row: row.code),
    Column("Thủ tục", lambda row: row.procedure, tip=lambda row: row.procedure),
    Column("Người nộp", lambda row: row.applicant, width=134, tip=lambda row: row.applicant),
    Column("Việc", lambda row: row.verb, width=206, right=True, action=True),
)


class TodayPage(Page):
    """``tile_pressed(id)`` · ``task_opened(TaskRow)`` · ``usb_wanted`` · ``go(screen_id)``."""

    tile_pressed = Signal(str)
    task_opened = Signal(object)
    usb_wanted = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._hint = label("", "title"), label(SCAN_HINT, "soft")
        self.intake_button = KeyButton("Tiếp nhận", "intake", "primary", "inbox", bind=False)
        self.intake_button.triggered.connect(lambda: self.go.emit("intake"))
        head = across(down(self._title, self._hint, gap=0), None, self.intake_button)
        self._tiles: dict[str, Tile] = {}
        self._tile_grid = QGridLayout()
        self._tile_grid.setSpacing(12)
        self.table = Table("Việc cần làm trước", header=False)
        self._model: RowsModel[TaskRow] = RowsModel(_COLUMNS, self)
        self.table.setModel(self._model)
        self.table.opened.connect(self.task_opened)
        self._empty = EmptyState("calendar-days", NOTHING_DUE)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._empty)
        self._lower = across(gap=16)
        self._tasks = self._task_card()
        self._lower.addWidget(self._tasks, 1)
        self._machine_lines = QVBoxLayout()
        self._machine_lines.setSpacing(0)
        self._machine = self._machine_card()
        self._lower.addWidget(self._machine)
        layout = down(head, self._tile_grid, margins=(16, 16, 16, 16), gap=14)
        layout.addLayout(self._lower, 1)
        self.setLayout(down(ScrollBody(layout)))
        self._view: TodayView | None = None

    def _task_card(self) -> Card:
        card = Card("Việc cần làm trước", padded=False)
        card.add_header(KeyHint([(("↑", "↓"), "chọn"), (("⏎",), "mở")]))
        card.body.addWidget(self._list, 1)
        self._feedback = label("", "hint")
        every = KeyButton("Xem tất cả hồ sơ", "dossiers", "ghost", small=True, bind=False)
        every.triggered.connect(lambda: self.go.emit("dossiers"))
        card.set_footer(frame(across(self._feedback, None, every, margins=(16, 9, 16, 9))))
        return card

    def _machine_card(self) -> Card:
        card = Card("Máy và dữ liệu", padded=False)
        card.body.addLayout(self._machine_lines)
        card.body.addStretch(1)
        usb = KeyButton("Chép ra USB", icon="usb", small=True)
        usb.triggered.connect(self.usb_wanted)
        sync = KeyButton("Đồng bộ", "sync", "ghost", small=True, bind=False)
        sync.triggered.connect(lambda: self.go.emit("sync"))
        card.body.addLayout(across(usb, sync, None, margins=(16, 8, 16, 8)))
        return card

    def set_view(self, view: TodayView) -> None:
        """Show the day. The chosen row stays chosen while it is still there."""
        self._view = view
        self._title.setText(view.title)
        self._hint.setText(view.hint)
        self._set_tiles(view.tiles)
        chosen = self.table.current_row()
        self._model.set_rows(view.tasks)
        self._list.setCurrentWidget(self.table if view.tasks else self._empty)
        ids = [row.dossier_id for row in view.tasks]
        if view.tasks:
            kept = isinstance(chosen, TaskRow) and chosen.dossier_id in ids
            self.table.select_row(ids.index(chosen.dossier_id) if kept and isinstance(chosen, TaskRow) else 0)
        self._feedback.setText(view.feedback_line)
        self._set_machine(view.machine)
        self._fit()

    def _set_tiles(self, tiles: Sequence[TileView]) -> None:
        if list(self._tiles) != [tile.id for tile in tiles]:
            for tile in self._tiles.values():
                tile.hide()
                tile.deleteLater()
            self._tiles = {}
            for tile_view in tiles:
                tile = self._tiles[tile_view.id] = Tile(tile_view.title, tile_view.icon)
                tile.clicked.connect(lambda _on=False, tile_id=tile_view.id: self.tile_pressed.emit(tile_id))
        for tile_view in tiles:
            self._tiles[tile_view.id].set_number(tile_view.number, tile_view.note, tile_view.tone)

    def _set_machine(self, lines: Sequence[StateLine]) -> None:
        while (item := self._machine_lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self._machine_lines.addWidget(state_row(line, height=56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_view", None) is not None:
            self._set_machine(self._view.machine if self._view else ())
            self._fit()

    def _fit(self) -> None:
        """Narrow or large text: fewer tiles in a row, and the machine's card goes under the tasks."""
        look, narrow = theme(), self.width() < theme().px(1060)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._lower.setDirection(way)
        self._machine.setMaximumWidth(16_777_215 if narrow else look.px(330))
        self._machine.setMinimumWidth(0 if narrow else look.px(330))
        rows = max(2, min(6, self._model.rowCount()))
        self._list.setMinimumHeight(look.px(42) * rows)
        columns = max(1, min(len(self._tiles) or 1, (self.width() - 32) // look.px(184)))
        for index, tile in enumerate(self._tiles.values()):
            self._tile_grid.addWidget(tile, index // columns, index % columns)
        for column in range(5):
            self._tile_grid.setColumnStretch(column, 1 if column < columns else 0)

    def tile(self, tile_id: str) -> Tile:
        return self._tiles[tile_id]

    def primary(self) -> None:
        self.intake_button.press()

    def activate(self) -> None:
        """The first thing to do has the focus; ``shown`` asks for fresh numbers."""
        if self._model.rowCount():
            self.table.setFocus()
        else:
            self.intake_button.setFocus()
        self.shown.emit()


def state_row(line: StateLine, height: int, icon_size: int = 20) -> QWidget:
    """An icon, a strong line and a quiet line, with a rule below."""
    words = down(None, Elided(line.title, "strong"), Elided(line.detail, "hint"), None, gap=0)
    layout = across(IconLabel(line.icon, icon_size, line.color), margins=(16, 0, 16, 0), gap=12)
    layout.addLayout(words, 1)
    row = frame(layout, entry=True)
    row.setFixedHeight(theme().px(height))
    row.setAccessibleName(f"{line.title}. {line.detail}")
    return row
