"""Sổ tiếp nhận phản ánh, kiến nghị: its pages from the read tables, drawn anew each time (the book is never a fact)."""

from __future__ import annotations

from datetime import date, datetime

from desk_app.documents import feedback_book, marks
from desk_app.documents.books import Book
from desk_app.documents.feedback_book import FeedbackBook, FeedbackEntry
from desk_app.domain.feedback import (
    CHANNEL_TEXT,
    CLASS_TEXT,
    STATE_TEXT,
    VERDICT_TEXT,
    Channel,
    FeedbackClass,
    State,
    Verdict,
)
from desk_app.services import office
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed, Printer
from desk_app.storage.queries import feedback as query
from desk_app.storage.queries.feedback import FeedbackRow
from desk_app.storage.transaction import ReadTx

TITLE = "Sổ tiếp nhận phản ánh, kiến nghị"
_SUMMARY = 160


def print_book(desk: Desk, printer: Printer, year: int) -> Printed:
    """Print the book of a year. A secret sender stands there as ``(giữ bí mật)``."""
    data = desk.store.call(lambda: book(desk, f"{year}-01-01", f"{year}-12-31"))
    pdf = feedback_book.render(data)
    return printer.print_pdf(pdf, role="report", media="A4", title=f"{TITLE} {year}", landscape=True)


def book(desk: Desk, first: str, last: str) -> FeedbackBook:
    """Everything entered between two ISO days, in order of arrival."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        profile = desk.profile(tx)
        rows = query.of_days(tx, first, last)
        entries = tuple(_entry(tx, n, row, profile.authority) for n, row in enumerate(rows, 1))
    about = Book(
        agency=profile.authority,
        subject="Phản ánh, kiến nghị",
        volume="01",
        year=int(first[:4]),
        marks=(marks.training(),) if desk.training else (),
    )
    return FeedbackBook(about, entries)


def _entry(tx: ReadTx, n: int, row: FeedbackRow, authority: str) -> FeedbackEntry:
    who = {} if row.secret else tx.subject(row.person) or {}
    said = str((tx.subject(row.text) or {}).get("content", ""))
    person = "; ".join(str(who[key]) for key in ("name", "residence", "phone") if who.get(key))
    sent = (
        f"; {office.number_text(row.sent_number, row.sent_symbol)}, {office.day_text(row.sent_at)}"
        if row.sent_at
        else ""
    )
    return FeedbackEntry(
        number=n,
        feedback_code=row.code,
        received_at=datetime.fromisoformat(row.received_at),
        person=person,
        way=CHANNEL_TEXT[Channel(row.channel)],
        summary=said if len(said) <= _SUMMARY else said[: _SUMMARY - 1].rstrip() + "…",
        kind=CLASS_TEXT[FeedbackClass(row.feedback_class)] if row.feedback_class else "",
        handled_by=f"{row.refer_to or authority}{sent}",
        due_on=date.fromisoformat(row.answer_by) if row.answer_by else None,
        result=_result(row),
        note="gia hạn" if row.extended else "",
        secret=row.secret,
    )


def _result(row: FeedbackRow) -> str:
    if row.reply_number:
        number = office.number_text(row.reply_number, row.reply_symbol)
        return f"{VERDICT_TEXT[Verdict(row.verdict)]}; {number}, {office.day_text(row.closed_at)}"
    return STATE_TEXT[State(row.state)].lower()
