"""Fields of one row made from their description: label, editor by kind, the line that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desk_app.domain.catalogue_form import FieldKind, FormField
from desk_app.domain.procedure import Question
from desk_app.ui.theme import theme
from desk_app.ui.widgets.choice import Choice
from desk_app.ui.widgets.dates import DateEdit
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, clear, down, frame
from desk_app.ui.widgets.money import MoneyEdit
from desk_app.ui.widgets.when_edit import WhenEdit

_LINES_SHOWN = 4
_ACROSS = 4  # parts of the width; a number takes one, a choice or a short text two, everything else all of it
_SHORT_MOST = 200  # letters
_AT_ONCE = 4  # fields of one slice
_PARTS = {
    FieldKind.WHOLE: 1, FieldKind.MONEY: 1, FieldKind.DAY: 1, FieldKind.CHOICE: 2, FieldKind.FEE: 2,
    FieldKind.QUESTION: 2, FieldKind.TARIFF: 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """What choices come from the draft: fee rows, number questions, amounts of the province."""

    questions: tuple[Question, ...] = ()
    fees: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    tariffs: tuple[tuple[str, str], ...] = ()


Parts = tuple[Callable[[], Any], Callable[[Any], None], QWidget, Any]  # read, show, widget, signal of a change


@dataclass(frozen=True, slots=True)
class _Editor:
    field: Field
    read: Callable[[], Any]
    show: Callable[[Any], None]


class RecordForm(QWidget):
    """``changed(key, value)`` whenever a field says something else."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, _Editor] = {}
        self._row: Mapping[str, Any] = {}
        self._errors: Mapping[str, str] = {}
        self._offered = Offered()
        self._left: list[list[FormField]] = []
        self._rows = down(gap=10)
        self.setLayout(self._rows)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(lambda: self._build() if self._left else None)

    def set_fields(self, fields: Sequence[FormField], offered: Offered) -> None:
        """Other fields; what stood here is gone. A long form is built in slices, so that no key waits for it."""
        clear(self._rows)
        self._editors, self._row, self._errors = {}, {}, {}
        self._offered, self._left = offered, _in_lines(fields)
        self._build()

    def set_row(self, row: Mapping[str, Any]) -> None:
        """Show the values of a row; emits nothing."""
        self._row = row
        self._show(tuple(self._editors))

    def set_errors(self, errors: Mapping[str, str]) -> None:
        """What is wrong, by key; a field that is not named is all right."""
        self._errors = errors
        for key, editor in self._editors.items():
            if editor.field.error != errors.get(key, ""):
                editor.field.set_error(errors.get(key, ""))

    def focus(self, key: str = "") -> None:
        """Into a field, the first one when none is named."""
        if key and key not in self._editors:
            self._build(whole=True)
        editor = self._editors.get(key) or next(iter(self._editors.values()), None)
        if editor is not None:
            editor.field.setFocus()

    def field(self, key: str) -> Field:
        if key not in self._editors:
            self._build(whole=True)
        return self._editors[key].field

    def _build(self, *, whole: bool = False) -> None:
        """The next lines of fields; the rest follows while nobody waits."""
        new: list[str] = []
        while self._left and (whole or len(new) < _AT_ONCE):
            line = self._left.pop(0)
            for field in line:
                self._editors[field.key] = self._editor(field, self._offered)
            self._put([(self._editors[field.key].field, _wide(field)) for field in line])
            new += [field.key for field in line]
        self._show(new)
        self.set_errors(self._errors)
        if self._left:
            self._soon.start()
        else:
            self._rows.addStretch(1)

    def _show(self, keys: Sequence[str]) -> None:
        with QSignalBlocker(self):
            for key in keys:
                self._editors[key].show(self._row.get(key))

    def _put(self, fields: Sequence[tuple[Field, int]]) -> None:
        """One line of fields; each in a widget of its own line, so that all of it goes when others come."""
        if fields:
            row = across(*(field for field, _wide in fields), gap=10)
            for n, (field, wide) in enumerate(fields):
                row.setStretch(n, wide)
                row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
            left = _ACROSS - sum(wide for _field, wide in fields)
            if left:
                row.addStretch(left)
            self._rows.addWidget(frame(row))

    def _editor(self, field: FormField, offered: Offered) -> _Editor:
        def tell(*_values: object) -> None:
            self.changed.emit(field.key, self._editors[field.key].read())

        read, show, widget, told = _make(field, offered)
        told.connect(tell)
        return _Editor(Field(field.words, widget, wrap=_wide(field) == _ACROSS), read, show)


