"""Hits of a search as a list: title with the matched letters underlined, cells at the right, ⏎ on the current one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import cap_width, paint_cap, paint_line

ROW = 42
Index = QModelIndex | QPersistentModelIndex
_HIT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Hit:
    """A hit: `marks` are positions in `title` to underline; `cells` stand at the right, the last one bold."""

    id: str
    title: str
    marks: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    badge: str = ""


class HitsModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((hit.title, *filter(None, hit.cells), *filter(None, (hit.badge,))))
        return hit if role == _HIT else None


class HitDelegate(QStyledItemDelegate):
    WIDTHS = (142, 132, 106)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = theme(), QRectF(option.rect)
        hit = index.data(_HIT)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.color("primaryt" if chosen else "surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.color("line"))
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height() - 1), look.color("primary"))
            at = box.right() - look.px(14) - cap_width("⏎")
            paint_cap(painter, at, box.center().y(), "⏎", look.color("text2"), look.color("control"))
        right = self._paint_cells(painter, box, hit)
        self._paint_title(painter, QRectF(box.left() + 18, box.top(), right - box.left() - 30, box.height()), hit)
        painter.restore()

    def _paint_cells(self, painter: QPainter, box: QRectF, hit: Hit) -> float:
        look = theme()
        right = box.right() - look.px(60)
        for place in range(len(hit.cells) - 1, -1, -1):
            last = place == len(hit.cells) - 1
            width = look.px(self.WIDTHS[min(place, len(self.WIDTHS) - 1)])
            cell = QRectF(right - width, box.top(), width, box.height())
            align = Qt.AlignmentFlag.AlignVCenter
            align |= Qt.AlignmentFlag.AlignRight if last else Qt.AlignmentFlag.AlignLeft
            font = look.font(15, bold=last)
            metrics = look.metrics(15, bold=last)
            words = metrics.elidedText(hit.cells[place], Qt.TextElideMode.ElideRight, int(width) - 4)
            paint_line(painter, cell, words, font, look.color("text2" if place == 0 else "text"), align)
            right -= width
        if hit.badge:
            width = look.metrics(13, bold=True).horizontalAdvance(hit.badge) + look.px(16)
            tint = QRectF(right - width - 12, box.center().y() - look.px(11), width, look.px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("warnt"))
            painter.drawRoundedRect(tint, 4, 4)
            centre = Qt.AlignmentFlag.AlignCenter
            paint_line(painter, tint, hit.badge, look.font(13, bold=True), look.color("warn"), centre)
            right -= width + 12
        return right

    def _paint_title(self, painter: QPainter, box: QRectF, hit: Hit) -> None:
        look, metrics = theme(), theme().metrics(15, bold=True)
        words = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, int(box.width()))
        paint_line(painter, box, words, look.font(15, bold=True), look.color("text"))
        base = box.center().y() + metrics.ascent() / 2 + look.px(3)
        for place in hit.marks:
            if place < len(words) and (len(words) == len(hit.title) or place < len(words) - 1):
                left = metrics.horizontalAdvance(words[:place])
                width = metrics.horizontalAdvance(words[place])
                painter.fillRect(QRectF(box.left() + left, base, width, 2), look.color("primary"))
