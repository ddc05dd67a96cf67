"""The screen on the citizen's side: greeting, list of papers, amount and day, five faces, resting. Large, quiet, nameless.

It is a window of its own on the other monitor; when that monitor goes, it hides and says so.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desk_app.ui.forms.citizen_screen import AmountView, PapersView
from desk_app.ui.forms.result import REASONS
from desk_app.ui.icons import IconLabel
from desk_app.ui.theme import theme
from desk_app.ui.widgets.label import Sentence, across, down, frame, label
from desk_app.ui.widgets.segment import Segment
from desk_app.ui.widgets.smileys import SmileyRow

THANKS_MS, RATE_MS, REASON_MS = 3_000, 20_000, 8_000
LOW = 2  # up to this score a reason is asked for
_INK = {"ok": "ok", "bad": "bad", "": "muted"}
_ICON = {"ok": "check", "bad": "x", "": "circle"}


def _big(text: str, size: int, *, bold: bool = False, tint: str = "text", wrap: bool = True) -> QLabel:
    made = label(text, "", wrap=wrap)
    _dress(made, size, bold=bold, tint=tint)
    return made


def _dress(part: QLabel, size: int, *, bold: bool = False, tint: str = "text") -> None:
    look = theme()
    weight = 700 if bold else 400
    part.setStyleSheet(f"font-size: {look.px(size)}px; font-weight: {weight}; color: {look.color(tint).name()};")


class CitizenScreen(QWidget):
    """``rated(score, reason)`` once per citizen; a reason is asked for after a low score only, and may be left out."""

    rated = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setWindowTitle("Màn hình phía công dân")
        self._place, self._desk, self._clock = (
            _big("", 28, bold=True, tint="railtext"),
            _big("", 18, tint="railmut"),
            QLabel(),
        )
        self._stack = QStackedWidget()
        self._hours, self._phone = _big("", 26), _big("", 26, bold=True)
        self._title, self._procedure = _big("", 36, bold=True), _big("", 22, tint="text2")
        self._lines = QVBoxLayout()
        self._note, self._fee = Sentence("", ""), Sentence("", "")
        self._amount, self._items = _big("", 72, bold=True), _big("", 24, tint="text2")
        self._amount_of, self._due = _big("", 24, tint="text2"), _big("", 36, bold=True)
        self.faces = SmileyRow()
        self._thanks = _big("", 30, bold=True, tint="ok")
        self.reasons = Segment(REASONS, "Điều chưa hài lòng")
        for button in self.reasons.parts:  # for a finger, not for a mouse
            look = theme()
            button.setStyleSheet(f"font-size: {look.px(22)}px; min-height: {look.px(56)}px;")
            button.setMinimumSize(
                look.metrics(22, bold=True).horizontalAdvance(button.text()) + look.px(48), look.px(64)
            )
        self._why = _big("Điều gì chưa hài lòng? Có thể bỏ qua.", 26)
        self._untold = 0
        self._foot = _big("", 20, tint="text2", wrap=False)
        for part in (self._note, self._fee):
            _dress(part, 22)
        self._pages = {
            "greet": self._greeting(), "papers": self._papers(), "amount": self._amounts(), "rate": self._rating(),
            "rest": self._resting(),
        }  # fmt: skip
        for page in self._pages.values():
            self._stack.addWidget(page)
        foot = across(self._fee, self._foot, margins=(40, 8, 40, 24), gap=24)
        foot.setStretch(0, 1)
        layout = down(self._head(), self._stack, gap=0)
        layout.addLayout(foot)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._tick, self._back = QTimer(self), QTimer(self)
        self._tick.setInterval(10_000)
        self._back.setSingleShot(True)
        self._back.timeout.connect(self.greet)
        self.faces.chosen.connect(self._on_face)
        self.reasons.chosen.connect(self._thank)
        self.greet()

    # ---- the five states

    @property
    def state(self) -> str:
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    def set_place(self, place: str, desk: str, hours: str, phone: str) -> None:
        """The office, the counter, its hours and the number for feedback; no officer's and no citizen's name."""
        self._place.setText(place)
        self._desk.setText(desk)
        self._hours.setText(f"Giờ tiếp nhận: {hours}.")
        self._phone.setText(f"Phản ánh, kiến nghị: {phone}")
        self._foot.setText(f"Phản ánh, kiến nghị: {phone}")

    def set_clock(self, text: str) -> None:
        self._clock.setText(text)

    def greet(self) -> None:
        """Nobody is being served; a low score without a reason is an answer too."""
        self._flush()
        self._back.stop()
        self._fee.set_text("")
        self._open("greet")

    def show_papers(self, view: PapersView) -> None:
        """What was looked at, what is missing."""
        self._title.setText(view.title)
        self._procedure.setText(view.procedure)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in view.lines:
            self._lines.addWidget(_paper_line(line.name, line.tone, line.words))
        if view.more:
            self._lines.addWidget(_big(f"và {view.more} giấy tờ khác", 22, tint="text2"))
        self._note.set_text(view.note)
        self._note_frame.setVisible(bool(view.note))
        self._fee.set_text(view.fee)
        self._open("papers")

    def show_amount(self, view: AmountView) -> None:
        """What is paid and when to come back."""
        self._amount.setText(view.amount)
        self._amount_of.setText(view.procedure)
        self._items.setText("\n".join(f"{name}: {words}" for name, words in view.items))
        self._due.setText(f"{view.due_hour}, {view.due_day}")
        self._fee.set_text("Không phải nộp khoản nào khác")
        self._open("amount")

    def ask_faces(self) -> None:
        """Five faces for twenty seconds; silence records nothing."""
        self._flush()
        self.faces.reset()
        self.reasons.set_chosen(None)
        self._ask_why(on=False)
        self._thanks.setText("")
        self._fee.set_text("")
        self._open("rate")
        self._back.start(RATE_MS)

    def rest(self) -> None:
        """The counter is locked."""
        self._flush()
        self._back.stop()
        self._fee.set_text("")
        self._open("rest")

    def _open(self, name: str) -> None:
        self._stack.setCurrentWidget(self._pages[name])
        if name != "rate":
            self._flush()
            self._back.stop()

    def _on_face(self, score: int) -> None:
        if score > LOW:
            self._untold = score
            self._thank("")
            return
        self._untold = score
        self._ask_why(on=True)
        self._back.start(REASON_MS)

    def _ask_why(self, *, on: bool) -> None:
        for part in (self._why, self.reasons):
            part.setVisible(on)

    def _thank(self, reason: str) -> None:
        self._flush(reason)
        self._ask_why(on=False)
        self._thanks.setText("Đã ghi nhận. Cảm ơn Ông/Bà.")
        self._back.start(THANKS_MS)

    def _flush(self, reason: str = "") -> None:
        """Tell a score that was tapped and not told yet."""
        if self._untold:
            score, self._untold = self._untold, 0
            self.rated.emit(score, reason)

    # ---- pages

    def _head(self) -> QFrame:
        _dress(self._clock, 34, bold=True, tint="railtext")
        words = down(self._place, self._desk, gap=2)
        bar = across(margins=(40, 14, 40, 14), gap=24)
        bar.addLayout(words, 1)
        bar.addWidget(self._clock)
        made = frame(bar, "citizenhead")
        made.setStyleSheet(f"QFrame#citizenhead {{ background: {theme().color('rail').name()}; }}")
        return made

    def _greeting(self) -> QWidget:
        title = _big("Kính chào Ông/Bà", 54, bold=True)
        how = _big("Mời Ông/Bà đưa thẻ căn cước hoặc giấy hẹn cho cán bộ.", 28, tint="text2")
        return _page(None, title, how, 24, self._hours, self._phone, None)

    def _papers(self) -> QWidget:
        note = across(IconLabel("printer", 34, "primary"), self._note, margins=(20, 14, 20, 14), gap=14)
        note.setStretch(1, 1)
        self._note_frame = frame(note, inset="true")
        self._lines.setSpacing(0)
        return _page(self._title, self._procedure, 8, self._lines, 8, self._note_frame, None)

    def _amounts(self) -> QWidget:
        return _page(
            None, _big("Số tiền phải nộp", 26, tint="text2"), self._amount, self._amount_of, self._items, 28,
            _big("Hẹn trả kết quả", 26, tint="text2"), self._due, None,
        )  # fmt: skip

    def _rating(self) -> QWidget:
        ask = _big("Ông/Bà có hài lòng với việc phục vụ hôm nay không?", 36, bold=True)
        how = _big("Chạm một lần là xong. Câu trả lời không gắn với tên, thẻ hay mã hồ sơ.", 24, tint="text2")
        return _page(None, ask, how, 24, self.faces, 16, self._why, self.reasons, self._thanks, None)

    def _resting(self) -> QWidget:
        return _page(None, _big("Quầy tạm nghỉ", 54, bold=True), _big("Mời Ông/Bà chờ trong ít phút.", 28), None)


def _page(*items: object) -> QWidget:
    made = QWidget()
    made.setLayout(down(*items, margins=(40, 24, 40, 12), gap=8))  # type: ignore[arg-type]
    return made


def _paper_line(name: str, tone: str, words: str) -> QFrame:
    bad = tone == "bad"
    row = across(IconLabel(_ICON[tone], 30, _INK[tone], 2.8), margins=(0, 12, 0, 12), gap=16)
    row.addWidget(_big(name, 26, bold=bad), 1)
    row.addWidget(_big(words, 23, bold=bad, tint="bad" if bad else "text2", wrap=False))
    return frame(down(frame(row), frame(line=True), gap=0))
