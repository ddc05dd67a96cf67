"""The other side of the panel: what else can be done with a dossier, one form for each, and why its date is its date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desk_app.domain.lifecycle import Move, Transition
from desk_app.domain.why_date import Why
from desk_app.ui.forms.life import CAUSES, FORMS, Asked, MoveForm
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.theme import theme
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.choice import Choice
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

WIDTH = 408


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a form begins with: values by field, a sentence, and why it cannot be done now ("" = it can).

    ``fields``: those this very dossier adds before the form's own.
    """

    values: Mapping[str, str]
    say: str = ""
    refusal: str = ""
    fields: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one move of one dossier; ``id`` is the command's, so that a second press does nothing twice.

    ``dossiers``: all of a group, when the move is made for several at once.
    """

    id: str
    dossier: str
    move: Move
    values: Mapping[str, str]
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What was recorded: a sentence, and what its papers are about ("" = none)."""

    say: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Dossiers that want the same move now: those at risk by cause, those to hand over by agency."""

    move: Move
    title: str
    hint: str
    dossiers: tuple[str, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """A book that can be printed or saved here; ``id`` is for the port."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class LifePorts:
    """The use cases behind the panel; all through ``submit`` of the page, printing on the paper thread."""

    moves: Callable[[str], Sequence[Transition]]
    prepare: Callable[[str, Move], Prepared]
    do: Callable[[Typed], Done]
    why: Callable[[str], Why]
    print_why: Callable[[str], Printing]
    groups: Callable[[], Sequence[Group]] = tuple
    books: tuple[Book, ...] = ()
    open_book: Callable[[str], Printing] | None = None
    sheets: Callable[[str], Sequence[Book]] = lambda _dossier: ()
    print_sheet: Callable[[str, str], Printing] | None = None


