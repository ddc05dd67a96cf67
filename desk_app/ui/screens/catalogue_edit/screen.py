"""Quản trị · Sửa danh mục: choose a procedure and a day, change it by form, look at what it means, put it into use.

Esc goes one step back and keeps what was typed; only F9 on the last step changes anything.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.errors import DeskError
from desk_app.services.catalogue_edit import SaveEdit
from desk_app.ui.errors import Message
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.catalogue_edit.check_part import CheckPart
from desk_app.ui.screens.catalogue_edit.choose_part import ChoosePart
from desk_app.ui.screens.catalogue_edit.form_part import FormPart
from desk_app.ui.screens.catalogue_edit.ports import EditPorts
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.label import Elided, across, down, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.catalogue_draft import Draft
    from desk_app.domain.catalogue_form import Problem
    from desk_app.services.catalogue_edit import Checked, Opened

CHOOSE, FORM, CHECK = 0, 1, 2
PAUSE_MS: Final = 500


class CatalogueEditPage(Page):
    """Three steps in one place; a draft stays until it is saved or another procedure is opened."""

    def __init__(self, ports: EditPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._opened: Opened | None = None
        self._checked: Checked | None = None
        self._accepted: frozenset[str] = frozenset()
        self._problems: tuple[Problem, ...] = ()
        self._foreign = False  # another desk of the office edits
        self.choose = ChoosePart(ports.procedures, ports.find)
        self._name, self._held = Elided("", "bigtitle"), label("", "hint")
        self._from, self._state = Badge(""), Badge("")
        self._form_side = self._form_page()
        self._stack = QStackedWidget()
        for page in (self.choose, self._form_side, QWidget()):
            self._stack.addWidget(page)
        layout = down(self._stack, margins=(16, 10, 16, 10), gap=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.choose.changed.connect(self.actions_changed)
        self.choose.taken.connect(self.primary)

    @cached_property
    def form(self) -> FormPart:
        """Step 2; built when it is wanted, or ahead."""
        with unwatched():
            form = FormPart()
            self._form_layout.addWidget(form, 1)
        form.changed.connect(self._on_changed)
        return form

    @cached_property
    def check_part(self) -> CheckPart:
        """Step 3; built when it is wanted, or ahead."""
        with unwatched():
            part, old, shown = CheckPart(), self._stack.widget(CHECK), self._stack.currentIndex()
            self._stack.insertWidget(CHECK, part)
            if old is not None:
                self._stack.removeWidget(old)
                old.deleteLater()
            self._stack.setCurrentIndex(shown)
        part.accepted.connect(self._accept)
        part.problem_chosen.connect(self._mend)
        return part

    def build_more(self) -> bool:
        for part in ("form", "check_part"):
            if part not in self.__dict__:
                getattr(self, part)
                return True
        return False

    # ---- the three steps

    def _form_page(self) -> QWidget:
        page = QWidget()
        top = across(self._name, self._from, self._state, gap=10)
        top.setStretch(0, 1)
        self._form_layout = down(top, self._held, gap=6)
        page.setLayout(self._form_layout)
        return page

    @property
    def step(self) -> int:
        return self._stack.currentIndex()

    def activate(self) -> None:
        if self.choose.day.day() is None:
            self.choose.day.set_day(self._ports.today())
        if self.step == CHOOSE:
            self.choose.look()
            self.choose.search.setFocus()

    def on_search(self, text: str) -> bool:
        """The search field of the window looks among the procedures here."""
        if self.step == CHOOSE:
            self.choose.look(text)
        return self.step == CHOOSE

    def bar_actions(self) -> Actions:
        busy = any(under_way(self, action) for action in ("open", "check", "save"))
        if self.step == CHOOSE:
            return self._choose_actions(busy)
        assert self._opened is not None
        day = f"{self._opened.draft.valid_from:%d/%m/%Y}"
        back = Action("back", "Quay lại", "back")
        if self.step == FORM:
            why = f"Còn {len(self._problems)} chỗ phải sửa." if self._problems else ""
            say = why or f"Bấm F9 để: kiểm tra và xem trước bản áp dụng từ **{day}**."
            return Actions(say, Action("primary", "Kiểm tra", "primary", "check", busy=busy), back)
        why = self._why_not()
        say = why or f"Bấm F9 để: đưa vào dùng từ **{day}**. Hồ sơ đã nhận giữ bản cũ."
        failing = self._checked.failing if self._checked is not None else ()
        others = (Action("accept", f"Đúng cả {len(failing)} ca"),) if len(failing) > 1 else ()
        return Actions(say, Action("primary", "Lưu bản mới", "primary", "check", why, busy), back, others)

    def _choose_actions(self, busy: bool) -> Actions:
        row = self.choose.procedure
        why = "" if self.choose.chosen is not None else "Chọn thủ tục và ghi ngày áp dụng."
        say = why or f"Bấm F9 để: sửa **{row.name if row else ''}**."
        others = (Action("take_over", "Sửa ở máy này từ nay"),) if self._foreign else ()
        return Actions(say, Action("primary", "Sửa", "primary", "file-check", why, busy), None, others)

    def on_action(self, action_id: str) -> None:
        if action_id == "take_over":
            run(self, self._ports.submit, self._ports.take_over, self._taken_over, self.show_error, action="take_over")
        elif action_id == "accept" and self._checked is not None:
            self._accepted |= {result.id for result in self._checked.failing}
            self._check()
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        if self.step == CHOOSE:
            self._open()
        elif self.step == FORM:
            self._check()
        elif not self._why_not():
            self._save()

    def back(self) -> None:
        """Esc: one step; the draft stays."""
        self.choose.say("")
        self._go(max(CHOOSE, self.step - 1))

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        if step == CHOOSE:
            self.choose.table.setFocus()
        elif step == FORM:
            self.form.sections.setFocus()
        else:
            button = self.check_part.first_button()
            (button or self.check_part).setFocus()
        self.actions_changed.emit()

    # ---- choosing

    def _open(self) -> None:
        if self.choose.chosen is None:
            return
        row, day = self.choose.chosen
        opened = self._opened
        if opened is not None and (opened.draft.procedure, opened.draft.valid_from) == (row.id, day):
            self._go(FORM)  # what was typed is still here
            return
        self.choose.say("")
        run(
            self,
            self._ports.submit,
            partial(self._ports.open, row.id, day),
            self._begin,
            self._not_opened,
            action="open",
        )

    def _begin(self, opened: Opened) -> None:
        self._opened, self._checked = opened, None
        self._accepted, self._problems, self._foreign = frozenset(), (), False
        self._name.setText(opened.title)
        self._held.setText(f"{opened.code or 'chưa có mã'} · bắt đầu từ bản áp dụng {opened.held}")
        self._from.set(f"Bản mới từ {opened.draft.valid_from:%d/%m/%Y}", "info", "calendar-days")
        self._state.set("Bản của xã" if opened.own else "Bản quốc gia", "neutral")
        self.form.set_draft(opened)
        self._go(FORM)
        self._look()

    def _not_opened(self, error: DeskError) -> None:
        self._foreign = error.code == "DM-42"
        self.show_error(error)
        self.actions_changed.emit()

    def _taken_over(self, _fact: object) -> None:
        self._foreign = False
        self.choose.say("")
        self._open()

    # ---- the form

    def _on_changed(self, _draft: Draft) -> None:
        self._checked = None
        self._pause.start()

    def _look(self) -> None:
        """What is wrong is said while typing, once the hand rests."""
        draft = self.form.draft
        job = partial(self._ports.draft_problems, draft)
        if not run(self, self._ports.submit, job, partial(self._looked, draft), self.show_error, action="look"):
            self._pause.start()

    def _looked(self, draft: Draft, found: Sequence[Problem]) -> None:
        if draft is self.form.draft:
            self._problems = tuple(found)
            self.form.set_problems(self._problems)
            self.actions_changed.emit()

    # ---- what it means

    def _check(self) -> None:
        job = partial(self._ports.check, self.form.draft, self._accepted)
        run(self, self._ports.submit, job, self._show, self.show_error, action="check")
        self.actions_changed.emit()

    def _show(self, checked: Checked) -> None:
        self._checked, self._problems = checked, checked.problems
        self.form.set_problems(checked.problems)
        self.check_part.set_checked(checked, self.form.draft)
        self._go(CHECK)

    def _accept(self, case: str) -> None:
        self._accepted |= {case}
        self._check()

    def _mend(self, problem: Problem) -> None:
        self._go(FORM)
        self.form.go_to(problem)

    def _why_not(self) -> str:
        if self._checked is None:
            return "Quay lại và kiểm tra trước."
        if self._checked.problems:
            return f"Còn {len(self._checked.problems)} chỗ phải sửa."
        if not self._checked.changes:
            return "Chưa có thay đổi nào."
        failing = len(self._checked.failing)
        return f"Còn {failing} ca thử ra kết quả khác, phải xem từng ca." if failing else ""

    def _save(self) -> None:
        command = SaveEdit(self._ports.new_id(), self.form.draft, self._accepted)
        run(self, self._ports.submit, partial(self._ports.save, command), self._saved, self.show_error, action="save")
        self.actions_changed.emit()

    def _saved(self, fact: Any) -> None:
        self._opened = self._checked = None
        self._go(CHOOSE)
        self.say("DM-46", version=fact.version)
        self._ports.saved()

    def show_panel(self, message: Message) -> None:
        """What keeps the work from going on stands where the work is begun."""
        self.choose.say(f"{message.text} {message.code}")
        if self.step != CHOOSE:
            self.toast.emit(message.text, message.tone, message.code)
