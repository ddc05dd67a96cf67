"""F9 that writes: taking in, guiding, printing; and what is said when it is done or refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from desk_app.domain.errors import DeskError
from desk_app.domain.intake import IntakeForm
from desk_app.services.intake import AcceptDossier, GiveGuidance
from desk_app.services.stopping import RefuseDossier
from desk_app.services.visit import AcceptVisit
from desk_app.ui.forms import intake as keyed
from desk_app.ui.run import run, under_way
from desk_app.ui.screens.intake.done_step import (
    accepted_view,
    guided_view,
    printing_words,
    refused_view,
    visit_view,
)
from desk_app.ui.screens.intake.drafts import name_of
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.screens.intake.visit import At, Owing

if TYPE_CHECKING:
    from desk_app.services.declaration import PrintedForm
    from desk_app.services.intake import Accepted, Guided
    from desk_app.services.stopping import Refusal
    from desk_app.services.visit import Visit as TakenVisit
    from desk_app.ui.screens.intake.screen import IntakePage

REST_MS: Final = 600  # after F9: the second press of a double press must not clear what was just recorded


class Recorder:
    """Works for one ``IntakePage``. The id of the form is the id of the command: pressed twice, recorded once."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page
        self._printed = ""
        self._rest = QTimer(page)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)

    @property
    def busy(self) -> bool:
        """Something is being recorded."""
        return any(under_way(self._page, action) for action in ("accept", "guide", "refuse"))

    @property
    def resting(self) -> bool:
        """It was recorded only a moment ago."""
        return self._rest.isActive()

    def accept(self, *, collect: bool) -> None:
        """Take in what the form holds; with `collect` the fee is taken now."""
        page = self._page
        form = page.visit.form
        if page.visit.held or page.visit.owing:
            self._accept_visit(collect=collect)
            return
        job = partial(page.ports.accept, AcceptDossier(form.id, form, collect))
        run(page, page.ports.submit, job, partial(self._accepted, form), self._failed, action="accept")
        self._page.actions_changed.emit()

    def _accept_visit(self, *, collect: bool) -> None:
        page = self._page
        if page.ports.accept_visit is None:
            return
        forms, owing = (*page.visit.held, page.visit.form), tuple(one.dossier for one in page.visit.owing)
        job = partial(page.ports.accept_visit, AcceptVisit(forms[-1].id, forms, collect, owing))
        run(page, page.ports.submit, job, partial(self._visit_accepted, forms), self._failed, action="accept")
        page.actions_changed.emit()

    def guide(self) -> None:
        """Make the one guidance slip."""
        page = self._page
        form = page.visit.form
        job = partial(page.ports.guide, GiveGuidance(form.id, form, form.why_again))
        run(page, page.ports.submit, job, partial(self._guided, form), self._failed, action="guide")
        self._page.actions_changed.emit()

    def refuse(self) -> None:
        """Do not take it in, with the rule that was typed."""
        page = self._page
        if page.ports.refuse is None:
            return
        form, (reason, competent) = page.visit.form, page.refusing.panel.typed()
        job = partial(page.ports.refuse, RefuseDossier(form.id, form, reason, competent))
        run(page, page.ports.submit, job, partial(self._refused, form), self._failed, action="refuse")
        self._page.actions_changed.emit()

    def _refused(self, form: IntakeForm, done: Refusal) -> None:
        self._page.refusing.dismiss()
        self._page.finished.show_done(refused_view(done.number_text, name_of(form)))
        self._finish((form,), done.refusal, self._tell_printing)

    def _accepted(self, form: IntakeForm, done: Accepted) -> None:
        if done.certification_no:
            number, book, receipt = done.certification_no, done.certification_book, done.receipt_no or "không có"
            said = partial(
                self._page.say, "TN-16", number=number, book=book, receipt=receipt, amount_vnd=done.total_vnd
            )
            QTimer.singleShot(0, self._page, said)  # with the next turn: the page that changes has this one
        self._page.finished.show_done(accepted_view(done, name_of(form)))
        self._page.visit.owing = self._left_owing((form,), (done,)) if done.receipt_no is None else ()
        self._finish((form,), done.dossier, partial(self._tell_accepted, done))

    def _visit_accepted(self, forms: tuple[IntakeForm, ...], done: TakenVisit) -> None:
        page = self._page
        taken = (page.visit.look_at(form).procedure for form in forms)
        names = tuple(procedure.name if procedure else "" for procedure in taken)
        page.finished.show_done(visit_view(done, name_of(forms[-1]), names))
        page.visit.held = ()
        if done.receipt_no is None:
            page.visit.owing = (*page.visit.owing, *self._left_owing(forms, done.dossiers))
        else:
            page.visit.owing = ()
        self._finish(forms, " ".join(one.dossier for one in done.dossiers), partial(self._tell_visit, done, forms[-1]))

    def _left_owing(self, forms: tuple[IntakeForm, ...], done: tuple[Accepted, ...]) -> tuple[Owing, ...]:
        """What was taken in without its fee: the next receipt of this visit can hold it."""
        left = []
        for form, one in zip(forms, done, strict=True):
            view = self._page.visit.look_at(form)
            if view.fee is not None and view.fee.total_vnd and view.procedure is not None:
                left.append(Owing(one.dossier, view.procedure.name, view.fee))
        return tuple(left)

    def _tell_visit(self, done: TakenVisit, form: IntakeForm, printing: Printing) -> None:
        if printing.sheets and not printing.saved_as:
            self._page.finished.show_printing(printing_words(printing))
            self._page.say("HS-41", n=len(done.dossiers), name=name_of(form), printer=printing.printer)
        else:
            self._tell_printing(printing)

    def _guided(self, form: IntakeForm, done: Guided) -> None:
        routing = self._page.visit.view().routing
        refused = routing is not None and routing.refuses
        seen = refused_view(done.number_text, name_of(form)) if refused else guided_view(done, name_of(form))
        self._page.finished.show_done(seen)
        self._finish((form,), done.guidance, self._tell_printing)
        self._page.guided.emit()

    def _finish(self, forms: tuple[IntakeForm, ...], about: str, tell: Callable[[Printing], object]) -> None:
        self._printed = about
        for form in forms:
            self._page.drafts.drop(form.id)
        self._page.citizen.reset()
        self._page.notice_gone.emit("TN-07")
        self._rest.start()
        self._page.go_to(At.DONE)
        self._print(tell)
        self._page.ask_series()
        self._page.done.emit(about)

    def print_form(self) -> None:
        """The declaration of the procedure, filled with what is known; the citizen checks and signs it."""
        page = self._page
        if page.ports.print_form is None:
            return
        job = partial(page.ports.print_form, page.visit.form)
        run(page, page.ports.paper_submit or page.ports.submit, job, self._form_out, page.show_error, action="form")

    def _form_out(self, done: PrintedForm) -> None:
        if done.out.is_file:
            self._page.say("IN-04", file=done.out.where)
        else:
            self._page.say("IN-01", n=1, printer=done.out.where)

    def print_again(self) -> None:
        """The papers of what was just recorded, once more."""
        self._print(self._tell_printing)

    def _print(self, tell: Callable[[Printing], object]) -> None:
        page, job = self._page, partial(self._page.ports.print_papers, self._printed)
        run(
            page,
            page.ports.paper_submit or page.ports.submit,
            job,
            tell,
            self._not_printed,
            action=f"print {self._printed}",
        )

    def _tell_accepted(self, done: Accepted, printing: Printing) -> None:
        self._page.finished.show_printing(printing_words(printing))
        if not done.certification_no:
            due = keyed.moment(done.due_at)
            if printing.saved_as:
                self._page.say("TN-45", dossier=done.code, due=due)
            else:
                self._page.say("TN-01", dossier=done.code, due=due, printer=printing.printer)
        elif printing.sheets:
            self._tell_printing(printing)

    def _tell_printing(self, printing: Printing) -> None:
        self._page.finished.show_printing(printing_words(printing))
        if printing.saved_as:
            self._page.say("IN-04", file=printing.saved_as)
        elif printing.sheets:
            self._page.say("IN-01", n=printing.sheets, printer=printing.printer)

    def _not_printed(self, error: DeskError) -> None:
        self._page.finished.show_printing("Đã ghi sổ, giấy chưa in được. Kiểm tra máy in rồi bấm Ctrl P để in.")
        self._page.show_error(error)

    def _failed(self, error: DeskError) -> None:
        self._page.actions_changed.emit()
        if error.code == "TN-08":
            self._page.citizen.ask_history()
        self._page.show_error(error)
