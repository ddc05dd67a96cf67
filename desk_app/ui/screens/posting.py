"""Niêm yết: what hangs on the wall, what no longer holds, and the next one to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QWidget

from desk_app.domain.text import fold
from desk_app.services.posting import CURRENT, GONE, NEVER, OUTDATED, PostPoster
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.run import run
from desk_app.ui.screen import Page
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.button import Pill
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.services.posting import Posted, PostingLine

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
FILTERS = (("stale", "Cần in lại"), ("hung", "Đang niêm yết"), ("never", "Chưa in"), ("all", "Tất cả"))
_STATES = {
    CURRENT: "Đúng danh mục",
    OUTDATED: "Cần in lại",
    GONE: "Gỡ xuống: không còn trong danh mục",
    NEVER: "Chưa in",
}
_IN = {"stale": (OUTDATED, GONE), "hung": (CURRENT, OUTDATED, GONE), "never": (NEVER,), "all": tuple(_STATES)}


@dataclass(frozen=True, slots=True)
class PostingPorts:
    """Slow calls: ``lines``, ``post``, ``print_papers`` (on the paper worker), ``export`` (answers the folder)."""

    submit: Submit
    paper_submit: Submit
    new_id: Callable[[], str]
    lines: Callable[[], Sequence[PostingLine]]
    post: Callable[[PostPoster], Posted]
    print_papers: Callable[[str], Printing]
    export: Callable[[], str]


class PostingPage(Page):
    """F9 prints the posting in focus; with nothing out of date the page says so."""

    def __init__(self, ports: PostingPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._lines: tuple[PostingLine, ...] = ()
        self._filter, self._asked = "hung", ""
        self._pills = {id: Pill(words, "", "text") for id, words in FILTERS}
        self._group = QButtonGroup(self)
        self._summary = label("", "soft")
        row = across(gap=8)
        for id, pill in self._pills.items():
            self._group.addButton(pill)
            pill.clicked.connect(lambda _on=False, id=id: self.show_filter(id))
            row.addWidget(pill)
        row.addStretch(1)
        row.addWidget(self._summary)
        self.model: RowsModel[PostingLine] = RowsModel(_COLUMNS, self)
        self.table = Table("Bảng niêm yết")
        self.table.setModel(self.model)
        self.table.opened.connect(lambda _row: self.primary())
        self.table.current_changed.connect(lambda _row: self.actions_changed.emit())
        card = Card("Bảng niêm yết", padded=False)
        card.add_header(KeyHint([(("↑", "↓"), "chọn"), (("F9",), "in")]))
        card.body.addWidget(self.table, 1)
        layout = down(row, card, margins=(16, 12, 16, 12), gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def activate(self) -> None:
        run(self, self._ports.submit, self._ports.lines, self._show, self.show_error, action="lines")
        self.table.setFocus()

    def on_search(self, text: str) -> bool:
        """Names without marks."""
        self._asked = fold(text)
        self.show_filter("all" if text.strip() else self._filter)
        return True

    def show_filter(self, filter: str) -> None:
        """Show the postings of one filter."""
        self._filter = filter
        shown = [x for x in self._lines if x.state in _IN[filter] and self._asked in fold(f"{x.title} {x.group}")]
        self.model.set_rows(shown)
        for id, pill in self._pills.items():
            pill.setChecked(id == filter)
        if shown:
            self.table.select_row(0)
        self.actions_changed.emit()

    def bar_actions(self) -> Actions:
        line = self._current()
        others = (Action("export", "Xuất trang web", icon="file-text"),)
        if line is None:
            why = "Không có bảng nào trong danh sách này."
            return Actions(why, Action("primary", "In niêm yết", "primary", "printer", why), None, others)
        if line.state == GONE:
            why = "Thủ tục này không còn trong danh mục: gỡ bảng xuống, không in lại."
            return Actions(why, Action("primary", "In niêm yết", "primary", "printer", why), None, others)
        size = "A4" if line.poster_kind == "qr" else "A3"
        say = f"Bấm F9 để: in **{line.title}**, khổ {size}, và ghi là đang niêm yết."
        return Actions(say, Action("primary", f"In niêm yết {size}", "primary", "printer"), None, others)

    def on_action(self, action_id: str) -> None:
        if action_id == "export":
            run(self, self._ports.submit, self._ports.export, self._exported, self.show_error, action="export")
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        line = self._current()
        if line is None or line.state == GONE:
            return
        job = partial(self._ports.post, PostPoster(self._ports.new_id(), line.poster_kind, line.subject))
        run(self, self._ports.submit, job, self._posted, self.show_error, action="post")

    def _current(self) -> PostingLine | None:
        row = self.table.current_row()
        return row if row in self._lines else None

    def _posted(self, done: Posted) -> None:
        job = partial(self._ports.print_papers, done.posting)
        run(self, self._ports.paper_submit, job, self._printed, self.show_error, action=f"print {done.posting}")
        run(self, self._ports.submit, self._ports.lines, self._show, self.show_error, action="lines")

    def _printed(self, printing: Printing) -> None:
        if printing.saved_as:
            self.say("IN-04", file=printing.saved_as)
        else:
            self.say("IN-01", n=printing.sheets, printer=printing.printer)

    def _exported(self, folder: str) -> None:
        self.say("DM-13", folder=folder)

    def _show(self, lines: Sequence[PostingLine]) -> None:
        first = not self._lines
        self._lines = tuple(lines)
        stale = sum(x.state in _IN["stale"] for x in lines)
        hung = sum(x.state != NEVER for x in lines)
        self._summary.setText(
            f"{stale} bảng niêm yết chưa theo danh mục mới, cần in lại" if stale else f"{hung} bảng đang niêm yết"
        )
        if first:
            self._filter = "stale" if stale else "hung" if hung else "all"
        self.show_filter(self._filter)


def _day(stamp: str) -> str:
    return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}" if stamp else "–"


_COLUMNS: tuple[Column[PostingLine], ...] = (
    Column("Bảng", lambda x: x.title, bold=True, tip=lambda x: x.title),
    Column("Loại", lambda x: x.group, width=170, muted=True, drop_below=760),
    Column("Niêm yết ngày", lambda x: _day(x.posted_at), width=120),
    Column("Theo bản", lambda x: x.catalogue or "–", width=150, muted=True, drop_below=900),
    Column("Tình trạng", lambda x: _STATES[x.state], width=250),
)
