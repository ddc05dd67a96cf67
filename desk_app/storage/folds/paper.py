"""Folds of papers: made once, printed any number of times. A reprint is a step in its dossier's timeline."""

from __future__ import annotations

from desk_app.storage.folds.context import Folding, Placed
from desk_app.storage.tables import insert_text, paper
from sync.protocol.facts import PaperMade, PaperPrinted

_INSERT = insert_text(paper)


def due(db: Folding, at: Placed, kind: str, about: str) -> None:
    """A fact promises a paper: it is found again when a crash comes before it was made."""
    db.execute(
        _INSERT,
        (
            None, f"{kind}:{about}", at.envelope.line, at.training, kind, about, "", 0, at.local, 0,
            "due" if at.ours else "elsewhere",
        ),
    )  # fmt: skip


def made(db: Folding, at: Placed, fact: PaperMade) -> None:
    known = db.execute(
        "UPDATE paper SET sha256 = ?, size_bytes = ?, made_at = ?,"
        " state = CASE state WHEN 'due' THEN 'made' ELSE state END WHERE paper = ?",
        (fact.sha256, fact.size_bytes, at.local, fact.paper),
    ).rowcount
    if not known:
        db.execute(
            _INSERT,
            (
                None, fact.paper, at.envelope.line, at.training, fact.paper_kind, fact.about, fact.sha256,
                fact.size_bytes, at.local, 0, "made" if at.ours else "elsewhere",
            ),
        )  # fmt: skip


def printed(db: Folding, at: Placed, fact: PaperPrinted) -> None:
    db.execute(
        "UPDATE paper SET state = CASE state WHEN 'void' THEN 'void' ELSE 'printed' END, copies = MAX(copies, ?)"
        " WHERE paper = ?",
        (fact.copy + 1, fact.paper),
    )
    if fact.copy == 0:
        return
    row = db.execute(
        "SELECT p.kind, d.dossier FROM paper p JOIN dossier d ON d.dossier = p.about WHERE p.paper = ?", (fact.paper,)
    ).fetchone()
    if row is not None:
        db.event(row[1], at, fact.KIND, at.local, {"paper_kind": row[0], "copy": fact.copy})
