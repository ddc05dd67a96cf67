"""What every file of read tables is written with."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, MetaData, String

READ: Final = MetaData()

#: The states in which somebody still works on a dossier (national codes, law-and-forms §5).
OPEN_STATES: Final = "state IN (2, 4, 5, 6, 7)"
#: Settled after its moment · closed without a result: the conditions of their partial indexes, word for word.
LATE_CLOSED: Final = "closed_at <> '' AND due_at <> '' AND settled_at > due_at"


def number(name: str, *, null: bool = False) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=null)


def words(name: str) -> Column[str]:
    """A text, "" where nothing is known yet."""
    return Column(name, String, nullable=False)


def key(name: str) -> Column[str]:
    """A text that is the key."""
    return Column(name, String, primary_key=True, nullable=False)
