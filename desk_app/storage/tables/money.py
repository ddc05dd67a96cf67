"""Receipts, what took them back, the drawer and its closings, tax data, payments to the treasury, ranges of numbers."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, text

from desk_app.storage.tables.columns import READ, key, number, words

receipt = Table(
    "receipt",
    READ,
    Column("n", Integer, primary_key=True),
    words("receipt"),
    number("line"),
    number("training"),
    words("form"),
    words("symbol"),
    number("series_id"),
    number("number"),
    words("payer"),
    words("name"),
    words("id_number"),
    number("total_vnd"),
    words("method"),
    words("issued_at"),
    words("day"),
    number("series_total_vnd"),
    words("grant_id"),
    words("dossiers"),
    words("officer"),
    words("status"),
    words("replaced_by"),
    words("replaces"),
    words("undo"),
    words("happened_at"),
    words("signed_sha256"),
    words("signed_at"),
    words("signed_data"),
    words("tax_data"),
    words("transfer_ref"),
    Index("receipt_id", "receipt", unique=True),
    Index("receipt_number", "series_id", "number"),
    Index("receipt_day", "day", "n"),
    Index("receipt_unsigned", "n", sqlite_where=text("signed_sha256 = ''")),
    Index("receipt_untaxed", "n", sqlite_where=text("tax_data = ''")),
)

receipt_item = Table(
    "receipt_item",
    READ,
    words("receipt"),
    number("item"),
    words("fee"),
    words("levy_kind"),
    words("name"),
    words("basis"),
    number("quantity"),
    number("unit_vnd"),
    number("amount_vnd"),
    words("exempt_reason"),
    words("explanation"),
    PrimaryKeyConstraint("receipt", "item"),
    sqlite_with_rowid=False,
)

receipt_dossier = Table(
    "receipt_dossier",
    READ,
    words("dossier"),
    words("receipt"),
    number("share_vnd"),
    PrimaryKeyConstraint("dossier", "receipt"),
    sqlite_with_rowid=False,
)

#: Every way money came or went, in order: a receipt, and what was taken back. ``closing`` "": in no closing yet.
cash_move = Table(
    "cash_move",
    READ,
    Column("n", Integer, primary_key=True),
    number("line"),
    number("training"),
    number("seq"),
    words("receipt"),
    words("what"),
    words("method"),
    number("amount_vnd"),
    words("at"),
    words("account_day"),
    words("officer"),
    words("closing"),
    Index("cash_move_open", "line", "n", sqlite_where=text("closing = ''")),
    Index("cash_move_closing", "closing", "n"),
    Index("cash_move_receipt", "receipt", "n"),
)

#: What undid a receipt or noted an error in it. ``kind``: replaced, voided, noted.
undo = Table(
    "undo",
    READ,
    Column("n", Integer, primary_key=True),
    words("undo"),
    words("kind"),
    number("line"),
    number("training"),
    words("receipt"),
    words("new"),
    words("symbol"),
    number("number"),
    words("at"),
    words("reason"),
    words("note"),
    number("refund_vnd"),
    number("extra_vnd"),
    number("sheets"),
    words("officer"),
    words("second"),
    words("tax_data"),
    Index("undo_id", "undo", unique=True),
    Index("undo_receipt", "receipt", "n"),
    Index("undo_new", "new", sqlite_where=text("new <> ''")),
)

#: One closing per drawer (its line), day and shift: the file itself refuses a second one.
day_close = Table(
    "day_close",
    READ,
    Column("n", Integer, primary_key=True),
    words("closing"),
    number("line"),
    number("training"),
    words("day"),
    number("shift"),
    words("closed_at"),
    number("ends_day"),
    words("body"),
    number("cash_vnd"),
    number("transfer_vnd"),
    number("difference_vnd"),
    number("through_seq"),
    words("officer"),
    words("second"),
    Index("day_close_id", "closing", unique=True),
    Index("day_close_once", "line", "day", "shift", unique=True),
)

#: What an officer did alone and the head has not confirmed yet.
waiting_second = Table(
    "waiting_second", READ, key("task"), words("what"), words("at"), words("officer"), number("training")
)

tax_data = Table(
    "tax_data",
    READ,
    key("data"),
    words("day"),
    words("made_at"),
    number("rows"),
    words("sha256"),
    number("late"),
    words("reason"),
    number("training"),
)

remittance = Table(
    "remittance",
    READ,
    key("remittance"),
    words("month"),
    words("remitted_at"),
    number("amount_vnd"),
    number("collected_vnd"),
    number("balance_vnd"),
    words("account"),
    words("reference"),
    words("officer"),
    number("training"),
)

grant = Table(
    "grant_",
    READ,
    key("grant_id"),
    number("line"),
    words("series_kind"),
    words("form"),
    words("symbol"),
    number("series_id"),
    number("first"),
    number("last"),
    words("period"),
    words("accepted"),
    Index("grant_line", "line", "series_kind", "series_id", "first"),
)

series_use = Table(
    "series_use",
    READ,
    words("grant_id"),
    words("period_key"),
    number("last_number"),
    number("last_seq"),
    number("used"),
    number("total_vnd"),
    PrimaryKeyConstraint("grant_id", "period_key"),
    sqlite_with_rowid=False,
)

counter = Table(
    "counter",
    READ,
    words("day"),
    words("what"),
    number("training"),
    number("n"),
    PrimaryKeyConstraint("day", "what", "training"),
    sqlite_with_rowid=False,
)
