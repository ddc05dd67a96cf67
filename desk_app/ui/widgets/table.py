"""The table of every list: rows 42 px, no grid, chips and row buttons painted, keyboard first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desk_app.ui.cells import Cell, Deadline
from desk_app.ui.theme import theme
from desk_app.ui.widgets.deadline import paint_deadline
from desk_app.ui.widgets.paint import cap_width, paint_cap, paint_line

Index = QModelIndex | QPersistentModelIndex
ROW = 42
PAD = 10
LOADING_MS = 300


class RowDelegate(QStyledItemDelegate):
    """Paints a cell by what the model says it holds: words, a deadline chip, or a small button."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme()
        words = str(index.data() or "")
        width = look.metrics(14, bold=bool(index.data(Cell.BOLD))).horizontalAdvance(words)
        return QSize(width + look.px(2 * PAD), look.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = theme(), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.color("primaryt" if chosen else "surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.color("line"))
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height() - 1), look.color("primary"))
        deadline = index.data(Cell.DEADLINE)
        if isinstance(deadline, Deadline):
            paint_deadline(painter, box.left() + look.px(PAD), box.center().y(), deadline)
        elif index.data(Cell.ACTION):
            self._paint_button(painter, box, str(index.data() or ""), chosen)
        else:
            self._paint_words(painter, box, index)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, index: Index) -> None:
        look, bold = theme(), bool(index.data(Cell.BOLD))
        inner = box.adjusted(look.px(PAD), 0, -look.px(PAD), 0)
        metrics = look.metrics(14, bold=bold)
        words = metrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, int(inner.width()))
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        ink = look.color("text2" if index.data(Cell.MUTED) else "text")
        paint_line(painter, inner, words, look.font(14, bold=bold), ink, align)

    def _paint_button(self, painter: QPainter, box: QRectF, words: str, chosen: bool) -> None:
        if not words:
            return
        look = theme()
        shape = button_box(box, words, chosen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("control"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(shape.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        left = shape.left() + look.px(11)
        width = look.metrics(14, bold=True).horizontalAdvance(words)
        line = QRectF(left, shape.top(), width + 2, shape.height())
        paint_line(painter, line, words, look.font(14, bold=True), look.color("text"))
        if chosen:
            at = left + width + look.px(8)
            paint_cap(painter, at, shape.center().y(), "⏎", look.color("text2"), look.color("control"))


def button_box(cell: QRectF, words: str, chosen: bool) -> QRectF:
    """Where the button of a cell is: at the right, 34 px high, with ⏎ on the chosen row."""
    look = theme()
    width = look.metrics(14, bold=True).horizontalAdvance(words) + look.px(22)
    width += cap_width("⏎") + look.px(8) if chosen else 0
    height = look.px(34)
    return QRectF(cell.right() - look.px(PAD) - width, cell.center().y() - height / 2, width, height)


class Table(QTableView):
    """``opened(row)`` on Enter, double click or the row's button; ``current_changed(row)`` for another row."""

    opened = Signal(object)
    current_changed = Signal(object)

    def __init__(self, name: str, *, header: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setVisible(header)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self._bars = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._show_bars)
        self._resize_rows()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.set_widths()

    def set_widths(self) -> None:
        """Columns with a width keep it; the others share what is left."""
        columns: Any = getattr(self.model(), "columns", ())
        header = self.horizontalHeader()
        for index, column in enumerate(columns):
            if column.width:
                header.setSectionResizeMode(index, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(index, theme().px(column.width))
            else:
                header.setSectionResizeMode(index, QHeaderView.ResizeMode.Stretch)
        self._drop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop()

    def _drop(self) -> None:
        """Narrow: the columns that may go are hidden."""
        columns: Any = getattr(self.model(), "columns", ())
        for index, column in enumerate(columns):
            self.setColumnHidden(index, self.width() < theme().px(column.drop_below))

    def set_loading(self, loading: bool) -> None:
        """Rows are on their way: nothing for 300 ms, then quiet grey bars; local data only, never the network."""
        self._bars = False
        if loading:
            self._patience.start(LOADING_MS)
        else:
            self._patience.stop()
        self.viewport().update()

    def _show_bars(self) -> None:
        self._bars = True
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._bars or (self.model() is not None and self.model().rowCount()):
            return
        look = theme()
        with QPainter(self.viewport()) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunken"))
            row, left = look.px(ROW), look.px(PAD)
            for index in range(self.viewport().height() // row):
                width = self.viewport().width() * (62 - 9 * (index % 3)) // 100
                painter.drawRoundedRect(QRectF(left, index * row + look.px(13), width, look.px(16)), 4, 4)

    def select_row(self, row: int) -> None:
        if self.model() is not None and 0 <= row < self.model().rowCount():
            self.selectRow(row)
            self.setCurrentIndex(self.model().index(row, 0))

    def current_row(self) -> object:
        return self.currentIndex().data(Cell.ROW) if self.currentIndex().isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat() and self.currentIndex().isValid():
                self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or not index.data(Cell.ACTION):
            return
        box = button_box(QRectF(self.visualRect(index)), str(index.data() or ""), True)
        if index.data() and box.contains(event.position()):
            self._open(index.row())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._resize_rows()
            self.set_widths()

    def _resize_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(theme().px(ROW))
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW))

    def _open(self, row: int) -> None:
        found = self.model().index(row, 0).data(Cell.ROW)
        if found is not None:
            self.opened.emit(found)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(current.data(Cell.ROW) if current.isValid() else None)
