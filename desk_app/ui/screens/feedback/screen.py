"""Phản ánh, kiến nghị (F7): the list, one being taken in, one being handled. Four steps and one blue button.

What is typed lives in ``Taking``, the case in front in ``Handling``; the page shows them and hands keys on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.feedback import IN_BOOK, FeedbackClass, State
from desk_app.domain.feedback_form import Do, FeedbackForm
from desk_app.domain.scan import ScanKind, classify
from desk_app.services.feedback_list import Line
from desk_app.services.feedback_view import Whole
from desk_app.ui import keys
from desk_app.ui.cells import Deadline, Due
from desk_app.ui.forms.feedback import STEPS, chip, step_of
from desk_app.ui.run import run
from desk_app.ui.screen import Page
from desk_app.ui.screens.feedback.bar import actions_of
from desk_app.ui.screens.feedback.case_card import CaseCard
from desk_app.ui.screens.feedback.class_card import ClassCard
from desk_app.ui.screens.feedback.form_card import FormCard
from desk_app.ui.screens.feedback.handling import Handling
from desk_app.ui.screens.feedback.list_card import ListPage
from desk_app.ui.screens.feedback.ports import FeedbackPorts, Picture
from desk_app.ui.screens.feedback.preview_page import PreviewPage
from desk_app.ui.screens.feedback.survey_page import SurveyPage
from desk_app.ui.screens.feedback.taking import Taking
from desk_app.ui.screens.feedback.work_card import WorkCard
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.theme import theme
from desk_app.ui.tone import Tone
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.deadline import DeadlineChip
from desk_app.ui.widgets.label import across, down
from desk_app.ui.widgets.steps import Steps

_C = TypeVar("_C", bound=QWidget)
LEFT, RIGHT = 660, 484


class FeedbackPage(Page):
    """Everything about feedback at one counter."""

    def __init__(self, ports: FeedbackPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.steps, self._chip = Steps(STEPS), DeadlineChip(Deadline(Due.AHEAD, ""))
        self.steps.setLayout(across(None, self._chip, margins=(0, 0, 16, 0)))
        self.list = ListPage()
        self._taking_side, self._case_side = _Beside(), _Beside(even=True)
        self.stack = QStackedWidget()
        for page in (self.list, self._taking_side, self._case_side, QWidget(), QWidget()):
            self.stack.addWidget(page)  # what stands on the later ones is built when it is wanted, or ahead
        layout = down(self.steps, self.stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._text = ""
        self._begun = False
        self._everybody: Sequence[tuple[str, str]] = ()
        self._bodies: Sequence[str] = ()
        self.taking, self.handling = Taking(self), Handling(self)
        self.list.opened.connect(self._open_line)
        self.list.filter_chosen.connect(self.reload)
        keys.attach(self, "legal_basis", self._legal_basis)
        keys.attach(self, "new_feedback", self.begin)
        self.show_list(reload=False)

    # ---- what is built when it is wanted

    @cached_property
    def form_card(self) -> FormCard:
        """What the citizen says."""
        card = self._taking_side.put_left(FormCard)
        self.taking.follow_form(card)
        self._offer_everybody(card)
        return card

    @cached_property
    def class_card(self) -> ClassCard:
        """What kind it is and who handles it."""
        card = self._taking_side.put_right(ClassCard)
        self.taking.follow_class(card)
        return card

    @cached_property
    def case_card(self) -> CaseCard:
        """One that is in the book."""
        return self._case_side.put_left(CaseCard)

    @cached_property
    def work_card(self) -> WorkCard:
        """The next step of it."""
        card = self._case_side.put_right(WorkCard)
        card.set_bodies(self._bodies)
        card.work_chosen.connect(lambda _work: self._show_step())
        card.changed.connect(self.actions_changed)
        return card

    @cached_property
    def survey(self) -> SurveyPage:
        """The long form of questions."""
        with unwatched():
            page = SurveyPage(self.ports.survey, self.ports.fields, self.stack)
            self._put(3, page)
        page.changed.connect(self.actions_changed)
        return page

    @cached_property
    def letter(self) -> PreviewPage:
        """How an answer's letter will look."""
        with unwatched():
            page = PreviewPage()
            self._put(4, page)
        return page

    def _put(self, at: int, page: QWidget) -> None:
        old, shown = self.stack.widget(at), self.stack.currentIndex()
        self.stack.insertWidget(at, page)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        self.stack.setCurrentIndex(shown)

    def build_more(self) -> bool:
        for part in ("form_card", "class_card", "work_card", "case_card", "survey", "letter"):
            if part not in self.__dict__:
                getattr(self, part)
                return True
        if not self.survey.is_laid:
            return bool(self.survey.editors)
        return False

    # ---- what the shell asks

    def activate(self) -> None:
        self._fetch("everybody", self.ports.everybody, self._take_everybody)
        self._fetch("bodies", self.ports.bodies, self._take_bodies)
        if not self._begun:
            self._begun = True
            self._fetch("draft", self.ports.load_draft, self._take_draft)
        if self.is_list:
            self.reload(self.list.filter)
        self._enter()

    def on_scan(self, text: str) -> bool:
        code = parse_code(text)
        if isinstance(code, SlipCode) and code.kind is SlipKind.FEEDBACK:
            self._fetch("slip", partial(self.ports.by_slip, code.digits), self._show_case)
            return True
        if isinstance(code, SlipCode) and code.kind is SlipKind.ACCEPTANCE and self.is_taking:
            self.taking.relate(text)
            return True
        if classify(text) is ScanKind.CARD and not self.is_case:
            if self.is_list:
                self.begin()
            return self.taking.scan_card(text)
        return False

    def on_search(self, text: str) -> bool:
        self._text = text.strip()
        self.show_list(reload=False)
        self.reload("all" if self._text else "open")
        return True

    def bar_actions(self) -> Actions:
        return actions_of(self)

    def on_action(self, action_id: str) -> None:
        match action_id:
            case "book":
                run(self, self.ports.paper_submit, self.ports.print_book, self._printed, self.show_error, action="book")
            case "board":
                run(
                    self,
                    self.ports.paper_submit,
                    self.ports.print_board,
                    self._printed,
                    self.show_error,
                    action="board",
                )
            case "preview":
                self.handling.preview()
            case "survey":
                self.stack.setCurrentIndex(3)
                self.survey.enter()
                self._fetch("campaigns", self.ports.campaigns, self.survey.set_campaigns)
                self.actions_changed.emit()
            case "blank":
                run(self, self.ports.paper_submit, self.ports.print_survey, self._printed, self.show_error,
                    action="blank")  # fmt: skip
            case "again" if self.handling.whole is not None:
                self.print_papers(self.handling.whole.row.feedback)
            case "split" if self.is_taking:
                self.taking.press(then_split=True)
            case "sender":
                self.handling.view_sender()
            case "refer" if self.is_taking:
                self.taking.press(then_transfer=True)
            case "refer":
                self.work_card.open_work("transfer")
                self.work_card.enter()
            case _:
                super().on_action(action_id)

    def primary(self) -> None:
        if self.is_list:
            self.begin()
        elif self.is_preview:
            self.leave_preview()
        elif self.is_taking:
            self.taking.press()
        elif self.is_survey:
            if self.survey.answered:
                self._fetch("survey", partial(self.ports.fill_survey, self.survey.filled()), self._filled)
        elif self.works:
            self.handling.press()
        else:
            self.show_list()

    def back(self) -> None:
        """Esc: out of the list of texts, to the list, to the first page; what was typed is kept."""
        if self.is_case and self.work_card.shows_texts:
            self.work_card.leave_texts()
        elif self.is_preview:
            self.leave_preview()
        elif self.is_list:
            self.go.emit("today")
        else:
            self.taking.save_now()
            self.show_list()

    # ---- which of the three is in front

    @property
    def is_list(self) -> bool:
        return self.stack.currentIndex() == 0

    @property
    def is_taking(self) -> bool:
        return self.stack.currentIndex() == 1

    @property
    def is_case(self) -> bool:
        return self.stack.currentIndex() == 2

    @property
    def is_survey(self) -> bool:
        return self.stack.currentIndex() == 3

    @property
    def is_preview(self) -> bool:
        return self.stack.currentIndex() == 4

    def show_preview(self, picture: Picture) -> None:
        """The letter over the case; what was typed stays beneath it."""
        if self.is_case:
            self.letter.show_pixels(picture.rgb, picture.width, picture.height, picture.stride)
            self.stack.setCurrentIndex(4)
            self.actions_changed.emit()

    def leave_preview(self) -> None:
        self.stack.setCurrentIndex(2)
        self.work_card.enter()
        self.actions_changed.emit()

    def _filled(self, _none: object) -> None:
        self.toast.emit("Đã ghi nhận một phiếu.", Tone.OK, "")
        self.survey.clear()
        self.survey.enter()
        self._fetch("campaigns", self.ports.campaigns, self.survey.set_campaigns)

    @property
    def works(self) -> bool:
        """Whether the case in front offers the step that is chosen."""
        return self.handling.whole is not None and self.work_card.offers(self.work_card.work)

    def begin(self) -> None:
        """Go on with the form that was begun, or start one."""
        self.stack.setCurrentIndex(1)
        self.steps.show()
        self.taking.begin(self.taking.form)
        self._enter()

    def show_list(self, *, reload: bool = True) -> None:
        self.stack.setCurrentIndex(0)
        self.steps.hide()
        self.handling.whole = None
        if reload:
            self._text = ""
            self.reload("open")
            self.list.setFocus()
        self.actions_changed.emit()

    def show_taking(self) -> None:
        """The form changed: step, chip and bar follow."""
        if not self.is_taking:
            return
        form, view = self.taking.form, self.taking.view
        self.steps.set_current(0 if view.do in (Do.WRITE, Do.KEEP) and form.feedback_class is None else 1)
        transfer_by, answer_by = self.ports.promise(form.sent_at)
        regulation = form.feedback_class is FeedbackClass.REGULATION
        words = f"Chuyển trước {transfer_by}" if regulation else f"Trả lời trước {answer_by}"
        self._set_chip(Deadline(Due.AHEAD, words) if form.feedback_class in IN_BOOK else None)
        self.actions_changed.emit()

    def _open_line(self, line: Line) -> None:
        """A line of the book is shown; a message of the public page becomes a form to be classified."""
        if line.public:
            self._fetch("form_of", partial(self.ports.form_of, line.id), self._take_message)
        else:
            self.open_case(line.id)

    def _take_message(self, form: FeedbackForm) -> None:
        self.taking.save_now()
        self.taking.begin(form)
        self.begin()

    def open_case(self, feedback: str, work: str = "") -> None:
        """Show one that is in the book."""
        self._fetch(f"whole {feedback}", partial(self.ports.whole, feedback), partial(self._show_case, work=work))

    def _show_case(self, whole: Whole, work: str = "") -> None:
        self.stack.setCurrentIndex(2)
        self.steps.show()
        self.handling.show(whole, work)
        self._show_step()
        self._set_chip(chip(whole.near))
        self.work_card.enter()
        self.actions_changed.emit()

    def _show_step(self) -> None:
        if self.handling.whole is not None:
            self.steps.set_current(step_of(State(self.handling.whole.row.state), self.work_card.work))
            self.actions_changed.emit()

    def _set_chip(self, deadline: Deadline | None) -> None:
        self._chip.setVisible(deadline is not None)
        if deadline is not None:
            self._chip.set_deadline(deadline)

    def note_draft(self, note: str) -> None:
        self.form_card.set_draft_note(note)

    # ---- lists and papers

    def reload(self, filter_: str = "open") -> None:
        """Ask for the list and the counts."""
        show = partial(self._show_rows, filter_)
        self._fetch(f"find {filter_}", partial(self.ports.find, filter_, self._text), show)
        self._fetch("counts", self.ports.counts, self.list.show_counts)

    def _show_rows(self, filter_: str, rows: Sequence[Line]) -> None:
        self.list.show_rows(rows, filter_)
        if self.is_list:
            self.actions_changed.emit()

    def print_papers(self, about: str) -> None:
        """Print what is due of it; once all is out, print again."""
        job = partial(self.ports.print_papers, about)
        run(self, self.ports.paper_submit, job, self._printed, self.show_error, action=f"print {about}")

    def _printed(self, printing: Printing) -> None:
        if printing.saved_as:
            self.say("IN-04", file=printing.saved_as)
        elif printing.sheets:
            self.say("IN-01", n=printing.sheets, printer=printing.printer)

    def _legal_basis(self) -> None:
        if self.is_case and self.works:
            self.handling.ask_texts()

    def _take_everybody(self, people: Sequence[tuple[str, str]]) -> None:
        self._everybody = people
        if "form_card" in self.__dict__:
            self._offer_everybody(self.form_card)

    def _offer_everybody(self, card: FormCard) -> None:
        chosen = self.taking.form.against
        card.against.set_people(self._everybody, chosen[0] if chosen else "")

    def _take_bodies(self, bodies: Sequence[str]) -> None:
        self._bodies = bodies
        if "work_card" in self.__dict__:
            self.work_card.set_bodies(bodies)

    def _take_draft(self, form: FeedbackForm | None) -> None:
        if form is not None and self.taking.form.is_blank:
            self.taking.begin(form)
            if self.is_list:
                self.begin()
                self.note_draft("Bản nháp còn lại từ lần trước")

    def _enter(self) -> None:
        if self.is_list:
            self.list.setFocus()
        elif self.is_taking:
            self.form_card.enter()
        else:
            self.work_card.enter()

    def _fetch(self, action: str, job: object, done: object) -> None:
        run(self, self.ports.submit, job, done, self.show_error, action=action)  # type: ignore[arg-type]


class _Beside(QWidget):
    """Room for two cards; ``even``: as wide as one another while there is little room."""

    def __init__(self, *, even: bool = False) -> None:
        super().__init__()
        self._left = RIGHT if even else LEFT
        self._row = across(margins=(16, 12, 16, 12), gap=12)
        self.setLayout(self._row)

    def put_left(self, build: Callable[[QWidget], _C]) -> _C:
        with unwatched():
            card = build(self)  # with its parent from the start: a late change is told to every widget below
            self._row.insertWidget(0, card, self._left)
        return card

    def put_right(self, build: Callable[[QWidget], _C]) -> _C:
        with unwatched():
            card = build(self)
            card.setMinimumWidth(theme().px(300))
            card.setMaximumWidth(theme().px(RIGHT))
            self._row.addWidget(card, RIGHT)
        return card
