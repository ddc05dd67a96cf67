"""One table model for every list: frozen rows and columns that know how to show them.

A page gives the first rows and says whether there are more; near the end of the list the model asks with
``more_wanted(last_row)`` and the page appends what its query returns after that row (keyset, never an offset).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desk_app.ui.cells import Cell, Deadline

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: title, the words of a row, and how it looks. `width` in px at 100 %; 0 shares what is left.

    `drop_below`: hidden while the table is narrower than this (px at 100 %).
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    right: bool = False
    bold: bool = False
    muted: bool = False
    action: bool = False
    drop_below: int = 0
    deadline: Callable[[R], Deadline] | None = None
    tip: Callable[[R], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows are replaced or appended, never changed in place."""

    more_wanted = Signal(object)

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._more = False
        self._asked = False

    def set_rows(self, rows: Sequence[R], *, more: bool = False) -> None:
        """Show these rows from the top; `more` says that the query has further ones."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Other columns, as many as before; the rows are asked for again by ``set_rows``."""
        self.beginResetModel()
        self.columns, self._rows = tuple(columns), []
        self.endResetModel()

    def append_rows(self, rows: Sequence[R], *, more: bool = False) -> None:
        """Add the rows that follow the last one."""
        self._more, self._asked = more, False
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def row(self, index: int) -> R | None:
        """The row at `index`; None outside the list."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def rows(self) -> tuple[R, ...]:
        return tuple(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asked and bool(self._rows)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(self._rows[-1])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.text(row)}" if column.title else column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.right else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row) if column.tip else None
            case Cell.DEADLINE:
                return column.deadline(row) if column.deadline else None
            case Cell.BOLD:
                return column.bold
            case Cell.MUTED:
                return column.muted
            case Cell.ACTION:
                return column.action
            case Cell.ROW:
                return row
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].right else _LEFT
        return None
