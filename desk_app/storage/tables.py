"""The read tables: what screens ask for, all of it a fold of the journal. Change anything here → FOLD_VERSION + 1.

Amounts are whole đồng, times are the local text of the facts, "" where nothing is known yet. ``training`` marks what a
training line wrote: it is kept apart in every list and total.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, text
from sqlalchemy.schema import CreateIndex, CreateTable

from desk_app.storage.reports import summary

#: Rises with every change of these tables or of a fold; the tables are rebuilt when a file was folded by another one.
FOLD_VERSION = 18

READ = MetaData()

#: The states in which somebody still works on a dossier (national codes, law-and-forms §5).
OPEN_STATES = "state IN (2, 4, 5, 6, 7)"
#: Settled after its moment · closed without a result: the conditions of their partial indexes, word for word.
LATE_CLOSED = "closed_at <> '' AND due_at <> '' AND settled_at > due_at"


def _int(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _str(name: str) -> Column[str]:
    return Column(name, String, nullable=False)


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True, nullable=False)


dossier = Table(
    "dossier",
    READ,
    Column("n", Integer, primary_key=True),
    _str("dossier"),
    _int("line"),
    _int("training"),
    _str("code"),
    _str("last4"),
    _str("slip_code"),
    _str("symbol"),
    _int("number"),
    _str("book"),
    _int("entry_no"),
    _str("procedure"),
    _str("variant"),
    _str("catalogue"),
    _str("answers"),
    _str("marks"),
    _str("applicant"),
    _str("submitter"),
    _str("name"),
    _str("submitter_name"),
    _str("search_key"),
    _int("birth_year", null=True),
    _str("phone"),
    _str("id_number"),
    _int("state"),
    _str("received_at"),
    _str("due_at"),
    _str("due_key"),
    _int("term_value", null=True),
    _str("term_unit"),
    _str("calendar"),
    _str("settled_at"),
    _str("outcome"),
    _str("result_no"),
    _str("certification_book"),
    _int("certification_no"),
    _str("returned_at"),
    _str("receiver"),
    _int("fee_vnd", null=True),
    _int("paid_vnd"),
    _int("sets"),
    _int("channel"),
    _str("result_channel"),
    _int("done_at_once"),
    _str("guidance"),
    _str("external_code"),
    _str("officer"),
    # the life between receipt and result: how often, which second date, whose hands
    _int("supplements"),
    _int("apologies"),
    _str("new_day"),
    _str("first_due_at"),
    _str("agency"),
    _str("handed_at"),
    _str("taken_at"),
    _str("closed_at"),  # settled or stopped: nobody works on it any more
    _str("cause"),  # of its lateness, as its last apology says
    Index("dossier_id", "dossier", unique=True),
    Index("dossier_code", "code"),
    Index("dossier_last4", "last4", "n"),
    Index("dossier_slip", "slip_code"),
    Index("dossier_person", "id_number", "n", sqlite_where=text("id_number <> ''")),
    # state and training stand in the index, so that counting reads nothing else; search_key for words in a filter
    Index("dossier_procedure", "procedure", "n"),
    Index("dossier_desk", "received_at", "n", "training", sqlite_where=text("state = 2")),
    Index("dossier_received", "received_at", "n"),
    Index("dossier_certified", "certification_book", "certification_no", sqlite_where=text("certification_no > 0")),
    Index("dossier_open", "due_key", "n", "state", "training", "search_key", sqlite_where=text(OPEN_STATES)),
    Index("dossier_closed", "closed_at", "n", sqlite_where=text("closed_at <> ''")),
    Index("dossier_late", "closed_at", "procedure", "officer", "cause", "training", sqlite_where=text(LATE_CLOSED)),
    Index("dossier_settled", "settled_at", "n", sqlite_where=text("settled_at <> ''")),
    Index("dossier_ready", "settled_at", "n", "state", "training", "search_key", sqlite_where=text("state = 9")),
)

SEARCH_DDL = (
    "CREATE VIRTUAL TABLE dossier_search USING fts5(search_key, content='dossier', content_rowid='n',"
    " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3', detail=column)"
)

dossier_event = Table(
    "dossier_event",
    READ,
    _str("dossier"),
    _int("pos"),
    _str("at"),
    _str("kind"),
    _str("actor"),
    _str("note"),
    PrimaryKeyConstraint("dossier", "pos", "kind"),
    sqlite_with_rowid=False,
)

dossier_step = Table(
    "dossier_step",
    READ,
    _str("dossier"),
    _int("pos"),
    _str("move"),
    _str("at"),
    _str("new_day"),
    PrimaryKeyConstraint("dossier", "pos", "move"),
    sqlite_with_rowid=False,
)

#: Every promise a dossier had, each with the time it held: a date that moves later changes no figure of a past period.
#: ``until`` "": it holds now. While somebody waits for the citizen there is none to break, nor after the end.
promise = Table(
    "promise",
    READ,
    Column("n", Integer, primary_key=True),
    _str("dossier"),
    _int("training"),
    _str("procedure"),
    _str("officer"),
    _int("channel"),
    _str("due_at"),
    _str("since"),
    _str("until"),
    Index("promise_held", "dossier", unique=True, sqlite_where=text("until = ''")),
    Index("promise_until", "until", "due_at"),
    Index("promise_dossier", "dossier", "n"),
)

slip = Table(
    "slip",
    READ,
    Column("n", Integer, primary_key=True),
    _str("slip"),
    _int("line"),
    _int("training"),
    _str("kind"),
    _str("dossier"),
    _str("symbol"),
    _int("number"),
    _str("slip_code"),
    _str("made_at"),
    _str("officer"),
    _str("subject"),
    _str("body"),
    Index("slip_id", "slip", unique=True),
    Index("slip_dossier", "dossier", "n", sqlite_where=text("dossier <> ''")),
    Index("slip_code_of", "slip_code", sqlite_where=text("slip_code <> ''")),
    Index("slip_kind", "kind", "made_at", "n"),
)

receipt = Table(
    "receipt",
    READ,
    Column("n", Integer, primary_key=True),
    _str("receipt"),
    _int("line"),
    _int("training"),
    _str("form"),
    _str("symbol"),
    _int("series_id"),
    _int("number"),
    _str("payer"),
    _str("name"),
    _str("id_number"),
    _int("total_vnd"),
    _str("method"),
    _str("issued_at"),
    _str("day"),
    _int("series_total_vnd"),
    _str("grant_id"),
    _str("dossiers"),
    _str("officer"),
    _str("status"),
    _str("replaced_by"),
    _str("replaces"),
    _str("undo"),
    _str("happened_at"),
    _str("signed_sha256"),
    _str("signed_at"),
    _str("signed_data"),
    _str("tax_data"),
    _str("transfer_ref"),
    Index("receipt_id", "receipt", unique=True),
    Index("receipt_number", "series_id", "number"),
    Index("receipt_day", "day", "n"),
    Index("receipt_unsigned", "n", sqlite_where=text("signed_sha256 = ''")),
    Index("receipt_untaxed", "n", sqlite_where=text("tax_data = ''")),
)

receipt_item = Table(
    "receipt_item",
    READ,
    _str("receipt"),
    _int("item"),
    _str("fee"),
    _str("levy_kind"),
    _str("name"),
    _str("basis"),
    _int("quantity"),
    _int("unit_vnd"),
    _int("amount_vnd"),
    _str("exempt_reason"),
    _str("explanation"),
    PrimaryKeyConstraint("receipt", "item"),
    sqlite_with_rowid=False,
)

receipt_dossier = Table(
    "receipt_dossier",
    READ,
    _str("dossier"),
    _str("receipt"),
    _int("share_vnd"),
    PrimaryKeyConstraint("dossier", "receipt"),
    sqlite_with_rowid=False,
)

#: Every way money came or went, in order: a receipt, and what was taken back. ``closing`` "": in no closing yet.
cash_move = Table(
    "cash_move",
    READ,
    Column("n", Integer, primary_key=True),
    _int("line"),
    _int("training"),
    _int("seq"),
    _str("receipt"),
    _str("what"),
    _str("method"),
    _int("amount_vnd"),
    _str("at"),
    _str("account_day"),
    _str("officer"),
    _str("closing"),
    Index("cash_move_open", "line", "n", sqlite_where=text("closing = ''")),
    Index("cash_move_closing", "closing", "n"),
    Index("cash_move_receipt", "receipt", "n"),
)

#: What undid a receipt or noted an error in it. ``kind``: replaced, voided, noted.
undo = Table(
    "undo",
    READ,
    Column("n", Integer, primary_key=True),
    _str("undo"),
    _str("kind"),
    _int("line"),
    _int("training"),
    _str("receipt"),
    _str("new"),
    _str("symbol"),
    _int("number"),
    _str("at"),
    _str("reason"),
    _str("note"),
    _int("refund_vnd"),
    _int("extra_vnd"),
    _int("sheets"),
    _str("officer"),
    _str("second"),
    _str("tax_data"),
    Index("undo_id", "undo", unique=True),
    Index("undo_receipt", "receipt", "n"),
    Index("undo_new", "new", sqlite_where=text("new <> ''")),
)

#: One closing per drawer (its line), day and shift: the file itself refuses a second one.
day_close = Table(
    "day_close",
    READ,
    Column("n", Integer, primary_key=True),
    _str("closing"),
    _int("line"),
    _int("training"),
    _str("day"),
    _int("shift"),
    _str("closed_at"),
    _int("ends_day"),
    _str("body"),
    _int("cash_vnd"),
    _int("transfer_vnd"),
    _int("difference_vnd"),
    _int("through_seq"),
    _str("officer"),
    _str("second"),
    Index("day_close_id", "closing", unique=True),
    Index("day_close_once", "line", "day", "shift", unique=True),
)

#: What an officer did alone and the head has not confirmed yet.
waiting_second = Table(
    "waiting_second", READ, _key("task"), _str("what"), _str("at"), _str("officer"), _int("training")
)

tax_data = Table(
    "tax_data",
    READ,
    _key("data"),
    _str("day"),
    _str("made_at"),
    _int("rows"),
    _str("sha256"),
    _int("late"),
    _str("reason"),
    _int("training"),
)

remittance = Table(
    "remittance",
    READ,
    _key("remittance"),
    _str("month"),
    _str("remitted_at"),
    _int("amount_vnd"),
    _int("collected_vnd"),
    _int("balance_vnd"),
    _str("account"),
    _str("reference"),
    _str("officer"),
    _int("training"),
)

guidance = Table(
    "guidance",
    READ,
    Column("n", Integer, primary_key=True),
    _str("guidance"),
    _int("line"),
    _int("training"),
    _str("slip_code"),
    _str("symbol"),
    _int("number"),
    _str("given_at"),
    _str("procedure"),
    _str("variant"),
    _str("catalogue"),
    _str("answers"),
    _str("marks"),
    _str("citizen"),
    _str("name"),
    _str("id_number"),
    _int("round"),
    _str("why_again"),
    _str("referred_to"),
    _str("officer"),
    Index("guidance_id", "guidance", unique=True),
    Index("guidance_slip", "slip_code"),
    Index("guidance_person", "id_number", "procedure", "n", sqlite_where=text("id_number <> ''")),
)

paper = Table(
    "paper",
    READ,
    Column("n", Integer, primary_key=True),
    _str("paper"),
    _int("line"),
    _int("training"),
    _str("kind"),
    _str("about"),
    _str("sha256"),
    _int("size_bytes"),
    _str("made_at"),
    _int("copies"),
    _str("state"),
    Index("paper_id", "paper", unique=True),
    Index("paper_about", "about", "n"),
    Index("paper_unprinted", "n", sqlite_where=text("state IN ('due', 'made')")),
)

feedback = Table(
    "feedback",
    READ,
    Column("n", Integer, primary_key=True),
    _str("feedback"),
    _int("line"),
    _int("training"),
    _str("code"),
    _str("slip_code"),
    _str("symbol"),
    _int("number"),
    _str("channel"),
    _str("person"),
    _str("name"),
    _str("text"),
    _int("secret"),
    _str("dossier"),
    _str("procedure"),
    _str("against"),
    _str("scans"),
    _int("sheets"),
    _int("read_back"),
    _str("received_at"),
    _str("transfer_by"),
    _str("answer_by"),
    _str("due_key"),
    _int("extended"),
    _str("class"),
    _str("state"),
    _str("handler"),
    _str("refer_to"),
    _str("sent_at"),
    _str("sent_symbol"),
    _int("sent_number"),
    _str("notice_symbol"),
    _int("notice_number"),
    _str("basis"),
    _str("verdict"),
    _str("reply"),
    _str("reply_symbol"),
    _int("reply_number"),
    _str("closed_at"),
    _str("published_at"),
    _str("publication"),
    _str("missing"),
    _str("officer"),
    _str("sent_public_at"),
    _str("letter"),
    _str("refusal_symbol"),
    _int("refusal_number"),
    _str("extension_symbol"),
    _int("extension_number"),
    Index("feedback_id", "feedback", unique=True),
    Index("feedback_code", "code"),
    Index("feedback_received", "received_at"),
    Index("feedback_slip", "slip_code"),
    Index("feedback_open", "due_key", "n", "training", sqlite_where=text("due_key <> ''")),
)

feedback_event = Table(
    "feedback_event",
    READ,
    _str("feedback"),
    _int("pos"),
    _str("at"),
    _str("kind"),
    _str("actor"),
    _str("note"),
    PrimaryKeyConstraint("feedback", "pos"),
    sqlite_with_rowid=False,
)

feedback_origin = Table(
    "feedback_origin",
    READ,
    _key("origin"),
    _str("outcome"),
    _str("feedback"),
    _str("sent_at"),
)

conduct_apology = Table(
    "conduct_apology",
    READ,
    Column("n", Integer, primary_key=True),
    _str("apology"),
    _int("line"),
    _int("training"),
    _str("symbol"),
    _int("number"),
    _str("person"),
    _str("text"),
    _str("feedback"),
    _str("dossier"),
    _str("new_day"),
    _str("written_at"),
    _str("officer"),
    Index("conduct_apology_id", "apology", unique=True),
)

survey_answer = Table(
    "survey_answer",
    READ,
    Column("n", Integer, primary_key=True),
    _int("training"),
    _str("day"),
    _str("form"),
    _int("score"),
    _str("field"),
    _str("procedure"),
    _int("on_paper"),
    _str("answers"),
    _str("opinion"),
    Index("survey_answer_day", "day"),
)

officer = Table("officer", READ, _key("officer"), _str("name"), _str("roles"), _int("active"))

grant = Table(
    "grant_",
    READ,
    _key("grant_id"),
    _int("line"),
    _str("series_kind"),
    _str("form"),
    _str("symbol"),
    _int("series_id"),
    _int("first"),
    _int("last"),
    _str("period"),
    _str("accepted"),
    Index("grant_line", "line", "series_kind", "series_id", "first"),
)

series_use = Table(
    "series_use",
    READ,
    _str("grant_id"),
    _str("period_key"),
    _int("last_number"),
    _int("last_seq"),
    _int("used"),
    _int("total_vnd"),
    PrimaryKeyConstraint("grant_id", "period_key"),
    sqlite_with_rowid=False,
)

counter = Table(
    "counter",
    READ,
    _str("day"),
    _str("what"),
    _int("training"),
    _int("n"),
    PrimaryKeyConstraint("day", "what", "training"),
    sqlite_with_rowid=False,
)

#: Summaries by day for reports, kept by triggers: see reports/summary.py.
work_day = Table(
    "work_day",
    READ,
    _int("training"),
    _str("day"),
    _str("procedure"),
    _str("what"),
    _str("officer"),
    _int("channel"),
    _int("n"),
    _int("days"),
    PrimaryKeyConstraint("training", "day", "procedure", "what", "officer", "channel"),
    sqlite_with_rowid=False,
)

work_month = Table(
    "work_month",
    READ,
    _int("training"),
    _str("month"),
    _str("procedure"),
    _str("what"),
    _str("officer"),
    _int("channel"),
    _int("n"),
    _int("days"),
    PrimaryKeyConstraint("training", "month", "procedure", "what", "officer", "channel"),
    sqlite_with_rowid=False,
)

levy_day = Table(
    "levy_day",
    READ,
    _int("training"),
    _str("day"),
    _str("levy_kind"),
    _str("fee"),
    _str("name"),
    _str("method"),
    _int("n"),
    _int("quantity"),
    _int("amount_vnd"),
    _int("exempt_n"),
    _int("back_n"),
    _int("back_vnd"),
    PrimaryKeyConstraint("training", "day", "levy_kind", "fee", "name", "method"),
    sqlite_with_rowid=False,
)

series_day = Table(
    "series_day",
    READ,
    _int("training"),
    _str("day"),
    _str("grant_id"),
    _str("form"),
    _str("symbol"),
    _int("n"),
    _int("first_number"),
    _int("last_number"),
    _int("amount_vnd"),
    _int("struck_n"),
    PrimaryKeyConstraint("training", "day", "grant_id", "form", "symbol"),
    sqlite_with_rowid=False,
)

procedure_use = Table("procedure_use", READ, _key("procedure"), _int("n"), sqlite_with_rowid=False)

unit_profile = Table("unit_profile", READ, _key("unit"), _str("profile"), _str("at"))

poster = Table(
    "poster",
    READ,
    _str("poster_kind"),
    _str("subject"),
    _int("training"),
    _str("posting"),
    _str("catalogue"),
    _str("content"),
    _str("posted_at"),
    _str("code"),
    _str("officer"),
    PrimaryKeyConstraint("poster_kind", "subject", "training"),
    Index("poster_posting", "posting"),
    sqlite_with_rowid=False,
)

catalogue_layer = Table(
    "catalogue_layer",
    READ,
    _key("layer"),
    _str("version"),
    _int("serial"),
    _str("sha256"),
    _str("sign_key"),
    _str("activated_at"),
    _str("officer"),
    sqlite_with_rowid=False,
)

catalogue_key = Table(
    "catalogue_key",
    READ,
    _key("layer"),
    _str("sign_key"),
    _str("named_at"),
    _str("officer"),
    sqlite_with_rowid=False,
)

catalogue_mistake = Table(
    "catalogue_mistake",
    READ,
    _key("report"),
    _str("procedure"),
    _str("variant"),
    _str("catalogue"),
    _str("field"),
    _str("text"),
    _str("reported_at"),
    _str("officer"),
    _int("training"),
    Index("catalogue_mistake_procedure", "procedure"),
    sqlite_with_rowid=False,
)

incident = Table(
    "incident",
    READ,
    Column("n", Integer, primary_key=True),
    _str("incident"),
    _str("code"),
    _str("seen"),
    _str("at"),
    _int("line"),
)

day_match = Table(
    "day_match",
    READ,
    Column("n", Integer, primary_key=True),
    _str("match"),
    _int("line"),
    _str("day"),
    _str("matched_at"),
    _int("equal"),
    _int("records"),
    _int("receipts"),
    _int("collected_vnd"),
    _int("differences"),
    _str("answer_sha256"),
    _str("through"),
    Index("day_match_id", "match"),
)

erased = Table("erased", READ, _key("subject"), sqlite_with_rowid=False)

parked = Table(
    "parked",
    READ,
    _str("dossier"),
    _int("pos"),
    PrimaryKeyConstraint("dossier", "pos"),
    sqlite_with_rowid=False,
)


def create_read_tables(cursor: Any) -> None:
    """Lay the read tables, empty, in the place of older ones, with unique indexes only; ``create_indexes`` follows."""
    cursor.execute("DROP TABLE IF EXISTS dossier_search")
    for table in READ.tables.values():
        cursor.execute(f"DROP TABLE IF EXISTS {table.name}")
    for table in READ.tables.values():
        cursor.execute(str(CreateTable(table).compile(dialect=_dialect())))
    _create_indexes(cursor, unique=True)
    cursor.execute(SEARCH_DDL)


def create_indexes(cursor: Any) -> None:
    """Lay the other indexes, fill search index and summaries: quicker after the rows than with each of them."""
    _create_indexes(cursor, unique=False)
    summary.fill(cursor)
    cursor.execute("INSERT INTO dossier_search (dossier_search) VALUES ('rebuild')")


def _create_indexes(cursor: Any, *, unique: bool) -> None:
    for table in READ.tables.values():
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            if index.unique == unique:
                cursor.execute(str(CreateIndex(index).compile(dialect=_dialect())))


def insert_text(table: Table) -> str:
    """The INSERT of every column of ``table``, in the order of its columns."""
    names = [column.name for column in table.columns]
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _dialect() -> Any:
    from sqlalchemy.dialects.sqlite import pysqlite

    return pysqlite.dialect()
