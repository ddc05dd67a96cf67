"""Papers kept as PDF: those of a dossier, receipt or slip, and those that never came out of a printer."""

from __future__ import annotations

from desk_app.storage.rows import PaperRow
from desk_app.storage.transaction import ReadTx

_SELECT = "SELECT paper, kind, about, sha256, size_bytes, made_at, copies, state FROM paper "


def get(tx: ReadTx, paper: str) -> PaperRow | None:
    row = tx.row(f"{_SELECT}WHERE paper = ?", (paper,))
    return PaperRow(*row) if row else None


def of(tx: ReadTx, about: str) -> tuple[PaperRow, ...]:
    """The papers of one dossier, guidance slip or receipt, in the order they were made."""
    return tuple(PaperRow(*row) for row in tx.rows(f"{_SELECT}WHERE about = ? ORDER BY n", (about,)))


def unprinted(tx: ReadTx, *, limit: int = 200) -> tuple[PaperRow, ...]:
    """Papers promised or made and not printed, the oldest first: offered again after a crash or a jam."""
    sql = f"{_SELECT}WHERE state IN ('due', 'made') AND n > 0 AND training = ? ORDER BY n LIMIT ?"
    return tuple(PaperRow(*row) for row in tx.rows(sql, (tx.training, limit)))
