"""The form for a citizen without a readable card: passport, old number, none, a child, an organisation."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desk_app.domain.identity import Problem
from desk_app.domain.person import Person
from desk_app.ui.errors import message
from desk_app.ui.forms.person import GENDERS, ID_KINDS, KINDS, PersonFields, fields_of, read_person
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across
from desk_app.ui.widgets.segment import Segment

_LONGEST = 10_000


def problem_words(problem: Problem) -> str:
    """A problem as the sentence of its code."""
    return message(problem.code, **problem.message_values).text


class NamedField(Field):
    """A field whose label changes with what it is asked for."""

    def set_name(self, name: str) -> None:
        self._label.setText(name)
        self.editor.setAccessibleName(name)


class TypedPerson(QWidget):
    """``changed`` at each field; ``entered`` when Enter is pressed in the last field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = Segment(KINDS, "Ai nộp hồ sơ", "person")
        self._id_kind = Segment(ID_KINDS, "Loại giấy tờ", "cccd")
        self._gender = Segment(GENDERS, "Giới tính")
        self._edits = {
            name: TextEdit(text, hint)
            for name, text, hint in (
                ("name", "Họ và tên", ""),
                ("number", "Số giấy tờ", ""),
                ("birth", "Ngày sinh", "ngày/tháng/năm, hoặc năm"),
                ("phone", "Điện thoại báo kết quả", ""),
                ("residence", "Nơi cư trú hiện nay", ""),
                ("signer", "Người giám hộ", ""),
                ("signer_detail", "Số định danh hoặc quan hệ", ""),
                ("witnesses", "Người làm chứng", "họ tên, cách nhau dấu phẩy"),
            )
        }
        self._cannot_sign = QCheckBox("Không ký được, điểm chỉ")
        self._fields = {name: NamedField(edit.accessibleName(), edit) for name, edit in self._edits.items()}
        self._number_field = self._fields["number"]
        self._gender_field = Field("Giới tính", self._gender)
        self._id_field = Field("Loại giấy tờ", self._id_kind)
        self._grid()
        self._kind.chosen.connect(self._on_kind)
        self._id_kind.chosen.connect(lambda _kind: self.changed.emit())
        self._gender.chosen.connect(lambda _gender: self.changed.emit())
        self._cannot_sign.toggled.connect(self._on_cannot_sign)
        for edit in self._edits.values():
            edit.setMaxLength(_LONGEST)
            edit.textEdited.connect(lambda _text: self.changed.emit())
            edit.installEventFilter(self)
        self._on_kind("person")
        self._on_cannot_sign(False)

    def fields(self) -> PersonFields:
        """Everything as typed."""
        typed = {name: edit.text() for name, edit in self._edits.items()}
        return PersonFields(
            kind=self._kind.chosen_id() or "person",
            id_kind=self._id_kind.chosen_id() or "cccd",
            gender=self._gender.chosen_id() or "",
            cannot_sign=self._cannot_sign.isChecked(),
            **typed,
        )

    def set_fields(self, fields: PersonFields) -> None:
        """Show these; no field says that anything is wrong."""
        self._kind.set_chosen(fields.kind)
        self._id_kind.set_chosen(fields.id_kind)
        self._gender.set_chosen(fields.gender or None)
        self._cannot_sign.setChecked(fields.cannot_sign)
        for name, edit in self._edits.items():
            edit.setText(getattr(fields, name))
        for field in self._fields.values():
            field.set_error("")
        self._on_kind(fields.kind)

    def set_person(self, person: Person) -> None:
        self.set_fields(fields_of(person))

    def read(self, today: date) -> Person | None:
        """The person; None after saying under each field what is wrong, with the focus on the first."""
        person, problems = read_person(self.fields(), today)
        for name, field in self._fields.items():
            problem = problems.get(name)
            field.set_error(problem_words(problem) if problem else "", problem.code if problem else "")
        first = next((name for name in self._edits if name in problems), None)
        if first:
            self._edits[first].setFocus(Qt.FocusReason.OtherFocusReason)
            self._edits[first].selectAll()
        return person

    def say(self, name: str, text: str, code: str = "") -> None:
        """Say something under a field."""
        self._fields[name].set_error(text, code)

    def error_of(self, name: str) -> str:
        """What is said under a field, "" = nothing."""
        return self._fields[name].error

    def enter(self, name: str = "") -> None:
        """Focus: the named field, or the first empty one."""
        if not name:
            name = next((key for key in ("name", "number", "birth") if not self._edits[key].text()), "name")
        self._edits[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _grid(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 14)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        more = QWidget()
        more.setLayout(across(self._cannot_sign, None, margins=(0, 20, 0, 0)))
        fields = self._fields
        for widget, row, column, span in (
            (Field("Ai nộp hồ sơ", self._kind), 0, 0, 7),
            (self._id_field, 0, 7, 5),
            (fields["name"], 1, 0, 4),
            (fields["number"], 1, 4, 3),
            (fields["birth"], 1, 7, 3),
            (self._gender_field, 1, 10, 2),
            (fields["phone"], 2, 0, 3),
            (fields["residence"], 2, 3, 9),
            (fields["signer"], 3, 0, 5),
            (fields["signer_detail"], 3, 5, 4),
            (more, 4, 0, 4),
            (fields["witnesses"], 4, 4, 8),
        ):
            grid.addWidget(widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(12):
            grid.setColumnStretch(column, 1)

    def _on_kind(self, kind: str) -> None:
        organisation, child = kind == "organisation", kind == "child"
        for widget in (self._gender_field, self._fields["birth"], self._id_field):
            widget.setVisible(not organisation)
        self._fields["name"].set_name("Tên tổ chức" if organisation else "Họ và tên của trẻ" if child else "Họ và tên")
        self._number_field.set_name("Mã số thuế (nếu có)" if organisation else "Số giấy tờ")
        for name in ("signer", "signer_detail"):
            self._fields[name].setVisible(organisation or child)
        self._fields["signer"].set_name("Người đại diện" if organisation else "Người giám hộ")
        self._fields["signer_detail"].set_name("Chức vụ" if organisation else "Số định danh hoặc quan hệ")
        self.changed.emit()

    def _on_cannot_sign(self, on: bool) -> None:
        self._fields["witnesses"].setVisible(on)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if not event.isAutoRepeat():
                    self._next(watched)
                return True
        return super().eventFilter(watched, event)

    def _next(self, watched: QObject) -> None:
        shown = [edit for name, edit in self._edits.items() if self._fields[name].isVisible()]
        at = shown.index(watched) if isinstance(watched, TextEdit) and watched in shown else len(shown)
        if at + 1 < len(shown):
            shown[at + 1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.entered.emit()


def digits_only(edit: QLineEdit) -> str:
    """The digits in a box, "" when there are none."""
    return "".join(c for c in edit.text() if c.isdecimal())
