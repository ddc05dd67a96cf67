"""Editors of the feedback screen: several lines of words with their count, a choice of people, radio cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QSizePolicy, QWidget

from desk_app.domain.feedback import FeedbackClass
from desk_app.ui.forms.feedback import CLASSES
from desk_app.ui.theme import theme
from desk_app.ui.widgets.choice import Choice
from desk_app.ui.widgets.digits import DigitPause
from desk_app.ui.widgets.label import down
from desk_app.ui.widgets.paint import paint_line


class Words(QPlainTextEdit):
    """Several lines; Tab goes on to the next field. ``edited(text)``. Never more than ``limit`` characters."""

    edited = Signal(str)

    def __init__(self, name: str, limit: int, rows: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self._limit, self._rows = limit, rows
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_change)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), self.fontMetrics().lineSpacing() * self._rows + theme().px(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self.sizeHint().height())

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Other words, without a way back to the old ones (Ctrl+Z)."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def _on_change(self) -> None:
        text = self.toPlainText()
        if len(text) > self._limit:
            cursor = self.textCursor()
            at = min(cursor.position(), self._limit)
            self.set_text(text[: self._limit])
            cursor = self.textCursor()
            cursor.setPosition(at)
            self.setTextCursor(cursor)
        self.edited.emit(self.toPlainText())


class People(Choice):
    """Somebody out of a list, or nobody: ``picked(id)``."""

    def __init__(self, name: str, nobody: str) -> None:
        super().__init__(name)
        self._nobody = nobody
        self.set_people(())

    def set_people(self, people: Sequence[tuple[str, str]], chosen: str = "") -> None:
        self.set_choices((("", self._nobody), *people), chosen)


class RadioCard(QAbstractButton):
    """A class of feedback with what follows from it."""

    def __init__(self, title: str, number: int) -> None:
        super().__init__()
        self._consequence = ""
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleDescription(f"Phím {number}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_consequence(self, words: str) -> None:
        self._consequence = words
        self.setAccessibleName(f"{self.text()}. {words}")
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(180), theme().px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, on = theme(), self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = "primary" if on else "focus" if self.hasFocus() else "control"
            painter.setPen(QPen(look.color(edge), 2 if on or self.hasFocus() else 1))
            painter.setBrush(look.color("primaryt" if on else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            side = look.px(16)
            circle = QRectF(look.px(13), look.px(9), side, side)
            painter.setPen(QPen(look.color("primary" if on else "control"), 2))
            painter.setBrush(look.color("primary") if on else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle)
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("surface"))
                painter.drawEllipse(circle.adjusted(5, 5, -5, -5))
            left, width = look.px(42), self.width() - look.px(52)
            half = self.height() / 2
            title = look.metrics(15, bold=True).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(width))
            below = look.metrics(13).elidedText(self._consequence, Qt.TextElideMode.ElideRight, int(width))
            paint_line(painter, QRectF(left, look.px(4), width, half - look.px(4)), title, look.font(15, bold=True),
                       look.color("text"))  # fmt: skip
            paint_line(painter, QRectF(left, half, width, half - look.px(5)), below, look.font(13), look.color("text2"))


class ClassList(QWidget):
    """Five cards, chosen by digit, arrows or a click. ``chosen(FeedbackClass)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Phân loại")
        self.cards = {kind: RadioCard(title, n) for n, (kind, title, _words) in enumerate(CLASSES, 1)}
        for kind, card in self.cards.items():
            card.clicked.connect(lambda _on=False, kind=kind: self.chosen.emit(kind))
            card.installEventFilter(self)
        self.setLayout(down(*self.cards.values(), gap=7))
        self._digits = DigitPause(self)
        self._digits.chosen.connect(self._by_digit)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_class(self, kind: FeedbackClass | None, transfer_by: str) -> None:
        """Show what is chosen; the consequence names its day."""
        for (id_, _title, words), card in zip(CLASSES, self.cards.values(), strict=True):
            card.setAutoExclusive(False)
            card.setChecked(id_ is kind)
            card.setAutoExclusive(True)
            card.set_consequence(words.format(transfer=f"trước {transfer_by}"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        on = next((card for card in self.cards.values() if card.isChecked()), next(iter(self.cards.values())))
        on.setFocus(event.reason())

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.text() in tuple("12345") and not event.isAutoRepeat():
                self._digits.press(int(event.text()))
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                cards = list(self.cards.values())
                at = cards.index(watched) if watched in cards else 0
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                cards[max(0, min(len(cards) - 1, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, RadioCard):
                watched.click()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _by_digit(self, digit: int) -> None:
        kind = CLASSES[digit - 1][0]
        self.cards[kind].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(kind)