def _in_lines(fields: Sequence[FormField]) -> list[list[FormField]]:
    """The fields that stand side by side, line by line."""
    lines: list[list[FormField]] = []
    for field in fields:
        if lines and sum(_wide(f) for f in lines[-1]) + _wide(field) <= _ACROSS:
            lines[-1].append(field)
        else:
            lines.append([field])
    return lines


def _wide(field: FormField) -> int:
    if field.kind is FieldKind.TEXT and not theme().folds and 0 < field.most <= _SHORT_MOST:
        return 2
    if theme().folds:
        return 2 if field.kind in (FieldKind.WHOLE, FieldKind.MONEY) and len(field.words) <= 16 else _ACROSS
    parts = _PARTS.get(field.kind, _ACROSS)
    room = next((n for n, letters in ((1, 16), (2, 34)) if len(field.words) <= letters), _ACROSS)
    return max(parts, room)


def _make(field: FormField, offered: Offered) -> Parts:
    """How to read and show the field, its widget, and the signal that it changed."""
    match field.kind:
        case FieldKind.LONG | FieldKind.LINES:
            return _lines(field)
        case FieldKind.MONEY:
            money = MoneyEdit(field.words)
            return money.value, _whole_into(money.set_value), money, money.changed
        case FieldKind.DAY:
            day = DateEdit(field.words)
            return (lambda: day.day() or day.text().strip() or None), day.set_day, day, day.textEdited
        case FieldKind.WHEN:
            when = WhenEdit(field.words, offered.questions)
            return when.value, when.set_value, when, when.changed
        case FieldKind.CHOICE | FieldKind.FEE | FieldKind.QUESTION | FieldKind.TARIFF:
            return _combo(field, offered)
        case FieldKind.TEXT | FieldKind.WHOLE:
            return _text(field)


def _text(field: FormField) -> Parts:
    edit = TextEdit(field.words, field.hint)

    def read() -> Any:
        text = edit.text().strip()
        if field.kind is FieldKind.WHOLE:
            return int(text) if text.isdecimal() else text or None
        return text or None

    def show(value: Any) -> None:
        edit.setText("" if value is None else str(value))
        edit.setCursorPosition(0)

    return read, show, edit, edit.textEdited


def _lines(field: FormField) -> Parts:
    edit = QPlainTextEdit()
    edit.setAccessibleName(field.words)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(theme().px(28 * _LINES_SHOWN))

    def read() -> Any:
        text = edit.toPlainText().strip()
        if field.kind is FieldKind.LINES:
            return tuple(line.strip() for line in text.splitlines() if line.strip())
        return " ".join(text.split()) or None

    def show(value: Any) -> None:
        edit.setPlainText("\n".join(value or ()) if field.kind is FieldKind.LINES else str(value or ""))

    return read, show, edit, edit.textChanged


def _combo(field: FormField, offered: Offered) -> Parts:
    combo = Choice(field.words)
    choices = {
        FieldKind.FEE: offered.fees, FieldKind.QUESTION: offered.numbers, FieldKind.TARIFF: offered.tariffs
    }.get(field.kind, field.choices)  # fmt: skip
    if not field.required and all(id for id, _words in choices):
        combo.addItem("không", "")
    for id, words in choices:
        combo.addItem(words, id)

    def show(value: Any) -> None:
        at = combo.findData(value or "")
        if at < 0 and value:
            combo.addItem(str(value), value)
            at = combo.count() - 1
        combo.setCurrentIndex(at)

    return (lambda: combo.currentData() or None), show, combo, combo.activated


def _whole_into(show: Callable[[int | None], None]) -> Callable[[Any], None]:
    return lambda value: show(value if isinstance(value, int) else None)
