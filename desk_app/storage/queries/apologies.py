"""Apologies for conduct: one by its id, and those that belong to a feedback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class ConductApologyRow:
    """One letter. ``person`` and ``text``: subjects; ``new_day``: ISO day, "" = none; ``written_at``: local stamp."""

    apology: str
    symbol: str
    number: int
    person: str
    text: str
    feedback: str
    dossier: str
    new_day: str
    written_at: str
    officer: str


_SELECT = (
    "SELECT apology, symbol, number, person, text, feedback, dossier, new_day, written_at, officer FROM conduct_apology"
)


def conduct(tx: ReadTx, apology: str) -> ConductApologyRow | None:
    """The letter of an id."""
    return _row(tx.row(f"{_SELECT} WHERE apology = ?", (apology,)))


def of_feedback(tx: ReadTx, feedback: str) -> ConductApologyRow | None:
    """The newest letter that a feedback led to."""
    return _row(tx.row(f"{_SELECT} WHERE feedback = ? ORDER BY n DESC LIMIT 1", (feedback,)))


def _row(row: Any) -> ConductApologyRow | None:
    return ConductApologyRow(*row) if row else None
