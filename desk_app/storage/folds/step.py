"""The moves of a dossier in their order: what its life is folded from (``domain.dossier_life``)."""

from __future__ import annotations

from desk_app.domain.lifecycle import Move
from desk_app.storage.folds.context import Folding, Placed


def step(db: Folding, at: Placed, dossier: str, move: Move, when: str, *, new_day: str = "") -> None:
    """Write one move down."""
    db.execute(
        "INSERT OR IGNORE INTO dossier_step VALUES (?, ?, ?, ?, ?)", (dossier, at.pos, move.value, when, new_day)
    )
