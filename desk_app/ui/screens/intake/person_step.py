"""Who it is: the fields of the scanned card read-only, a line to type a number, or the form for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desk_app.domain.identity import Problem, mask
from desk_app.domain.person import Person
from desk_app.ui import keys
from desk_app.ui.errors import message
from desk_app.ui.forms.person import birth_text, number_problem, phone_problem
from desk_app.ui.icons import IconLabel
from desk_app.ui.screens.intake.typed_person import NamedField, TypedPerson, digits_only, problem_words
from desk_app.ui.theme import fix_width, theme
from desk_app.ui.tone import Tone
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.badge import Badge, BadgeTone
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, clear, down, frame, label
from desk_app.ui.widgets.paint import announce, set_style

BadgeView = tuple[str, BadgeTone, str]
_P = TypeVar("_P", bound=QWidget)
UNUSUAL_NAME = "TN-32"
_ICONS = {Tone.INFO: "info", Tone.WARN: "triangle-alert"}
_INKS = {Tone.INFO: "text2", Tone.WARN: "warn"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True, repr=False)
class NamePending:
    """A card whose name was damaged: the number holds, the name waits for the officer. ``proposed`` "" = unsure.

    ``letters``: the name as the scan brought it; a typed name must have these letters, whatever its marks.
    """

    proposed: str
    letters: str = ""


class KnownPerson(QWidget):
    """The row of fields. ``phone_typed`` · ``residence_typed`` · ``name_accepted``."""

    phone_typed = Signal(str)
    residence_typed = Signal(str)
    name_accepted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.number = TextEdit("Họ và tên"), TextEdit("Số định danh")
        self.birth, self.gender = TextEdit("Ngày sinh"), TextEdit("Giới tính")
        self.phone, self.residence = TextEdit("Điện thoại báo kết quả"), TextEdit("Nơi cư trú hiện nay")
        self.name.setProperty("strong", True)
        self._name_field = Field("Họ và tên", self.name)
        self._number_field = NamedField("Số định danh", self.number)
        self._phone_field = Field("Điện thoại báo kết quả", self.phone)
        birth, gender = Field("Ngày sinh", self.birth), Field("Giới tính", self.gender)
        groups = (
            ((self._name_field, 236), (self._number_field, 150)),
            ((birth, 118), (gender, 70), (self._phone_field, 176)),
        )
        self._row = across(margins=(16, 10, 16, 14), gap=12)
        for group in groups:
            line = across(gap=12)
            for widget, width in group:
                fix_width(widget, width)
                line.addLayout(down(widget, None))
            line.addStretch(0)
            self._row.addLayout(line)
        self._row.addLayout(down(Field("Nơi cư trú hiện nay", self.residence), None), 1)
        self._said = label("", "error", wrap=True)
        self._said.setContentsMargins(16, 0, 16, 10)
        self._notes = down(margins=(16, 0, 16, 10), gap=2)
        self._note_lines = frame(self._notes)
        self._note_lines.hide()
        self.setLayout(down(self._row, self._said, self._note_lines, gap=0))
        self._fit()
        for edit in (self.number, self.birth, self.gender):
            edit.set_read_only(True)
        self.phone.textEdited.connect(self.phone_typed)
        self.phone.editingFinished.connect(self._check_phone)
        self.residence.textEdited.connect(self.residence_typed)
        self.name.installEventFilter(self)
        self.name.textEdited.connect(lambda _text: self.name.set_bad(False))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._fit()

    def _fit(self) -> None:
        """Large text: three lines of fields in place of one."""
        way = QBoxLayout.Direction.TopToBottom if theme().folds else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def set_notes(self, notes: tuple[Problem, ...]) -> None:
        """What the card says that deserves a second look; nothing here stops the work."""
        clear(self._notes)
        for note in notes:
            said = message(note.code, **note.message_values)
            line = across(down(IconLabel(_ICONS[said.tone], 17, _INKS[said.tone]), None), gap=6)
            line.addWidget(
                label(f"{said.text} {said.code}", "small" if said.tone is Tone.WARN else "hint", wrap=True), 1
            )
            self._notes.addWidget(frame(line))
        self._note_lines.setVisible(bool(notes))
        set_style(self.name, "tone", "warn" if any(note.code == UNUSUAL_NAME for note in notes) else "")
        self.setAccessibleDescription(" ".join(message(note.code, **note.message_values).text for note in notes))

    def set_person(self, person: Person, pending: NamePending | None) -> None:
        """Show the person; text that is being typed is left alone."""
        waiting = pending is not None and not person.name
        self.name.set_bad(False)
        self.name.set_read_only(not waiting)
        self.name.setProperty("proposed", waiting)
        if waiting:
            set_style(self.name, "tone", "warn" if pending and pending.proposed else "")
        if not (waiting and self.name.isModified()):
            self.name.setText(pending.proposed if waiting and pending else person.name)
            self.name.setCursorPosition(0)
        labels = {"cmnd": "Số CMND", "passport": "Số hộ chiếu", "tax": "Mã số thuế"}
        self._number_field.set_name(labels.get(person.id_kind, "Số định danh"))
        self.number.setText(mask(person.id_number))
        self.birth.setText(birth_text(person))
        self.gender.setText(person.gender)
        for edit, text in ((self.phone, person.phone), (self.residence, person.residence)):
            if not edit.hasFocus():
                edit.setText(text)
                edit.setCursorPosition(0)
        self._say_name(pending if waiting else None)

    def _say_name(self, pending: NamePending | None) -> None:
        if pending is None:
            self._said.hide()
            return
        said = message("TN-04", name=pending.proposed) if pending.proposed else message("TN-13")
        self._said.setText(f"{said.text} {said.code}")
        self._said.show()

    def say_other_letters(self, letters: str) -> None:
        """The typed name is not the card's; it stays as typed."""
        said = message("TN-44", letters=" ".join(letters.split())[:60])
        self._said.setText(f"{said.text} {said.code}")
        self._said.show()
        self.name.set_bad(True)
        announce(self.name, said.text)

    def _check_phone(self) -> None:
        problem = phone_problem(self.phone.text())
        self._phone_field.set_error(problem_words(problem) if problem else "", problem.code if problem else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.name
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
        ):
            if self.name.text().strip() and not event.isAutoRepeat():
                self.name_accepted.emit(self.name.text())
            return True
        return super().eventFilter(watched, event)


