"""The right card: how to begin, several dossiers of one citizen, who takes it instead, and the five faces."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.person import Person
from desk_app.domain.text import clean_line
from desk_app.ui.forms.dossier import moment_text
from desk_app.ui.forms.person import NAME_LIMIT, digits_of, number_problem
from desk_app.ui.forms.result import REASONS, Claim
from desk_app.ui.icons import IconLabel
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.screens.intake.typed_person import problem_words
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment
from desk_app.ui.widgets.smileys import SmileyRow
from desk_app.ui.widgets.table import Table

HOW = (
    "Quét giấy hẹn của công dân, rồi quét thẻ căn cước.",
    "Mất giấy hẹn: tìm bằng thẻ căn cước, mã hồ sơ hoặc họ tên.",
)
AUTHORITIES = (("paper", "Văn bản ủy quyền"), ("family", "Người thân có giấy tờ"), ("office", "Giấy giới thiệu"))


class ReceiverForm(QWidget):
    """Who takes the result instead. ``ready(Person)`` after Enter in the last field."""

    ready = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.number = TextEdit("Họ và tên người nhận"), TextEdit("Số định danh người nhận")
        self._authority = Segment(AUTHORITIES, "Căn cứ nhận thay", "paper")
        self._name_field = Field("Họ và tên người nhận", self.name)
        self._number_field = Field("Số định danh người nhận", self.number)
        self.note = TextEdit("Số, ngày văn bản")
        how = "Quét thẻ của người nhận thay, hoặc nhập rồi Enter. Giữ văn bản ủy quyền cùng hồ sơ."
        hint = label(how, "hint", wrap=True)
        self.setLayout(
            down(
                hint,
                self._name_field,
                self._number_field,
                Field("Căn cứ nhận thay", self._authority),
                Field("Số, ngày văn bản (nếu có)", self.note),
                None,
                margins=(18, 14, 18, 14),
                gap=10,
            )
        )
        self.name.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(self.note.setFocus)
        self.note.returnPressed.connect(self.accept)

    def set_person(self, person: Person | None) -> None:
        self.name.setText(person.name if person else "")
        self.number.setText(person.id_number if person else "")
        self.note.clear()
        self._name_field.set_error("")
        self._number_field.set_error("")

    def accept(self) -> None:
        """Take what is typed, or say what is wrong."""
        name, number = clean_line(self.name.text(), NAME_LIMIT), digits_of(self.number.text())
        problem = number_problem("cccd", number)
        self._name_field.set_error("" if name else "Chưa có họ tên người nhận. Nhập theo thẻ.", "" if name else "TK-08")
        self._number_field.set_error(problem_words(problem) if problem else "", problem.code if problem else "")
        if name and not problem:
            authority = dict(AUTHORITIES)[self._authority.chosen_id() or "paper"]
            note = clean_line(self.note.text(), NAME_LIMIT)
            words = f"{authority}, {note}" if note else authority
            self.ready.emit(Person(name=name, id_kind="cccd", id_number=number, authority=words))

    def with_authority(self, person: Person) -> Person:
        """A person read from a card, with what gives the right to take the result."""
        return replace(person, authority=dict(AUTHORITIES)[self._authority.chosen_id() or "paper"])


class Faces(QWidget):
    """Five faces, no score shown afterwards. ``answered(score, reason)``."""

    answered = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.faces = SmileyRow()
        self._question = label("Ông/Bà có hài lòng với việc phục vụ hôm nay không?", "bigtitle", wrap=True)
        self._hint = label("Xoay màn hình hoặc đưa bàn phím số cho công dân. Chạm một lần là xong.", "soft", wrap=True)
        self._reasons = Segment(REASONS, "Điều chưa hài lòng")
        self._why = Field("Điều chưa hài lòng (có thể bỏ qua)", self._reasons)
        self._done = Badge("Đã ghi nhận", "ok", "check")
        shield = across(IconLabel("shield", 20, "primary"), margins=(14, 10, 14, 10), gap=10)
        private = "Câu trả lời không gắn với tên, thẻ hay mã hồ sơ. Máy tại quầy chỉ hiện “Đã ghi nhận”."
        shield.addWidget(label(private, "", wrap=True), 1)
        more = across(IconLabel("message-square-text", 18, "text2"))
        more.addWidget(label("Chọn 1 hoặc 2: màn hình hỏi thêm lý do, có thể bỏ qua.", "soft", wrap=True), 1)
        layout = down(
            self._question, self._hint, 4, self.faces, 6, self._why, self._done, frame(shield, inset="true"), None,
            more,
            margins=(18, 16, 18, 14), gap=8,
        )  # fmt: skip
        self.setLayout(layout)
        self._score = 0
        self.faces.chosen.connect(self._on_face)
        self._reasons.chosen.connect(self._on_reason)
        self.reset()

    def reset(self) -> None:
        self._score = 0
        self.faces.reset()
        self._reasons.set_chosen(None)
        self._why.hide()
        self._done.hide()

    @property
    def open_score(self) -> int:
        """A low score whose reason may still come; 0 = none."""
        return self._score

    def finish(self) -> None:
        """Leave: a low score without a reason is an answer too."""
        if self._score:
            score, self._score = self._score, 0
            self.answered.emit(score, "")

    def note_elsewhere(self) -> None:
        """The citizen answered on the other screen: here only that something was noted, never what."""
        self._score = 0
        self.faces.take_no_more()
        self._why.hide()
        self._done.show()

    def _on_face(self, score: int) -> None:
        if score <= 2:
            self._score = score
            self._why.show()
            self._reasons.setFocus()
            return
        self._done.show()
        self.answered.emit(score, "")

    def _on_reason(self, reason: str) -> None:
        if self._score:
            score, self._score = self._score, 0
            self._done.show()
            self.answered.emit(score, reason)


class SideCard(Card):
    """Shows one of four pages: ``begin``, ``pick``, ``receiver``, ``faces``. ``picked(Claim)``."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Trả kết quả", padded=False, parent=parent)
        self._private = Badge("Ẩn danh", "neutral", "lock")
        self.add_header(self._private)
        self.receiver, self.faces = ReceiverForm(), Faces()
        self.model: RowsModel[Claim] = RowsModel(
            [
                Column("Mã hồ sơ", lambda c: c.code, width=190),
                Column("Thủ tục", lambda c: c.procedure, tip=lambda c: c.procedure),
                Column("Hẹn trả", lambda c: moment_text(c.due_at), width=150, right=True),
            ],
            self,
        )
        self.table = Table("Hồ sơ tìm thấy")
        self.table.setModel(self.model)
        self.table.opened.connect(self.picked)
        self.model.modelReset.connect(lambda: self.table.select_row(0))
        lines = [across(IconLabel(icon, 20, "text2"), label(words, "soft", wrap=True), gap=12) for icon, words in zip(
            ("scan-line", "search"), HOW, strict=True
        )]  # fmt: skip
        for line in lines:
            line.setStretch(1, 1)
        begin = ScrollBody(down(*lines, None, margins=(18, 16, 18, 16), gap=14))
        self._pages = {"begin": begin, "pick": self.table, "receiver": self.receiver, "faces": self.faces}
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.body.addWidget(self._stack)
        self.open("begin")

    def open(self, page: str) -> None:
        """Bring one of the pages to the front."""
        titles = {
            "begin": "Cách làm", "pick": "Chọn hồ sơ", "receiver": "Người nhận thay", "faces": "Mời ông/bà đánh giá",
        }  # fmt: skip
        self.set_title(titles[page])
        self._private.setVisible(page == "faces")
        self._stack.setCurrentWidget(self._pages[page])
