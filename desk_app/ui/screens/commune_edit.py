"""Quản trị · Giờ, địa chỉ: what the commune says of itself, of other agencies and of the council's fees, by form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from desk_app.domain.errors import DeskError
from desk_app.services.commune_edit import OFFICE, PLACE, SaveCommune, tariff_section
from desk_app.ui.errors import Message
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.folding import Folding
from desk_app.ui.widgets.label import clear, down, label
from desk_app.ui.widgets.record_form import Offered, RecordForm
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.domain.catalogue_form import Problem
    from desk_app.services.commune_edit import CommuneForm

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
PAUSE_MS: Final = 400
_LISTED, _SIDE = 270, 320
_OWN, _FEES = "", "fees"
FILE = "lop-phu-xa.mcdm"


@dataclass(frozen=True, slots=True)
class CommunePorts:
    """Slow calls go by ``submit``. ``look`` answers what is wrong and what would change; ``export`` writes the signed layer.

    ``saved``: the desk must be made anew. ``take_imported``: the form with the amounts of a compared sheet, None = none.
    """

    submit: Submit
    new_id: Callable[[], str]
    open: Callable[[], CommuneForm]
    look: Callable[[CommuneForm], tuple[Sequence[Problem], Sequence[str]]]
    save: Callable[[SaveCommune], Any]
    take_over: Callable[[], Any]
    saved: Callable[[], None]
    export: Callable[[str], str]
    take_imported: Callable[[CommuneForm], CommuneForm | None]
    pick_target: Callable[[QWidget], str] = lambda parent: QFileDialog.getSaveFileName(
        parent, "Ghi danh mục của xã", FILE, "Danh mục Một cửa (*.mcdm)"
    )[0]


@dataclass(frozen=True)
class _Part:
    id: str
    words: str
    wrong: str


class CommuneEditPage(Page):
    """The office first, then the council's fees, then every agency people are sent to."""

    def __init__(self, ports: CommunePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._form: CommuneForm | None = None
        self._part = _OWN
        self._problems: tuple[Problem, ...] = ()
        self._changes: tuple[str, ...] = ()
        self._foreign = False
        self._model: RowsModel[_Part] = RowsModel(
            [
                Column("Phần", lambda r: r.words, tip=lambda r: r.words),
                Column("", lambda r: r.wrong, width=52, right=True),
            ],
            self,
        )
        self.table = Table("Phần của xã", header=False)
        self.table.setModel(self._model)
        self.form = RecordForm()
        self._title, self._why = label("", "cardtitle", wrap=True), label("", "error", wrap=True)
        self._version = Badge("")
        self._told = down(gap=4)
        self.setLayout(self._layout())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.table.current_changed.connect(self._on_part)
        self.table.opened.connect(lambda _row: self.form.focus())
        self.form.changed.connect(self._on_field)

    def _layout(self) -> Any:
        listed, fields, side = Card(padded=False), Card(padded=False), Card("Sẽ đổi", "file-check", padded=False)
        listed.body.addWidget(self.table, 1)
        inner = down(self._why, self._title, self.form, margins=(16, 12, 16, 12), gap=10)
        fields.body.addWidget(ScrollBody(inner), 1)
        told = down(self._version, self._told, None, margins=(16, 12, 16, 12), gap=8)
        side.body.addWidget(ScrollBody(told), 1)
        return down(Folding(((listed, _LISTED), (fields, 0), (side, _SIDE))), margins=(16, 10, 16, 10))

    # ---- what the shell asks

    def activate(self) -> None:
        if self._form is None or not self._changes:
            self._open()
        elif self._lay_imported():
            self._show_all()
        self.table.setFocus()

    def bar_actions(self) -> Actions:
        n = len(self._changes)
        why = "Chưa mở được phần của xã." if self._form is None else "" if n else "Chưa có thay đổi nào."
        why = f"Còn {len(self._problems)} chỗ phải sửa." if self._problems else why
        busy = under_way(self, "save")
        say = why or f"Bấm F9 để: đưa **{n} thay đổi** vào dùng ngay."
        others = (
            Action("export", "Ghi tệp cho máy khác", "", "usb", "" if self._saved_once else "Xã chưa có bản nào."),
        )
        if self._foreign:
            others = (Action("take_over", "Sửa ở máy này từ nay"),)
        back = Action("back", "Bỏ thay đổi", "back") if n else None
        return Actions(say, Action("primary", "Đưa vào dùng", "primary", "check", why, busy), back, others)

    @property
    def _saved_once(self) -> bool:
        return self._form is not None and bool(self._form.version)

    def on_action(self, action_id: str) -> None:
        if action_id == "take_over":
            run(self, self._ports.submit, self._ports.take_over, lambda _fact: self._open(), self.show_error)
        elif action_id == "export":
            self._export()
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        if self._form is None or self._problems or not self._changes:
            return
        command = SaveCommune(self._ports.new_id(), self._form)
        run(self, self._ports.submit, partial(self._ports.save, command), self._saved, self.show_error, action="save")
        self.actions_changed.emit()

    def back(self) -> None:
        """Esc: what was typed goes, what is in use stays."""
        self._open()

    # ---- inside

    def _open(self) -> None:
        run(self, self._ports.submit, self._ports.open, self._begin, self._not_opened, action="open")

    def _begin(self, form: CommuneForm) -> None:
        self._form, self._foreign = form, False
        self._problems, self._changes = (), ()
        self._say("")
        self._version.set(f"Bản {form.version}" if form.version else "Chưa có bản của xã", "neutral")
        self._lay_imported()
        self._show_all()

    def _show_all(self) -> None:
        self._show_parts()
        self.table.select_row(next(n for n, (id, _words) in enumerate(self._parts()) if id == self._part))
        self._show_part()
        self._look()

    def _lay_imported(self) -> bool:
        """Amounts of a spreadsheet stand in their form, to be looked at with the number of the resolution."""
        taken = self._ports.take_imported(self._form) if self._form is not None else None
        if taken is not None:
            self._form, self._part = taken, _FEES
        return taken is not None

    def _not_opened(self, error: DeskError) -> None:
        self._foreign = error.code == "DM-42"
        self.show_error(error)
        self.actions_changed.emit()

    def show_panel(self, message: Message) -> None:
        """What keeps the work from going on stands above the fields."""
        self._say(f"{message.text} {message.code}")

    def _say(self, text: str) -> None:
        self._why.setText(text)
        self._why.setVisible(bool(text))

    def _parts(self) -> list[tuple[str, str]]:
        assert self._form is not None
        return [(_OWN, OFFICE.title), (_FEES, "Mức thu theo nghị quyết của tỉnh"), *self._form.agencies]

    def _show_parts(self) -> None:
        wrong = {self._part_of(problem) for problem in self._problems}
        rows = [_Part(id, words, "sai" if id in wrong else "") for id, words in self._parts()]
        if rows != list(self._model.rows()):
            self._model.set_rows(rows)
            self.table.select_row(next(n for n, row in enumerate(rows) if row.id == self._part))

    def _part_of(self, problem: Problem) -> str:
        assert self._form is not None
        own = {"office": _OWN, "tariffs": _FEES}
        return own[problem.section] if problem.section in own else self._form.agencies[problem.row][0]

    def _on_part(self, row: object) -> None:
        if isinstance(row, _Part) and row.id != self._part:
            self._part = row.id
            self._show_part()

    def _show_part(self) -> None:
        form = self._form
        assert form is not None
        section = {_OWN: OFFICE, _FEES: tariff_section(form)}.get(self._part, PLACE)
        self._title.setText(dict(self._parts())[self._part])
        self.form.set_fields(section.fields, Offered())
        self.form.set_row(self._values(form))
        self._show_errors()

    def _values(self, form: CommuneForm) -> dict[str, Any]:
        if self._part == _OWN:
            return dict(form.office)
        if self._part == _FEES:
            return {"tariff_basis": form.tariff_basis, **form.tariffs}
        return dict(form.places.get(self._part, {}))

    def _on_field(self, key: str, value: object) -> None:
        form = self._form
        assert form is not None
        if self._part == _OWN:
            form = replace(form, office={**form.office, key: str(value or "")})
        elif key == "tariff_basis":
            form = replace(form, tariff_basis=str(value or ""))
        elif self._part == _FEES:
            form = replace(form, tariffs={**form.tariffs, key: value if isinstance(value, int) else None})
        else:
            place = {**form.places.get(self._part, {}), key: str(value or "")}
            form = replace(form, places={**form.places, self._part: place})
        self._form = form
        self._pause.start()

    def _look(self) -> None:
        form = self._form
        if form is None:
            return
        job = partial(self._ports.look, form)
        if not run(self, self._ports.submit, job, partial(self._looked, form), self.show_error, action="look"):
            self._pause.start()

    def _looked(self, form: CommuneForm, found: tuple[Sequence[Problem], Sequence[str]]) -> None:
        if form is not self._form:
            return
        self._problems, self._changes = tuple(found[0]), tuple(found[1])
        self._show_parts()
        self._show_errors()
        clear(self._told)
        for line in self._changes or ("Chưa có thay đổi nào.",):
            self._told.addWidget(
                label(f"· {line}" if self._changes else line, "" if self._changes else "soft", wrap=True)
            )
        self.actions_changed.emit()

    def _show_errors(self) -> None:
        mine = [problem for problem in self._problems if self._part_of(problem) == self._part]
        self.form.set_errors({problem.key: problem.text for problem in mine})

    def _saved(self, fact: Any) -> None:
        self._changes = ()
        self.say("DM-46", version=fact.version)
        self._ports.saved()

    def _export(self) -> None:
        target = self._ports.pick_target(self)
        if target:
            job = partial(self._ports.export, target)
            run(
                self,
                self._ports.submit,
                job,
                lambda file: self.say("DM-47", file=file),
                self.show_error,
                action="export",
            )
