"""Summaries by day and month for reports, kept by triggers: see reports/summary.py."""

from __future__ import annotations

from sqlalchemy import PrimaryKeyConstraint, Table

from desk_app.storage.tables.columns import READ, key, number, words

#: Summaries by day for reports, kept by triggers: see reports/summary.py.
work_day = Table(
    "work_day",
    READ,
    number("training"),
    words("day"),
    words("procedure"),
    words("what"),
    words("officer"),
    number("channel"),
    number("n"),
    number("days"),
    PrimaryKeyConstraint("training", "day", "procedure", "what", "officer", "channel"),
    sqlite_with_rowid=False,
)

work_month = Table(
    "work_month",
    READ,
    number("training"),
    words("month"),
    words("procedure"),
    words("what"),
    words("officer"),
    number("channel"),
    number("n"),
    number("days"),
    PrimaryKeyConstraint("training", "month", "procedure", "what", "officer", "channel"),
    sqlite_with_rowid=False,
)

levy_day = Table(
    "levy_day",
    READ,
    number("training"),
    words("day"),
    words("levy_kind"),
    words("fee"),
    words("name"),
    words("method"),
    number("n"),
    number("quantity"),
    number("amount_vnd"),
    number("exempt_n"),
    number("back_n"),
    number("back_vnd"),
    PrimaryKeyConstraint("training", "day", "levy_kind", "fee", "name", "method"),
    sqlite_with_rowid=False,
)

series_day = Table(
    "series_day",
    READ,
    number("training"),
    words("day"),
    words("grant_id"),
    words("form"),
    words("symbol"),
    number("n"),
    number("first_number"),
    number("last_number"),
    number("amount_vnd"),
    number("struck_n"),
    PrimaryKeyConstraint("training", "day", "grant_id", "form", "symbol"),
    sqlite_with_rowid=False,
)

procedure_use = Table("procedure_use", READ, key("procedure"), number("n"), sqlite_with_rowid=False)
