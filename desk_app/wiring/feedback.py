"""Phản ánh over its use cases, and the tap on a face over the survey line. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.identity import parse_card
from desk_app.domain.name_lexicon import NameLexicon
from desk_app.domain.person import Person
from desk_app.services import (
    campaigns,
    conduct_apology,
    feedback,
    feedback_book,
    feedback_choices,
    feedback_list,
    feedback_public,
    feedback_steps,
    feedback_view,
    papers,
    surveys,
)
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.ui.screens.feedback import FeedbackPage, FeedbackPorts
from desk_app.ui.screens.feedback.preview_page import RENDERED
from desk_app.ui.screens.intake.ports import Printing
from desk_app.wiring import survey_forms

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
AGAIN = "In lại theo yêu cầu tại quầy"


def feedback_page(desk: Desk, printer: Printer, names: NameLexicon, submit: Submit, paper: Submit) -> FeedbackPage:
    """The page of F7."""
    return FeedbackPage(feedback_ports(desk, printer, names, submit, paper))


def feedback_ports(desk: Desk, printer: Printer, names: NameLexicon, submit: Submit, paper: Submit) -> FeedbackPorts:
    """Everything the page asks for."""
    return FeedbackPorts(
        now=desk.now,
        new_id=desk.ids.uuid7,
        promise=partial(feedback_choices.promise, desk),
        read_card=lambda text: _person(text, names),
        submit=submit,
        paper_submit=paper,
        find=partial(feedback_list.lines, desk),
        form_of=partial(feedback_list.form_of, desk),
        counts=partial(feedback_list.counts, desk),
        view_sender=partial(feedback_view.view_sender, desk),
        whole=partial(feedback_view.whole, desk),
        by_slip=partial(feedback_view.by_slip, desk),
        handlers=partial(feedback_choices.handlers, desk),
        handlers_of=partial(feedback_choices.handlers_of, desk),
        everybody=partial(feedback_choices.everybody, desk),
        relate=partial(feedback_choices.relate, desk),
        similar=partial(feedback_view.similar, desk),
        bodies=partial(feedback_choices.bodies, desk),
        bases=partial(feedback_choices.bases, desk),
        attach=partial(_attach, desk),
        receive=partial(feedback.receive, desk),
        refer=partial(feedback.refer, desk),
        classify=partial(feedback_steps.classify, desk),
        assign=partial(feedback_steps.assign, desk),
        transfer=partial(feedback_steps.transfer, desk),
        extend=partial(feedback_steps.extend, desk),
        answer=partial(feedback_steps.answer, desk),
        note_reply=partial(feedback_steps.note_reply, desk),
        refuse=partial(feedback_steps.refuse, desk),
        publish=partial(feedback_steps.publish, desk),
        preview=lambda answer: feedback_public.preview(desk, answer, RENDERED),
        apologise=partial(conduct_apology.write, desk),
        save_draft=partial(feedback_view.save_draft, desk),
        load_draft=partial(feedback_view.load_draft, desk),
        print_papers=partial(print_feedback, desk, printer),
        print_board=partial(_print_board, desk, printer),
        print_book=partial(_print_book, desk, printer),
        survey=survey_forms.newest(),
        campaigns=partial(campaigns.running, desk),
        fields=surveys.fields_here(desk),
        fill_survey=partial(_fill, desk),
        print_survey=partial(_print_survey, desk, printer),
    )


def rate(desk: Desk, score: int, reason: str) -> None:
    """Keep a tap and let a group go that is due; a survey never stops the counter, so its trouble ends here."""
    try:
        surveys.rate(desk, score, reason)
    except DeskError:
        return
    release_due(desk)


def _fill(desk: Desk, filled: surveys.FilledSurvey) -> None:
    surveys.fill(desk, filled)
    release_due(desk)


def _print_survey(desk: Desk, printer: Printer) -> Printing:
    out = surveys.print_blank(desk, printer)
    return Printing("" if out.is_file else out.where, 1, (surveys.TITLE,), out.where if out.is_file else "")


def release_due(desk: Desk) -> None:
    """Let the answers of days that are over go, if they are enough; what fails now is tried at the next log-in."""
    try:
        surveys.release(desk)
    except DeskError:
        return


def print_feedback(desk: Desk, printer: Printer, about: str) -> Printing:
    """Print what is due of a feedback; when all is out, print it once more with its mark."""
    rows = desk.store.call(lambda: papers.due(desk, about))
    reason = ""
    if not rows:
        rows, reason = desk.store.call(lambda: papers.of(desk, about)), AGAIN
    out = [papers.print_paper(desk, printer, row.paper, reason) for row in rows]
    where, is_file = (out[0].printer, out[0].is_file) if out else ("", False)
    return Printing("" if is_file else where, len(out), tuple(p.title for p in out), where if is_file else "")


def _print_book(desk: Desk, printer: Printer) -> Printing:
    out = feedback_book.print_book(desk, printer, desk.now().year)
    return Printing("" if out.is_file else out.where, 1, (feedback_book.TITLE,), out.where if out.is_file else "")


def _print_board(desk: Desk, printer: Printer) -> Printing:
    out = feedback_public.print_board(desk, printer)
    return Printing("" if out.is_file else out.where, 1, (feedback_public.TITLE,), out.where if out.is_file else "")


def _attach(desk: Desk, path: str) -> Any:
    """Read a file the officer chose; one that is too large is not even read. Refuses PA-18."""
    file = Path(path)
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= feedback_choices.SCAN_LIMIT else b""
    except OSError as error:
        raise Refused("PA-18") from error
    return feedback_choices.keep_scan(desk, data)


def _person(text: str, names: NameLexicon) -> Person | None:
    reading = parse_card(text, names)
    return Person.from_card(reading.card) if reading.card is not None else None
