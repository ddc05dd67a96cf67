"""The read tables: what screens ask for, all of it a fold of the journal. Change anything here → FOLD_VERSION + 1.

Amounts are whole đồng, times are the local text of the facts, "" where nothing is known yet. ``training`` marks what a
training line wrote: it is kept apart in every list and total.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.schema import CreateIndex, CreateTable

from desk_app.storage.reports import summary
from desk_app.storage.tables.columns import LATE_CLOSED, OPEN_STATES, READ
from desk_app.storage.tables.dossier import (
    SEARCH_DDL,
    dossier,
    dossier_event,
    dossier_step,
    guidance,
    paper,
    parked,
    promise,
    slip,
)
from desk_app.storage.tables.figures import levy_day, procedure_use, series_day, work_day, work_month
from desk_app.storage.tables.money import (
    cash_move,
    counter,
    day_close,
    grant,
    receipt,
    receipt_dossier,
    receipt_item,
    remittance,
    series_use,
    tax_data,
    undo,
    waiting_second,
)
from desk_app.storage.tables.office import (
    catalogue_key,
    catalogue_layer,
    catalogue_mistake,
    day_match,
    erased,
    incident,
    officer,
    poster,
    unit_profile,
)
from desk_app.storage.tables.voice import conduct_apology, feedback, feedback_event, feedback_origin, survey_answer

__all__ = [
    "FOLD_VERSION", "LATE_CLOSED", "OPEN_STATES", "READ", "SEARCH_DDL", "cash_move", "catalogue_key",
    "catalogue_layer", "catalogue_mistake", "conduct_apology", "counter", "create_indexes", "create_read_tables",
    "day_close", "day_match", "dossier", "dossier_event", "dossier_step", "erased", "feedback", "feedback_event",
    "feedback_origin", "grant", "guidance", "incident", "insert_text", "levy_day", "officer", "paper", "parked",
    "poster", "procedure_use", "promise", "receipt", "receipt_dossier", "receipt_item", "remittance", "series_day",
    "series_use", "slip", "survey_answer", "tax_data", "undo", "unit_profile", "waiting_second", "work_day",
    "work_month",
]  # fmt: skip

#: Rises with every change of these tables or of a fold; the tables are rebuilt when a file was folded by another one.
FOLD_VERSION = 18


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
