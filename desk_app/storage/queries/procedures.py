"""How often each procedure was used here: the order in which the intake screen proposes them."""

from __future__ import annotations

from sqlalchemy import select

from desk_app.storage.tables import procedure_use
from desk_app.storage.transaction import ReadTx


def used(tx: ReadTx) -> dict[str, int]:
    """Uses of every procedure (dossiers and guidance slips)."""
    statement = select(procedure_use.c.procedure, procedure_use.c.n)
    return {row.procedure: row.n for row in tx.select(statement)}


def most_used(tx: ReadTx, *, limit: int = 9) -> tuple[str, ...]:
    """The procedures used most, first the most used."""
    order = (procedure_use.c.n.desc(), procedure_use.c.procedure)
    return tuple(row[0] for row in tx.select(select(procedure_use.c.procedure).order_by(*order).limit(limit)))
