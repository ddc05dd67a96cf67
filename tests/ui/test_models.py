from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.cells import Cell, Deadline, Due
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.widgets.table import Table


@dataclass(frozen=True)
class Row:
    number: int
    name: str


COLUMNS: tuple[Column[Row], ...] = (
    Column("Hạn", lambda row: f"Còn {row.number} ngày", width=150,
           deadline=lambda row: Deadline(Due.AHEAD, f"Còn {row.number} ngày")),
    Column("Người nộp", lambda row: row.name, bold=True, tip=lambda row: row.name),
    Column("Số", lambda row: str(row.number), width=90, right=True, muted=True, drop_below=500),
    Column("Việc", lambda _row: "Xem", width=120, action=True, right=True),
)  # fmt: skip


def _rows(first: int, count: int) -> list[Row]:
    return [Row(number, f"Nguyễn Văn {number}") for number in range(first, first + count)]


def test_the_model_keeps_qts_rules_through_pages_and_resets() -> None:
    model = RowsModel(COLUMNS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(_rows(1, 3), more=True)
    model.fetchMore(QModelIndex())
    model.append_rows(_rows(4, 2))
    model.append_rows([])
    model.set_rows([])
    assert model.rowCount() == 0


def test_more_rows_are_asked_for_once_after_the_last_row_shown() -> None:
    model, asked = RowsModel(COLUMNS), []
    model.more_wanted.connect(asked.append)
    model.set_rows(_rows(1, 50), more=True)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked == [Row(50, "Nguyễn Văn 50")]
    model.append_rows(_rows(51, 50), more=False)
    assert not model.canFetchMore(QModelIndex())
    assert model.rowCount() == 100


def test_cells_say_what_they_hold() -> None:
    model = RowsModel(COLUMNS)
    model.set_rows(_rows(1, 1))
    assert model.index(0, 0).data(Cell.DEADLINE) == Deadline(Due.AHEAD, "Còn 1 ngày")
    assert model.index(0, 1).data(Cell.BOLD) is True
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Người nộp: Nguyễn Văn 1"
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "Nguyễn Văn 1"
    assert model.index(0, 3).data(Cell.ROW) == Row(1, "Nguyễn Văn 1")
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Số"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.row(7) is None


def _table(qtbot: QtBot, width: int) -> tuple[Table, RowsModel[Row]]:
    table = Table("Hồ sơ")
    qtbot.addWidget(table)
    model = RowsModel(COLUMNS, table)
    table.setModel(model)
    model.set_rows(_rows(1, 5))
    table.resize(width, 300)
    table.show()
    return table, model


def test_arrows_move_and_enter_opens_the_row_once(look: QApplication, qtbot: QtBot) -> None:
    table, _model = _table(qtbot, 800)
    opened: list[object] = []
    chosen: list[object] = []
    table.opened.connect(opened.append)
    table.current_changed.connect(chosen.append)
    table.select_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [Row(2, "Nguyễn Văn 2")]
    assert chosen[-1] == Row(2, "Nguyễn Văn 2")
    assert table.current_row() == Row(2, "Nguyễn Văn 2")


def test_the_button_of_a_row_opens_it_and_the_words_beside_it_only_choose_it(look: QApplication, qtbot: QtBot) -> None:
    table, model = _table(qtbot, 800)
    opened: list[object] = []
    table.opened.connect(opened.append)
    words = table.visualRect(model.index(3, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert opened == []
    button = table.visualRect(model.index(3, 3))
    spot = button.center()
    spot.setX(button.right() - 30)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == [Row(4, "Nguyễn Văn 4")]


def test_a_narrow_table_drops_the_column_it_can_do_without(look: QApplication, qtbot: QtBot) -> None:
    table, _model = _table(qtbot, 800)
    assert not table.isColumnHidden(2)
    table.resize(420, 300)
    assert table.isColumnHidden(2)
    assert not table.grab().isNull()


def test_a_list_on_its_way_shows_bars_only_after_a_moment(look: QApplication, qtbot: QtBot) -> None:
    table, model = _table(qtbot, 800)
    model.set_rows([])
    empty = table.viewport().grab().toImage()
    table.set_loading(True)
    assert table.viewport().grab().toImage() == empty
    qtbot.waitUntil(lambda: table.viewport().grab().toImage() != empty)
    table.set_loading(False)
    assert table.viewport().grab().toImage() == empty
