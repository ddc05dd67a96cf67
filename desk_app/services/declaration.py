"""Ctrl+T: the declaration of a procedure, filled from the form at the counter. A form, no record: nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.documents import declaration_form
from desk_app.documents.declaration_form import Declaration
from desk_app.domain.declaration import fill_form
from desk_app.domain.errors import Refused
from desk_app.domain.intake import IntakeForm
from desk_app.services.desk import Desk
from desk_app.services.intake import view
from desk_app.services.paper_words import training_marks
from desk_app.services.ports import Printed, Printer


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """What came out: its title and where it went."""

    title: str
    out: Printed


def build(desk: Desk, form: IntakeForm) -> Declaration:
    """The declaration as it would be printed now. Refuses: TN-60 the procedure has no form drawn here."""
    found = next((f for f in desk.catalogue.forms if form.procedure in f.procedures), None)
    if found is None:
        raise Refused("TN-60")
    procedure = desk.procedure(form.procedure)
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        answers = view(desk, tx, form).answers or form.answers
    filled = fill_form(found, procedure, form.person, form.submitter, answers)
    asker = form.submitter or form.person
    copies = answers.get(found.copies) if found.copies else None
    return Declaration(
        title=found.title,
        regulation=found.regulation,
        seen=found.seen,
        authority=profile.authority,
        place=profile.place,
        on=desk.now().date(),
        lines=tuple((line.text, line.blanks) for line in filled),
        signers=found.signers,
        signer_name=asker.signer() if asker else "",
        copies=copies if isinstance(copies, int) and not isinstance(copies, bool) else None,
        witnesses=asker.witnesses if asker and asker.cannot_sign else None,
        marks=training_marks(desk),
    )


def print_form(desk: Desk, printer: Printer, form: IntakeForm) -> PrintedForm:
    """Draw and print it, on the paper thread. Refuses: TN-60; raises IN-02 … IN-04."""
    data = desk.store.call(lambda: build(desk, form))
    pdf = declaration_form.render(data)
    title = data.title.capitalize()
    return PrintedForm(title, printer.print_pdf(pdf, role="slip", media="A4", title=title))
