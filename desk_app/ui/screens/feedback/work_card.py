"""The right card of one that is in the book: the one step that is done now, with its fields. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.feedback import NAME_LIMIT, REPLY_LIMIT, State, Verdict
from desk_app.domain.legal_basis import bases_text, read_bases
from desk_app.ui.forms.feedback import WORK, basis_draft
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.screens.feedback.apology_part import ApologyPart, TypedApology
from desk_app.ui.screens.feedback.parts import People, Words
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import down, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment
from desk_app.ui.widgets.table import Table

VERDICTS = ((Verdict.RIGHT.value, "Đúng"), (Verdict.PARTLY.value, "Đúng một phần"), (Verdict.WRONG.value, "Không đúng"))
WAYS = (("letter", "Bằng văn bản"), ("spoken", "Ngay tại quầy"))


@dataclass(frozen=True, slots=True, repr=False)
class Work:
    """What stands in the card, as typed."""

    verdict: Verdict | None
    basis: str
    findings: str
    done: str
    apology: str
    agency: str
    reason: str
    handler: str
    spoken: bool
    letter: TypedApology


class BasisEdit(QWidget):
    """A citation as typed, and under it how it will be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = TextEdit("Căn cứ pháp lý", "Điều 9 Nghị định 20/2008/NĐ-CP")
        self.field = Field("Căn cứ pháp lý (điểm, khoản, điều; Ctrl I: danh mục)", self.edit)
        self._shown = label("", "hint", wrap=True)
        self.setLayout(down(self.field, self._shown, gap=2))
        self.edit.textChanged.connect(self._show)
        self._show("")

    def _show(self, text: str) -> None:
        self.field.set_error("")
        try:
            shown = bases_text(read_bases(text)) if text.strip() else ""
        except DeskError:
            shown = ""
        self._shown.setText(f"In là: {shown}" if shown else "")
        self._shown.setVisible(bool(shown))


