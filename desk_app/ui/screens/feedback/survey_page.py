"""The longer survey: typed in from a paper form, or filled by the citizen on this screen. It asks nobody's name.

Every question is one line of choices; a digit answers it, Enter goes on. Nothing is chosen beforehand, blanks are kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from desk_app.domain.survey import OPINION_LIMIT, Answer, SurveyQuestion, SurveyQuestions
from desk_app.services.campaigns import Running
from desk_app.services.surveys import FilledSurvey
from desk_app.ui.screens.feedback.parts import People, Words
from desk_app.ui.theme import theme
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

GRADES = (("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"))
SCALE = "1 rất không hài lòng · 2 không hài lòng · 3 bình thường · 4 hài lòng · 5 rất hài lòng"
SOURCES = (("paper", "Phiếu giấy"), ("screen", "Công dân điền trên màn hình"))


class SurveyPage(QWidget):
    """``changed`` when an answer came or went."""

    changed = Signal()

    def __init__(self, form: SurveyQuestions, fields: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = self._form = form
        self._campaigns: tuple[Running, ...] = ()
        self.source = Segment(SOURCES, "Nguồn phiếu", "paper")
        self.field = People("Lĩnh vực", "Không ghi lĩnh vực")
        self.field.set_people(fields)
        self.campaign = People("Đợt khảo sát", "Phiếu thường xuyên của quầy")
        self.campaign.picked.connect(self._choose)
        self._campaign_field = Field("Đợt khảo sát", self.campaign)
        self._collected = label("", "hint", wrap=True)
        self._editors: dict[str, Segment | Words] = {}
        self._card = Card(form.title, "message-square-text", padded=False)
        self._card.add_header(KeyHint([(("1", "…", "5"), "chọn"), (("⏎",), "câu sau")]))
        top = across(
            Field("Nguồn phiếu", self.source), Field("Lĩnh vực", self.field), self._campaign_field, None, gap=16
        )
        top.setContentsMargins(16, 12, 16, 0)
        self._card.body.addLayout(top)
        self._questions: QWidget | None = None
        self._foot = label(form.promise, "soft", wrap=True)
        layout = down(self._card, self._collected, self._foot, margins=(16, 12, 16, 8), gap=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.set_campaigns(())

    @property
    def editors(self) -> dict[str, Segment | Words]:
        """The questions' fields by id; laid out when they are wanted, or ahead."""
        if self._questions is None:
            with unwatched():
                self._build()
        return self._editors

    @property
    def is_laid(self) -> bool:
        """Whether the questions stand."""
        return self._questions is not None

    def _build(self) -> None:
        """Lay the questions of the form that is asked now."""
        if self._questions is not None:
            self._questions.hide()
            self._questions.setParent(None)
            self._questions.deleteLater()
        self._editors = {}
        rows = down(gap=8)
        self._questions = ScrollBody(rows)
        self._card.body.addWidget(self._questions)
        rows.addWidget(label(SCALE, "hint", wrap=True))
        for number, question in enumerate(self._form.questions, 1):
            rows.addLayout(self._row(number, question))
        rows.addStretch(1)
        rows.setContentsMargins(16, 12, 16, 12)
        self._foot.setText(self._form.promise)
        self.changed.emit()

    def set_campaigns(self, campaigns: Sequence[Running]) -> None:
        """What runs today; the chosen one stays chosen, a new one is chosen by itself while nothing is answered."""
        self._campaigns = tuple(campaigns)
        known = [one.id for one in campaigns]
        chosen = self.campaign.chosen if self.campaign.chosen in known else ""
        self.campaign.set_people([(one.id, one.title) for one in campaigns], chosen or (known[0] if known else ""))
        self._campaign_field.setVisible(bool(known))
        self._choose(self.campaign.chosen)

    def _choose(self, campaign: str) -> None:
        one = next((one for one in self._campaigns if one.id == campaign), None)
        form = one.form if one else self._usual
        words = f"{one.title}: đã có {one.collected}/{one.target} phiếu, đến hết {one.last:%d/%m/%Y}." if one else ""
        self._collected.setText(words)
        self._collected.setVisible(bool(words))
        if form.id != self._form.id:
            self._form = form
            if self._questions is not None:
                self._build()

    def _row(self, number: int, question: SurveyQuestion) -> QLayout:
        words = label(f"{number}. {question.text}", "strong" if question.leads else "", wrap=True)
        editor: Segment | Words
        if question.kind == "text":
            editor = Words(question.text, OPINION_LIMIT, rows=2)
            editor.edited.connect(lambda _text: self.changed.emit())
            self._editors[question.id] = editor
            return down(words, editor, gap=3)
        editor = Segment(GRADES if question.kind == "grade" else question.options, question.text)
        editor.chosen.connect(lambda _id: self.changed.emit())
        for part in editor.parts:
            part.installEventFilter(self)
        self._editors[question.id] = editor
        words.setMinimumWidth(theme().px(240))
        row = across(words, editor, gap=16)
        row.setStretch(0, 1)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a line of choices goes to the next question."""
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress:
            self._go_on(watched)
            return True
        return super().eventFilter(watched, event)

    def _go_on(self, part: QObject) -> None:
        editors = list(self.editors.values())
        at = next((i for i, e in enumerate(editors) if isinstance(e, Segment) and part in e.parts), 0)
        if at + 1 < len(editors):
            editors[at + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Ready for the next form."""
        for editor in self.editors.values():
            if isinstance(editor, Segment):
                editor.set_chosen(None)
            else:
                editor.set_text("")
        self.changed.emit()

    def enter(self) -> None:
        first = next(iter(self.editors.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return len(self._answers())

    def filled(self) -> FilledSurvey:
        """The form as it stands."""
        on_paper = self.source.chosen_id() != "screen"
        return FilledSurvey(self._form, self._answers(), self.field.chosen, on_paper)

    def _answers(self) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for question in self._form.questions:
            editor = self.editors[question.id]
            if isinstance(editor, Words):
                if editor.text().strip():
                    found[question.id] = editor.text()
            elif (chosen := editor.chosen_id()) is not None:
                found[question.id] = int(chosen) if question.kind == "grade" else chosen
        return found
