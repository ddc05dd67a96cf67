"""Step 2: questions at the left, the checklist they lead to at the right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from desk_app.domain.assessment import ALWAYS, DEPENDS
from desk_app.domain.intake import IntakeForm, IntakeView, MarkState, Row, Step
from desk_app.domain.procedure import Confidence
from desk_app.domain.settling import settled_elsewhere
from desk_app.ui.forms.intake import first_stop, next_stop
from desk_app.ui.icons import IconLabel
from desk_app.ui.screens.intake.questions import QuestionPanel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.checklist import Checklist, CheckRow, Mark
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import Sentence, across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody

LEFT, WIDEST = 396, 16_777_215
_MARKS = {MarkState.UNSEEN: Mark.UNSEEN, MarkState.OK: Mark.MET, MarkState.BAD: Mark.UNMET}
STATES = {Mark.UNSEEN: MarkState.UNSEEN, Mark.MET: MarkState.OK, Mark.UNMET: MarkState.BAD}


def check_row(row: Row, scanned_at: str, *, checked: bool = False) -> CheckRow:
    """A row of the checklist in the words of the screen: kind and count, and why it is asked.

    ``checked``: the version as a whole has a source, so that a row without one must say so itself.
    """
    if row.mark.state is MarkState.NOT_NEEDED:
        spared, badge = "Không phải nộp", "Có trên thẻ vừa quét"
        return CheckRow(row.document.id, row.document.name, spared, Mark.SETTLED, badge=badge)
    guessed = checked and row.document.confidence is Confidence.KNOWLEDGE
    parts = [row.kind_text]
    if row.from_card and scanned_at:
        parts = ["Xuất trình", f"đã quét lúc {scanned_at[11:16]}"]
    if row.why and row.why not in (ALWAYS, DEPENDS):
        parts.append(row.why)
    elif row.document.note:
        parts.append(row.document.note)
    if guessed:
        parts.append("chưa kiểm chứng")
    mark = _MARKS[row.mark.state]
    return CheckRow(row.document.id, row.document.name, " · ".join(parts), mark, row.mark.reason)


class PapersStep(QWidget):
    """``answered(id, value)`` · ``marked(id, state, reason)`` · ``reason_typed(text)`` and what keys ask for."""

    answered = Signal(str, object)
    marked = Signal(str, object, int)
    all_met = Signal()
    undo = Signal()
    change = Signal()
    reason_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: IntakeView | None = None
        self._form = IntakeForm("")
        self._name, self._brief = label("", "name", wrap=True), label("", "hint", wrap=True)
        self._settled = label("", "soft", wrap=True)
        self._unchecked = Badge("", "warn", "triangle-alert")
        self._unchecked.setToolTip("Mục này của danh mục chưa đối chiếu với văn bản. Nghi vấn thì hỏi người phụ trách.")
        self.questions = QuestionPanel()
        self.checklist = Checklist()
        self._ask = label("Hỏi công dân, danh sách bên phải đổi theo câu trả lời", "hint")
        self._ask.setContentsMargins(14, 8, 14, 0)
        self._ok, self._bad, self._unseen = Badge("", "ok"), Badge("", "bad", "x"), Badge("")
        self._notice = self._build_notice()
        self._empty = label("Thủ tục này không yêu cầu nộp giấy tờ. Bấm F9 để tiếp tục.", "soft", wrap=True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._left = self._left_card()
        self._cards = across(self._left, self._right_card(), margins=(16, 12, 16, 12), gap=12)
        self._cards.setStretch(1, 1)
        self.setLayout(down(ScrollBody(self._cards)))
        self._fit()
        self.questions.answered.connect(self.answered)
        self.questions.passed.connect(self._go_on)
        self.checklist.marked.connect(lambda id_, mark, reason: self.marked.emit(id_, STATES[mark], reason))
        self.checklist.all_met_wanted.connect(self.all_met)
        self.checklist.undo_wanted.connect(self.undo)

    def set_view(
        self, view: IntakeView, form: IntakeForm, line: str, today: date, *, guided_on: str = "", referred_to: str = ""
    ) -> None:
        """Show this view. `line`: term and fee in short; `guided_on`: day of an earlier guidance slip, "" = none.

        `referred_to`: the place a routing rule names, as people call it.
        """
        self._view, self._form = view, form
        if view.procedure is None:
            return
        self._name.setText(view.procedure.name)
        self._brief.setText(line)
        agency = settled_elsewhere(view.variant) if view.variant is not None and view.routing is None else ""
        self._settled.setText(f"Nhận tại đây, chuyển {agency} giải quyết." if agency else "")
        self._settled.setVisible(bool(agency))
        known = view.variant is None or view.variant.confidence is not Confidence.KNOWLEDGE
        self._unchecked.set("" if known else "Chưa kiểm chứng", "warn", "triangle-alert")
        self.questions.set_view(view, form, today)
        self._ask.setVisible(bool(view.questions))
        rows = [check_row(row, form.scanned_at, checked=known) for row in view.rows]
        self.checklist.set_rows(rows)
        self.checklist.setVisible(bool(rows))
        self._empty.setVisible(not rows and view.step is Step.ACCEPT)
        self._count(view)
        self._show_notice(view, guided_on, referred_to)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_cards"):
            self._fit()

    def _fit(self) -> None:
        """Large text: the questions above the papers, one scroll for both."""
        stacked = theme().folds
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._cards.setDirection(way)
        self.questions.set_flat(stacked)
        self.checklist.set_flat(stacked)
        self._left.setMinimumWidth(0 if stacked else theme().px(LEFT))
        self._left.setMaximumWidth(WIDEST if stacked else theme().px(LEFT))

    def enter(self) -> None:
        """The focus goes to the first thing to answer, else to the checklist."""
        if self._view is None:
            return
        if not self.questions.focus_question(first_stop(self._view, self._form)):
            self.focus_papers()

    def focus_papers(self) -> None:
        """The focus goes to the first paper that was not looked at."""
        rows = self._view.rows if self._view else ()
        unseen = next((row.document.id for row in rows if row.mark.state is MarkState.UNSEEN), "")
        if unseen:
            self.checklist.focus_row(unseen)
        elif rows:
            self.checklist.focus_current()

    def focus_last(self) -> None:
        """The focus goes to the last row: from there ↑ walks to what is not in order after all."""
        rows = self._view.rows if self._view else ()
        if rows:
            self.checklist.focus_row(rows[-1].document.id)

    def focus_open_question(self) -> None:
        if self._view and self._view.open_question:
            self.questions.focus_question(self._view.open_question.id)

    @property
    def focused_paper(self) -> str:
        """Id of the paper in focus, "" while a question has it."""
        inside = self.checklist.isAncestorOf(self.focusWidget() or self)
        return self.checklist.current_id if inside else ""

    @property
    def reason_box(self) -> QLineEdit:
        """Where the reason for a second guidance slip is typed."""
        return self._why

    def _go_on(self, after: str) -> None:
        if self._view is not None and not self.questions.focus_question(next_stop(self._view, self._form, after)):
            self.focus_papers()

    def _left_card(self) -> Card:
        card = Card(padded=False)
        change = KeyButton("Đổi", "change_procedure", small=True)
        change.triggered.connect(self.change)
        words = down(
            label("Thủ tục", "hint"), self._name, self._brief, self._settled, across(self._unchecked, None), gap=1
        )
        head = across(words, margins=(14, 10, 14, 10), gap=8)
        head.setStretch(0, 1)
        head.addLayout(down(change, None))
        card.body.setSpacing(0)
        card.body.addLayout(head)
        card.body.addWidget(frame(line=True))
        card.body.addWidget(self._ask)
        card.body.addWidget(self.questions, 1)
        return card

    def _right_card(self) -> Card:
        card = Card("Thành phần hồ sơ", padded=False)
        card.add_header(self._ok, self._bad, self._unseen, near=True)
        card.add_header(KeyHint([(("Phím cách",), "Đạt"), (("-",), "Chưa đạt"), (("Ctrl D",), "Đạt tất cả")]))
        card.body.setSpacing(0)
        card.body.addWidget(self._notice)
        card.body.addWidget(self._empty)
        card.body.addWidget(self.checklist, 1)
        card.body.addStretch(0)
        words = "Không yêu cầu công dân nộp giấy tờ ngoài danh sách này. Căn cứ pháp lý: bấm Ctrl I."
        note = label(words, "hint", wrap=True)
        line = across(IconLabel("info", 17, "text2"), note, margins=(14, 9, 14, 9))
        line.setStretch(1, 1)
        card.set_footer(frame(line))
        return card

    def _build_notice(self) -> QWidget:
        self._notice_icon = IconLabel("info", 22, "primary")
        self._notice_title, self._notice_text = label("", "strong", wrap=True), Sentence("")
        self._why = QLineEdit()
        self._why.setMaxLength(300)
        self._why.setAccessibleName("Lý do hướng dẫn lần hai")
        self._why.setPlaceholderText("Lý do hướng dẫn lần hai, in trên phiếu")
        self._why.textEdited.connect(self.reason_typed)
        words = down(self._notice_title, self._notice_text, self._why, gap=4)
        inset = across(down(self._notice_icon, None), margins=(14, 10, 14, 10), gap=10)
        inset.addLayout(words, 1)
        box = frame(inset, inset="true")
        return frame(across(box, margins=(12, 12, 12, 12)))

    def _count(self, view: IntakeView) -> None:
        ok, bad, unseen = (view.count(state) for state in (MarkState.OK, MarkState.BAD, MarkState.UNSEEN))
        ok += view.count(MarkState.NOT_NEEDED)
        self._ok.set(f"{ok} đạt" if ok else "", "ok")
        self._bad.set(f"{bad} chưa đạt" if bad else "", "bad", "x")
        self._unseen.set(f"{unseen} chưa xem" if unseen else "")

    def _show_notice(self, view: IntakeView, guided_on: str, referred_to: str) -> None:
        title, text = "", ""
        if view.routing is not None:
            title = "Không tiếp nhận được" if view.routing.refuses else f"Nơi tiếp nhận: {referred_to}"
            slip = "phiếu từ chối tiếp nhận" if view.routing.refuses else "phiếu hướng dẫn nơi nộp"
            text = f"{view.routing.reason.rstrip('.')}. Bấm F9 để in {slip}. TN-10"
        again = bool(guided_on) and view.step in (Step.GUIDE, Step.REFER)
        if again:
            title = title or "Hướng dẫn lần hai"
            text = f"{text} " if view.routing else ""
            text += (
                f"Đã in phiếu hướng dẫn cho thủ tục này ngày {guided_on}. Hướng dẫn lần hai phải ghi lý do; "
                "lý do được in trên phiếu và báo người phụ trách. TN-08"
            )
        if view.step is Step.BROKEN:
            title = "Danh mục thiếu dữ liệu"
            text = "Chưa tiếp nhận được thủ tục này. Bấm Ctrl + phím cách để lưu nháp, báo người phụ trách. TN-09"
        self._notice.setVisible(bool(title))
        self._notice_title.setText(title)
        self._notice_text.set_text(text)
        self._why.setVisible(again)
        if not self._why.hasFocus():
            self._why.setText(self._form.why_again)
