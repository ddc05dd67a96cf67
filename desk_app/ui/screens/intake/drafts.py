"""Drafts: what is typed is saved a moment after each field; what was put aside waits for its digit."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.intake import IntakeForm
from desk_app.ui.forms.intake import is_blank
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run
from desk_app.ui.screens.intake.ports import Draft, IntakePorts
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.digits import DigitPause
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.table import Table

SAVE_MS: Final = 250
MOST_PARKED: Final = 9
SAVED: Final = "Đã tự lưu nháp"


class DraftKeeper(QWidget):
    """Invisible. Saves the last form it was given, one job at a time; ``noted(words)``; ``failed(DeskError)``."""

    noted = Signal(str)
    failed = Signal(object)

    def __init__(self, ports: IntakePorts, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._ports = ports
        self._form: IntakeForm | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save_now)

    def keep(self, form: IntakeForm) -> None:
        """Save this form soon; a blank one is nothing to keep."""
        self._form = None if is_blank(form) else form
        if self._form is not None:
            self._timer.start()

    def save_now(self, *, parked: bool = False) -> None:
        """Save what waits."""
        self._timer.stop()
        if self._form is None:
            return
        draft = Draft(self._form, self._ports.now().isoformat(timespec="seconds"), parked)
        self._form = None
        job = partial(self._ports.save_draft, draft)
        if not run(self, self._ports.submit, job, self._saved, self._not_saved, action="save_draft"):
            self._form = draft.form
            self._timer.start()

    def drop(self, form_id: str) -> None:
        """The form became a record: its draft goes."""
        self._timer.stop()
        self._form = None
        job = partial(self._ports.drop_draft, form_id)
        run(self, self._ports.submit, job, lambda _none: None, self._not_saved, action=f"drop {form_id}")

    def _saved(self, _none: object) -> None:
        if self._form is None:
            self.noted.emit(SAVED)

    def _not_saved(self, error: DeskError) -> None:
        self.noted.emit("Chưa lưu được nháp")
        self.failed.emit(error)


class WaitingTable(Table):
    """A digit takes the n-th row."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._digits = DigitPause(self)
        self._digits.chosen.connect(lambda digit: self._open(digit - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in tuple("123456789") and not event.isAutoRepeat():
            if int(event.text()) <= self.model().rowCount():
                self._digits.press(int(event.text()))
            return
        super().keyPressEvent(event)


class WaitingCard(Card):
    """Intakes put aside and drafts from before a crash. ``taken(Draft)``."""

    taken = Signal(object)

    def __init__(self, ports: IntakePorts, parent: QWidget | None = None) -> None:
        super().__init__("Nháp và hồ sơ tạm gác", "archive", padded=False, parent=parent)
        self._ports = ports
        self.add_header(KeyHint([(("1…9",), "mở"), (("↑", "↓"), "chọn"), (("⏎",), "mở")]))
        self.model: RowsModel[Draft] = RowsModel(
            [
                Column("", lambda d: str(self._number(d)), width=40, muted=True),
                Column("Công dân", draft_name, bold=True),
                Column("Thủ tục", self._procedure),
                Column("Lưu lúc", lambda d: f"{d.saved_at[11:16]}, {d.saved_at[8:10]}/{d.saved_at[5:7]}", width=130),
                Column("", lambda d: "Tạm gác" if d.parked else "Nháp", width=96),
            ],
            self,
        )
        self.table = WaitingTable("Nháp và hồ sơ tạm gác")
        self.table.setModel(self.model)
        self.table.opened.connect(self.taken)
        self.body.addWidget(self.table)
        self.setFocusProxy(self.table)

    def set_drafts(self, drafts: tuple[Draft, ...]) -> None:
        self.model.set_rows(drafts)
        self.table.select_row(0)

    def _number(self, draft: Draft) -> int:
        return self.model.rows().index(draft) + 1

    def _procedure(self, draft: Draft) -> str:
        found = next((h for h in self._ports.catalogue.headings if h.id == draft.form.procedure), None)
        return found.name if found else "Chưa chọn thủ tục"


def draft_name(draft: Draft) -> str:
    """Whose draft it is."""
    return name_of(draft.form)


def name_of(form: IntakeForm) -> str:
    """The citizen on a form, or words for nobody."""
    return form.person.name if form.person and form.person.name else "người chưa ghi tên"