class NumberLine(QWidget):
    """Nobody yet: scan, or type the twelve digits and Enter. ``entered(number)``."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.edit = TextEdit("12 số định danh", "12 số định danh", icon="id-card")
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._field = Field("Số định danh", self.edit)
        fix_width(self._field, 300)
        hint = label("Quét mã QR trên thẻ căn cước. Chưa quét được: gõ 12 số định danh rồi Enter.", "soft", wrap=True)
        row = across(down(self._field, None), down(26, hint, None, gap=0), margins=(16, 10, 16, 14), gap=16)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.edit.returnPressed.connect(self._enter)
        self.edit.textEdited.connect(lambda _text: self._field.set_error(""))

    def clear(self) -> None:
        self.edit.clear()
        self._field.set_error("")

    @property
    def error(self) -> str:
        return self._field.error

    def _enter(self) -> None:
        problem = number_problem("cccd", self.edit.text())
        if problem is not None:
            self._field.set_error(problem_words(problem), problem.code)
            self.edit.selectAll()
            return
        self.entered.emit(digits_only(self.edit))


class PersonCard(Card):
    """The line for a number at first; the fields and the form for typing are built when they are wanted, or ahead.

    ``typed_changed`` and ``typed_entered`` of the form; the other signals are those of ``KnownPerson``.
    """

    phone_typed = Signal(str)
    residence_typed = Signal(str)
    name_accepted = Signal(str)
    typed_changed = Signal()
    typed_entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Công dân", "id-card", padded=False, parent=parent)
        self._notes: tuple[Problem, ...] = ()
        self._badges = [Badge(""), Badge(""), Badge("")]
        self.add_header(*self._badges, near=True)
        self._behalf = KeyHint([((keys.label("on_behalf"),), "Nộp thay người khác")], before=True)
        self.add_header(self._behalf)
        self.line = NumberLine()
        self.body.setSpacing(0)
        self.body.addWidget(self.line)

    @cached_property
    def known(self) -> KnownPerson:
        """The fields of the person."""
        known = self._add(KnownPerson)
        known.phone_typed.connect(self.phone_typed)
        known.residence_typed.connect(self.residence_typed)
        known.name_accepted.connect(self.name_accepted)
        return known

    @cached_property
    def typed(self) -> TypedPerson:
        """The form for everybody without a readable card."""
        typed = self._add(TypedPerson)
        typed.changed.connect(self.typed_changed)
        typed.entered.connect(self.typed_entered)
        return typed

    def _add(self, build: Callable[[], _P]) -> _P:
        with unwatched():
            part = build()
            part.hide()
            self.body.addWidget(part)
        return part

    def set_person(
        self,
        person: Person | None,
        badges: tuple[BadgeView, ...],
        pending: NamePending | None,
        *,
        typing: bool,
        notes: tuple[Problem, ...] = (),
    ) -> None:
        """Show the form while `typing`, the person, or the line that waits for one."""
        self.line.setVisible(person is None and not typing)
        for name, wanted in (("known", person is not None and not typing), ("typed", typing)):
            if wanted or name in self.__dict__:
                getattr(self, name).setVisible(wanted)
        if person is not None:
            self.known.set_person(person, pending)
            if notes != self._notes:
                self._notes = notes
                self.known.set_notes(notes)
        for place, badge in enumerate(self._badges):
            text, tone, icon = badges[place] if place < len(badges) else ("", "neutral", "")
            badge.set(text, tone, icon)
        self._behalf.setVisible(not typing)
