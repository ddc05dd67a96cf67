"""Before and after an answer: how its letter will look, and the results that may hang on the board or stand on the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desk_app.documents import feedback_board, feedback_reply
from desk_app.documents.blocks import Letterhead
from desk_app.documents.feedback_board import FeedbackBoard, PublishedResult
from desk_app.documents.marks import Mark, training
from desk_app.documents.picture import Picture, first_page
from desk_app.domain import feedback as rules
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import CLASS_TEXT, VERDICT_TEXT, FeedbackClass
from desk_app.domain.legal_basis import bases_text, read_bases
from desk_app.services import feedback_view
from desk_app.services.desk import Desk
from desk_app.services.feedback_steps import AnswerFeedback
from desk_app.services.paper_data_feedback import reply_of
from desk_app.services.ports import Printed, Printer
from desk_app.storage.queries import feedback as query
from desk_app.storage.transaction import ReadTx

DAYS = 90  # a result hangs this long
TITLE = "Công khai kết quả xử lý phản ánh, kiến nghị"
DRAFT = Mark(("DỰ THẢO",))


def preview(desk: Desk, command: AnswerFeedback, width_px: int) -> Picture:
    """The letter of an answer as it would be printed, before it has a number; a secret sender is not named in it.

    Refuses what the answer itself would refuse of its words: PA-14, PA-02, PA-01, PA-05; PA-17.
    """
    findings = rules.clean_text(command.findings, rules.REPLY_LIMIT)
    if not findings:
        raise Refused("PA-14")
    if command.verdict is None:
        raise Refused("PA-02")
    basis = bases_text(read_bases(command.basis))
    with desk.store.read() as tx:
        row = query.get(tx, command.feedback)
        if row is None:
            raise Refused("PA-17")
        words = {"findings": findings, "done": command.done.strip(), "apology": command.apology.strip()}
        letter = reply_of(desk, tx, desk.profile(tx), row, words, VERDICT_TEXT[command.verdict], basis)
    name = feedback_view.SECRET if row.secret else letter.person_name
    draft = replace(letter, number="…/UBND-PAKN", written_on=desk.now().date(), person_name=name, marks=(DRAFT,))
    return first_page(feedback_reply.render(draft), width_px)


def results(tx: ReadTx, since: date) -> tuple[PublishedResult, ...]:
    """Everything made public since a day, the newest first; what was erased meanwhile is left out."""
    found = []
    for row in query.published(tx, since.isoformat()):
        words = str((tx.subject(row.publication) or {}).get("text", ""))
        if words:
            kind = CLASS_TEXT[FeedbackClass(row.feedback_class)] if row.feedback_class else "khác"
            answered = date.fromisoformat(row.closed_at[:10]) if row.closed_at else None
            received = date.fromisoformat(row.received_at[:10])
            found.append(PublishedResult(row.code, received, answered, kind, words))
    return tuple(found)


def print_board(desk: Desk, printer: Printer) -> Printed:
    """Print what was made public in the last ``DAYS`` days. Raises IN-02, IN-03, IN-07, IN-08."""
    pdf = feedback_board.render(desk.store.call(lambda: _board(desk)))
    return printer.print_pdf(pdf, role="report", media="A4", title=TITLE)


def _board(desk: Desk) -> FeedbackBoard:
    since = desk.now().date() - timedelta(days=DAYS)
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        profile = desk.profile(tx)
        return FeedbackBoard(
            letterhead=Letterhead(profile.office_head[0], profile.office_head[1], profile.place),
            agency=profile.authority,
            posted_on=desk.now().date(),
            since=since,
            results=results(tx, since),
            contact=f"{profile.desk_name}, {profile.address}, điện thoại {profile.phone}",
            head_title=profile.head_title,
            marks=(training(),) if desk.training else (),
        )
