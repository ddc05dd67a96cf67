"""Scans of a dossier's papers: a step of its timeline; the bytes themselves are no fold, they lie among the blobs."""

from __future__ import annotations

from desk_app.storage.folds.context import Folding, Placed
from sync.protocol.sync_facts import ScanAttached


def attached(db: Folding, at: Placed, fact: ScanAttached) -> None:
    note = {"document": fact.document, "title": fact.title, "sha256": fact.sha256, "size": fact.size}
    db.event(fact.dossier, at, fact.KIND, fact.attached_at, note)
