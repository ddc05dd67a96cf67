"""Ngày hẹn đổi: the table of days off has changed, and with it the dates of these open dossiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run
from desk_app.ui.screen import Page
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import down, label
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.services.moved_dates import Affected

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
NONE = "Ngày hẹn của mọi hồ sơ đang giải quyết khớp với lịch nghỉ đang dùng."


@dataclass(frozen=True, slots=True)
class MovedDatesPorts:
    """Slow calls: ``move``; on the paper worker, slice by slice: ``affected`` and ``print_list``.

    ``may_move``: a supervisor is signed in. ``calendar``: the version of the table in use.
    """

    submit: Submit
    paper_submit: Submit
    calendar: str
    may_move: bool
    affected: Callable[[], Sequence[Affected]]
    move: Callable[[], Sequence[Affected]]
    print_list: Callable[[Sequence[Affected]], Printing]


class MovedDatesPage(Page):
    """F9 records the new dates and prints the list to call by; Ctrl P prints it alone."""

    def __init__(self, ports: MovedDatesPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._rows: tuple[Affected, ...] = ()
        self._moved: tuple[Affected, ...] = ()
        self._summary = label("", "soft", wrap=True)
        self.model: RowsModel[Affected] = RowsModel(_COLUMNS, self)
        self.table = Table("Hồ sơ đổi ngày hẹn")
        self.table.setModel(self.model)
        card = Card("Hồ sơ đổi ngày hẹn vì lịch nghỉ thay đổi", padded=False)
        card.add_header(KeyHint([(("F9",), "ghi ngày hẹn mới"), (("Ctrl P",), "in danh sách")]))
        card.body.addWidget(self.table, 1)
        layout = down(self._summary, card, margins=(16, 12, 16, 12), gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def activate(self) -> None:
        self._moved = ()
        run(self, self._ports.paper_submit, self._ports.affected, self._show, self.show_error, action="affected")
        self.table.setFocus()

    def bar_actions(self) -> Actions:
        print_ = (Action("print_again", "In danh sách", "print_again"),) if self._rows or self._moved else ()
        count, why = len(self._rows), ""
        if self._moved:
            why = f"Đã ghi ngày hẹn mới cho {len(self._moved)} hồ sơ. Gọi báo từng người theo danh sách vừa in."
        elif not count:
            why = NONE
        elif not self._ports.may_move:
            why = "Người phụ trách ghi ngày hẹn mới. Danh sách thì in được ngay."
        say = why or f"Bấm F9 để: ghi ngày hẹn mới cho **{count} hồ sơ** và in danh sách để gọi báo công dân."
        return Actions(say, Action("primary", "Ghi ngày hẹn mới", "primary", "printer", why), None, print_)

    def primary(self) -> None:
        if self._rows and self._ports.may_move and not self._moved:
            run(self, self._ports.submit, self._ports.move, self._done, self.show_error, action="move")

    def on_action(self, action_id: str) -> None:
        if action_id == "print_again":
            self._print(self._moved or self._rows)
        else:
            super().on_action(action_id)

    def _show(self, rows: Sequence[Affected]) -> None:
        self._rows = tuple(rows)
        self.model.set_rows(self._rows)
        count = len(self._rows)
        version = f"Lịch nghỉ đang dùng: bản {self._ports.calendar}. "
        moved = f"{count} hồ sơ đang giải quyết có ngày hẹn khác với lịch này." if count else NONE
        self._summary.setText(version + moved)
        self.actions_changed.emit()

    def _done(self, moved: Sequence[Affected]) -> None:
        self._moved = tuple(moved)
        self._summary.setText(f"Đã ghi ngày hẹn mới cho {len(self._moved)} hồ sơ theo lịch bản {self._ports.calendar}.")
        self.toast.emit(f"Đã ghi ngày hẹn mới cho {len(self._moved)} hồ sơ. Đang in danh sách để gọi báo.", Tone.OK, "")
        self.notice_gone.emit("HS-45")
        self.actions_changed.emit()
        self._print(self._moved)

    def _print(self, rows: Sequence[Affected]) -> None:
        if rows:
            job = partial(self._ports.print_list, tuple(rows))
            run(self, self._ports.paper_submit, job, self._printed, self.show_error, action="print")

    def _printed(self, printing: Printing) -> None:
        if printing.saved_as:
            self.say("IN-04", file=printing.saved_as)
        else:
            self.say("IN-01", n=printing.sheets, printer=printing.printer)


def _moment(stamp: str) -> str:
    return f"{stamp[11:16]}, {stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}"


def _later(one: Affected) -> str:
    return "Muộn hơn" if one.new_due_at > one.old_due_at else "Sớm hơn"


_COLUMNS: tuple[Column[Affected], ...] = (
    Column("Mã hồ sơ", lambda x: x.row.code, width=180),
    Column("Người nộp", lambda x: x.row.submitter_name or x.row.name, width=190, bold=True),
    Column("Điện thoại", lambda x: x.row.phone or "Không có", width=120),
    Column("Thủ tục", lambda x: x.procedure_name, tip=lambda x: x.procedure_name, drop_below=900),
    Column("Hẹn cũ", lambda x: _moment(x.old_due_at), width=140, muted=True),
    Column("Hẹn mới", lambda x: _moment(x.new_due_at), width=140, bold=True),
    Column("", _later, width=96),
)
