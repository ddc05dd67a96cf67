"""The questions of a procedure, answered by digits: n chooses the n-th option and goes on to the next question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.answering import days_since
from desk_app.domain.condition import Answer, QuestionKind
from desk_app.domain.intake import IntakeForm, IntakeView
from desk_app.domain.procedure import Computed, Question
from desk_app.ui.forms.intake import options
from desk_app.ui.theme import fix_width, theme
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.dates import read_date
from desk_app.ui.widgets.digits import DigitPause
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.paint import set_style
from desk_app.ui.widgets.scroll import FlatScroll
from desk_app.ui.widgets.segment import Segment

ROOM = 356  # px at 100 %: what a row of options may take inside the card of 396
_MAX_DIGITS = 5
AT_ONCE = 2  # questions built with the key that asks for them; the others a moment later
_LONGEST_DATE = 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Choice(QAbstractButton):
    """One option of a long list: its words may run over two lines, nothing is cut."""

    def __init__(self, text: str, number: int) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setAccessibleName(text)
        self.setAccessibleDescription(f"Phím {number}")
        self._laid_out = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        wide = self.width() if self._laid_out else look.px(ROOM)
        room = QRect(0, 0, wide - look.px(46), 10_000)
        words = look.metrics(15, bold=True).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        return QSize(look.px(ROOM), max(look.px(34), words.height() + look.px(10)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._laid_out = True
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(120) if (look := theme()) else 0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, focused = self.isChecked(), self.hasFocus()
        painter.setPen(QPen(look.color("focus" if focused else "control"), 2 if focused else 1))
        painter.setBrush(look.color("primary" if on else "surface"))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        ink = look.color("onprimary" if on else "text")
        side = look.px(14)
        circle = QRectF(look.px(12), (self.height() - side) / 2, side, side)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if on:
            painter.setBrush(ink)
            painter.drawEllipse(circle.adjusted(4, 4, -4, -4))
        painter.setFont(look.font(15, bold=on))
        box = QRectF(look.px(36), 0, self.width() - look.px(46), self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap), self.text())


class ChoiceList(QWidget):
    """Options one under another, for words too long to stand side by side."""

    picked = Signal(int)

    def __init__(self, texts: list[str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.parts = [Choice(text, number) for number, text in enumerate(texts, 1)]
        layout = down(gap=4)
        for index, part in enumerate(self.parts):
            part.clicked.connect(lambda _on=False, index=index: self.picked.emit(index))
            layout.addWidget(part)
        self.setLayout(layout)
        self.setFocusProxy(self.parts[0])

    def set_chosen(self, index: int | None) -> None:
        for place, part in enumerate(self.parts):
            part.setChecked(place == index)
            stop = place == (index or 0)
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.parts[index or 0])


class QuestionBlock(QFrame):
    """One question. ``answered(id, value, go_on)``: `go_on` when the focus should move to the next question."""

    answered = Signal(str, object, bool)
    focused = Signal(str)

    def __init__(self, question: Question, today: date) -> None:
        super().__init__()
        self.question = question
        self._today = today
        self._options = options(question)
        self.setProperty("question", True)
        self._title = label("", "strong", wrap=True)
        self._title.setToolTip(question.help)
        self._editor = self._build_editor()
        self._help = label(question.help, "hint", wrap=True)
        line = across(self._editor, self._help, gap=10)
        line.setStretch(1, 1)
        if isinstance(self._editor, TextEdit):  # alone in its line it would stand in the middle
            line.setAlignment(self._editor, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(down(self._title, line, margins=(14, 8, 14, 8), gap=6))
        self._help.setVisible(bool(question.help) and question.kind is QuestionKind.NUMBER)
        self.setFocusProxy(self._editor)
        self._digits = DigitPause(self)
        self._digits.chosen.connect(lambda digit: self._pick(digit - 1, go_on=True))
        for part in self._parts():
            part.installEventFilter(self)

    def show_answer(self, number: int, answer: Answer | None) -> None:
        """Show which place the question has and what was answered."""
        self._title.setText(f"{number}. {self.question.text}")
        index = next((i for i, (value, _) in enumerate(self._options) if value == answer), None)
        match self._editor:
            case TextEdit():
                if not self._editor.hasFocus():
                    self._editor.setText("" if answer is None else str(answer))
            case Segment():
                self._editor.set_chosen(None if index is None else str(index))
            case ChoiceList():
                self._editor.set_chosen(index)

    def enter(self) -> None:
        """Take the focus; a number is selected so that a digit replaces it."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self._editor, TextEdit):
            self._editor.selectAll()

    def _build_editor(self) -> TextEdit | Segment | ChoiceList:
        if self.question.kind is QuestionKind.NUMBER:
            dated = self.question.computed is Computed.DAYS_SINCE
            edit = TextEdit(self.question.text, "ngày/tháng/năm hoặc số ngày" if dated else "")
            edit.setMaxLength(_LONGEST_DATE if dated else _MAX_DIGITS)
            fix_width(edit, 226 if dated else 96)
            edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
            edit.textEdited.connect(self._typed_date if dated else self._typed)
            return edit
        texts = [text for _, text in self._options]
        metrics = theme().metrics(15, bold=True)
        if sum(metrics.horizontalAdvance(text) + theme().px(26) for text in texts) <= theme().px(ROOM):
            segment = Segment([(str(i), text) for i, text in enumerate(texts)], self.question.text)
            segment.chosen.connect(lambda index: self._pick(int(index), go_on=False))
            return segment
        choices = ChoiceList(texts, self.question.text)
        choices.picked.connect(lambda index: self._pick(index, go_on=False))
        return choices

    def _parts(self) -> list[QWidget]:
        return [self._editor] if isinstance(self._editor, TextEdit) else list(self._editor.parts)

    def _pick(self, index: int, *, go_on: bool) -> None:
        self.answered.emit(self.question.id, self._options[index][0], go_on)

    def _typed(self, text: str) -> None:
        digits = "".join(str(int(c)) for c in text if c.isdecimal())
        if digits != text and isinstance(self._editor, TextEdit):
            self._editor.setText(digits)
        self.answered.emit(self.question.id, int(digits) if digits and int(digits) else None, False)

    def _typed_date(self, text: str) -> None:
        """A date becomes the days since it; a bare number is days. Neither: not answered yet."""
        day = read_date(text)
        days = days_since(day, self._today) if day is not None else None
        if day is None and text.strip().isdecimal() and len(text.strip()) <= _MAX_DIGITS:
            days = int(text.strip())
        if day is not None:
            self._help.setText("Ngày này chưa đến, kiểm tra lại." if days is None else f"{days} ngày tính đến hôm nay.")
        else:
            self._help.setText(self.question.help)
        self._help.setVisible(bool(self._help.text()))
        self.answered.emit(self.question.id, days, False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            set_style(self, "current", event.gotFocus())
            if event.gotFocus():
                self.focused.emit(self.question.id)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._handled(event):
            return True
        return super().eventFilter(watched, event)

    def _handled(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or event.isAutoRepeat():
            return plain and event.key() in _ENTER
        if event.key() in _ENTER:
            self.answered.emit(self.question.id, None, True)
            return True
        if self._options and event.text() in tuple("123456789") and int(event.text()) <= len(self._options):
            self._digits.press(int(event.text()))
            return True
        if isinstance(self._editor, ChoiceList) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return False

    def _walk(self, step: int) -> None:
        assert isinstance(self._editor, ChoiceList)
        at = next((i for i, part in enumerate(self._editor.parts) if part.hasFocus()), 0)
        to = max(0, min(len(self._options) - 1, at + step))
        self._pick(to, go_on=False)
        self._editor.parts[to].setFocus(Qt.FocusReason.OtherFocusReason)


class QuestionPanel(FlatScroll):
    """All questions that make sense so far. ``answered(id, value)``; ``passed(id)``: on to the next one."""

    answered = Signal(str, object)
    passed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Câu hỏi")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(inner)
        self._blocks: dict[str, QuestionBlock] = {}
        self._later: tuple[IntakeView, IntakeForm] | None = None
        self._procedure = ""

    def set_view(self, view: IntakeView, form: IntakeForm, today: date) -> None:
        """Show the questions; one that stays keeps its widget and the focus."""
        self._today = today
        with unwatched():
            self._set_view(view, form, AT_ONCE)

    def _finish(self) -> None:
        """Build what was left for later."""
        if self._later is not None:
            view, form = self._later
            with unwatched():
                self._set_view(view, form, len(view.questions))

    def _set_view(self, view: IntakeView, form: IntakeForm, at_once: int) -> None:
        """At most `at_once` new questions are built now, so that the key that chose the procedure is answered."""
        self._later = None
        if form.procedure != self._procedure:
            self._drop(self._blocks)
            self._procedure = form.procedure
        asked = {question.id: question for question in view.questions}
        self._drop({id_: block for id_, block in self._blocks.items() if id_ not in asked})
        for place, question in enumerate(view.questions):
            if question.id not in self._blocks:
                if not at_once:
                    self._later = (view, form)
                    QTimer.singleShot(0, self, self._finish)
                    return
                at_once -= 1
                self._blocks[question.id] = self._new(question)
            block = self._blocks[question.id]
            if self._column.indexOf(block) != place:
                self._column.insertWidget(place, block)
                block.show()  # now, not with the next event: it may get the focus at once
            block.show_answer(place + 1, view.answers.get(question.id))

    def focus_question(self, id_: str) -> bool:
        """Put the focus on a question and scroll to it; False when it is not asked."""
        if id_ not in self._blocks:
            self._finish()
        block = self._blocks.get(id_)
        if block is None:
            return False
        block.enter()
        self._column.activate()
        self.ensureWidgetVisible(block, 0, 8)
        return True

    def _new(self, question: Question) -> QuestionBlock:
        block = QuestionBlock(question, self._today)
        block.answered.connect(self._on_answered)
        block.focused.connect(lambda _id: self.ensureWidgetVisible(block, 0, 8))
        return block

    def _on_answered(self, id_: str, value: Answer | None, go_on: bool) -> None:
        question = self._blocks[id_].question
        if value is not None or (not go_on and question.kind is QuestionKind.NUMBER):
            self.answered.emit(id_, value)
        if go_on:
            self.passed.emit(id_)

    def _drop(self, gone: Mapping[str, QuestionBlock]) -> None:
        for id_, block in dict(gone).items():
            self._blocks.pop(id_, None)
            block.hide()
            block.setParent(None)
            block.deleteLater()
