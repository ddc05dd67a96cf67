"""Dossiers, their events, steps and promises, slips and guidance, papers that are due."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, text

from desk_app.storage.tables.columns import LATE_CLOSED, OPEN_STATES, READ, number, words

dossier = Table(
    "dossier",
    READ,
    Column("n", Integer, primary_key=True),
    words("dossier"),
    number("line"),
    number("training"),
    words("code"),
    words("last4"),
    words("slip_code"),
    words("symbol"),
    number("number"),
    words("book"),
    number("entry_no"),
    words("procedure"),
    words("variant"),
    words("catalogue"),
    words("answers"),
    words("marks"),
    words("applicant"),
    words("submitter"),
    words("name"),
    words("submitter_name"),
    words("search_key"),
    number("birth_year", null=True),
    words("phone"),
    words("id_number"),
    number("state"),
    words("received_at"),
    words("due_at"),
    words("due_key"),
    number("term_value", null=True),
    words("term_unit"),
    words("calendar"),
    words("settled_at"),
    words("outcome"),
    words("result_no"),
    words("certification_book"),
    number("certification_no"),
    words("returned_at"),
    words("receiver"),
    number("fee_vnd", null=True),
    number("paid_vnd"),
    number("sets"),
    number("channel"),
    words("result_channel"),
    number("done_at_once"),
    words("guidance"),
    words("external_code"),
    words("officer"),
    # the life between receipt and result: how often, which second date, whose hands
    number("supplements"),
    number("apologies"),
    words("new_day"),
    words("first_due_at"),
    words("agency"),
    words("handed_at"),
    words("taken_at"),
    words("closed_at"),  # settled or stopped: nobody works on it any more
    words("cause"),  # of its lateness, as its last apology says
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
    words("dossier"),
    number("pos"),
    words("at"),
    words("kind"),
    words("actor"),
    words("note"),
    PrimaryKeyConstraint("dossier", "pos", "kind"),
    sqlite_with_rowid=False,
)

dossier_step = Table(
    "dossier_step",
    READ,
    words("dossier"),
    number("pos"),
    words("move"),
    words("at"),
    words("new_day"),
    PrimaryKeyConstraint("dossier", "pos", "move"),
    sqlite_with_rowid=False,
)

#: Every promise a dossier had, each with the time it held: a date that moves later changes no figure of a past period.
#: ``until`` "": it holds now. While somebody waits for the citizen there is none to break, nor after the end.
promise = Table(
    "promise",
    READ,
    Column("n", Integer, primary_key=True),
    words("dossier"),
    number("training"),
    words("procedure"),
    words("officer"),
    number("channel"),
    words("due_at"),
    words("since"),
    words("until"),
    Index("promise_held", "dossier", unique=True, sqlite_where=text("until = ''")),
    Index("promise_until", "until", "due_at"),
    Index("promise_dossier", "dossier", "n"),
)

slip = Table(
    "slip",
    READ,
    Column("n", Integer, primary_key=True),
    words("slip"),
    number("line"),
    number("training"),
    words("kind"),
    words("dossier"),
    words("symbol"),
    number("number"),
    words("slip_code"),
    words("made_at"),
    words("officer"),
    words("subject"),
    words("body"),
    Index("slip_id", "slip", unique=True),
    Index("slip_dossier", "dossier", "n", sqlite_where=text("dossier <> ''")),
    Index("slip_code_of", "slip_code", sqlite_where=text("slip_code <> ''")),
    Index("slip_kind", "kind", "made_at", "n"),
)

guidance = Table(
    "guidance",
    READ,
    Column("n", Integer, primary_key=True),
    words("guidance"),
    number("line"),
    number("training"),
    words("slip_code"),
    words("symbol"),
    number("number"),
    words("given_at"),
    words("procedure"),
    words("variant"),
    words("catalogue"),
    words("answers"),
    words("marks"),
    words("citizen"),
    words("name"),
    words("id_number"),
    number("round"),
    words("why_again"),
    words("referred_to"),
    words("officer"),
    Index("guidance_id", "guidance", unique=True),
    Index("guidance_slip", "slip_code"),
    Index("guidance_person", "id_number", "procedure", "n", sqlite_where=text("id_number <> ''")),
)

paper = Table(
    "paper",
    READ,
    Column("n", Integer, primary_key=True),
    words("paper"),
    number("line"),
    number("training"),
    words("kind"),
    words("about"),
    words("sha256"),
    number("size_bytes"),
    words("made_at"),
    number("copies"),
    words("state"),
    Index("paper_id", "paper", unique=True),
    Index("paper_about", "about", "n"),
    Index("paper_unprinted", "n", sqlite_where=text("state IN ('due', 'made')")),
)

parked = Table(
    "parked",
    READ,
    words("dossier"),
    number("pos"),
    PrimaryKeyConstraint("dossier", "pos"),
    sqlite_with_rowid=False,
)
