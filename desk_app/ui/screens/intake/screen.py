"""Tiếp nhận: from the citizen's card to the receipt, three steps and one blue button.

The page owns one ``Visit``; each key makes a new form, the view is folded again and every step shows it. Work that
reads or writes the journal goes through ``run``; the id of the form is the id of the command, so a held key or a
second press cannot do anything twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.errors import DeskError
from desk_app.domain.intake import Answer, IntakeForm, MarkState, Step
from desk_app.ui import keys
from desk_app.ui.forms import intake as keyed
from desk_app.ui.forms.brief import heading_line
from desk_app.ui.forms.plan import Do, Plan, total_due
from desk_app.ui.run import run
from desk_app.ui.screen import Page
from desk_app.ui.screens.intake.citizen import Citizen, citizen_badges, citizen_view
from desk_app.ui.screens.intake.done_step import DoneStep
from desk_app.ui.screens.intake.drafts import DraftKeeper
from desk_app.ui.screens.intake.online import Online
from desk_app.ui.screens.intake.papers_step import PapersStep
from desk_app.ui.screens.intake.parking import Parking
from desk_app.ui.screens.intake.person_page import PersonPage
from desk_app.ui.screens.intake.ports import Draft, IntakePorts, Series
from desk_app.ui.screens.intake.promise_step import PromiseStep
from desk_app.ui.screens.intake.reasons import Reasons
from desk_app.ui.screens.intake.recording import Recorder
from desk_app.ui.screens.intake.refusing import Refusing
from desk_app.ui.screens.intake.several import Several
from desk_app.ui.screens.intake.visit import At, Visit
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.case_header import CaseHeader
from desk_app.ui.widgets.citizen import CitizenStrip
from desk_app.ui.widgets.label import down
from desk_app.ui.widgets.steps import Steps

if TYPE_CHECKING:
    from desk_app.services.intake import History
    from desk_app.ui.screens.intake.fee_card import FeeCard

STEPS = ("Công dân", "Thành phần hồ sơ", "Hẹn và thu phí")


class IntakePage(Page):
    """``dossier_wanted(code)``: open that dossier; ``done(id)`` after a dossier or slip was recorded;

    ``guided`` after a guidance slip: nothing follows it today, so the citizen may be asked how it was.
    """

    dossier_wanted = Signal(str)
    done = Signal(str)
    guided = Signal()

    def __init__(self, ports: IntakePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.visit = Visit(ports)
        self.steps, self.strip = Steps(STEPS), CitizenStrip()
        self.person = PersonPage(ports)
        self.stack = QStackedWidget()
        for page in (self.person, QWidget(), QWidget(), QWidget()):  # the later ones are built when they are needed
            self.stack.addWidget(page)
        layout = down(CaseHeader(self.steps, self.strip), self.stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.drafts = DraftKeeper(ports, self)
        self.citizen = Citizen(self)
        self.parking = Parking(self)
        self.online = Online(self)
        self.recorder = Recorder(self)
        self.several = Several(self)
        self.reasons = Reasons(self)
        self.refusing = Refusing(self)
        self._fee_shown: object = None
        self._watching = False
        self._connect()
        self.show_form()

    @cached_property
    def papers(self) -> PapersStep:
        """Step 2."""
        with unwatched():
            papers = PapersStep(self.stack)
            self._put(At.PAPERS, papers)
        papers.answered.connect(self._answer)
        papers.marked.connect(self._mark)
        papers.all_met.connect(self._all_met)
        papers.undo.connect(self._undo)
        papers.change.connect(self._change_procedure)
        papers.reason_typed.connect(self._why_again)
        keys.attach(papers, "form", self.recorder.print_form)
        self.reasons.follow(papers)
        return papers

    @cached_property
    def promise(self) -> PromiseStep:
        """Step 3."""
        with unwatched():
            promise = PromiseStep(self.stack)
            self._put(At.PROMISE, promise)
        promise.channel_chosen.connect(lambda id_: self._replace(result_channel=id_))
        promise.phone_typed.connect(self._phone)
        promise.fee_built.connect(self._follow_fee)
        keys.attach(promise, "exemption", self._exemption)
        keys.attach(promise, "legal_basis", lambda: self.reasons.toggle())
        return promise

    def _follow_fee(self, fee: FeeCard) -> None:
        fee.cash_typed.connect(lambda vnd: self._replace(cash_given_vnd=vnd))
        fee.method_chosen.connect(lambda id_: self._replace(method=id_))
        fee.transfer_seen.connect(self._transfer_seen)
        fee.exemption.answered.connect(self._exempt)
        fee.exemption.closed.connect(self._exemption_done)

    @cached_property
    def finished(self) -> DoneStep:
        """What was recorded."""
        with unwatched():
            finished = DoneStep()
            self._put(At.DONE, finished)
        return finished

    def _put(self, at: At, page: QWidget) -> None:
        old = self.stack.widget(at)
        self.stack.insertWidget(at, page)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()

    def build_more(self) -> bool:
        for owner, part in (
            (self.person.card, "known"), (self, "papers"), (self, "promise"), (self.__dict__.get("promise"), "fee"),
            (self, "finished"), (self.person.card, "typed"), (self.person, "waiting"),
        ):  # fmt: skip
            if part not in owner.__dict__:
                getattr(owner, part)
                return True
        return False

    # ---- what the shell asks -------------------------------------------------------------------------------------

    def activate(self) -> None:
        self._watch_alt()
        self.parking.load()
        self.online.load()
        self.ask_series()
        self.enter()

    def _watch_alt(self) -> None:
        """A held Alt shows the whole number on the strip; once, when the page first stands in its window."""
        if not self._watching:
            self._watching = True
            self.strip.watch_alt(self.window())

    def on_scan(self, text: str) -> bool:
        return self.citizen.on_scan(text)

    def bar_actions(self) -> Actions:
        plan = self.plan()
        primary = Action("primary", plan.button, "primary", plan.icon, plan.why_not, self.recorder.busy)
        return Actions(_sentence(plan), primary, Action("back", "Quay lại", "back"), self._others(plan))

    def primary(self) -> None:
        self._do()[self.plan().do]()

    def back(self) -> None:
        """One step back; nothing typed is lost."""
        if self.refusing.dismiss() or self.reasons.dismiss() or self.citizen.dismiss():
            return
        if self.visit.at is At.PROMISE and self.promise.fee.exemption.isVisible():
            self._exemption_done()
            return
        match self.visit.at:
            case At.PERSON:
                if not self.several.back():
                    self.parking.leave()
            case At.DONE:
                self.next_person()
            case at:
                self.go_to(At(at - 1))

    def on_action(self, action_id: str) -> None:
        wanted: dict[str, Callable[[], object]] = {
            "no_card": self.citizen.type_by_hand,
            "sample": self.citizen.scan_sample,
            "online": self.online.open,
            "sign_here": self._sign_here,
            "pay_later": lambda: self.recorder.accept(collect=False),
            "refuse": self.refusing.open,
            "print_again": self.recorder.print_again,
            "another": self.several.another,
        }
        if action_id in wanted:
            wanted[action_id]()
        else:
            super().on_action(action_id)

    # ---- form in, view out ---------------------------------------------------------------------------------------

    def plan(self) -> Plan:
        """The blue button as it stands."""
        if self.refusing.is_open:
            return self.refusing.plan()
        if self.visit.at is At.PERSON and self.citizen.typing:
            return self.citizen.plan()
        return self.visit.plan(self.visit.view(), selected=bool(self.person.procedures.selected))

    def set_form(self, form: IntakeForm) -> bool:
        """Take the next form, show it, keep it; False when nothing changed."""
        if not self.visit.set_form(form):
            return False
        self.drafts.keep(self.visit.form)
        self.show_form()
        return True

    def begin(self, form: IntakeForm | None = None) -> None:
        """A new visit; what was held of the one before waits among the drafts."""
        held = self.visit.held
        self.visit.begin(form or IntakeForm(self.ports.new_id()))
        self.fresh()
        if held:
            self.parking.keep(held)

    def fresh(self) -> None:
        """Everything on the page as at the beginning, around the form that is now in sight."""
        self.citizen.reset()
        self.refusing.dismiss()
        self.steps.set_note("")
        self.person.procedures.refresh()
        self.show_form()

    def go_to(self, at: At) -> None:
        """Open a step and put the focus on the first thing to do there."""
        self.visit.at = at
        self.refusing.dismiss()
        if at is not At.PROMISE and "promise" in self.__dict__:
            self.promise.fee.exemption.close_panel()
        self.show_form()
        self.enter()

    def enter(self) -> None:
        """The focus goes to the first unanswered thing of the step in sight."""
        match self.visit.at:
            case At.PERSON:
                self.citizen.enter()
            case At.PAPERS:
                self.papers.enter()
            case At.PROMISE:
                self.promise.enter(money=bool(total_due(self.visit.whole().fee)))
            case At.DONE:
                self.finished.setFocus()

    def show_form(self) -> None:
        """Show the form on every step."""
        visit = self.visit
        self.steps.set_current(min(visit.at, At.PROMISE))
        shown = visit.at in (At.PAPERS, At.PROMISE) and visit.form.person is not None
        self.strip.set_citizen(citizen_view(visit.form, visit.history) if shown else None)
        self.citizen.show(citizen_badges(visit.form, visit.history))
        self._show_step()
        self.stack.setCurrentIndex(visit.at)  # last, so that what is new is laid out once
        self.reasons.refresh()
        self.actions_changed.emit()

    def _show_step(self) -> None:
        """Only the step in sight; another one is shown when it is opened."""
        visit, view, now = self.visit, self.visit.view(), self.ports.now()
        if view.procedure is None:
            return
        if visit.at is At.PAPERS:
            line = heading_line(view.procedure, self.ports.profile, now.date())
            referred = visit.referred_to(view)
            self.papers.set_view(view, visit.form, line, now.date(), guided_on=visit.guided_on, referred_to=referred)
        elif visit.at is At.PROMISE:
            calendar = self.ports.catalogue.calendar
            self.promise.set_view(visit.whole(), visit.form, calendar, now, transfer_seen=visit.transfer_seen)
            self.promise.set_beside(self.several.lines())
            self._show_fee()

    def _show_fee(self) -> None:
        view, whole = self.visit.view(), self.visit.whole().fee
        shown = (whole, view.answers, view.variant.id if view.variant else "", self.visit.series)
        if shown != self._fee_shown:
            self._fee_shown = shown
            self.promise.set_fee(view, self.ports.catalogue.version, self.visit.series, whole)

    # ---- keys ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.person.procedures.chosen.connect(self.choose)
        self.person.procedures.selection_changed.connect(self.actions_changed)
        self.steps.chosen.connect(lambda index: self.go_to(At(index)) if self.visit.at is not At.DONE else None)
        self.drafts.noted.connect(self.steps.set_note)
        self.drafts.failed.connect(self.show_error)

    def _do(self) -> dict[Do, Callable[[], object]]:
        return {
            Do.NOTHING: lambda: None,
            Do.CHOOSE: self.citizen.use_typed if self.citizen.typing else self.person.procedures.take,
            Do.TO_QUESTION: lambda: self.papers.focus_open_question(),
            Do.TO_PAPER: lambda: self.papers.focus_papers(),
            Do.GUIDE: self.recorder.guide,
            Do.GO_ON: lambda: self.go_to(At.PROMISE),
            Do.ACCEPT: lambda: self.recorder.accept(collect=True),
            Do.ACCEPT_ONLY: lambda: self.recorder.accept(collect=False),
            Do.REFUSE: self.recorder.refuse,
            Do.NEXT_PERSON: self.next_person,
        }

    def _others(self, plan: Plan) -> tuple[Action, ...]:
        view, at, refuse = self.visit.view(), self.visit.at, self.refusing.offered()
        if self.refusing.is_open:
            return ()
        if at is At.PERSON and not self.citizen.typing:
            sample = (Action("sample", "Quét thẻ mẫu", kind="ghost"),) if self.ports.training else ()
            return (*sample, *self.online.offered(), Action("no_card", "Không có thẻ, nhập tay", "no_card"))
        if at is At.PAPERS and view.curable_here:
            return (*refuse, Action("sign_here", "Ký ngay tại quầy", "sign_here"))
        if at is At.PROMISE and plan.do is Do.ACCEPT and self.visit.may_pay_later():
            return (*refuse, Action("pay_later", "Chỉ tiếp nhận, thu sau", "pay_later"), *self.several.offered())
        if at is At.PROMISE:
            return (*refuse, *self.several.offered())
        if at is At.DONE:
            return (Action("print_again", "In lại", "print_again"), *self.several.offered())
        return refuse

    def choose(self, procedure_id: str) -> None:
        """Take this procedure and open the papers."""
        try:
            procedure = self.ports.catalogue.procedures[procedure_id]
        except DeskError as error:
            self.show_error(error)
            return
        self.visit.at = At.PAPERS
        if not self.set_form(self.visit.form.choose(procedure)):
            self.show_form()
        self.enter()
        self.citizen.ask_history()
        if self.visit.view().step is Step.BROKEN:
            self.say("TN-09")

    def _answer(self, question: str, value: Answer | None) -> None:
        self.set_form(self.visit.form.answer(question, value))

    def _mark(self, document: str, state: MarkState, reason: int) -> None:
        self.set_form(self.visit.form.mark(document, state, reason))

    def _all_met(self) -> None:
        self.set_form(keyed.all_met(self.visit.form, self.visit.view()))
        self.papers.focus_last()

    def _sign_here(self) -> None:
        self.set_form(keyed.signed_here(self.visit.form, self.visit.view()))

    def _undo(self) -> None:
        if self.visit.undo():
            self.drafts.keep(self.visit.form)
            self.show_form()

    def _change_procedure(self) -> None:
        self.person.procedures.refresh()
        self.set_form(keyed.without_procedure(self.visit.form))
        self.go_to(At.PERSON)

    def _why_again(self, text: str) -> None:
        self._replace(why_again=text)

    def _replace(self, **fields: object) -> None:
        self.set_form(keyed.with_fields(self.visit.form, **fields))

    def _phone(self, text: str) -> None:
        self.set_form(keyed.with_phone(self.visit.form, text.strip()))

    def _transfer_seen(self, seen: bool) -> None:
        self.visit.transfer_seen = seen
        self.show_form()

    def _exemption(self) -> None:
        """Ctrl+M: which group the citizen belongs to, asked beside the amount it changes; again: closed."""
        panel, view = self.promise.fee.exemption, self.visit.view()
        if panel.isVisible():
            self._exemption_done()
            return
        question = self.visit.exemption_question(view)
        if question and panel.open(question, view, self.visit.form, self.ports.now().date()):
            return
        if question:
            self.go_to(At.PAPERS)
            self.papers.questions.focus_question(question)

    def _exempt(self, question: str, value: Answer | None) -> None:
        self._answer(question, value)
        self.promise.fee.exemption.set_view(self.visit.view(), self.visit.form)

    def _exemption_done(self) -> None:
        """On with the money; a paper that proves the group is looked at first."""
        self.promise.fee.exemption.close_panel()
        if self.visit.view().step is Step.ACCEPT:
            self.enter()
        else:
            self.go_to(At.PAPERS)
            self.papers.focus_papers()

    # ---- visits --------------------------------------------------------------------------------------------------

    def next_person(self) -> None:
        """Ready for the next citizen."""
        if not self.recorder.resting and not self.several.resume():
            self.begin()
            self.enter()

    def open_draft(self, draft: Draft) -> None:
        """Go on with an intake that was put aside, at the step where it stood."""
        self.begin(draft.form)
        self.citizen.resume()
        if draft.form.procedure and not self.citizen.typing:
            self.go_to(At.PAPERS)
        else:
            self.enter()
        self.citizen.ask_history()

    def ask_series(self) -> None:
        run(self, self.ports.submit, self.ports.series, self._on_series, self.show_error, action="series")

    def _on_series(self, series: Series) -> None:
        self.visit.series = series
        self.show_form()

    def on_history(self, history: History | None) -> None:
        """What the office knows of the citizen came back."""
        self.visit.history = history
        self.show_form()


def _sentence(plan: Plan) -> str:
    marks = {"": "", "b": "**", "bad": "!!"}
    return "".join(f"{marks[weight]}{text}{marks[weight]}" for text, weight in plan.say)