class LifePanel(Card):
    """``chosen(move)``, ``wanted(values)`` for the blue button, ``closed`` to go back, ``print_wanted`` for the date.

    ``group_chosen(group)`` and ``book_chosen(id)`` in the view of groups; ``sheet_chosen(id)``: print a paper of one.
    """

    chosen = Signal(object)
    group_chosen = Signal(object)
    book_chosen = Signal(str)
    sheet_chosen = Signal(str)
    wanted = Signal(object)
    closed = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Việc khác", padded=False, parent=parent)
        self._form: MoveForm | None = None
        self._fields: dict[str, Field] = {}
        self._cause: Segment | None = None
        self._inner = QVBoxLayout()
        self._inner.setSpacing(10)
        self._inner.setContentsMargins(16, 12, 16, 12)
        self.main = KeyButton("", "primary", "primary", bind=False)
        self._back = KeyButton("Quay lại", "back", small=True, bind=False)
        self.body.addWidget(ScrollBody(self._inner), 1)
        self.body.addWidget(frame(across(self._back, None, self.main, margins=(16, 8, 16, 12), gap=8), line=False))
        self._back.triggered.connect(self.closed)
        self.main.triggered.connect(self.press)

    # ---- three things it can show

    def show_moves(self, moves: Sequence[Transition], sheets: Sequence[Book] = ()) -> None:
        """The list of what is possible now, in the law's order, and what can be printed."""
        self._clear("Việc khác")
        shown = [one for one in moves if one.move in FORMS]
        if not shown:
            self._inner.addWidget(label("Lúc này hồ sơ không có việc nào khác.", "soft", wrap=True))
        for one in shown:
            button = KeyButton(FORMS[one.move].title)
            button.triggered.connect(lambda move=one.move: self.chosen.emit(move))
            self._inner.addWidget(button)
        if sheets:
            self._inner.addWidget(label("Giấy tờ", "strong"))
        for sheet in sheets:
            button = KeyButton(sheet.title, small=True)
            button.triggered.connect(lambda id_=sheet.id: self.sheet_chosen.emit(id_))
            self._inner.addWidget(button)
        self._inner.addStretch(1)
        self.main.hide()
        self._focus_first()

    def show_groups(self, groups: Sequence[Group], books: Sequence[Book]) -> None:
        """What can be done for several at once: letters by cause, hand-over lists by agency; and the books."""
        self._clear("Làm theo nhóm")
        if not groups:
            self._inner.addWidget(label("Không có hồ sơ sắp trễ hẹn hay chờ chuyển.", "soft", wrap=True))
        for group in groups:
            button = KeyButton(f"{FORMS[group.move].title} ({len(group.dossiers)})")
            button.triggered.connect(lambda group=group: self.group_chosen.emit(group))
            self._inner.addWidget(label(group.title, "strong", wrap=True))
            self._inner.addWidget(label(group.hint, "hint", wrap=True))
            self._inner.addWidget(button)
        if books:
            self._inner.addWidget(label("Sổ", "strong"))
        for book in books:
            button = KeyButton(book.title, small=True)
            button.triggered.connect(lambda id_=book.id: self.book_chosen.emit(id_))
            self._inner.addWidget(button)
        self._inner.addStretch(1)
        self.main.hide()
        self._focus_first()

    def show_form(self, move: Move, prepared: Prepared) -> None:
        """The fields of one move, filled with what is known."""
        form = FORMS[move]
        form = replace(form, fields=(*prepared.fields, *form.fields))
        self._clear(form.title)
        self._form = form
        for words in filter(None, (form.say, prepared.say)):
            self._inner.addWidget(label(words, "soft", wrap=True))
        for asked in form.fields:
            self._add(asked, prepared.values.get(asked.id, ""))
        self._inner.addStretch(1)
        self.main.set_text(form.button)
        self.main.set_reason(prepared.refusal)
        self.main.show()
        self._focus_first()

    def show_why(self, why: Why) -> None:
        """Facts, day by day, the sum, the date."""
        self._clear("Vì sao ngày này?")
        self._form = None
        for fact in why.facts:
            self._inner.addWidget(label(fact, "soft", wrap=True))
        for line in why.lines:
            count = label(line.count, "strong" if line.counted else "hint", right=True)
            row = across(label(f"{line.when}: {line.what}", "" if line.counted else "hint", wrap=True), gap=8)
            row.setStretch(0, 1)
            row.addWidget(count)
            self._inner.addLayout(row)
        for words, role in ((why.total, "strong"), (why.result, "cardtitle"), (why.note, "hint")):
            if words:
                self._inner.addWidget(label(words, role, wrap=True))
        self._inner.addStretch(1)
        self.main.set_text("In cách tính")
        self.main.set_reason("")
        self.main.show()
        self.main.setFocus()

    # ---- what was typed

    def press(self) -> None:
        """The blue button: every needed field first."""
        if not self.main.isVisible() or self.main.is_busy:
            return
        if self.main.reason or self._form is None:
            self.main.press() if self.main.reason else self.print_wanted.emit()
            return
        values = self.values()
        for asked in self._form.fields:
            if asked.kind == "cause":
                continue
            empty = asked.needed and not values[asked.id].strip()
            self._fields[asked.id].set_error("Nhập mục này." if empty else "")
            if empty:
                self._fields[asked.id].editor.setFocus()
                return
        self.wanted.emit(values)

    def values(self) -> dict[str, str]:
        found = {id_: _text(field.editor) for id_, field in self._fields.items()}
        if self._cause is not None:
            found["cause"] = self._cause.chosen_id() or ""
        return found

    def set_busy(self, busy: bool) -> None:
        self.main.set_busy(busy)

    # ---- inside

    def _add(self, asked: Asked, value: str) -> None:
        if asked.kind == "cause":
            self._cause = Segment(CAUSES, asked.label, value or None)
            self._inner.addWidget(label(asked.label, "field"))
            self._inner.addWidget(self._cause)
            return
        editor: QWidget
        if asked.kind == "choice":
            choice = Choice(asked.label)
            choice.set_choices(asked.options, value)
            editor = choice
        elif asked.kind == "lines":
            lines = QPlainTextEdit(value)
            lines.setTabChangesFocus(True)
            lines.setAccessibleName(asked.label)
            lines.setMaximumHeight(theme().px(96))
            editor = lines
        else:
            line = TextEdit(asked.label)
            line.setMaxLength(500)
            line.setText(value)
            editor = line
        field = Field(asked.label, editor, wrap=True)
        self._fields[asked.id] = field
        self._inner.addWidget(field)

    def _clear(self, title: str) -> None:
        self.set_title(title)
        self._fields.clear()
        self._cause = self._form = None
        self.set_busy(False)
        _empty(self._inner)

    def _focus_first(self) -> None:
        if self._cause is not None:
            self._cause.setFocus()
            return
        for at in range(self._inner.count()):
            item = self._inner.itemAt(at)
            widget = item.widget() if item is not None else None
            if isinstance(widget, Field | KeyButton):
                widget.setFocus()
                return
        (self.main if self.main.isVisible() else self._back).setFocus()


def _text(editor: QWidget) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, Choice):
        return editor.chosen
    assert isinstance(editor, TextEdit)
    return editor.text()


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            _drop(widget)
        elif (inner := item.layout()) is not None:
            while (part := inner.takeAt(0)) is not None:
                if (widget := part.widget()) is not None:
                    _drop(widget)


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
