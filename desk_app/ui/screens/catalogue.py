"""Quản trị · Danh mục (mock 09): read only, with version, signature, what a new version would change, and F9 to act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desk_app.domain.text import fold
from desk_app.services.catalogue_mistakes import ReportMistake
from desk_app.services.catalogue_view import CHANGES, ENDED, IN_USE, LATER
from desk_app.ui.errors import Message
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run
from desk_app.ui.screen import Page
from desk_app.ui.screens import catalogue_side as side
from desk_app.ui.screens.catalogue_ports import CataloguePorts
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.screens.mistake_form import MistakeForm
from desk_app.ui.theme import theme
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.domain.sheet_report import Report
    from desk_app.services.catalogue_delivery import Waiting
    from desk_app.services.catalogue_mistakes import Mistake
    from desk_app.services.catalogue_view import CatalogueDetail, CatalogueHead, CatalogueRow
    from desk_app.services.posting import Posted

_STATES = {IN_USE: "Đang áp dụng", CHANGES: "Đổi từ {day}", ENDED: "Hết hiệu lực {day}", LATER: "Áp dụng từ {day}"}


class CataloguePage(Page):
    """The list at the left, one procedure or the waiting version at the right."""

    def __init__(self, ports: CataloguePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._rows: tuple[CatalogueRow, ...] = ()
        self._waiting: Waiting | None = None
        self._mistake: MistakeForm | None = None
        self._sheet: Report | None = None  # a compared spreadsheet with amounts that may be taken over
        self._wanted = ""
        self.search = TextEdit("Tìm trong danh mục", "không cần gõ dấu", icon="search")
        self.search.setFixedWidth(theme().px(330))
        self._version, self._pending = Badge(""), Badge("")
        self._open = KeyButton("Nhập bản mới từ USB", "read_catalogue", small=True)
        self._open.triggered.connect(self.open_file)
        top = across(self.search, self._version, self._pending, None, self._open, gap=12)
        self.model: RowsModel[CatalogueRow] = RowsModel(_COLUMNS, self)
        self.table = Table("Danh mục thủ tục")
        self.table.setModel(self.model)
        self._foot = label("", "hint")
        listed = Card(padded=False)
        listed.body.addWidget(self.table, 1)
        listed.set_footer(frame(across(self._foot, None, margins=(14, 6, 14, 6))), line=False)
        self._side = QVBoxLayout()
        self._side.setContentsMargins(16, 12, 16, 12)
        self._side.setSpacing(6)
        body = across(listed, self._side_card(), gap=12)
        body.setStretch(0, 1)
        layout = down(top, margins=(16, 12, 16, 12), gap=10)
        layout.addLayout(body, 1)
        self.setLayout(layout)
        self.search.textEdited.connect(lambda _text: self._filter())
        self.table.current_changed.connect(self._on_current)

    def activate(self) -> None:
        run(self, self._ports.submit, self._ports.head, self._show_head, self.show_error, action="head")
        run(self, self._ports.submit, self._ports.rows, self._show_rows, self.show_error, action="rows")
        if self._waiting is None:
            run(self, self._ports.submit, self._ports.arrived, self._on_arrived, self.show_error, action="arrived")
        self.search.setFocus()

    def _on_arrived(self, waiting: Waiting | None) -> None:
        """What came by sync is shown with its differences, as if it had been read from a stick."""
        if waiting is not None and self._waiting is None:
            self._on_read(waiting)

    def on_search(self, text: str) -> bool:
        """The search field of the window looks here too."""
        self.search.setText(text)
        self._filter()
        return True

    def bar_actions(self) -> Actions:
        if self._waiting is not None:
            version = self._waiting.parcel.version
            say = f"Bấm F9 để: áp dụng **bản {version}**. Hồ sơ đang mở vẫn theo bản lúc tiếp nhận."
            return Actions(
                say,
                Action("primary", f"Áp dụng bản {version}", "primary", "check"),
                Action("back", "Không áp dụng", "back"),
            )
        row = self._current()
        if self._mistake is not None:
            why = "" if self._mistake.text else "Ghi sai ở đâu trước."
            say = why or f"Bấm F9 để: gửi báo sai sót của **{row.name if row else ''}**."
            return Actions(
                say, Action("primary", "Gửi báo sai sót", "primary", "check", why), Action("back", "Bỏ", "back")
            )
        if self._sheet is not None:
            n = len(self._sheet.tariffs)
            say = f"Bấm F9 để: đưa **{n} mức thu** của bảng Excel vào phần của xã; xem lại, ghi số nghị quyết rồi mới dùng."
            take = Action("primary", f"Đưa {n} mức thu vào bản của xã", "primary", "check")
            return Actions(say, take, Action("back", "Bỏ", "back"))
        why = "" if row is not None and row.state != LATER else "Chọn một thủ tục đang áp dụng."
        say = f"Bấm F9 để: in niêm yết **{row.name}**, khổ A3." if row is not None and not why else why
        others = (
            Action("mistake", "Báo sai sót", "report_mistake", "triangle-alert"),
            Action("compare", "Đối chiếu bảng Excel", icon="file-text"),
            Action("lookup", "Màn hình tra cứu", icon="search"),
        )
        return Actions(say, Action("primary", "In niêm yết A3", "primary", "printer", why), None, others)

    def on_action(self, action_id: str) -> None:
        if action_id == "lookup":
            self._ports.open_lookup()
        elif action_id == "compare":
            self.compare_file()
        elif action_id == "mistake":
            self.begin_mistake()
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        if self._waiting is not None:
            job = partial(self._ports.activate, self._waiting)
            run(self, self._ports.submit, job, self._activated, self.show_error, action="activate")
            return
        row = self._current()
        if self._mistake is not None:
            self._send_mistake(self._mistake)
        elif self._sheet is not None:
            self._ports.take_tariffs(self._sheet)
            self._sheet = None
            self.go.emit("commune")
        elif row is not None and row.state != LATER:
            job = partial(self._ports.post, row.id)
            run(self, self._ports.submit, job, self._posted, self.show_error, action="post")

    def _posted(self, done: Posted) -> None:
        job = partial(self._ports.print_papers, done.posting)
        run(self, self._ports.paper_submit, job, self._printed, self.show_error, action=f"print {done.posting}")

    def _printed(self, printing: Printing) -> None:
        if printing.saved_as:
            self.say("IN-04", file=printing.saved_as)
        else:
            self.say("IN-01", n=printing.sheets, printer=printing.printer)

    def back(self) -> None:
        """Esc: the waiting version is put aside; nothing has changed."""
        if self._waiting is not None or self._mistake is not None or self._sheet is not None:
            self._waiting = self._mistake = self._sheet = None
            self._pending.set("")
            self._on_current(self._current())
            self.table.setFocus()

    def begin_mistake(self) -> None:
        """Ctrl B: say what is wrong with the procedure that is chosen, and see what was said before."""
        row = self._current()
        if row is None or self._waiting is not None:
            return
        job = partial(self._ports.reported, row.id)
        run(self, self._ports.submit, job, partial(self._show_mistake, row), self.show_error, action="reported")

    def _show_mistake(self, row: CatalogueRow, before: Sequence[Mistake]) -> None:
        self._wanted = ""
        self._mistake = form = MistakeForm(row.name, before)
        form.edited.connect(self.actions_changed)
        self._fill([form])
        form.setFocus()
        self.actions_changed.emit()

    def _send_mistake(self, form: MistakeForm) -> None:
        row = self._current()
        if row is not None and form.text:
            command = ReportMistake(self._ports.new_id(), row.id, form.part, form.text)
            job = partial(self._ports.report, command)
            run(self, self._ports.submit, job, self._reported, self.show_error, action="mistake")

    def _reported(self, _fact: object) -> None:
        self.say("TN-50")
        self.back()

    def show_field(self, message: Message) -> None:
        """What is wrong with a report stands under its text."""
        if self._mistake is not None:
            self._mistake.set_error(f"{message.text} {message.code}")
        else:
            super().show_field(message)

    def open_file(self) -> None:
        """Ctrl+O: read a signed file; what it would change is shown before anything happens."""
        path = self._ports.pick_file(self)
        if path:
            run(
                self, self._ports.submit, partial(self._ports.read, path), self._on_read, self.show_error, action="read"
            )

    def compare_file(self) -> None:
        """A spreadsheet of the office beside the catalogue: a report, nothing is changed."""
        path = self._ports.pick_sheet(self)
        if path:
            job = partial(self._ports.compare, path)
            run(self, self._ports.submit, job, self._compared, self.show_error, action="compare")

    def _compared(self, report: Report) -> None:
        self._sheet = report if report.tariffs else None
        self._fill(side.of_report(report))
        self.actions_changed.emit()

    def show_panel(self, message: Any) -> None:
        """What was wrong with a file stands beside the list."""
        self._fill([label(message.text, wrap=True), label(message.code, "hint")])

    def _side_card(self) -> Card:
        card = Card(padded=False)
        card.setFixedWidth(theme().px(360))
        inner = QWidget()
        inner.setLayout(self._side)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(area.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        card.body.addWidget(area, 1)
        return card

    def _show_head(self, head: CatalogueHead) -> None:
        self._version.set(f"Bản {head.version}, {head.signed}", "ok", "badge-check")
        self._version.setToolTip("\n".join((*head.layers, f"Lịch nghỉ đến hết {head.covers_to:%d/%m/%Y}")))
        if head.aside and self._waiting is None:
            self._pending.set(f"{len(head.aside)} bản của xã cần xem lại", "warn", "triangle-alert")
            self._pending.setToolTip(
                "Cấp trên đã đổi các thủ tục này, bản của xã không dùng nữa:\n" + "\n".join(head.aside)
            )

    def _show_rows(self, rows: Sequence[CatalogueRow]) -> None:
        self._rows = tuple(rows)
        self._filter()

    def _filter(self) -> None:
        asked = self.search.text().strip()
        shown: Sequence[CatalogueRow] = self._rows
        if asked:
            by_id = {row.id: row for row in self._rows}
            in_field = [row for row in self._rows if fold(asked) in fold(row.field)]
            found = [by_id[id] for id in self._ports.find(asked) if id in by_id]
            shown = list(dict.fromkeys((*in_field, *found)))
        self.model.set_rows(shown)
        tail = f" có “{asked}”" if asked else ""
        self._foot.setText(f"{len(shown)} trong {len(self._rows)} thủ tục{tail}")
        if shown:
            self.table.select_row(0)
        self.actions_changed.emit()

    def _current(self) -> CatalogueRow | None:
        row = self.table.current_row()
        return row if row in self._rows else None

    def _on_current(self, row: object) -> None:
        self.actions_changed.emit()
        found = self._current()
        if self._waiting is not None or row is None or found is None:
            return
        self._mistake = self._sheet = None
        self._wanted = found.id
        job = partial(self._ports.detail, found.id)
        run(self, self._ports.submit, job, partial(self._show_detail, found.id), self.show_error, action=found.id)

    def _show_detail(self, id: str, detail: CatalogueDetail) -> None:
        if id != self._wanted or self._waiting is not None:
            return
        self._fill(side.of_detail(detail))

    def _on_read(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._pending.set(f"Bản {waiting.parcel.version} chờ áp dụng", "info", "calendar-days")
        self._fill(side.of_waiting(waiting))
        self.actions_changed.emit()

    def _activated(self, _fact: object) -> None:
        version = self._waiting.parcel.version if self._waiting else ""
        self._waiting = None
        self._pending.set("")
        self.say("DM-18", version=version)
        self._ports.activated()

    def _fill(self, parts: Sequence[QWidget]) -> None:
        while (item := self._side.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            self._side.addWidget(part)
        self._side.addStretch(1)


def _state(row: CatalogueRow) -> str:
    words = _STATES[row.state].format(day=f"{row.day:%d/%m/%Y}" if row.day else "").strip()
    return "Chưa kiểm chứng" if row.state == IN_USE and not row.checked else words


_COLUMNS: tuple[Column[CatalogueRow], ...] = (
    Column("Mã", lambda r: r.code, width=96, muted=True, drop_below=620),
    Column("Thủ tục", lambda r: r.name, bold=True, tip=lambda r: r.name),
    Column("Thời hạn", lambda r: r.term, width=146),
    Column("Phí, lệ phí", lambda r: r.fee, width=124, drop_below=640),
    Column("Trạng thái", _state, width=138),
)
