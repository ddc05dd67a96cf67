"""Online dossiers on step 1: those that wait, one row each; Enter asks the centre for it and opens its form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.forms.intake import is_blank
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run, under_way
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.widgets.action_bar import Action
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.domain.intake import IntakeForm
    from desk_app.ui.screens.intake.screen import IntakePage


class OnlineRow(Protocol):
    """An online dossier as the list shows it; ``held_by``: number of another counter that has it now, 0 = nobody."""

    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def submitted_at(self) -> str: ...
    @property
    def documents(self) -> tuple[str, ...]: ...
    @property
    def held_by(self) -> int: ...


class OnlineCard(Card):
    """The list. ``taken(OnlineRow)``."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Hồ sơ trực tuyến chờ tiếp nhận", "inbox", padded=False, parent=parent)
        self.add_header(KeyHint([(("↑", "↓"), "chọn"), (("⏎",), "tiếp nhận"), (("Esc",), "đóng")]))
        self.model: RowsModel[OnlineRow] = RowsModel(
            [
                Column("Nộp lúc", _when, width=130),
                Column("Người nộp", lambda o: o.name, width=200, bold=True, tip=lambda o: o.name),
                Column("Thủ tục", lambda o: o.procedure, tip=lambda o: o.procedure),
                Column("Giấy tờ", lambda o: f"{len(o.documents)} bản", width=96, tip=lambda o: "\n".join(o.documents)),
                Column("Mã hồ sơ", lambda o: o.code, width=216, tip=lambda o: o.code),
                Column("Việc", lambda o: f"Quầy {o.held_by} đang xem" if o.held_by else "Tiếp nhận", width=150,
                       action=True),
            ],
            self,
        )  # fmt: skip
        self.table = Table("Hồ sơ trực tuyến chờ tiếp nhận")
        self.table.setModel(self.model)
        self.table.opened.connect(self.taken)
        self.body.addWidget(self.table)
        self.setFocusProxy(self.table)

    def set_rows(self, rows: Sequence[OnlineRow]) -> None:
        self.model.set_rows(rows)
        self.table.select_row(0)


class Online:
    """Works for one ``IntakePage``: the button, the list, and the taking."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page
        self.rows: tuple[OnlineRow, ...] = ()
        self.listed = False
        page.person.online_taken.connect(self.take)

    def load(self) -> None:
        """What the feed brought; asked each time the page comes to the front."""
        ports = self._page.ports
        if ports.online is not None:
            run(self._page, ports.submit, ports.online, self._found, self._page.show_error, action="online")

    def offered(self) -> tuple[Action, ...]:
        """The button, while some wait and nobody stands at the counter."""
        if not self.rows or not is_blank(self._page.visit.form) or self.listed:
            return ()
        return (Action("online", f"Hồ sơ trực tuyến ({len(self.rows)})", "online"),)

    def open(self) -> None:
        """Ctrl+J: the list under the citizen."""
        page = self._page
        self.listed = True
        page.person.online.set_rows(self.rows)
        page.show_form()
        page.person.online.setFocus()

    def close(self) -> bool:
        """Close the list; False when it was not open."""
        if not self.listed:
            return False
        self.listed = False
        self._page.show_form()
        self._page.enter()
        return True

    def take(self, row: OnlineRow) -> None:
        """Ask for this one; its form opens when the centre says yes."""
        page = self._page
        if page.ports.take_online is None or under_way(page, "take_online"):
            return
        if row.held_by:
            page.say("DB-33", station_no=row.held_by)
            return
        job, submit = partial(page.ports.take_online, row.id), page.ports.paper_submit or page.ports.submit
        run(page, submit, job, self._taken, page.show_error, action="take_online")

    def _taken(self, form: IntakeForm) -> None:
        self.listed = False
        page = self._page
        page.begin(form)
        page.go_to(At.PAPERS if form.procedure else At.PERSON)
        page.citizen.ask_history()

    def _found(self, rows: Sequence[OnlineRow]) -> None:
        self.rows = tuple(rows)
        if self.listed:
            self._page.person.online.set_rows(self.rows)
        self.listed = self.listed and bool(self.rows)
        self._page.show_form()


def _when(row: OnlineRow) -> str:
    at = row.submitted_at
    return f"{at[11:16]}, {at[8:10]}/{at[5:7]}" if len(at) >= 16 else at
