"""After F9: what was recorded and where the paper is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.money import format_vnd
from desk_app.ui.icons import IconLabel
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.wording import long_date

if TYPE_CHECKING:
    from desk_app.services.intake import Accepted, Guided
    from desk_app.services.visit import Visit


@dataclass(frozen=True, slots=True)
class DoneView:
    """A title and lines of (label, words, role of the words)."""

    title: str
    lines: tuple[tuple[str, str, str], ...]
    papers: str


def accepted_view(done: Accepted, name: str) -> DoneView:
    """A dossier that was taken in."""
    lines = [("Mã hồ sơ", done.code, "title"), ("Công dân", name, "name")]
    if done.certification_no:
        lines.append(("Sổ chứng thực", f"Số {done.certification_no}, quyển số {done.certification_book}", "name"))
    elif done.due_at:
        lines.append(("Hẹn trả", _moment(done.due_at), "name"))
    if done.receipt_no is not None:
        receipt = f"Ký hiệu {done.receipt_symbol}, số {done.receipt_no} · {format_vnd(done.total_vnd)}"
        lines.append(("Biên lai", receipt, "name"))
    title = "Đã chứng thực" if done.certification_no else "Đã tiếp nhận hồ sơ"
    return DoneView(title, tuple(lines), "Đang chuẩn bị in…")


def visit_view(done: Visit, name: str, procedures: tuple[str, ...]) -> DoneView:
    """Several dossiers of one person; ``procedures``: their names, in order."""
    lines = [("Công dân", name, "name")]
    for one, procedure in zip(done.dossiers, procedures, strict=True):
        if one.certification_no:
            end = f"sổ chứng thực số {one.certification_no}, quyển số {one.certification_book}"
        else:
            end = f"hẹn trả {_moment(one.due_at)}" if one.due_at else "chưa xác định ngày trả"
        lines.append((procedure, f"{one.code}, {end}", "name"))
    if done.receipt_no is not None:
        receipt = f"Ký hiệu {done.receipt_symbol}, số {done.receipt_no} · {format_vnd(done.total_vnd)}"
        lines.append(("Biên lai", receipt, "name"))
    count = len(done.dossiers)
    title = f"Đã tiếp nhận {count} hồ sơ" if count > 1 else "Đã tiếp nhận hồ sơ"
    return DoneView(title, tuple(lines), "Đang chuẩn bị in…")


def _moment(stamp: str) -> str:
    due = datetime.fromisoformat(stamp)
    return f"{due:%H:%M}, {long_date(due.date())}"


def refused_view(number_text: str, name: str) -> DoneView:
    """A refusal slip that was made."""
    lines = (("Phiếu từ chối tiếp nhận", f"Số {number_text}", "title"), ("Công dân", name, "name"))
    return DoneView("Đã lập phiếu từ chối tiếp nhận", lines, "Đang chuẩn bị in…")


def guided_view(done: Guided, name: str) -> DoneView:
    """A guidance slip that was made."""
    lines = [("Phiếu hướng dẫn", f"Số {done.number_text}", "title"), ("Công dân", name, "name")]
    if done.round > 1:
        lines.append(("Lần hướng dẫn", f"Lần {done.round}, đã ghi lý do", "name"))
    return DoneView("Đã lập phiếu hướng dẫn", tuple(lines), "Đang chuẩn bị in…")


def printing_words(printing: Printing) -> str:
    """Where the paper is."""
    papers = ", ".join(printing.papers)
    if printing.saved_as:
        return f"Không có máy in nên đã lưu tệp PDF: {printing.saved_as}. In sau tại mục Hồ sơ."
    if not printing.sheets:
        return "Không có giấy cần in."
    return f"Đang in tại {printing.printer}: {papers}"


class DoneStep(QWidget):
    """The last page of an intake; nothing to type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = Card("", padded=False)
        self._title = label("", "bigtitle")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        self._papers = label("", "soft", wrap=True)
        head = across(IconLabel("circle-check", 26, "ok"), self._title, None, margins=(24, 20, 24, 14), gap=12)
        foot = across(IconLabel("printer", 20, "text2"), margins=(24, 14, 24, 16), gap=12)
        foot.addWidget(self._papers, 1)
        self._card.body.setSpacing(0)
        self._card.body.addLayout(head)
        self._card.body.addWidget(frame(line=True))
        self._card.body.addLayout(foot)  # above the lines: news at the lower right never lies over it
        self._card.body.addWidget(frame(line=True))
        holder = QWidget()
        holder.setLayout(down(self._lines, None, margins=(24, 18, 24, 18)))
        self._card.body.addWidget(holder, 1)
        self.setLayout(down(ScrollBody(down(self._card, margins=(16, 12, 16, 12)))))

    def show_done(self, view: DoneView) -> None:
        """Show what was recorded."""
        self._title.setText(view.title)
        self._card.setAccessibleName(view.title)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for name, words, role in view.lines:
            line = QWidget()
            line.setLayout(down(label(name, "hint"), label(words, role, wrap=True), gap=2))
            self._lines.addWidget(line)
        self._papers.setText(view.papers)

    def show_printing(self, words: str) -> None:
        """Say where the paper is, or that it did not come out."""
        self._papers.setText(words)