class WorkCard(Card):
    """``work_chosen(id)``; ``changed`` when something was typed that changes the blue button."""

    work_chosen = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Xử lý", padded=False, parent=parent)
        self.work = ""
        self._offered: tuple[tuple[str, str], ...] = ()
        self._top = QVBoxLayout()
        self._segment: Segment | None = None
        self.way = Segment(WAYS, "Cách trả lời", "letter")
        self._way_field = Field("Cách trả lời", self.way)
        self.findings = Words("Đã kiểm tra, kết quả", REPLY_LIMIT, rows=3)
        self._findings_field = Field("Đã kiểm tra thế nào, kết quả", self.findings)
        self.done, self.apology = TextEdit("Việc đã làm"), TextEdit("Lời xin lỗi")
        self._done_field = Field("Việc đã làm, thời hạn", self.done)
        self._apology_field = Field("Lời xin lỗi (nếu cơ quan có lỗi)", self.apology)
        self.verdict = Segment(VERDICTS, "Kết luận")
        self._verdict_field = Field("Kết luận: phản ánh là", self.verdict)
        self.basis = BasisEdit()
        self.bodies = People("Cơ quan có thẩm quyền", "Chọn, hoặc ghi bên dưới")
        self._bodies_field = Field("Cơ quan có thẩm quyền", self.bodies)
        self.agency = TextEdit("Tên cơ quan")
        self._agency_field = Field("Tên cơ quan", self.agency)
        self.handler = People("Giao xử lý", "Chọn người xử lý")
        self._handler_field = Field("Giao xử lý", self.handler)
        self.reason = TextEdit("Lý do")
        self._reason_field = Field("Lý do", self.reason)
        for edit in (self.done, self.apology, self.agency, self.reason):
            edit.setMaxLength(NAME_LIMIT)
        self.letter = ApologyPart()
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        self._stack.addWidget(self._work_page())
        self.model: RowsModel[str] = RowsModel([Column("Văn bản trong danh mục", lambda line: line)], self)
        self.texts = Table("Căn cứ pháp lý trong danh mục")
        self.texts.setModel(self.model)
        self._stack.addWidget(self.texts)
        self._rest = EmptyState("check", "")
        self._stack.addWidget(self._rest)
        self.texts.opened.connect(self._take_text)
        self.bodies.picked.connect(self.agency.setText)
        self.way.chosen.connect(lambda _id: self._arrange())

    def _work_page(self) -> QWidget:
        parts = (
            self._way_field, self._verdict_field, self._findings_field, self._done_field, self._apology_field,
            self._bodies_field, self._agency_field, self._handler_field, self._reason_field, self.basis,
            self.letter,
        )  # fmt: skip
        return ScrollBody(down(self._top, *parts, None, margins=(16, 12, 16, 12), gap=9))

    # ---- what the page shows

    def show_case(self, state: State, *, question: bool, work: str, rest: str) -> None:
        """Offer what may follow; ``rest``: words when nothing does."""
        self._question = question
        self._offered = WORK[state]
        self._build_segment()
        self._clear()
        ids = [id_ for id_, _words in self._offered]
        self.open_work(work if work in ids else ids[0] if ids else "")
        self._rest.set_sentence(rest)
        self._stack.setCurrentIndex(0 if ids else 2)

    def open_work(self, work: str) -> None:
        """Bring the fields of one step to the front."""
        self.work = work
        if self._segment is not None:
            self._segment.set_chosen(work)
        self._stack.setCurrentIndex(0)
        self._arrange()
        self.work_chosen.emit(work)

    def offers(self, work: str) -> bool:
        return work in [id_ for id_, _words in self._offered]

    def set_people(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        self.handler.set_people(people, chosen)

    def set_bodies(self, bodies: Sequence[str]) -> None:
        self.bodies.set_people([(name, name) for name in bodies])

    def show_texts(self, lines: Sequence[str]) -> None:
        """Legal texts to choose from; Enter takes one, Esc goes back."""
        self.model.set_rows(lines)
        self.texts.select_row(0)
        self._stack.setCurrentIndex(1)
        self.texts.setFocus()

    @property
    def shows_texts(self) -> bool:
        return self._stack.currentIndex() == 1

    def leave_texts(self) -> None:
        self._stack.setCurrentIndex(0)
        self.basis.edit.setFocus()

    def typed(self) -> Work:
        """What stands in the fields."""
        chosen = self.verdict.chosen_id()
        return Work(
            verdict=Verdict(chosen) if chosen else None,
            basis=self.basis.edit.text(),
            findings=self.findings.text(),
            done=self.done.text(),
            apology=self.apology.text(),
            agency=self.agency.text(),
            reason=self.reason.text(),
            handler=self.handler.chosen,
            spoken=self.is_spoken,
            letter=self.letter.typed(),
        )

    @property
    def is_spoken(self) -> bool:
        return self.work == "answer" and self._question and self.way.chosen_id() == "spoken"

    def field_for(self, code: str) -> Field | None:
        """Where a refusal belongs."""
        return {
            "PA-01": self.basis.field, "PA-05": self.basis.field, "PA-02": self._verdict_field,
            "PA-14": self._findings_field, "PA-11": self._agency_field, "PA-13": self._reason_field,
            "PA-07": self._handler_field, "PA-08": self._handler_field, "PA-16": self._findings_field,
        }.get(code) or self.letter.field_for(code)  # fmt: skip

    def clear_errors(self) -> None:
        self.letter.clear_errors()
        for code in ("PA-01", "PA-02", "PA-14", "PA-11", "PA-13", "PA-07"):
            field = self.field_for(code)
            if field is not None:
                field.set_error("")

    def enter(self) -> None:
        """The focus goes to the first field of the step."""
        first = {
            "answer": self.findings, "note_reply": self.findings, "publish": self.findings, "transfer": self.bodies,
            "assign": self.handler, "extend": self.reason, "refuse": self.reason,
            "apologise": self.letter,
        }.get(self.work)  # fmt: skip
        if first is not None:
            first.setFocus()

    # ---- inside

    _question = False

    def _build_segment(self) -> None:
        if self._segment is not None:
            self._segment.hide()
            self._segment.setParent(None)
            self._segment.deleteLater()
            self._segment = None
        if len(self._offered) > 1:
            self._segment = Segment(self._offered, "Việc làm")
            self._segment.chosen.connect(self.open_work)
            self._top.addWidget(self._segment)

    def _clear(self) -> None:
        self.findings.set_text("")
        for edit in (self.done, self.apology, self.agency, self.reason, self.basis.edit):
            edit.clear()
        self.verdict.set_chosen(None)
        self.way.set_chosen("letter")
        self.bodies.setCurrentIndex(0)
        self.letter.clear()
        self.clear_errors()

    def fill_reply(self, text: str) -> None:
        """What the level above answered, ready to be noted; what was typed already stays."""
        if not self.findings.text():
            self.findings.set_text(text)

    def _arrange(self) -> None:
        work, spoken = self.work, self.is_spoken
        answers = work == "answer"
        titles = {"publish": "Nội dung công khai", "note_reply": "Cơ quan có thẩm quyền đã trả lời"}
        self._findings_field.set_name(titles.get(work, "Đã kiểm tra thế nào, kết quả"))
        for part, on in (
            (self._way_field, answers and self._question),
            (self._verdict_field, answers and not spoken),
            (self._findings_field, work in ("answer", "note_reply", "publish")),
            (self._done_field, answers and not spoken),
            (self._apology_field, answers and not spoken),
            (self._bodies_field, work == "transfer"),
            (self._agency_field, work in ("transfer", "refuse")),
            (self._handler_field, work == "assign"),
            (self._reason_field, work in ("extend", "refuse")),
            (self.basis, work in ("answer", "transfer", "refuse") and not spoken),
            (self.letter, work == "apologise"),
        ):
            part.setVisible(on)
        self._agency_field.set_name("Nơi công dân cần đến" if work == "refuse" else "Tên cơ quan")
        self.changed.emit()

    def _take_text(self, line: str) -> None:
        text, at = basis_draft(line)
        before = self.basis.edit.text().strip()
        self.leave_texts()
        start = f"{before}; " if before else ""
        self.basis.edit.setText(start + text)
        self.basis.edit.setCursorPosition(len(start) + at)
