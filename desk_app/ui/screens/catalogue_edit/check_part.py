"""What an edit would mean, before it holds: differences, cases, the papers asked for, the slip as it would be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desk_app.domain.catalogue_form import BY_ID, Problem, row_words
from desk_app.ui.theme import theme
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.folding import Folding
from desk_app.ui.widgets.label import across, clear, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody

if TYPE_CHECKING:
    from desk_app.domain.catalogue_draft import Draft
    from desk_app.services.catalogue_cases import CaseResult
    from desk_app.services.catalogue_edit import Checked

_SHOWN = 12
_CASES = 5  # shown one by one; the rest is said in a number and taken together
_SLIP_WIDE = 430


class CheckPart(QWidget):
    """``accepted(case_id)``: the new outcome of a case is the right one · ``problem_chosen(problem)``: go and mend it."""

    accepted = Signal(str)
    problem_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = down(gap=6)
        self._papers = down(gap=6)
        self._slip = QLabel()
        self._slip.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._slip.setAccessibleName("Phiếu hướng dẫn xem trước")
        told = Card(padded=False)
        told.body.addWidget(ScrollBody(down(self._said, None, margins=(16, 12, 16, 12))), 1)
        shown = Card(padded=False)
        shown.body.addWidget(ScrollBody(down(self._slip, self._papers, None, margins=(14, 12, 14, 12), gap=10)), 1)
        self.setLayout(down(Folding(((told, 0), (shown, _SLIP_WIDE + 48)))))

    def set_checked(self, checked: Checked, draft: Draft) -> None:
        """Show what came out of checking."""
        clear(self._said)
        self._tell("Thay đổi so với bản trước", checked.changes or ("Chưa có thay đổi nào.",))
        if checked.problems:
            self._problems(checked.problems, draft)
        elif checked.changes:
            self._cases(checked.cases)
        self._show_slip(checked)

    def _tell(self, title: str, lines: Sequence[str]) -> None:
        self._said.addWidget(label(title, "cardtitle"))
        for line in lines[:_SHOWN]:
            self._said.addWidget(label(f"· {line}", wrap=True))

    def _problems(self, problems: Sequence[Problem], draft: Draft) -> None:
        self._said.addWidget(frame(line=True))
        self._said.addWidget(Badge(f"{len(problems)} chỗ phải sửa", "bad", "x"))
        for problem in problems[:_SHOWN]:
            section = BY_ID[problem.section]
            field = section.field(problem.key)
            where = section.title
            if section.many and problem.row < len(draft.rows[section.id]):
                where += f", {row_words(section, draft.rows[section.id][problem.row])}"
            if field is not None:
                where += f", “{field.words}”"
            button = KeyButton("Đến chỗ này", small=True)
            button.triggered.connect(lambda problem=problem: self.problem_chosen.emit(problem))
            words = down(label(where, "strong", wrap=True), label(problem.text, wrap=True), gap=0)
            line = across(gap=8)
            line.addLayout(words, 1)
            line.addWidget(button)
            self._said.addWidget(frame(line))

    def _cases(self, cases: Sequence[CaseResult]) -> None:
        failing = [result for result in cases if not result.holds]
        told = [result for result in cases if result.differs and result.accepted]
        self._said.addWidget(frame(line=True))
        self._said.addWidget(label(f"Ca thử: {len(cases)} ca, {len(cases) - len(failing)} đạt", "cardtitle"))
        if failing:
            words = "Kết quả dưới đây khác điều ca thử chờ đợi. Nếu kết quả mới đúng theo văn bản thì bấm “Đúng”."
            self._said.addWidget(label(words, "soft", wrap=True))
        for result in failing[:_CASES]:
            self._case(result, KeyButton("Đúng", small=True))
        for result in told[: max(0, _CASES - len(failing))]:
            self._case(result, None)
        more = max(0, len(failing) - _CASES)
        if more:
            words = f"và {more} ca nữa, hiện ra khi các ca trên đã xem. Nếu cùng một lý do, bấm “Đúng cả {len(failing)} ca”."
            self._said.addWidget(label(words, "soft", wrap=True))
        if told:
            self._said.addWidget(Badge(f"{len(told)} ca đã xác nhận", "ok", "check"))

    def _case(self, result: CaseResult, button: KeyButton | None) -> None:
        title = label(result.title or result.id, "strong", wrap=True)
        words = down(title, *(label(f"· {line}", "hint", wrap=True) for line in result.differs), gap=0)
        line = across(gap=8)
        line.addLayout(words, 1)
        if button is None:
            line.addWidget(Badge("đã xác nhận", "ok", "check"))
        else:
            button.setAccessibleName(f"Kết quả mới đúng: {result.title or result.id}")
            button.triggered.connect(lambda id=result.id: self.accepted.emit(id))
            line.addWidget(button)
        self._said.addWidget(frame(line))

    def first_button(self) -> KeyButton | None:
        """What Tab begins with."""
        found = [button for button in self.findChildren(KeyButton) if button.isVisibleTo(self)]
        return found[0] if found else None

    def _show_slip(self, checked: Checked) -> None:
        picture = checked.slip
        self._slip.setVisible(picture is not None)
        clear(self._papers)
        if picture is not None:
            image = QImage(
                picture.rgb, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888
            ).copy()  # the bytes belong to the answer
            wide = theme().px(_SLIP_WIDE)
            mode = Qt.TransformationMode.SmoothTransformation
            self._slip.setPixmap(QPixmap.fromImage(image).scaledToWidth(wide, mode))
        if checked.papers:
            self._papers.addWidget(label("Danh sách giấy tờ ở quầy", "cardtitle"))
        for n, (name, when) in enumerate(checked.papers, 1):
            self._papers.addWidget(label(f"{n}. {name}", "strong", wrap=True))
            self._papers.addWidget(label(when, "hint", wrap=True))
