"""The moves of a dossier in their order: what its life is folded from (``domain.dossier_life``)."""

from __future__ import annotations

from desk_app.domain.lifecycle import Move
from desk_app.storage.folds.context import Folding, Placed

_STEP = "INSERT OR IGNORE INTO dossier_step VALUES (?, ?, ?, ?, ?)"


def step(db: Folding, at: Placed, dossier: str, move: Move, when: str, *, new_day: str = "") -> None:
    """Write one move down."""
    db.later(_STEP, (dossier, at.pos, move.value, when, new_day))
